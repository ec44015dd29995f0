//! A large station of made-up people, to measure with (`motcua seed`). Only where nothing real is kept.
//!
//! Rows are those of real work, written through the same store; the pages all show the few training sheets, since a
//! million dossiers of distinct pictures would measure the disk and not the program. Small pictures are left out:
//! they are made when looked at.

use crate::fault::Error;
use crate::station::Desk;
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Timelike, Weekday};
use devices::{Cancel, ScanSettings, Scanner, VirtualScanner};
use domain::applicant::{Applicant, Sex};
use domain::id::Id;
use domain::{
    Disposition, Dossier, DossierCode, DossierId, EventKind, FileHash, MediaType, Office, Page, PageEdit, PageFound,
    PageId, PageSource, Procedure, Right, Staff, Status,
};
use protocol::Acceptance;
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// How much is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeedPlan {
    /// Dossiers.
    pub dossiers: u32,
    /// Pages of each.
    pub pages: u32,
    /// The same number makes the same people.
    pub seed: u64,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Seeded {
    /// Dossiers.
    pub dossiers: u32,
    /// Page rows.
    pub pages: u64,
    /// Size of the database on the disk.
    pub bytes: u64,
}

/// Dossiers in one transaction.
const BATCH: u32 = 2_000;

/// Dossiers of one day, as a large centre has them.
const A_DAY: u32 = 1_200;

/// Above every block that a central system would lease for these days.
const FIRST_NUMBER: u32 = 100_000;

/// People are made of these (assets/training/people.json).
#[derive(Deserialize)]
struct People {
    families: Vec<(String, u32)>,
    middles: Vec<String>,
    given: Vec<String>,
    places: Vec<String>,
}

/// A sheet that many pages show.
struct Sheet {
    file: FileHash,
    width: u32,
    height: u32,
    dpi: u32,
}

impl Desk {
    /// Fills a training station with made-up dossiers of the days before today.
    ///
    /// # Errors
    /// [`Error::NotTraining`] on a real station.
    pub fn seed(&self, plan: SeedPlan, progress: &mut dyn FnMut(u32)) -> Result<Seeded, Error> {
        let staff = self.require(Right::Intake)?;
        if !self.profile().training {
            return Err(Error::NotTraining);
        }
        let mut maker = Maker::new(self, plan, staff)?;
        let mut made = 0;
        while made < plan.dossiers {
            let batch = BATCH.min(plan.dossiers - made);
            self.store()?.write(|tx| -> Result<(), Error> {
                for _ in 0..batch {
                    maker.make(tx)?;
                }
                tx.log(self.now(), Some(maker.staff.id), "seed", &batch.to_string())?;
                Ok(())
            })?;
            made += batch;
            progress(made);
        }
        self.store()?.fold_log()?;
        Ok(Seeded { dossiers: made, pages: u64::from(made) * u64::from(plan.pages), bytes: self.store()?.size()? })
    }

    /// The training sheets, kept like scanned ones.
    fn training_sheets(&self) -> Result<Vec<Sheet>, Error> {
        let mut sheets = Vec::new();
        let mut fault = None;
        let scanner = VirtualScanner::training().with_rhythm(std::time::Duration::ZERO).with_stack(usize::MAX);
        let end = scanner.scan(devices::TRAINING_ID, &ScanSettings::default(), &Cancel::new(), &mut |side| match self
            .examine(&side.bytes)
        {
            Ok(examined) => {
                sheets.extend(examined.pages.first().map(|page| {
                    let sheet = Sheet { file: examined.file, width: page.width, height: page.height, dpi: page.dpi };
                    (sheet, examined.bytes)
                }));
                ControlFlow::Continue(())
            }
            Err(error) => {
                fault = Some(error);
                ControlFlow::Break(())
            }
        });
        if let Some(error) = fault {
            return Err(error);
        }
        end?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            for (sheet, bytes) in &sheets {
                tx.add_file(&sheet.file, *bytes, MediaType::Jpeg, now)?;
            }
            Ok(())
        })?;
        Ok(sheets.into_iter().map(|(sheet, _)| sheet).collect())
    }
}

/// Makes one dossier after the other.
struct Maker<'a> {
    desk: &'a Desk,
    staff: Staff,
    office: Office,
    people: People,
    procedures: Vec<Procedure>,
    sheets: Vec<Sheet>,
    pages: u32,
    day: NaiveDate,
    of_day: u32,
    random: Random,
}

impl<'a> Maker<'a> {
    fn new(desk: &'a Desk, plan: SeedPlan, staff: Staff) -> Result<Self, Error> {
        let people = serde_json::from_str(include_str!("../../../assets/training/people.json"));
        let people: People = people.map_err(|error| Error::Internal(error.to_string()))?;
        let procedures = desk.training_procedures()?;
        let days = u64::from(plan.dossiers / A_DAY + 1);
        // Two days of seven are no working days.
        let day = desk.today().checked_sub_days(Days::new(days * 7 / 5 + 3)).unwrap_or_default();
        Ok(Self {
            desk,
            staff,
            office: desk.office()?,
            people,
            procedures,
            sheets: desk.training_sheets()?,
            pages: plan.pages,
            day,
            of_day: 0,
            random: Random(plan.seed),
        })
    }

    fn make(&mut self, tx: &store::Writer<'_>) -> Result<(), Error> {
        let received = self.next_time();
        let procedure = self.procedures[self.random.below(self.procedures.len())].clone();
        let mut dossier = Dossier::draft(self.id(received), self.staff.id, received);
        dossier.applicant = self.person();
        dossier.choose(procedure, None);
        let calendars = self.desk.calendars();
        let calendar = calendars.of_dossier(&dossier);
        let term = dossier.chosen_case().and_then(|case| case.term()).ok_or(Error::CaseNotFound)?;
        let deadline = term.deadline(received, calendar)?;
        dossier.code =
            Some(DossierCode::official(&self.office.code, received.date_naive(), FIRST_NUMBER + self.of_day));
        dossier.received_at = Some(received);
        // What is long due was handed back, but for one in a hundred.
        let over = deadline.due < self.desk.now() && self.random.below(100) > 0;
        let due = Some(deadline.due);
        dossier.deadline = Some(deadline);
        dossier.status = if over { Status::Returned } else { Status::Received };
        for component in &mut dossier.components {
            component.originals = 1;
        }
        tx.put_dossier(&dossier)?;
        let id = self.id(received);
        let (by, reason) = (self.staff.id, String::new());
        let event = domain::Event { id, kind: EventKind::Received, at: received, by, reason, due };
        tx.add_event(dossier.id, &event)?;
        tx.enter_in_book(dossier.id, received.year())?;
        self.send(tx, &dossier, received)?;
        self.add_pages(tx, dossier.id, dossier.components.len(), received)
    }

    /// The command as real work writes it, and an answer as if the central system had given it.
    fn send(&self, tx: &store::Writer<'_>, dossier: &Dossier, at: DateTime<FixedOffset>) -> Result<(), Error> {
        let command = self.desk.queue(tx, dossier, self.office.clone(), &self.staff)?;
        let body = tx.reader().outbox_body(command)?.unwrap_or_default();
        let acceptance = Acceptance {
            command,
            body_sha256: FileHash::of(&body),
            files: Vec::new(),
            code: dossier.code.clone().ok_or(Error::CaseNotFound)?,
            accepted_at: at,
            log: None,
            replayed: false,
            twins: Vec::new(),
        };
        let proof = serde_json::to_string(&acceptance).map_err(|error| Error::Internal(error.to_string()))?;
        Ok(tx.accept_outbox(command, &proof, at)?)
    }

    fn add_pages(
        &mut self,
        tx: &store::Writer<'_>,
        dossier: DossierId,
        components: usize,
        received: DateTime<FixedOffset>,
    ) -> Result<(), Error> {
        let components = u32::try_from(components).unwrap_or(1).max(1);
        for n in 0..self.pages {
            let id: PageId = self.id(received);
            let sheet = &self.sheets[self.random.below(self.sheets.len())];
            let page = Page {
                id,
                component: n % components + 1,
                position: i64::from(n / components + 1),
                file: sheet.file,
                file_index: 0,
                media: MediaType::Jpeg,
                width: sheet.width,
                height: sheet.height,
                dpi: sheet.dpi,
                source: PageSource::Scanner { device: devices::TRAINING_ID.into() },
                disposition: Disposition::Kept,
                aside: None,
                stack: None,
                edit: PageEdit::default(),
                found: PageFound::default(),
                received_at: received,
            };
            tx.add_page(dossier, &page)?;
        }
        Ok(())
    }

    /// The next moment of a working day at which somebody came.
    fn next_time(&mut self) -> DateTime<FixedOffset> {
        if self.of_day == A_DAY {
            self.of_day = 0;
            self.day = self.day + Days::new(1);
        }
        while matches!(self.day.weekday(), Weekday::Sat | Weekday::Sun) {
            self.day = self.day + Days::new(1);
        }
        self.of_day += 1;
        let opening = NaiveTime::MIN + TimeDelta::hours(7);
        let minute = i64::from(self.of_day) * 480 / i64::from(A_DAY + 1);
        let time = self.desk.calendar.instant(self.day.and_time(opening + TimeDelta::minutes(minute)));
        time.with_second(self.of_day % 60).unwrap_or(time)
    }

    /// A person under the province number that no province has.
    fn person(&mut self) -> Applicant {
        let whole: u32 = self.people.families.iter().map(|(_, weight)| weight).sum();
        let mut at = u32::try_from(self.random.below(whole as usize)).unwrap_or_default();
        let family = self.people.families.iter().find(|(_, weight)| match at.checked_sub(*weight) {
            Some(rest) => {
                at = rest;
                false
            }
            None => true,
        });
        let family = family.map(|(name, _)| name.clone()).unwrap_or_default();
        let middle = &self.people.middles[self.random.below(self.people.middles.len())];
        let given = &self.people.given[self.random.below(self.people.given.len())];
        let name = format!("{family} {middle} {given}");
        let female = middle.starts_with("Thị");
        let year = 1950 + i32::try_from(self.random.below(50)).unwrap_or_default();
        let birth_date = NaiveDate::from_yo_opt(year, 1 + u32::try_from(self.random.below(365)).unwrap_or_default());
        let serial = self.random.below(1_000_000);
        Applicant {
            id_number: format!("099{}{:02}{serial:06}", u8::from(female), year % 100),
            name,
            birth_date,
            sex: Some(if female { Sex::Female } else { Sex::Male }),
            address: self.people.places[self.random.below(self.people.places.len())].clone(),
            phone: format!("09{:08}", self.random.below(100_000_000)),
            ..Applicant::default()
        }
    }

    fn id<I: Id>(&mut self, at: DateTime<FixedOffset>) -> I {
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.random.next().to_le_bytes());
        random[8..].copy_from_slice(&self.random.next().to_le_bytes()[..2]);
        I::from_parts(u64::try_from(at.timestamp_millis()).unwrap_or_default(), random)
    }
}

/// SplitMix64: the same people for the same seed, on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or_default()
    }
}
