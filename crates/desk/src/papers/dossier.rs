//! Sheets of one dossier: the receipt, the slip of a step, what travels with the papers, what the result is signed for on.

use super::make::{Content, Made};
use super::sample::SAMPLE;
use crate::fault::Error;
use crate::station::Desk;
use chrono::{DateTime, FixedOffset};
use domain::form::{self, Document, FailedPaper, form_of};
use domain::status::effective;
use domain::{Dossier, Event, EventKind, FileHash, Form, Receipt, Right, Staff, StaffId};
use store::tables::print_job::SheetKey;

/// A dossier with its log and the people who stand in it.
pub(super) struct Loaded {
    pub(super) dossier: Dossier,
    pub(super) log: Vec<Event>,
    pub(super) people: Vec<Staff>,
    pub(super) former_codes: Vec<String>,
    pub(super) book_number: Option<u32>,
}

impl Loaded {
    /// Who that is; nothing where nobody of that id ever worked here.
    pub(super) fn name(&self, id: StaffId) -> String {
        self.people.iter().find(|staff| staff.id == id).map(|staff| staff.name.clone()).unwrap_or_default()
    }

    /// A sheet of it, with the codes it had before beside the one it has.
    pub(super) fn made(&self, mut document: Document, subject: impl Into<String>) -> Made {
        document.former_codes.clone_from(&self.former_codes);
        Made::of_dossier(document, self.dossier.id, subject)
    }

    /// The last date that was appointed by hand and is later than the one before: the step, what was promised, what is.
    pub(super) fn put_off(&self) -> Option<(&Event, DateTime<FixedOffset>, DateTime<FixedOffset>)> {
        let steps = effective(&self.log);
        let at = steps.iter().rposition(|event| event.kind == EventKind::Appointed)?;
        let (earlier, step) = (steps[..at].iter().rev().find_map(|event| event.due), steps[at]);
        // What was received before dates were kept with steps has the date before in its deadline.
        let kept = || Some(self.dossier.deadline.as_ref()?.changed.as_ref()?.before);
        let (before, after) = (earlier.or_else(kept)?, step.due?);
        (after > before).then_some((step, before, after))
    }

    /// The last step of a kind that still holds.
    pub(super) fn last(&self, is: impl Fn(EventKind) -> bool) -> Option<&Event> {
        effective(&self.log).into_iter().rev().find(|event| is(event.kind))
    }
}

impl Desk {
    pub(super) fn loaded(&self, about: &str) -> Result<Loaded, Error> {
        if about == SAMPLE {
            return self.sample();
        }
        let id = self.find_dossier(about)?;
        self.store()?.read(|r| {
            let (mut dossier, mut log) = (r.dossier(id)?.ok_or(Error::DossierNotFound)?, r.events(id)?);
            let (calendars, received) = (self.calendars(), dossier.received_at.unwrap_or_else(|| self.now()));
            let settled = dossier
                .deadline
                .as_ref()
                .is_some_and(|deadline| deadline.is_settled(received, calendars.of_dossier(&dossier)));
            if let Some(deadline) = &mut dossier.deadline {
                deadline.confirmed = settled;
            }
            let mut people: Vec<Staff> = Vec::new();
            for event in &mut log {
                // The counter's clock, as it is printed.
                event.at = event.at.with_timezone(&self.calendar.offset());
                if !people.iter().any(|staff| staff.id == event.by) {
                    people.extend(r.staff(event.by)?);
                }
            }
            let (former_codes, book) = (r.former_codes(id)?, r.book_number(id)?);
            Ok(Loaded { dossier, log, people, former_codes, book_number: book.map(|(_, number)| number) })
        })
    }

    pub(super) fn make_receipt(&self, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let staff = self.require(Right::Print)?;
        let loaded = self.loaded(about)?;
        // The receipt names who received, which need not be who prints.
        let received = loaded.log.iter().find(|event| event.kind == EventKind::Received);
        let clerk = received.map_or(staff.name, |event| loaded.name(event.by));
        let training = self.profile().training;
        let mut receipt = Receipt::of(&loaded.dossier, self.office_on_paper()?, clerk, at, training)?;
        receipt.former_codes.clone_from(&loaded.former_codes);
        receipt.book_number = loaded.book_number;
        let key = SheetKey { form: Form::Receipt, dossier: Some(loaded.dossier.id), subject: String::new() };
        Ok(Made { content: Content::Receipt(Box::new(receipt)), key })
    }

    /// The slip of the last step that it tells of; of what is still a draft, all that it lacks.
    pub(super) fn make_notice(&self, form: Form, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let loaded = self.loaded(about)?;
        if form == Form::Supplement && loaded.dossier.code.is_none() {
            return self.make_guidance(&loaded.dossier, at);
        }
        let step = loaded.last(|kind| form_of(kind) == Some(form)).ok_or(Error::NothingToPrint)?;
        let issue = self.issue(&loaded.name(step.by), at)?;
        let document = form::notice(&loaded.dossier, step, issue).ok_or(Error::NothingToPrint)?;
        Ok(loaded.made(document, step.id.to_string()))
    }

    /// What the applicant is told at the counter before anything is received (NĐ 61/2018 art 17.1a): once, and all of it.
    fn make_guidance(&self, dossier: &Dossier, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let staff = self.require(Right::Print)?;
        let lacking = self.lacking_now(dossier)?;
        if lacking.is_empty() {
            return Err(Error::NothingToPrint);
        }
        // Another list is another sheet, so that only the same one again is a reprint.
        let entries: Vec<String> = lacking.iter().map(domain::Lacking::entry).collect();
        let subject = FileHash::of(entries.join("\n").as_bytes()).to_string().chars().take(16).collect::<String>();
        let failed: Vec<FailedPaper> = lacking.into_iter().map(FailedPaper::from).collect();
        let document = form::supplement_of_draft(dossier, &failed, self.issue(&staff.name, at)?);
        Ok(Made::of_dossier(document, dossier.id, subject))
    }

    /// Why the result is due when it is, for who asks for it on paper (D5).
    pub(super) fn make_due_explanation(&self, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let staff = self.require(Right::Print)?;
        let loaded = self.received(about)?;
        let issue = self.issue(&staff.name, at)?;
        let dossier = &loaded.dossier;
        let calendars = self.calendars();
        let agency = calendars.agency_of(dossier).map(|agency| agency.name.as_str());
        let document = form::due_explanation(dossier, agency, issue).ok_or(Error::NothingToPrint)?;
        // Another date is another sheet, and no reprint.
        let due = dossier.deadline.as_ref().map(|deadline| deadline.due.timestamp().to_string());
        Ok(loaded.made(document, due.unwrap_or_default()))
    }

    /// The apology for a result that was put off (NĐ 61/2018 art 19.9), with the date that was promised and the new one.
    pub(super) fn make_apology(&self, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let loaded = self.loaded(about)?;
        let (step, before, after) = loaded.put_off().ok_or(Error::NothingToPrint)?;
        let here = |time: DateTime<FixedOffset>| time.with_timezone(&self.calendar.offset());
        let issue = self.issue(&loaded.name(step.by), at)?;
        let document = form::apology(&loaded.dossier, here(before), here(after), &step.reason, issue);
        Ok(loaded.made(document, step.id.to_string()))
    }

    pub(super) fn make_control(&self, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let staff = self.require(Right::Print)?;
        let loaded = self.received(about)?;
        let issue = self.issue(&staff.name, at)?;
        let document = form::control(&loaded.dossier, &loaded.log, |event| loaded.name(event.by), issue);
        // It grows with every hop; with the same hops it is the same sheet.
        Ok(loaded.made(document, loaded.log.len().to_string()))
    }

    pub(super) fn make_history(&self, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let staff = self.require(Right::Print)?;
        let loaded = self.received(about)?;
        let issue = self.issue(&staff.name, at)?;
        let by = |event: &Event| loaded.name(event.by);
        let document = form::history(&loaded.dossier, &loaded.log, by, domain::words::step, issue);
        Ok(loaded.made(document, loaded.log.len().to_string()))
    }

    /// Before the result is handed over, so that the applicant can sign for it, and afterwards as proof.
    pub(super) fn make_result_receipt(&self, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let staff = self.require(Right::Print)?;
        let loaded = self.received(about)?;
        let done = loaded.last(|kind| kind == EventKind::Done).ok_or(Error::NothingToPrint)?;
        let returned = loaded.last(|kind| kind == EventKind::Returned);
        let clerk = returned.map_or(staff.name, |event| loaded.name(event.by));
        let given = returned.map_or(at, |event| event.at);
        let issue = self.issue(&clerk, at)?;
        let document = form::result_receipt(&loaded.dossier, given, &done.reason, issue);
        Ok(loaded.made(document, done.id.to_string()))
    }

    fn received(&self, about: &str) -> Result<Loaded, Error> {
        let loaded = self.loaded(about)?;
        if loaded.dossier.code.is_none() {
            return Err(domain::receipt::NotAccepted.into());
        }
        Ok(loaded)
    }
}
