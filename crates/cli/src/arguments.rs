//! What can be typed.

mod calendar;
mod forms;

pub(crate) use calendar::Calendar;
use clap::{Parser, Subcommand, ValueEnum};
pub(crate) use forms::{FormPaper, Forms, Regulation};
use std::path::PathBuf;

/// Một Cửa at the console.
#[derive(Parser)]
#[command(version)]
pub(crate) struct Arguments {
    /// The station's data folder.
    #[arg(long, global = true)]
    pub(crate) data: Option<PathBuf>,
    /// One JSON document on standard output.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Makes a station with the users clerk, postal and supervisor.
    Init(Init),
    /// Computes an appointment date and explains it.
    Due {
        /// When the dossier is received, RFC 3339.
        #[arg(long)]
        received: String,
        /// 3wd, 36h, 10d or sd; stages one after the other with a plus, such as 2h+3wd.
        #[arg(long)]
        limit: String,
        /// A calendar file in place of the built-in one.
        #[arg(long)]
        calendar: Option<PathBuf>,
    },
    /// The working calendar, and whose date moved with it.
    #[command(subcommand)]
    Calendar(Calendar),
    /// Appoints another date for an open dossier; the date before and the reason stay with it.
    Appoint {
        /// Its code or id.
        dossier: String,
        /// The new date, RFC 3339.
        #[arg(long)]
        due: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Reads the text of an identity card's QR code from standard input.
    Id,
    /// Finds identity cards on a picture, by their QR codes.
    Card {
        /// A photo or scan: JPEG, PNG, TIFF or PDF.
        #[arg(long)]
        picture: PathBuf,
    },
    /// The code reader on a serial port; shows the ports and the reader in use where nothing else is asked.
    Readers {
        #[command(subcommand)]
        command: Option<Readers>,
    },
    /// People known from earlier dossiers, and what they agreed to.
    #[command(subcommand)]
    Known(Known),
    /// Where the population database is asked; shows it where nothing else is asked.
    Population {
        #[command(subcommand)]
        command: Option<Population>,
    },
    /// Writes the text of a VietQR transfer code.
    Vietqr(Vietqr),
    /// The catalogue of procedures.
    #[command(subcommand)]
    Catalogue(Catalogue),
    /// Receives a dossier described in a JSON file.
    Intake {
        /// The file.
        file: PathBuf,
    },
    /// Finds dossiers.
    Search {
        /// Words, a code, a number.
        text: String,
        /// Most hits.
        #[arg(long, default_value_t = 20)]
        limit: u32,
    },
    /// The screen of the day: drafts, what was received, what is due and overdue.
    Today,
    /// A list to be worked through: received, due_today, overdue, waiting, supplement, paused, done, unsent or twins.
    List {
        /// Which.
        list: String,
        /// Most lines.
        #[arg(long, default_value_t = 200)]
        limit: u32,
    },
    /// Opens a draft, to be scanned into and filled in later.
    Draft {
        /// The procedure's code.
        #[arg(long)]
        procedure: String,
        /// The case's id; the procedure's first where it is left out.
        #[arg(long)]
        case: Option<String>,
        /// What the procedure asks for beside papers, as its key or label and what was told. May be given several times.
        #[arg(long = "field", value_name = "NAME=VALUE")]
        fields: Vec<String>,
    },
    /// Fills in what the procedure of a draft asks for beside papers, and shows it.
    Fill {
        /// The dossier's code or id.
        dossier: String,
        /// A field's key or label and what was told; nothing empties it. May be given several times.
        #[arg(long = "field", value_name = "NAME=VALUE")]
        fields: Vec<String>,
    },
    /// Shows a dossier: what it holds, what happened to it, what may happen next.
    Show {
        /// Its code or id.
        dossier: String,
    },
    /// Moves a dossier on: processing, supplement_asked, finance_asked, stopped, done, returned, withdrawn, refused, or
    /// undone to take the last step back.
    Move {
        /// Its code or id.
        dossier: String,
        /// The step.
        step: String,
        /// Why, where the slip names it.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// What the applicant of a dossier handed in lately for the same procedure.
    Duplicates {
        /// Its code or id.
        dossier: String,
    },
    /// How many days back `duplicates` and the warning at acceptance look; 0 for never. Shows it where it is left out.
    DuplicateDays {
        /// A number of days.
        days: Option<u32>,
    },
    /// What a dossier and its visit owe, what was paid, and the number of the next receipt.
    Fees {
        /// Its code or id.
        dossier: String,
    },
    /// Decides about a dossier's fee: counts, a relief, another amount.
    Fee(crate::fee_arguments::Fee),
    /// Takes what is due, on a numbered receipt.
    Pay(crate::fee_arguments::Pay),
    /// The transfer code for what is due, with the dossier's number in it.
    TransferCode {
        /// Its code or id.
        dossier: String,
        /// For all dossiers of the visit.
        #[arg(long)]
        visit: bool,
        /// For a part of it; the rest comes another way.
        #[arg(long, value_name = "AMOUNT")]
        part: Option<String>,
    },
    /// The book of fee receipts.
    #[command(subcommand)]
    Receipts(crate::fee_arguments::Receipts),
    /// Shifts at the drawer.
    #[command(subcommand)]
    Shift(crate::fee_arguments::Shift),
    /// Who collects, into which account, on which series.
    FeeSettings(crate::fee_arguments::FeeSettings),
    /// Brings in the agency's own fee table, which stands before the national one.
    FeeTable {
        /// The file.
        file: PathBuf,
    },
    /// Lists scanners.
    Devices,
    /// Scans into a folder or into a component of a draft.
    Scan(crate::scan_arguments::Scan),
    /// A phone as a camera: shows a link, and takes what is photographed there into a component of a draft.
    Phone(crate::scan_arguments::Phone),
    /// Scan profiles: what papers are scanned with, by their kind or by a key.
    #[command(subcommand)]
    Profile(crate::scan_arguments::Profile),
    /// Folders into which an office machine scans, and what waits in them.
    #[command(subcommand)]
    Folder(crate::folder_arguments::Folder),
    /// Puts files into a component of a draft, or splits a mixed stack at its cover sheets.
    Import(crate::scan_arguments::Import),
    /// Takes the split of a mixed stack back: its pages are set aside where they lie, and the files can be split anew.
    Unsplit {
        /// The stack's id, as `import --mixed` told it.
        stack: String,
    },
    /// Serves a driver to the program that started it, by standard input and output; not for people.
    #[command(hide = true)]
    ScanWorker {
        /// Which.
        #[arg(long)]
        driver: crate::scan_arguments::WorkerDriver,
    },
    /// Both sides by a scanner that sees one: the backs, and joining them with the fronts.
    #[command(subcommand)]
    Duplex(crate::scan_arguments::Duplex),
    /// Stacks of many dossiers: taken in, split at their cover sheets, given by hand.
    #[command(subcommand)]
    Mixed(crate::scan_arguments::Mixed),
    /// Pages of a draft: turned, cut, moved, replaced, split, merged, set aside, and all of it taken back.
    Pages(crate::page_arguments::Pages),
    /// The queue before the counter: numbers handed out, called, tied to dossiers, and the figures of a day.
    #[command(subcommand)]
    Queue(crate::queue_arguments::Queue),
    /// Scanners on the network (eSCL), the scanner doctor, and the options of drivers.
    #[command(subcommand)]
    Scanner(crate::scan_arguments::ScannerPlace),
    /// Stacks of paper that were scanned.
    #[command(subcommand)]
    Stack(crate::scan_arguments::Stack),
    /// Puts files together into one PDF.
    Digitize {
        /// JPEG, PNG, TIFF or PDF files, in order.
        #[arg(required = true)]
        input: Vec<PathBuf>,
        /// Where the PDF goes.
        #[arg(short = 'o', long)]
        output: PathBuf,
        /// Also writes the report to this file.
        #[arg(long)]
        report: Option<PathBuf>,
    },
    /// Draws or prints a form of a dossier, of days, of a receipt or of a shift.
    Print(Print),
    /// What forms say of the office, whose layout they follow, and the paper, printer and copies of each.
    #[command(subcommand)]
    Forms(Forms),
    /// Shows the outbox.
    Outbox,
    /// Sends what waits.
    Sync {
        /// One pass, then ends.
        #[arg(long, required = true)]
        once: bool,
    },
    /// Enrolls the station with a central system.
    Enroll {
        /// Its address.
        #[arg(long)]
        central: String,
        /// The token it gave.
        #[arg(long)]
        token: String,
    },
    /// The audit log.
    #[command(subcommand)]
    Log(Log),
    /// How the office counts after a supplement: `restart` or `add_back`; shows it where it is left out.
    SupplementRule {
        /// The rule.
        rule: Option<String>,
    },
    /// After how many days proven bytes may leave this machine.
    Retention {
        /// A number of days, or `never`; shows the setting where it is left out.
        days: Option<String>,
    },
    /// Takes away what the central system has proven and whose days have passed.
    Purge {
        /// Only counts it.
        #[arg(long)]
        dry_run: bool,
    },
    /// Writes everything kept of one person into a folder.
    ExportPerson {
        /// The identity number.
        id_number: String,
        /// The folder, new or empty.
        #[arg(short = 'o', long)]
        output: PathBuf,
    },
    /// Writes a bundle for support, without anything of any person.
    Support {
        /// The ZIP file.
        #[arg(short = 'o', long)]
        output: PathBuf,
    },
    /// Reads everything back that is kept, and says what is not what it was.
    Check {
        /// Starts over rather than where an interrupted check ended.
        #[arg(long)]
        fresh: bool,
    },
    /// Backs everything up, sealed as it is, to a folder or a removable disk.
    Backup {
        /// The folder.
        folder: PathBuf,
        /// Also every day from now on, while the window is open.
        #[arg(long)]
        daily: bool,
    },
    /// Makes the station anew out of its backup, in a data folder that holds none.
    Restore {
        /// The folder that was backed up to.
        folder: PathBuf,
    },
    /// Fills a training station with made-up dossiers, to measure with.
    Seed {
        /// How many.
        #[arg(long)]
        dossiers: u32,
        /// Pages of each.
        #[arg(long, default_value_t = 10)]
        pages: u32,
        /// The same number makes the same people.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// The people of the station. New passwords come from `MOTCUA_NEW_PASSWORD_FILE`.
    #[command(subcommand)]
    Users(Users),
    /// What each role may do.
    #[command(subcommand)]
    Rights(Rights),
    /// The key for the agency's safe.
    #[command(subcommand)]
    Recovery(Recovery),
    /// Opens the station with the key from the safe, read from standard input, and gives a person a new password.
    Recover {
        /// Whose password is set anew.
        #[arg(long)]
        login: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum Readers {
    /// Listens at a port.
    Set {
        /// Its name, such as /dev/ttyACM0 or COM3.
        #[arg(long)]
        port: String,
        /// Bits a second.
        #[arg(long, default_value_t = 9_600)]
        speed: u32,
        /// auto, utf8 or cp1258.
        #[arg(long, default_value = "auto")]
        encoding: String,
    },
    /// Listens at none.
    Off,
    /// Shows what a reader reads, to try it out.
    Listen {
        /// The port; the station's reader where it is left out.
        #[arg(long)]
        port: Option<String>,
        /// Bits a second.
        #[arg(long, default_value_t = 9_600)]
        speed: u32,
        /// auto, utf8 or cp1258.
        #[arg(long, default_value = "auto")]
        encoding: String,
        /// Ends after so many seconds.
        #[arg(long, default_value_t = 30)]
        seconds: u64,
    },
}

#[derive(Subcommand)]
pub(crate) enum Known {
    /// People of earlier dossiers by name, the latest first.
    Find {
        /// At least two words of the name, with or without diacritics.
        name: String,
        /// Organizations in place of persons.
        #[arg(long)]
        organization: bool,
    },
    /// What a person said about offering again what they told and handed in; notes it where `given` or `withdrawn` is said.
    Consent {
        /// Identity number or tax code.
        number: String,
        /// given or withdrawn.
        said: Option<Said>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Said {
    Given,
    Withdrawn,
}

#[derive(Subcommand)]
pub(crate) enum Population {
    /// Asks at this address from now on.
    Set {
        /// The address.
        url: String,
    },
    /// Asks nobody by machine.
    Off,
    /// Asks now about everybody whose time has come.
    Ask,
}

#[derive(Subcommand)]
pub(crate) enum Users {
    /// Everybody who works or ever worked here.
    List,
    /// Adds a person, or brings one back.
    Add {
        /// What is typed to sign in.
        #[arg(long)]
        login: String,
        /// Full name, as printed on receipts.
        #[arg(long)]
        name: String,
        /// The role.
        #[arg(long)]
        role: Role,
    },
    /// Changes a person's name and role.
    Change {
        /// Who.
        #[arg(long)]
        login: String,
        /// Full name.
        #[arg(long)]
        name: String,
        /// The role.
        #[arg(long)]
        role: Role,
    },
    /// Takes a person's way in away.
    Remove {
        /// Who.
        #[arg(long)]
        login: String,
    },
    /// Gives a person a new password.
    Password {
        /// Who.
        #[arg(long)]
        login: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Role {
    Clerk,
    Postal,
    Supervisor,
    Administrator,
    Inspector,
}

impl From<Role> for desk::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Clerk => Self::Clerk,
            Role::Postal => Self::Postal,
            Role::Supervisor => Self::Supervisor,
            Role::Administrator => Self::Administrator,
            Role::Inspector => Self::Inspector,
        }
    }
}

#[derive(Subcommand)]
pub(crate) enum Rights {
    /// Shows the table in force.
    Show,
    /// Puts another table in force.
    Set {
        /// The file, such as `{"clerk": ["read", "intake"]}`.
        file: PathBuf,
    },
}

#[derive(Subcommand)]
pub(crate) enum Recovery {
    /// Makes a new key and shows it once; the one before holds no more.
    New,
}

#[derive(clap::Args)]
pub(crate) struct Init {
    /// Agency code (QĐ 20/2020/QĐ-TTg).
    #[arg(long)]
    pub(crate) office: String,
    /// Name of the one-stop unit.
    #[arg(long)]
    pub(crate) name: String,
    /// Name of the station.
    #[arg(long)]
    pub(crate) station: String,
    /// Superior agency, for the head of forms.
    #[arg(long, default_value = "")]
    pub(crate) parent: String,
    /// Place name before the date on forms.
    #[arg(long, default_value = "")]
    pub(crate) place: String,
    /// Telephone printed on forms.
    #[arg(long, default_value = "")]
    pub(crate) phone: String,
    /// Address of the look-up page printed on forms.
    #[arg(long, default_value = "")]
    pub(crate) lookup: String,
    /// Training mode: sample catalogue, sheets marked as worthless.
    #[arg(long)]
    pub(crate) training: bool,
}

#[derive(Subcommand)]
pub(crate) enum Catalogue {
    /// Brings in the national records, an answer of `LayThuTuc`, an array in our own format or a signed package; plain or
    /// gzip.
    Import {
        /// The file.
        file: PathBuf,
    },
    /// Finds procedures; several searches are answered one after the other.
    Search {
        /// Words, with or without diacritics, or a code.
        #[arg(required = true)]
        text: Vec<String>,
        /// Most hits.
        #[arg(long, default_value_t = 20)]
        limit: u32,
    },
    /// Shows a procedure in all its versions; without a code what the catalogue holds.
    Show {
        /// Its code.
        code: Option<String>,
    },
    /// Makes a procedure a favourite of who signs in.
    Star {
        /// Its code.
        code: String,
        /// Takes the star away.
        #[arg(long)]
        remove: bool,
    },
    /// What publications do not say clearly.
    Unread {
        /// Words of a code or name.
        #[arg(default_value = "")]
        text: String,
        /// limit, fee, components, ways, results, cases, code, name or record.
        #[arg(long)]
        field: Option<String>,
    },
    /// Sets the time limit of a case where the publication names none.
    Limit {
        /// The procedure's code.
        code: String,
        /// The case's id, as `catalogue show` names it.
        case: String,
        /// 3wd, 36h, 10d or sd.
        #[arg(required_unless_present = "drop")]
        limit: Option<String>,
        /// Why it is this one.
        #[arg(long, default_value = "")]
        reason: String,
        /// Takes the one that was set away again.
        #[arg(long, conflicts_with = "limit")]
        drop: bool,
    },
    /// Makes a new key for signing packages, in a new file; tells the public key, which stations have to trust.
    Key {
        /// The file.
        file: PathBuf,
    },
    /// Writes this station's catalogue as a signed package.
    Package(MakePackage),
    /// Takes packages signed with a key from now on.
    Trust {
        /// The public key, 64 hex digits.
        key: String,
        /// Whose it is.
        #[arg(long)]
        name: String,
    },
    /// Takes no more packages signed with a key.
    Distrust {
        /// The public key.
        key: String,
    },
}

#[derive(clap::Args)]
pub(crate) struct MakePackage {
    /// The file with the secret key, from `catalogue key`.
    #[arg(long)]
    pub(crate) key: PathBuf,
    /// Its series; the packages of a series follow each other.
    #[arg(long)]
    pub(crate) series: String,
    /// Who makes it, for people to read.
    #[arg(long)]
    pub(crate) issuer: String,
    /// Makes a delta upon this package; several times for a whole one and its deltas, in their order.
    #[arg(long)]
    pub(crate) base: Vec<PathBuf>,
    /// Its number; one more than the base's where it is left out.
    #[arg(long)]
    pub(crate) serial: Option<u32>,
    /// Where it goes.
    #[arg(short = 'o', long)]
    pub(crate) output: PathBuf,
}

#[derive(clap::Args)]
pub(crate) struct Vietqr {
    /// The bank's BIN, six digits.
    #[arg(long)]
    pub(crate) bin: String,
    /// The account or, where it begins with the BIN, the card.
    #[arg(long)]
    pub(crate) account: String,
    /// Whole đồng, such as 20000 or 20.000; left to the payer where it is left out.
    #[arg(long)]
    pub(crate) amount: Option<String>,
    /// What the transfer is for; diacritics and signs are taken out, and what exceeds 25 letters.
    #[arg(long)]
    pub(crate) purpose: Option<String>,
}

#[derive(clap::Args)]
pub(crate) struct Print {
    /// receipt, supplement, refusal, apology, stop, control, history, due-explanation, result-receipt or cover-sheet
    /// of a dossier;
    /// handover, handover-results, tracking-book or dossier-list of days; fee-receipt of a dossier or a number; shift-close;
    /// queue-ticket.
    pub(crate) form: desk::Form,
    /// The dossier's code or id. Of a list: `today`, `month`, a day (2026-11-23), a month (2026-11), a year, a stretch
    /// (2026-11-01..2026-11-15), dossiers after commas, a list (list:overdue) or a search (search:Nguyễn).
    /// Of a fee receipt also `template~sign~number`; of a shift its number or `last`; of a queue-ticket its number.
    #[arg(value_name = "DOSSIER")]
    pub(crate) about: String,
    /// Writes the PDF to this file instead of printing.
    #[arg(short = 'o', long, conflicts_with = "printer")]
    pub(crate) output: Option<PathBuf>,
    /// The printer's name; the default one where it is left out.
    #[arg(long)]
    pub(crate) printer: Option<String>,
    /// Paper.
    #[arg(long)]
    pub(crate) paper: Option<Paper>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Paper {
    A4,
    A5,
}

#[derive(Subcommand)]
pub(crate) enum Log {
    /// Walks the chain and names its first broken link.
    Verify {
        /// An exported log in place of the station's own.
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// Writes the whole log to a new file, one entry a line.
    Export {
        /// The file.
        file: PathBuf,
    },
}
