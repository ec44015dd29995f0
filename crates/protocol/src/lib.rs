//! What a counter station and the central system say to each other, version 1, over HTTP with JSON.
//!
//! | request | answer |
//! |---|---|
//! | `POST /v1/enroll` [`EnrollRequest`] | 200 [`EnrollAnswer`] |
//! | `HEAD /v1/files/{sha256}` | 200 with `content-length`, or 404 |
//! | `PUT /v1/files/{sha256}` bytes | 200 or 201 [`StoredFile`]; 422 when the bytes have another hash |
//! | `POST /v1/commands` bytes of a [`Command`], header [`IDEMPOTENCY_KEY`] | 200 [`Acceptance`] |
//! | `POST /v1/leases` [`LeaseRequest`] | 200 [`NumberLease`] |
//! | `POST /v1/serials` [`SerialRequest`] | 200 [`SerialLease`]; 404 where fee receipts are numbered elsewhere |
//! | `POST /v1/turn` [`Turn`] | 200 [`Turn`], the one to show the next time |
//! | `POST /v1/population/check` [`PopulationQuery`] | 200 [`PopulationAnswer`]; 404 where no register is behind it |
//! | `GET /v1/health` | 200 [`Health`] |
//!
//! All but enrolment and health carry `Authorization: Bearer SECRET`. A refusal is a [`Problem`] with its
//! HTTP status. The exact bytes of a command are hashed by both sides: a station believes an
//! acceptance only when it names the hash of what was sent and of every file (T-46).

use chrono::{DateTime, FixedOffset, NaiveDate};
use domain::applicant::Applicant;
use domain::checklist::Verdict;
use domain::fee_receipt::{FeeReceiptLine, PaidPart, PaymentMethod, VoidedMoney};
use domain::{
    Channel, CommandId, Dong, DossierCode, DossierId, EventId, EventKind, FileHash, Office, OfficeCode, Representative,
    StationId, Status, Twin,
};
use serde::{Deserialize, Serialize};

/// Header that carries the command's id; the same command always has the same key.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Header in which the server names its protocol version; an answer without it is not from a central system.
pub const PROTOCOL: &str = "motcua-protocol";

/// The value of [`PROTOCOL`].
pub const VERSION: &str = "1";

/// The largest file a central system takes, in bytes.
pub const LARGEST_FILE: u64 = 512 * 1024 * 1024;

/// A station asks to belong to an office (ghi danh máy trạm).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrollRequest {
    /// One-time token, made by `motcua-central enroll`.
    pub token: String,
    /// The office the station works for; a token of another office is refused and stays usable.
    #[serde(default)]
    pub office: Option<OfficeCode>,
    /// Id the station made for itself.
    pub station: StationId,
    /// Who it was before its data was copied or restored: codes that it printed then are still on their way (T-49).
    #[serde(default)]
    pub former: Option<StationId>,
    /// Name of the station, for people.
    pub name: String,
}

/// The answer to an enrolment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrollAnswer {
    /// Bearer secret of this station, from now on; shown once.
    pub secret: String,
    /// The office it belongs to.
    pub office: OfficeCode,
    /// Name of the central system, for people.
    pub central: String,
    /// The first block of numbers.
    pub lease: NumberLease,
}

/// What a station shows before each round of sending, and gets anew for the next (T-49).
///
/// A copy of a station's disk shows what the other has used up already, and both are told apart from then on. The
/// one before the last is taken as well, since an answer may be lost on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// None before the first one was given.
    pub turn: Option<String>,
}

/// How far a station's audit log had come, and the hash of its last entry: written into commands, echoed by their
/// acceptance, so that nobody can rewrite the log behind a central system's back (Q3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogHead {
    /// Number of the last entry.
    pub n: i64,
    /// Its hash.
    pub hash: FileHash,
}

/// A station asks for dossier numbers (xin cấp dải số).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseRequest {
    /// The first day the numbers are for.
    pub from: NaiveDate,
}

/// A block of daily numbers that belongs to one station alone (dải số được cấp).
///
/// On every day from `from` to `to` the station may give the numbers `first` to `last`, so that four
/// offline stations of one office never collide (T-49).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberLease {
    /// First number of each day.
    pub first: u32,
    /// Last number of each day.
    pub last: u32,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// A station asks for numbers of fee receipts (xin cấp dải số biên lai).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SerialRequest {
    /// Sign of the form.
    pub template: String,
    /// Sign of the series; of an electronic one the year is in it.
    pub sign: String,
    /// The highest number that the station knows to be given out: the block begins above it.
    pub after: u32,
}

/// A block of numbers of one series that belongs to one station alone (dải số biên lai được cấp).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SerialLease {
    /// Sign of the form.
    pub template: String,
    /// Sign of the series.
    pub sign: String,
    /// The first number.
    pub first: u32,
    /// The last number.
    pub last: u32,
}

/// Something that happened at a counter and is to be known centrally (lệnh đồng bộ).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Command {
    /// Idempotency key.
    pub id: CommandId,
    /// When it happened.
    pub at: DateTime<FixedOffset>,
    /// How far the station's log had come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<LogHead>,
    /// What happened.
    pub body: CommandBody,
}

/// What a command says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CommandBody {
    /// The counter received a dossier (tiếp nhận hồ sơ).
    DossierReceived(Box<DossierReceived>),
    /// A dossier that was received moved on (cập nhật tiến độ hồ sơ).
    DossierMoved(Box<DossierMoved>),
    /// Money was taken for a dossier that was received, or the receipt for it was made void (thu, hủy biên lai).
    FeeReceipt(Box<SentFeeReceipt>),
}

impl CommandBody {
    /// The files that must be there before the command is accepted.
    pub fn files(&self) -> impl Iterator<Item = &FileRef> {
        let components = match self {
            Self::DossierReceived(received) => &received.components[..],
            Self::DossierMoved(_) | Self::FeeReceipt(_) => &[],
        };
        components.iter().filter_map(|component| component.file.as_ref())
    }
}

/// A step in the life of a dossier (diễn biến). The central system has those before it, since a dossier's commands go
/// in their order, and works out for itself where the step leads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DossierMoved {
    /// The dossier's id.
    pub dossier: DossierId,
    /// The step's own id.
    pub event: EventId,
    /// What happened.
    pub step: EventKind,
    /// Where the dossier stands after it, as the station sees it.
    pub status: Status,
    /// When it happened.
    pub at: DateTime<FixedOffset>,
    /// Why, where a reason is asked for.
    pub reason: String,
    /// When its result is due after this step, where it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<FixedOffset>>,
    /// Name of who did it.
    pub clerk: String,
}

/// A fee receipt, as far as one dossier has a part in it. A receipt for several dossiers is told of for each of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentFeeReceipt {
    /// The dossier.
    pub dossier: DossierId,
    /// Sign of the form.
    pub template: String,
    /// Sign of the series.
    pub sign: String,
    /// The number.
    pub serial: u32,
    /// What was paid for.
    pub lines: Vec<FeeReceiptLine>,
    /// All lines.
    pub total: Dong,
    /// What of it is for this dossier.
    pub share: Dong,
    /// How it was paid; where it came several ways, how the rest came that `also` leaves.
    pub method: PaymentMethod,
    /// What of it came another way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<PaidPart>,
    /// When.
    pub paid_at: DateTime<FixedOffset>,
    /// Who paid.
    pub payer: String,
    /// Name of who took it.
    pub clerk: String,
    /// Why it is void, once it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<SentVoid>,
}

/// Why a fee receipt is void (hủy biên lai).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentVoid {
    /// Why.
    pub reason: String,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Name of who did it.
    pub clerk: String,
    /// What became of the money.
    pub money: VoidedMoney,
}

/// A received dossier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DossierReceived {
    /// The dossier's id.
    pub dossier: DossierId,
    /// The code printed on the receipt.
    pub code: DossierCode,
    /// True when the station had no leased number; the answer then brings the official code.
    pub provisional: bool,
    /// The receiving office.
    pub office: Office,
    /// National procedure code.
    pub procedure: String,
    /// Name of the procedure.
    pub procedure_name: String,
    /// The chosen case.
    pub case: Option<String>,
    /// How it came.
    pub channel: Channel,
    /// Whose dossier it is, and who handed it in where nobody did it for them.
    pub applicant: Applicant,
    /// Who handed it in for the owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub representative: Option<Representative>,
    /// When it was received.
    pub received_at: DateTime<FixedOffset>,
    /// When its result is due.
    pub due_at: DateTime<FixedOffset>,
    /// Login and name of who received it.
    pub clerk: String,
    /// Its components.
    pub components: Vec<SentComponent>,
    /// The clerk's note.
    pub note: String,
    /// What was told of what the procedure asks for beside papers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<SentField>,
    /// The dossier that its visit began with, where that is another one (lượt).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<DossierId>,
}

/// One component of a sent dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentComponent {
    /// Index within the dossier, from 1.
    pub index: u32,
    /// Name of the paper.
    pub name: String,
    /// Originals received.
    pub originals: u32,
    /// Plain copies received.
    pub copies: u32,
    /// Certified copies received.
    pub certified: u32,
    /// Its digitized PDF.
    pub file: Option<FileRef>,
    /// What the clerk found on looking at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<SentCheck>,
    /// The dossier whose digitized paper it is, where none was handed in (DuocTaiSuDung, D§5.7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reused_from: Option<String>,
}

/// What was found on looking at a component (kiểm tra thành phần hồ sơ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentCheck {
    /// What was found.
    pub verdict: Verdict,
    /// Why it failed, or empty.
    #[serde(default)]
    pub reason: String,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Name of who looked.
    pub clerk: String,
}

/// A field of the procedure with what was told (biểu mẫu khai).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentField {
    /// Its key in the catalogue.
    pub key: String,
    /// Its label, as the clerk read it.
    pub label: String,
    /// What was told; a day as `yyyy-mm-dd`.
    pub value: String,
}

/// Names a file that is sent apart, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// Its SHA-256.
    pub sha256: FileHash,
    /// Its size.
    pub bytes: u64,
    /// Its number of pages.
    pub pages: u32,
}

/// The server's proof that it has the command and every file of it (biên nhận đồng bộ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// The command's id.
    pub command: CommandId,
    /// SHA-256 of the command's bytes as the server received them.
    pub body_sha256: FileHash,
    /// The command's files, as the server holds them, in the command's order.
    pub files: Vec<FileHash>,
    /// The dossier's official code; another one than was sent when that was provisional.
    pub code: DossierCode,
    /// When the server first accepted it.
    pub accepted_at: DateTime<FixedOffset>,
    /// The head of the station's log that the command told of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<LogHead>,
    /// True when this is the stored answer to an earlier sending.
    pub replayed: bool,
    /// What other stations received of the same person for the same procedure about the same time: accepted all the
    /// same, and for a human to look into (T-48).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub twins: Vec<Twin>,
}

/// The server's proof that it has a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// SHA-256 of what is on the server's disk.
    pub sha256: FileHash,
    /// Its size.
    pub bytes: u64,
}

/// Asks whether a register has the same person under a number (đối chiếu CSDL dân cư).
///
/// The address need not be the central system's: an office may stand its own adapter before the population database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PopulationQuery {
    /// Personal identity number.
    pub number: String,
    /// Full name.
    pub name: String,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
}

/// What a register says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PopulationAnswer {
    /// Whether it is the same person.
    pub outcome: PopulationOutcome,
    /// The name it has, with [`PopulationOutcome::Mismatch`].
    #[serde(default)]
    pub name: Option<String>,
    /// The date of birth it has, with [`PopulationOutcome::Mismatch`].
    #[serde(default)]
    pub birth_date: Option<NaiveDate>,
}

/// The kinds of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PopulationOutcome {
    /// The same person.
    Match,
    /// Another name or date of birth.
    Mismatch,
    /// No such number.
    Unknown,
    /// It answers only with the citizen's one-time code.
    OneTimeCode,
}

/// The server is up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// Name of the central system.
    pub central: String,
    /// Its clock.
    pub now: DateTime<FixedOffset>,
}

/// Why the server refuses (lý do từ chối).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// For programs.
    pub code: ProblemCode,
    /// For logs, in English.
    pub message: String,
    /// Files the server lacks, with [`ProblemCode::FilesMissing`].
    #[serde(default)]
    pub missing: Vec<FileHash>,
}

/// The kinds of refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// 401: no such station, or its secret is wrong.
    Unauthorized,
    /// 403: the enrolment token is unknown or used.
    TokenRefused,
    /// 400: the request does not read.
    Malformed,
    /// 403: two machines speak as this station; it has to be enrolled again.
    StationCloned,
    /// 409: this key was used for another content (ODK #5317).
    KeyReused,
    /// 409: the dossier's code belongs to another dossier.
    CodeTaken,
    /// 422: the command names files that the server lacks.
    FilesMissing,
    /// 422: the bytes do not have the hash they were sent under.
    HashMismatch,
    /// 413: larger than [`LARGEST_FILE`].
    TooLarge,
    /// 500: the server failed; nothing was kept.
    Internal,
}

impl ProblemCode {
    /// The HTTP status that goes with it.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::Unauthorized => 401,
            Self::TokenRefused | Self::StationCloned => 403,
            Self::KeyReused | Self::CodeTaken => 409,
            Self::TooLarge => 413,
            Self::FilesMissing | Self::HashMismatch => 422,
            Self::Internal => 500,
        }
    }
}
