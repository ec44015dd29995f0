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
