//! The three faces of the forms, parsed once. Tinos has the measures of Times New Roman, which NĐ 30/2020 asks for.

use printpdf::{FontId, ParsedFont, PdfFont, PdfFontHandle};
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;

/// A face (kiểu chữ).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Bold,
    Italic,
}

/// All faces, in the order of their fonts.
const FACES: [Face; 3] = [Face::Regular, Face::Bold, Face::Italic];

/// Drawn where a font has no such letter, so that the loss is seen.
const REPLACEMENT: char = '\u{fffd}';

/// A space that no line breaks at.
pub(super) const GLUE: char = '\u{a0}';

static FONTS: OnceLock<[ParsedFont; 3]> = OnceLock::new();

fn fonts() -> &'static [ParsedFont; 3] {
    FONTS.get_or_init(|| {
        [
            &include_bytes!("../../../../assets/fonts/Tinos-Regular.ttf")[..],
            include_bytes!("../../../../assets/fonts/Tinos-Bold.ttf"),
            include_bytes!("../../../../assets/fonts/Tinos-Italic.ttf"),
        ]
        .map(|bytes| {
            ParsedFont::from_bytes(bytes, 0, &mut Vec::new())
                .expect("the font is part of the program and tested with it")
        })
    })
}

impl Face {
    /// The handle that page operations name it by.
    pub(super) fn handle(self) -> PdfFontHandle {
        PdfFontHandle::External(self.id())
    }

    /// Its width at `size` points.
    pub(super) fn width(self, text: &str, size: f32) -> f32 {
        let font = self.font();
        let units: u32 = text
            .chars()
            .filter_map(|c| font.lookup_glyph_index(c.into()))
            .filter_map(|glyph| font.get_glyph_width(glyph))
            .map(u32::from)
            .sum();
        #[expect(clippy::cast_precision_loss, reason = "a line of text is a few thousand units")]
        let units = units as f32;
        units * size / f32::from(font.units_per_em)
    }

    /// `text` as this face can draw it: composed letters, plain spaces and [`GLUE`], no controls.
    pub(super) fn drawable(self, text: &str) -> String {
        let font = self.font();
        text.nfc()
            .map(|c| if c != GLUE && (c.is_whitespace() || c.is_control()) { ' ' } else { c })
            .map(|c| if font.lookup_glyph_index(c.into()).is_some() { c } else { REPLACEMENT })
            .collect()
    }

    fn id(self) -> FontId {
        FontId(
            match self {
                Self::Regular => "Tinos",
                Self::Bold => "Tinos-Bold",
                Self::Italic => "Tinos-Italic",
            }
            .to_owned(),
        )
    }

    fn font(self) -> &'static ParsedFont {
        let [regular, bold, italic] = fonts();
        match self {
            Self::Regular => regular,
            Self::Bold => bold,
            Self::Italic => italic,
        }
    }
}

/// Every face as a document's resource.
pub(super) fn resources() -> impl Iterator<Item = (FontId, PdfFont)> {
    FACES.into_iter().map(|face| (face.id(), PdfFont::new(face.font().clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every Vietnamese letter: 12 vowels with 6 tones, đ and the plain consonants, in both cases.
    pub(crate) fn alphabet() -> String {
        let tones = ["", "\u{300}", "\u{301}", "\u{309}", "\u{303}", "\u{323}"];
        let vowels = "aăâeêioôơuưy".chars().flat_map(|vowel| tones.map(|tone| format!("{vowel}{tone}")));
        let lower: String = vowels.collect::<String>().nfc().collect::<String>() + "đ";
        lower.to_uppercase() + &lower
    }

    #[test]
    fn every_vietnamese_letter_is_in_every_face() {
        let alphabet = alphabet();
        assert_eq!(alphabet.chars().count(), 146, "72 vowels and đ, twice");
        for face in FACES {
            assert_eq!(face.drawable(&alphabet), alphabet, "{face:?} lacks a letter");
            assert!(
                alphabet.chars().all(|c| face.width(&c.to_string(), 10.0) > 0.0),
                "{face:?} has a letter of no width"
            );
        }
    }

    #[test]
    fn decomposed_letters_are_composed_and_lost_ones_are_seen() {
        assert_eq!(Face::Regular.drawable("Nguye\u{302}\u{303}n\tA"), "Nguyễn A");
        assert_eq!(Face::Regular.drawable("漢"), "\u{fffd}");
    }
}
