//! A scanner and its driver: sheets in a folder, and a `scanimage` of a few lines that moves them and dies on demand.

use crate::dice::Dice;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Whom the blow hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub(crate) enum Who {
    /// The driver: the program goes on, and says what it knows.
    Driver,
    /// The program: what it told before is all that anybody knows.
    Program,
}

/// Where on a page's way the blow falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub(crate) enum Point {
    /// The sheet was asked for and has not moved.
    Asked,
    /// Half of its picture is written.
    Half,
    /// All of it is written, under its passing name.
    Written,
    /// It has its name, which was not told yet.
    Named,
    /// Its name was told: the program is keeping it.
    Told,
    /// Half a picture was told as a whole one.
    Torn,
}

pub(crate) const POINTS: [Point; 6] =
    [Point::Asked, Point::Half, Point::Written, Point::Named, Point::Told, Point::Torn];

/// One blow: at the so-manieth sheet of a run, after a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Blow {
    pub(crate) who: Who,
    pub(crate) at: Point,
    sheet: u64,
    /// Milliseconds, so that every moment of keeping a page is met.
    pause: u64,
}

impl Blow {
    /// The blow of this number: every whom and where comes up in turn, early in a run.
    pub(crate) fn dealt(number: u64) -> Self {
        let at = POINTS[usize::try_from(number / 2).unwrap_or_default() % POINTS.len()];
        let who = if number.is_multiple_of(2) { Who::Driver } else { Who::Program };
        Self { who, at, sheet: 1, pause: 0 }
    }

    pub(crate) fn throw(dice: &mut Dice) -> Self {
        let who = if dice.percent(60) { Who::Program } else { Who::Driver };
        let at = dice.pick(&POINTS).copied().unwrap_or(Point::Told);
        // The program is mostly at work after it was told of a page.
        let at = if who == Who::Program && dice.percent(50) { Point::Told } else { at };
        let pause = if at == Point::Told { dice.below(25) } else { 0 };
        Self { who, at, sheet: 1 + dice.below(4), pause }
    }
}

/// The stand of one station: sheets, driver, and the notes of what moved.
pub(crate) struct Feeder<'a>(pub(crate) &'a Path);

const DRIVER: &str = r#"#!/bin/sh
here=$(dirname "$0")
case "$*" in *--all-options*) exec cat "$here/options";; esac
sheet=$(cat "$here/top"); last=$(cat "$here/last"); number=0
read -r who at when pause <"$here/blow"
blow() {
    [ "$at" = "$1" ] && [ "$when" = "$number" ] || return 0
    echo none none 0 0 >"$here/blow"
    echo "$who $at" >>"$here/struck"
    [ "$pause" = 0 ] || sleep "$pause"
    if [ "$who" = Driver ]; then kill -9 $$; else kill -9 $PPID; exit; fi
}
while read -r _; do
    number=$((number + 1)); name=$(printf 'p%05d.jpeg' $number)
    echo "$sheet" >>"$here/asked"
    if [ "$sheet" -gt "$last" ]; then
        echo 'scanimage: sane_start: Document feeder out of documents' >&2
        echo "Batch terminated, $((number - 1)) pages scanned" >&2
        exit 7
    fi
    blow Asked
    echo "$sheet" >>"$here/moved"
    head -c 700 "$here/sheets/$sheet.jpeg" >"$name.part"
    blow Half
    if [ "$at" = Torn ] && [ "$when" = "$number" ]; then mv "$name.part" "$name"; echo "$name"; blow Torn; fi
    cat "$here/sheets/$sheet.jpeg" >"$name.part"
    blow Written
    mv "$name.part" "$name"
    blow Named
    echo "$name"
    blow Told
    sheet=$((sheet + 1))
done
"#;

const OPTIONS: &str = "All options specific to device `paper:0':\n  Scan Mode:\n    --mode Gray|Color [Color]\n    \
    --resolution 75..600dpi (in steps of 1) [300]\n    --source Flatbed|Automatic Document Feeder [Flatbed]\n";

impl Feeder<'_> {
    /// Sets the stand up.
    pub(crate) fn build(&self) {
        fs::create_dir_all(self.0.join("sheets")).unwrap();
        fs::create_dir_all(self.0.join("passage")).unwrap();
        fs::write(self.0.join("options"), OPTIONS).unwrap();
        fs::write(self.program(), DRIVER).unwrap();
        fs::set_permissions(self.program(), fs::Permissions::from_mode(0o700)).unwrap();
        self.strike(None);
    }

    /// The driver's program.
    pub(crate) fn program(&self) -> PathBuf {
        self.0.join("scanimage")
    }

    /// Where a page lies between driver and desk.
    pub(crate) fn passage(&self) -> PathBuf {
        self.0.join("passage")
    }

    /// A new stack lies on the table.
    pub(crate) fn put(&self, sheets: &[Vec<u8>]) {
        let _ = fs::remove_dir_all(self.0.join("sheets"));
        fs::create_dir_all(self.0.join("sheets")).unwrap();
        for (number, sheet) in (1..).zip(sheets) {
            fs::write(self.0.join(format!("sheets/{number}.jpeg")), sheet).unwrap();
        }
        fs::write(self.0.join("last"), sheets.len().to_string()).unwrap();
        for notes in ["asked", "moved", "struck"] {
            fs::write(self.0.join(notes), "").unwrap();
        }
        self.top(1);
    }

    /// What was not counted is put back: this sheet is the next to move.
    pub(crate) fn top(&self, sheet: usize) {
        fs::write(self.0.join("top"), sheet.to_string()).unwrap();
    }

    /// The blow that falls in the next run.
    pub(crate) fn strike(&self, blow: Option<Blow>) {
        let line = blow.map_or("none none 0 0".to_owned(), |Blow { who, at, sheet, pause }| {
            format!("{who:?} {at:?} {sheet} 0.{pause:03}")
        });
        fs::write(self.0.join("blow"), line + "\n").unwrap();
    }

    /// How many blows fell on this stack.
    pub(crate) fn struck(&self) -> u64 {
        self.notes("struck").count() as u64
    }

    /// The blows that fell on this stack, in order.
    pub(crate) fn blows(&self) -> impl Iterator<Item = (Who, Point)> {
        let word = |word: &str| serde_json::Value::String(word.to_owned());
        self.notes("struck").filter_map(move |line| {
            let (who, at) = line.split_once(' ')?;
            Some((serde_json::from_value(word(who)).ok()?, serde_json::from_value(word(at)).ok()?))
        })
    }

    /// How often a sheet moved.
    pub(crate) fn moved(&self) -> u64 {
        self.notes("moved").count() as u64
    }

    /// The furthest sheet that was asked for: each one before it is kept.
    pub(crate) fn asked(&self) -> usize {
        self.notes("asked").filter_map(|line| line.parse().ok()).max().unwrap_or(1)
    }

    fn notes(&self, name: &str) -> impl Iterator<Item = String> + use<> {
        let text = fs::read_to_string(self.0.join(name)).unwrap_or_default();
        text.lines().map(str::to_owned).collect::<Vec<_>>().into_iter()
    }
}
