//! The queue before the counter (hàng chờ): numbers read, typed or handed out here, called, and tied to what is filled in
//! meanwhile (A4). Works without a queue machine and without a network.

use crate::fault::Error;
use crate::papers::{Content, Made, SAMPLE};
use crate::station::Desk;
use crate::view::{QueueDay, QueueFigures, QueueView, TicketDossier, TicketTaken, TicketView};
use chrono::{DateTime, FixedOffset, NaiveDate};
use domain::form::TicketSlip;
use domain::queue::{self, Figures, Ticket, TicketState};
use domain::{DossierId, Form, Right, Staff};
use store::tables::print_job::SheetKey;
use store::{Reader, Writer};

const PREFIX: &str = "queue_prefix";

/// What a ticket that was called can be turned into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum TicketStep {
    /// Its bearer leaves (xong).
    Finish,
    /// Nobody came (vắng mặt).
    Absent,
    /// Back among those that wait (trả về hàng chờ).
    PutBack,
}

impl Desk {
    /// The queue of today.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn queue_view(&self) -> Result<QueueView, Error> {
        let staff = self.require(Right::Read)?;
        let (day, now) = (self.today(), self.now());
        let mut view = self.store()?.read(|r| -> Result<_, Error> {
            let tickets = r.tickets(day)?;
            let shown = |ticket: &Ticket| self.ticket_view(r, ticket, now);
            let mut waiting: Vec<&Ticket> = tickets.iter().filter(|one| one.state == TicketState::Waiting).collect();
            waiting.sort_by_key(|one| one.turn());
            let absent = tickets.iter().rev().filter(|one| one.state == TicketState::Absent);
            let serving = r.ticket_served_by(staff.id)?.filter(|one| one.day == day);
            Ok(QueueView {
                serving: serving.as_ref().map(shown).transpose()?,
                waiting: waiting.into_iter().map(shown).collect::<Result<_, _>>()?,
                absent: absent.map(shown).collect::<Result<_, _>>()?,
                served: queue::figures(&tickets).served,
                prefix: r.setting(PREFIX)?.unwrap_or_default(),
                figures: None,
            })
        })?;
        // Who may see what others took in sees how long they took.
        view.figures = self.require(Right::Void).is_ok().then(|| self.queue_day(day)).transpose()?;
        Ok(view)
    }

    /// Waiting and serving on a day (today where none is named), of all and of each clerk.
    ///
    /// # Errors
    /// [`Error::BadInput`] for what is no day; when the role may not see what others do.
    pub fn queue_figures(&self, day: Option<&str>) -> Result<QueueDay, Error> {
        self.require(Right::Void)?;
        self.queue_day(crate::intake::day_of(day, "day")?.unwrap_or_else(|| self.today()))
    }

    fn queue_day(&self, day: NaiveDate) -> Result<QueueDay, Error> {
        self.store()?.read(|r| {
            let tickets = r.tickets(day)?;
            let mut clerks = Vec::new();
            for (id, figures) in queue::by_clerk(&tickets) {
                clerks.push(shown(r.staff(id)?.map(|staff| staff.name).unwrap_or_default(), figures));
            }
            clerks.sort_by(|one, other| one.clerk.cmp(&other.clerk));
            Ok(QueueDay { day: day.to_string(), all: shown(String::new(), queue::figures(&tickets)), clerks })
        })
    }

    /// Hands out the next number of ours; its slip is the form `queue-ticket`.
    ///
    /// # Errors
    /// When the role may not receive.
    pub fn take_ticket(&self, priority: bool) -> Result<TicketTaken, Error> {
        let staff = self.require(Right::Intake)?;
        let (day, now) = (self.today(), self.now());
        let label = self.store()?.write(|tx| -> Result<String, Error> {
            let prefix: String = tx.reader().setting(PREFIX)?.unwrap_or_default();
            let mut number = tx.next_ticket_number(day)?;
            loop {
                let ticket = Ticket::new(day, queue::label(&prefix, number), priority, Some(now));
                if tx.add_ticket(&ticket, Some(number))?.is_some() {
                    tx.log(now, Some(staff.id), "queue.take", &ticket.label)?;
                    return Ok(ticket.label);
                }
                // Somebody typed that number as a machine's.
                number += 1;
            }
        })?;
        Ok(TicketTaken { about: format!("{day}:{label}"), label, queue: self.queue_view()? })
    }

    /// Takes in a number of a queue machine, typed or read; one that is known stays as it is. Its bearer waits from now on.
    ///
    /// # Errors
    /// [`Error::BadTicket`] for what is no number of today.
    pub fn add_ticket(&self, text: &str, priority: bool) -> Result<QueueView, Error> {
        let staff = self.require(Right::Intake)?;
        let (day, now) = (self.today(), self.now());
        let label = queue::read_label(text, day).ok_or(Error::BadTicket)?;
        self.store()?.write(|tx| -> Result<(), Error> {
            if tx.add_ticket(&Ticket::new(day, label.clone(), priority, Some(now)), None)?.is_some() {
                tx.log(now, Some(staff.id), "queue.add", &label)?;
            }
            Ok(())
        })?;
        self.queue_view()
    }

    /// Calls the next one; whoever was served until now is done. Nobody is served where nobody waits.
    ///
    /// # Errors
    /// When the role may not receive.
    pub fn call_next(&self) -> Result<QueueView, Error> {
        let staff = self.require(Right::Intake)?;
        self.store()?.write(|tx| -> Result<(), Error> {
            self.finish_serving(tx, &staff)?;
            let tickets = tx.reader().tickets(self.today())?;
            match queue::next(&tickets).cloned() {
                Some(ticket) => self.call(tx, ticket, &staff),
                None => Ok(()),
            }
        })?;
        self.queue_view()
    }

    /// Calls one by its number, out of turn; one that a queue machine printed need not be known.
    ///
    /// # Errors
    /// [`Error::BadTicket`]; [`Error::TicketState`] where another clerk serves it or it was served.
    pub fn call_ticket(&self, text: &str) -> Result<QueueView, Error> {
        let staff = self.require(Right::Intake)?;
        let label = queue::read_label(text, self.today()).ok_or(Error::BadTicket)?;
        self.store()?.write(|tx| self.serve(tx, &label, &staff).map(|_| ()))?;
        self.queue_view()
    }

    /// What becomes of a ticket that was called.
    ///
    /// # Errors
    /// [`Error::TicketNotFound`]; [`Error::TicketState`] where it cannot.
    pub fn step_ticket(&self, text: &str, step: TicketStep) -> Result<QueueView, Error> {
        let staff = self.require(Right::Intake)?;
        let (day, now) = (self.today(), self.now());
        let label = queue::read_label(text, day).ok_or(Error::BadTicket)?;
        self.store()?.write(|tx| -> Result<(), Error> {
            let mut ticket = tx.reader().ticket(day, &label)?.ok_or(Error::TicketNotFound)?;
            let word = match step {
                TicketStep::Finish => ticket.finish(now).map(|()| "queue.finish"),
                TicketStep::Absent => ticket.absent(now).map(|()| "queue.absent"),
                TicketStep::PutBack => ticket.put_back().map(|()| "queue.put_back"),
            };
            let word = word.map_err(|_| Error::TicketState)?;
            tx.put_ticket(&ticket)?;
            tx.log(now, Some(staff.id), word, &label)?;
            Ok(())
        })?;
        self.queue_view()
    }

    /// Says for which number a dossier is filled in, and calls it where it still waits; empty for none.
    ///
    /// # Errors
    /// [`Error::BadTicket`]; [`Error::DossierNotFound`].
    pub fn set_ticket(&self, id: DossierId, text: &str) -> Result<crate::view::DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        let (day, now) = (self.today(), self.now());
        let label = match text.trim() {
            "" => None,
            text => Some(queue::read_label(text, day).ok_or(Error::BadTicket)?),
        };
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.reader().dossier(id)?.ok_or(Error::DossierNotFound)?;
            let ticket = match &label {
                None => None,
                // One that was served, or is by somebody else, is tied all the same: papers are finished afterwards too.
                Some(label) => Some(match tx.reader().ticket(day, label)? {
                    Some(known) if matches!(known.state, TicketState::Serving | TicketState::Served) => known.n,
                    _ => self.serve(tx, label, &staff)?,
                }),
            };
            tx.set_ticket_of(id, ticket)?;
            tx.log(now, Some(staff.id), "dossier.ticket", &id.to_string())?;
            Ok(())
        })?;
        self.dossier_view(id)
    }

    /// What stands before the numbers that are handed out here, so that two stations of one hall do not hand out the same.
    ///
    /// # Errors
    /// [`Error::BadInput`] for more than three letters.
    pub fn set_queue_prefix(&self, text: &str) -> Result<QueueView, Error> {
        let staff = self.require(Right::Intake)?;
        let (prefix, now) = (queue::prefix(text).ok_or(Error::BadInput("prefix"))?, self.now());
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(PREFIX, &prefix)?;
            tx.log(now, Some(staff.id), "settings.queue", &prefix)?;
            Ok(())
        })?;
        self.queue_view()
    }

    /// A dossier that is opened while somebody is served is theirs; nobody has to say so.
    pub(crate) fn tie_to_served(&self, tx: &Writer<'_>, staff: &Staff, id: DossierId) -> Result<(), Error> {
        let today = self.today();
        if let Some(ticket) = tx.reader().ticket_served_by(staff.id)?.filter(|one| one.day == today) {
            tx.set_ticket_of(id, Some(ticket.n))?;
        }
        Ok(())
    }

    pub(crate) fn ticket_of(&self, id: DossierId) -> Result<Option<TicketView>, Error> {
        let now = self.now();
        self.store()?.read(|r| r.ticket_of(id)?.map(|ticket| self.ticket_view(r, &ticket, now)).transpose())
    }

    /// The slip of a number: `DAY:LABEL`, or the label alone for today's.
    pub(crate) fn make_slip(&self, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let staff = self.require(Right::Print)?;
        let today = self.today();
        let sample = about == SAMPLE;
        let (day, text) = match about.split_once(':') {
            Some((day, text)) => (day.parse().map_err(|_| Error::NothingToPrint)?, text),
            None => (today, about),
        };
        let (ticket, before) = if sample {
            (Ticket::new(day, queue::label("", 17), false, Some(at)), 3)
        } else {
            let label = queue::read_label(text, day).ok_or(Error::BadTicket)?;
            self.store()?.read(|r| -> Result<_, Error> {
                let ticket = r.ticket(day, &label)?.ok_or(Error::TicketNotFound)?;
                let before = r.tickets(day)?.iter().filter(|one| one.waits_before(&ticket)).count();
                Ok((ticket, u32::try_from(before).unwrap_or(u32::MAX)))
            })?
        };
        let slip = TicketSlip {
            issue: self.issue(&staff.name, at)?,
            code: queue::slip_code(day, &ticket.label),
            priority: ticket.priority,
            before,
            label: ticket.label,
        };
        let key = SheetKey { form: Form::QueueTicket, dossier: None, subject: format!("{day}:{}", slip.label) };
        Ok(Made { content: Content::Slip(Box::new(slip)), key })
    }

    /// Calls `label`, known or not, and ends what this person did before; its place.
    fn serve(&self, tx: &Writer<'_>, label: &str, staff: &Staff) -> Result<i64, Error> {
        let day = self.today();
        // When the machine handed it out is not known, so that no time of waiting is made up.
        tx.add_ticket(&Ticket::new(day, label.to_owned(), false, None), None)?;
        let ticket = tx.reader().ticket(day, label)?.ok_or(Error::TicketNotFound)?;
        let n = ticket.n;
        if ticket.state == TicketState::Serving && ticket.by == Some(staff.id) {
            return Ok(n);
        }
        self.finish_serving(tx, staff)?;
        self.call(tx, ticket, staff)?;
        Ok(n)
    }

    fn call(&self, tx: &Writer<'_>, mut ticket: Ticket, staff: &Staff) -> Result<(), Error> {
        let now = self.now();
        ticket.call(staff.id, now).map_err(|_| Error::TicketState)?;
        tx.put_ticket(&ticket)?;
        tx.log(now, Some(staff.id), "queue.call", &ticket.label)?;
        Ok(())
    }

    fn finish_serving(&self, tx: &Writer<'_>, staff: &Staff) -> Result<(), Error> {
        let Some(mut ticket) = tx.reader().ticket_served_by(staff.id)? else { return Ok(()) };
        let now = self.now();
        if ticket.day == self.today() {
            ticket.finish(now).map_err(|_| Error::TicketState)?;
        } else {
            ticket.close_forgotten();
        }
        tx.put_ticket(&ticket)?;
        tx.log(now, Some(staff.id), "queue.finish", &ticket.label)?;
        Ok(())
    }

    fn ticket_view(&self, r: &Reader<'_>, ticket: &Ticket, now: DateTime<FixedOffset>) -> Result<TicketView, Error> {
        let mut dossiers = Vec::new();
        for id in r.dossiers_of_ticket(ticket.n)? {
            if let Some(one) = r.dossier(id)? {
                let code = one.code.as_ref().map(ToString::to_string);
                dossiers.push(TicketDossier { id, code, applicant: one.applicant.name });
            }
        }
        let clerk = ticket.by.map(|by| r.staff(by)).transpose()?.flatten().map(|staff| staff.name);
        Ok(TicketView {
            label: ticket.label.clone(),
            priority: ticket.priority,
            state: ticket.state,
            taken: ticket.taken.map(|at| self.shown(at)),
            called: ticket.called.map(|at| self.shown(at)),
            waited: ticket.waited_by(now),
            served: ticket.served_by(now),
            clerk: clerk.unwrap_or_default(),
            dossiers,
        })
    }
}

fn shown(clerk: String, figures: Figures) -> QueueFigures {
    QueueFigures {
        clerk,
        taken: figures.taken,
        waiting: figures.waiting,
        served: figures.served,
        absent: figures.absent,
        mean_wait: figures.mean_wait,
        longest_wait: figures.longest_wait,
        mean_serving: figures.mean_serving,
    }
}
