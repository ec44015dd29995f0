//! What can be typed about the pages of a draft.

use clap::{Args, Subcommand};
use desk::PageId;

/// Pages of a draft, changed in place; the stored bytes never change and everything can be taken back.
#[derive(Args)]
pub(crate) struct Pages {
    /// The dossier's code or id.
    pub(crate) dossier: String,
    /// What is done; shows the pages with their ids where it is left out.
    #[command(subcommand)]
    pub(crate) act: Option<Act>,
}

/// What is done to pages.
#[derive(Subcommand)]
pub(crate) enum Act {
    /// Turns pages clockwise.
    Turn {
        /// Their ids.
        #[arg(required = true)]
        pages: Vec<PageId>,
        /// Quarter turns.
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=3))]
        quarters: u8,
    },
    /// Cuts a page as it is seen now, in ten-thousandths of its width and height; gives back what was cut off where no
    /// edge is said.
    Crop {
        /// Its id.
        page: PageId,
        /// The edges of what stays: left, top, right, bottom.
        #[arg(long, num_args = 4, value_names = ["LEFT", "TOP", "RIGHT", "BOTTOM"])]
        keep: Option<Vec<u16>>,
    },
    /// Says where the paper lies on a photograph, which is laid flat; shows the whole picture where no corner is said.
    Flatten {
        /// Its id.
        page: PageId,
        /// The paper's corners, clockwise from its upper left one, in ten-thousandths of the stored picture: X Y for each.
        #[arg(long, num_args = 8, value_name = "CORNERS")]
        corners: Option<Vec<u16>>,
        /// What lies there: a4, a5, a3 or card; upright as the corners run.
        #[arg(long, value_parser = crate::scan_arguments::paper, default_value = "a4")]
        paper: desk::PhotoPaper,
        /// The paper lies on its side.
        #[arg(long)]
        landscape: bool,
    },
    /// Moves pages before another page, or to the end of a component.
    Move {
        /// Their ids.
        #[arg(required = true)]
        pages: Vec<PageId>,
        /// The component's index.
        #[arg(long)]
        component: u32,
        /// The page that they come before.
        #[arg(long)]
        before: Option<PageId>,
    },
    /// Sets pages aside.
    Aside {
        /// Their ids.
        #[arg(required = true)]
        pages: Vec<PageId>,
    },
    /// Lets pages count again.
    Back {
        /// Their ids.
        #[arg(required = true)]
        pages: Vec<PageId>,
    },
    /// Puts other pages of the dossier in the place of one, which is set aside.
    Replace {
        /// The page that is set aside.
        page: PageId,
        /// The pages in its place.
        #[arg(long, required = true, num_args = 1..)]
        with: Vec<PageId>,
    },
    /// Moves a page and those behind it to the end of another component.
    Split {
        /// The first page that goes.
        from: PageId,
        /// Where they go.
        #[arg(long)]
        component: u32,
    },
    /// Moves all pages of a component to the end of another.
    Merge {
        /// The component that is emptied.
        #[arg(long)]
        from: u32,
        /// Where they go.
        #[arg(long)]
        into: u32,
    },
    /// Turns the order of a component's pages round.
    Reverse {
        /// The component's index.
        #[arg(long)]
        component: u32,
    },
    /// Takes the last action back that was not taken back yet.
    Undo,
    /// Does the action again that was taken back last.
    Redo,
    /// Everything that was done to the pages, in order, by whom and when.
    History,
}
