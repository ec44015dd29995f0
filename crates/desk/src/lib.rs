//! The use cases of the counter, in the order of the day; the only crate that joins the others.
//!
//! The window and the console are thin over [`Desk`]: what a clerk may do is a method here, what a clerk sees
//! is a type in [`view`], what a clerk is told is a sentence in [`sentences`].

mod accept;
mod applicant;
mod appoint;
mod backup;
mod bulk;
mod calendar;
mod card_picture;
mod care;
mod catalogue;
mod check;
mod checklist;
mod clock;
mod digitize;
mod doctor;
mod drive;
mod duplicates;
mod edit;
pub mod error;
mod fault;
mod fees;
mod folder;
mod identity;
mod import;
mod intake;
mod known;
mod known_people;
mod life;
mod lists;
mod log;
mod looks;
mod loose;
mod machine;
mod mixed;
mod pages;
mod papers;
mod pictures;
mod population;
mod profiles;
mod readers;
mod retention;
mod scan;
mod scanners;
mod seed;
pub mod sentences;
mod session;
mod settings;
mod shortcuts;
mod stack;
mod staff;
mod station;
mod subject;
mod support;
mod sync;
mod throttle;
pub mod training;
pub mod view;
mod views;
mod visit;

pub use accept::Received;
pub use backup::{BackupReport, RestoreReport};
pub use card_picture::{PictureCard, cards_in_picture};
pub use catalogue::{CatalogueImport, NewPackage, PackageMade, ProcedureShown, Unread, new_package_key};
pub use check::{BadFile, CheckProgress, CheckReport};
pub use clock::{Clock, format_time, parse_time};
pub use devices::DeviceOption;
pub use devices::folder::{Done as FolderDone, Why as FolderWhy};
pub use devices::reader::{Encoding, Line as ReaderLine};
pub use digitize::write_whole;
pub use digitize::{DigitizeInput, DigitizeReport, digitize_files};
pub use doctor::{examine_scanners, scanner_options};
pub use domain::citizen_card::UnreadableCard;
pub use domain::code::BadCode;
pub use domain::deadline::{staged, stages};
pub use domain::fee::{FeeChoice, GivenAmount, GivenRelief, Original, ReliefReason};
pub use domain::fee_receipt::{CashBundle, CashCount, PaidPart, PaymentMethod, VoidedMoney};
pub use domain::money::BadAmount;
pub use domain::pause::SupplementRule;
pub use domain::split::{Place as SplitPlace, Target};
pub use domain::vietqr::{BadVietQr, Payee};
pub use domain::{
    Applicant, BlankPolicy, Calendar, Channel, CitizenCard, CommandId, Crop, Deadline, Disposition, Dong, DossierId,
    EventKind, FileHash, Form, Limit, Office, PageAct, PageId, PartyKind, Regulation, Rights, Role, Seat, Sex, StackId,
    StationId, Status, VietQr,
};
pub use drive::{Driver, serve_driver};
pub use error::{ErrorCode, UserError};
pub use fault::Error;
pub use fees::{FeeSettings, TakenFee, ToldFee, ToldMethod};
pub use intake::IntakeFile;
pub use log::verify_log_file;
pub use machine::{default_data_dir, log_to_folder};
pub use mixed::{MixedOutcome, MixedPage, MixedRequest};
pub use papers::{FormChoice, Paper};
pub use readers::{Tried, try_reader};
pub use retention::Purged;
pub use scan::list_devices;
pub use seed::{SeedPlan, Seeded};
pub use settings::{Preferences, Zoom};
pub use staff::{NewPerson, PersonView, SafetyView};
pub use station::{Desk, NewStation, Parts};
pub use store::{BackupStep, Database, Flaw};
pub use subject::SubjectExport;
pub use sync::SyncRun;
