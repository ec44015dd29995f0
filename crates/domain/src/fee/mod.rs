//! Fees (phí, lệ phí): rules as data, and one pure function that names the amount with its reasons.
//!
//! A fee depends on province, channel, case, quantity, date and who pays (D§7.1), and provinces change it every year:
//! so it is a table that an agency imports. The table never guesses. Without a rule there is no amount rather than
//! nought, two rules of equal standing are reported, and the published wording goes along verbatim, because a bare
//! amount misleads those who are exempt.
//!
//! A table is `{"rules": [rule, …]}`. A rule, with what may be left out in brackets:
//!
//! ```json
//! {"id": "residence-online", "name": "Lệ phí đăng ký thường trú", "procedures": ["1.004222"],
//!  "charge": {"kind": "fixed", "amount": 10000}, "text": "… thu 10.000 đồng/lần đăng ký.",
//!  "item": "", "offices": ["H99"], "channels": ["online"], "cases": [], "basis": "TT 75/2022/TT-BTC",
//!  "valid_from": "2023-02-05", "valid_until": null,
//!  "reliefs": [{"reason": "merit", "percent": 100, "text": "…"}]}
//! ```
//!
//! In brackets: everything after `text`. `charge` is one of `{"kind": "free"}`, `{"kind": "fixed", "amount": n}`,
//! `{"kind": "per_item", "amount": n, "unit": "bản"}`, `{"kind": "per_page", "tiers": [{"from_page": 1, "amount": n}],
//! "most_per_copy": n or null}` and `{"kind": "unstated"}`.

mod charge;
mod choice;

pub use charge::{Charge, FeeLine, Original, Tier};
pub use choice::{Counted, FeeChoice, FeeNeed, GivenAmount, GivenRelief, Owed, owed};

use crate::money::Dong;
use crate::{Channel, OfficeCode};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A table of fees (biểu mức thu phí, lệ phí), checked when it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeeTable {
    rules: Vec<FeeRule>,
}

/// A table nobody has checked yet; [`FeeTable::from_json`] is the only way in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    rules: Vec<FeeRule>,
}

/// One rule of the table (một mức thu).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeRule {
    /// Stable within the table.
    pub id: String,
    /// What is collected, as the fee receipt names it (tên khoản thu).
    pub name: String,
    /// National codes of the procedures it is for.
    pub procedures: Vec<String>,
    /// How the amount is found.
    pub charge: Charge,
    /// The fee in the words of the publication, shown and printed verbatim.
    pub text: String,
    /// Rules of one item compete and the most particular holds; different items of a procedure add up.
    #[serde(default)]
    pub item: String,
    /// Agencies it holds for, with all below them; empty means the whole country (mã định danh cơ quan).
    #[serde(default)]
    pub offices: Vec<String>,
    /// Channels it holds for; empty means all.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// Cases it holds for; empty means all.
    #[serde(default)]
    pub cases: Vec<String>,
    /// What it rests on (căn cứ), such as `TT 226/2016/TT-BTC`.
    #[serde(default)]
    pub basis: String,
    /// Its first day.
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    /// Its last day.
    #[serde(default)]
    pub valid_until: Option<NaiveDate>,
    /// Who pays less, or nothing (miễn, giảm).
    #[serde(default)]
    pub reliefs: Vec<Relief>,
}

/// Who pays less, or nothing, and in what words (miễn, giảm phí).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relief {
    /// Why.
    pub reason: ReliefReason,
    /// How much is taken off, 1 to 100.
    pub percent: u8,
    /// The words of the publication.
    #[serde(default)]
    pub text: String,
}

/// Why somebody pays less (lý do miễn, giảm; Luật Hộ tịch art 11, and what provinces add).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ReliefReason {
    /// Registered in time (đăng ký đúng hạn).
    OnTime,
    /// People with merits to the revolution, and their kin (người có công với cách mạng).
    Merit,
    /// Poor household (hộ nghèo).
    PoorHousehold,
    /// Near-poor household (hộ cận nghèo).
    NearPoorHousehold,
    /// Disability (người khuyết tật).
    Disability,
    /// Child (trẻ em).
    Child,
    /// Elderly person (người cao tuổi).
    Elderly,
    /// Ethnic minority in communes with special difficulties (đồng bào dân tộc thiểu số ở xã đặc biệt khó khăn).
    HardshipArea,
    /// Another reason that the rule itself names.
    Other(String),
}

/// What is asked of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeQuestion<'a> {
    /// The agency that collects.
    pub office: &'a OfficeCode,
    /// The procedure's national code.
    pub procedure: &'a str,
    /// How the dossier comes.
    pub channel: Channel,
    /// The chosen case.
    pub case: Option<&'a str>,
    /// The day of payment.
    pub day: NaiveDate,
    /// Items, where the rule counts them.
    pub items: u32,
    /// Originals with their pages, where the rule counts those.
    pub originals: &'a [Original],
    /// Why less is to be paid.
    pub relief: Option<&'a ReliefReason>,
}

/// What the table says (số tiền phải nộp).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fee {
    /// All items together; nothing where an item's amount is not stated.
    pub total: Option<Dong>,
    /// The items, in the order of the table. Never empty.
    pub items: Vec<FeeItem>,
}

/// One item of the fee (khoản thu).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeeItem {
    /// The rule that held.
    pub rule: String,
    /// What is collected.
    pub name: String,
    /// The publication's words, verbatim.
    pub text: String,
    /// What it rests on.
    pub basis: String,
    /// The amount; nothing where the publication states none.
    pub amount: Option<Dong>,
    /// How the amount came about, in order.
    pub lines: Vec<FeeLine>,
}

/// Why the table names no fee.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoFee {
    /// No rule holds for this procedure here and today: that is not the same as nothing to pay.
    #[error("no rule of the fee table holds")]
    NoRule,
    /// Two rules hold with equal right.
    #[error("the rules {0} and {1} hold with equal right")]
    Ambiguous(String, String),
    /// The rule counts something that was not given.
    #[error("the rule {0} needs a quantity")]
    NeedsQuantity(String),
    /// No item of this fee knows that reason.
    #[error("no rule that holds names this reason")]
    NoSuchRelief,
    /// The amount is beyond any that exists.
    #[error("the amount does not fit")]
    TooLarge,
}

/// A text that is no usable table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadFeeTable {
    /// It does not read.
    #[error("not a fee table: {0}")]
    Text(String),
    /// A rule cannot be used.
    #[error("rule {rule}: {what}")]
    Rule {
        /// The rule's id.
        rule: String,
        /// What is wrong with it.
        what: &'static str,
    },
}

impl FeeTable {
    /// Reads a table.
    ///
    /// # Errors
    /// [`BadFeeTable`] names the first rule that cannot be used.
    pub fn from_json(text: &str) -> Result<Self, BadFeeTable> {
        let read = serde_json::from_str(text).map_err(|error| BadFeeTable::Text(error.to_string()));
        let Unchecked { rules } = read?;
        for (index, rule) in rules.iter().enumerate() {
            let twice = rules[..index].iter().any(|other| other.id == rule.id);
            let what = if twice { Some("its id stands twice") } else { rule.fault() };
            if let Some(what) = what {
                return Err(BadFeeTable::Rule { rule: rule.id.clone(), what });
            }
        }
        Ok(Self { rules })
    }

    /// The rules, as they were read.
    #[must_use]
    pub fn rules(&self) -> &[FeeRule] {
        &self.rules
    }

    /// The fee for one dossier, with its reasons.
    ///
    /// Of the rules of one item the most particular holds: first the nearest agency, then one for the case, then one
    /// for the channel, then the one that took effect last.
    ///
    /// # Errors
    /// [`NoFee`]: the clerk is told why, and no amount is made up.
    pub fn fee(&self, question: &FeeQuestion<'_>) -> Result<Fee, NoFee> {
        let mut held: Vec<&FeeRule> = Vec::new();
        for rule in self.rules.iter().filter(|rule| rule.holds(question)) {
            match held.iter_mut().find(|other| other.item == rule.item) {
                None => held.push(rule),
                Some(other) if rule.standing(question) > other.standing(question) => *other = rule,
                Some(_) => {}
            }
        }
        for winner in &held {
            let equal = |rule: &&FeeRule| {
                rule.id != winner.id
                    && rule.item == winner.item
                    && rule.holds(question)
                    && rule.standing(question) == winner.standing(question)
            };
            if let Some(rival) = self.rules.iter().find(equal) {
                return Err(NoFee::Ambiguous(winner.id.clone(), rival.id.clone()));
            }
        }
        if held.is_empty() {
            return Err(NoFee::NoRule);
        }
        let known = |reason: &ReliefReason| held.iter().any(|rule| rule.relief(reason).is_some());
        if question.relief.is_some_and(|reason| !known(reason)) {
            return Err(NoFee::NoSuchRelief);
        }
        let items = held.into_iter().map(|rule| rule.item(question)).collect::<Result<Vec<_>, _>>()?;
        let total = match items.iter().map(|item| item.amount).collect::<Option<Vec<_>>>() {
            Some(amounts) => Some(Dong::sum(amounts).ok_or(NoFee::TooLarge)?),
            None => None,
        };
        Ok(Fee { total, items })
    }
}

impl FeeRule {
    fn fault(&self) -> Option<&'static str> {
        let bad_office = self.offices.iter().any(|office| office.parse::<OfficeCode>().is_err());
        let bad_relief = self.reliefs.iter().any(|relief| !(1..=100).contains(&relief.percent));
        let backwards = matches!((self.valid_from, self.valid_until), (Some(from), Some(until)) if from > until);
        match () {
            () if self.procedures.is_empty() => Some("no procedure"),
            () if bad_office => Some("an agency code does not read"),
            () if backwards => Some("it ends before it begins"),
            () if bad_relief => Some("a relief takes off 1 to 100 percent"),
            () => self.charge.fault(),
        }
    }

    fn holds(&self, question: &FeeQuestion<'_>) -> bool {
        let case = |case| self.cases.iter().any(|known| known == case);
        self.procedures.iter().any(|code| code == question.procedure)
            && (self.offices.is_empty() || self.nearness(question.office).is_some())
            && (self.channels.is_empty() || self.channels.contains(&question.channel))
            && (self.cases.is_empty() || question.case.is_some_and(case))
            && self.valid_from.is_none_or(|from| from <= question.day)
            && self.valid_until.is_none_or(|until| question.day <= until)
    }

    /// How near the rule's agency is to `office`: the length of its code, which holds for what is below it too.
    fn nearness(&self, office: &OfficeCode) -> Option<usize> {
        let office = office.to_string();
        let above = |code: &&String| {
            office.strip_prefix(code.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.offices.iter().filter(above).map(String::len).max()
    }

    fn standing(&self, question: &FeeQuestion<'_>) -> (Option<usize>, bool, bool, Option<NaiveDate>) {
        (self.nearness(question.office), !self.cases.is_empty(), !self.channels.is_empty(), self.valid_from)
    }

    fn relief(&self, reason: &ReliefReason) -> Option<&Relief> {
        self.reliefs.iter().find(|relief| relief.reason == *reason)
    }

    fn item(&self, question: &FeeQuestion<'_>) -> Result<FeeItem, NoFee> {
        let mut lines = Vec::new();
        let mut amount = self.charge.amount(question, &self.id, &mut lines)?;
        if let (Some(full), Some(relief)) = (amount, question.relief.and_then(|reason| self.relief(reason))) {
            // What is left is rounded down to whole đồng, for the one who pays.
            let kept = 100_u32.saturating_sub(relief.percent.into());
            let left = full.times(kept).ok_or(NoFee::TooLarge)?.value() / 100;
            let off = full.minus(Dong::new(left)).ok_or(NoFee::TooLarge)?;
            lines.push(FeeLine::Relieved {
                reason: relief.reason.clone(),
                percent: relief.percent,
                amount: off,
                text: relief.text.clone(),
            });
            amount = Some(Dong::new(left));
        }
        let (rule, name) = (self.id.clone(), self.name.clone());
        Ok(FeeItem { rule, name, text: self.text.clone(), basis: self.basis.clone(), amount, lines })
    }
}
