//! Text in runs of several faces, broken into lines of a given width. Breaks stand between words; a
//! word wider than the line is broken where it must be, so that nothing is ever cut off.

use super::fonts::{Face, GLUE};

/// A stretch of text in one face.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'a>(pub(super) Face, pub(super) &'a str);

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// From the line's left end.
    pub(super) x: f32,
    pub(super) face: Face,
    pub(super) text: String,
}

/// One line.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) width: f32,
}

/// A word may change its face within.
type Word = Vec<(Face, String)>;

/// Breaks `runs` into lines of at most `width` points at `size`; no text gives no line.
pub(super) fn wrap(runs: &[Run<'_>], size: f32, width: f32) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut line = Line::default();
    for word in words(runs).into_iter().flat_map(|word| broken(word, size, width)) {
        let wide = measure(&word, size);
        let space = if line.pieces.is_empty() { 0.0 } else { Face::Regular.width(" ", size) };
        if !line.pieces.is_empty() && line.width + space + wide > width {
            lines.push(std::mem::take(&mut line));
        }
        line.append(word, size);
    }
    if !line.pieces.is_empty() {
        lines.push(line);
    }
    lines
}

/// As [`wrap`], with lines as even as their number allows: a heading must not end in one lost word.
pub(super) fn balanced(runs: &[Run<'_>], size: f32, width: f32) -> Vec<Line> {
    let mut best = wrap(runs, size, width);
    let (mut low, mut high) = (0.0, width);
    // Halving eight times comes within a point.
    for _ in 0..8 {
        let middle = f32::midpoint(low, high);
        let tried = wrap(runs, size, middle);
        if tried.len() == best.len() {
            high = middle;
            best = tried;
        } else {
            low = middle;
        }
    }
    best
}

impl Line {
    fn append(&mut self, word: Word, size: f32) {
        let mut gap = !self.pieces.is_empty();
        for (face, text) in word {
            // Once the line is chosen, glue is a space like any other, for whoever copies the text.
            let text = text.replace(GLUE, " ");
            let lead = if gap { " " } else { "" };
            match self.pieces.last_mut() {
                // One piece a face: a reader that copies the text gets whole phrases.
                Some(last) if last.face == face => {
                    last.text.push_str(lead);
                    last.text.push_str(&text);
                    self.width = last.x + face.width(&last.text, size);
                }
                _ => {
                    // The space belongs to the piece before, where it is copied with its phrase.
                    if let (true, Some(last)) = (gap, self.pieces.last_mut()) {
                        last.text.push(' ');
                        self.width = last.x + last.face.width(&last.text, size);
                    }
                    let x = self.width;
                    self.width = x + face.width(&text, size);
                    self.pieces.push(Piece { x, face, text });
                }
            }
            gap = false;
        }
    }
}

fn words(runs: &[Run<'_>]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for Run(face, text) in runs {
        for c in face.drawable(text).chars() {
            if c == ' ' {
                open = false;
                continue;
            }
            if !open {
                words.push(Word::new());
                open = true;
            }
            if let Some(word) = words.last_mut() {
                match word.last_mut() {
                    Some((last, text)) if last == face => text.push(c),
                    _ => word.push((*face, c.to_string())),
                }
            }
        }
    }
    words
}

fn measure(word: &Word, size: f32) -> f32 {
    word.iter().map(|(face, text)| face.width(text, size)).sum()
}

/// `word` in parts that each fit into `width`.
fn broken(word: Word, size: f32, width: f32) -> Vec<Word> {
    if measure(&word, size) <= width {
        return vec![word];
    }
    if let [(face, text)] = &word[..]
        && text.contains(GLUE)
    {
        // Glue is a wish; where the line is too short for it, it breaks before letters do.
        let parts = text.split(GLUE).filter(|part| !part.is_empty());
        return parts.flat_map(|part| broken(vec![(*face, part.to_owned())], size, width)).collect();
    }
    if let [(face, text)] = &word[..]
        && let Some(at) = text
            .rmatch_indices('-')
            .map(|(at, _)| at + 1)
            .find(|at| *at < text.len() && *at > 4 && face.width(&text[..*at], size) <= width)
    {
        // A code is broken after one of its groups, where it can be.
        let (first, rest) = (text[..at].to_owned(), text[at..].to_owned());
        let rest = broken(vec![(*face, rest)], size, width);
        return std::iter::once(vec![(*face, first)]).chain(rest).collect();
    }
    let mut parts = vec![Word::new()];
    let mut used = 0.0;
    for (face, c) in word.iter().flat_map(|(face, text)| text.chars().map(move |c| (*face, c))) {
        let wide = face.width(c.encode_utf8(&mut [0; 4]), size);
        if used > 0.0 && used + wide > width {
            parts.push(Word::new());
            used = 0.0;
        }
        used += wide;
        if let Some(part) = parts.last_mut() {
            match part.last_mut() {
                Some((last, text)) if *last == face => text.push(c),
                _ => part.push((face, c.to_string())),
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.pieces.iter().map(|piece| piece.text.as_str()).collect()).collect()
    }

    #[test]
    fn faces_change_within_a_line_and_words_stay_whole() {
        let lines = wrap(
            &[Run(Face::Regular, "Ông/Bà: "), Run(Face::Bold, "TRẦN THỊ MẪU"), Run(Face::Regular, ".")],
            10.0,
            90.0,
        );
        assert_eq!(text(&lines), ["Ông/Bà: TRẦN THỊ", "MẪU."]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken() {
        let lines = wrap(&[Run(Face::Regular, &"N".repeat(50))], 10.0, 100.0);
        assert_eq!(text(&lines).concat(), "N".repeat(50));
        assert!(lines.len() > 3);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_it_may_be_and_no_letter_is_lost(text in "[a-zA-ZẠ-ỹ ]{0,300}", width in 40f32..300.0) {
            let lines = wrap(&[Run(Face::Bold, &text), Run(Face::Italic, &text)], 9.5, width);
            prop_assert!(lines.iter().all(|line| line.width <= width + 0.01));
            let kept: String = lines.iter().flat_map(|l| &l.pieces).flat_map(|p| p.text.chars()).filter(|c| *c != ' ').collect();
            let given: String = Face::Bold.drawable(&text).chars().chain(Face::Italic.drawable(&text).chars()).filter(|c| *c != ' ').collect();
            prop_assert_eq!(kept, given);
        }
    }
}
