//! Small upright JPEGs for the screen: each pixel is the mean of the box of paper it stands for.

use crate::facts::{Color, PageFacts, Refusal, Turn};
use crate::raster::Raster;
use crate::{Cut, SCREEN_QUALITY};
use image::ExtendedColorType;
use image::codecs::jpeg::{JpegEncoder, PixelDensity};

/// Eight-bit gray or RGB pixels.
pub(crate) struct Small {
    pub(crate) width: usize,
    pub(crate) height: usize,
    channels: usize,
    data: Vec<u8>,
}

impl Small {
    /// Samples of one pixel: one, or three.
    pub(crate) fn channels(&self) -> usize {
        self.channels
    }

    /// The samples, row by row.
    pub(crate) fn pixels(&self) -> &[u8] {
        &self.data
    }

    /// How light each pixel looks.
    pub(crate) fn lightness(&self) -> Vec<u8> {
        match self.channels {
            1 => self.data.clone(),
            _ => self.data.as_chunks::<3>().0.iter().map(lightness).collect(),
        }
    }

    /// Of each pixel the darkest of its colors, in which ink of any color is dark.
    pub(crate) fn darkest(&self) -> Vec<u8> {
        match self.channels {
            1 => self.data.clone(),
            _ => self.data.as_chunks::<3>().0.iter().map(|[r, g, b]| *r.min(g).min(b)).collect(),
        }
    }

    /// As small as [`upright_jpeg`] makes pages, upright.
    pub(crate) fn thumb(self, page: &Raster, longest: u32) -> Result<Vec<u8>, Refusal> {
        let facts = PageFacts { width: side(self.width)?, height: side(self.height)?, ..page.facts };
        let color = if self.channels == 1 { Color::Gray } else { Color::Rgb };
        upright_jpeg(&Raster { facts, color, bits: 8, data: self.data }, longest, Turn::None, SCREEN_QUALITY)
    }
}

fn side(length: usize) -> Result<u32, Refusal> {
    u32::try_from(length).map_err(|_| Refusal::Damaged)
}

/// An upright JPEG of `raster`, turned as the clerk turned it, its longer side at most `longest`.
pub(crate) fn upright_jpeg(raster: &Raster, longest: u32, turn: Turn, quality: u8) -> Result<Vec<u8>, Refusal> {
    debug_assert!(quality >= SCREEN_QUALITY);
    encode(&turned(raster, longest, turn), quality)
}

/// The same of the part `cut`, as sharp as the page allows.
pub(crate) fn cut_jpeg(raster: &Raster, longest: u32, turn: Turn, cut: Cut, quality: u8) -> Result<Vec<u8>, Refusal> {
    let [left, top, right, bottom] = cut.map(|edge| usize::from(edge.min(10_000)));
    let most = right.saturating_sub(left).max(bottom.saturating_sub(top)).max(1);
    let whole = u64::from(longest) * 10_000 / most as u64;
    let small = turned(raster, u32::try_from(whole).unwrap_or(u32::MAX), turn);
    let span = |from: usize, to: usize, side: usize| {
        let from = (from * side / 10_000).min(side.saturating_sub(1));
        (from, (to * side).div_ceil(10_000).clamp(from + 1, side.max(from + 1)))
    };
    let (columns, rows) = (span(left, right, small.width), span(top, bottom, small.height));
    let line = small.width * small.channels;
    let part = |row: &[u8]| row[columns.0 * small.channels..columns.1 * small.channels].to_vec();
    let data = small.data.chunks_exact(line.max(1)).skip(rows.0).take(rows.1 - rows.0).flat_map(part).collect();
    encode(&Small { width: columns.1 - columns.0, height: rows.1 - rows.0, data, ..small }, quality)
}

fn turned(raster: &Raster, longest: u32, turn: Turn) -> Small {
    orient(orient(shrink(raster, longest.max(1)), raster.facts.orientation), turn.orientation())
}

fn encode(small: &Small, quality: u8) -> Result<Vec<u8>, Refusal> {
    let color = if small.channels == 1 { ExtendedColorType::L8 } else { ExtendedColorType::Rgb8 };
    let mut jpeg = Vec::with_capacity(small.data.len() / 6);
    JpegEncoder::new_with_quality(&mut jpeg, quality)
        .encode(&small.data, side(small.width)?, side(small.height)?, color)
        .map_err(|_| Refusal::Damaged)?;
    Ok(jpeg)
}

/// All of a flat page, which is eight bits deep and upright, as a JPEG that says its resolution.
pub(crate) fn whole_jpeg(page: &Raster, quality: u8) -> Result<Vec<u8>, Refusal> {
    let facts = page.facts;
    let color = if page.color.channels() == 1 { ExtendedColorType::L8 } else { ExtendedColorType::Rgb8 };
    let mut jpeg = Vec::with_capacity(page.data.len() / 6);
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, quality);
    encoder.set_pixel_density(PixelDensity::dpi(u16::try_from(facts.dpi).unwrap_or(u16::MAX)));
    encoder.encode(&page.data, facts.width, facts.height, color).map_err(|_| Refusal::Damaged)?;
    Ok(jpeg)
}

/// An eight-bit gray picture.
pub(crate) struct Gray {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) data: Vec<u8>,
}

/// `raster` as it is stored, in gray, its longer side at most `longest`.
pub(crate) fn gray(raster: &Raster, longest: u32) -> Gray {
    let Small { width, height, channels, data } = shrink(raster, longest.max(1));
    let data = if channels == 1 { data } else { data.as_chunks::<3>().0.iter().map(lightness).collect() };
    let side = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Gray { width: side(width), height: side(height), data }
}

/// How light a color looks, in 256ths of ITU-R BT.601.
fn lightness([red, green, blue]: &[u8; 3]) -> u8 {
    let sum = 77 * u32::from(*red) + 150 * u32::from(*green) + 29 * u32::from(*blue);
    u8::try_from(sum >> 8).unwrap_or(u8::MAX)
}

impl Gray {
    /// Each pixel the mean of those at most `reach` away in its row, then in its column.
    pub(crate) fn softened(&self, reach: usize) -> Self {
        let (width, height) = (self.width as usize, self.height as usize);
        let across: Vec<u8> = self.data.chunks_exact(width.max(1)).flat_map(|row| means(row, reach)).collect();
        let mut data = vec![0; across.len()];
        let mut column = Vec::with_capacity(height);
        for x in 0..width {
            column.clear();
            column.extend(across.iter().skip(x).step_by(width));
            for (y, mean) in means(&column, reach).enumerate() {
                data[y * width + x] = mean;
            }
        }
        Self { data, ..*self }
    }

    /// At twice the size, the new pixels between the old ones; beyond the edge lies what lies at the edge.
    pub(crate) fn doubled(&self) -> Self {
        let at = |x: u32, y: u32| {
            let (x, y) = (x.min(self.width - 1) as usize, y.min(self.height - 1) as usize);
            u32::from(self.data[y * self.width as usize + x])
        };
        let (width, height) = (self.width * 2, self.height * 2);
        let all = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let data = all.map(|(x, y)| {
            let (left, top) = (x / 2, y / 2);
            let (right, bottom) = (left + x % 2, top + y % 2);
            u8::try_from((at(left, top) + at(right, top) + at(left, bottom) + at(right, bottom) + 2) / 4)
                .unwrap_or(u8::MAX)
        });
        Self { width, height, data: data.collect() }
    }
}

/// The mean of each sample and its neighbors, `reach` to either side as far as there are any.
fn means(line: &[u8], reach: usize) -> impl Iterator<Item = u8> {
    let mut sum: u32 = line.iter().take(reach).map(|sample| u32::from(*sample)).sum();
    (0..line.len()).map(move |at| {
        sum += line.get(at + reach).map_or(0, |sample| u32::from(*sample));
        let (first, end) = (at.saturating_sub(reach), (at + reach + 1).min(line.len()));
        let mean = sum / u32::try_from(end - first).unwrap_or(1).max(1);
        sum -= if at >= reach { u32::from(line[at - reach]) } else { 0 };
        u8::try_from(mean).unwrap_or(u8::MAX)
    })
}

pub(crate) fn shrink(raster: &Raster, longest: u32) -> Small {
    let (width, height) = (raster.facts.width as usize, raster.facts.height as usize);
    let most = width.max(height);
    // Never larger than the page is; never nought on a strip a thousand times longer than wide.
    let wanted = (longest as usize).min(most);
    let scaled = |side: usize| (side * wanted).div_ceil(most).clamp(1, side.max(1));
    let (to_width, to_height) = (scaled(width), scaled(height));
    let channels = if raster.color.channels() == 1 { 1 } else { 3 };
    let edges: Vec<usize> = (0..=to_width).map(|x| x * width / to_width).collect();
    let mut data = Vec::with_capacity(to_width * to_height * channels);
    let mut sums = vec![0u32; to_width * channels];
    let mut line = Vec::with_capacity(width * channels);
    let mut rows = raster.rows();
    for y in 0..to_height {
        let (first, end) = (y * height / to_height, (y + 1) * height / to_height);
        sums.fill(0);
        for row in rows.by_ref().take(end - first) {
            let row = eight_bit(raster, row, &mut line);
            if channels == 1 { add::<1>(row, &edges, &mut sums) } else { add::<3>(row, &edges, &mut sums) }
        }
        for (x, sums) in sums.chunks_exact(channels).enumerate() {
            let area = u32::try_from((edges[x + 1] - edges[x]) * (end - first)).unwrap_or(u32::MAX).max(1);
            data.extend(sums.iter().map(|sum| u8::try_from((sum + area / 2) / area).unwrap_or(u8::MAX)));
        }
    }
    Small { width: to_width, height: to_height, channels, data }
}

fn add<const N: usize>(row: &[u8], edges: &[usize], sums: &mut [u32]) {
    let (pixels, _) = row.as_chunks::<N>();
    let (sums, _) = sums.as_chunks_mut::<N>();
    for (sum, edge) in sums.iter_mut().zip(edges.windows(2)) {
        let mut total = [0u32; N];
        for pixel in &pixels[edge[0]..edge[1]] {
            for (total, sample) in total.iter_mut().zip(pixel) {
                *total += u32::from(*sample);
            }
        }
        for (sum, total) in sum.iter_mut().zip(total) {
            *sum += total;
        }
    }
}

/// A row as 8-bit gray or RGB; `line` is lent so that no row allocates.
fn eight_bit<'a>(raster: &Raster, row: &'a [u8], line: &'a mut Vec<u8>) -> &'a [u8] {
    let width = raster.facts.width as usize;
    match (raster.color, raster.bits) {
        (Color::Gray | Color::Rgb, 8) => return row,
        (Color::Bilevel, _) => {
            line.clear();
            let bits =
                row.iter().flat_map(|byte| (0..8).rev().map(move |bit| if byte >> bit & 1 == 1 { 255 } else { 0 }));
            line.extend(bits.take(width));
        }
        (Color::Gray | Color::Rgb, _) => {
            line.clear();
            line.extend(row.iter().step_by(2));
        }
        (Color::Cmyk, bits) => {
            let step = usize::from(bits / 8).max(1);
            line.clear();
            for inks in row.chunks_exact(4 * step) {
                let key = 255 - u16::from(inks[3 * step]);
                let light = |ink: u8| u8::try_from((255 - u16::from(ink)) * key / 255).unwrap_or(u8::MAX);
                line.extend([light(inks[0]), light(inks[step]), light(inks[2 * step])]);
            }
        }
    }
    line
}

/// Turns and mirrors as EXIF orientation `orientation` asks for.
pub(crate) fn orient(small: Small, orientation: u8) -> Small {
    if !(2..=8).contains(&orientation) {
        return small;
    }
    let Small { width, height, channels, data } = small;
    let (to_width, to_height) = if orientation >= 5 { (height, width) } else { (width, height) };
    let mut turned = Vec::with_capacity(data.len());
    for y in 0..to_height {
        for x in 0..to_width {
            let (from_x, from_y) = match orientation {
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, height - 1 - x),
                7 => (width - 1 - y, height - 1 - x),
                _ => (width - 1 - y, x),
            };
            let at = (from_y * width + from_x) * channels;
            turned.extend_from_slice(&data[at..at + channels]);
        }
    }
    Small { width: to_width, height: to_height, channels, data: turned }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orientations_turn_the_way_exif_says() {
        // One row, dark to the left.
        let page = || Small { width: 2, height: 1, channels: 1, data: vec![0, 9] };
        for (orientation, width, expected) in
            [(1, 2, [0, 9]), (2, 2, [9, 0]), (3, 2, [9, 0]), (6, 1, [0, 9]), (8, 1, [9, 0]), (5, 1, [0, 9])]
        {
            let turned = orient(page(), orientation);
            assert_eq!((turned.width, &turned.data[..]), (width, &expected[..]), "orientation {orientation}");
        }
    }

    #[test]
    fn what_is_cut_off_is_what_is_seen_outside() {
        let facts = PageFacts { width: 200, height: 100, dpi: 300, color: Color::Gray, orientation: 1 };
        let data = (0..100).flat_map(|_| (0..200).map(|x| if x < 100 { 0 } else { 250 })).collect();
        let raster = Raster { facts, color: Color::Gray, bits: 8, data };
        // Turned to the right, the dark left half is on top.
        let jpeg =
            cut_jpeg(&raster, 1_000, Turn::Right, [0, 5_000, 10_000, 10_000], SCREEN_QUALITY).expect("a picture");
        let decoded = crate::decode(&jpeg, 0).expect("a picture");
        assert_eq!((decoded.facts.width, decoded.facts.height), (100, 100));
        assert!(decoded.data.iter().all(|sample| *sample > 200), "the dark half is cut off");
    }

    #[test]
    fn softening_is_a_mean_of_neighbors() {
        assert_eq!(means(&[0, 30, 60, 0], 1).collect::<Vec<_>>(), [15, 30, 30, 30]);
        assert_eq!(means(&[9], 3).collect::<Vec<_>>(), [9]);
        let page = Gray { width: 3, height: 3, data: vec![0, 0, 0, 0, 90, 0, 0, 0, 0] };
        assert_eq!(page.softened(1).data, [22, 15, 22, 15, 10, 15, 22, 15, 22]);
    }

    #[test]
    fn a_strip_stays_a_picture() {
        let facts = PageFacts { width: 3000, height: 1, dpi: 300, color: Color::Gray, orientation: 1 };
        let raster = Raster { facts, color: Color::Gray, bits: 8, data: vec![200; 3000] };
        let small = shrink(&raster, 100);
        assert_eq!((small.width, small.height), (100, 1));
        assert!(small.data.iter().all(|sample| *sample == 200), "a mean of equals is equal");
    }
}
