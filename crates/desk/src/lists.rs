//! Finding dossiers again: the screen of the day, and search.

use crate::fault::Error;
use crate::station::Desk;
use crate::view::{CodeRead, DossierRow, LeftView, ListCounts, SearchView, TodayView, WorkList};
use chrono::{DateTime, Days, FixedOffset};
use domain::left::time_left;
use domain::search::Query;
use domain::{DossierId, Right, Status};
use store::tables::dossier::{DossierLine, DossierList};

/// Most rows a search shows.
pub(crate) const MOST: u32 = 500;

/// Most rows of a list that is worked through.
const LONGEST: u32 = 5_000;

impl Desk {
    /// The screen of the day.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn today_view(&self) -> Result<TodayView, Error> {
        self.require(Right::Read)?;
        let (now, today) = (self.now(), self.today());
        let from = self.midnight(today);
        let before = self.midnight(today + Days::new(1));
        self.store()?.read(|r| {
            let rows = |lines: Vec<DossierLine>| lines.into_iter().map(|line| self.row(line)).collect();
            Ok(TodayView {
                drafts: rows(r.dossiers(DossierList::Drafts, MOST)?),
                stacks: self.stacks_waiting(r)?,
                received: rows(r.dossiers(DossierList::Received { from, before }, MOST)?),
                received_count: r.count_received(from, before)?,
                due_today: r.count_due(Some(now), before)?,
                overdue: r.count_due(None, now)?,
            })
        })
    }

    /// The first `limit` lines of a list to be worked through, what is most pressing first.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn work_list(&self, kind: WorkList, limit: u32) -> Result<SearchView, Error> {
        self.require(Right::Read)?;
        let started = std::time::Instant::now();
        let (now, midnight) = (self.now(), self.midnight(self.today() + Days::new(1)));
        let list = match kind {
            WorkList::DueToday => DossierList::Due { from: Some(now), before: midnight },
            WorkList::Overdue => DossierList::Due { from: None, before: now },
            WorkList::Waiting => DossierList::Waiting,
            WorkList::Supplement => DossierList::Supplement,
            WorkList::Paused => DossierList::Paused,
            WorkList::Received => DossierList::Received { from: self.midnight(self.today()), before: midnight },
            WorkList::Twins => DossierList::Twins,
            WorkList::Done => DossierList::Done,
            WorkList::Unsent => DossierList::Unsent,
            WorkList::Unchecked => DossierList::Unchecked,
        };
        let lines = self.store()?.read(|r| r.dossiers(list, limit.clamp(1, LONGEST)))?;
        let ms = started.elapsed().as_secs_f64() * 1_000.0;
        Ok(SearchView { hits: lines.into_iter().map(|line| self.row(line)).collect(), ms })
    }

    /// Dossiers by code, name, identity number, telephone and day of receipt, diacritics aside; unsent ones included.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn search(&self, text: &str, limit: u32) -> Result<SearchView, Error> {
        let staff = self.require(Right::Read)?;
        let started = std::time::Instant::now();
        let named = domain::receipt_code::dossier_of(text);
        let text = named.as_ref().map_or(text, domain::DossierCode::as_str);
        let (asked, limit) = (Query::parse(text, self.today()), limit.clamp(1, MOST));
        // What a transfer for a draft is marked with, as it stands in the agency's account.
        let marked = domain::vietqr::marked(text);
        let lines = self.store()?.read(|r| match (marked, asked.received) {
            (Some((first, last)), _) if !r.dossiers_between(first, last, 1)?.is_empty() => {
                r.dossiers_between(first, last, limit)
            }
            (_, None) => r.search_dossiers(&asked.words, limit),
            (_, Some((from, to))) => {
                r.search_received(&asked.words, self.midnight(from), self.midnight(to + Days::new(1)), limit)
            }
        })?;
        let ms = started.elapsed().as_secs_f64() * 1_000.0;
        // What was typed may be a citizen's name; that somebody looked is what is noted.
        let now = self.now();
        self.store()?.write(|tx| tx.log(now, Some(staff.id), "search", &lines.len().to_string()))?;
        Ok(SearchView { hits: lines.into_iter().map(|line| self.row(line)).collect(), ms })
    }

    /// What a reader read: a paper of ours names its dossier; a card may be one's; anything else does nothing.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn read_code(&self, text: &str) -> Result<CodeRead, Error> {
        self.require(Right::Read)?;
        if domain::queue::is_slip(text) {
            return Ok(CodeRead::Ticket { text: text.trim().to_owned() });
        }
        let Some(code) = domain::receipt_code::dossier_of(text) else {
            let card = domain::receipt_code::may_be_card(text);
            return Ok(if card { CodeRead::Card } else { CodeRead::Foreign });
        };
        match self.store()?.read(|r| r.dossier_by_code(code.as_str()))? {
            Some(id) => Ok(CodeRead::Dossier { id }),
            None => Ok(CodeRead::Elsewhere { code: code.to_string() }),
        }
    }

    /// The dossier that `text` names: an id, a code, a code it once had, or the text of a paper's QR code.
    ///
    /// # Errors
    /// [`Error::DossierNotFound`].
    pub fn find_dossier(&self, text: &str) -> Result<DossierId, Error> {
        self.require(Right::Read)?;
        let text = text.trim();
        if let Ok(id) = text.parse::<DossierId>() {
            let known = self.store()?.read(|r| r.dossier(id))?;
            return known.map(|_| id).ok_or(Error::DossierNotFound);
        }
        if let Some(code) = domain::receipt_code::dossier_of(text) {
            return self.store()?.read(|r| r.dossier_by_code(code.as_str()))?.ok_or(Error::DossierNotFound);
        }
        let marked = domain::vietqr::marked(text);
        self.store()?.read(|r| {
            // Codes are written in capitals; people type as they like.
            let coded = r.dossier_by_code(&text.to_uppercase())?;
            let (None, Some((first, last))) = (coded, marked) else { return coded.ok_or(Error::DossierNotFound) };
            let found = r.dossiers_between(first, last, 2)?;
            // Two of one moment: nobody guesses whose the money is.
            if let [one] = found.as_slice() { Ok(one.id) } else { Err(Error::DossierNotFound) }
        })
    }

    fn left(&self, due: DateTime<FixedOffset>) -> Option<LeftView> {
        let left = time_left(self.now(), due, self.calendars().base())?;
        Some(LeftView { minutes: left.minutes, days: left.days })
    }

    /// How long each list is.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn list_counts(&self) -> Result<ListCounts, Error> {
        self.require(Right::Read)?;
        let now = self.now();
        let (from, before) = (self.midnight(self.today()), self.midnight(self.today() + Days::new(1)));
        self.store()?.read(|r| {
            Ok(ListCounts {
                received: r.count_received(from, before)?,
                due_today: r.count_due(Some(now), before)?,
                overdue: r.count_due(None, now)?,
                supplement: r.count_at(&[Status::Supplement])?,
                paused: r.count_at(&[Status::Finance, Status::Stopped])?,
                done: r.count_at(&[Status::Done])?,
                unsent: r.count_unsent()?,
                twins: r.count_twins()?,
            })
        })
    }

    pub(crate) fn row(&self, line: DossierLine) -> DossierRow {
        DossierRow {
            id: line.id,
            code: line.code,
            provisional: line.provisional,
            applicant: line.applicant,
            procedure: line.procedure,
            state: line.status,
            at: self.shown(line.received_at.unwrap_or(line.opened_at)),
            due: line.due_at.map(|due| self.shown(due)),
            left: line.due_at.filter(|_| at_work(line.status)).and_then(|due| self.left(due)),
            sync: line.sync,
            twin: line.twin,
            unchecked: line.unchecked,
        }
    }
}

/// Whether the time runs.
fn at_work(status: Status) -> bool {
    match status {
        Status::Received | Status::Processing => true,
        Status::Draft
        | Status::Registered
        | Status::Refused
        | Status::Supplement
        | Status::Finance
        | Status::Withdrawn
        | Status::Stopped
        | Status::Done
        | Status::Returned
        | Status::Discarded => false,
    }
}
