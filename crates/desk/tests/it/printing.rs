//! The receipt on paper: what is shown is what is printed, and every print after the first says so (T-54).

use crate::world::{Station, accepted, counted};
use desk::view::DeskEvent;
use desk::{ErrorCode, Form, Paper};
use devices::{JobState, Media};

#[test]
fn the_first_print_is_the_original_and_the_next_a_reprint() {
    let (station, desk) = Station::new();
    *station.press.outcome.lock().unwrap() = Some(JobState::Finished);
    let id = accepted(&desk, 1).id;
    let shown = desk.paper_pdf(Form::Receipt, &id.to_string(), None).unwrap();
    let first = desk.print_paper(Form::Receipt, &id.to_string(), None, None).unwrap();
    assert!(first.finished && !first.reprint && first.printer == "Press");
    let second = desk.print_paper(Form::Receipt, &id.to_string(), Some("Press"), Some(Paper::A4)).unwrap();
    assert!(second.reprint);
    assert!(desk.paper(Form::Receipt, &id.to_string(), None).unwrap().reprint);
    let jobs = station.press.jobs.lock().unwrap();
    assert_eq!(jobs[0].0, *shown, "what was shown is what was printed");
    assert_ne!(jobs[0].0, jobs[1].0);
    assert_eq!((jobs[0].1.media, jobs[1].1.media), (Media::A5, Media::A4));
    for (_, request) in &*jobs {
        assert!(!request.title.contains("Mẫu") && !request.title.contains("0991900"), "the queue is read by others");
    }
}

#[test]
fn a_print_that_was_not_taken_does_not_count() {
    let (station, desk) = Station::new();
    let id = accepted(&desk, 1).id;
    let refused = desk.print_paper(Form::Receipt, &id.to_string(), None, None).unwrap_err();
    assert_eq!(refused.code().0, ErrorCode::PrintFailed);
    assert!(!desk.paper(Form::Receipt, &id.to_string(), None).unwrap().reprint, "nothing came out");
    *station.press.outcome.lock().unwrap() = Some(JobState::Waiting);
    let waiting = desk.print_paper(Form::Receipt, &id.to_string(), None, None).unwrap();
    assert!(!waiting.finished && !waiting.reprint, "the spooler holds it: said so, not called printed");
}

/// T-54: the job was taken and then went wrong, such as a jam in the printer: the next sheet is no reprint.
#[test]
fn a_print_that_failed_in_the_printer_does_not_count() {
    let (station, desk) = Station::new();
    let id = accepted(&desk, 1).id;
    *station.press.outcome.lock().unwrap() = Some(JobState::Failed { reason: "media-jam".into() });
    let failed = desk.print_paper(Form::Receipt, &id.to_string(), None, None).unwrap_err();
    assert_eq!(failed.code().0, ErrorCode::PrintFailed);
    *station.press.outcome.lock().unwrap() = Some(JobState::Finished);
    assert!(!desk.print_paper(Form::Receipt, &id.to_string(), None, None).unwrap().reprint);
    assert!(desk.print_paper(Form::Receipt, &id.to_string(), None, None).unwrap().reprint);
}

/// T-54: the paper ran out, the clerk went on, and a minute later somebody deleted the job. It is noticed, told and
/// logged, also after the program was started anew; what came out late counts.
#[test]
fn what_the_spooler_held_is_followed_until_it_says_what_became_of_it() {
    let (station, desk) = Station::new();
    let heard = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let ear = std::sync::Arc::clone(&heard);
    desk.listen(move |event| ear.lock().unwrap().push(event));
    let about = accepted(&desk, 1).id.to_string();
    let outcome = |state| *station.press.outcome.lock().unwrap() = Some(state);
    let reprint = |desk: &desk::Desk| desk.paper(Form::Receipt, &about, None).unwrap().reprint;
    outcome(JobState::Waiting);
    assert!(!desk.print_paper(Form::Receipt, &about, None, None).unwrap().finished);
    assert_eq!(desk.follow_prints().unwrap(), 0);
    assert!(reprint(&desk), "as far as is known it comes out");

    let desk = station.reopen(desk);
    let ear = std::sync::Arc::clone(&heard);
    desk.listen(move |event| ear.lock().unwrap().push(event));
    outcome(JobState::Failed { reason: "cancelled".into() });
    assert_eq!(desk.follow_prints().unwrap(), 1);
    assert!(!reprint(&desk), "nothing came out");
    let lost = heard.lock().unwrap().iter().filter(|event| matches!(event, DeskEvent::PrintLost { .. })).count();
    assert_eq!((lost, desk.follow_prints().unwrap()), (1, 0), "told once");

    for settled in [JobState::Finished, JobState::Gone] {
        outcome(JobState::Waiting);
        desk.print_paper(Form::Receipt, &about, None, None).unwrap();
        outcome(settled);
        assert_eq!(desk.follow_prints().unwrap(), 0);
        outcome(JobState::Failed { reason: "asked too late".into() });
        assert_eq!(desk.follow_prints().unwrap(), 0, "it was printed");
        assert!(reprint(&desk));
    }
}

#[test]
fn there_is_no_receipt_before_acceptance() {
    let (_station, desk) = Station::new();
    let id = counted(&desk, 1);
    for code in [
        desk.paper(Form::Receipt, &id.to_string(), None).unwrap_err().code().0,
        desk.paper_pdf(Form::Receipt, &id.to_string(), None).unwrap_err().code().0,
        desk.print_paper(Form::Receipt, &id.to_string(), None, None).unwrap_err().code().0,
    ] {
        assert_eq!(code, ErrorCode::DossierState);
    }
}

#[test]
fn both_papers_have_two_sheets_and_can_be_looked_at() {
    let (_station, desk) = Station::new();
    let id = accepted(&desk, 1).id;
    for paper in [Paper::A5, Paper::A4] {
        let bytes = desk.paper_pdf(Form::Receipt, &id.to_string(), Some(paper)).unwrap();
        assert_eq!(pdf::read::inspect(&bytes).unwrap().len(), 2, "{paper:?}");
    }
    for page in 0..2 {
        assert!(desk.paper_picture(Form::Receipt, &id.to_string(), page).unwrap().starts_with(&[0xFF, 0xD8]));
    }
    assert!(desk.paper_picture(Form::Receipt, &id.to_string(), 2).is_err(), "there is no third");
}

/// The receipt names who received it, whoever prints it later.
#[test]
fn another_clerk_prints_the_same_receipt() {
    let (_station, desk) = Station::new();
    let id = accepted(&desk, 1).id;
    let mine = desk.paper_pdf(Form::Receipt, &id.to_string(), None).unwrap();
    desk.sign_out().unwrap();
    desk.sign_in("supervisor", crate::world::PASSWORD).unwrap();
    assert!(mine == desk.paper_pdf(Form::Receipt, &id.to_string(), None).unwrap(), "it names the clerk who received");
}
