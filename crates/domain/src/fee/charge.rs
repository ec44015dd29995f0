//! How one rule finds its amount (cách tính), and the lines that explain it to the one who pays.

use super::{FeeQuestion, NoFee, ReliefReason};
use crate::money::Dong;
use serde::{Deserialize, Serialize};

/// How an amount is found (cách tính).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Charge {
    /// Nothing is collected (không thu).
    Free,
    /// One amount a dossier (theo lần).
    Fixed {
        /// The amount.
        amount: Dong,
    },
    /// By the item (theo bản, trường hợp, người).
    PerItem {
        /// For each.
        amount: Dong,
        /// What is counted: `bản`, `trường hợp`, `người`.
        unit: String,
    },
    /// By the page of the original, for every copy (theo trang của bản chính).
    PerPage {
        /// Amounts by page, from the first page on.
        tiers: Vec<Tier>,
        /// Never more than this for one copy.
        most_per_copy: Option<Dong>,
    },
    /// The publication names no amount, such as one that the province decides: the clerk enters it.
    Unstated,
}

/// What one page costs from some page on (từ trang thứ …).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The first page at this amount, counted from 1.
    pub from_page: u32,
    /// For each page.
    pub amount: Dong,
}

/// An original that is copied (bản chính): its pages, and how many copies are made at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Original {
    /// Pages of the original.
    pub pages: u32,
    /// Copies made of it.
    pub copies: u32,
}

/// One line of the explanation (diễn giải). Its [`Display`](std::fmt::Display) is what the citizen reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FeeLine {
    /// Nothing is collected.
    Free,
    /// The publication states no amount.
    Unstated,
    /// One amount.
    Fixed {
        /// The amount.
        amount: Dong,
    },
    /// So many items.
    Items {
        /// How many.
        count: u32,
        /// Of what.
        unit: String,
        /// For each.
        each: Dong,
        /// Together.
        amount: Dong,
    },
    /// A run of pages at one amount.
    Pages {
        /// The first page.
        from: u32,
        /// The last page.
        to: u32,
        /// For each.
        each: Dong,
        /// Together.
        amount: Dong,
    },
    /// One copy would cost more than is allowed.
    Most {
        /// What one copy costs at most.
        amount: Dong,
    },
    /// More than one copy.
    Copies {
        /// How many.
        count: u32,
        /// For each.
        each: Dong,
        /// Together.
        amount: Dong,
    },
    /// Less is paid.
    Relieved {
        /// Why.
        reason: ReliefReason,
        /// How much of it.
        percent: u8,
        /// What is taken off.
        amount: Dong,
        /// The publication's words.
        text: String,
    },
}

impl Charge {
    /// What makes it unusable.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let positive = |amount: &Dong| *amount > Dong::ZERO;
        match self {
            Self::Free | Self::Unstated => None,
            Self::Fixed { amount } => (!positive(amount)).then_some("an amount is positive; say free for none"),
            Self::PerItem { amount, unit } => (!positive(amount) || unit.is_empty()).then_some("no amount or no unit"),
            Self::PerPage { tiers, most_per_copy } => {
                let begins = tiers.first().is_some_and(|tier| tier.from_page == 1);
                let ascends = tiers.is_sorted_by(|one, next| one.from_page < next.from_page);
                let paid = tiers.iter().map(|tier| &tier.amount).chain(most_per_copy).all(positive);
                (!begins || !ascends || !paid).then_some("tiers begin at page 1, ascend and have amounts")
            }
        }
    }

    /// The amount, nothing where none is stated. `rule` is named where a quantity is missing.
    pub(super) fn amount(
        &self,
        question: &FeeQuestion<'_>,
        rule: &str,
        lines: &mut Vec<FeeLine>,
    ) -> Result<Option<Dong>, NoFee> {
        let missing = || NoFee::NeedsQuantity(rule.to_owned());
        match self {
            Self::Free => {
                lines.push(FeeLine::Free);
                Ok(Some(Dong::ZERO))
            }
            Self::Unstated => {
                lines.push(FeeLine::Unstated);
                Ok(None)
            }
            Self::Fixed { amount } => {
                lines.push(FeeLine::Fixed { amount: *amount });
                Ok(Some(*amount))
            }
            Self::PerItem { amount: each, unit } => {
                if question.items == 0 {
                    return Err(missing());
                }
                let amount = each.times(question.items).ok_or(NoFee::TooLarge)?;
                lines.push(FeeLine::Items { count: question.items, unit: unit.clone(), each: *each, amount });
                Ok(Some(amount))
            }
            Self::PerPage { tiers, most_per_copy } => {
                let none = |original: &Original| original.pages == 0 || original.copies == 0;
                if question.originals.is_empty() || question.originals.iter().any(none) {
                    return Err(missing());
                }
                let mut total = Dong::ZERO;
                for original in question.originals {
                    let cost = original_amount(original, tiers, *most_per_copy, lines).ok_or(NoFee::TooLarge)?;
                    total = total.plus(cost).ok_or(NoFee::TooLarge)?;
                }
                Ok(Some(total))
            }
        }
    }
}

/// All copies of one original.
fn original_amount(original: &Original, tiers: &[Tier], most: Option<Dong>, lines: &mut Vec<FeeLine>) -> Option<Dong> {
    let mut copy = Dong::ZERO;
    for (index, tier) in tiers.iter().enumerate() {
        let next = tiers.get(index + 1).map_or(u32::MAX, |next| next.from_page.saturating_sub(1));
        let (from, to) = (tier.from_page, next.min(original.pages));
        if from <= to {
            let amount = tier.amount.times(to - from + 1)?;
            lines.push(FeeLine::Pages { from, to, each: tier.amount, amount });
            copy = copy.plus(amount)?;
        }
    }
    if let Some(most) = most.filter(|most| copy > *most) {
        lines.push(FeeLine::Most { amount: most });
        copy = most;
    }
    let amount = copy.times(original.copies)?;
    if original.copies > 1 {
        lines.push(FeeLine::Copies { count: original.copies, each: copy, amount });
    }
    Some(amount)
}

impl std::fmt::Display for FeeLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Free => f.write_str("Không thu"),
            Self::Unstated => f.write_str("Mức thu theo văn bản công bố"),
            Self::Fixed { amount } => write!(f, "Mức thu: {amount}"),
            Self::Items { count, unit, each, amount } => write!(f, "{count} {unit} × {each} = {amount}"),
            Self::Pages { from, to, each, amount } if from == to => write!(f, "Trang {from}: 1 × {each} = {amount}"),
            Self::Pages { from, to, each, amount } => {
                write!(f, "Trang {from}–{to}: {} × {each} = {amount}", u64::from(*to) + 1 - u64::from(*from))
            }
            Self::Most { amount } => write!(f, "Thu tối đa một bản: {amount}"),
            Self::Copies { count, each, amount } => write!(f, "{count} bản × {each} = {amount}"),
            Self::Relieved { reason, percent: 100, amount, .. } => write!(f, "Miễn ({reason}): −{amount}"),
            Self::Relieved { reason, percent, amount, .. } => write!(f, "Giảm {percent}% ({reason}): −{amount}"),
        }
    }
}

impl std::fmt::Display for ReliefReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::OnTime => "đăng ký đúng hạn",
            Self::Merit => "người có công với cách mạng",
            Self::PoorHousehold => "hộ nghèo",
            Self::NearPoorHousehold => "hộ cận nghèo",
            Self::Disability => "người khuyết tật",
            Self::Child => "trẻ em",
            Self::Elderly => "người cao tuổi",
            Self::HardshipArea => "đồng bào dân tộc thiểu số ở xã đặc biệt khó khăn",
            Self::Other(reason) => reason,
        })
    }
}
