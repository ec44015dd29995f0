//! The clerk: does real use cases in random order, says what it is about to do and what the desk told it came of it.

use crate::devices::{FEEDER, Feeder};
use crate::dice::Dice;
use crate::papers::{self, Paper};
use crate::said::{Kind, Op, Part, Said, Seen, say};
use crate::worker::{Ballast, PASSWORD, Tally, Task, code, dice, shown};
use desk::view::{ApplicantForm, PageProgress, PaperCounts, ScanRequest};
use desk::{Desk, DossierId, Error, ErrorCode, Form, PageId, Sex};
use domain::outbox::OutboxState;
use domain::{Channel, Status};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::runtime::Runtime;

const PROCEDURES: [&str; 4] = ["1.000894", "1.001193", "2.000635", "2.000815"];

/// How often each use case comes up, in so many.
const HABITS: [(Kind, u64); 15] = [
    (Kind::New, 6),
    (Kind::Applicant, 8),
    (Kind::Card, 5),
    (Kind::Procedure, 6),
    (Kind::Papers, 4),
    (Kind::Channel, 2),
    (Kind::Note, 5),
    (Kind::Import, 16),
    (Kind::Scan, 16),
    (Kind::Aside, 8),
    (Kind::Move, 8),
    (Kind::Discard, 3),
    (Kind::Accept, 9),
    (Kind::Print, 3),
    (Kind::Sync, 5),
];

/// So many use cases in one life at most.
const MOST: u32 = 120;

pub(crate) struct Clerk {
    desk: Arc<Desk>,
    runtime: Runtime,
    feeder: Feeder,
    dice: Dice,
    tally: Tally,
    ballast: Ballast,
    papers: PathBuf,
    serial: u64,
    aim: Option<Kind>,
    heal: Option<u64>,
    retry: Option<u64>,
    known: BTreeMap<DossierId, Seen>,
    /// After a fault nobody knows how these stand until the desk shows them.
    doubtful: BTreeSet<DossierId>,
    full: u32,
}

impl Clerk {
    pub(crate) fn new(
        desk: Arc<Desk>,
        runtime: Runtime,
        feeder: Feeder,
        task: &Task,
        tally: Tally,
        ballast: Ballast,
    ) -> Self {
        Self {
            desk,
            runtime,
            feeder,
            dice: dice(task),
            tally,
            ballast,
            papers: task.papers.clone(),
            serial: task.serial,
            aim: task.aim,
            heal: task.heal,
            retry: task.retry,
            known: BTreeMap::new(),
            doubtful: BTreeSet::new(),
            full: 0,
        }
    }

    /// Shows what the witness asked for.
    pub(crate) fn show(&mut self, id: DossierId) {
        match shown(&self.desk, id) {
            Ok(seen) => {
                say(&Said::Holds(seen.clone()));
                self.known.insert(id, seen);
            }
            Err(error) => {
                say(&Said::Failed { code: code(&error) });
                self.doubtful.insert(id);
            }
        }
    }

    /// A working day: some use cases, the one the fault aims at, and on until the end or until all is well again.
    pub(crate) fn work(&mut self) {
        if self.retry.is_some() {
            self.step(Kind::Import);
        }
        for _ in 0..self.dice.below(4) {
            let kind = self.habit();
            self.step(kind);
        }
        if let Some(aim) = self.aim {
            self.step(aim);
        }
        for _ in 0..MOST {
            if self.healed() {
                break;
            }
            let kind = self.habit();
            self.step(kind);
        }
        self.ballast.free();
        if self.heal.is_some() {
            self.prove();
        }
    }

    fn healed(&self) -> bool {
        if let Some(weighs) = self.ballast.weighs() {
            return self.full >= 3 || !weighs;
        }
        self.heal.is_some_and(|calls| self.tally.calls() >= calls)
    }

    /// Nothing of the fault may be left: whatever was in doubt shows itself, and a whole intake goes through.
    fn prove(&mut self) {
        for id in std::mem::take(&mut self.doubtful) {
            if !self.run(Op::Open { id }) {
                say(&Said::Broken(format!("{id} does not show itself after the fault")));
            }
        }
        let went = self.run(Op::New)
            && self.newest().is_some_and(|id| {
                let form = self.person();
                self.run(Op::Applicant { id, form })
                    && self.run(Op::Procedure { id, code: PROCEDURES[0].into() })
                    && self.hand_in(id, 1, Kind::Import)
                    && self.hand_in(id, 1, Kind::Scan)
                    && self.run(Op::Accept { id })
                    && self.run(Op::Sync)
            });
        if !went {
            say(&Said::Broken("the desk does not work after the fault".into()));
        }
    }

    fn habit(&mut self) -> Kind {
        let mut at = self.dice.below(HABITS.iter().map(|(_, weight)| weight).sum());
        for (kind, weight) in HABITS {
            if at < weight {
                return kind;
            }
            at -= weight;
        }
        Kind::New
    }

    /// Does one use case of `kind`, with whatever has to come before it.
    fn step(&mut self, kind: Kind) {
        match kind {
            Kind::New | Kind::Open => drop(self.run(Op::New)),
            Kind::Sync => drop(self.run(Op::Sync)),
            Kind::Print => {
                let id = self.one(|seen| seen.status == Status::Received).or_else(|| self.accept());
                id.map(|id| self.run(Op::Print { id }));
            }
            Kind::Accept => drop(self.accept()),
            _ => drop(self.edit(kind)),
        }
    }

    fn edit(&mut self, kind: Kind) -> Option<bool> {
        let id = self.draft()?;
        let op = match kind {
            Kind::Applicant => Op::Applicant { id, form: self.person() },
            Kind::Card => {
                let (text, form) = self.card();
                Op::Card { id, text, form }
            }
            Kind::Procedure => Op::Procedure { id, code: (*self.dice.pick(&PROCEDURES)?).into() },
            Kind::Channel => {
                Op::Channel { id, channel: *self.dice.pick(&[Channel::Counter, Channel::Post, Channel::Online])? }
            }
            Kind::Note => Op::Note { id, note: format!("Ghi chú {}", self.dice.throw()) },
            Kind::Discard => {
                return Some(self.run(Op::Discard { id }) && self.run(Op::Restore { id }));
            }
            _ => {
                let parts = self.parts(id)?;
                let component = self.dice.pick(&parts)?.index;
                match kind {
                    Kind::Papers => Op::Papers { id, component, counts: self.counts() },
                    Kind::Import | Kind::Scan => return Some(self.hand_in(id, component, kind)),
                    _ => {
                        if parts.iter().all(|part| part.pages().next().is_none())
                            && !self.hand_in(id, component, Kind::Scan)
                        {
                            return None;
                        }
                        self.sort_out(id, kind)?
                    }
                }
            }
        };
        Some(self.run(op))
    }

    /// A page set aside or brought back, or put somewhere else among its like.
    fn sort_out(&mut self, id: DossierId, kind: Kind) -> Option<Op> {
        let parts = self.known.get(&id)?.parts.clone();
        let pages: Vec<(PageId, bool)> = parts
            .iter()
            .flat_map(|part| {
                part.kept.iter().map(|page| (*page, true)).chain(part.aside.iter().map(|page| (*page, false)))
            })
            .collect();
        let (page, kept) = *self.dice.pick(&pages)?;
        if kind == Kind::Aside {
            return Some(Op::Aside { id, page, aside: kept });
        }
        let into = self.dice.pick(&parts)?.clone();
        let mut like = if kept { into.kept } else { into.aside };
        like.retain(|other| *other != page);
        let before = if self.dice.percent(60) { self.dice.pick(&like).copied() } else { None };
        Some(Op::Move { id, page, component: into.index, before })
    }

    /// One to three papers into a component, by the scanner or as files.
    fn hand_in(&mut self, id: DossierId, component: u32, kind: Kind) -> bool {
        let count = 1 + self.dice.below(3);
        let mut papers = Vec::new();
        let (mut files, mut sides) = (Vec::new(), Vec::new());
        for _ in 0..count {
            self.serial += 1;
            if kind == Kind::Scan {
                let bytes = papers::jpeg(self.serial);
                papers.push(Paper::of(&bytes, 1));
                sides.push(bytes);
            } else {
                let (name, bytes, pages) = papers::file(self.retry.take().unwrap_or(self.serial));
                let path = self.papers.join(name);
                std::fs::write(&path, &bytes).unwrap();
                papers.push(Paper::of(&bytes, pages));
                files.push(path);
            }
        }
        *self.feeder.0.lock().unwrap() = sides;
        let op =
            if kind == Kind::Scan { Op::Scan { id, component, papers } } else { Op::Import { id, component, papers } };
        let went = self.run_with(op, &files);
        for file in files {
            let _ = std::fs::remove_file(file);
        }
        went
    }

    /// Brings a draft to acceptance; the fault, if it aims at that, strikes the acceptance itself.
    fn accept(&mut self) -> Option<DossierId> {
        let id = self.draft()?;
        let form = self.person();
        if self.known.get(&id)?.applicant.name.is_empty() && !self.run(Op::Applicant { id, form }) {
            return None;
        }
        for part in self.parts(id)? {
            let counts = PaperCounts { originals: 1, ..PaperCounts::default() };
            let empty = part.counts == PaperCounts::default() && part.kept.is_empty();
            if empty && !self.run(Op::Papers { id, component: part.index, counts }) {
                return None;
            }
        }
        self.run(Op::Accept { id }).then_some(id)
    }

    fn newest(&self) -> Option<DossierId> {
        self.known.values().filter(|seen| seen.status == Status::Draft).map(|seen| seen.id).next_back()
    }

    /// One of the drafts in hand, or a new one.
    fn draft(&mut self) -> Option<DossierId> {
        if let Some(id) = self.one(|seen| seen.status == Status::Draft) {
            return Some(id);
        }
        let before: BTreeSet<_> = self.known.keys().copied().collect();
        self.run(Op::New).then(|| self.known.keys().find(|id| !before.contains(id)).copied()).flatten()
    }

    fn one(&mut self, is: impl Fn(&Seen) -> bool) -> Option<DossierId> {
        let found: Vec<_> = self.known.values().filter(|seen| is(seen) && !self.doubtful.contains(&seen.id)).collect();
        let ids: Vec<_> = found.iter().map(|seen| seen.id).collect();
        self.dice.pick(&ids).copied()
    }

    /// The components of a draft, which has a procedure from now on.
    fn parts(&mut self, id: DossierId) -> Option<Vec<Part>> {
        if self.known.get(&id)?.parts.is_empty() {
            let code = (*self.dice.pick(&PROCEDURES)?).into();
            self.run(Op::Procedure { id, code });
        }
        self.known.get(&id).map(|seen| seen.parts.clone()).filter(|parts| !parts.is_empty())
    }

    fn person(&mut self) -> ApplicantForm {
        let n = self.dice.below(100_000);
        ApplicantForm {
            kind: desk::PartyKind::Person,
            tax_code: String::new(),
            id_number: format!("0991900{n:05}"),
            name: format!("Nguyễn Thị Mẫu {n}"),
            birth_date: self.dice.percent(50).then(|| "1990-01-02".into()),
            sex: self.dice.percent(50).then_some(Sex::Female),
            address: format!("Thôn {n}, xã An Mẫu"),
            phone: format!("09{:08}", self.dice.below(100_000_000)),
            email: format!("mau{n}@an-mau.example"),
        }
    }

    fn card(&mut self) -> (String, ApplicantForm) {
        let n = self.dice.below(1_000_000);
        let form = ApplicantForm {
            id_number: format!("099190{n:06}"),
            name: "TRẦN THỊ MẪU".into(),
            birth_date: Some("1990-01-02".into()),
            sex: Some(Sex::Female),
            address: format!("Thôn {n}, xã An Mẫu"),
            ..ApplicantForm::default()
        };
        (format!("{}||{}|02011990|Nữ|{}|01012015", form.id_number, form.name, form.address), form)
    }

    fn counts(&mut self) -> PaperCounts {
        let mut some = || u32::try_from(self.dice.below(4)).unwrap_or_default();
        PaperCounts { originals: some(), copies: some(), certified: some() }
    }

    fn run(&mut self, op: Op) -> bool {
        self.run_with(op, &[])
    }

    /// Says what comes, does it, says what came of it.
    fn run_with(&mut self, op: Op, files: &[PathBuf]) -> bool {
        if self.aim == Some(op.kind()) {
            self.aim = None;
            self.tally.arm();
        }
        let (dossier, before) = (op.dossier(), self.tally.calls());
        say(&Said::Try(op.clone()));
        match self.perform(&op, files) {
            Ok(seen) => {
                say(&Said::Did { seen: seen.clone(), calls: self.tally.calls() - before });
                if let Some(seen) = seen {
                    self.doubtful.remove(&seen.id);
                    self.known.insert(seen.id, seen);
                }
                true
            }
            Err(error) => {
                say(&Said::Failed { code: code(&error) });
                self.doubtful.extend(dossier);
                self.after_a_fault(&error, dossier, &op);
                false
            }
        }
    }

    /// What a clerk would do: sign in again, or look how the dossier stands now.
    fn after_a_fault(&mut self, error: &Error, dossier: Option<DossierId>, op: &Op) {
        match error.code().0 {
            ErrorCode::NotSignedIn => drop(self.desk.sign_in("clerk", PASSWORD)),
            ErrorCode::DiskFull => self.full += 1,
            _ => {}
        }
        if let (Some(id), false) = (dossier, matches!(op, Op::Open { .. })) {
            self.run(Op::Open { id });
        }
    }

    fn perform(&mut self, op: &Op, files: &[PathBuf]) -> Result<Option<Seen>, Error> {
        let desk = Arc::clone(&self.desk);
        let mut progress = |progress| {
            if let PageProgress::Page { page, .. } = progress {
                say(&Said::Page { id: page.id });
            }
        };
        let view = match op {
            Op::New => desk.new_dossier()?,
            Op::Open { id } => desk.open_dossier(*id)?,
            Op::Applicant { id, form } => desk.save_applicant(*id, form)?,
            Op::Card { id, text, .. } => desk.read_card(*id, text, desk::Seat::Owner)?,
            Op::Procedure { id, code } => desk.choose_procedure(*id, code, None)?,
            Op::Papers { id, component, counts } => desk.set_papers(*id, *component, *counts)?,
            Op::Channel { id, channel } => desk.set_channel(*id, *channel)?,
            Op::Note { id, note } => desk.save_note(*id, note)?,
            Op::Import { id, component, .. } => {
                desk.import_files(*id, *component, files, &mut progress)?;
                desk.open_dossier(*id)?
            }
            Op::Scan { id, component, .. } => {
                let request = ScanRequest {
                    device: FEEDER.into(),
                    blank: Some(domain::BlankPolicy::Keep),
                    ..ScanRequest::default()
                };
                let outcome = desk.scan(*id, *component, &request, &mut progress)?;
                self.full += u32::from(outcome.error.is_some_and(|error| error.code == ErrorCode::DiskFull));
                desk.open_dossier(*id)?
            }
            Op::Aside { page, aside, .. } => desk.set_page_aside(*page, *aside)?,
            Op::Move { page, component, before, .. } => desk.move_page(*page, *component, *before)?,
            Op::Discard { id } => desk.discard_draft(*id)?,
            Op::Restore { id } => desk.restore_draft(*id)?,
            Op::Accept { id } => desk.accept(*id)?,
            Op::Print { id } => {
                desk.print_paper(Form::Receipt, &id.to_string(), None, None)?;
                return Ok(None);
            }
            Op::Sync => {
                self.runtime.block_on(desk.sync_now())?;
                let rows = desk.outbox()?;
                let accepted = rows.iter().filter(|row| row.state == OutboxState::Accepted);
                say(&Said::Sent(accepted.map(|row| row.dossier).collect()));
                return Ok(None);
            }
        };
        Ok(Some(Seen::shown(&view)))
    }
}
