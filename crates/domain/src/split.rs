//! Splitting a mixed stack at its cover sheets (tách xấp giấy): which page goes to which component of which dossier.
//!
//! A page's place comes from the cover sheet before it and from nothing else, so that nothing of one document reaches the
//! next (T-27). Only a code that was signed here counts: a bill's or a land certificate's splits nothing (T-28). What
//! was not read is found by counting (T-26); where nobody can say where a page belongs, it has no place rather than a
//! guessed one.

use crate::separator::{NoSeparator, Separator};
use crate::{Disposition, DossierId, Page};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Where a page belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Target {
    /// The dossier.
    pub dossier: DossierId,
    /// Index of its component, from 1.
    pub component: u32,
}

/// What the codes on a page say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A page like any other.
    Plain,
    /// A side that nothing is on.
    Blank,
    /// The empty side of a cover sheet that lay with its face down: its code comes on the next page (T-29).
    Front,
    /// A patch sheet (tờ ngăn Patch-T): something begins here, and it does not say what.
    Patch,
    /// A cover sheet that was printed here.
    Cover(Separator),
    /// A cover sheet of another station.
    OtherKey,
    /// A code that names our key and was not signed with it, or two sheets that say different things.
    Unclear,
}

/// What is known of a dossier that a cover sheet names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Whether it still takes pages.
    pub open: bool,
    /// Its components by index.
    pub components: BTreeMap<u32, Counted>,
}

/// What is known of a component.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// Papers that were counted at the counter.
    pub papers: u32,
    /// Pages that it has already.
    pub pages: u32,
}

/// What becomes of one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Place {
    /// A page of a component.
    Page(Target),
    /// The cover sheet before a component, or its empty side, set aside there.
    Cover(Target),
    /// A patch sheet behind which nobody can say what begins, or its empty side: set aside, of no component.
    Sheet,
    /// Nobody can say where it belongs.
    Unassigned,
}

/// What a person has to look at before the plan is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Alarm {
    /// Another number of cover sheets was laid in than was read (T-26).
    Covers {
        /// Laid in.
        expected: u32,
        /// Read.
        found: u32,
    },
    /// Papers were counted for a component of a dossier of this stack, and nothing came for it: its cover sheet was not
    /// read, or it does not lie here.
    NothingCame {
        /// The component.
        target: Target,
        /// Papers that were counted.
        papers: u32,
    },
    /// Fewer pages follow a cover sheet than papers were counted.
    TooFew {
        /// The component.
        target: Target,
        /// Papers that the sheet says.
        papers: u32,
        /// Pages that came.
        pages: u32,
    },
    /// The same component begins twice.
    Twice {
        /// The component.
        target: Target,
        /// The later sheet's place in the stack, from 1.
        at: u32,
    },
    /// The sheet names a dossier or a component that is not known here.
    Unknown {
        /// Its place in the stack, from 1.
        at: u32,
    },
    /// The sheet's dossier takes no pages any more.
    Closed {
        /// Its dossier.
        dossier: DossierId,
        /// Its place in the stack, from 1.
        at: u32,
    },
    /// The sheet was printed at another station.
    OtherKey {
        /// Its place in the stack, from 1.
        at: u32,
    },
    /// The sheet cannot be believed.
    Unclear {
        /// Its place in the stack, from 1.
        at: u32,
    },
    /// Pages lie before the first cover sheet, and nothing says where they belong.
    BeforeFirst {
        /// How many.
        pages: u32,
    },
    /// Pages lie behind a patch sheet after the last component of the checklist, or with no cover sheet before it.
    Loose {
        /// How many.
        pages: u32,
    },
}

/// What is to be done with a stack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// One for every page, in the order of the stack.
    pub places: Vec<Place>,
    /// What a person has to look at.
    pub alarms: Vec<Alarm>,
}

impl Mark {
    /// What the texts of a page's codes make of it.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>, key: &[u8; 32]) -> Self {
        texts.into_iter().fold(Self::Plain, |before, text| match (before, Separator::read(text, key)) {
            (before, Err(NoSeparator::Foreign)) => before,
            (Self::Plain, Ok(cover)) => Self::Cover(cover),
            (Self::Cover(one), Ok(other)) if one == other => before,
            (Self::Plain | Self::OtherKey, Err(NoSeparator::OtherKey)) => Self::OtherKey,
            _ => Self::Unclear,
        })
    }

    /// What else is seen of a page without a code of ours: a patch sheet's bars, or nothing at all.
    #[must_use]
    pub fn seen(self, patch: bool, blank: bool) -> Self {
        match self {
            Self::Plain if patch => Self::Patch,
            Self::Plain if blank => Self::Blank,
            other => other,
        }
    }

    /// Whether something begins at it.
    #[must_use]
    pub fn is_sheet(self) -> bool {
        matches!(self, Self::Cover(_) | Self::Patch | Self::OtherKey | Self::Unclear)
    }
}

/// Finds the empty sides that come before their cover sheet's code: of sheets that are read on both sides the first of
/// the two, and whatever is empty at the very front of a stack.
pub fn find_fronts(marks: &mut [Mark], sides: u32) {
    for at in 1..marks.len() {
        let first_side = at == 1 || (sides == 2 && at % 2 == 1);
        if first_side && marks[at - 1] == Mark::Blank && marks[at].is_sheet() {
            marks[at - 1] = Mark::Front;
        }
    }
}

impl Target {
    /// Where a cover sheet sends the pages behind it.
    #[must_use]
    pub fn of(cover: &Separator) -> Self {
        Self { dossier: cover.dossier, component: u32::from(cover.component) }
    }
}

impl Plan {
    /// Pages that nobody can say the place of.
    #[must_use]
    pub fn unassigned(&self) -> usize {
        self.places.iter().filter(|place| **place == Place::Unassigned).count()
    }
}

impl Known {
    /// What `pages` and the components' counts say; `components` are index and papers.
    pub fn new(open: bool, components: impl IntoIterator<Item = (u32, u32)>, pages: &[Page]) -> Self {
        let counted = |(index, papers)| {
            let pages =
                pages.iter().filter(|page| page.component == index && page.disposition == Disposition::Kept).count();
            (index, Counted { papers, pages: u32::try_from(pages).unwrap_or(u32::MAX) })
        };
        Self { open, components: components.into_iter().map(counted).collect() }
    }
}

/// Gives every page its place. `start` is where pages before the first cover sheet go, `covers` how many sheets were laid
/// in, where somebody counted.
#[must_use]
pub fn assign(marks: &[Mark], start: Option<Target>, covers: Option<u32>, known: &BTreeMap<DossierId, Known>) -> Plan {
    let mut walk = Walk { here: start, ..Walk::default() };
    for (at, mark) in (1..).zip(marks) {
        let place = match mark {
            Mark::Plain => walk.page(),
            Mark::Blank => walk.blank(),
            // The sheet itself comes next, and tells what there is to tell.
            Mark::Front => match marks.get(at as usize).map(|next| walk.led(*next, at + 1, known)) {
                Some(Ok(Some(target))) => Place::Cover(target),
                Some(Ok(None)) => Place::Sheet,
                _ => Place::Unassigned,
            },
            Mark::Patch | Mark::Cover(_) | Mark::OtherKey | Mark::Unclear => walk.sheet(*mark, at, known),
        };
        walk.behind = mark.is_sheet().then_some(place);
        walk.places.push(place);
    }
    walk.done(start, covers, known)
}

/// Where one is while going through a stack.
#[derive(Default)]
struct Walk {
    places: Vec<Place>,
    alarms: Vec<Alarm>,
    /// Where the next page goes.
    here: Option<Target>,
    /// Where the sheet went that lies directly before.
    behind: Option<Place>,
    /// Sheets that were read.
    read: u32,
    any_sheet: bool,
    /// The last sheet was a patch sheet that leads nowhere.
    patched: bool,
    before_first: u32,
    loose: u32,
    /// Of each target: the papers its sheets say, and the pages that came.
    came: BTreeMap<Target, (u32, u32)>,
}

impl Walk {
    fn page(&mut self) -> Place {
        if let Some((_, pages)) = self.here.and_then(|target| self.came.get_mut(&target)) {
            *pages += 1;
        }
        self.before_first += u32::from(self.here.is_none() && !self.any_sheet);
        self.loose += u32::from(self.here.is_none() && self.patched);
        self.here.map_or(Place::Unassigned, Place::Page)
    }

    /// The other side of the sheet before it goes with that (T-29); any other is a page, though it counts for no paper.
    fn blank(&mut self) -> Place {
        match (self.behind, self.here) {
            (Some(sheet), _) => sheet,
            (None, Some(target)) => Place::Page(target),
            (None, None) => self.page(),
        }
    }

    fn sheet(&mut self, mark: Mark, at: u32, known: &BTreeMap<DossierId, Known>) -> Place {
        self.any_sheet = true;
        self.read += u32::from(matches!(mark, Mark::Cover(_) | Mark::Patch));
        let led = self.led(mark, at, known);
        // A sheet that leads nowhere ends what came before it all the same.
        self.here = led.ok().flatten();
        self.patched = led == Ok(None);
        match led {
            Ok(Some(target)) => {
                let said = if let Mark::Cover(cover) = mark { u32::from(cover.papers) } else { 0 };
                if self.came.contains_key(&target) {
                    self.alarms.push(Alarm::Twice { target, at });
                }
                let (papers, _) = self.came.entry(target).or_default();
                *papers = said.max(*papers);
                Place::Cover(target)
            }
            Ok(None) => Place::Sheet,
            Err(alarm) => {
                self.alarms.push(alarm);
                Place::Unassigned
            }
        }
    }

    /// Where a sheet leads: a patch sheet to what the checklist asks for next, if anything is left of it.
    fn led(&self, mark: Mark, at: u32, known: &BTreeMap<DossierId, Known>) -> Result<Option<Target>, Alarm> {
        match mark {
            Mark::Patch => Ok(self.here.and_then(|here| next(here, known))),
            mark => led(&mark, at, known).map(Some),
        }
    }

    fn done(self, start: Option<Target>, covers: Option<u32>, known: &BTreeMap<DossierId, Known>) -> Plan {
        let mut alarms = Vec::new();
        if let Some(expected) = covers.filter(|expected| *expected != self.read) {
            alarms.push(Alarm::Covers { expected, found: self.read });
        }
        if self.before_first > 0 {
            alarms.push(Alarm::BeforeFirst { pages: self.before_first });
        }
        alarms.extend(self.alarms);
        if self.loose > 0 {
            alarms.push(Alarm::Loose { pages: self.loose });
        }
        for (target, (papers, pages)) in &self.came {
            if pages < papers {
                alarms.push(Alarm::TooFew { target: *target, papers: *papers, pages: *pages });
            }
        }
        alarms.extend(missing(start, &self.came, known));
        Plan { places: self.places, alarms }
    }
}

/// What the checklist asks for behind `here`: the next component that papers were counted for, or the very next one of a
/// dossier in which nobody counted.
fn next(here: Target, known: &BTreeMap<DossierId, Known>) -> Option<Target> {
    let components = &known.get(&here.dossier).filter(|dossier| dossier.open)?.components;
    let nobody_counted = components.values().all(|counted| counted.papers == 0);
    let mut behind = components.range(here.component + 1..);
    let (component, _) = behind.find(|(_, counted)| nobody_counted || counted.papers > 0)?;
    Some(Target { component: *component, ..here })
}

/// Where a sheet leads, or why nowhere.
fn led(mark: &Mark, at: u32, known: &BTreeMap<DossierId, Known>) -> Result<Target, Alarm> {
    let cover = match mark {
        Mark::Cover(cover) => cover,
        Mark::OtherKey => return Err(Alarm::OtherKey { at }),
        Mark::Plain | Mark::Blank | Mark::Front | Mark::Patch | Mark::Unclear => return Err(Alarm::Unclear { at }),
    };
    let target = Target::of(cover);
    match known.get(&target.dossier) {
        Some(dossier) if !dossier.open => Err(Alarm::Closed { dossier: target.dossier, at }),
        Some(dossier) if dossier.components.contains_key(&target.component) => Ok(target),
        _ => Err(Alarm::Unknown { at }),
    }
}

/// Components with papers that nothing came for, of the dossiers that lie in the stack.
fn missing(
    start: Option<Target>,
    came: &BTreeMap<Target, (u32, u32)>,
    known: &BTreeMap<DossierId, Known>,
) -> Vec<Alarm> {
    let here: BTreeSet<DossierId> = came.keys().map(|target| target.dossier).collect();
    let components = known.iter().filter(|(id, _)| here.contains(id)).flat_map(|(id, dossier)| {
        dossier.components.iter().map(|(index, counted)| (Target { dossier: *id, component: *index }, counted))
    });
    components
        .filter(|(target, counted)| counted.papers > 0 && counted.pages == 0 && Some(*target) != start)
        .filter(|(target, _)| !came.contains_key(target))
        .map(|(target, counted)| Alarm::NothingCame { target, papers: counted.papers })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: [u8; 32] = [7; 32];

    fn dossier(n: u8) -> DossierId {
        DossierId::from_bytes([n; 16])
    }

    fn cover(n: u8, component: u16, papers: u16) -> Mark {
        Mark::Cover(Separator { dossier: dossier(n), component, papers })
    }

    fn target(n: u8, component: u32) -> Target {
        Target { dossier: dossier(n), component }
    }

    /// Dossiers 1 and 2 are open with components 1 to 3, of one paper each; 3 is closed.
    fn known() -> BTreeMap<DossierId, Known> {
        let components: BTreeMap<u32, Counted> = (1..=3).map(|n| (n, Counted { papers: 1, pages: 0 })).collect();
        (1..=3).map(|n| (dossier(n), Known { open: n < 3, components: components.clone() })).collect()
    }

    // T-28: only our signed payload counts. T-27: what cannot be believed ends what came before it.
    #[test]
    fn only_what_was_signed_here_is_a_cover_sheet() {
        let ours = Separator { dossier: dossier(1), component: 2, papers: 1 };
        let (text, next) = (ours.sign(&KEY), Separator { component: 3, ..ours }.sign(&KEY));
        let forged = format!("{}{}", &text[..60], &next[60..]);
        let foreign = ["https://example.vn", "099199000001||Nguyễn Thị Mẫu|", "PATCHT", "MC1|H99.1-261123-0007|x"];
        assert_eq!(Mark::of(foreign, &KEY), Mark::Plain);
        assert_eq!(Mark::of([foreign[0], &text, &text], &KEY), Mark::Cover(ours));
        assert_eq!(Mark::of([&*ours.sign(&[8; 32])], &KEY), Mark::OtherKey);
        assert_eq!(Mark::of([&*forged], &KEY), Mark::Unclear);
        assert_eq!(Mark::of([&*text, &*next], &KEY), Mark::Unclear);
    }

    // T-26: three of seven sheets are not read: the count of the sheets tells it, and the papers that nothing came for.
    #[test]
    fn a_sheet_that_was_not_read_is_found_by_counting() {
        let mut whole = Vec::new();
        for (n, component) in [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)] {
            whole.extend([cover(n, component, 1), Mark::Plain]);
        }
        assert_eq!(assign(&whole, None, Some(6), &known()).alarms, []);
        for lost in [2, 4, 8, 10] {
            let mut marks = whole.clone();
            marks[lost] = Mark::Plain;
            let plan = assign(&marks, None, Some(6), &known());
            let Mark::Cover(sheet) = whole[lost] else { panic!("{lost}") };
            let nothing = Alarm::NothingCame { target: Target::of(&sheet), papers: 1 };
            assert_eq!(plan.alarms, [Alarm::Covers { expected: 6, found: 5 }, nothing]);
            assert_eq!(assign(&marks, None, None, &known()).alarms, [nothing], "also where nobody counted the sheets");
        }
    }

    #[test]
    fn a_sheet_that_leads_nowhere_leaves_what_follows_without_a_place() {
        for (sheet, alarm) in [
            (cover(9, 1, 1), Alarm::Unknown { at: 3 }),
            (cover(1, 9, 1), Alarm::Unknown { at: 3 }),
            (cover(3, 1, 1), Alarm::Closed { dossier: dossier(3), at: 3 }),
            (Mark::OtherKey, Alarm::OtherKey { at: 3 }),
            (Mark::Unclear, Alarm::Unclear { at: 3 }),
        ] {
            let plan = assign(&[cover(1, 1, 1), Mark::Plain, sheet, Mark::Plain], None, None, &known());
            assert_eq!(plan.places[1], Place::Page(target(1, 1)));
            assert_eq!(plan.places[2..], [Place::Unassigned; 2]);
            assert!(plan.alarms.contains(&alarm), "{plan:?}");
        }
    }

    #[test]
    fn pages_before_the_first_sheet_go_where_somebody_said_or_nowhere() {
        let marks = [Mark::Plain, Mark::Plain, cover(1, 1, 0), Mark::Plain, cover(1, 1, 0), Mark::Plain];
        let plan = assign(&marks, None, None, &known());
        assert_eq!((plan.unassigned(), plan.alarms[0]), (2, Alarm::BeforeFirst { pages: 2 }));
        assert!(plan.alarms.contains(&Alarm::Twice { target: target(1, 1), at: 5 }));
        let plan = assign(&marks, Some(target(2, 2)), None, &known());
        assert_eq!((plan.unassigned(), plan.places[1]), (0, Place::Page(target(2, 2))));
    }

    // K1: a patch sheet begins what the checklist asks for next; where nothing is left of it, a loose group.
    #[test]
    fn a_patch_sheet_goes_on_in_the_order_of_the_checklist() {
        let marks = [cover(1, 1, 1), Mark::Plain, Mark::Patch, Mark::Plain, Mark::Patch, Mark::Plain, Mark::Plain];
        let mut known = known();
        known.get_mut(&dossier(1)).unwrap().components.get_mut(&2).unwrap().papers = 0;
        let plan = assign(&marks, None, Some(3), &known);
        assert_eq!(
            plan.places[2..4],
            [Place::Cover(target(1, 3)), Place::Page(target(1, 3))],
            "no paper was counted for 2"
        );
        assert_eq!(plan.places[4..], [Place::Sheet, Place::Unassigned, Place::Unassigned]);
        assert_eq!(plan.alarms, [Alarm::Loose { pages: 2 }]);
        known.get_mut(&dossier(1)).unwrap().components.values_mut().for_each(|part| part.papers = 0);
        assert_eq!(assign(&marks, None, None, &known).places[3], Place::Page(target(1, 2)), "where nobody counted");
        let bare = assign(&[Mark::Patch, Mark::Plain], None, None, &known);
        assert_eq!((bare.places[1], bare.alarms), (Place::Unassigned, vec![Alarm::Loose { pages: 1 }]));
        let started = assign(&[Mark::Plain, Mark::Patch, Mark::Plain], Some(target(2, 1)), None, &known);
        assert_eq!(started.places[2], Place::Page(target(2, 2)));
    }

    // T-29: the empty side of a cover sheet goes with it, whichever side was read first; no other page does.
    #[test]
    fn the_empty_side_of_a_sheet_goes_with_it() {
        let blank = [Mark::Blank, cover(1, 1, 1), Mark::Plain, Mark::Blank, Mark::Blank, cover(2, 1, 1), Mark::Plain];
        let mut marks = blank.to_vec();
        find_fronts(&mut marks, 2);
        let places = assign(&marks, None, None, &known()).places;
        let (first, second) = (target(1, 1), target(2, 1));
        assert_eq!(
            places[..5],
            [Place::Cover(first), Place::Cover(first), Place::Page(first), Place::Page(first), Place::Cover(second)]
        );
        let mut marks = blank.to_vec();
        find_fronts(&mut marks, 1);
        assert_eq!(
            assign(&marks, None, None, &known()).places[4],
            Place::Page(first),
            "a page of its own where sides are not known"
        );
        let back = [cover(1, 1, 1), Mark::Blank, Mark::Plain, Mark::Blank, cover(2, 1, 2), Mark::Blank, Mark::Plain];
        let plan = assign(&back, None, None, &known());
        assert_eq!(
            (plan.places[1], plan.places[3], plan.places[5]),
            (Place::Cover(first), Place::Page(first), Place::Cover(second))
        );
        assert!(
            plan.alarms.contains(&Alarm::TooFew { target: second, papers: 2, pages: 1 }),
            "an empty side is no paper"
        );
        assert_eq!(Mark::Plain.seen(true, true), Mark::Patch);
        assert_eq!(cover(1, 1, 1).seen(true, true), cover(1, 1, 1));
    }

    fn mark() -> impl Strategy<Value = Mark> {
        prop_oneof![
            4 => Just(Mark::Plain),
            1 => Just(Mark::Patch),
            2 => Just(Mark::Blank),
            3 => (1..5_u8, 1..5_u16, 0..3_u16).prop_map(|(n, component, papers)| cover(n, component, papers)),
            1 => Just(Mark::OtherKey),
            1 => Just(Mark::Unclear),
        ]
    }

    /// The last sheet at or before each page, looked for anew every time.
    fn slowly(marks: &[Mark], at: usize, start: Option<Target>) -> Option<Target> {
        let (before, mark) = marks[..=at].iter().enumerate().rev().find(|(_, mark)| mark.is_sheet()).unzip();
        match mark {
            None => start,
            Some(Mark::Cover(sheet)) => {
                let target = Target::of(sheet);
                known().get(&target.dossier)?.components.get(&target.component)?;
                known()[&target.dossier].open.then_some(target)
            }
            Some(Mark::Patch) => {
                let here = before?.checked_sub(1).map_or(start, |at| slowly(marks, at, start))?;
                (here.component < 3).then_some(Target { component: here.component + 1, ..here })
            }
            Some(_) => None,
        }
    }

    proptest! {
        #[test]
        fn every_page_follows_the_sheet_before_it(marks in prop::collection::vec(mark(), 0..40), start: bool) {
            let start = start.then(|| target(1, 1));
            let plan = assign(&marks, start, None, &known());
            prop_assert_eq!(plan.places.len(), marks.len());
            for (at, place) in plan.places.iter().enumerate() {
                let with_sheet = at > 0 && marks[at] == Mark::Blank && marks[at - 1].is_sheet();
                let expected = match (slowly(&marks, at, start), marks[at]) {
                    (None, Mark::Patch) => Place::Sheet,
                    (None, Mark::Blank) if with_sheet && marks[at - 1] == Mark::Patch => Place::Sheet,
                    (None, _) => Place::Unassigned,
                    (Some(target), Mark::Blank) if with_sheet => Place::Cover(target),
                    (Some(target), Mark::Plain | Mark::Blank) => Place::Page(target),
                    (Some(target), _) => Place::Cover(target),
                };
                prop_assert_eq!(*place, expected);
            }
            prop_assert!(plan.unassigned() == 0 || !plan.alarms.is_empty(), "told whenever a page has no place");
        }
    }
}
