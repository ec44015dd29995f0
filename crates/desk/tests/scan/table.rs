//! What a run came to.

use crate::feeder::{POINTS, Point, Who};
use std::collections::BTreeMap;
use std::fmt;

#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Ends, by whom they hit and where.
    pub(crate) ends: BTreeMap<(Who, Point), u64>,
    /// Lives that were ended from outside, at no point in particular.
    pub(crate) moments: u64,
    /// Stacks that came in whole.
    pub(crate) stacks: u64,
    /// How often a sheet moved, those among them that had to move again.
    pub(crate) fed: u64,
    /// Sheets in all stacks.
    pub(crate) sheets: u64,
    /// Pages that a person was shown.
    pub(crate) told: u64,
    /// Pages found in the store at the end, kept and set aside.
    pub(crate) kept: u64,
    pub(crate) aside: u64,
    pub(crate) lost: u64,
    pub(crate) repeated: u64,
    /// What was found, in words.
    pub(crate) wrong: Vec<String>,
}

impl Table {
    pub(crate) fn count(&self) -> u64 {
        self.moments + self.ends.values().sum::<u64>()
    }

    /// Points at which nothing ever happened.
    pub(crate) fn idle(&self) -> Vec<(Who, Point)> {
        let all = [Who::Driver, Who::Program].into_iter().flat_map(|who| POINTS.map(|point| (who, point)));
        all.filter(|end| !self.ends.contains_key(end)).collect()
    }

    pub(crate) fn add(&mut self, other: Self) {
        for (end, count) in other.ends {
            *self.ends.entry(end).or_default() += count;
        }
        self.moments += other.moments;
        self.stacks += other.stacks;
        self.fed += other.fed;
        self.sheets += other.sheets;
        self.told += other.told;
        self.kept += other.kept;
        self.aside += other.aside;
        self.lost += other.lost;
        self.repeated += other.repeated;
        self.wrong.extend(other.wrong);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| the end came to | at | times |\n|---|---|---|")?;
        for ((who, point), times) in &self.ends {
            writeln!(f, "| {who:?} | {point:?} | {times} |")?;
        }
        writeln!(f, "| Program | any moment | {} |", self.moments)?;
        let Self { stacks, sheets, fed, told, kept, aside, lost, repeated, .. } = self;
        write!(
            f,
            "{} ends, {stacks} stacks of {sheets} sheets: fed {fed} (again {}), shown {told}, received {}, kept {kept}, \
             set aside {aside}, lost {lost}, repeated {repeated}",
            self.count(),
            fed - sheets,
            kept + aside,
        )
    }
}
