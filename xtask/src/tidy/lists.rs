//! Rules that hold several files against each other: lists that must agree, files that must be named.

use super::{Finding, Tree};
use std::collections::BTreeSet;

/// The committed hashes of the migrations, as `sha256sum` writes them, with bare file names.
pub(super) const HASHES: &str = "crates/store/migrations/HASHES";

const SHELL_LINES: usize = 2000;

/// The window's program holds no rule of the counter, so it stays small. The list of its commands is a table, not code.
pub(super) fn shell_size(tree: &Tree) -> Vec<Finding> {
    let files = tree.iter().filter(|(path, _)| path.starts_with("src-tauri/") && path.ends_with(".rs"));
    let code = |line: &&str| !is_listed(line);
    let lines: usize = files.map(|(_, text)| text.lines().filter(code).count()).sum();
    let what = format!("{lines} lines of Rust, more than {SHELL_LINES}: what decides belongs in desk");
    (lines > SHELL_LINES).then(|| Finding::new("src-tauri", what)).into_iter().collect()
}

/// A line of the list in `handler`, such as `scan::devices,`.
fn is_listed(line: &str) -> bool {
    let name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    line.trim()
        .strip_suffix(',')
        .and_then(|path| path.split_once("::"))
        .is_some_and(|(module, fun)| name(module) && name(fun))
}

/// The commands written, handled and called are the same ones.
pub(super) fn commands(tree: &Tree) -> Vec<Finding> {
    if !tree.keys().any(|path| path.starts_with("src-tauri/src/commands/")) {
        return Vec::new();
    }
    let shell = || tree.iter().filter(|(path, _)| path.starts_with("src-tauri/src/")).map(|(_, text)| text);
    let written: BTreeSet<String> = shell().flat_map(|text| written(text)).collect();
    let handled: BTreeSet<String> = shell().flat_map(|text| handled(text)).collect();
    let called: BTreeSet<String> = tree.get("ui/src/lib/desk.ts").into_iter().flat_map(|text| called(text)).collect();
    let sides = [
        (&written, "is not written in src-tauri/src/commands"),
        (&handled, "is missing in generate_handler!"),
        (&called, "is not called in ui/src/lib/desk.ts"),
    ];
    let mut findings = Vec::new();
    for name in written.union(&handled).cloned().collect::<BTreeSet<_>>().union(&called) {
        let missing = sides.iter().filter(|(side, _)| !side.contains(name));
        findings.extend(missing.map(|(_, what)| Finding::new(format!("command `{name}`"), *what)));
    }
    findings
}

/// Functions that carry `#[tauri::command…]`.
fn written(text: &str) -> Vec<String> {
    let after = text.split("#[tauri::command").skip(1);
    after.filter_map(|rest| rest.split_once("fn ").map(|(_, named)| leading_name(named))).collect()
}

/// Names in `generate_handler![…]`, without their modules.
fn handled(text: &str) -> Vec<String> {
    let lists = text.split("generate_handler![").skip(1).filter_map(|rest| rest.split(']').next());
    let lines = lists.flat_map(str::lines).map(|line| line.split("//").next().unwrap_or_default());
    let names = lines.flat_map(|line| line.split(',')).map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| name.rsplit("::").next().unwrap_or(name).to_owned()).collect()
}

/// First arguments of `invoke("…"` and `call("…"`, with or without a type in between. A plugin's command has a colon.
fn called(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for word in ["invoke", "call"] {
        for (at, _) in text.match_indices(word) {
            let rest = &text[at + word.len()..];
            let inside = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let argument =
                after_type(rest).strip_prefix('(').map(str::trim_start).and_then(|rest| rest.strip_prefix(['"', '\'']));
            if let (false, Some(argument)) = (inside, argument) {
                let name = leading_name(argument);
                if !argument[name.len()..].starts_with(':') {
                    names.push(name);
                }
            }
        }
    }
    names
}

/// What follows a `<…>`, if there is one.
fn after_type(text: &str) -> &str {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ if depth == 0 => return &text[at..],
            _ => {}
        }
    }
    text
}

fn leading_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// A file beside a `tests/…/main.rs` that is no `mod` of it never runs.
pub(super) fn forgotten(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mains = tree.iter().filter_map(|(path, text)| Some((path.strip_suffix("main.rs")?, text)));
    for (folder, main) in mains.filter(|(folder, _)| folder.split('/').any(|part| part == "tests")) {
        let names: BTreeSet<&str> = main
            .lines()
            .filter_map(|line| line.trim().strip_prefix("mod ").or(line.trim().strip_prefix("pub(crate) mod ")))
            .map(|name| name.trim_end_matches([';', ' ', '{']))
            .collect();
        for path in tree.keys().filter(|path| path.ends_with(".rs")) {
            let Some(inside) = path.strip_prefix(folder).filter(|inside| *inside != "main.rs") else { continue };
            let module = inside.split('/').next().unwrap_or_default().trim_end_matches(".rs");
            if !names.contains(module) {
                findings.push(Finding::new(path, format!("is no `mod` of {folder}main.rs, so it never runs")));
            }
        }
    }
    findings
}

/// True of a migration of the station's database.
pub(super) fn is_migration(path: &str) -> bool {
    path.starts_with("crates/store/migrations/") && path.ends_with(".sql")
}

/// A migration that was merged is never edited: some counter has already run it.
pub(super) fn migrations(listed: &str, sums: &str) -> Vec<Finding> {
    let read = |text: &str| -> BTreeSet<(String, String)> {
        let pairs = text.lines().filter_map(|line| line.split_once(char::is_whitespace));
        let bare = |name: &str| name.trim_start_matches([' ', '*']).rsplit('/').next().unwrap_or_default().to_owned();
        pairs.map(|(hash, name)| (bare(name), hash.to_owned())).collect()
    };
    let (listed, found) = (read(listed), read(sums));
    let changed = found.difference(&listed).map(|(name, hash)| {
        let known = listed.iter().any(|(other, _)| other == name);
        let what =
            if known { "was edited after it was merged; write a new migration" } else { "is not in HASHES; add" };
        Finding::new(format!("migration {name}"), format!("{what} ({hash})"))
    });
    let gone = listed.iter().filter(|(name, _)| !found.iter().any(|(other, _)| other == name));
    changed.chain(gone.map(|(name, _)| Finding::new(format!("migration {name}"), "is in HASHES but gone"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> Tree {
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    fn shown(findings: &[Finding]) -> Vec<String> {
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_three_lists_of_commands_agree() {
        let written =
            "#[tauri::command(async)]\npub(crate) fn accept(id: String) {}\n#[tauri::command]\nasync fn scan<R>() {}";
        let handled = "generate_handler![\n    commands::intake::accept, // the day\n    commands::scan::scan,\n]";
        let called =
            "invoke<Array<View>>(\n  \"accept\", {}); call('scan'); recall(\"x\"); invoke(\"plugin:dialog|open\")";
        let files = |handled, called| {
            tree(&[
                ("src-tauri/src/commands/intake.rs", written),
                ("src-tauri/src/lib.rs", handled),
                ("ui/src/lib/desk.ts", called),
            ])
        };
        assert_eq!(commands(&files(handled, called)), []);
        let missing = shown(&commands(&files("generate_handler![commands::intake::accept]", "invoke(\"accept\")")));
        assert_eq!(missing.len(), 2, "scan is neither handled nor called: {missing:?}");
        let unknown = shown(&commands(&files(handled, "invoke(\"accept\"); invoke(\"scan\"); invoke(\"gone\")")));
        assert_eq!(unknown.len(), 2, "gone is neither written nor handled: {unknown:?}");
        assert_eq!(
            commands(&tree(&[("ui/src/lib/desk.ts", "invoke(\"accept\")")])),
            [],
            "no shell yet, nothing to hold"
        );
    }

    #[test]
    fn a_test_file_that_no_main_names_is_found() {
        let main = ("crates/desk/tests/it/main.rs", "//! D\nmod day;\nmod bad_input;\n");
        let kept = [main, ("crates/desk/tests/it/day.rs", ""), ("crates/desk/tests/it/bad_input/mod.rs", "")];
        assert_eq!(forgotten(&tree(&kept)), []);
        let lost = forgotten(&tree(&[main, ("crates/desk/tests/it/lost.rs", "")]));
        assert!(shown(&lost)[0].contains("lost.rs: is no `mod`"), "{lost:?}");
        assert_eq!(forgotten(&tree(&[("crates/cli/src/main.rs", ""), ("crates/cli/src/lost.rs", "")])), []);
    }

    #[test]
    fn a_merged_migration_is_never_edited() {
        let listed = "aa  0001_first.sql\n";
        assert_eq!(migrations(listed, "aa  crates/store/migrations/0001_first.sql\n"), []);
        for (sums, complaint) in [
            ("bb  m/0001_first.sql\n", "was edited"),
            ("aa  m/0001_first.sql\ncc  m/0002_more.sql\n", "is not in HASHES"),
            ("", "is in HASHES but gone"),
        ] {
            let found = shown(&migrations(listed, sums));
            assert!(found.len() == 1 && found[0].contains(complaint), "{sums}: {found:?}");
        }
    }

    #[test]
    fn the_shell_stays_small() {
        let lines = "x\n".repeat(SHELL_LINES);
        assert_eq!(shell_size(&tree(&[("src-tauri/src/a.rs", &lines)])), []);
        assert_eq!(shell_size(&tree(&[("src-tauri/src/a.rs", &lines), ("src-tauri/build.rs", "x\n")])).len(), 1);
        let listed = format!("{lines}        scan::cancel_scan,\n");
        assert_eq!(shell_size(&tree(&[("src-tauri/src/a.rs", &listed)])), []);
    }
}
