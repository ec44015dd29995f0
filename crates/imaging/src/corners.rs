//! Where the paper lies on a photograph: its four corners, or none where they are not all seen.
//!
//! Paper differs from what it lies on in lightness, in whiteness or in how colored it is, and nobody knows where the
//! difference begins. So each of the three is cut at many levels, lighter and darker both; of the areas that come out, the one
//! whose outline is four straight sides with the sharpest step across them is the paper.

use crate::raster::Raster;
use crate::shrink::{Gray, Small, orient, shrink};

/// The longer side of what is looked at to find the paper, in pixels.
const LOOKED_AT: u32 = 480;

/// The longer side of what its edges are looked for on, once the paper is found.
const EDGES_AT: u32 = 1_440;

/// Levels at which each picture is cut.
const LEVELS: u32 = 9;

/// The least of a picture that paper may cover: with less of it hardly a phone reaches 200 dots an inch.
const LEAST_SHARE: f64 = 0.06;

type Point = (f64, f64);

/// The corners of the paper, clockwise as a person sees it from its upper left one, in ten-thousandths of the stored
/// picture's sides; none where no paper is told from what it lies on, or an edge of it lies outside the picture.
pub(crate) fn find(raster: &Raster) -> Option<[(u16, u16); 4]> {
    let seen = orient(shrink(raster, LOOKED_AT), raster.facts.orientation);
    let (width, height) = (seen.width, seen.height);
    if width < 60 || height < 60 {
        return None;
    }
    let mut best: Option<(f64, usize, [Point; 4])> = None;
    for (way, map) in maps(&seen).into_iter().enumerate() {
        for (level, lighter) in levels(&map.data).into_iter().flat_map(|level| [(level, true), (level, false)]) {
            for area in areas(&map, level, lighter) {
                let Some((score, corners)) = paper(&area, &map) else { continue };
                if best.as_ref().is_none_or(|(best, ..)| score > *best) {
                    best = Some((score, way, corners));
                }
            }
        }
    }
    let (_, way, corners) = best?;
    let fine = orient(shrink(raster, EDGES_AT), raster.facts.orientation);
    let (wide, high) = (of(fine.width), of(fine.height));
    let corners = corners.map(|(x, y)| (x / of(width) * wide, y / of(height) * high));
    let map = maps(&fine).into_iter().nth(way)?;
    let corners = from_upper_left(sharpened(corners, &map).unwrap_or(corners));
    Some(corners.map(|(x, y)| stored((x / wide, y / high), raster.facts.orientation)))
}

#[expect(clippy::cast_precision_loss, reason = "a reduced picture is small")]
fn of(count: usize) -> f64 {
    count as f64
}

/// The three ways in which paper differs from a table.
fn maps(seen: &Small) -> Vec<Gray> {
    let side = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let map = |data: Vec<u8>| Gray { width: side(seen.width), height: side(seen.height), data }.softened(1);
    let mut maps = vec![map(seen.lightness())];
    if seen.channels() == 3 {
        let colored = seen.pixels().as_chunks::<3>().0.iter().map(|rgb| {
            let (most, least) = (rgb.iter().max().copied().unwrap_or(0), rgb.iter().min().copied().unwrap_or(0));
            255 - (most - least)
        });
        maps.extend([map(seen.darkest()), map(colored.collect())]);
    }
    maps
}

/// Levels between which equal shares of the picture lie, and those that lie evenly between the lightest and the darkest:
/// what is all of one color lies between two of either.
fn levels(data: &[u8]) -> Vec<u8> {
    let mut counts = [0u32; 256];
    data.iter().for_each(|value| counts[usize::from(*value)] += 1);
    let all = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let mut levels = Vec::new();
    let (mut below, mut ends) = (0, (255, 0));
    for (value, count) in (0..=255u8).zip(counts) {
        let passed = |sum: u32| u64::from(sum) * u64::from(LEVELS + 1) / u64::from(all.max(1));
        if passed(below) < passed(below + count) {
            levels.push(value);
        }
        below += count;
        if (2..=98).contains(&(u64::from(below) * 100 / u64::from(all.max(1)))) {
            ends = (value.min(ends.0), value.max(ends.1));
        }
    }
    let span = u32::from(ends.1.saturating_sub(ends.0));
    levels.extend((1..LEVELS).filter_map(|n| u8::try_from(u32::from(ends.0) + span * n / LEVELS).ok()));
    levels.sort_unstable();
    levels.dedup();
    levels
}

/// One connected area, as its leftmost and rightmost pixel in every row.
struct Area {
    count: usize,
    top: usize,
    spans: Vec<(usize, usize)>,
}

/// The areas at least as light as `level`, or darker, that may be paper.
fn areas(map: &Gray, level: u8, lighter: bool) -> Vec<Area> {
    let (width, height) = (map.width as usize, map.height as usize);
    let mut open: Vec<bool> = map.data.iter().map(|value| (*value >= level) == lighter).collect();
    let (mut areas, mut stack) = (Vec::new(), Vec::new());
    for start in 0..open.len() {
        if !std::mem::take(&mut open[start]) {
            continue;
        }
        stack.push(start);
        let (mut count, mut top, mut bottom) = (0, height, 0);
        let mut spans = vec![(usize::MAX, 0); height];
        while let Some(at) = stack.pop() {
            let (x, y) = (at % width, at / width);
            count += 1;
            (top, bottom) = (top.min(y), bottom.max(y));
            let span: &mut (usize, usize) = &mut spans[y];
            *span = (span.0.min(x), span.1.max(x));
            let near = [
                (x > 0, at.wrapping_sub(1)),
                (x + 1 < width, at + 1),
                (y > 0, at.wrapping_sub(width)),
                (y + 1 < height, at + width),
            ];
            for (inside, near) in near {
                if inside && std::mem::take(&mut open[near]) {
                    stack.push(near);
                }
            }
        }
        if of(count) >= LEAST_SHARE * of(width * height) / 2.0 {
            areas.push(Area { count, top, spans: spans[top..=bottom].to_vec() });
        }
    }
    areas
}

/// How surely an area is paper, and its corners; none where it is not.
fn paper(area: &Area, map: &Gray) -> Option<(f64, [Point; 4])> {
    let hull = hull(area);
    let covered = enclosed(&hull);
    if covered < LEAST_SHARE * of(map.data.len()) || of(area.count) < 0.5 * covered || hull.len() < 4 {
        return None;
    }
    let corners = refined(largest_within(&hull)?, &outline(area), map)?;
    let quad = enclosed(&corners);
    if !plausible(&corners, map) || !(0.94..1.06).contains(&(covered / quad)) {
        return None;
    }
    let straight = straightness(&hull, &corners);
    let step = (0..4).map(|n| step_across(corners[n], corners[(n + 1) % 4], map)).fold(f64::MAX, f64::min);
    if straight < 0.9 || step < 6.0 {
        return None;
    }
    Some((straight * step.min(60.0) * (quad / of(map.data.len())).sqrt(), corners))
}

/// The convex outline of an area, clockwise on the screen; a pixel is a square.
fn hull(area: &Area) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::with_capacity(4 * area.spans.len());
    for (row, (left, right)) in area.spans.iter().enumerate() {
        let y = of(area.top + row);
        points.extend([(of(*left), y), (of(*left), y + 1.0), (of(right + 1), y), (of(right + 1), y + 1.0)]);
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let half = |points: &mut dyn Iterator<Item = &Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for point in points {
            while chain.len() > 1 && cross(chain[chain.len() - 2], chain[chain.len() - 1], *point) <= 0.0 {
                chain.pop();
            }
            chain.push(*point);
        }
        chain.pop();
        chain
    };
    let mut all = half(&mut points.iter());
    all.extend(half(&mut points.iter().rev()));
    all
}

fn cross(a: Point, b: Point, c: Point) -> f64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

fn enclosed(outline: &[Point]) -> f64 {
    let next = outline.iter().cycle().skip(1);
    outline.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0
}

/// The four points of an outline that enclose most of it.
fn largest_within(hull: &[Point]) -> Option<[Point; 4]> {
    // Enough of them: neighbors of the best are as good, since each side is fitted anew.
    let step = hull.len() / 56 + 1;
    let hull: Vec<Point> = hull.iter().step_by(step).copied().collect();
    let mut best = (0.0, None);
    for one in 0..hull.len() {
        for three in one + 2..hull.len() {
            let apex = |among: &mut dyn Iterator<Item = &Point>| {
                let area = |point: &Point| cross(hull[one], hull[three], *point).abs();
                among.max_by(|a, b| area(a).total_cmp(&area(b))).map(|point| (area(point), *point))
            };
            let between = apex(&mut hull[one + 1..three].iter());
            let beyond = apex(&mut hull[three + 1..].iter().chain(&hull[..one]));
            if let (Some((a, two)), Some((b, four))) = (between, beyond)
                && a + b > best.0
            {
                best = (a + b, Some([hull[one], two, hull[three], four]));
            }
        }
    }
    best.1
}

/// The middles of the pixels' outer edges, from both sides and from above and below.
fn outline(area: &Area) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    let (mut first, mut last) = (usize::MAX, 0);
    for (row, (left, right)) in area.spans.iter().enumerate() {
        let y = of(area.top + row) + 0.5;
        points.extend([(of(*left), y), (of(right + 1), y)]);
        (first, last) = (first.min(*left), last.max(*right));
    }
    for x in first..=last {
        let holds = |(_, (left, right)): &(usize, &(usize, usize))| (*left..=*right).contains(&x);
        let mut rows = area.spans.iter().enumerate().filter(holds).map(|(row, _)| area.top + row);
        if let Some(upper) = rows.next() {
            let lower = rows.next_back().unwrap_or(upper);
            points.extend([(of(x) + 0.5, of(upper)), (of(x) + 0.5, of(lower + 1))]);
        }
    }
    points
}

/// The corners where lines cross that are fitted to the outline along each side.
fn refined(corners: [Point; 4], outline: &[Point], map: &Gray) -> Option<[Point; 4]> {
    let reach = 0.012 * f64::from(map.width.max(map.height)) + 1.5;
    let lines: Vec<Line> = (0..4)
        .map(|n| {
            let (from, to) = (corners[n], corners[(n + 1) % 4]);
            Line::along(from, to, outline, reach, 0.4 * (to.0 - from.0).hypot(to.1 - from.1))
        })
        .collect::<Option<_>>()?;
    let mut out = corners;
    for (n, corner) in out.iter_mut().enumerate() {
        *corner = lines[(n + 3) % 4].meets(&lines[n])?;
    }
    Some(out)
}

/// The corners where lines cross that are fitted to the steepest places across each side: the edge itself, and not where an
/// area ends that a level happened to cut out.
fn sharpened(corners: [Point; 4], map: &Gray) -> Option<[Point; 4]> {
    let lines: Vec<Line> = (0..4)
        .map(|n| {
            let (from, to) = (corners[n], corners[(n + 1) % 4]);
            let edge: Vec<Point> = (3..=61).filter_map(|n| steepest(from, to, f64::from(n) / 64.0, map)).collect();
            Line::along(from, to, &edge, 6.0, 12.0)
        })
        .collect::<Option<_>>()?;
    let mut out = corners;
    for (n, corner) in out.iter_mut().enumerate() {
        *corner = lines[(n + 3) % 4].meets(&lines[n])?;
    }
    Some(out)
}

/// Where a picture changes most along a short walk across a side.
fn steepest(from: Point, to: Point, share: f64, map: &Gray) -> Option<Point> {
    const REACH: i32 = 7;
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    let normal = ((from.1 - to.1) / length, (to.0 - from.0) / length);
    let (x, y) = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
    let off = |by: f64| value(map, x + normal.0 * by, y + normal.1 * by);
    let slope = |at: i32| (off(f64::from(at) + 1.5) - off(f64::from(at) - 1.5)).abs();
    let at = (-REACH..=REACH).max_by(|a, b| slope(*a).total_cmp(&slope(*b)))?;
    // Between the steepest place and its neighbors as a parabola lies through them.
    let (before, here, after) = (slope(at - 1), slope(at), slope(at + 1));
    let bend = before - 2.0 * here + after;
    let by = f64::from(at) + if bend < 0.0 { (0.5 * (before - after) / bend).clamp(-0.5, 0.5) } else { 0.0 };
    (here >= 6.0).then_some((x + normal.0 * by, y + normal.1 * by))
}

/// What a picture is at a point, between the middles of its pixels.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept within a small picture")]
fn value(map: &Gray, x: f64, y: f64) -> f64 {
    let x = (x - 0.5).clamp(0.0, f64::from(map.width - 1));
    let y = (y - 0.5).clamp(0.0, f64::from(map.height - 1));
    let (left, top) = (x as usize, y as usize);
    let (right, bottom) = ((left + 1).min(map.width as usize - 1), (top + 1).min(map.height as usize - 1));
    let at = |x: usize, y: usize| f64::from(map.data[y * map.width as usize + x]);
    let upper = at(left, top) + (at(right, top) - at(left, top)) * x.fract();
    let lower = at(left, bottom) + (at(right, bottom) - at(left, bottom)) * x.fract();
    upper + (lower - upper) * y.fract()
}

/// A straight line: what `normal` times a point is on it.
struct Line {
    normal: Point,
    offset: f64,
}

impl Line {
    /// Fitted to the points near the middle nine tenths of a side, those that stand out left out at the second try.
    fn along(from: Point, to: Point, outline: &[Point], reach: f64, least: f64) -> Option<Self> {
        let mut line = Self::through(&[from, to])?;
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let along = |point: &Point| {
            ((point.0 - from.0) * (to.0 - from.0) + (point.1 - from.1) * (to.1 - from.1)) / length / length
        };
        for reach in [reach, reach / 2.0, 1.0] {
            let near = |point: &&Point| (0.05..0.95).contains(&along(point)) && line.distance(**point).abs() < reach;
            let points: Vec<Point> = outline.iter().filter(near).copied().collect();
            if of(points.len()) < least {
                break;
            }
            line = Self::through(&points)?;
        }
        Some(line)
    }

    /// The line that points lie nearest to.
    fn through(points: &[Point]) -> Option<Self> {
        let count = of(points.len());
        let (x, y) = points.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0 / count, sum.1 + point.1 / count));
        let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
        for point in points {
            let (dx, dy) = (point.0 - x, point.1 - y);
            (xx, yy, xy) = (xx + dx * dx, yy + dy * dy, xy + dx * dy);
        }
        let angle = 0.5 * (2.0 * xy).atan2(xx - yy);
        let normal = (-angle.sin(), angle.cos());
        (xx + yy > 0.0).then_some(Self { normal, offset: normal.0 * x + normal.1 * y })
    }

    fn distance(&self, point: Point) -> f64 {
        self.normal.0 * point.0 + self.normal.1 * point.1 - self.offset
    }

    fn meets(&self, other: &Self) -> Option<Point> {
        let area = self.normal.0 * other.normal.1 - self.normal.1 * other.normal.0;
        let x = (self.offset * other.normal.1 - other.offset * self.normal.1) / area;
        let y = (other.offset * self.normal.0 - self.offset * other.normal.0) / area;
        (area.abs() > 0.1).then_some((x, y))
    }
}

/// Whether corners can be those of a sheet: within the picture and off its border, no corner sharp or flat, no side
/// twice as long as the one across.
fn plausible(corners: &[Point; 4], map: &Gray) -> bool {
    let (width, height) = (f64::from(map.width), f64::from(map.height));
    let inside = |(x, y): &Point| (-1.0..=width + 1.0).contains(x) && (-1.0..=height + 1.0).contains(y);
    let on_border = |n: usize| {
        let (a, b) = (corners[n], corners[(n + 1) % 4]);
        let both = |near: &dyn Fn(Point) -> f64| near(a) < 2.0 && near(b) < 2.0;
        both(&|p| p.0) || both(&|p| p.1) || both(&|p| width - p.0) || both(&|p| height - p.1)
    };
    let side = |n: usize| {
        let (a, b) = (corners[n % 4], corners[(n + 1) % 4]);
        (b.0 - a.0, b.1 - a.1)
    };
    let length = |n: usize| side(n).0.hypot(side(n).1);
    let square = |n: usize| {
        let (a, b) = (side(n), side(n + 1));
        ((a.0 * b.0 + a.1 * b.1) / (length(n) * length(n + 1))).abs() < 0.64
    };
    let alike = |n: usize| (0.5..2.0).contains(&(length(n) / length(n + 2)));
    corners.iter().all(inside) && (0..4).all(|n| !on_border(n) && square(n)) && alike(0) && alike(1)
}

/// The share of an outline that lies on the sides of a quadrilateral.
fn straightness(hull: &[Point], corners: &[Point; 4]) -> f64 {
    let sides: Vec<Line> = (0..4).filter_map(|n| Line::through(&[corners[n], corners[(n + 1) % 4]])).collect();
    let (mut on, mut all) = (0.0, 0.0);
    for (a, b) in hull.iter().zip(hull.iter().cycle().skip(1)) {
        let (length, middle) = ((b.0 - a.0).hypot(b.1 - a.1), (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1)));
        all += length;
        if sides.iter().any(|side| side.distance(middle).abs() < 2.5) {
            on += length;
        }
    }
    on / f64::max(all, 1.0)
}

/// How far lightness and the like differ across a side, at the quarter of it where they differ least.
fn step_across(from: Point, to: Point, map: &Gray) -> f64 {
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    let normal = ((from.1 - to.1) / length, (to.0 - from.0) / length);
    let mut steps: Vec<f64> = (2..=30)
        .map(|n| {
            let share = f64::from(n) / 32.0;
            let (x, y) = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            let off = |by: f64| value(map, x + normal.0 * by, y + normal.1 * by);
            off(3.5) - off(-3.5)
        })
        .collect();
    let middle: f64 = steps.iter().sum();
    steps.iter_mut().for_each(|step| *step *= middle.signum());
    steps.sort_by(f64::total_cmp);
    steps[steps.len() / 4]
}

/// Clockwise on the screen, from the corner nearest the upper left.
fn from_upper_left(mut corners: [Point; 4]) -> [Point; 4] {
    if cross(corners[0], corners[1], corners[2]) < 0.0 {
        corners.reverse();
    }
    let near = |n: &usize| corners[*n].0 + corners[*n].1;
    let first = (0..4).min_by(|a, b| near(a).total_cmp(&near(b))).unwrap_or(0);
    corners.rotate_left(first);
    corners
}

/// Corners on the stored picture as a person sees them on the upright one, turned by quarters clockwise: from the upper left
/// one of what is seen.
#[must_use]
pub fn seen_corners(corners: [(u16, u16); 4], orientation: u8, quarters: u8) -> [(u16, u16); 4] {
    let mut seen = corners.map(|corner| placed(placed(corner, back_from(orientation)), turned_by(quarters)));
    seen.rotate_right(usize::from(quarters % 4));
    seen
}

/// Corners that a person sees on the upright picture, turned by quarters clockwise, on the stored one: from the upper left one
/// of what is upright without the turns. The other way round of [`seen_corners`].
#[must_use]
pub fn stored_corners(seen: [(u16, u16); 4], orientation: u8, quarters: u8) -> [(u16, u16); 4] {
    let mut corners = seen.map(|corner| placed(placed(corner, back_from(turned_by(quarters))), orientation));
    corners.rotate_left(usize::from(quarters % 4));
    corners
}

fn placed((x, y): (u16, u16), orientation: u8) -> (u16, u16) {
    stored((f64::from(x) / 10_000.0, f64::from(y) / 10_000.0), orientation)
}

/// Turning clockwise is what the orientation of a picture does that was stored turned the other way.
fn turned_by(quarters: u8) -> u8 {
    match quarters % 4 {
        0 => 1,
        1 => 8,
        2 => 3,
        _ => 6,
    }
}

/// The orientation that takes back what another one does.
fn back_from(orientation: u8) -> u8 {
    match orientation {
        6 => 8,
        8 => 6,
        other => other,
    }
}

/// A point of the upright picture as one of the stored one, in ten-thousandths.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept between nought and ten thousand")]
pub(crate) fn stored((u, v): Point, orientation: u8) -> (u16, u16) {
    let (x, y) = match orientation {
        2 => (1.0 - u, v),
        3 => (1.0 - u, 1.0 - v),
        4 => (u, 1.0 - v),
        5 => (v, u),
        6 => (v, 1.0 - u),
        7 => (1.0 - v, 1.0 - u),
        8 => (1.0 - v, u),
        _ => (u, v),
    };
    let share = |value: f64| (value * 10_000.0).round().clamp(0.0, 10_000.0) as u16;
    (share(x), share(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However a picture is held and turned, corners that were said come back where they were said, and the first is the upper
    /// left one of what is read upright.
    #[test]
    fn corners_go_to_the_stored_picture_and_back() {
        let said = [(1_000, 500), (9_000, 1_000), (8_500, 9_500), (500, 8_000)];
        for orientation in 1..=8 {
            for quarters in 0..4 {
                let kept = stored_corners(said, orientation, quarters);
                assert_eq!(seen_corners(kept, orientation, quarters), said, "{orientation} {quarters}");
                let upright = seen_corners(kept, orientation, 0);
                let nearest = (0..4).min_by_key(|n| u32::from(upright[*n].0) + u32::from(upright[*n].1));
                assert_eq!(nearest, Some(0), "{orientation} {quarters}: {upright:?}");
            }
        }
        assert_eq!(stored_corners(said, 1, 0), said);
        // Held with its left side up, which the file says: the upper left corner seen is the stored picture's lower left.
        assert_eq!(stored_corners(said, 6, 0)[0], (500, 9_000));
    }
}
