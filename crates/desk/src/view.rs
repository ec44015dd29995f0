//! What the window and the console see: plain values in the clerk's vocabulary, one place.
//!
//! `cargo test -p desk` writes the TypeScript of these types to `ui/src/bindings`; it is committed.
//! Times are RFC 3339 with the counter's offset, dates `yyyy-mm-dd`, money whole đồng.

use devices::{DeviceKind, Mode, Source};
mod applicant;
mod calendar;
mod care;
mod catalogue;
mod checklist;
mod doctor;
mod due;
mod fees;
mod folder;
mod known;
mod lists;
mod page;
mod papers;
mod reader;
mod stack;
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
pub use doctor::{ScannerFinding, ScannerStep};
use domain::applicant::Sex;
use domain::citizen_card::CardWarning;
use domain::dossier::Obstacle;
use domain::outbox::OutboxState;
use domain::party::PartyWarning;
use domain::procedure::Handling;
use domain::{
    AsideReason, Channel, CommandId, Disposition, DossierId, EventKind, MediaType, PageId, PartyKind, Role, StackId,
    Status,
};
pub use due::{ChangedView, DayView, DueView, StageView, WaitsView};
pub use fees::{
    DossierFee, FeeBookView, FeeItemView, FeePayment, FeeReceiptLineView, FeeReceiptView, FeesView, MethodView,
    NextSerial, ReliefView, SerialBlockView, SerialRun, SetAsideView, ShiftView, TransferCode, VoidView,
};
pub use folder::{FolderView, IncomingView, TrayView};
pub use known::{
    IdentityView, KnownContact, KnownDossier, KnownNames, KnownPaper, KnownPerson, KnownView, PopulationView,
};
pub use lists::{BulkMove, BulkRefused, BulkView, CodeRead, LeftView, ListCounts, TodayView};
pub use page::{PageActionView, PagePlace, PageUndone};
pub use papers::{FormView, FormsView, OfficeForm, PaperOffer, PaperView, PrintView, PrinterView};
pub use reader::{CardOffer, ReaderStatus, ReaderView};
use serde::{Deserialize, Serialize};
pub use stack::{AsideCount, StackChoice, StackView};
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

/// A scanner and what it can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DeviceView {
    /// The id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: DeviceKind,
    /// Paper sources.
    pub sources: Vec<Source>,
    /// Resolutions in dots an inch.
    pub resolutions: Vec<u32>,
    /// Modes.
    pub modes: Vec<Mode>,
}

/// How to scan. What is left out is the device's first choice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct ScanRequest {
    /// The device's id.
    pub device: String,
    /// Where the paper lies.
    pub source: Option<Source>,
    /// Dots an inch.
    pub dpi: Option<u32>,
    /// How it is pictured.
    pub mode: Option<Mode>,
    /// Options of the driver itself, each with its value.
    #[ts(optional, as = "Option<Vec<(String, String)>>")]
    pub extra: Vec<(String, String)>,
    /// The stack that goes on; a new one is begun where it is left out.
    #[ts(optional)]
    pub stack: Option<StackId>,
    /// Pages that the clerk says there are.
    #[ts(optional)]
    pub expected: Option<u32>,
    /// Where its pages go; behind the last page where it is left out.
    #[ts(optional)]
    pub place: Option<PagePlace>,
    /// What becomes of blank pages; they are set aside where it is left out.
    #[serde(default)]
    #[ts(optional)]
    pub blank: Option<domain::BlankPolicy>,
}

/// What is told while pages come in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum PageProgress {
    /// A page is stored, durably.
    Page {
        /// The page.
        page: PageView,
        /// Pages stored so far in this run.
        received: u32,
        /// Pages there will be, if known.
        total: Option<u32>,
    },
    /// A file was refused; the others go on.
    Refused {
        /// Its name.
        name: String,
        /// Why, and what to do.
        error: UserError,
    },
}

/// How a run of pages ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RunEnd {
    /// The feeder is empty, the glass is read, or every file is done.
    #[default]
    Empty,
    /// The clerk stopped it.
    Cancelled,
    /// Paper jam.
    Jam,
    /// The cover is open.
    CoverOpen,
    /// Another fault; `error` says which.
    Fault,
}

/// The account of one run of pages.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RunOutcome {
    /// Sheets the device says it fed, where it says so.
    pub fed: Option<u32>,
    /// Pages received and stored.
    pub received: u32,
    /// Pages kept.
    pub kept: u32,
    /// Files refused.
    pub refused: u32,
    /// Pages set aside by themselves, such as blank ones.
    pub set_aside: u32,
    /// The stack they came in, where they came through a scanner into a dossier.
    pub stack: Option<StackId>,
    /// Of a run that broke off: what counted, and what to do with the sheet that did not.
    pub note: Option<String>,
    /// How it ended.
    pub ended: RunEnd,
    /// What went wrong, if something did. Pages received before stay.
    pub error: Option<UserError>,
}

/// One item of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OutboxItemView {
    /// The command's id.
    pub id: CommandId,
    /// The dossier's id.
    pub dossier: DossierId,
    /// The dossier's code.
    pub code: String,
    /// The applicant's name.
    pub applicant: String,
    /// Where it stands.
    pub state: OutboxState,
    /// Attempts so far.
    pub attempts: u32,
    /// When it is tried again.
    pub next: Option<String>,
    /// What the last attempt met, in words.
    pub reason: Option<String>,
    /// When it was put in.
    pub created_at: String,
    /// When the central system accepted it.
    pub accepted_at: Option<String>,
    /// What the central system takes for the same dossier, until somebody has looked into it.
    pub twins: Vec<TwinView>,
}

/// What is known of the central system.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Link {
    /// Not enrolled: work goes on, nothing is sent.
    #[default]
    NotEnrolled,
    /// Not tried yet.
    Unknown,
    /// The last exchange went through.
    Online,
    /// The last exchange failed.
    Offline,
}

/// The status bar's account of the outbox.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SyncView {
    /// State of the link.
    pub link: Link,
    /// Address of the central system.
    pub central: Option<String>,
    /// Items waiting.
    pub waiting: u32,
    /// Items that need a person.
    pub blocked: u32,
    /// Items accepted since midnight.
    pub accepted_today: u32,
    /// True while something is on the wire.
    pub sending: bool,
    /// When the next item is tried.
    pub next: Option<String>,
    /// What the last failed attempt met, in words.
    pub reason: Option<String>,
    /// Numbers left today in the leased block.
    pub numbers_left: Option<u32>,
}

/// What concerns every screen; sent under one event name, `desk`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum DeskEvent {
    /// The outbox or the link changed.
    Sync {
        /// The new account.
        sync: SyncView,
    },
    /// A dossier changed behind the screen: its sending, its code.
    Dossier {
        /// Which.
        id: DossierId,
    },
    /// Something was found that is not what it was; a person has to look.
    Damaged {
        /// How many files are known to be bad, and one more for a damaged database.
        count: u32,
    },
    /// A sheet that a printer had taken did not come out; it does not count as printed.
    PrintLost {
        /// Which form.
        form: domain::Form,
        /// The printer.
        printer: String,
        /// What the print system said.
        reason: String,
    },
    /// The desk locked itself: nobody had been at it.
    Locked,
    /// A code reader on a serial port read something, which is taken as if it had been typed.
    Read {
        /// The code's text.
        text: String,
    },
    /// The code reader was plugged in or pulled out.
    Reader {
        /// How it is now.
        status: ReaderStatus,
    },
    /// Something came into a watched folder, or went out of it.
    Tray {
        /// Files that can be taken.
        ready: u32,
        /// Files that cannot, or not yet.
        arriving: u32,
    },
    /// Files were dropped on the window; only their names reach the web side.
    Dropped {
        /// Hands the files to `import_dropped` or `cards_dropped`, once.
        drop: u32,
        /// Their names.
        names: Vec<String>,
        /// Where in the window, in thousandths of its width from the left.
        x: i32,
        /// And of its height from the top.
        y: i32,
    },
    /// Files are held over the window, or left it.
    Dragging {
        /// True while they are over it.
        over: bool,
    },
}

use crate::error::UserError;
