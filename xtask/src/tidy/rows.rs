//! The table of `tests/README.md`: every row is held by a test that exists and whose file names the row.

use super::{Finding, Tree};

const TABLE: &str = "tests/README.md";

/// The rows that have to stand in the table.
fn wanted() -> impl Iterator<Item = u32> {
    (1..=30).chain(51..=55)
}

/// Rows that are missing, and tests that are not there or do not name their row.
pub(super) fn findings(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.get(TABLE) else { return Vec::new() };
    let rows: Vec<(&str, &str)> = text.lines().filter_map(row).collect();
    let missing = wanted().map(|n| format!("T-{n:02}")).filter(|name| rows.iter().all(|(row, _)| row != name));
    let mut findings: Vec<Finding> = missing.map(|row| Finding::new(TABLE, format!("{row} has no row"))).collect();
    for (row, tests) in rows {
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        if named.is_empty() {
            findings.push(Finding::new(TABLE, format!("{row} names no test")));
        }
        findings.extend(
            named.iter().filter_map(|test| Some(Finding::new(TABLE, format!("{row}: {}", wrong(tree, row, test)?)))),
        );
    }
    findings
}

/// Name and tests of a line such as `| T-01 | what goes wrong | tests |`.
fn row(line: &str) -> Option<(&str, &str)> {
    let mut cells = line.strip_prefix("| ")?.split(" | ");
    let name = cells.next().filter(|name| name.starts_with("T-"))?;
    Some((name, cells.nth(1)?))
}

/// What is wrong with a test that is to hold `row`.
fn wrong(tree: &Tree, row: &str, test: &str) -> Option<String> {
    let Some((path, name)) = test.split_once("::") else { return Some(format!("`{test}` is no path::test")) };
    let Some(text) = tree.get(path) else { return Some(format!("{path} is not there")) };
    let there = if path.ends_with(".ts") {
        text.contains(&format!("\"{name}\""))
    } else {
        text.contains(&format!("fn {name}("))
    };
    match (there, text.contains(row)) {
        (false, _) => Some(format!("{path} has no test {name}")),
        (true, false) => Some(format!("{path} does not name the row")),
        (true, true) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(table: &str) -> Tree {
        let test = "// T-01\n#[test]\nfn held() {}\n";
        [(TABLE, table), ("a/tests/it.rs", test)].map(|(path, text)| (path.to_owned(), text.to_owned())).into()
    }

    fn whole(first: &str) -> String {
        let others = wanted().skip(1).map(|n| format!("| T-{n:02} | what | `a/tests/it.rs::held` |\n"));
        first.to_owned() + &others.collect::<String>()
    }

    fn of_first(first: &str) -> Vec<String> {
        let all = findings(&tree(&whole(first)));
        all.iter().map(ToString::to_string).filter(|found| found.contains("T-01")).collect()
    }

    #[test]
    fn a_row_without_its_test_is_found() {
        assert!(of_first("| T-01 | what | `a/tests/it.rs::held` |\n").is_empty());
        for (first, what) in [
            ("", "has no row"),
            ("| T-01 | what | later |\n", "names no test"),
            ("| T-01 | what | `a/tests/it.rs::gone` |\n", "has no test gone"),
            ("| T-01 | what | `a/tests/no.rs::held` |\n", "is not there"),
            ("| T-01 | what | held |\n", "names no test"),
        ] {
            assert!(of_first(first).iter().any(|found| found.contains(what)), "{first:?}");
        }
        let unnamed = findings(&tree(&whole("| T-01 | what | `a/tests/it.rs::held` |\n")));
        assert!(
            unnamed.iter().any(|found| found.to_string().contains("does not name the row")),
            "T-02 is not named there"
        );
    }
}
