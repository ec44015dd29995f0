//! What can be typed of forms.

use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Forms {
    /// Shows all that is chosen.
    Show,
    /// Changes what forms say of the office; what is left out stays.
    Office(OfficeLines),
    /// Chooses the circular whose forms are followed.
    Regulation {
        /// tt01 (TT 01/2018/TT-VPCP) or tt03 (TT 03/2025/TT-VPCP).
        regulation: Regulation,
    },
    /// Chooses for one form; what is left out stays.
    Set {
        /// The form, as `print` names it.
        form: desk::Form,
        /// Its paper; `default` is the station's.
        #[arg(long)]
        paper: Option<FormPaper>,
        /// The printer it is bound to; empty for the station's.
        #[arg(long)]
        printer: Option<String>,
        /// How many are printed, 1 to 9.
        #[arg(long)]
        copies: Option<u32>,
    },
    /// Puts a PNG or JPEG above the office's name, or takes it away.
    Logo {
        /// The file.
        #[arg(required_unless_present = "none")]
        file: Option<PathBuf>,
        /// No mark.
        #[arg(long, conflicts_with = "file")]
        none: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Regulation {
    Tt01,
    Tt03,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum FormPaper {
    A4,
    A5,
    Default,
}

#[derive(clap::Args)]
pub(crate) struct OfficeLines {
    /// The superior agency, first line of the letterhead.
    #[arg(long)]
    pub(crate) parent: Option<String>,
    /// The one-stop unit, second line.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Place name before the date.
    #[arg(long)]
    pub(crate) place: Option<String>,
    /// Where the office is.
    #[arg(long)]
    pub(crate) address: Option<String>,
    /// Telephone.
    #[arg(long)]
    pub(crate) phone: Option<String>,
    /// Address of the look-up page.
    #[arg(long)]
    pub(crate) lookup: Option<String>,
    /// Name of the information system in the code of every paper.
    #[arg(long)]
    pub(crate) system: Option<String>,
}
