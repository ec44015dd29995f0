//! Programs of others, asked about our files. Where one is not installed the test says so and goes on.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What `program` writes about the file with `bytes`; `{}` stands for the file. None, with a word, where it is absent.
pub(crate) fn ask(program: &str, arguments: &[&str], bytes: &[u8]) -> Option<String> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("paper.pdf");
    std::fs::write(&file, bytes).unwrap();
    run(program, arguments, &file, dir.path())
}

/// As [`ask`], and then reads what it left in its folder, by name.
pub(crate) fn ask_for_files(program: &str, arguments: &[&str], bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("paper.pdf");
    std::fs::write(&file, bytes).unwrap();
    run(program, arguments, &file, dir.path())?;
    let mut files: Vec<(String, PathBuf)> = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path() != file)
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.path()))
        .collect();
    files.sort();
    Some(files.into_iter().map(|(name, path)| (name, std::fs::read(path).unwrap())).collect())
}

fn run(program: &str, arguments: &[&str], file: &Path, dir: &Path) -> Option<String> {
    let arguments = arguments.iter().map(|argument| argument.replace("{}", &file.to_string_lossy()));
    let output = match Command::new(program).args(arguments).current_dir(dir).output() {
        Ok(output) => output,
        Err(_) => {
            skipped(program);
            return None;
        }
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{program}: {text}{}", String::from_utf8_lossy(&output.stderr));
    Some(text)
}

#[expect(clippy::print_stderr, reason = "a skipped check must be seen")]
pub(crate) fn skipped(what: &str) {
    eprintln!("skipped: {what} is not here");
}

/// `text` with every stretch of white space as one space.
pub(crate) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` without white space: in a narrow column a phrase is broken anywhere.
pub(crate) fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The 134 letters of the language that ASCII does not have, composed.
pub(crate) fn alphabet() -> Vec<char> {
    let letters = "ăâđêôơưàáãèéìíòóõùúýĩũ".chars().chain(('\u{1ea1}'..='\u{1ef9}').step_by(2));
    let lower: Vec<char> = letters.collect();
    let upper = lower.iter().flat_map(|letter| letter.to_uppercase());
    lower.iter().copied().chain(upper).collect()
}

/// No two words share paper, and none leaves it: asked of poppler's boxes.
pub(crate) fn no_overlap(bytes: &[u8], what: &str) {
    let Some(boxes) = ask("pdftotext", &["-bbox", "{}", "-"], bytes) else { return };
    let mut page: Vec<[f32; 4]> = Vec::new();
    let (mut width, mut height) = (0.0, 0.0);
    let value = |line: &str, key: &str| -> f32 {
        line.split(&format!("{key}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap().parse().unwrap()
    };
    for line in boxes.lines().map(str::trim) {
        if line.starts_with("<page") {
            page.clear();
            (width, height) = (value(line, "width"), value(line, "height"));
        } else if line.starts_with("<word") {
            let word = ["xMin", "yMin", "xMax", "yMax"].map(|key| value(line, key));
            // The pale slanted word of the training mode lies under the text on purpose.
            if word[3] - word[1] > 24.0 {
                continue;
            }
            assert!(
                word[0] >= 0.0 && word[1] >= 0.0 && word[2] <= width && word[3] <= height,
                "{what}: off the sheet: {line}"
            );
            // Boxes are as high as the font's tallest accents; the middle band of a word must be its own.
            let band = |word: &[f32; 4]| (word[1] + (word[3] - word[1]) * 0.35, word[3] - (word[3] - word[1]) * 0.3);
            for other in &page {
                let (top, bottom) = (band(&word).0.max(band(other).0), band(&word).1.min(band(other).1));
                let (left, right) = (word[0].max(other[0]), word[2].min(other[2]));
                assert!(top >= bottom || left + 0.5 >= right, "{what}: {line} lies on {other:?}");
            }
            page.push(word);
        }
    }
}
