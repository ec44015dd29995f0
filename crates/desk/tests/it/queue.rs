//! The queue before the counter (A4): numbers handed out, typed and read, called, tied to dossiers, and what the day says of it.

use crate::papers::text;
use crate::world::{PASSWORD, Station, draft};
use chrono::TimeDelta;
use desk::view::{CodeRead, QueueView};
use desk::{Desk, ErrorCode, Form, TicketStep};

fn code<T>(result: Result<T, desk::Error>) -> ErrorCode {
    result.err().unwrap().code().0
}

fn waiting(view: &QueueView) -> Vec<&str> {
    view.waiting.iter().map(|one| one.label.as_str()).collect()
}

fn serving(desk: &Desk) -> Option<String> {
    desk.queue_view().unwrap().serving.map(|one| one.label)
}

#[test]
fn numbers_are_called_in_turn_and_the_day_says_how_long_it_took() {
    let (station, desk) = Station::new();
    assert_eq!(desk.take_ticket(false).unwrap().label, "001");
    desk.take_ticket(false).unwrap();
    let third = desk.take_ticket(true).unwrap();
    assert_eq!(waiting(&third.queue), ["003", "001", "002"], "who needs it goes first");
    station.wall.pass(TimeDelta::minutes(6));
    let view = desk.call_next().unwrap();
    assert_eq!((view.serving.unwrap().waited, view.waiting.len()), (Some(360), 2));
    station.wall.pass(TimeDelta::minutes(4));
    desk.call_next().unwrap();
    assert_eq!(serving(&desk).as_deref(), Some("001"), "calling the next ends the one before");
    desk.step_ticket("1", TicketStep::Absent).unwrap();
    assert_eq!(serving(&desk), None);
    desk.call_next().unwrap();
    station.wall.pass(TimeDelta::minutes(2));
    desk.step_ticket("002", TicketStep::Finish).unwrap();
    let view = desk.call_next().unwrap();
    assert_eq!((view.serving, view.served, view.absent.len(), view.figures), (None, 2, 1, None));
    assert_eq!(code(desk.queue_figures(None)), ErrorCode::NotAllowed, "what others do is the supervisor's to see");

    desk.sign_in("supervisor", PASSWORD).unwrap();
    let day = desk.queue_view().unwrap().figures.unwrap();
    assert_eq!((day.all.taken, day.all.served, day.all.absent), (3, 2, 1));
    assert_eq!((day.all.mean_wait, day.all.longest_wait, day.all.mean_serving), (Some(480), Some(600), Some(180)));
    assert_eq!(day.clerks.len(), 1);
    assert_eq!(desk.queue_figures(Some("2026-11-22")).unwrap().all.taken, 0);
    assert_eq!(code(desk.queue_figures(Some("hôm qua"))), ErrorCode::BadInput);
}

// A4: nobody has to say whose dossier it is; and nothing of it is lost with the program.
#[test]
fn what_is_opened_while_somebody_is_served_is_theirs() {
    let (station, desk) = Station::new();
    let before = draft(&desk, 1);
    desk.add_ticket("a017", false).unwrap();
    desk.add_ticket("A017", false).unwrap();
    assert_eq!(waiting(&desk.queue_view().unwrap()), ["A017"], "typed twice is one");
    desk.call_next().unwrap();
    let (first, second) = (draft(&desk, 2), desk.next_in_visit(before).unwrap().id);
    let desk = station.reopen(desk);
    let view = desk.queue_view().unwrap();
    let dossiers: Vec<_> = view.serving.unwrap().dossiers.iter().map(|one| one.id).collect();
    assert_eq!(dossiers, [first, second]);
    assert_eq!(desk.open_dossier(before).unwrap().ticket, None);

    let tied = desk.set_ticket(before, "B5").unwrap().ticket.unwrap();
    assert_eq!((tied.label.as_str(), tied.waited), ("B5", None), "no time of waiting is made up");
    assert_eq!(serving(&desk).as_deref(), Some("B5"));
    assert_eq!(desk.set_ticket(first, "B5").unwrap().ticket.unwrap().dossiers.len(), 2);
    assert_eq!(desk.set_ticket(first, "").unwrap().ticket, None);
    for text in ["khách số ba", "MCQ|2026-11-22|001|"] {
        assert_eq!(code(desk.set_ticket(first, text)), ErrorCode::BadTicket, "{text}");
    }
    assert_eq!(code(desk.call_ticket("A017")), ErrorCode::TicketState, "it was served");
    desk.step_ticket("A017", TicketStep::PutBack).unwrap();
    assert_eq!(desk.call_ticket("A017").unwrap().serving.unwrap().dossiers.len(), 1);
    assert_eq!(code(desk.step_ticket("C9", TicketStep::Finish)), ErrorCode::TicketNotFound);
}

#[test]
fn a_slip_is_printed_and_its_code_is_read_back() {
    let (station, desk) = Station::new();
    desk.set_queue_prefix("q").unwrap();
    assert_eq!(code(desk.set_queue_prefix("Q-1")), ErrorCode::BadInput);
    desk.add_ticket("Q002", false).unwrap();
    desk.take_ticket(true).unwrap();
    let taken = desk.take_ticket(false).unwrap();
    assert_eq!(taken.label, "Q003", "a number that a machine handed out is not handed out twice");
    if let Some(said) = text(&desk, Form::QueueTicket, &taken.about) {
        for phrase in ["PHIẾU SỐ THỨ TỰ", "Q003", "08:15 23/11/2026", "Đang chờ trước: 2 người"] {
            assert!(said.contains(phrase), "{phrase}: {said}");
        }
    }
    *station.press.outcome.lock().unwrap() = Some(devices::JobState::Finished);
    assert!(!desk.print_paper(Form::QueueTicket, &taken.about, None, None).unwrap().reprint);
    assert!(desk.print_paper(Form::QueueTicket, "q003", None, None).unwrap().reprint);
    assert_eq!(code(desk.paper_pdf(Form::QueueTicket, "Q9", None)), ErrorCode::TicketNotFound);
    assert!(desk.paper_pdf(Form::QueueTicket, "sample", None).is_ok(), "the settings show one");

    // Readers type like keyboards.
    let slip = "mcq|2026-11-23|q003|\n";
    let CodeRead::Ticket { text } = desk.read_code(slip).unwrap() else { panic!("a slip") };
    assert_eq!(desk.call_ticket(&text).unwrap().serving.unwrap().label, "Q003");
    station.wall.pass(TimeDelta::days(1));
    assert_eq!(code(desk.call_ticket(&text)), ErrorCode::BadTicket, "yesterday's slip calls nobody");
    let view = desk.call_next().unwrap();
    assert_eq!((view.serving, view.waiting.len(), view.served), (None, 0, 0), "a day begins with nobody");
    assert_eq!(desk.take_ticket(false).unwrap().label, "Q001");
    desk.sign_in("supervisor", PASSWORD).unwrap();
    let day = desk.queue_figures(Some("2026-11-23")).unwrap().all;
    assert_eq!((day.served, day.mean_serving), (1, None), "how long a forgotten one took is not known");
}
