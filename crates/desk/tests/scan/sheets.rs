//! Sheets of paper, each with bytes of its own, so that none can stand in for another unseen.

use crate::dice::Dice;
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

/// A stack of `count` sheets that nobody has seen before.
pub(crate) fn stack(dice: &mut Dice, count: u64) -> Vec<Vec<u8>> {
    (0..count).map(|_| sheet(dice)).collect()
}

/// Lines of ink on paper, a few dozen kilobytes at most.
fn sheet(dice: &mut Dice) -> Vec<u8> {
    let (width, height) = (200 + dice.below(200) as u32, 300 + dice.below(200) as u32);
    let mut pixels = vec![245_u8; (width * height) as usize];
    for line in pixels.chunks_mut(width as usize).skip(12).step_by(3) {
        for pixel in line.iter_mut().skip(16) {
            *pixel = if dice.percent(30) { 40 } else { 240 };
        }
    }
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80).encode(&pixels, width, height, ExtendedColorType::L8).unwrap();
    bytes
}
