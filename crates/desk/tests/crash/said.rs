//! What the worker says, one line each in one write: what it is about to do, and what the desk told it is kept.

use crate::papers::Paper;
use desk::view::{ApplicantForm, DossierView, PaperCounts};
use desk::{Disposition, PageId, format_time};
use domain::outbox::OutboxState;
use domain::{Channel, Dossier, DossierId, Page, Status};
use serde::{Deserialize, Serialize};
use std::io::Write;

/// A dossier as a person at the desk sees it, less what moves with the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    pub(crate) id: DossierId,
    pub(crate) status: Status,
    pub(crate) code: Option<String>,
    pub(crate) provisional: bool,
    pub(crate) received: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) channel: Channel,
    pub(crate) applicant: ApplicantForm,
    pub(crate) procedure: Option<String>,
    pub(crate) case: Option<String>,
    pub(crate) note: String,
    pub(crate) parts: Vec<Part>,
    pub(crate) sync: Option<OutboxState>,
}

/// One component with its pages, both lists in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    pub(crate) index: u32,
    pub(crate) name: String,
    pub(crate) counts: PaperCounts,
    pub(crate) kept: Vec<PageId>,
    pub(crate) aside: Vec<PageId>,
}

impl Part {
    pub(crate) fn pages(&self) -> impl Iterator<Item = PageId> {
        self.kept.iter().chain(&self.aside).copied()
    }
}

impl Seen {
    /// A draft with nothing in it.
    pub(crate) fn blank(id: DossierId) -> Self {
        Self {
            id,
            status: Status::Draft,
            code: None,
            provisional: false,
            received: None,
            due: None,
            channel: Channel::default(),
            applicant: ApplicantForm::default(),
            procedure: None,
            case: None,
            note: String::new(),
            parts: Vec::new(),
            sync: None,
        }
    }

    /// As the desk shows it.
    pub(crate) fn shown(view: &DossierView) -> Self {
        let pages = |part: &desk::view::ComponentView, disposition| {
            part.pages.iter().filter(|page| page.disposition == disposition).map(|page| page.id).collect()
        };
        let part = |part: &desk::view::ComponentView| Part {
            index: part.index,
            name: part.name.clone(),
            counts: PaperCounts { originals: part.originals, copies: part.copies, certified: part.certified },
            kept: pages(part, Disposition::Kept),
            aside: pages(part, Disposition::SetAside),
        };
        Self {
            id: view.id,
            status: view.status,
            code: view.code.clone(),
            provisional: view.provisional,
            received: view.received_at.clone(),
            // For a draft this is only what it would be now.
            due: view.received_at.as_ref().and(view.due.as_ref()).map(|due| due.due.clone()),
            channel: view.channel,
            applicant: view.applicant.clone(),
            procedure: view.procedure.as_ref().map(|procedure| procedure.code.clone()),
            case: view.case.clone(),
            note: view.note.clone(),
            parts: view.components.iter().map(part).collect(),
            sync: view.sync.as_ref().map(|item| item.state),
        }
    }

    /// As it lies in the store, past the desk.
    pub(crate) fn stored(dossier: &Dossier, pages: &[Page], sync: Option<OutboxState>) -> Self {
        let of = |component: u32, disposition| {
            let pages = pages.iter().filter(|page| page.component == component && page.disposition == disposition);
            pages.map(|page| page.id).collect()
        };
        let part = |part: &domain::Component| Part {
            index: part.index,
            name: part.name.clone(),
            counts: PaperCounts { originals: part.originals, copies: part.copies, certified: part.certified },
            kept: of(part.index, Disposition::Kept),
            aside: of(part.index, Disposition::SetAside),
        };
        let applicant = &dossier.applicant;
        Self {
            id: dossier.id,
            status: dossier.status,
            code: dossier.code.as_ref().map(ToString::to_string),
            provisional: dossier.provisional,
            received: dossier.received_at.map(format_time),
            due: dossier.deadline.as_ref().map(|deadline| format_time(deadline.due)),
            channel: dossier.channel,
            applicant: ApplicantForm {
                kind: applicant.kind,
                tax_code: applicant.tax_code.clone(),
                id_number: applicant.id_number.clone(),
                name: applicant.name.clone(),
                birth_date: applicant.birth_date.map(|date| date.to_string()),
                sex: applicant.sex,
                address: applicant.address.clone(),
                phone: applicant.phone.clone(),
                email: applicant.email.clone(),
            },
            procedure: dossier.procedure.as_ref().map(|procedure| procedure.code.clone()),
            case: dossier.case.clone(),
            note: dossier.note.clone(),
            parts: dossier.components.iter().map(part).collect(),
            sync,
        }
    }

    pub(crate) fn pages(&self) -> impl Iterator<Item = PageId> {
        self.parts.iter().flat_map(Part::pages)
    }
}

/// One use case with what is asked of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Op {
    New,
    Open { id: DossierId },
    Applicant { id: DossierId, form: ApplicantForm },
    Card { id: DossierId, text: String, form: ApplicantForm },
    Procedure { id: DossierId, code: String },
    Papers { id: DossierId, component: u32, counts: PaperCounts },
    Channel { id: DossierId, channel: Channel },
    Note { id: DossierId, note: String },
    Import { id: DossierId, component: u32, papers: Vec<Paper> },
    Scan { id: DossierId, component: u32, papers: Vec<Paper> },
    Aside { id: DossierId, page: PageId, aside: bool },
    Move { id: DossierId, page: PageId, component: u32, before: Option<PageId> },
    Discard { id: DossierId },
    Restore { id: DossierId },
    Accept { id: DossierId },
    Print { id: DossierId },
    Sync,
}

impl Op {
    pub(crate) fn dossier(&self) -> Option<DossierId> {
        match self {
            Self::New | Self::Sync => None,
            Self::Open { id }
            | Self::Applicant { id, .. }
            | Self::Card { id, .. }
            | Self::Procedure { id, .. }
            | Self::Papers { id, .. }
            | Self::Channel { id, .. }
            | Self::Note { id, .. }
            | Self::Import { id, .. }
            | Self::Scan { id, .. }
            | Self::Aside { id, .. }
            | Self::Move { id, .. }
            | Self::Discard { id }
            | Self::Restore { id }
            | Self::Accept { id }
            | Self::Print { id } => Some(*id),
        }
    }

    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::New => Kind::New,
            Self::Open { .. } => Kind::Open,
            Self::Applicant { .. } => Kind::Applicant,
            Self::Card { .. } => Kind::Card,
            Self::Procedure { .. } => Kind::Procedure,
            Self::Papers { .. } => Kind::Papers,
            Self::Channel { .. } => Kind::Channel,
            Self::Note { .. } => Kind::Note,
            Self::Import { .. } => Kind::Import,
            Self::Scan { .. } => Kind::Scan,
            Self::Aside { .. } => Kind::Aside,
            Self::Move { .. } => Kind::Move,
            Self::Discard { .. } | Self::Restore { .. } => Kind::Discard,
            Self::Accept { .. } => Kind::Accept,
            Self::Print { .. } => Kind::Print,
            Self::Sync => Kind::Sync,
        }
    }
}

/// Which use case a fault aims at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Kind {
    New,
    Open,
    Applicant,
    Card,
    Procedure,
    Papers,
    Channel,
    Note,
    Import,
    Scan,
    Aside,
    Move,
    Discard,
    Accept,
    Print,
    Sync,
}

/// One line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Said {
    /// Signed in; these drafts are on the screen of the day.
    Ready { drafts: Vec<DossierId>, calls: u64 },
    /// What was asked for at the start is there, and is this.
    Holds(Seen),
    /// What comes next; until it is done or failed nobody was told anything.
    Try(Op),
    /// A page of the running import or scan is kept.
    Page { id: PageId },
    /// Done; the desk shows the dossier so. `calls`: how many disk calls it took.
    Did { seen: Option<Seen>, calls: u64 },
    /// The desk said no, with this code.
    Failed { code: String },
    /// The desk shows these as accepted by the central system.
    Sent(Vec<DossierId>),
    /// The fault is over and everything works.
    Alive,
    /// Something that must not happen at all.
    Broken(String),
}

/// Begins each line, since the test harness writes lines of its own.
pub(crate) const MARK: u8 = b'@';

/// Says it in one write: a line is either heard whole or not at all.
pub(crate) fn say(said: &Said) {
    let mut line = vec![MARK];
    serde_json::to_writer(&mut line, said).unwrap();
    line.push(b'\n');
    let mut out = std::io::stdout().lock();
    out.write_all(&line).and_then(|()| out.flush()).unwrap();
}
