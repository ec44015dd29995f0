//! What can be typed about fees, receipts and shifts.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// What the clerk decides for a dossier's fee.
#[derive(Args)]
pub(crate) struct Fee {
    /// The dossier's code or id.
    pub(crate) dossier: String,
    /// Items, where they are counted.
    #[arg(long, default_value_t = 1)]
    pub(crate) items: u32,
    /// An original, as pages and copies: `3x2`. May be given several times.
    #[arg(long = "original", value_name = "PAGESxCOPIES")]
    pub(crate) originals: Vec<String>,
    /// Why less is paid: `on_time`, `merit`, `poor_household`, `near_poor_household`, `disability`, `child`, `elderly`,
    /// `hardship_area`, or other words.
    #[arg(long)]
    pub(crate) relief: Option<String>,
    /// How much is taken off, where no rule says it.
    #[arg(long, default_value_t = 100)]
    pub(crate) percent: u8,
    /// What was shown for it.
    #[arg(long, default_value = "")]
    pub(crate) proof: String,
    /// The amount, such as 20000 or 20.000, in place of the one worked out.
    #[arg(long)]
    pub(crate) amount: Option<String>,
    /// Why.
    #[arg(long, default_value = "")]
    pub(crate) reason: String,
}

/// Takes what is due.
#[derive(Args)]
pub(crate) struct Pay {
    /// The dossier's code or id.
    pub(crate) dossier: String,
    /// How.
    #[arg(long, default_value = "cash")]
    pub(crate) method: Method,
    /// A part of it that comes another way, as `card=50000`; the rest comes by `--method`.
    #[arg(long = "also", value_name = "METHOD=AMOUNT")]
    pub(crate) also: Vec<String>,
    /// One receipt for all dossiers of the visit.
    #[arg(long)]
    pub(crate) visit: bool,
    /// Refuses where another amount is due.
    #[arg(long)]
    pub(crate) expected: Option<String>,
    /// Who pays, where that is not who hands in.
    #[arg(long)]
    pub(crate) payer: Option<String>,
    /// Takes the number of a printed book, although there are leased ones.
    #[arg(long)]
    pub(crate) paper: bool,
    /// Names the payment, so that sending it again takes nothing more: an id out of `motcua fees`.
    #[arg(long)]
    pub(crate) command: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Method {
    Cash,
    Transfer,
    Vietqr,
    Card,
}

/// Numbers of one series.
#[derive(Args)]
pub(crate) struct Run {
    /// Sign of the form, such as 01BLP2-001.
    #[arg(long)]
    pub(crate) template: String,
    /// Sign of the series, such as 28AA-26T.
    #[arg(long)]
    pub(crate) sign: String,
    /// The first number.
    #[arg(long)]
    pub(crate) first: u32,
    /// The last number.
    #[arg(long)]
    pub(crate) last: u32,
}

#[derive(Subcommand)]
pub(crate) enum Receipts {
    /// The receipts of some days, and the account of every number of their blocks.
    List {
        /// The first day, such as 2026-11-23; today where it is left out.
        #[arg(long)]
        from: Option<String>,
        /// The last day.
        #[arg(long)]
        to: Option<String>,
    },
    /// One receipt, by `template~sign~number` or by its dossier.
    Show {
        /// Which.
        receipt: String,
    },
    /// Makes a receipt void; its number stays.
    Void {
        /// Which.
        receipt: String,
        /// Why.
        #[arg(long)]
        reason: String,
        /// The money is on the receipt that replaces it, and was not given back.
        #[arg(long)]
        replaced: bool,
    },
    /// Sets the next numbers aside: a spoiled sheet, or the rest of a block.
    Aside {
        #[command(flatten)]
        run: Run,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Takes a printed book in, whose receipts are written by hand.
    Book {
        #[command(flatten)]
        run: Run,
    },
    /// Counts every number that was ever held here.
    Check,
}

#[derive(Subcommand)]
pub(crate) enum Shift {
    /// The open shift, or the one with a number.
    Show {
        /// Its number.
        number: Option<i64>,
    },
    /// Opens a shift, or sets the cash that lay in the drawer before it.
    Open {
        /// The cash in the drawer, such as 200000.
        #[arg(long, default_value = "0")]
        float: String,
    },
    /// Closes the open shift with the notes that were counted.
    Close {
        /// Notes of one value and how many: `50000x3`. May be given several times.
        #[arg(long = "note", value_name = "VALUExCOUNT")]
        notes: Vec<String>,
        /// Why the drawer is short or over.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// The last shifts.
    List,
}

/// Shows or sets what the agency sets for fees.
#[derive(Args)]
pub(crate) struct FeeSettings {
    /// A JSON file of settings; what it leaves out stays. Shows them where it is left out.
    pub(crate) file: Option<PathBuf>,
}
