//! A day at the counter without a window: the real use cases over a real store, with a scanner and a printer
//! that do what a test says, and the real central system on loopback, at times behind a line that breaks.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accepting;
mod backup;
mod buttons;
mod calendar;
mod capital;
mod card_pictures;
mod catalogue;
mod check;
mod checklist;
mod copies;
mod day;
mod doctor;
mod drafts;
mod duplex;
mod editing;
mod feeder;
mod fees;
mod fees_property;
mod fields;
mod folders;
mod forms;
mod importing;
mod keeping;
mod known;
mod known_people;
mod life;
mod line;
mod lists;
mod looks;
mod loose;
mod mixed;
mod office;
mod papers;
mod parties;
mod people;
mod press;
mod printing;
mod profiles;
mod queue;
mod random_edits;
mod samples;
mod scanning;
mod sentences;
mod sessions;
mod share;
mod small_disk;
mod stacks;
mod syncing;
mod trouble;
mod visits;
mod world;
