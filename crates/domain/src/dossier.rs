//! The dossier: the papers that one applicant hands in for one procedure.

use crate::applicant::ApplicantField;
use crate::checklist::PaperCheck;
use crate::party::RepresentativeField;
use crate::procedure::{Case, ComponentSpec, Handling, Procedure};
use crate::{
    Applicant, Deadline, DossierCode, DossierId, FileHash, Mismatch, PartyKind, Representative, StackId, StaffId,
    Status,
};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a dossier reached the counter (kênh thực hiện, D§9.2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// At the counter (trực tiếp).
    #[default]
    Counter,
    /// Public postal service (bưu chính công ích).
    Post,
    /// Online (trực tuyến).
    Online,
}

/// A dossier (hồ sơ): the papers that one applicant hands in for one procedure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// The id, for ever the same.
    pub id: DossierId,
    /// The code, once it has one.
    pub code: Option<DossierCode>,
    /// True while the code is a provisional one of this station.
    pub provisional: bool,
    /// The cached fold of its events.
    pub status: Status,
    /// How it came.
    pub channel: Channel,
    /// Whose dossier it is, and who hands it in where nobody does it for them.
    pub applicant: Applicant,
    /// Who hands it in for the owner.
    #[serde(default)]
    pub representative: Option<Representative>,
    /// The procedure in the version it was opened under.
    pub procedure: Option<Procedure>,
    /// The chosen case's id.
    pub case: Option<String>,
    /// Its components.
    pub components: Vec<Component>,
    /// A note of the clerk (ghi chú).
    pub note: String,
    /// What was told of what the procedure asks for beside papers (C5).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: crate::asked::Answers,
    /// When it was received; the date the limit counts from.
    pub received_at: Option<DateTime<FixedOffset>>,
    /// When its result is due, with the reason.
    pub deadline: Option<Deadline>,
    /// Who opened it.
    pub opened_by: StaffId,
    /// When it was opened.
    pub opened_at: DateTime<FixedOffset>,
    /// The dossier that its visit began with, where that is another one (lượt; [`crate::visit`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<DossierId>,
    /// What the central system holds of the same person for the same matter (T-48).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub twins: Vec<crate::visit::Twin>,
    /// Why those are other dossiers, once somebody has looked into it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twins_settled: Option<String>,
}

/// One component of a dossier (thành phần hồ sơ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Index within the dossier, from 1.
    pub index: u32,
    /// Name of the paper.
    pub name: String,
    /// Handed in or only shown.
    pub handling: Handling,
    /// Whether the procedure asks for it.
    pub required: bool,
    /// Originals received.
    pub originals: u32,
    /// Plain copies received.
    pub copies: u32,
    /// Certified copies received.
    pub certified: u32,
    /// The digitized PDF and the pages it was made from.
    pub digitized: Option<Digitized>,
    /// What the clerk found on looking at it.
    #[serde(default)]
    pub check: Option<PaperCheck>,
}

/// The one PDF of a component, and what it was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digitized {
    /// The PDF's hash.
    pub file: FileHash,
    /// The PDF's size in bytes.
    pub bytes: u64,
    /// Its number of pages.
    pub pages: u32,
    /// [`crate::dossier::page_list_hash`] of the kept pages in order; another list makes the PDF stale.
    pub made_of: FileHash,
    /// The dossier that every page of it was taken over from; no paper was handed in then (tái sử dụng, D§5.7).
    #[serde(default)]
    pub reused_from: Option<String>,
}

/// What still stands in the way of acceptance, in the order of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Obstacle {
    /// A field of the applicant is empty.
    Applicant {
        /// Which field.
        field: ApplicantField,
    },
    /// A field of who hands in for the owner is empty.
    Representative {
        /// Which field.
        field: RepresentativeField,
    },
    /// No procedure is chosen.
    NoProcedure,
    /// The publication of the chosen case says no time limit, and the office has not set one.
    NoLimit,
    /// A required paper was neither counted nor scanned.
    MissingPaper {
        /// The component's index.
        component: u32,
        /// The component's name.
        name: String,
    },
    /// A required paper, handed in or shown, did not pass (NĐ 61/2018 art 17.1).
    FailedPaper {
        /// The component's index.
        component: u32,
        /// The component's name.
        name: String,
        /// Why.
        reason: String,
    },
    /// A stack was broken off and waits for a person: continue, save or discard (xấp giấy quét dở).
    OpenStack {
        /// The stack.
        stack: StackId,
        /// The component it was scanned into.
        component: u32,
        /// The component's name.
        name: String,
    },
    /// The numbers of a stack do not agree and nobody said why (lệch số tờ; G11).
    Miscount {
        /// The stack.
        stack: StackId,
        /// The component it was scanned into.
        component: u32,
        /// The component's name.
        name: String,
        /// What does not agree.
        mismatch: Mismatch,
    },
}

impl Dossier {
    /// A new draft (hồ sơ nháp).
    #[must_use]
    pub fn draft(id: DossierId, opened_by: StaffId, opened_at: DateTime<FixedOffset>) -> Self {
        Self {
            id,
            code: None,
            provisional: false,
            status: Status::Draft,
            channel: Channel::Counter,
            applicant: Applicant::default(),
            representative: None,
            procedure: None,
            case: None,
            components: Vec::new(),
            note: String::new(),
            answers: BTreeMap::new(),
            received_at: None,
            deadline: None,
            opened_by,
            opened_at,
            visit: None,
            twins: Vec::new(),
            twins_settled: None,
        }
    }

    /// The chosen case of the chosen procedure.
    #[must_use]
    pub fn chosen_case(&self) -> Option<&Case> {
        self.procedure.as_ref()?.case(self.case.as_deref())
    }

    /// Puts the dossier on `procedure`. `case` of `None` is the procedure's default.
    /// Components that already carry pages or counts keep them by index; see `desk::intake` for the pages.
    pub fn choose(&mut self, procedure: Procedure, case: Option<String>) {
        let chosen = procedure.case(case.as_deref()).or(procedure.cases.first());
        self.case = chosen.map(|case| case.id.clone());
        self.components = chosen
            .map(|case| {
                procedure.components_of(case).zip(1..).map(|(spec, index)| Component::of(spec, index)).collect()
            })
            .unwrap_or_default();
        self.procedure = Some(procedure);
    }

    /// A paper that is digitized was handed in: where nobody counted it, it counts as what the procedure asks for, or as
    /// one original, so that the receipt does not certify nought. Done at acceptance; the clerk's own count stands. Of a
    /// paper that was taken over from an earlier dossier no sheet came in, and nought is right.
    pub fn count_scanned(&mut self) {
        let specs = self.procedure.as_ref().map_or(&[][..], |procedure| &procedure.components);
        for component in self.components.iter_mut().filter(|c| c.papers() == 0 && c.scanned_here()) {
            let asked = specs.iter().find(|spec| spec.name == component.name);
            let asked = asked.map_or((0, 0, 0), |spec| (spec.originals, spec.copies, spec.certified));
            (component.originals, component.copies, component.certified) =
                if asked == (0, 0, 0) { (1, 0, 0) } else { asked };
        }
    }

    /// What stands in the way of acceptance. `pages` says how many kept pages the component of an index has.
    #[must_use]
    pub fn obstacles(&self, pages: impl Fn(u32) -> usize) -> Vec<Obstacle> {
        let fields = self.applicant.missing().into_iter().map(|field| Obstacle::Applicant { field });
        let representative = match (&self.representative, self.applicant.kind) {
            (Some(representative), _) => representative.missing(),
            // Somebody of flesh and blood stands at the counter for it.
            (None, PartyKind::Organization) => Representative::default().missing(),
            (None, PartyKind::Person) => Vec::new(),
        };
        let representative = representative.into_iter().map(|field| Obstacle::Representative { field });
        let procedure = self.procedure.is_none().then_some(Obstacle::NoProcedure);
        let limit = self.chosen_case().is_some_and(|case| case.term().is_none()).then_some(Obstacle::NoLimit);
        let paper = |component: &Component| {
            let (index, name) = (component.index, component.name.clone());
            if let Some(reason) = component.failing() {
                let reason = reason.to_owned();
                return Some(Obstacle::FailedPaper { component: index, name, reason });
            }
            let missing = component.handling == Handling::Submit && component.papers() == 0;
            (missing && pages(component.index) == 0).then_some(Obstacle::MissingPaper { component: index, name })
        };
        let papers = self.components.iter().filter(|component| component.required).filter_map(paper);
        fields.chain(representative).chain(procedure).chain(limit).chain(papers).collect()
    }
}

impl Component {
    fn of(spec: &ComponentSpec, index: u32) -> Self {
        Self {
            index,
            name: spec.name.clone(),
            handling: spec.handling,
            required: spec.required,
            originals: 0,
            copies: 0,
            certified: 0,
            digitized: None,
            check: None,
        }
    }

    /// True when some page of it was scanned for this dossier.
    fn scanned_here(&self) -> bool {
        self.digitized.as_ref().is_some_and(|digitized| digitized.reused_from.is_none())
    }

    /// The dossier whose digitized paper stands in for this one, where no sheet was handed in.
    #[must_use]
    pub fn reused_from(&self) -> Option<&str> {
        self.digitized.as_ref().filter(|_| self.papers() == 0)?.reused_from.as_deref()
    }

    /// Sheets counted, of whatever kind.
    #[must_use]
    pub fn papers(&self) -> u32 {
        self.originals + self.copies + self.certified
    }
}

/// Names a list of pages: hash over each file, index and edit in order.
#[must_use]
pub fn page_list_hash<'a>(pages: impl IntoIterator<Item = &'a crate::Page>) -> FileHash {
    let mut bytes = Vec::new();
    for page in pages {
        bytes.extend_from_slice(page.file.as_bytes());
        bytes.extend_from_slice(&page.file_index.to_le_bytes());
        // A page as it came adds nothing, so that lists of before there were edits keep their names.
        if !page.edit.is_plain() {
            bytes.extend_from_slice(format!("{:?}", page.edit).as_bytes());
        }
    }
    FileHash::of(&bytes)
}
