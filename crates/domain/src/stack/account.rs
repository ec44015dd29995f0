//! What of a stack does not agree: paper that moved against pages that came, pages that came against what was said.

use super::{Stack, StackState};
use crate::{AsideReason, Disposition, Page};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The pages of a stack, wherever they lie now. Received is kept and set aside, always.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Pages that count.
    pub kept: u32,
    /// Pages that do not, by reason; those of before reasons were kept are the clerk's.
    pub aside: BTreeMap<AsideReason, u32>,
}

impl Tally {
    /// Counts `pages`.
    #[must_use]
    pub fn of<'a>(pages: impl IntoIterator<Item = &'a Page>) -> Self {
        let mut tally = Self::default();
        for page in pages {
            match page.disposition {
                Disposition::Kept => tally.kept += 1,
                Disposition::SetAside => {
                    *tally.aside.entry(page.aside.unwrap_or(AsideReason::Clerk)).or_default() += 1;
                }
            }
        }
        tally
    }

    /// Pages that do not count, for whatever reason.
    #[must_use]
    pub fn set_aside(&self) -> u32 {
        self.aside.values().sum()
    }

    /// All of them.
    #[must_use]
    pub fn received(&self) -> u32 {
        self.kept + self.set_aside()
    }
}

/// Two numbers that do not agree (số tờ, số trang lệch nhau; G11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Mismatch {
    /// The device moved so many sheets, and other pages came than those have (T-13).
    Fed {
        /// Sheets moved.
        sheets: u32,
        /// Pages they should have made.
        pages: u32,
        /// Pages that came.
        received: u32,
    },
    /// So many pages were said to be there, and others count.
    Expected {
        /// Pages said.
        expected: u32,
        /// Pages that count.
        kept: u32,
    },
    /// Pages that came are no longer there: the store lost them, or somebody else's program did.
    Gone {
        /// Pages that came.
        received: u32,
        /// Pages that are there.
        there: u32,
    },
}

impl Stack {
    /// What does not agree, the worst first. `tally` counts the pages of this stack. A discarded stack is out of it, but
    /// for pages that are gone.
    #[must_use]
    pub fn mismatch(&self, tally: &Tally) -> Option<Mismatch> {
        if tally.received() != self.received {
            return Some(Mismatch::Gone { received: self.received, there: tally.received() });
        }
        if self.state == StackState::Discarded {
            return None;
        }
        let pages = self.fed.map(|sheets| (sheets, sheets.saturating_mul(self.sides)));
        if let Some((sheets, pages)) = pages.filter(|(_, pages)| *pages != self.received) {
            return Some(Mismatch::Fed { sheets, pages, received: self.received });
        }
        let expected = self.expected.filter(|expected| *expected != tally.kept)?;
        Some(Mismatch::Expected { expected, kept: tally.kept })
    }

    /// What stands in the way of acceptance: numbers that do not agree, for which nobody gave a reason.
    #[must_use]
    pub fn unexplained(&self, tally: &Tally) -> Option<Mismatch> {
        self.mismatch(tally).filter(|_| self.reason.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DossierId, PageSource, StackId, StaffId};
    use proptest::prelude::*;

    fn stack(fed: Option<u32>, sides: u32, received: u32, expected: Option<u32>) -> Stack {
        Stack {
            id: StackId::from_bytes([1; 16]),
            dossier: Some(DossierId::from_bytes([2; 16])),
            component: Some(1),
            source: PageSource::Scanner { device: "sane:x".into() },
            state: StackState::Saved,
            sides,
            expected,
            fed,
            received,
            ended: None,
            reason: None,
            staff: StaffId::from_bytes([3; 16]),
            started_at: chrono::DateTime::UNIX_EPOCH.fixed_offset(),
            ended_at: None,
        }
    }

    fn tally(kept: u32, blank: u32) -> Tally {
        let aside = (blank > 0).then_some((AsideReason::Blank, blank)).into_iter().collect();
        Tally { kept, aside }
    }

    #[test]
    fn what_does_not_agree_is_named() {
        for (stack, tally, expected) in [
            // T-13: ten sheets passed, one picture came.
            (stack(Some(10), 1, 1, None), tally(1, 0), Some(Mismatch::Fed { sheets: 10, pages: 10, received: 1 })),
            (stack(Some(5), 2, 10, Some(7)), tally(7, 3), None),
            (stack(None, 1, 4, None), tally(4, 0), None),
            (stack(None, 1, 4, Some(5)), tally(4, 0), Some(Mismatch::Expected { expected: 5, kept: 4 })),
            (stack(Some(4), 1, 4, Some(4)), tally(3, 0), Some(Mismatch::Gone { received: 4, there: 3 })),
        ] {
            assert_eq!(stack.mismatch(&tally), expected, "{stack:?}");
        }
    }

    #[test]
    fn a_reason_lets_it_pass_and_a_discarded_stack_needs_none() {
        let mut one = stack(Some(10), 1, 1, Some(10));
        assert!(one.unexplained(&tally(1, 0)).is_some());
        one.reason = Some("Máy chạy thử".into());
        assert_eq!(one.unexplained(&tally(1, 0)), None);
        assert!(one.mismatch(&tally(1, 0)).is_some(), "it is still told");
        one.reason = None;
        one.state = StackState::Discarded;
        assert_eq!(one.mismatch(&tally(0, 1)), None);
    }

    proptest! {
        // Whatever is set aside for whatever reason, the sum is what came; and only agreement is silent.
        #[test]
        fn numbers_agree_or_are_named(fed in proptest::option::of(0u32..40), sides in 1u32..3, kept in 0u32..40, blank in 0u32..40, expected in proptest::option::of(0u32..40)) {
            let tally = tally(kept, blank);
            let stack = stack(fed, sides, kept + blank, expected);
            let agrees = fed.is_none_or(|fed| fed * sides == kept + blank) && expected.is_none_or(|n| n == kept);
            prop_assert_eq!(stack.mismatch(&tally).is_none(), agrees);
            prop_assert_eq!(tally.received(), kept + blank);
        }
    }
}
