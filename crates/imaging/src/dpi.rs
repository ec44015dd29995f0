//! Which resolution to believe. Metadata is often a program's habit and not the scanner's word
//! (T-18), so a claim must give a page that exists; without one the paper sizes decide.

/// Resolutions that scanners use, likeliest first.
const USUAL: [u32; 7] = [300, 200, 600, 400, 150, 240, 100];

/// Sheets by width and height in tenths of a millimeter, likeliest first: A4, A5, A3, Letter, Legal. A6 would
/// claim every A4 of half its resolution.
const SHEETS: [(f64, f64); 5] = [(2100., 2970.), (1480., 2100.), (2970., 4200.), (2159., 2794.), (2159., 3556.)];

/// The resolution of a page of `width` by `height` pixels whose file claims `claimed` dots an inch.
pub(crate) fn believed(claimed: Option<f64>, width: u32, height: u32) -> u32 {
    let longest = f64::from(width.max(height));
    if let Some(dpi) = claimed.map(f64::round).filter(|dpi| (50.0..=4800.0).contains(dpi)) {
        // 72 and 96 are what programs write when they do not know; they are right only for what
        // they make a sheet of: at most A3. Real resolutions may go up to A0.
        let inches = longest / dpi;
        let most = if dpi < 100.0 { 17.0 } else { 50.0 };
        if inches <= most {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "range checked in the condition"
            )]
            return dpi as u32;
        }
    }
    by_paper(width, height)
}

fn by_paper(width: u32, height: u32) -> u32 {
    let (short, long) = (f64::from(width.min(height)), f64::from(width.max(height)));
    let is = |(w, h): (f64, f64), dpi: u32| {
        let tenths = |pixels: f64| pixels / f64::from(dpi) * 254.0;
        (tenths(short) / w - 1.0).abs() < 0.02 && (tenths(long) / h - 1.0).abs() < 0.02
    };
    let sheet = SHEETS.into_iter().find_map(|sheet| USUAL.into_iter().find(|dpi| is(sheet, *dpi)));
    sheet.unwrap_or_else(|| {
        // A photograph or an odd cut: its longer side fills an A4 sheet, within what printers tell apart.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let dpi = (long * 25.4 / 297.0).round().clamp(100.0, 600.0) as u32;
        dpi
    })
}

#[cfg(test)]
mod tests {
    use super::believed;

    // T-18: wrong or absent resolution.
    #[test]
    fn a_claim_must_give_a_page_that_exists() {
        for (claimed, width, height, expected, why) in [
            (Some(300.0), 2480, 3508, 300, "the scanner's word"),
            (Some(72.0), 2480, 3508, 300, "a meter of paper is no A4"),
            (Some(96.0), 1654, 2339, 200, "a habit of programs"),
            (Some(72.0), 595, 842, 72, "a screen picture of an A4"),
            (Some(0.0), 1654, 2339, 200, "nought"),
            (Some(f64::NAN), 1654, 2339, 200, "no number"),
            (Some(1e9), 2480, 3508, 300, "absurd"),
            (Some(200.0), 1654, 2339, 200, "200 dpi"),
            (None, 3508, 2480, 300, "landscape"),
            (None, 1748, 2480, 300, "A5"),
            (None, 1240, 1754, 150, "an A4 and no A6"),
            (None, 4000, 3000, 342, "a telephone's photograph fills an A4"),
            (None, 1, 1, 100, "T-18: one pixel"),
        ] {
            assert_eq!(believed(claimed, width, height), expected, "{claimed:?} {width}×{height}: {why}");
        }
    }
}
