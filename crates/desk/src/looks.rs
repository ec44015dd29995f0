//! What looking at a page means for a run: blank pages are set aside where they can be seen, repeats and bad scans are told
//! while the citizen is there. Nothing is dropped (T-04, T-14, T-15, H7).

use crate::pages::Examined;
use domain::{AsideReason, BlankPolicy, PageFound, PageWarning, Sides};
use imaging::Looks;

/// The least dots an inch that a scan should have (H7).
const LEAST_DPI: u32 = 200;
/// How far a page may lean, in tenths of a degree, before it is told.
const MOST_SKEW: u16 = 50;
/// How many pages back a repeat is looked for: the other side of a sheet lies between.
const BACK: usize = 2;

/// Watches the pages of one run go by.
pub(crate) struct Watch {
    blank: BlankPolicy,
    /// Whether the pages come out of a feeder, one after another.
    fed: bool,
    before: Vec<Looks>,
    sides: Vec<Sides>,
}

impl Watch {
    /// For a run of the scanner.
    pub(crate) fn scan(blank: BlankPolicy) -> Self {
        Self { blank, fed: true, before: Vec::new(), sides: Vec::new() }
    }

    /// For files that a person chose: each of them counts.
    pub(crate) fn files() -> Self {
        Self { fed: false, ..Self::scan(BlankPolicy::Keep) }
    }

    /// Says of each page of `examined` what was found, and whether it is set aside.
    pub(crate) fn judge(&mut self, examined: &mut Examined) {
        for page in &mut examined.pages {
            let Some(looks) = page.looks.take() else { continue };
            let sides = Sides::of(page.width, page.height, page.dpi);
            page.found = self.found(&looks, page.dpi, sides);
            if page.photo && page.edit.flat.is_none() {
                page.found.warnings.push(PageWarning::NoEdges);
            }
            page.aside = (looks.is_blank() && self.blank == BlankPolicy::Aside).then_some(AsideReason::Blank);
            self.before.insert(0, looks);
            self.before.truncate(BACK);
            self.sides.push(sides);
        }
    }

    fn found(&self, looks: &Looks, dpi: u32, sides: Sides) -> PageFound {
        let repeated = || self.before.iter().any(|before| looks.repeats(before));
        let told = [
            (PageWarning::Blank, looks.is_blank() && self.blank == BlankPolicy::Ask),
            (PageWarning::Repeated, self.fed && repeated()),
            (PageWarning::Long, self.fed && sides.is_long(&self.sides)),
            (PageWarning::Blurred, looks.blurred),
            (PageWarning::LowDpi, dpi < LEAST_DPI),
            (PageWarning::Cut, looks.cut),
            (PageWarning::Dark, looks.dark),
            (PageWarning::Skewed, looks.skew.is_some_and(|tenths| tenths.unsigned_abs() > MOST_SKEW)),
        ];
        let warnings = told.into_iter().filter(|(_, is)| *is).map(|(warning, _)| warning).collect();
        PageFound { ink: Some(looks.ink), likeness: Some(looks.likeness), warnings }
    }
}
