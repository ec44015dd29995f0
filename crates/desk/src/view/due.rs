//! What the window sees of an appointment: the date, every day of its reason, its stages, and what it was before.

use domain::deadline::{ChangeKind, DayKind, Why};
use domain::pause::SupplementRule;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An appointment with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DueView {
    /// When.
    pub due: String,
    /// Day by day.
    pub days: Vec<DayView>,
    /// False where a year's calendar is not published.
    pub confirmed: bool,
    /// The limit in the words of the publication.
    pub limit_text: String,
    /// The cut-off of the calendar that it goes by, `15:00`.
    pub cut_off: String,
    /// The agency whose calendar it goes by, where that is not the counter's.
    pub agency: Option<String>,
    /// Until when each stage of the handling has to be done.
    pub stages: Vec<StageView>,
    /// What it was before, where it was changed.
    pub changed: Option<ChangedView>,
    /// How often another date was appointed by hand; the law knows one re-appointment (NĐ 61/2018 art 19.9).
    pub reappointed: u32,
    /// Whether less than a day is left, which is too late for the apology with another date (NĐ 61/2018 art 19.9).
    pub late_to_put_off: bool,
    /// Whether whoever is at the desk may appoint another date now.
    pub may_appoint: bool,
    /// The computations side by side, once something was waited for.
    pub waits: Option<WaitsView>,
}

/// One stage of the handling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct StageView {
    /// What is done in it.
    pub name: String,
    /// Who does it, or empty.
    pub unit: String,
    /// How long it may take, in words.
    pub limit_text: String,
    /// Until when.
    pub due: String,
}

/// How an appointment came to be another: the citizen sees both (D7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ChangedView {
    /// How.
    pub kind: ChangeKind,
    /// The date before.
    pub before: String,
    /// Why.
    pub reason: String,
    /// When it was changed.
    pub at: String,
}

/// What waiting for the applicant does to the date, by each computation (D§0.7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct WaitsView {
    /// Which of them the office goes by.
    pub rule: SupplementRule,
    /// The limit started anew.
    pub restarted: String,
    /// The waiting time added back.
    pub added_back: String,
    /// What the national index measures against: the waiting time added back, and no date appointed by hand.
    pub measured: String,
    /// How often papers were asked for.
    pub requests: u32,
    /// Since when it waits now, if it does: the dates move on for as long as it lasts.
    pub since: Option<String>,
}

/// One day of the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DayView {
    /// The date, `yyyy-mm-dd`.
    pub date: String,
    /// What it did.
    pub kind: DayKind,
    /// Minutes counted.
    pub minutes: i64,
    /// The holiday's name, or empty.
    pub note: String,
    /// Which counted day of a limit in days it is.
    pub nth: Option<u32>,
    /// Why, where its kind does not say it all.
    pub why: Vec<Why>,
}
