//! Which sheets a dossier has as it stands, for the menu of the window.

use super::dossier::Loaded;
use crate::fault::Error;
use crate::station::Desk;
use crate::view::PaperOffer;
use domain::form::form_of;
use domain::{DossierId, EventKind, Form, Right};

impl Desk {
    /// The sheets that can be made of a dossier now, the one that belongs to its last step first.
    ///
    /// # Errors
    /// When the role may not print.
    pub fn papers_of(&self, dossier: DossierId) -> Result<Vec<PaperOffer>, Error> {
        self.require(Right::Print)?;
        let about = dossier.to_string();
        let loaded = self.loaded(&about)?;
        let mut forms = forms(&loaded);
        if loaded.dossier.code.is_none() && !self.lacking_now(&loaded.dossier)?.is_empty() {
            forms.push(Form::Supplement);
        }
        if self.make_visit_receipt(&about, self.now()).is_ok() {
            let after = forms.iter().position(|form| *form == Form::Receipt).map_or(0, |at| at + 1);
            forms.insert(after, Form::VisitReceipt);
        }
        if self.make_fee_receipt(&about, self.now()).is_ok() {
            forms.push(Form::FeeReceipt);
        }
        // As long as papers may still come in.
        if loaded.dossier.can_be_checked() && self.make_covers(&about, self.now()).is_ok() {
            forms.push(Form::CoverSheet);
        }
        let now = self.now();
        let mut offers = Vec::new();
        for form in forms {
            let made = self.make(form, &about, now)?;
            let prints = self.store()?.read(|r| r.count_prints(&made.key))?;
            offers.push(PaperOffer { form, about: about.clone(), title: made.title(), prints });
        }
        Ok(offers)
    }
}

fn forms(loaded: &Loaded) -> Vec<Form> {
    let happened = |form: Form| loaded.last(|kind| form_of(kind) == Some(form)).is_some();
    let received = loaded.dossier.code.is_some();
    let done = loaded.last(|kind| kind == EventKind::Done).is_some();
    let all = [
        (Form::Receipt, received),
        (Form::Supplement, happened(Form::Supplement)),
        (Form::Refusal, happened(Form::Refusal)),
        (Form::Stop, happened(Form::Stop)),
        (Form::Apology, loaded.put_off().is_some()),
        (Form::ResultReceipt, received && done),
        (Form::Control, received),
        (Form::History, received),
        (Form::DueExplanation, received),
    ];
    let mut forms: Vec<Form> = all.into_iter().filter(|(_, there)| *there).map(|(form, _)| form).collect();
    let latest = loaded.last(|_| true).and_then(|event| match event.kind {
        EventKind::Done | EventKind::Returned => Some(Form::ResultReceipt),
        EventKind::Appointed => Some(Form::Apology),
        EventKind::Registered
        | EventKind::Received
        | EventKind::Refused
        | EventKind::Processing
        | EventKind::SupplementAsked
        | EventKind::FinanceAsked
        | EventKind::Stopped
        | EventKind::Withdrawn
        | EventKind::Discarded
        | EventKind::Restored
        | EventKind::Undone
        | EventKind::Corrected => form_of(event.kind),
    });
    // Stable: the rest keeps its order.
    forms.sort_by_key(|form| Some(*form) != latest);
    forms
}
