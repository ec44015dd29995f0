//! The checklist (kiểm tra thành phần hồ sơ, A6): each paper passed or failed, with a reason out of the station's bank.
//!
//! A draft is checked by whoever takes it in; what was received, by whoever handles it. The bank keeps count of what is
//! used, so that the reason wanted is among the first.

use crate::fault::Error;
use crate::station::Desk;
use crate::view::{DossierView, LackingView, PaperCheckView, PaperVerdict};
use domain::fold::{fold, tidy};
use domain::{Dossier, DossierId, Page, PaperCheck, Right, StaffId, Status, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Reader, Writer};

const BANK: &str = "paper_reasons";

/// Letters that a reason may have, and reasons that a bank may have.
const LONGEST: usize = 500;
const MOST: usize = 200;

/// A reason in the bank, and how often it was given here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    text: String,
    uses: u32,
}

impl Desk {
    /// Keeps what was found on looking at papers, all of it or nothing. With `remember` new reasons go into the bank.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`] for a paper that failed without one; [`Error::ComponentNotFound`];
    /// [`Error::DossierClosed`] where nothing is looked at any more; when the role may not.
    pub fn check_papers(&self, id: DossierId, verdicts: &[PaperVerdict], remember: bool) -> Result<DossierView, Error> {
        let (intake, handle) = (self.require(Right::Intake), self.require(Right::Handle));
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            let mut dossier = tx.reader().dossier(id)?.ok_or(Error::DossierNotFound)?;
            if !dossier.can_be_checked() {
                return Err(Error::DossierClosed);
            }
            let staff = if dossier.status == Status::Draft { intake? } else { handle? };
            let before = dossier.clone();
            let mut given = Vec::new();
            for wanted in verdicts {
                let component = dossier.components.iter_mut().find(|one| one.index == wanted.component);
                let component = component.ok_or(Error::ComponentNotFound)?;
                let reason = match wanted.verdict {
                    Some(Verdict::Failed) => tidy(&wanted.reason).chars().take(LONGEST).collect(),
                    Some(Verdict::Passed) | None => String::new(),
                };
                if wanted.verdict == Some(Verdict::Failed) && reason.is_empty() {
                    return Err(Error::ReasonMissing);
                }
                let same = component
                    .check
                    .as_ref()
                    .is_some_and(|kept| wanted.verdict == Some(kept.verdict) && kept.reason == reason);
                if same {
                    continue;
                }
                given.extend(parts(&reason).map(str::to_owned));
                component.check = wanted.verdict.map(|verdict| PaperCheck { verdict, reason, at: now, by: staff.id });
            }
            if dossier != before {
                tx.put_dossier(&dossier)?;
                tx.log(now, Some(staff.id), "dossier.check", &id.to_string())?;
                count(tx, &given, remember)?;
            }
            Ok(())
        })?;
        self.dossier_view(id)
    }

    /// The bank of reasons, the most used first.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn paper_reasons(&self) -> Result<Vec<String>, Error> {
        self.require(Right::Read)?;
        let mut known = self.store()?.read(bank)?;
        known.sort_by_key(|one| std::cmp::Reverse(one.uses));
        Ok(known.into_iter().map(|one| one.text).collect())
    }

    /// Puts these reasons in place of the bank; what stays keeps its count. Nothing at all brings the first ones back.
    ///
    /// # Errors
    /// When the role may not.
    pub fn set_paper_reasons(&self, reasons: &[String]) -> Result<Vec<String>, Error> {
        let staff = self.require(Right::Administer)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            let before = bank(&tx.reader())?;
            let mut fresh: Vec<Known> = Vec::new();
            for reason in reasons {
                let text = one_reason(reason);
                if text.is_empty() || find(&mut fresh, &text).is_some() || fresh.len() == MOST {
                    continue;
                }
                let uses = before.iter().find(|one| fold(&one.text) == fold(&text)).map_or(0, |one| one.uses);
                fresh.push(Known { text, uses });
            }
            tx.set(BANK, &fresh)?;
            tx.log(now, Some(staff.id), "settings.paper_reasons", &fresh.len().to_string())?;
            Ok(())
        })?;
        self.paper_reasons()
    }
}

impl Desk {
    /// All that a draft lacks as it stands; nothing of what was refused or thrown away.
    pub(crate) fn lacking_now(&self, dossier: &Dossier) -> Result<Vec<domain::Lacking>, Error> {
        if !dossier.can_be_checked() {
            return Ok(Vec::new());
        }
        let pages = self.store()?.read(|r| r.pages(dossier.id))?;
        Ok(dossier.lacking(|component| crate::digitize::kept(&pages, component).count()))
    }
}

/// What the applicant still has to bring or to mend.
pub(crate) fn lacking(dossier: &Dossier, pages: &[Page]) -> Vec<LackingView> {
    let kept = |component| crate::digitize::kept(pages, component).count();
    let view = |one: domain::Lacking| LackingView { component: one.component, name: one.name, reason: one.reason };
    dossier.lacking(kept).into_iter().map(view).collect()
}

/// The reason of a supplement that nobody wrote one for: all that failed.
pub(crate) fn reason_of(reader: &Reader<'_>, dossier: &Dossier) -> Result<String, Error> {
    let pages = reader.pages(dossier.id)?;
    let lacking = dossier.lacking(|component| crate::digitize::kept(&pages, component).count());
    Ok(lacking.iter().map(domain::Lacking::entry).collect::<Vec<_>>().join("; "))
}

/// The names of those who looked at the papers.
pub(crate) fn names(reader: &Reader<'_>, dossier: &Dossier) -> Result<BTreeMap<StaffId, String>, Error> {
    let mut names = BTreeMap::new();
    for check in dossier.components.iter().filter_map(|component| component.check.as_ref()) {
        if let std::collections::btree_map::Entry::Vacant(entry) = names.entry(check.by) {
            entry.insert(reader.staff(check.by)?.map(|staff| staff.name).unwrap_or_default());
        }
    }
    Ok(names)
}

/// A verdict as it is shown.
pub(crate) fn shown(check: &PaperCheck, at: String, names: &BTreeMap<StaffId, String>) -> PaperCheckView {
    let by = names.get(&check.by).cloned().unwrap_or_default();
    PaperCheckView { verdict: check.verdict, reason: check.reason.clone(), at, by }
}

/// A reason may be made of several of the bank.
fn parts(reason: &str) -> impl Iterator<Item = &str> {
    reason.split(';').map(str::trim).filter(|part| !part.is_empty())
}

fn one_reason(text: &str) -> String {
    tidy(text).replace(';', ",").chars().take(LONGEST).collect()
}

fn find<'a>(bank: &'a mut [Known], text: &str) -> Option<&'a mut Known> {
    let text = fold(text);
    bank.iter_mut().find(|one| fold(&one.text) == text)
}

fn count(tx: &Writer<'_>, given: &[String], remember: bool) -> Result<(), Error> {
    if given.is_empty() {
        return Ok(());
    }
    let mut bank = bank(&tx.reader())?;
    for reason in given {
        if let Some(known) = find(&mut bank, reason) {
            known.uses = known.uses.saturating_add(1);
        } else if remember && bank.len() < MOST {
            bank.push(Known { text: one_reason(reason), uses: 1 });
        }
    }
    tx.set(BANK, &bank)?;
    Ok(())
}

/// The bank as it is kept, or the one a station begins with.
fn bank(reader: &Reader<'_>) -> Result<Vec<Known>, Error> {
    let kept: Vec<Known> = reader.setting(BANK)?.unwrap_or_default();
    if !kept.is_empty() {
        return Ok(kept);
    }
    let first: Vec<String> = serde_json::from_str(include_str!("../../../assets/paper-reasons.json"))
        .map_err(|error| Error::Internal(format!("paper-reasons.json: {error}")))?;
    Ok(first.into_iter().map(|text| Known { text, uses: 0 }).collect())
}
