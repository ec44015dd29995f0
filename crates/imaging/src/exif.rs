//! The EXIF values a page needs: orientation, resolution and whether a camera took it. Anything odd is ignored, never an error:
//! wrong metadata must not keep a paper out.

/// What the metadata says, as far as it reads.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Exif {
    /// Orientation 1 to 8.
    pub(crate) orientation: Option<u8>,
    /// Dots an inch.
    pub(crate) dpi: Option<f64>,
    /// Whether it was exposed through a lens: a scanner knows no time of exposure and no focal length.
    pub(crate) camera: bool,
}

const ORIENTATION: u16 = 0x0112;
const X_RESOLUTION: u16 = 0x011a;
const RESOLUTION_UNIT: u16 = 0x0128;
const CAMERA_DIRECTORY: u16 = 0x8769;
const EXPOSURE_TIME: u16 = 0x829a;
const APERTURE: u16 = 0x829d;
const FOCAL_LENGTH: u16 = 0x920a;

/// Reads the first directory of an EXIF block that starts at its TIFF header.
pub(crate) fn read(block: &[u8]) -> Exif {
    parse(block).unwrap_or_default()
}

fn parse(block: &[u8]) -> Option<Exif> {
    let little = match block.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = block.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes = block.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    let count = usize::from(short(directory)?);
    let (mut exif, mut resolution, mut unit) = (Exif::default(), None, 2);
    for entry in 0..count {
        let at = directory.checked_add(2)?.checked_add(entry * 12)?;
        let Some(tag) = short(at) else { break };
        match tag {
            ORIENTATION => {
                exif.orientation = short(at + 8).and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=8).contains(n));
            }
            RESOLUTION_UNIT => unit = short(at + 8).unwrap_or(2),
            X_RESOLUTION => {
                let value = long(at + 8).and_then(|offset| usize::try_from(offset).ok());
                resolution = value.and_then(|at| Some(f64::from(long(at)?) / f64::from(long(at.checked_add(4)?)?)));
            }
            CAMERA_DIRECTORY => {
                let of = |at: usize| short(at).filter(|tag| [EXPOSURE_TIME, APERTURE, FOCAL_LENGTH].contains(tag));
                let there = long(at + 8).and_then(|offset| usize::try_from(offset).ok());
                let count = there.and_then(short).map_or(0, usize::from);
                let tag = |n: usize| there.and_then(|there| there.checked_add(2 + n * 12)).and_then(of);
                exif.camera = (0..count).any(|n| tag(n).is_some());
            }
            _ => {}
        }
    }
    exif.dpi = in_inches(resolution, unit);
    Some(exif)
}

/// A resolution in dots an inch; unit 3 is centimeters, 2 and what is missing are inches, 1 says nothing.
pub(crate) fn in_inches(resolution: Option<f64>, unit: u16) -> Option<f64> {
    let dpi = match unit {
        1 => None,
        3 => resolution.map(|per_cm| per_cm * 2.54),
        _ => resolution,
    };
    dpi.filter(|dpi| dpi.is_finite() && *dpi > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_byte_orders_read() {
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0\0\0\0\0";
        assert_eq!(read(little).orientation, Some(6));
        assert_eq!(read(big).orientation, Some(8));
    }

    #[test]
    fn a_lens_tells_a_camera() {
        let block = |tag: u8| {
            let mut block = b"MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0\0\x01".to_vec();
            block.extend([0x82, tag, 0, 5, 0, 0, 0, 1, 0, 0, 0, 60, 0, 0, 0, 0]);
            block
        };
        assert!(read(&block(0x9a)).camera, "a time of exposure");
        assert!(!read(&block(0x00)).camera, "something else");
    }

    #[test]
    fn nonsense_says_nothing() {
        for block in [&b""[..], b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff"] {
            assert_eq!(read(block), Exif::default(), "{block:?}");
        }
    }
}
