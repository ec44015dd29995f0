//! The faults, how often each comes up, and where in the program it strikes.

use crate::dice::Dice;
use crate::said::Kind;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// What goes wrong in a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    Moment,
    Opening,
    Before,
    After,
    Torn,
    Cut,
    Short,
    Eio,
    Full,
    TinyDisk,
    Rot,
    Skew,
    Central,
    Creation,
}

impl Fault {
    /// One turn of the wheel: every kind, the likely ones more often.
    pub(crate) const WHEEL: [Self; 26] = [
        Self::Moment,
        Self::Moment,
        Self::Moment,
        Self::Moment,
        Self::Opening,
        Self::Opening,
        Self::Before,
        Self::Before,
        Self::Before,
        Self::After,
        Self::After,
        Self::After,
        Self::Torn,
        Self::Torn,
        Self::Torn,
        Self::Cut,
        Self::Cut,
        Self::Cut,
        Self::Short,
        Self::Eio,
        Self::Full,
        Self::TinyDisk,
        Self::Rot,
        Self::Skew,
        Self::Central,
        Self::Creation,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Moment => "SIGKILL at a random moment of work",
            Self::Opening => "SIGKILL at a random moment of opening",
            Self::Before => "SIGKILL before the N-th disk call",
            Self::After => "SIGKILL after the N-th disk call",
            Self::Torn => "torn write, then SIGKILL",
            Self::Cut => "power cut: unsynced writes and renames gone",
            Self::Short => "short write",
            Self::Eio => "EIO from the N-th call",
            Self::Full => "ENOSPC from the N-th call, then freed",
            Self::TinyDisk => "a disk that is really full, then freed",
            Self::Rot => "a torn file under a page's name",
            Self::Skew => "clock years off, then SIGKILL",
            Self::Central => "central system killed, then SIGKILL",
            Self::Creation => "SIGKILL while the station is made",
        }
    }

    /// What the shim is told; none where it has nothing to do but count.
    fn shim(self) -> &'static str {
        match self {
            Self::Before | Self::Creation => "kill-before",
            Self::After => "kill-after",
            Self::Torn => "torn",
            Self::Cut => "cut",
            Self::Short => "short",
            Self::Eio => "eio",
            Self::Full => "full",
            Self::Moment | Self::Opening | Self::TinyDisk | Self::Rot | Self::Skew | Self::Central => "",
        }
    }

    /// The program lives on and has to work again.
    pub(crate) fn heals(self) -> bool {
        matches!(self, Self::Short | Self::Eio | Self::Full | Self::TinyDisk)
    }

    /// The disk says no in such a cycle, and so may the desk.
    pub(crate) fn disk_says_no(self) -> bool {
        matches!(self, Self::Eio | Self::Full | Self::TinyDisk)
    }
}

/// One fault, thrown.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) fault: Fault,
    /// The use case it aims at; none: whatever comes from the start on.
    pub(crate) aim: Option<Kind>,
    only: &'static str,
    first: u64,
    count: u64,
    dice: u64,
    skew: i64,
    /// When the parent strikes, after the start or after the worker is ready.
    pub(crate) delay: Duration,
    pub(crate) beside: bool,
    pub(crate) seed: u64,
}

/// Where the fault may aim, the steps that write most more often.
const AIMS: [Option<Kind>; 20] = [
    None,
    None,
    Some(Kind::Accept),
    Some(Kind::Accept),
    Some(Kind::Accept),
    Some(Kind::Accept),
    Some(Kind::Accept),
    Some(Kind::Import),
    Some(Kind::Import),
    Some(Kind::Import),
    Some(Kind::Scan),
    Some(Kind::Scan),
    Some(Kind::Scan),
    Some(Kind::New),
    Some(Kind::Applicant),
    Some(Kind::Procedure),
    Some(Kind::Aside),
    Some(Kind::Move),
    Some(Kind::Print),
    Some(Kind::Sync),
];

impl Plan {
    /// `spans` are the disk calls that each use case took last, `opening` those of opening, and how long that takes.
    pub(crate) fn throw(fault: Fault, dice: &mut Dice, spans: &BTreeMap<Kind, u64>, opening: (u64, Duration)) -> Self {
        let mut aim = dice.pick(&AIMS).copied().flatten();
        let mut only = "";
        let mut span = match aim {
            Some(kind) => spans.get(&kind).copied().unwrap_or(30),
            None => opening.0,
        };
        if matches!(fault, Fault::Torn | Fault::Cut | Fault::Before) && dice.percent(40) {
            // Page files are few calls among many of the database's.
            aim = dice.pick(&[Some(Kind::Import), Some(Kind::Scan)]).copied().flatten();
            (only, span) = ("/files/", 8);
        }
        if fault == Fault::Creation {
            (aim, only, span) = (None, "", 160);
        }
        let years = 1 + i64::try_from(dice.below(8)).unwrap_or(1);
        let moment = |dice: &mut Dice, most: Duration| most.mul_f64(dice.below(1_000) as f64 / 1_000.0);
        let delay = match fault {
            Fault::Opening => moment(dice, opening.1),
            // With the clock off, numbers and proof come late: a lease has to be asked for first.
            Fault::Skew => moment(dice, Duration::from_millis(320)),
            _ => moment(dice, Duration::from_millis(160)),
        };
        Self {
            fault,
            aim: if fault.shim().is_empty() { None } else { aim },
            only,
            first: 1 + dice.below(span.max(1) * 6 / 5),
            count: match fault {
                Fault::Full => 5 + dice.below(60),
                _ => 1 + dice.below(3),
            },
            dice: dice.below(1 << 40),
            skew: if fault != Fault::Skew { 0 } else { years * 31_557_600 * if dice.percent(50) { 1 } else { -1 } },
            delay,
            beside: dice.percent(30),
            seed: dice.throw(),
        }
    }

    /// A fault that never comes: a life that has to go well, and to show it.
    pub(crate) fn none(seed: u64) -> Self {
        let (aim, only, first, count, dice, skew) = (None, "", 0, 0, 0, 0);
        let delay = Duration::from_secs(3_600);
        Self { fault: Fault::Short, aim, only, first, count, dice, skew, delay, beside: false, seed }
    }

    /// Exactly these calls, of a use case or, without one, of opening.
    pub(crate) fn at(fault: Fault, aim: Option<Kind>, first: u64, count: u64) -> Self {
        Self { fault, aim, first, count, ..Self::none(first) }
    }

    /// The number of calls after which a fault that does not kill is over.
    pub(crate) fn heal(&self) -> Option<u64> {
        // A short write waits for the next write, which is never far.
        self.fault.heals().then_some(self.first + self.count + if self.fault == Fault::Short { 20 } else { 0 })
    }

    /// Puts the shim into a command.
    pub(crate) fn load(&self, command: &mut Command, shim: &Path, data: &Path, tally: &Path) {
        command
            .env("LD_PRELOAD", shim)
            .env("CRASH_DIR", data)
            .env("CRASH_TALLY", tally)
            // Half of what a station is made of has to be synced before the rest.
            .env(
                "CRASH_KIND",
                if self.fault == Fault::Creation && self.dice.is_multiple_of(2) { "cut" } else { self.fault.shim() },
            )
            .env("CRASH_ONLY", self.only)
            .env("CRASH_FIRST", if self.fault.shim().is_empty() { 0 } else { self.first }.to_string())
            .env("CRASH_COUNT", self.count.to_string())
            .env("CRASH_DICE", self.dice.to_string())
            .env("CRASH_SKEW", self.skew.to_string());
    }
}
