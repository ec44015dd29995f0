//! What a run came to, one line a kind of fault.

use crate::faults::Fault;
use crate::witness::{Checked, Finding};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::AddAssign;

#[derive(Debug, Default, Clone)]
pub(crate) struct Row {
    cycles: u64,
    struck: u64,
    checked: Checked,
    lost: u64,
    doubled: u64,
    broken: u64,
}

impl AddAssign<&Row> for Row {
    fn add_assign(&mut self, other: &Row) {
        self.cycles += other.cycles;
        self.struck += other.struck;
        self.checked.told += other.checked.told;
        self.checked.pages += other.checked.pages;
        self.checked.fields += other.checked.fields;
        self.checked.acceptances += other.checked.acceptances;
        self.checked.outbox += other.checked.outbox;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.broken += other.broken;
    }
}

#[derive(Debug, Default, Clone)]
pub(crate) struct Table {
    rows: BTreeMap<Fault, Row>,
    /// What was found, in words.
    pub(crate) stories: Vec<String>,
}

impl Table {
    pub(crate) fn add(&mut self, fault: Fault, struck: bool, checked: Checked, findings: &[Finding]) {
        let count = |is: fn(&Finding) -> bool| findings.iter().filter(|finding| is(finding)).count() as u64;
        *self.rows.entry(fault).or_default() += &Row {
            cycles: 1,
            struck: u64::from(struck),
            checked,
            lost: count(|finding| matches!(finding, Finding::Lost(_))),
            doubled: count(|finding| matches!(finding, Finding::Doubled(_))),
            broken: count(|finding| matches!(finding, Finding::Broken(_))),
        };
    }

    /// Findings that came after the last cycle of a station.
    pub(crate) fn find(&mut self, fault: Fault, findings: &[Finding]) {
        let before = self.rows.get(&fault).map_or((0, 0), |row| (row.cycles, row.struck));
        self.add(fault, false, Checked::default(), findings);
        if let Some(row) = self.rows.get_mut(&fault) {
            (row.cycles, row.struck) = before;
        }
    }

    pub(crate) fn join(&mut self, other: Self) {
        for (fault, row) in other.rows {
            *self.rows.entry(fault).or_default() += &row;
        }
        self.stories.extend(other.stories);
    }

    /// Findings of all kinds.
    pub(crate) fn wrong(&self) -> u64 {
        let sum = self.sum();
        sum.lost + sum.doubled + sum.broken
    }

    pub(crate) fn cycles(&self) -> u64 {
        self.sum().cycles
    }

    /// Kinds that never struck although they came up.
    pub(crate) fn idle(&self) -> Vec<&'static str> {
        self.rows.iter().filter(|(_, row)| row.struck == 0).map(|(fault, _)| fault.name()).collect()
    }

    fn sum(&self) -> Row {
        let mut sum = Row::default();
        self.rows.values().for_each(|row| sum += row);
        sum
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heads = [
            "cycles",
            "struck",
            "use cases",
            "pages",
            "fields",
            "acceptances",
            "outbox rows",
            "lost",
            "doubled",
            "broken",
        ];
        writeln!(f, "| fault | {} |", heads.join(" | "))?;
        writeln!(f, "|---|{}", "---:|".repeat(heads.len()))?;
        let rows = self.rows.iter().map(|(fault, row)| (fault.name(), row.clone()));
        for (name, row) in rows.chain([("all", self.sum())]) {
            let Row { cycles, struck, checked, lost, doubled, broken } = row;
            let Checked { told, pages, fields, acceptances, outbox } = checked;
            let numbers = [cycles, struck, told, pages, fields, acceptances, outbox, lost, doubled, broken];
            writeln!(f, "| {name} | {} |", numbers.map(|number| number.to_string()).join(" | "))?;
        }
        writeln!(
            f,
            "\nUse cases: how many were acknowledged in these cycles. Pages, fields, acceptances and outbox rows: how"
        )?;
        writeln!(
            f,
            "many were held, after an end, against what had been told; the store is read past the desk every third time."
        )?;
        writeln!(f, "Signing is not part of it: the program does not sign yet.")
    }
}
