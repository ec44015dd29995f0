//! Everything that can go wrong in a use case, typed; and what of it the person is told.
//!
//! Matches here have no wildcard: a new fault of a lower crate does not compile until somebody has decided
//! which sentence it gets.

use crate::error::{ErrorCode, UserError};
use crate::sentences;
use crate::view::Locale;
use devices::{PrintError, ScanError, ViewError};
use domain::calendar::BadCalendar;
use domain::citizen_card::UnreadableCard;
use domain::deadline::{BadAppointment, NoDeadline};
use domain::dossier::Obstacle;
use domain::fee_receipt::BookRefusal;
use domain::receipt::NotAccepted;
use domain::status::Illegal;
use pdf::FormError;
use pdf::archive::ComposeError;
use pdf::read::PdfRefusal;
use std::path::{Path, PathBuf};

/// Why a use case did not go through.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store.
    #[error("store")]
    Store(#[from] store::Error),
    /// A scanner.
    #[error("scanner")]
    Scan(#[from] ScanError),
    /// No link for a phone.
    #[error("phone")]
    Phone(#[from] devices::phone::PhoneError),
    /// A printer.
    #[error("printer")]
    Print(#[from] PrintError),
    /// The PDF viewer.
    #[error("viewer")]
    View(#[from] ViewError),
    /// A picture was refused.
    #[error("picture")]
    Picture(#[from] imaging::Refusal),
    /// A PDF was refused.
    #[error("pdf")]
    Pdf(#[from] PdfRefusal),
    /// A component's PDF could not be put together.
    #[error("archive")]
    Compose(#[from] ComposeError),
    /// A form could not be drawn.
    #[error("form")]
    Form(#[from] FormError),
    /// The central system.
    #[error("central")]
    Central(#[from] courier::Error),
    /// A file of the person's could not be read or written.
    #[error("{path}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file is larger than the program reads.
    #[error("{megabytes} MB")]
    FileTooHeavy {
        /// Its size.
        megabytes: u64,
    },
    /// A file of an intake was refused.
    #[error("refused: {}", error.message)]
    FileRefused {
        /// Its name.
        name: String,
        /// Why.
        error: Box<UserError>,
    },
    /// A photograph on which paper has too few dots an inch.
    #[error("{dpi} dots an inch")]
    PhotoCoarse {
        /// How many it has.
        dpi: u32,
    },
    /// Not a whole identity card code.
    #[error(transparent)]
    UnreadableCard(#[from] UnreadableCard),
    /// No card's code on a picture.
    #[error("no card on the picture")]
    NoCardCode,
    /// Something of a mixed stack is doubtful, and nobody said why it is right.
    #[error("the split is doubtful")]
    SplitDoubtful,
    /// Pages of a mixed stack were not looked at yet.
    #[error("pages were not looked at")]
    SplitUnread,
    /// The two passes of a manual duplex have different numbers of pages.
    #[error("fronts and backs do not agree")]
    DuplexUneven,
    /// The status does not allow it.
    #[error(transparent)]
    Illegal(#[from] Illegal),
    /// The calendar offers no date.
    #[error(transparent)]
    NoDeadline(#[from] NoDeadline),
    /// The calendar file does not read.
    #[error(transparent)]
    BadCalendar(#[from] BadCalendar),
    /// The dossier is not accepted yet.
    #[error(transparent)]
    NotAccepted(#[from] NotAccepted),
    /// The table of rights cannot be used.
    #[error(transparent)]
    BadRights(#[from] domain::BadRights),
    /// No such member of staff.
    #[error("no such member of staff")]
    StaffNotFound,
    /// The login is another's.
    #[error("the login is taken")]
    LoginTaken,
    /// The password is too short.
    #[error("the password is too short")]
    WeakPassword,
    /// The last one who may administer would be gone.
    #[error("the last administrator")]
    LastAdministrator,
    /// Only a training station takes made-up dossiers.
    #[error("not a training station")]
    NotTraining,
    /// The bytes left this machine after the central system had proven that it holds them.
    #[error("purged")]
    Purged,
    /// The paper is another's, or its owner has not agreed that it is used again.
    #[error("not offered")]
    NotOffered,
    /// No days are set after which bytes may go.
    #[error("no retention set")]
    NoRetention,
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The role lacks the right.
    #[error("not allowed")]
    NotAllowed,
    /// Too many wrong passwords.
    #[error("throttled for {seconds} s")]
    Throttled {
        /// Seconds to wait.
        seconds: i64,
    },
    /// No such dossier.
    #[error("no such dossier")]
    DossierNotFound,
    /// The dossier is no draft any more.
    #[error("the dossier is closed")]
    DossierClosed,
    /// Something is missing for acceptance.
    #[error("not ready: {0:?}")]
    NotReady(Vec<Obstacle>),
    /// The same person handed in the same lately; by code.
    #[error("handed in lately already")]
    Duplicate(Vec<String>),
    /// This step asks for a reason.
    #[error("no reason given")]
    ReasonMissing,
    /// The form says nothing about this dossier or these days.
    #[error("nothing to print")]
    NothingToPrint,
    /// The book of fee receipts refuses.
    #[error(transparent)]
    Book(#[from] BookRefusal),
    /// No such fee receipt.
    #[error("no such fee receipt")]
    ReceiptNotFound,
    /// The receipt is one of a printed book.
    #[error("the receipt is written by hand")]
    ReceiptByHand,
    /// The amount is not known yet; of which dossiers.
    #[error("the fee is open")]
    FeeUnknown(String),
    /// Everything is paid, or nothing is to be paid.
    #[error("nothing is due")]
    NothingDue,
    /// The screen showed another amount than is due now.
    #[error("the fee is {0} now")]
    FeeChanged(String),
    /// Money was taken for the draft.
    #[error("money was taken for it")]
    FeePaid,
    /// The agency's account is not set.
    #[error("no account")]
    NoAccount,
    /// The fee table cannot be used.
    #[error("fee table: {0}")]
    BadFeeTable(String),
    /// No such shift, or none is open.
    #[error("no such shift")]
    NoShift,
    /// The drawer is short or over, and nobody said why.
    #[error("the drawer differs by {0}")]
    ShiftDifference(String),
    /// No such component.
    #[error("no such component")]
    ComponentNotFound,
    /// No such stack of paper, or it is discarded.
    #[error("no such stack")]
    StackNotFound,
    /// What was typed or read is no number of today's queue.
    #[error("no queue number of today")]
    BadTicket,
    /// No such number in today's queue.
    #[error("no such ticket")]
    TicketNotFound,
    /// The ticket was served already, or another clerk serves it.
    #[error("the ticket cannot do this where it stands")]
    TicketState,
    /// No such page.
    #[error("no such page")]
    PageNotFound,
    /// No action on pages is left to take back or to do again.
    #[error("nothing to undo")]
    NothingToUndo,
    /// What is to be taken back was changed in another way since.
    #[error("the pages changed since")]
    UndoUnfit,
    /// No such procedure.
    #[error("no such procedure")]
    ProcedureNotFound,
    /// No such case.
    #[error("no such case")]
    CaseNotFound,
    /// The catalogue file does not read.
    #[error("catalogue: {0}")]
    BadCatalogue(String),
    /// The catalogue file is larger than any catalogue.
    #[error("the catalogue is too large")]
    CatalogueTooLarge,
    /// A package of procedures that is none, or was changed.
    #[error(transparent)]
    Package(#[from] domain::package::BadPackage),
    /// The package is signed with a key that is not trusted here.
    #[error("unknown key {0}")]
    PackageKeyUnknown(String),
    /// The package is no newer than the one taken before.
    #[error("package {serial}, has {has}")]
    PackageOld {
        /// Its number.
        serial: u32,
        /// The number of the one that was taken.
        has: u32,
    },
    /// The package changes one that was not taken last.
    #[error("needs package {needs}, has {has:?}")]
    PackageBase {
        /// The number it changes; 0 for none.
        needs: u32,
        /// The number of the one that was taken, if any.
        has: Option<u32>,
    },
    /// The publication names the limit itself.
    #[error("the limit is published")]
    LimitPublished,
    /// The day is so already.
    #[error("the day is so already")]
    CalendarSame,
    /// No such change of the calendar stands.
    #[error("no such change of the calendar")]
    CalendarChangeNotFound,
    /// Nothing can be appointed for that time.
    #[error(transparent)]
    BadAppointment(#[from] BadAppointment),
    /// A field's text does not fit.
    #[error("field {0}")]
    BadInput(&'static str),
    /// The file left its folder, or is not whole.
    #[error("the file is not ready")]
    IncomingNotReady,
    /// A folder that cannot be watched: the station's own, or one too many.
    #[error("folder cannot be watched")]
    FolderUnfit,
    /// A watched folder that cannot be read now.
    #[error("a watched folder cannot be read")]
    FolderAway,
    /// Another counter scans by the scanner that is lent; from where.
    #[error("the scanner is lent to {0}")]
    ScannerLent(std::net::IpAddr),
    /// Nothing can be lent.
    #[error("share")]
    Share(#[from] devices::escl::share::ShareError),
    /// A run of pages is under way.
    #[error("a scan is running")]
    ScanRunning,
    /// A check or a backup is under way.
    #[error("a check or a backup is running")]
    CareRunning,
    /// No folder was chosen to back up to.
    #[error("no backup folder")]
    NoBackupFolder,
    /// The station is not enrolled.
    #[error("not enrolled")]
    NotEnrolled,
    /// A fault of the program.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    pub(crate) fn file(path: &Path, source: std::io::Error) -> Self {
        Self::File { path: path.to_owned(), source }
    }

    /// The stable code, and the word or number that belongs in its sentence.
    #[must_use]
    pub fn code(&self) -> (ErrorCode, Option<String>) {
        use ErrorCode as C;
        match self {
            Self::Store(error) => store_code(error),
            Self::Scan(error) => scan_code(error),
            Self::Phone(_) => (C::PhoneUnreachable, None),
            Self::Print(error) => print_code(error),
            Self::View(ViewError::NotAPdf { .. } | ViewError::NoViewer { .. }) => (C::ViewerMissing, None),
            Self::Picture(refusal) => picture_code(refusal),
            Self::Pdf(refusal) => pdf_code(refusal),
            Self::Compose(_) | Self::Form(_) => (C::FormFailed, None),
            Self::Central(error) => central_code(error),
            Self::File { path, source } => file_code(path, source),
            Self::FileTooHeavy { megabytes } => (C::FileTooHeavy, Some(megabytes.to_string())),
            Self::FileRefused { error, .. } => (error.code, None),
            Self::UnreadableCard(_) => (C::UnreadableId, None),
            Self::PhotoCoarse { dpi } => (C::PhotoCoarse, Some(dpi.to_string())),
            Self::NoCardCode => (C::NoCardCode, None),
            Self::SplitDoubtful => (C::SplitDoubtful, None),
            Self::SplitUnread => (C::SplitUnread, None),
            Self::DuplexUneven => (C::DuplexUneven, None),
            Self::Illegal(_) => (C::DossierState, None),
            Self::NoDeadline(_) | Self::BadCalendar(BadCalendar::NoWork) => (C::BadCalendar, None),
            Self::BadCalendar(error) => (C::BadCalendarFile, Some(error.place())),
            Self::CalendarSame => (C::CalendarSame, None),
            Self::CalendarChangeNotFound => (C::CalendarChangeNotFound, None),
            Self::BadAppointment(BadAppointment::Past | BadAppointment::TooFar) => (C::AppointmentTime, None),
            Self::BadAppointment(BadAppointment::Closed) => (C::AppointmentClosed, None),
            Self::BadAppointment(BadAppointment::Same) => (C::AppointmentSame, None),
            Self::NotAccepted(_) => (C::DossierState, None),
            Self::BadRights(_) => (C::BadRights, None),
            Self::StaffNotFound => (C::StaffNotFound, None),
            Self::LoginTaken => (C::LoginTaken, None),
            Self::WeakPassword => (C::WeakPassword, Some(crate::staff::SHORTEST_PASSWORD.to_string())),
            Self::LastAdministrator => (C::LastAdministrator, None),
            Self::NotTraining => (C::NotTraining, None),
            Self::Purged => (C::Purged, None),
            Self::NotOffered => (C::NotOffered, None),
            Self::NoRetention => (C::NoRetention, None),
            Self::NotSignedIn => (C::NotSignedIn, None),
            Self::NotAllowed => (C::NotAllowed, None),
            Self::Throttled { seconds } => (C::SignInThrottled, Some(seconds.to_string())),
            Self::DossierNotFound => (C::DossierNotFound, None),
            Self::DossierClosed => (C::DossierClosed, None),
            Self::NotReady(_) => (C::NotReady, None),
            Self::Duplicate(codes) => (C::DuplicateDossier, Some(codes.join(", "))),
            Self::ReasonMissing => (C::ReasonMissing, None),
            Self::NothingToPrint => (C::NothingToPrint, None),
            Self::Book(refusal) => book_code(refusal),
            Self::ReceiptNotFound => (C::ReceiptNotFound, None),
            Self::ReceiptByHand => (C::ReceiptByHand, None),
            Self::FeeUnknown(names) => (C::FeeUnknown, Some(names.clone())),
            Self::NothingDue => (C::NothingDue, None),
            Self::FeeChanged(amount) => (C::FeeChanged, Some(amount.clone())),
            Self::FeePaid => (C::FeePaid, None),
            Self::NoAccount => (C::NoAccount, None),
            Self::BadFeeTable(why) => (C::BadFeeTable, Some(why.clone())),
            Self::NoShift => (C::NoShift, None),
            Self::ShiftDifference(amount) => (C::ShiftDifference, Some(amount.clone())),
            Self::ComponentNotFound => (C::ComponentNotFound, None),
            Self::StackNotFound => (C::StackNotFound, None),
            Self::BadTicket => (C::BadTicket, None),
            Self::TicketNotFound => (C::TicketNotFound, None),
            Self::TicketState => (C::TicketState, None),
            Self::PageNotFound => (C::PageNotFound, None),
            Self::NothingToUndo => (C::NothingToUndo, None),
            Self::UndoUnfit => (C::UndoUnfit, None),
            Self::ProcedureNotFound => (C::ProcedureNotFound, None),
            Self::CaseNotFound => (C::CaseNotFound, None),
            Self::BadCatalogue(_) => (C::BadCatalogue, None),
            Self::CatalogueTooLarge => (C::CatalogueTooLarge, None),
            Self::Package(bad) => (package_code(bad), None),
            Self::PackageKeyUnknown(key) => (C::PackageKeyUnknown, Some(key.clone())),
            Self::PackageOld { serial, has } => (C::PackageOld, Some(format!("{serial} ≤ {has}"))),
            Self::PackageBase { needs, has } => {
                let has = has.map_or_else(|| "–".to_owned(), |has| has.to_string());
                (C::PackageBase, Some(format!("{needs} ≠ {has}")))
            }
            Self::LimitPublished => (C::LimitPublished, None),
            Self::BadInput(field) => (C::BadInput, Some((*field).to_owned())),
            Self::IncomingNotReady => (C::IncomingNotReady, None),
            Self::FolderUnfit => (C::FolderUnfit, None),
            Self::FolderAway => (C::FolderAway, None),
            Self::ScannerLent(peer) => (C::ScannerLent, Some(peer.to_string())),
            Self::Share(_) => (C::ShareFailed, None),
            Self::ScanRunning => (C::ScanRunning, None),
            Self::CareRunning => (C::CareRunning, None),
            Self::NoBackupFolder => (C::NoBackupFolder, None),
            Self::NotEnrolled => (C::NotEnrolled, None),
            Self::Internal(_) => (C::Internal, None),
        }
    }

    /// What the person is told, in `locale`. The log gets the whole chain under the same reference.
    #[must_use]
    pub fn for_person(&self, locale: Locale) -> UserError {
        let (code, detail) = self.code();
        let (message, hint) = match self {
            Self::NotReady(obstacles) => sentences::not_ready(obstacles, locale),
            Self::FileRefused { name, error } => (format!("{name}: {}", error.message), error.hint.clone()),
            _ => sentences::sentence(code, detail.as_deref(), locale),
        };
        let reference = format!("{:08x}", getrandom::u32().unwrap_or_default());
        let mut chain = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(next) = cause {
            chain = format!("{chain}: {next}");
            cause = next.source();
        }
        match self {
            // An obstacle names papers and a path may name a citizen: the kind alone is logged (T-58).
            Self::NotReady(_) | Self::File { .. } | Self::FileRefused { .. } | Self::BadFeeTable(_) => {
                tracing::info!(%reference, ?code, "told the person");
            }
            _ => tracing::info!(%reference, ?code, chain, "told the person"),
        }
        UserError { code, message, hint, reference }
    }
}

fn package_code(bad: &domain::package::BadPackage) -> ErrorCode {
    use domain::package::BadPackage as B;
    match bad {
        B::Signature => ErrorCode::PackageForged,
        B::Head | B::Content(_) | B::Procedure { .. } => ErrorCode::BadCatalogue,
        B::Count => ErrorCode::CatalogueTooLarge,
    }
}

fn store_code(error: &store::Error) -> (ErrorCode, Option<String>) {
    use store::Error as E;
    let code = match error {
        E::InUse(_) => ErrorCode::DataInUse,
        E::Missing(_) => ErrorCode::DataMissing,
        E::Exists(_) => ErrorCode::DataExists,
        E::NetworkDrive(_) => ErrorCode::DataOnNetwork,
        E::MistypedRecovery => ErrorCode::RecoveryMistyped,
        E::WrongPassword => ErrorCode::SignInFailed,
        E::Newer { .. } => ErrorCode::DataNewer,
        E::DiskFull(_) => ErrorCode::DiskFull,
        E::Io { .. } | E::Database(_) => ErrorCode::DiskRefused,
        E::Damaged(_) => ErrorCode::DataDamaged,
        E::BackupInside => ErrorCode::BackupInside,
        E::BackupFull => ErrorCode::BackupFull,
        E::BackupTooLarge => ErrorCode::BackupTooLarge,
        E::BackupRefused { .. } => ErrorCode::BackupRefused,
        E::Unproven(_) => ErrorCode::BackupUnproven,
        E::NoBackup => ErrorCode::NoBackup,
        E::ManyBackups(names) => return (ErrorCode::ManyBackups, Some(names.join(", "))),
        E::Random => ErrorCode::Internal,
    };
    (code, None)
}

fn scan_code(error: &ScanError) -> (ErrorCode, Option<String>) {
    match error {
        ScanError::NotFound { .. } => (ErrorCode::ScannerNotFound, None),
        ScanError::NoSource { .. } => (ErrorCode::ScannerNoSource, None),
        ScanError::FeederEmpty => (ErrorCode::ScannerFeederEmpty, None),
        ScanError::Jam => (ErrorCode::ScannerJam, None),
        ScanError::DoubleFeed => (ErrorCode::ScannerDoubleFeed, None),
        ScanError::CoverOpen => (ErrorCode::ScannerCoverOpen, None),
        ScanError::Busy => (ErrorCode::ScannerBusy, None),
        ScanError::Timeout { after } => (ErrorCode::ScannerTimeout, Some(after.as_secs().to_string())),
        ScanError::ProgramMissing { .. } => (ErrorCode::ScannerMissing, None),
        ScanError::AccessDenied => (ErrorCode::ScannerDenied, None),
        ScanError::Failed { .. } => (ErrorCode::ScannerFailed, None),
        ScanError::Io { source, .. } if is_full(source) => (ErrorCode::DiskFull, None),
        ScanError::Io { .. } => (ErrorCode::DiskRefused, None),
    }
}

fn book_code(refusal: &BookRefusal) -> (ErrorCode, Option<String>) {
    use BookRefusal as B;
    match refusal {
        B::NoSerial => (ErrorCode::ReceiptNumbersGone, None),
        B::BadBlock => (ErrorCode::ReceiptBlock, None),
        B::Skipped { next, .. } => (ErrorCode::ReceiptSkipped, Some(format!("{next:07}"))),
        B::PaidBefore => (ErrorCode::NothingDue, None),
        B::NotFound => (ErrorCode::ReceiptNotFound, None),
        B::VoidBefore => (ErrorCode::ReceiptVoid, None),
        B::NoReason => (ErrorCode::ReasonMissing, None),
        B::BadLines => (ErrorCode::FeeUnknown, None),
        B::BadTime => (ErrorCode::Internal, None),
    }
}

fn picture_code(refusal: &imaging::Refusal) -> (ErrorCode, Option<String>) {
    use imaging::Refusal as R;
    match refusal {
        R::Empty => (ErrorCode::FileEmpty, None),
        R::UnknownKind => (ErrorCode::FileKind, None),
        R::UnknownFlavor => (ErrorCode::FileFlavor, None),
        R::Damaged => (ErrorCode::FileDamaged, None),
        R::TooLarge { width, height } => (ErrorCode::FileTooLarge, Some(format!("{width} × {height}"))),
        R::TooManyPages { pages } => (ErrorCode::FileTooLong, Some(pages.to_string())),
    }
}

fn pdf_code(refusal: &PdfRefusal) -> (ErrorCode, Option<String>) {
    match refusal {
        PdfRefusal::Empty => (ErrorCode::FileEmpty, None),
        PdfRefusal::Damaged => (ErrorCode::FileDamaged, None),
        PdfRefusal::Password => (ErrorCode::FilePassword, None),
        PdfRefusal::TooManyPages { pages } => (ErrorCode::FileTooLong, Some(pages.to_string())),
    }
}

fn file_code(path: &Path, source: &std::io::Error) -> (ErrorCode, Option<String>) {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    if is_full(source) { (ErrorCode::DiskFull, None) } else { (ErrorCode::FileUnreachable, name) }
}

fn is_full(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
}

fn print_code(error: &PrintError) -> (ErrorCode, Option<String>) {
    match error {
        PrintError::NotFound { .. } | PrintError::NoPrinter => (ErrorCode::PrinterNotFound, None),
        PrintError::Unavailable => (ErrorCode::PrintUnavailable, None),
        PrintError::Failed { .. } => (ErrorCode::PrintFailed, None),
    }
}

fn central_code(error: &courier::Error) -> (ErrorCode, Option<String>) {
    use courier::Error as E;
    match error {
        E::BadAddress(_) => (ErrorCode::CentralAddress, None),
        E::Unreachable(_) | E::TimedOut => (ErrorCode::CentralUnreachable, None),
        E::Tls(_) => (ErrorCode::CentralCertificate, None),
        E::Foreign { .. } => (ErrorCode::CentralForeign, None),
        E::ServerFailed { status } => (ErrorCode::CentralFailed, Some(status.to_string())),
        E::Unauthorized => (ErrorCode::CentralUnauthorized, None),
        E::Cloned => (ErrorCode::StationCloned, None),
        E::TokenRefused => (ErrorCode::TokenRefused, None),
        E::Refused { code, .. } => {
            let code = serde_json::to_value(code).ok().and_then(|code| code.as_str().map(str::to_owned));
            (ErrorCode::CentralRefused, code)
        }
        E::Unproven => (ErrorCode::CentralUnproven, None),
        E::FileGone { .. } => (ErrorCode::DataDamaged, None),
    }
}
