//! Sheets of many dossiers: what is handed over on a day, what came back, the tracking book.

use super::about::{Of, in_words, subject};
use super::make::Made;
use crate::fault::Error;
use crate::station::Desk;
use crate::view::WorkList;
use chrono::{DateTime, FixedOffset};
use domain::form::{self, BookRow, HandedDossier, ListedDossier};
use domain::status::effective;
use domain::{Dossier, DossierId, Event, EventKind, Right, Status, words};

/// The most rows of a list. A hundred pages are drawn; a longer book is printed month by month.
pub(super) const MOST: u32 = 2_000;

impl Desk {
    /// Dossiers that go to whoever handles them: received on the days, or chosen.
    pub(super) fn make_handover(&self, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let of = self.list_of(about)?;
        let ids = match &of {
            Of::Days(from, to) => self.entered(*from, *to)?.into_iter().map(|(_, id)| id).collect(),
            Of::Chosen(ids) | Of::Listed(_, ids) | Of::Found(_, ids) => ids.clone(),
        };
        let goes = |dossier: &Dossier| {
            dossier.code.is_some() && !matches!(dossier.status, Status::Withdrawn | Status::Refused)
        };
        let (ids, rows) = self.handed(&ids, goes)?;
        let what = match &of {
            Of::Days(from, to) => format!("Hồ sơ tiếp nhận {}", in_words(*from, *to)),
            Of::Chosen(_) | Of::Listed(..) | Of::Found(..) => String::new(),
        };
        let issue = self.issue(&self.require(Right::Print)?.name, at)?;
        Ok(Made::of(form::handover(&rows, &what, issue), subject(&of, &ids)))
    }

    /// Results that came back to the counter on the days, or of the chosen dossiers.
    pub(super) fn make_handover_results(&self, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let of = self.list_of(about)?;
        let ids = match &of {
            Of::Days(from, to) => {
                let (from, before) = self.moments(*from, *to);
                self.store()?.read(|r| r.finished_between(from, before, MOST))?
            }
            Of::Chosen(ids) | Of::Listed(_, ids) | Of::Found(_, ids) => ids.clone(),
        };
        let came = |dossier: &Dossier| matches!(dossier.status, Status::Done | Status::Returned);
        let (ids, rows) = self.handed(&ids, came)?;
        let what = match &of {
            Of::Days(from, to) => format!("Kết quả giải quyết {}", in_words(*from, *to)),
            Of::Chosen(_) | Of::Listed(..) | Of::Found(..) => String::new(),
        };
        let issue = self.issue(&self.require(Right::Print)?.name, at)?;
        Ok(Made::of(form::handover_results(&rows, &what, issue), subject(&of, &ids)))
    }

    /// The pages of the book for a stretch of days, under the numbers of the year.
    pub(super) fn make_tracking_book(&self, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let Of::Days(from, to) = self.list_of(about)? else { return Err(Error::BadInput("period")) };
        let entries = self.entered(from, to)?;
        let rows: Vec<BookRow> = self.store()?.read(|r| -> Result<_, Error> {
            let mut rows = Vec::new();
            for (number, id) in &entries {
                let (Some(dossier), log) = (r.dossier(*id)?, r.events(*id)?) else { continue };
                rows.extend(self.book_row(*number, &dossier, &log));
            }
            Ok(rows)
        })?;
        let ids: Vec<DossierId> = entries.iter().map(|(_, id)| *id).collect();
        let what = format!("Sổ {}", in_words(from, to));
        let issue = self.issue(&self.require(Right::Print)?.name, at)?;
        Ok(Made::of(form::tracking_book(&rows, &what, issue), subject(&Of::Days(from, to), &ids)))
    }

    /// The list as it is on the screen, or what was received on days.
    pub(super) fn make_dossier_list(&self, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let of = self.list_of(about)?;
        let (ids, what) = match &of {
            Of::Days(from, to) => {
                let ids: Vec<_> = self.entered(*from, *to)?.into_iter().map(|(_, id)| id).collect();
                (ids, format!("Hồ sơ tiếp nhận {}", in_words(*from, *to)))
            }
            Of::Chosen(ids) => (ids.clone(), String::new()),
            Of::Listed(kind, ids) => (ids.clone(), listed(*kind).to_owned()),
            Of::Found(text, ids) if text.is_empty() => (ids.clone(), String::new()),
            Of::Found(text, ids) => (ids.clone(), format!("Tìm theo “{text}”")),
        };
        let rows: Vec<ListedDossier> = self.store()?.read(|r| -> Result<_, Error> {
            let mut rows = Vec::new();
            for id in &ids {
                rows.extend(r.dossier(*id)?.map(|dossier| self.listed_row(&dossier)));
            }
            Ok(rows)
        })?;
        let most = if matches!(of, Of::Found(..)) { crate::lists::MOST } else { MOST };
        let issue = self.issue(&self.require(Right::Print)?.name, at)?;
        Ok(Made::of(form::dossier_list(&rows, &what, most as usize, issue), subject(&of, &ids)))
    }

    pub(super) fn listed_row(&self, dossier: &Dossier) -> ListedDossier {
        ListedDossier {
            code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
            provisional: dossier.provisional,
            applicant: dossier.applicant.name.clone(),
            phone: dossier.applicant.phone.clone(),
            request: dossier.procedure.as_ref().map(|procedure| procedure.name.clone()).unwrap_or_default(),
            received_at: self.local(dossier.received_at),
            due: self.local(dossier.deadline.as_ref().map(|deadline| deadline.due)),
            status: dossier.status,
        }
    }

    fn entered(&self, from: chrono::NaiveDate, to: chrono::NaiveDate) -> Result<Vec<(u32, DossierId)>, Error> {
        let (from, before) = self.moments(from, to);
        Ok(self.store()?.read(|r| r.book(from, before, MOST))?)
    }

    fn handed(
        &self,
        ids: &[DossierId],
        wanted: impl Fn(&Dossier) -> bool,
    ) -> Result<(Vec<DossierId>, Vec<HandedDossier>), Error> {
        self.store()?.read(|r| {
            let (mut kept, mut rows) = (Vec::new(), Vec::new());
            for id in ids {
                let dossier = r.dossier(*id)?.ok_or(Error::DossierNotFound)?;
                if !wanted(&dossier) {
                    continue;
                }
                let log = r.events(*id)?;
                kept.push(*id);
                rows.push(self.handed_row(&dossier, &log));
            }
            Ok((kept, rows))
        })
    }

    pub(super) fn handed_row(&self, dossier: &Dossier, log: &[Event]) -> HandedDossier {
        let done = effective(log).into_iter().rev().find(|event| event.kind == EventKind::Done);
        HandedDossier {
            code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
            request: dossier.procedure.as_ref().map(|procedure| procedure.name.clone()).unwrap_or_default(),
            applicant: dossier.applicant.name.clone(),
            address: dossier.applicant.address.clone(),
            channel: dossier.channel,
            received_at: self.local(dossier.received_at),
            due: self.local(dossier.deadline.as_ref().map(|deadline| deadline.due)),
            papers: dossier.components.iter().map(domain::Component::papers).sum(),
            charged: dossier.chosen_case().is_some_and(|case| case.fee.is_none_or(|fee| fee > 0)),
            result: done.map(|event| event.reason.clone()).unwrap_or_default(),
        }
    }

    pub(super) fn book_row(&self, number: u32, dossier: &Dossier, log: &[Event]) -> Option<BookRow> {
        let log = effective(log);
        let first = |kind| self.local(log.iter().find(|event| event.kind == kind).map(|event| event.at));
        let last = |kind| self.local(log.iter().rev().find(|event| event.kind == kind).map(|event| event.at));
        let applicant = &dossier.applicant;
        let reach = [applicant.address.as_str(), applicant.phone.as_str()];
        let reach: Vec<&str> = reach.into_iter().filter(|text| !text.trim().is_empty()).collect();
        let note = |event: &&&Event| match event.kind {
            EventKind::SupplementAsked | EventKind::FinanceAsked | EventKind::Stopped | EventKind::Withdrawn => true,
            EventKind::Registered
            | EventKind::Received
            | EventKind::Refused
            | EventKind::Processing
            | EventKind::Done
            | EventKind::Returned
            | EventKind::Discarded
            | EventKind::Restored
            | EventKind::Undone
            | EventKind::Appointed
            | EventKind::Corrected => false,
        };
        let notes: Vec<String> = log
            .iter()
            .filter(note)
            .map(|event| {
                let at = event.at.with_timezone(&self.calendar.offset());
                format!("{} {}", words::step(event.kind), at.format("%d/%m/%Y"))
            })
            .collect();
        Some(BookRow {
            number,
            code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
            procedure: dossier.procedure.as_ref().map(|procedure| procedure.name.clone()).unwrap_or_default(),
            applicant: applicant.name.clone(),
            address: reach.join("; "),
            received_at: self.local(dossier.received_at)?,
            due: self.local(dossier.deadline.as_ref().map(|deadline| deadline.due)),
            handed_at: first(EventKind::Processing),
            done_at: last(EventKind::Done),
            returned_at: last(EventKind::Returned),
            way: words::way_back(dossier.channel),
            note: notes.join("; "),
        })
    }

    fn local(&self, at: Option<DateTime<FixedOffset>>) -> Option<DateTime<FixedOffset>> {
        at.map(|at| at.with_timezone(&self.calendar.offset()))
    }
}

/// What a list is of, as it stands under its title.
fn listed(kind: WorkList) -> &'static str {
    match kind {
        WorkList::Received => "Hồ sơ tiếp nhận trong ngày",
        WorkList::DueToday => "Hồ sơ đến hạn trả trong ngày",
        WorkList::Overdue => "Hồ sơ quá hạn trả kết quả",
        WorkList::Waiting => "Hồ sơ đang chờ người nộp",
        WorkList::Supplement => "Hồ sơ chờ bổ sung",
        WorkList::Paused => "Hồ sơ tạm dừng giải quyết",
        WorkList::Done => "Hồ sơ đã có kết quả, chờ trả",
        WorkList::Unsent => "Hồ sơ chưa gửi lên hệ thống",
        WorkList::Unchecked => "Hồ sơ chưa đối chiếu dữ liệu dân cư",
        WorkList::Twins => "Hồ sơ nghi tiếp nhận trùng",
    }
}
