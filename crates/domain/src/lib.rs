//! What a counter knows: dossiers, procedures, deadlines, codes, receipts, states.
//!
//! Pure: no clock, no disk, no network, no database. Time comes in as a parameter, data comes in as
//! values. Everything the law moves (calendars, limits, fees, forms) is data, not code.

pub mod applicant;
pub mod calendar;
pub mod checklist;
pub mod citizen_card;
pub mod code;
pub mod deadline;
pub mod dossier;
pub mod fee;
pub mod fee_receipt;
pub mod fold;
pub mod form;
pub mod hash;
pub mod id;
pub mod identity;
pub mod left;
pub mod log;
pub mod money;
pub mod national;
pub mod office;
pub mod outbox;
pub mod package;
pub mod page;
pub mod page_change;
mod page_warning;
pub mod party;
pub mod pause;
pub mod procedure;
pub mod receipt;
pub mod receipt_code;
pub mod search;
pub mod separator;
pub mod stack;
pub mod staff;
pub mod status;
pub mod tax_code;
pub mod vietqr;
pub mod visit;
pub mod words;

pub use applicant::{Applicant, PartyKind, Sex};
pub use calendar::{Calendar, CalendarChange, CalendarFile, Calendars};
pub use checklist::{Lacking, PaperCheck, Verdict};
pub use citizen_card::CitizenCard;
pub use code::{DossierCode, OfficeCode};
pub use deadline::{Deadline, Limit, Stage, Term};
pub use dossier::{Channel, Component, Dossier};
pub use form::{Form, Regulation};
pub use hash::FileHash;
pub use id::{CommandId, DossierId, EventId, PageId, PrintJobId, StackId, StaffId, StationId};
pub use money::Dong;
pub use office::Office;
pub use page::{AsideReason, Crop, Disposition, MediaType, Page, PageEdit, PageFound, PageSource};
pub use page_change::{PageAct, PageChange, PageState, PageWhat};
pub use page_warning::{BlankPolicy, PageWarning, Sides};
pub use party::{Basis, Representative, Seat};
pub use procedure::Procedure;
pub use receipt::Receipt;
pub use separator::Separator;
pub use stack::{Mismatch, Stack, StackEnd, StackState, Tally};
pub use staff::{BadRights, Right, Rights, Role, Staff};
pub use status::{Event, EventKind, Status};
pub use tax_code::TaxCode;
pub use vietqr::VietQr;
pub use visit::Twin;
