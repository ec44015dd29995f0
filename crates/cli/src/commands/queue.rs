//! The queue before the counter, at the console.

use super::{told, value};
use crate::output::Failure;
use crate::queue_arguments::{Queue, Take};
use desk::{Desk, Form, TicketStep};
use serde_json::Value;

/// `motcua queue`
pub(crate) fn queue(desk: &Desk, queue: &Queue) -> Result<Value, Failure> {
    let view = match queue {
        Queue::Take(take) => return hand_out(desk, take),
        Queue::Attach { dossier, ticket } => {
            let id = told(desk, desk.find_dossier(dossier))?;
            let view = told(desk, desk.set_ticket(id, ticket.as_deref().unwrap_or_default()))?;
            return Ok(serde_json::json!({ "id": view.id, "code": view.code, "ticket": view.ticket }));
        }
        Queue::Figures { day } => {
            return Ok(value(told(desk, desk.queue_figures(day.as_deref()))?));
        }
        Queue::Show => desk.queue_view(),
        Queue::Add { ticket, priority } => desk.add_ticket(ticket, *priority),
        Queue::Next => desk.call_next(),
        Queue::Call { ticket } => desk.call_ticket(ticket),
        Queue::Finish { ticket } => desk.step_ticket(ticket, TicketStep::Finish),
        Queue::Absent { ticket } => desk.step_ticket(ticket, TicketStep::Absent),
        Queue::PutBack { ticket } => desk.step_ticket(ticket, TicketStep::PutBack),
        Queue::Prefix { prefix } => desk.set_queue_prefix(prefix),
    };
    Ok(value(told(desk, view)?))
}

fn hand_out(desk: &Desk, take: &Take) -> Result<Value, Failure> {
    let taken = told(desk, desk.take_ticket(take.priority))?;
    let mut answer = value(&taken);
    answer["job"] = Value::Null;
    if take.print {
        // The number stands, whatever the printer says: it can be printed again.
        answer["job"] = match desk.print_paper(Form::QueueTicket, &taken.about, take.printer.as_deref(), None) {
            Ok(job) => value(job),
            Err(error) => serde_json::json!({ "error": value(desk.explain(&error)) }),
        };
    }
    Ok(answer)
}
