//! Both sides by a scanner that sees one (quét hai mặt thủ công): all fronts, then the turned stack, so that the backs come in
//! reverse (G9, T-25). Where the counts do not agree nobody guesses: a person says how the two passes are joined, and
//! whichever way, every page of both is in it once.

use serde::{Deserialize, Serialize};

/// How two passes are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Joining {
    /// The stack was turned as a whole: the last back belongs to the first front (lật cả xấp).
    Turned,
    /// The sheets were turned one by one: the first back belongs to the first front (lật từng tờ).
    SameOrder,
    /// The fronts as they came, then the backs as they came (nối tiếp).
    Appended,
}

/// A page of a pass, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Of the first pass.
    Front(usize),
    /// Of the second.
    Back(usize),
}

/// The order of the pages. Sides that have no other side stand where their sheet is.
#[must_use]
pub fn joined(fronts: usize, backs: usize, joining: Joining) -> Vec<Side> {
    if joining == Joining::Appended {
        return (0..fronts).map(Side::Front).chain((0..backs).map(Side::Back)).collect();
    }
    let back = |sheet: usize| match joining {
        Joining::Turned => backs - 1 - sheet,
        Joining::SameOrder | Joining::Appended => sheet,
    };
    let sides = |sheet: usize| {
        let front = (sheet < fronts).then_some(Side::Front(sheet));
        let behind = (sheet < backs).then(|| Side::Back(back(sheet)));
        front.into_iter().chain(behind)
    };
    (0..fronts.max(backs)).flat_map(sides).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_turned_stack_brings_its_backs_in_reverse() {
        use Side::{Back, Front};
        let turned = joined(3, 3, Joining::Turned);
        assert_eq!(turned, [Front(0), Back(2), Front(1), Back(1), Front(2), Back(0)]);
        assert_eq!(joined(2, 2, Joining::SameOrder), [Front(0), Back(0), Front(1), Back(1)]);
        assert_eq!(joined(2, 1, Joining::Appended), [Front(0), Front(1), Back(0)]);
    }

    proptest! {
        // T-25: whatever the counts and the choice, no page is left out and none comes twice.
        #[test]
        fn every_page_of_both_passes_is_there_once(fronts in 0usize..40, backs in 0usize..40, way in 0..3) {
            let joining = [Joining::Turned, Joining::SameOrder, Joining::Appended][way as usize];
            let mut all = joined(fronts, backs, joining);
            prop_assert_eq!(all.len(), fronts + backs);
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!(all.len(), fronts + backs);
        }
    }
}
