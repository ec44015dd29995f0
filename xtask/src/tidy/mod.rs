//! `cargo xtask tidy`: what a reviewer would otherwise have to say again and again.
//!
//! Every rule is a pure function over text, tested on a violation of it; only this file reads the real tree.

mod arrows;
mod lists;
mod rows;
mod text;

use std::collections::BTreeMap;
use std::fmt;
use std::process::ExitCode;
use xshell::{Shell, cmd};

/// One breach of a rule: where, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    place: String,
    what: String,
}

impl Finding {
    fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// The text files of the project by path; what is ignored by git is not the project's.
type Tree = BTreeMap<String, String>;

/// Prints what [`findings`] finds.
pub(crate) fn run(sh: &Shell) -> anyhow::Result<ExitCode> {
    let findings = findings(sh)?;
    for finding in &findings {
        println!("{finding}");
    }
    println!("tidy: {} findings", findings.len());
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Holds the tree against every rule.
pub(crate) fn findings(sh: &Shell) -> anyhow::Result<Vec<Finding>> {
    let metadata = cmd!(sh, "cargo metadata --format-version 1 --no-deps").quiet().read()?;
    let mut findings = arrows::findings(&serde_json::from_str(&metadata)?);
    let tree = tree(sh)?;
    findings.extend(tree.iter().flat_map(|(path, text)| text::findings(path, text)));
    findings.extend(lists::shell_size(&tree));
    findings.extend(lists::commands(&tree));
    findings.extend(lists::forgotten(&tree));
    findings.extend(rows::findings(&tree));
    let migrations: Vec<&String> = tree.keys().filter(|path| lists::is_migration(path)).collect();
    if !migrations.is_empty() {
        let sums = cmd!(sh, "sha256sum {migrations...}").quiet().read()?;
        let listed = tree.get(lists::HASHES).map_or("", String::as_str);
        findings.extend(lists::migrations(listed, &sums));
    }
    Ok(findings)
}

fn tree(sh: &Shell) -> anyhow::Result<Tree> {
    let names = cmd!(sh, "git ls-files -z --cached --others --exclude-standard").quiet().read()?;
    let text = |path: &str| Some((path.to_owned(), sh.read_file(path).ok()?));
    Ok(names.split('\0').filter(|name| !name.is_empty()).filter_map(text).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_keeps_the_rules() {
        let sh = Shell::new().unwrap();
        sh.change_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        let findings: Vec<String> = findings(&sh).unwrap().iter().map(ToString::to_string).collect();
        assert!(findings.is_empty(), "{}", findings.join("\n"));
    }
}
