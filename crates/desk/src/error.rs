//! The one error a person sees: a stable code, a sentence that says what happened, a hint that says what to do.
//!
//! Sentences stand in [`crate::sentences`], one table a language, exhaustive by the compiler.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What went wrong, for programs: stable, `snake_case` on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ErrorCode {
    /// Wrong name or password.
    SignInFailed,
    /// Too many wrong passwords; wait.
    SignInThrottled,
    /// Nobody is signed in.
    NotSignedIn,
    /// The role lacks the right.
    NotAllowed,
    /// What was typed is no recovery key.
    RecoveryMistyped,
    /// No such member of staff.
    StaffNotFound,
    /// The login is another's.
    LoginTaken,
    /// Only a training station takes made-up dossiers.
    NotTraining,
    /// The bytes are no longer on this machine; the central system has them.
    Purged,
    /// The paper is not this owner's, or the owner has not agreed that it is used again.
    NotOffered,
    /// No days are set after which bytes may go.
    NoRetention,
    /// The new password is too short.
    WeakPassword,
    /// The last one who may administer would be gone.
    LastAdministrator,
    /// The table of rights cannot be used.
    BadRights,
    /// The data folder lies on a network drive.
    DataOnNetwork,
    /// Another copy of the program has the data folder open.
    DataInUse,
    /// The data folder was written by a newer program.
    DataNewer,
    /// The folder holds no station yet.
    DataMissing,
    /// The folder holds a station already.
    DataExists,
    /// What is stored does not read back.
    DataDamaged,
    /// The disk is full.
    DiskFull,
    /// The disk or folder refuses.
    DiskRefused,
    /// Not a whole identity card code.
    UnreadableId,
    /// No link for a phone could be opened.
    PhoneUnreachable,
    /// A photograph on which paper has too few dots an inch.
    PhotoCoarse,
    /// No card's code on a picture.
    NoCardCode,
    /// Something of a mixed stack is doubtful, and nobody said why it is right.
    SplitDoubtful,
    /// Pages of a mixed stack were not looked at yet.
    SplitUnread,
    /// The two passes of a manual duplex have different numbers of pages.
    DuplexUneven,
    /// No such dossier.
    DossierNotFound,
    /// The dossier is accepted; it can no longer be edited here.
    DossierClosed,
    /// The move is not allowed in this state.
    DossierState,
    /// Something is still missing for acceptance.
    NotReady,
    /// The same person handed in the same lately.
    DuplicateDossier,
    /// This step asks for a reason.
    ReasonMissing,
    /// The form says nothing about this dossier or these days.
    NothingToPrint,
    /// No number is left for a fee receipt.
    ReceiptNumbersGone,
    /// The numbers do not fit, or are in another block.
    ReceiptBlock,
    /// The number is not the next one.
    ReceiptSkipped,
    /// No such fee receipt.
    ReceiptNotFound,
    /// The fee receipt is void already.
    ReceiptVoid,
    /// The fee receipt is written by hand in a printed book.
    ReceiptByHand,
    /// The amount of a fee is not known yet.
    FeeUnknown,
    /// Everything is paid, or nothing is to be paid.
    NothingDue,
    /// The fee is another than the screen showed.
    FeeChanged,
    /// Money was taken for the draft.
    FeePaid,
    /// The agency's account is not set.
    NoAccount,
    /// The fee table cannot be used.
    BadFeeTable,
    /// No such shift, or none is open.
    NoShift,
    /// The drawer is short or over, and nobody said why.
    ShiftDifference,
    /// No such component.
    ComponentNotFound,
    /// No such stack of paper, or it is discarded.
    StackNotFound,
    /// What was typed or read is no number of today's queue.
    BadTicket,
    /// No such number in today's queue.
    TicketNotFound,
    /// The ticket was served already, or another clerk serves it.
    TicketState,
    /// No such page.
    PageNotFound,
    /// No action on pages is left to take back or to do again.
    NothingToUndo,
    /// What is to be taken back was changed in another way since.
    UndoUnfit,
    /// No such procedure.
    ProcedureNotFound,
    /// No such case of the procedure.
    CaseNotFound,
    /// The catalogue file does not read.
    BadCatalogue,
    /// The catalogue file is larger than any catalogue.
    CatalogueTooLarge,
    /// The package is signed with a key that is not trusted here.
    PackageKeyUnknown,
    /// The package's signature does not hold.
    PackageForged,
    /// The package is no newer than the one taken before.
    PackageOld,
    /// The package changes one that was not taken last.
    PackageBase,
    /// The publication names the limit itself.
    LimitPublished,
    /// The calendar file does not read, or has no working day.
    BadCalendar,
    /// The calendar file is wrong at a place that is named.
    BadCalendarFile,
    /// The day is so already.
    CalendarSame,
    /// No such change of the calendar stands.
    CalendarChangeNotFound,
    /// The time appointed has passed or is years off.
    AppointmentTime,
    /// Nobody works at the time appointed.
    AppointmentClosed,
    /// The dossier is due at that time already.
    AppointmentSame,
    /// A field's text does not fit.
    BadInput,
    /// The file is empty.
    FileEmpty,
    /// The file is damaged.
    FileDamaged,
    /// The PDF asks for a password.
    FilePassword,
    /// The picture is too large.
    FileTooLarge,
    /// The file is larger than the program reads.
    FileTooHeavy,
    /// The file has too many pages.
    FileTooLong,
    /// Neither JPEG, PNG, TIFF nor PDF.
    FileKind,
    /// A known kind, in a compression or coloring that is not read.
    FileFlavor,
    /// The file cannot be opened.
    FileUnreachable,
    /// The file left its folder, or is not whole.
    IncomingNotReady,
    /// A folder that cannot be watched.
    FolderUnfit,
    /// A watched folder that cannot be read now.
    FolderAway,
    /// No such scanner.
    ScannerNotFound,
    /// The scanner has no such paper source.
    ScannerNoSource,
    /// No paper in the feeder.
    ScannerFeederEmpty,
    /// Paper jam.
    ScannerJam,
    /// Two sheets went through the scanner at once.
    ScannerDoubleFeed,
    /// The cover is open.
    ScannerCoverOpen,
    /// The scanner is busy.
    ScannerBusy,
    /// The scanner went silent.
    ScannerTimeout,
    /// The scanner failed.
    ScannerFailed,
    /// The scanner program is not installed.
    ScannerMissing,
    /// The account may not use the scanner.
    ScannerDenied,
    /// Another counter uses the scanner.
    ScannerLent,
    /// The port for lending scanners cannot be used.
    ShareFailed,
    /// A scan is running already.
    ScanRunning,
    /// No such printer, or none at all.
    PrinterNotFound,
    /// The printer refused the job.
    PrintFailed,
    /// Printing from the program does not work on this system.
    PrintUnavailable,
    /// No PDF viewer opens.
    ViewerMissing,
    /// The form cannot be drawn.
    FormFailed,
    /// A check or a backup is under way.
    CareRunning,
    /// No folder was chosen to back up to.
    NoBackupFolder,
    /// The backup would lie inside the station's own folder.
    BackupInside,
    /// The backup disk is full.
    BackupFull,
    /// The backup disk takes no file of this size.
    BackupTooLarge,
    /// The backup disk is not there or refuses.
    BackupRefused,
    /// The backup that was written does not read back.
    BackupUnproven,
    /// No sound backup is there.
    NoBackup,
    /// Backups of several stations are there.
    ManyBackups,
    /// The station belongs to no central system yet.
    NotEnrolled,
    /// The enrolment token is unknown or used.
    TokenRefused,
    /// The central system cannot be reached.
    CentralUnreachable,
    /// The answer is not from a central system.
    CentralForeign,
    /// The central system's certificate does not verify; a wrong clock looks the same.
    CentralCertificate,
    /// The central system failed.
    CentralFailed,
    /// The answer does not hold the hashes that were sent.
    CentralUnproven,
    /// Another machine speaks as this station; it has to be enrolled again.
    StationCloned,
    /// The central system does not know this station.
    CentralUnauthorized,
    /// The central system's address is no address.
    CentralAddress,
    /// The central system refuses.
    CentralRefused,
    /// A fault of the program.
    Internal,
}

/// What the person is told. `code` is stable; `message` says what happened, `hint` what to do;
/// `reference` is also in the log line with the whole chain of causes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct UserError {
    /// For programs.
    pub code: ErrorCode,
    /// What happened.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// Short id to find the log line by.
    pub reference: String,
}
