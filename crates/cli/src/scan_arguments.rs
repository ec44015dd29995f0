//! What can be typed about scanners, scans and stacks of paper.

use clap::{Args, Subcommand, ValueEnum};
use desk::PhotoPaper;
use std::path::PathBuf;

/// One run of a scanner.
#[derive(Args)]
pub(crate) struct Scan {
    /// The scanner's id, as `devices` lists it.
    #[arg(long)]
    pub(crate) device: String,
    /// glass, feeder or duplex.
    #[arg(long)]
    pub(crate) source: Option<String>,
    /// Dots an inch.
    #[arg(long)]
    pub(crate) dpi: Option<u32>,
    /// color, gray or bw.
    #[arg(long)]
    pub(crate) mode: Option<String>,
    /// a3, a4 or a5.
    #[arg(long)]
    pub(crate) size: Option<String>,
    /// The profile to scan with, by name or number, or `none`. Into a draft the paper's own is taken where neither it nor
    /// source, dpi, mode, size or option is said.
    #[arg(long)]
    pub(crate) profile: Option<String>,
    /// An option of the driver itself, NAME=VALUE, as `scanner options` lists it; as often as needed.
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) option: Vec<String>,
    /// Puts the pages into this folder.
    #[arg(long, conflicts_with_all = ["dossier", "mixed"], required_unless_present_any = ["dossier", "mixed"])]
    pub(crate) out: Option<PathBuf>,
    /// Puts the pages into this draft, by id.
    #[arg(long, requires = "component")]
    pub(crate) dossier: Option<String>,
    /// The component's index.
    #[arg(long)]
    pub(crate) component: Option<u32>,
    /// A stack of many dossiers with cover sheets in it: kept, looked at, and told; `mixed split` puts it where it belongs.
    #[arg(long, conflicts_with = "dossier")]
    pub(crate) mixed: bool,
    /// Cover sheets and patch sheets that were laid in; another number that is read is told.
    #[arg(long, requires = "mixed")]
    pub(crate) covers: Option<u32>,
    /// By a scanner that sees one side: the fronts of a component; `duplex` goes on.
    #[arg(long, requires = "dossier", conflicts_with = "expect")]
    pub(crate) manual_duplex: bool,
    /// Pages that there are; another number is told.
    #[arg(long, requires = "dossier")]
    pub(crate) expect: Option<u32>,
    /// The stack that goes on, by id.
    #[arg(long, conflicts_with = "out")]
    pub(crate) stack: Option<String>,
    /// Inserts the pages before this page of the component.
    #[arg(long, requires = "dossier", conflicts_with_all = ["replace", "manual_duplex"])]
    pub(crate) before: Option<desk::PageId>,
    /// Scans this page again: the new pages take its place and it is set aside.
    #[arg(long, requires = "dossier", conflicts_with = "manual_duplex")]
    pub(crate) replace: Option<desk::PageId>,
    /// What becomes of blank pages: aside, keep or ask.
    #[arg(long, conflicts_with = "out")]
    pub(crate) blank: Option<String>,
    /// What is done when the feeder is empty: tell, glass (take the sheet that lies there) or wait (for paper, ten minutes).
    #[arg(long, value_name = "WHAT")]
    pub(crate) when_empty: Option<String>,
}

/// Scan profiles: what papers are scanned with, by their kind or by a key.
#[derive(Subcommand)]
pub(crate) enum Profile {
    /// All of them.
    List {
        /// Also says which of them each paper of this dossier is scanned with, by id.
        #[arg(long, requires = "device")]
        dossier: Option<String>,
        /// On this scanner.
        #[arg(long)]
        device: Option<String>,
    },
    /// Adds one, or puts it in the place of the one that is named so.
    Set(Box<SetProfile>),
    /// Takes one away.
    Remove {
        /// Its name or number.
        profile: String,
    },
    /// Keeps it from being changed by who may not lock profiles; papers that it is for are scanned with it.
    Lock {
        /// Its name or number.
        profile: String,
    },
    /// Opens a locked one again.
    Unlock {
        /// Its name or number.
        profile: String,
    },
}

/// A profile, whole: what is left out is the station's choice, then the device's.
#[derive(Args)]
pub(crate) struct SetProfile {
    /// Its name.
    pub(crate) name: String,
    /// Another name for it from now on.
    #[arg(long)]
    pub(crate) rename: Option<String>,
    /// Words of the names of papers that it is for, as often as needed; `*` for every paper.
    #[arg(long, value_name = "WORDS")]
    pub(crate) paper: Vec<String>,
    /// The one scanner that it is for, by id.
    #[arg(long)]
    pub(crate) device: Option<String>,
    /// glass, feeder or duplex.
    #[arg(long)]
    pub(crate) source: Option<String>,
    /// Dots an inch.
    #[arg(long)]
    pub(crate) dpi: Option<u32>,
    /// color, gray or bw.
    #[arg(long)]
    pub(crate) mode: Option<String>,
    /// a3, a4 or a5.
    #[arg(long)]
    pub(crate) size: Option<String>,
    /// What becomes of blank pages: aside, keep or ask.
    #[arg(long)]
    pub(crate) blank: Option<String>,
    /// What is done when the feeder is empty: tell, glass or wait.
    #[arg(long, value_name = "WHAT")]
    pub(crate) when_empty: Option<String>,
    /// An option of its scanner's driver, NAME=VALUE; as often as needed.
    #[arg(long, value_name = "NAME=VALUE", requires = "device")]
    pub(crate) option: Vec<String>,
    /// Its key: Ctrl with this digit, 1 to 9.
    #[arg(long)]
    pub(crate) key: Option<u8>,
    /// Locks it.
    #[arg(long)]
    pub(crate) lock: bool,
}

/// Drivers that a worker serves.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum WorkerDriver {
    Wia,
    Virtual,
}

/// A manual duplex whose fronts were scanned.
#[derive(Subcommand)]
pub(crate) enum Duplex {
    /// Both passes, and what to do next.
    Show {
        /// The stack's id, as `scan --manual-duplex` told it.
        stack: String,
    },
    /// Scans the backs of the turned stack.
    Backs {
        /// The stack's id.
        stack: String,
        /// The scanner's id.
        #[arg(long)]
        device: String,
        /// The backs that came before are set aside for these.
        #[arg(long)]
        again: bool,
    },
    /// Puts both passes into the component.
    Join {
        /// The stack's id.
        stack: String,
        /// How, also where the counts do not agree: turned, same_order or appended.
        #[arg(long)]
        way: Option<String>,
    },
}

/// Stacks of many dossiers, and their pages that lie in none yet.
#[derive(Subcommand)]
pub(crate) enum Mixed {
    /// Those that wait first, then the newest.
    List,
    /// One with what becomes of every page, and what is doubtful.
    Show {
        /// Its id.
        stack: String,
    },
    /// Takes files in as one stack and looks for cover sheets; where one does not read, nothing is taken.
    Take {
        /// JPEG, PNG, TIFF or PDF files, in the order of the stack.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Cover sheets and patch sheets that were laid in.
        #[arg(long)]
        covers: Option<u32>,
    },
    /// Looks at pages that nobody has looked at, after a crash.
    Read {
        /// Its id.
        stack: String,
    },
    /// Puts every page where its sheet says; what has no place goes on waiting.
    Split {
        /// Its id.
        stack: String,
        /// Why what is doubtful is right all the same; without it a doubtful stack is not split.
        #[arg(long)]
        reason: Option<String>,
        /// What becomes of blank pages: aside, keep or ask.
        #[arg(long, default_value = "aside")]
        blank: String,
    },
    /// Gives pages that wait to a component of a draft.
    Give {
        /// The pages, by id.
        #[arg(required = true)]
        pages: Vec<String>,
        /// The draft, by id.
        #[arg(long)]
        dossier: String,
        /// The component's index.
        #[arg(long)]
        component: u32,
    },
    /// Takes pages that wait out of their stack.
    Aside {
        /// The pages, by id.
        #[arg(required = true)]
        pages: Vec<String>,
    },
    /// Puts pages that were taken out back into their stack.
    Keep {
        /// The pages, by id.
        #[arg(required = true)]
        pages: Vec<String>,
    },
}

/// Files from an office machine.
#[derive(Args)]
pub(crate) struct Import {
    /// JPEG, PNG, TIFF or PDF files, in order.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The files are one stack of many dossiers: each page goes where the cover sheet before it says.
    #[arg(long)]
    pub(crate) mixed: bool,
    /// The draft, by id; of a mixed stack where the pages before the first cover sheet belong.
    #[arg(long, requires = "component", required_unless_present = "mixed")]
    pub(crate) dossier: Option<String>,
    /// The component's index.
    #[arg(long, requires = "dossier")]
    pub(crate) component: Option<u32>,
    /// Inserts the pages before this page of the component.
    #[arg(long, requires = "dossier", conflicts_with_all = ["replace", "mixed"])]
    pub(crate) before: Option<desk::PageId>,
    /// The pages take the place of this one, which is set aside.
    #[arg(long, requires = "dossier", conflicts_with = "mixed")]
    pub(crate) replace: Option<desk::PageId>,
    /// The files are photographs of one sheet each: the paper is found on them and laid flat. What a camera says that it took
    /// is taken so without this.
    #[arg(long, conflicts_with = "mixed")]
    pub(crate) photo: bool,
    /// What was photographed: a4, a5, a3 or card.
    #[arg(long, requires = "photo", value_parser = paper, default_value = "a4")]
    pub(crate) paper: PhotoPaper,
    /// Cover sheets that were laid in; another number that is read is told.
    #[arg(long, requires = "mixed")]
    pub(crate) covers: Option<u32>,
    /// Why what is doubtful is right all the same; without it a doubtful stack is told and not kept.
    #[arg(long, requires = "mixed")]
    pub(crate) reason: Option<String>,
}

/// Scanners on the network by their addresses, and what ails a scanner.
#[derive(Subcommand)]
pub(crate) enum ScannerPlace {
    /// The addresses.
    List,
    /// Adds one, such as `192.0.2.14` or `https://may-quet.local/eSCL`.
    Add {
        /// The address.
        address: String,
    },
    /// Takes one out.
    Remove {
        /// The address.
        address: String,
    },
    /// Looks at every scanner without moving paper, and says what to do.
    Doctor {
        /// This one alone, by id.
        #[arg(long)]
        device: Option<String>,
    },
    /// Lends a scanner of this machine to other counters until it is stopped (Ctrl+C): they add its address as their scanner.
    Share {
        /// Its id, as `devices` lists it.
        #[arg(long)]
        device: String,
        /// The port; the one before, or 9443, where it is left out.
        #[arg(long)]
        port: Option<u16>,
        /// The address to listen at; wherever this machine is reached where it is left out.
        #[arg(long)]
        address: Option<std::net::IpAddr>,
    },
    /// What is lent, at which addresses, and who scans now.
    Shared,
    /// Lends a scanner whenever the window is open, or no longer.
    Lend {
        /// Its id, as `devices` lists it.
        #[arg(long)]
        device: String,
        /// No longer.
        #[arg(long)]
        off: bool,
    },
    /// Gives a lent scanner another address: the one before opens it no longer.
    Renew {
        /// Its id, as `scanner shared` lists it.
        #[arg(long)]
        device: String,
    },
    /// Says which keys are pressed on a scanner, where its driver tells of them.
    Buttons {
        /// Its id, as `devices` lists it.
        #[arg(long)]
        device: String,
        /// How long it is looked at.
        #[arg(long, default_value_t = 10)]
        seconds: u64,
    },
    /// Every option that a scanner's driver offers.
    Options {
        /// Its id, as `devices` lists it.
        #[arg(long)]
        device: String,
    },
}

/// Stacks of paper, and what became of them.
#[derive(Subcommand)]
pub(crate) enum Stack {
    /// Those that wait for a person: broken off, or with numbers that do not agree.
    List,
    /// One with its account.
    Show {
        /// Its id.
        stack: String,
    },
    /// Its pages stay.
    Save {
        /// Its id.
        stack: String,
    },
    /// Its pages are set aside as one.
    Discard {
        /// Its id.
        stack: String,
    },
    /// A discarded one comes back.
    Restore {
        /// Its id.
        stack: String,
    },
    /// How many pages there are; nobody knows where it is left out.
    Expect {
        /// Its id.
        stack: String,
        /// Pages.
        pages: Option<u32>,
    },
    /// Why numbers that do not agree are right all the same.
    Reason {
        /// Its id.
        stack: String,
        /// The reason; none takes it back.
        #[arg(default_value = "")]
        reason: String,
    },
}

pub(crate) fn paper(name: &str) -> Result<PhotoPaper, String> {
    serde_json::from_value(name.to_lowercase().into()).map_err(|_| format!("{name}: a4, a5, a3 or card"))
}

/// A phone of the same network as a camera.
#[derive(Args)]
pub(crate) struct Phone {
    /// The draft, by code or id.
    #[arg(long)]
    pub(crate) dossier: String,
    /// The component's index.
    #[arg(long, default_value_t = 1)]
    pub(crate) component: u32,
    /// What is photographed: a4, a5, a3 or card.
    #[arg(long, value_parser = paper, default_value = "a4")]
    pub(crate) paper: PhotoPaper,
    /// Minutes without a photograph after which the link ends.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=60))]
    pub(crate) minutes: u16,
    /// This machine's address that the phone reaches; found where it is left out.
    #[arg(long)]
    pub(crate) address: Option<std::net::IpAddr>,
}
