//! What a dossier owes (số tiền phải nộp): what the tables say of it, else the publication's own words, and what the
//! clerk decided for this one.
//!
//! Nothing is guessed: where neither a table nor the publication names an amount, the clerk enters the one that is
//! published at the office, with the published wording before their eyes (D§7.1).

use super::{Charge, Fee, FeeItem, FeeLine, FeeQuestion, FeeTable, NoFee, Original, Relief, ReliefReason};
use crate::money::Dong;
use crate::procedure::{Case, Procedure};
use crate::{Dossier, OfficeCode};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the clerk decided for one dossier's fee (tính phí của hồ sơ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct FeeChoice {
    /// Items, where they are counted (số bản, số trường hợp).
    pub items: u32,
    /// Originals with their pages and copies, where those are counted.
    pub originals: Vec<Original>,
    /// Why less is paid.
    pub relief: Option<GivenRelief>,
    /// The amount in the clerk's own hand.
    pub amount: Option<GivenAmount>,
}

impl Default for FeeChoice {
    fn default() -> Self {
        Self { items: 1, originals: Vec::new(), relief: None, amount: None }
    }
}

/// Less is paid, and why (miễn, giảm).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct GivenRelief {
    /// Why.
    pub reason: ReliefReason,
    /// How much is taken off, 1 to 100; where a rule names the reason its own part holds.
    pub percent: u8,
    /// What was shown for it, such as `Giấy chứng nhận hộ nghèo` (giấy tờ chứng minh).
    pub proof: String,
}

/// An amount that the clerk entered (mức thu nhập tay).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct GivenAmount {
    /// The amount.
    pub amount: Dong,
    /// Why it is not the one worked out; may be empty where none was.
    pub reason: String,
}

/// What is counted for a fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Nothing: one amount, or none.
    Nothing,
    /// Items.
    Items,
    /// Pages of originals, and copies.
    Originals,
}

/// What the clerk still has to say before the amount is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum FeeNeed {
    /// Which procedure.
    Procedure,
    /// How many.
    Quantity,
    /// The amount itself: the publication names none, or two rules hold with equal right.
    Amount,
}

/// What a dossier owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// All items together; nothing while something is to be said.
    pub total: Option<Dong>,
    /// What it is for, with the published wording.
    pub items: Vec<FeeItem>,
    /// What is missing.
    pub needs: Option<FeeNeed>,
    /// What is counted.
    pub counted: Counted,
    /// What is counted is called so, or empty.
    pub unit: String,
    /// Reasons to pay less that the rules name.
    pub reliefs: Vec<Relief>,
    /// Two rules that hold with equal right.
    pub ambiguous: Option<(String, String)>,
}

/// What `dossier` owes at `office` on `day`. The first of `tables` that has a rule is believed: the agency's own stands
/// before the national one.
#[must_use]
pub fn owed(tables: &[&FeeTable], dossier: &Dossier, office: &OfficeCode, day: NaiveDate, choice: &FeeChoice) -> Owed {
    let (Some(procedure), Some(case)) = (dossier.procedure.as_ref(), dossier.chosen_case()) else {
        return Owed { needs: Some(FeeNeed::Procedure), ..Owed::nothing() };
    };
    let question = FeeQuestion {
        office,
        procedure: &procedure.code,
        channel: dossier.channel,
        case: Some(&case.id),
        day,
        items: choice.items.max(1),
        originals: &choice.originals,
        relief: choice.relief.as_ref().map(|relief| &relief.reason),
    };
    let mut found = None;
    let mut ambiguous = None;
    for table in tables {
        match by_table(table, &question, choice) {
            Ok(owed) => {
                found = Some(owed);
                break;
            }
            Err(NoFee::Ambiguous(one, other)) => {
                ambiguous = Some((one, other));
                break;
            }
            Err(_) => {}
        }
    }
    let mut owed = found.unwrap_or_else(|| match &ambiguous {
        // Which of two amounts holds is not ours to say.
        Some(_) => published(procedure, case, dossier, choice).without_amount(),
        None => published(procedure, case, dossier, choice),
    });
    owed.ambiguous = ambiguous;
    match &choice.amount {
        Some(given) => owed.given(given, procedure),
        None => owed,
    }
}

/// By the table's rules, or why it names nothing.
fn by_table(table: &FeeTable, question: &FeeQuestion<'_>, choice: &FeeChoice) -> Result<Owed, NoFee> {
    let plain = FeeQuestion { relief: None, ..question.clone() };
    let one = [Original { pages: 1, copies: 1 }];
    // With one of everything each rule answers, so that its words and what it counts are known.
    let shown = table.fee(&FeeQuestion { items: 1, originals: &one, ..plain.clone() })?;
    let rules = || shown.items.iter().filter_map(|item| table.rules().iter().find(|rule| rule.id == item.rule));
    let mut owed = Owed { items: shown.items.clone(), ..Owed::nothing() };
    for rule in rules() {
        owed.reliefs.extend(rule.reliefs.iter().cloned());
        match &rule.charge {
            Charge::PerItem { unit, .. } => (owed.counted, owed.unit) = (Counted::Items, unit.clone()),
            Charge::PerPage { .. } => owed.counted = Counted::Originals,
            Charge::Free | Charge::Fixed { .. } | Charge::Unstated => {}
        }
    }
    let fee = match table.fee(question) {
        Err(NoFee::NoSuchRelief) => table.fee(&plain).map(|fee| relieved(fee, choice)),
        fee => fee,
    };
    match fee {
        Ok(Fee { total, items }) => {
            owed.needs = total.is_none().then_some(FeeNeed::Amount);
            (owed.total, owed.items) = (total, items);
            Ok(owed)
        }
        Err(NoFee::NeedsQuantity(_)) => Ok(Owed { needs: Some(FeeNeed::Quantity), ..owed.without_amount() }),
        Err(other) => Err(other),
    }
}

/// By the procedure's own record: the row of the dossier's channel, else the case.
fn published(procedure: &Procedure, case: &Case, dossier: &Dossier, choice: &FeeChoice) -> Owed {
    let ways: Vec<_> = case.ways.iter().filter(|way| way.channel == dossier.channel).collect();
    let mut amounts: Vec<Option<i64>> = ways.iter().map(|way| way.amount).collect();
    amounts.dedup();
    let figure = match amounts[..] {
        // "Miễn phí" in a cell may be for some only; the case says whether it is for all.
        [Some(0)] | [] => case.fee,
        [amount] => amount,
        _ => None,
    };
    let texts: Vec<&str> = match &ways[..] {
        [] => vec![case.fee_text.as_str()],
        ways => ways.iter().map(|way| way.fee_text.as_str()).collect(),
    };
    let mut texts: Vec<&str> = texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
    texts.dedup();
    let each = figure.filter(|amount| *amount >= 0).map(Dong::new);
    let count = choice.items.max(1);
    let amount = each.and_then(|each| each.times(count));
    let line = match (each, amount) {
        (Some(Dong::ZERO), _) => FeeLine::Free,
        (Some(each), Some(amount)) if count > 1 => FeeLine::Items { count, unit: "lần thu".to_owned(), each, amount },
        (Some(amount), _) => FeeLine::Fixed { amount },
        (None, _) => FeeLine::Unstated,
    };
    let item = FeeItem {
        rule: String::new(),
        name: procedure_fee(procedure),
        text: texts.join("\n"),
        basis: procedure.decision.clone(),
        amount,
        lines: vec![line],
    };
    let counted = if each.is_some_and(|each| each > Dong::ZERO) { Counted::Items } else { Counted::Nothing };
    let needs = amount.is_none().then_some(FeeNeed::Amount);
    let fee = relieved(Fee { total: amount, items: vec![item] }, choice);
    Owed { total: fee.total, items: fee.items, needs, counted, ..Owed::nothing() }
}

fn procedure_fee(procedure: &Procedure) -> String {
    format!("Phí, lệ phí: {}", procedure.name)
}

/// With the part taken off that the clerk named, where no rule does.
fn relieved(mut fee: Fee, choice: &FeeChoice) -> Fee {
    let Some(relief) = choice.relief.as_ref() else { return fee };
    let kept = 100 - i64::from(relief.percent.clamp(1, 100));
    for item in &mut fee.items {
        let Some(full) = item.amount.filter(|amount| *amount > Dong::ZERO) else { continue };
        let left = Dong::new(full.value() / 100 * kept + full.value() % 100 * kept / 100);
        let off = full.minus(left).unwrap_or(Dong::ZERO);
        let (reason, percent) = (relief.reason.clone(), relief.percent.clamp(1, 100));
        item.lines.push(FeeLine::Relieved { reason, percent, amount: off, text: relief.proof.clone() });
        item.amount = Some(left);
    }
    fee.total = fee.items.iter().map(|item| item.amount).collect::<Option<Vec<_>>>().and_then(Dong::sum);
    fee
}

impl Owed {
    fn nothing() -> Self {
        Self {
            total: None,
            items: Vec::new(),
            needs: None,
            counted: Counted::Nothing,
            unit: String::new(),
            reliefs: Vec::new(),
            ambiguous: None,
        }
    }

    fn without_amount(mut self) -> Self {
        for item in &mut self.items {
            item.amount = None;
            item.lines.clear();
        }
        self.total = None;
        self.needs = self.needs.or(Some(FeeNeed::Amount));
        self
    }

    /// The clerk's own amount in place of all items, under the first one's name and everybody's words.
    fn given(self, given: &GivenAmount, procedure: &Procedure) -> Self {
        let name = self.items.first().map_or_else(|| procedure_fee(procedure), |item| item.name.clone());
        let texts: Vec<&str> = self.items.iter().map(|item| item.text.as_str()).collect();
        let line = if given.amount == Dong::ZERO { FeeLine::Free } else { FeeLine::Fixed { amount: given.amount } };
        let item = FeeItem {
            rule: String::new(),
            name,
            text: texts.join("\n"),
            basis: self.items.first().map(|item| item.basis.clone()).unwrap_or_default(),
            amount: Some(given.amount),
            lines: vec![line],
        };
        Self { total: Some(given.amount), items: vec![item], needs: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Channel;
    use crate::procedure::Way;

    const TABLE: &str = r#"{"rules": [
        {"id": "copy", "name": "Phí chứng thực", "procedures": ["2.000815"], "text": "2.000 đồng/trang",
         "charge": {"kind": "per_page", "tiers": [{"from_page": 1, "amount": 2000}], "most_per_copy": null}},
        {"id": "extract", "name": "Phí trích lục", "procedures": ["2.000635"], "text": "8.000 đồng/bản",
         "charge": {"kind": "per_item", "amount": 8000, "unit": "bản"},
         "reliefs": [{"reason": "poor_household", "percent": 100, "text": "miễn"}]}]}"#;

    fn dossier(code: &str, fee: Option<i64>, ways: Vec<Way>) -> Dossier {
        let at = chrono::DateTime::parse_from_rfc3339("2026-11-23T08:15:00+07:00").unwrap();
        let id = crate::DossierId::from_bytes([1; 16]);
        let mut dossier = Dossier::draft(id, crate::StaffId::from_bytes([1; 16]), at);
        let case = Case { id: "a".into(), fee, fee_text: "Mức của xã".into(), ways, ..Case::default() };
        dossier.choose(
            Procedure {
                code: code.into(), name: "Thủ tục mẫu".into(), cases: vec![case], ..Procedure::default()
            },
            None,
        );
        dossier
    }

    fn ask(dossier: &Dossier, choice: &FeeChoice) -> Owed {
        let table = FeeTable::from_json(TABLE).unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        owed(&[&table], dossier, &"H99.1".parse().unwrap(), day, choice)
    }

    fn dong(amount: i64) -> Option<Dong> {
        Some(Dong::new(amount))
    }

    #[test]
    fn a_rule_that_counts_pages_waits_for_them_and_shows_its_words() {
        let copies = dossier("2.000815", None, vec![]);
        let first = ask(&copies, &FeeChoice::default());
        assert_eq!((first.total, first.needs, first.counted), (None, Some(FeeNeed::Quantity), Counted::Originals));
        assert_eq!((first.items[0].text.as_str(), first.items[0].amount), ("2.000 đồng/trang", None));
        let originals = vec![Original { pages: 3, copies: 2 }];
        assert_eq!(ask(&copies, &FeeChoice { originals, ..FeeChoice::default() }).total, dong(12_000));
    }

    #[test]
    fn the_record_is_believed_only_where_it_names_one_amount() {
        assert_eq!(ask(&dossier("9", Some(0), vec![]), &FeeChoice::default()).total, dong(0));
        let unstated = ask(&dossier("9", None, vec![]), &FeeChoice::default());
        assert_eq!((unstated.total, unstated.needs), (None, Some(FeeNeed::Amount)));
        assert_eq!(unstated.items[0].text, "Mức của xã", "the published wording goes along");
        let way = |channel, amount| Way {
            channel,
            limit: None,
            limit_text: String::new(),
            amount,
            fee_text: format!("{amount:?}"),
            note: String::new(),
        };
        let by_channel = vec![way(Channel::Counter, Some(20_000)), way(Channel::Online, Some(10_000))];
        assert_eq!(ask(&dossier("9", None, by_channel), &FeeChoice::default()).total, dong(20_000));
        let two = vec![way(Channel::Counter, Some(20_000)), way(Channel::Counter, Some(30_000))];
        assert_eq!(ask(&dossier("9", None, two), &FeeChoice::default()).needs, Some(FeeNeed::Amount));
        // "Miễn phí" in one cell is not yet free for all.
        let free = vec![way(Channel::Counter, Some(0))];
        assert_eq!(ask(&dossier("9", None, free), &FeeChoice::default()).needs, Some(FeeNeed::Amount));
    }

    #[test]
    fn less_is_paid_by_the_rules_part_or_by_the_clerks() {
        let extract = dossier("2.000635", None, vec![]);
        let relief = |reason, percent| {
            let relief = Some(GivenRelief { reason, percent, proof: "Giấy chứng nhận".into() });
            ask(&extract, &FeeChoice { items: 3, relief, ..FeeChoice::default() })
        };
        assert_eq!(relief(ReliefReason::PoorHousehold, 50).total, dong(0), "the rule says all of it");
        let half = relief(ReliefReason::Other("quyết định của xã".into()), 50);
        assert_eq!(half.total, dong(12_000));
        assert!(half.items[0].lines.iter().any(|line| line.to_string().contains("Giảm 50%")));
    }

    #[test]
    fn the_clerks_own_amount_stands_in_place_of_all() {
        let amount = Some(GivenAmount { amount: Dong::new(5_000), reason: "theo bảng giá".into() });
        let owed = ask(&dossier("9", None, vec![]), &FeeChoice { amount, ..FeeChoice::default() });
        assert_eq!((owed.total, owed.needs, owed.items.len()), (dong(5_000), None, 1));
        assert_eq!(owed.items[0].text, "Mức của xã");
    }
}
