//! Which crate may lean on which (ARCHITECTURE.md, the arrows), held against `cargo metadata`.
//!
//! A crate without a row is a finding too, so that a new one is placed before it grows.

use super::Finding;
use serde_json::Value;
use std::collections::BTreeSet;

/// What one crate may do.
struct Row {
    name: &'static str,
    /// Crates of ours that it may use.
    may: &'static [&'static str],
    /// Crates of ours that only its tests may use, and why.
    tests_may: &'static [(&'static str, &'static str)],
    /// Outside crates that would put into it what belongs elsewhere.
    never: &'static [&'static str],
}

const PEERS: (&str, &str) = ("tests", "simulated scanner, proxy and printer, written from the protocol");
const CENTRAL: (&str, &str) = ("central", "a real server on loopback in place of a mock");

const ROWS: &[Row] = &[
    Row { name: "domain", may: &[], tests_may: &[], never: &["tokio", "reqwest", "rusqlite", "image", "tauri"] },
    Row { name: "imaging", may: &[], tests_may: &[], never: &["tokio", "reqwest", "rusqlite", "tauri"] },
    Row { name: "protocol", may: &["domain"], tests_may: &[], never: &["tokio", "reqwest", "rusqlite", "axum"] },
    Row { name: "devices", may: &["imaging"], tests_may: &[PEERS], never: &["rusqlite", "tauri"] },
    // Only where Windows is built for.
    Row { name: "wia", may: &["devices"], tests_may: &[], never: &["tokio", "rusqlite", "tauri"] },
    Row { name: "pdf", may: &["domain", "imaging"], tests_may: &[], never: &["tokio", "reqwest", "rusqlite"] },
    Row { name: "store", may: &["domain"], tests_may: &[], never: &["reqwest", "axum", "tauri"] },
    Row { name: "courier", may: &["domain", "protocol"], tests_may: &[CENTRAL, PEERS], never: &["rusqlite", "tauri"] },
    Row {
        name: "desk",
        may: &["domain", "imaging", "protocol", "devices", "wia", "pdf", "store", "courier"],
        tests_may: &[CENTRAL, PEERS],
        never: &["tauri", "rusqlite", "reqwest"],
    },
    Row { name: "cli", may: &["desk"], tests_may: &[], never: &["rusqlite", "reqwest", "image", "printpdf", "tauri"] },
    Row {
        name: "motcua-desktop",
        may: &["desk"],
        tests_may: &[],
        never: &["rusqlite", "reqwest", "image", "printpdf"],
    },
    Row { name: "central", may: &["domain", "protocol"], tests_may: &[PEERS], never: &["tauri"] },
    // Independent witnesses: they speak HTTP, eSCL and DOM, and know none of our types.
    Row { name: "tests", may: &[], tests_may: &[], never: &["rusqlite"] },
    Row { name: "xtask", may: &[], tests_may: &[], never: &["tokio", "serde", "clap"] },
];

/// Every arrow in `metadata` that the rows do not allow, and every crate and row that has no partner.
pub(super) fn findings(metadata: &Value) -> Vec<Finding> {
    let packages = || metadata["packages"].as_array().into_iter().flatten();
    let names: BTreeSet<&str> = packages().map(|package| text(package, "name")).collect();
    let mut findings = Vec::new();
    for package in packages() {
        let name = text(package, "name");
        let Some(row) = ROWS.iter().find(|row| row.name == name) else {
            findings.push(Finding::new(name, "has no row in xtask/src/tidy/arrows.rs; say what it may lean on"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let on = text(dependency, "name");
            let in_tests = text(dependency, "kind") == "dev";
            if row.never.contains(&on) && !in_tests {
                findings.push(Finding::new(name, format!("must not name `{on}`")));
            }
            let allowed = row.may.contains(&on) || in_tests && row.tests_may.iter().any(|(may, _)| *may == on);
            if names.contains(on) && !allowed {
                findings.push(Finding::new(name, format!("may not depend on `{on}`: arrows point only downwards")));
            }
        }
    }
    let gone = ROWS.iter().filter(|row| !names.contains(row.name));
    findings.extend(gone.map(|row| Finding::new(row.name, "has a row among the arrows but is no crate")));
    findings
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// What is found when `package` depends on `on`, with every other crate in its place.
    fn found(package: &str, on: &str, kind: Option<&str>) -> String {
        let named = |name: &str, dependencies: Value| json!({ "name": name, "dependencies": dependencies });
        let others = ROWS.iter().filter(|row| row.name != package).map(|row| named(row.name, json!([])));
        let mut packages: Vec<Value> = others.collect();
        packages.push(named(package, json!([{ "name": on, "kind": kind }])));
        findings(&json!({ "packages": packages })).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn arrows_point_down() {
        for (package, on, kind, complaint) in [
            ("store", "domain", None, ""),
            ("store", "courier", None, "may not depend on `courier`"),
            ("domain", "store", Some("dev"), "may not depend on `store`"),
            ("courier", "central", Some("dev"), ""),
            ("courier", "central", None, "may not depend on `central`"),
            ("tests", "desk", None, "may not depend on `desk`"),
            ("central", "store", Some("build"), "may not depend on `store`"),
            ("motcua-desktop", "rusqlite", None, "must not name `rusqlite`"),
            ("cli", "serde", None, ""),
            ("utils", "serde", None, "has no row"),
        ] {
            let found = found(package, on, kind);
            assert!(found.contains(complaint) && found.is_empty() == complaint.is_empty(), "{package}, {on}: {found}");
        }
    }

    #[test]
    fn a_row_without_a_crate_is_found() {
        let packages: Vec<Value> = ROWS[1..].iter().map(|row| json!({ "name": row.name })).collect();
        assert_eq!(findings(&json!({ "packages": packages })).len(), 1, "domain is gone");
    }
}
