//! Procedures (thủ tục hành chính) as data: cases, limits, fees and components.
//!
//! One procedure has many time limits, fees and component lists (D§0.9); a case selects among them.
//! A dossier stays on the version under which it was opened.

use crate::Channel;
use crate::deadline::{Limit, Stage, Term};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A procedure in one version (thủ tục hành chính).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// National code, `1.001193` (mã TTHC, D§3.3).
    pub code: String,
    /// Name (tên thủ tục).
    pub name: String,
    /// Field (lĩnh vực).
    pub field: String,
    /// Words a clerk types for it, beside its name.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The day this version takes effect.
    pub valid_from: NaiveDate,
    /// Its cases; the first is the default. Never empty.
    pub cases: Vec<Case>,
    /// Every component of every case (thành phần hồ sơ).
    pub components: Vec<ComponentSpec>,
    /// What it asks for beside papers (C5).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<crate::asked::FieldSpec>,
    /// Codes of the results it can give (mã kết quả).
    #[serde(default)]
    pub results: Vec<String>,
    /// The decision that published it (quyết định công bố), where the record names one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub decision: String,
    /// What the publication says beside its papers, for the clerk to read (lưu ý).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What could not be read in the publication: left empty above rather than guessed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
}

/// One case of a procedure (trường hợp).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Stable within the procedure.
    pub id: String,
    /// What the clerk reads; empty where there is only one.
    #[serde(default)]
    pub name: String,
    /// The time limit (thời hạn); `None` where the publication does not say it, and then nobody guesses.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// The limit in the words of the publication, printed on the receipt.
    pub limit_text: String,
    /// The stages of the handling, one after the other (quy trình nội bộ, D§4.2). Without a limit they make it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// Amount in đồng where it is fixed.
    #[serde(default)]
    pub fee: Option<i64>,
    /// The fee in the words of the publication, printed verbatim (D§7.1).
    #[serde(default)]
    pub fee_text: String,
    /// The publication's rows for this case, one a channel (cách thức thực hiện).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<Way>,
}

/// One row of the publication: by this channel it takes so long and costs so much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// The channel.
    pub channel: Channel,
    /// The time limit, where it reads.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// The limit's cell, verbatim.
    #[serde(default)]
    pub limit_text: String,
    /// The figure in the fee's cell in đồng, where it is one. What it is for stands in `fee_text`: it may be for a page.
    #[serde(default)]
    pub amount: Option<i64>,
    /// The fee's cell and its wording, verbatim.
    #[serde(default)]
    pub fee_text: String,
    /// The row's description, verbatim.
    #[serde(default)]
    pub note: String,
}

/// Something in a publication that did not read. The variants carry what stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Doubt {
    /// The code is no national code.
    BadCode,
    /// The name or the field is missing.
    NoName,
    /// No row of channel, time and fee was found.
    NoWays,
    /// A row's time is words rather than a number.
    TimeInWords {
        /// The words.
        text: String,
    },
    /// The publication names no time; what its text says of days, if anything.
    NoTime {
        /// A sentence of the text with a duration in it.
        hint: String,
    },
    /// A number without a unit, and the text does not say which.
    NoUnit {
        /// The number.
        number: String,
        /// A sentence of the text with a duration in it.
        hint: String,
    },
    /// Months, or a part of a day: no unit that limits are counted in.
    OtherUnit {
        /// The time's cell.
        text: String,
    },
    /// Time and fee run into each other so that two readings are possible.
    TimeIntoFee {
        /// What stands there.
        text: String,
    },
    /// Rows differ in time and nothing says when which one holds; each became a case.
    TimesDiffer {
        /// The times.
        text: String,
    },
    /// The fee's figure is too small to be đồng, or the wording names another.
    OddAmount {
        /// The cell.
        text: String,
    },
    /// The fee is in another currency.
    OtherMoney {
        /// The cell.
        text: String,
    },
    /// There is no list of papers.
    NoPapers,
    /// A heading of papers that may be a case or a part; its papers are shown in every case, none required.
    UnclearGroup {
        /// The heading.
        text: String,
    },
    /// A number of copies that runs into the words before it.
    UnclearCount {
        /// What stands there.
        text: String,
    },
    /// A group in which no row says how many: its rows are kept as papers, none required.
    NoCounts {
        /// The heading.
        text: String,
    },
    /// Words of the list of papers that belong to no row.
    LooseText {
        /// The words.
        text: String,
    },
    /// Cases by papers and cases by time are too many to combine: only the first time is kept.
    TooManyCases,
    /// No result has a code.
    NoResults,
    /// A part of the format that the documents at hand do not describe.
    UnknownPart {
        /// Its name.
        text: String,
    },
}

impl Doubt {
    /// The field it is about, as the import's list names it.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::BadCode => "code",
            Self::NoName => "name",
            Self::NoWays => "ways",
            Self::TimeInWords { .. }
            | Self::NoTime { .. }
            | Self::NoUnit { .. }
            | Self::OtherUnit { .. }
            | Self::TimeIntoFee { .. }
            | Self::TimesDiffer { .. } => "limit",
            Self::OddAmount { .. } | Self::OtherMoney { .. } => "fee",
            Self::NoPapers
            | Self::UnclearGroup { .. }
            | Self::UnclearCount { .. }
            | Self::NoCounts { .. }
            | Self::LooseText { .. } => "components",
            Self::TooManyCases => "cases",
            Self::NoResults => "results",
            Self::UnknownPart { .. } => "record",
        }
    }
}

/// Whether a paper is handed in or only shown (nộp, xuất trình).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// Handed in and digitized (nộp).
    Submit,
    /// Only shown, never digitized (xuất trình; TT 01/2023 art 4).
    Show,
}

/// One component of a procedure (thành phần hồ sơ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentSpec {
    /// Name of the paper (tên giấy tờ).
    pub name: String,
    /// Originals asked for (bản chính).
    #[serde(default)]
    pub originals: u32,
    /// Plain copies asked for (bản sao, bản photo).
    #[serde(default)]
    pub copies: u32,
    /// Certified copies asked for (bản chứng thực).
    #[serde(default)]
    pub certified: u32,
    /// Handed in or shown.
    pub handling: Handling,
    /// Whether a dossier is incomplete without it.
    #[serde(default)]
    pub required: bool,
    /// Ids of the cases that ask for it; empty means all.
    #[serde(default)]
    pub cases: Vec<String>,
    /// The heading it stands under in the publication, where that is neither a case nor a kind.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
}

impl Case {
    /// What its appointment is counted by; none where the publication does not say it.
    #[must_use]
    pub fn term(&self) -> Option<Term<'_>> {
        Term::of(self.limit, &self.stages)
    }
}

/// Cases, components or notes beyond this are no publication; the longest known list has 111 papers.
const MOST: usize = 1_000;

impl Procedure {
    /// The case named `id`, or the default one.
    #[must_use]
    pub fn case(&self, id: Option<&str>) -> Option<&Case> {
        match id {
            Some(id) => self.cases.iter().find(|case| case.id == id),
            None => self.cases.first(),
        }
    }

    /// Gives the case named `id` a limit where its publication names none; a published limit stays.
    pub fn complete_limit(&mut self, id: &str, limit: Limit) {
        if let Some(case) = self.cases.iter_mut().find(|case| case.id == id && case.limit.is_none()) {
            case.limit = Some(limit);
            case.limit_text = limit.words();
        }
    }

    /// What no catalogue of ours may hold: nothing to be chosen, names that point nowhere, or more than any publication.
    ///
    /// # Errors
    /// The name of the field that is at fault.
    pub fn sound(&self) -> Result<(), &'static str> {
        let code = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-';
        let text = |text: &str, most: usize| text.len() <= most && !text.contains('\0');
        let days = NaiveDate::from_ymd_opt(1945, 9, 2)..NaiveDate::from_ymd_opt(2200, 1, 1);
        if self.code.is_empty() || self.code.len() > 40 || !self.code.bytes().all(code) {
            return Err("code");
        }
        if self.name.trim().is_empty() || !text(&self.name, 8_000) {
            return Err("name");
        }
        if self.field.trim().is_empty() || !text(&self.field, 2_000) {
            return Err("field");
        }
        if !days.contains(&Some(self.valid_from)) {
            return Err("valid_from");
        }
        if self.cases.is_empty() || self.cases.len() > MOST {
            return Err("cases");
        }
        for (at, case) in self.cases.iter().enumerate() {
            let said = [&case.name, &case.limit_text, &case.fee_text];
            let twice = self.cases[..at].iter().any(|other| other.id == case.id);
            if twice || case.ways.len() > MOST || !text(&case.id, 200) || !said.iter().all(|said| text(said, 40_000)) {
                return Err("cases");
            }
            if case.fee.is_some_and(|fee| !(0..=100_000_000_000).contains(&fee)) {
                return Err("fee");
            }
        }
        let known = |id: &String| self.cases.iter().any(|case| case.id == *id);
        let component = |spec: &ComponentSpec| {
            let counts = [spec.originals, spec.copies, spec.certified];
            !spec.name.trim().is_empty()
                && text(&spec.name, 40_000)
                && text(&spec.group, 8_000)
                && counts.iter().all(|count| *count <= 999)
                && spec.cases.iter().all(known)
        };
        if self.components.len() > MOST || !self.components.iter().all(component) {
            return Err("components");
        }
        let twice = |at: usize| self.fields[..at].iter().any(|other| other.key == self.fields[at].key);
        let field = |(at, spec): (usize, &crate::asked::FieldSpec)| {
            spec.is_sound() && !twice(at) && spec.cases.iter().all(known)
        };
        if self.fields.len() > crate::asked::MOST_FIELDS || !self.fields.iter().enumerate().all(field) {
            return Err("fields");
        }
        let words = [&self.aliases, &self.results, &self.notes];
        if words.iter().any(|all| all.len() > MOST || !all.iter().all(|one| text(one, 40_000))) {
            return Err("aliases");
        }
        if self.doubts.len() > MOST { Err("doubts") } else { Ok(()) }
    }

    /// The components that `case` asks for, in order.
    pub fn components_of(&self, case: &Case) -> impl Iterator<Item = &ComponentSpec> {
        self.components.iter().filter(move |spec| spec.cases.is_empty() || spec.cases.contains(&case.id))
    }
}
