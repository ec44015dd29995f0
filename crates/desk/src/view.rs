//! What the window and the console see: plain values in the clerk's vocabulary, one place.
//!
//! `cargo test -p desk` writes the TypeScript of these types to `ui/src/bindings`; it is committed.
//! Times are RFC 3339 with the counter's offset, dates `yyyy-mm-dd`, money whole đồng.

mod applicant;
mod calendar;
mod care;
mod catalogue;
mod checklist;
mod citizen;
mod doctor;
mod due;
mod duplex;
mod event;
mod fees;
mod field;
mod folder;
mod known;
mod lists;
mod mixed;
mod page;
mod papers;
mod phone;
mod profile;
mod queue;
mod reader;
mod scan;
mod share;
mod stack;
mod sync;
mod visit;

pub use applicant::{CardAnswer, CardQuestion, RepresentativeForm, RepresentativeView};
pub use calendar::{
    AgencyView, CalendarChangeView, CalendarDayView, CalendarView, CalendarYearView, CorrectedView, MovedDossier,
    MovedView, NewCalendarDay, SessionView,
};
pub use care::{BackupView, CareStep, CareView, CheckView};
pub use catalogue::{
    CatalogueStep, CatalogueTaken, CatalogueView, HandLimitView, KeyView, SilentCase, SilentView, UnreadField,
    UnreadView, VersionView,
};
pub use checklist::{LackingView, PaperCheckView, PaperVerdict};
pub use citizen::{CitizenDossier, CitizenFact, CitizenView};
pub use doctor::{ScannerExamination, ScannerFinding, ScannerStep};
use domain::applicant::Sex;
use domain::citizen_card::CardWarning;
use domain::dossier::Obstacle;
use domain::outbox::OutboxState;
use domain::party::PartyWarning;
use domain::procedure::Handling;
use domain::{
    AsideReason, Channel, Disposition, DossierId, EventKind, MediaType, PageId, PartyKind, Role, StackId, Status,
};
pub use due::{ChangedView, DayView, DueView, StageView, WaitsView};
pub use duplex::{DuplexPass, DuplexView, DuplexWay};
pub use event::DeskEvent;
pub use fees::{
    DossierFee, FeeBookView, FeeItemView, FeePayment, FeeReceiptLineView, FeeReceiptView, FeesView, MethodView,
    NextSerial, ReliefView, SerialBlockView, SerialRun, SetAsideView, ShiftView, TransferCode, VoidView,
};
pub use field::FieldView;
pub use folder::{FolderView, IncomingView, TrayView};
pub use known::{
    IdentityView, KnownContact, KnownDossier, KnownNames, KnownPaper, KnownPerson, KnownView, PopulationView,
};
pub use lists::{BulkMove, BulkRefused, BulkView, CodeRead, LeftView, ListCounts, TodayView};
pub use mixed::{MixedGroup, MixedLeaf, MixedRow, MixedStep, MixedTaken, MixedView};
pub use page::{PageActionView, PagePlace, PageUndone, PaperEdges};
pub use papers::{FormView, FormsView, OfficeForm, PaperOffer, PaperView, PrintView, PrinterView};
pub use phone::{PhoneCode, PhoneProgress, PhoneRequest};
pub use profile::{ComponentProfile, ProfilesView, ScanProfile};
pub use queue::{QueueDay, QueueFigures, QueueView, TicketDossier, TicketTaken, TicketView};
pub use reader::{CardOffer, ReaderStatus, ReaderView};
pub use scan::{DeviceView, PageProgress, RunEnd, RunOutcome, ScanRequest};
use serde::{Deserialize, Serialize};
pub use share::{ShareGuest, ShareStatus, SharedScanner, SharesView};
pub use stack::{AsideCount, StackChoice, StackView};
pub use sync::{Link, OutboxItemView, SyncView};
use ts_rs::TS;
pub use visit::{DuplicatesView, TwinView, VisitAccepted, VisitDossier, VisitLeft, VisitView};

/// The language of messages (ngôn ngữ).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Locale {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// The look (giao diện).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What the sign-in screen and the frame need to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct StationView {
    /// Name of the office.
    pub office: String,
    /// Code of the office.
    pub office_code: String,
    /// Name of the station.
    pub station: String,
    /// True in training mode (chế độ tập huấn).
    pub training: bool,
    /// Who may sign in here.
    pub users: Vec<StaffView>,
    /// Who is signed in.
    pub signed_in: Option<StaffView>,
    /// First part of every picture's address, for as long as this person is at the desk.
    pub pictures: Option<String>,
    /// The chosen language.
    pub locale: Locale,
    /// The chosen look.
    pub theme: Theme,
    /// How large everything is.
    pub zoom: crate::settings::Zoom,
    /// Version of the program.
    pub version: String,
    /// The cut-off hour, `15:00`.
    pub cut_off: String,
    /// In training mode the sample password, so that nobody has to look for it.
    pub training_password: Option<String>,
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct StaffView {
    /// What is typed to sign in.
    pub login: String,
    /// Full name.
    pub name: String,
    /// Role.
    pub role: Role,
}

/// The applicant's fields as the form holds them. Empty text means not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct ApplicantForm {
    /// A person or an organization.
    pub kind: PartyKind,
    /// Tax code of an organization.
    pub tax_code: String,
    /// Identity number.
    pub id_number: String,
    /// Full name.
    pub name: String,
    /// Date of birth, `yyyy-mm-dd`.
    pub birth_date: Option<String>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Electronic mail.
    pub email: String,
}

/// A dossier on the intake screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DossierView {
    /// The id.
    pub id: DossierId,
    /// The queue ticket that it was filled in for.
    pub ticket: Option<TicketView>,
    /// The code, once accepted.
    pub code: Option<String>,
    /// True while the code is provisional.
    pub provisional: bool,
    /// Where it stands.
    pub status: Status,
    /// How it came.
    pub channel: Channel,
    /// Whose dossier it is.
    pub applicant: ApplicantForm,
    /// Who hands it in for the owner.
    pub representative: Option<RepresentativeView>,
    /// What does not fit between the two.
    pub party_warnings: Vec<PartyWarning>,
    /// True when the applicant came off a card's code.
    pub from_card: bool,
    /// What does not fit together on the card or in the number.
    pub warnings: Vec<CardWarning>,
    /// The chosen procedure.
    pub procedure: Option<ProcedureView>,
    /// The chosen case's id.
    pub case: Option<String>,
    /// Its components with their pages.
    pub components: Vec<ComponentView>,
    /// The clerk's note.
    pub note: String,
    /// What the procedure asks for beside papers, and what was told.
    pub fields: Vec<FieldView>,
    /// When it was opened.
    pub opened_at: String,
    /// When it was received.
    pub received_at: Option<String>,
    /// When it is due, or would be if it were accepted now.
    pub due: Option<DueView>,
    /// What stands in the way of acceptance.
    pub obstacles: Vec<Obstacle>,
    /// What the applicant still has to bring or to mend: what the slip says.
    pub lacking: Vec<LackingView>,
    /// The page account: received = kept + set aside.
    pub pages: PageAccount,
    /// The stacks of paper that were scanned into it.
    pub stacks: Vec<StackView>,
    /// Where its sending stands, once accepted.
    pub sync: Option<OutboxItemView>,
    /// What happened to it, oldest first.
    pub history: Vec<EventView>,
    /// What may happen next, by whoever is at the desk.
    pub moves: Vec<MoveView>,
    /// The visit it belongs to, where it did not come alone.
    pub visit: Option<VisitView>,
    /// For a draft: what the same person handed in lately for the same procedure.
    pub duplicates: Vec<DossierRow>,
    /// What the central system takes for the same dossier, until somebody has looked into it.
    pub twins: Vec<TwinView>,
    /// Whether its people were held against the population database; empty for a draft.
    pub identity: Vec<IdentityView>,
}

/// One entry of a dossier's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EventView {
    /// What happened.
    pub step: EventKind,
    /// When, RFC 3339.
    pub at: String,
    /// Name of who did it.
    pub by: String,
    /// Why, or empty.
    pub reason: String,
}

/// One step that may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MoveView {
    /// The step.
    pub step: EventKind,
    /// Whether it asks for a reason.
    pub needs_reason: bool,
}

/// Pages received, kept and set aside; the first is always the sum of the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PageAccount {
    /// Pages received.
    pub received: u32,
    /// Pages kept.
    pub kept: u32,
    /// Pages set aside.
    pub set_aside: u32,
}

/// A procedure, as chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ProcedureView {
    /// National code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Field.
    pub field: String,
    /// Its cases.
    pub cases: Vec<CaseView>,
}

/// One case of a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CaseView {
    /// Id within the procedure.
    pub id: String,
    /// Name, empty where there is only one.
    pub name: String,
    /// Time limit as published.
    pub limit_text: String,
    /// Fee as published.
    pub fee_text: String,
}

/// A procedure found by typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ProcedureHit {
    /// National code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Field.
    pub field: String,
    /// Whether who asks has starred it.
    pub starred: bool,
    /// Whether it was ever chosen here.
    pub used: bool,
}

/// One component with its pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ComponentView {
    /// Index, from 1.
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
    /// Its pages in order, those set aside at the end.
    pub pages: Vec<PageView>,
    /// True when its PDF is made of exactly the kept pages.
    pub digitized: bool,
    /// What was found on looking at it; none while nobody has.
    pub check: Option<PaperCheckView>,
}

/// Papers counted by hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PaperCounts {
    /// Originals.
    pub originals: u32,
    /// Plain copies.
    pub copies: u32,
    /// Certified copies.
    pub certified: u32,
}

/// One page. Its pictures are `page://localhost/KEY/thumb/ID` and `KEY/page/ID`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PageView {
    /// The id.
    pub id: PageId,
    /// Kept or set aside.
    pub disposition: Disposition,
    /// Why it is set aside, where it is.
    pub aside: Option<AsideReason>,
    /// The stack it came in.
    pub stack: Option<StackId>,
    /// Width in pixels (points for PDF).
    pub width: u32,
    /// Height in pixels (points for PDF).
    pub height: u32,
    /// Resolution; 72 for PDF.
    pub dpi: u32,
    /// Kind of the file it is in.
    pub media: MediaType,
    /// True when it was taken over from an earlier dossier.
    pub reused: bool,
    /// The file's or the scanner's name, or the code of the earlier dossier.
    pub source: String,
    /// How it is read: turned, cut.
    pub edit: domain::PageEdit,
    /// What a person should look at.
    pub warnings: Vec<domain::PageWarning>,
}

/// A list to be worked through (danh sách việc).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum WorkList {
    /// Due later today.
    DueToday,
    /// Due before now and not done.
    Overdue,
    /// Waiting for papers or money, or stopped.
    Waiting,
    /// Waiting for papers.
    Supplement,
    /// Waiting for money, or stopped.
    Paused,
    /// Received today.
    Received,
    /// Perhaps received at another station too.
    Twins,
    /// With a result to be handed over.
    Done,
    /// Not accepted by the central system yet.
    Unsent,
    /// With somebody who was not held against the population database.
    Unchecked,
}

/// One line of a list of dossiers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DossierRow {
    /// The id.
    pub id: DossierId,
    /// The code, or none for a draft.
    pub code: Option<String>,
    /// True while the code is provisional.
    pub provisional: bool,
    /// The applicant's name.
    pub applicant: String,
    /// Name of the procedure.
    pub procedure: String,
    /// Where it stands.
    pub state: Status,
    /// When it was received, or opened for a draft.
    pub at: String,
    /// When it is due.
    pub due: Option<String>,
    /// How much time is left, while somebody works on it and it is not far off.
    pub left: Option<LeftView>,
    /// Where its sending stands.
    pub sync: Option<OutboxState>,
    /// Code of what the central system takes for the same dossier, until somebody has looked into it.
    pub twin: Option<String>,
    /// True while somebody of it was not held against the population database.
    pub unchecked: bool,
}

/// Dossiers found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SearchView {
    /// What was found, newest first.
    pub hits: Vec<DossierRow>,
    /// How long it took, in milliseconds.
    pub ms: f64,
}
