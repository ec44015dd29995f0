//! Paper seen at an angle, laid flat (nắn phẳng): four corners of the paper on a photograph and its real size say what
//! every point of the paper looks like, and how many dots an inch of it got where it got fewest.

use crate::facts::{Color, PageFacts, Refusal};
use crate::raster::Raster;
use crate::shrink::{Small, shrink};

/// The finest that paper is laid flat to, in dots an inch.
const FINEST: f64 = 600.0;

/// Paper on a photograph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flat {
    /// Its corners clockwise from its upper left one, in ten-thousandths of the stored picture's width and height.
    pub corners: [(u16, u16); 4],
    /// Its width in tenths of a millimeter: from the first corner to the second.
    pub width: u16,
    /// Its height in tenths of a millimeter.
    pub height: u16,
}

impl Flat {
    /// The corners of a picture that is the page as a whole, as a person sees it whose file says `orientation`.
    pub(crate) fn whole(orientation: u8) -> [(u16, u16); 4] {
        let all = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        all.map(|corner| crate::corners::stored(corner, orientation))
    }

    /// Paper whose sides measure `paper` tenths of a millimeter, shorter and longer, the way it lies on the picture.
    #[must_use]
    pub fn lying(corners: [(u16, u16); 4], (short, long): (u16, u16), facts: &PageFacts) -> Self {
        let side = |from: usize, to: usize| {
            let ((ax, ay), (bx, by)) = (corners[from], corners[to]);
            let across = (f64::from(bx) - f64::from(ax)) * f64::from(facts.width);
            let down = (f64::from(by) - f64::from(ay)) * f64::from(facts.height);
            across.hypot(down)
        };
        let wide = side(0, 1) + side(3, 2) > side(1, 2) + side(0, 3);
        let (width, height) = if wide { (long, short) } else { (short, long) };
        Self { corners, width, height }
    }

    /// Whether it is paper at all: four corners that go round once, no side a mere line.
    #[must_use]
    pub fn is_sane(&self) -> bool {
        let sized = (100..=14_000).contains(&self.width) && (100..=14_000).contains(&self.height);
        let within = self.corners.iter().all(|(x, y)| *x <= 10_000 && *y <= 10_000);
        let at = |n: usize| (f64::from(self.corners[n % 4].0), f64::from(self.corners[n % 4].1));
        let turn = |n: usize| {
            let ((ax, ay), (bx, by), (cx, cy)) = (at(n), at(n + 1), at(n + 2));
            (bx - ax) * (cy - by) - (by - ay) * (cx - bx)
        };
        let least = 200.0 * 200.0;
        let turns = [turn(0), turn(1), turn(2), turn(3)];
        sized && within && (turns.iter().all(|turn| *turn > least) || turns.iter().all(|turn| *turn < -least))
    }

    /// Dots an inch of paper, where and in the direction in which it got fewest: what a reader of the flat page can count on.
    #[must_use]
    pub fn resolution(&self, facts: &PageFacts) -> u32 {
        whole(self.densities(facts).0)
    }

    /// Fewest and most dots an inch of paper anywhere on it.
    fn densities(&self, facts: &PageFacts) -> (f64, f64) {
        let plane = Plane::of(self, f64::from(facts.width), f64::from(facts.height));
        let inches = (f64::from(self.width) / 254.0, f64::from(self.height) / 254.0);
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        let here = corners.map(|(u, v)| plane.density(u, v, inches));
        here.into_iter().fold((f64::MAX, 0.0), |(least, most), (fewest, finest)| (least.min(fewest), most.max(finest)))
    }

    /// Width, height and resolution of the flat page: nothing that the photograph holds gets lost, and nothing is blown
    /// up to more than twice what its dimmest corner holds.
    #[must_use]
    pub fn flat_size(&self, facts: &PageFacts) -> (u32, u32, u32) {
        let (least, most) = self.densities(facts);
        let dpi = most.min(2.0 * least).clamp(50.0, FINEST);
        let side = |tenths: u16| whole((f64::from(tenths) / 254.0 * dpi).clamp(1.0, 20_000.0));
        (side(self.width), side(self.height), whole(dpi))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of paper in dots")]
fn whole(value: f64) -> u32 {
    value.round().clamp(1.0, 1e9) as u32
}

/// Where on the picture a point of the paper lies; the paper measures 1 by 1.
struct Plane {
    across: [f64; 3],
    down: [f64; 3],
    far: [f64; 2],
}

impl Plane {
    /// The one projection that takes the paper's corners to those on a picture of `width` by `height`.
    fn of(flat: &Flat, width: f64, height: f64) -> Self {
        let at = |n: usize| {
            let (x, y) = flat.corners[n];
            (f64::from(x) / 10_000.0 * width, f64::from(y) / 10_000.0 * height)
        };
        let ((x0, y0), (x1, y1), (x2, y2), (x3, y3)) = (at(0), at(1), at(2), at(3));
        let (dx1, dx2, sx) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
        let (dy1, dy2, sy) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
        let area = dx1 * dy2 - dx2 * dy1;
        // Of what is no paper nothing is divided by nought; it is refused elsewhere.
        let area = if area.abs() < 1e-9 { 1e-9 } else { area };
        let (g, h) = ((sx * dy2 - dx2 * sy) / area, (dx1 * sy - sx * dy1) / area);
        Self {
            across: [x1 - x0 + g * x1, x3 - x0 + h * x3, x0],
            down: [y1 - y0 + g * y1, y3 - y0 + h * y3, y0],
            far: [g, h],
        }
    }

    fn at(&self, u: f64, v: f64) -> (f64, f64) {
        let far = self.far[0] * u + self.far[1] * v + 1.0;
        let along = |[a, b, c]: [f64; 3]| (a * u + b * v + c) / far;
        (along(self.across), along(self.down))
    }

    /// Fewest and most dots that an inch of the paper covers around a point of it, over all directions.
    fn density(&self, u: f64, v: f64, (wide, high): (f64, f64)) -> (f64, f64) {
        let far = self.far[0] * u + self.far[1] * v + 1.0;
        let (x, y) = self.at(u, v);
        let (xu, xv) =
            ((self.across[0] - self.far[0] * x) / far / wide, (self.across[1] - self.far[1] * x) / far / high);
        let (yu, yv) = ((self.down[0] - self.far[0] * y) / far / wide, (self.down[1] - self.far[1] * y) / far / high);
        // The singular values of the two by two matrix of slopes.
        let (sum, area) = (xu * xu + xv * xv + yu * yu + yv * yv, (xu * yv - xv * yu).abs());
        let spread = (sum * sum - 4.0 * area * area).max(0.0).sqrt();
        (((sum - spread) / 2.0).max(0.0).sqrt(), f64::midpoint(sum, spread).sqrt())
    }
}

/// The paper of a photograph laid flat, upright as its corners run; its longer side at most `longest`.
///
/// # Errors
/// [`Refusal::Damaged`] for corners that are no paper's.
pub fn flatten(raster: &Raster, flat: &Flat, longest: u32) -> Result<Raster, Refusal> {
    if !flat.is_sane() {
        return Err(Refusal::Damaged);
    }
    let (width, height, dpi) = flat.flat_size(&raster.facts);
    let most = width.max(height);
    let scaled = |side: u32| {
        let side = u64::from(side) * u64::from(longest.min(most)) / u64::from(most);
        u32::try_from(side).unwrap_or(u32::MAX).max(1)
    };
    let (to_width, to_height) = (scaled(width), scaled(height));
    // Made as much smaller beforehand as the flat page is, each dot is the mean of those it stands for.
    let stored = raster.facts.width.max(raster.facts.height);
    let source = shrink(
        raster,
        u32::try_from(u64::from(stored) * u64::from(to_width.max(to_height)) / u64::from(most))
            .unwrap_or(stored)
            .max(1),
    );
    let color = if source.channels() == 1 { Color::Gray } else { Color::Rgb };
    let data = project(&source, flat, (to_width as usize, to_height as usize));
    let dpi = (u64::from(dpi) * u64::from(to_width.max(to_height)) / u64::from(most)).max(1);
    let dpi = u32::try_from(dpi).unwrap_or(u32::MAX);
    Ok(Raster {
        facts: PageFacts { width: to_width, height: to_height, dpi, color, orientation: 1 },
        color,
        bits: 8,
        data,
    })
}

/// Every dot of the flat page, between the four of the picture that it lies among.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "coordinates of a picture, kept within it"
)]
fn project(source: &Small, flat: &Flat, (width, height): (usize, usize)) -> Vec<u8> {
    let channels = source.channels();
    let plane = Plane::of(flat, source.width as f64, source.height as f64);
    let (last_x, last_y) = ((source.width - 1) as f32, (source.height - 1) as f32);
    let line = source.width * channels;
    let pixels = source.pixels();
    let mut data = Vec::with_capacity(width * height * channels);
    for row in 0..height {
        let v = (row as f64 + 0.5) / height as f64;
        for column in 0..width {
            let u = (column as f64 + 0.5) / width as f64;
            let (x, y) = plane.at(u, v);
            // A dot's middle lies half a dot from its edge.
            let (x, y) = ((x as f32 - 0.5).clamp(0.0, last_x), (y as f32 - 0.5).clamp(0.0, last_y));
            let (left, top) = (x as usize, y as usize);
            let (right, bottom) = ((left + 1).min(last_x as usize), (top + 1).min(last_y as usize));
            let (over_x, over_y) = (x - left as f32, y - top as f32);
            for channel in 0..channels {
                let at = |x: usize, y: usize| f32::from(pixels[y * line + x * channels + channel]);
                let upper = at(left, top) + (at(right, top) - at(left, top)) * over_x;
                let lower = at(left, bottom) + (at(right, bottom) - at(left, bottom)) * over_x;
                data.push((upper + (lower - upper) * over_y + 0.5) as u8);
            }
        }
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACTS: PageFacts = PageFacts { width: 3_000, height: 4_000, dpi: 72, color: Color::Rgb, orientation: 1 };

    #[test]
    fn straight_from_above_the_resolution_is_what_the_sides_say() {
        // 2,100 dots for 210 mm: 254 an inch.
        let flat = Flat {
            corners: [(1_500, 1_287), (8_500, 1_287), (8_500, 8_713), (1_500, 8_713)],
            width: 2_100,
            height: 2_970,
        };
        assert!(flat.resolution(&FACTS).abs_diff(254) <= 1, "{}", flat.resolution(&FACTS));
        let (width, height, dpi) = flat.flat_size(&FACTS);
        assert!(width.abs_diff(2_100) < 9 && height.abs_diff(2_970) < 9 && dpi.abs_diff(254) <= 1);
    }

    #[test]
    fn the_far_edge_counts() {
        // The far edge is half as long as the near one: there are fewer dots, and fewer still from near to far.
        let flat = Flat {
            corners: [(3_250, 1_287), (6_750, 1_287), (8_500, 8_713), (1_500, 8_713)],
            width: 2_100,
            height: 2_970,
        };
        assert!(flat.resolution(&FACTS) < 127, "{}", flat.resolution(&FACTS));
    }

    #[test]
    fn what_is_no_paper_is_told() {
        let flat = |corners| Flat { corners, width: 2_100, height: 2_970 };
        assert!(flat([(0, 0), (10_000, 0), (10_000, 10_000), (0, 10_000)]).is_sane());
        assert!(flat([(10_000, 0), (0, 0), (0, 10_000), (10_000, 10_000)]).is_sane(), "a mirrored picture's");
        assert!(!flat([(0, 0), (10_000, 10_000), (10_000, 0), (0, 10_000)]).is_sane(), "crossed");
        assert!(!flat([(0, 0), (100, 0), (100, 100), (0, 100)]).is_sane(), "a speck");
        assert!(!flat([(0, 0), (5_000, 5_000), (10_000, 10_000), (0, 10_000)]).is_sane(), "a triangle");
    }
}
