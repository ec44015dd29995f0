//! Rules that one file keeps or breaks by itself. They name what they forbid, so this folder is exempt from its own words.

use super::Finding;

/// Looks at one file; gives the line and what to do about it.
type Rule = fn(&str, &str) -> Vec<(usize, String)>;

const RULES: &[Rule] = &[opening, length, sql, door, letters, purity, unfinished, machine_path];

/// Holds one file against every rule.
pub(super) fn findings(path: &str, text: &str) -> Vec<Finding> {
    let found = RULES.iter().flat_map(|rule| rule(path, text));
    found.map(|(line, what)| Finding::new(format!("{path}:{line}"), what)).collect()
}

fn opening(path: &str, text: &str) -> Vec<(usize, String)> {
    let bad = path.ends_with(".rs") && !text.starts_with("//!");
    bad.then(|| (1, "start with `//!`: what is here and the one decision behind it".to_owned())).into_iter().collect()
}

const WRITTEN: &[&str] = &["rs", "ts", "js", "svelte", "css", "html", "sql", "md", "toml", "sh"];
const LONGEST: usize = 700;

fn length(path: &str, text: &str) -> Vec<(usize, String)> {
    let written = path.rsplit_once('.').is_some_and(|(_, ending)| WRITTEN.contains(&ending));
    let lines = text.lines().count();
    let bad = written && !path.starts_with("ui/src/bindings/") && lines > LONGEST;
    bad.then(|| (lines, format!("more than {LONGEST} lines: split it"))).into_iter().collect()
}

fn sql(path: &str, text: &str) -> Vec<(usize, String)> {
    let rooms = ["crates/store/src/tables", "crates/store/migrations", "crates/central/src/tables"];
    let exempt = rooms.iter().any(|room| path.starts_with(room)) || in_tests(path) || is_tidy(path);
    if exempt || !path.ends_with(".rs") {
        return Vec::new();
    }
    let words = ["SELECT ", "INSERT ", "UPDATE ", "DELETE "];
    lines_with(text, |line| words.iter().any(|word| line.contains(word)), "SQL lives in src/tables and nowhere else")
}

fn door(path: &str, text: &str) -> Vec<(usize, String)> {
    let script = [".ts", ".js", ".svelte"].iter().any(|ending| path.ends_with(ending));
    if !path.starts_with("ui/") || !script || path == "ui/src/lib/desk.ts" || path.starts_with("ui/vite.config") {
        return Vec::new();
    }
    lines_with(text, |line| line.contains("@tauri-apps"), "only ui/src/lib/desk.ts imports @tauri-apps")
}

fn letters(path: &str, text: &str) -> Vec<(usize, String)> {
    if !path.ends_with(".svelte") {
        return Vec::new();
    }
    lines_with(text, |line| line.chars().any(is_vietnamese), "sentences live in ui/src/lib/messages")
}

/// A letter that Vietnamese has and English has not, composed or as a combining mark.
fn is_vietnamese(letter: char) -> bool {
    "àáâãèéêìíòóôõùúýăđĩũơưÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ".contains(letter)
        || ('\u{1EA0}'..='\u{1EF9}').contains(&letter)
        || ('\u{300}'..='\u{323}').contains(&letter)
}

fn purity(path: &str, text: &str) -> Vec<(usize, String)> {
    let pure =
        ["domain", "imaging", "pdf", "protocol"].iter().any(|room| path.starts_with(&format!("crates/{room}/src/")));
    if !pure || !path.ends_with(".rs") || path.ends_with("/tests.rs") {
        return Vec::new();
    }
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let impure = |line: &str| {
        let grouped = line.trim_start().strip_prefix("use std::{").unwrap_or_default();
        let mut names = grouped.split(|c: char| !c.is_alphanumeric());
        let world = ["fs", "net", "process"];
        world.iter().any(|name| line.contains(&format!("std::{name}"))) || names.any(|name| world.contains(&name))
    };
    lines_with(code, impure, "this crate is pure: no disk, no net, no processes")
}

fn unfinished(path: &str, text: &str) -> Vec<(usize, String)> {
    if is_tidy(path) {
        return Vec::new();
    }
    let unnumbered = |line: &str| {
        ["TODO", "FIXME"].iter().any(|word| line.split_once(word).is_some_and(|(_, after)| !after.starts_with("(#")))
    };
    lines_with(text, unnumbered, "name the issue: TODO(#N), or do it now")
}

fn machine_path(path: &str, text: &str) -> Vec<(usize, String)> {
    if is_tidy(path) {
        return Vec::new();
    }
    let machine = |line: &str| {
        ["/work/", "/root/", "/home/"].iter().any(|folder| {
            line.match_indices(folder).any(|(at, _)| {
                !line[..at].ends_with(|before: char| before.is_alphanumeric() || "._-~})]".contains(before))
            })
        })
    };
    lines_with(text, machine, "a path of one machine; make it relative")
}

fn lines_with(text: &str, bad: impl Fn(&str) -> bool, what: &str) -> Vec<(usize, String)> {
    let lines = text.lines().zip(1..).filter(|(line, _)| bad(line));
    lines.map(|(_, number)| (number, what.to_owned())).collect()
}

fn in_tests(path: &str) -> bool {
    path.split('/').any(|part| part == "tests")
}

fn is_tidy(path: &str) -> bool {
    path.starts_with("xtask/src/tidy/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_catches_its_violation_and_nothing_else() {
        let long = "//! Doc.\n".repeat(LONGEST + 1);
        for (path, text, complaint) in [
            ("crates/desk/src/lib.rs", "//! Doc.\nfn f() {}\n", ""),
            ("crates/desk/src/lib.rs", "fn f() {}\n", "start with `//!`"),
            ("crates/desk/src/lib.rs", &long, "split it"),
            ("ui/src/bindings/All.ts", &long, ""),
            ("crates/desk/src/a.rs", "//! D\nconst Q: &str = \"SELECT id\";\n", "SQL lives"),
            ("crates/store/src/tables/a.rs", "//! D\nconst Q: &str = \"SELECT id\";\n", ""),
            ("crates/desk/tests/it/a.rs", "//! D\nconst Q: &str = \"SELECT id\";\n", ""),
            ("ui/src/screens/A.ts", "import { invoke } from \"@tauri-apps/api/core\";\n", "only ui/src/lib/desk.ts"),
            ("ui/src/lib/desk.ts", "import { invoke } from \"@tauri-apps/api/core\";\n", ""),
            ("ui/src/parts/A.svelte", "<p>Hồ sơ</p>\n", "sentences live"),
            ("ui/src/parts/A.svelte", "<p>Ho\u{302}\u{300} so</p>\n", "sentences live"),
            ("ui/src/parts/A.svelte", "<p>{say.dossier} — “…” ·</p>\n", ""),
            ("crates/pdf/src/a.rs", "//! D\nuse std::fs;\n", "is pure"),
            ("crates/pdf/src/a.rs", "//! D\nuse std::{fmt, net::IpAddr};\n", "is pure"),
            ("crates/pdf/src/a.rs", "//! D\nuse std::fmt;\n#[cfg(test)]\nmod tests { use std::fs; }\n", ""),
            ("crates/store/src/a.rs", "//! D\nuse std::fs;\n", ""),
            ("ui/src/a.ts", "// TODO: later\n", "name the issue"),
            ("ui/src/a.ts", "// TODO(#12): later\n", ""),
            ("README.md", "cd /home/someone/motcua\n", "path of one machine"),
            ("README.md", "see ui/src/work/a.ts and https://example.vn/home/x\n", ""),
        ] {
            let found: Vec<String> = findings(path, text).iter().map(ToString::to_string).collect();
            if complaint.is_empty() {
                assert!(found.is_empty(), "{path} keeps the rules: {found:?}");
            } else {
                assert!(found.len() == 1 && found[0].contains(complaint), "{path}, {complaint}: {found:?}");
            }
        }
    }
}
