//! Acceptance: all of it or nothing of it, and a PDF of exactly what the clerk sees.

use crate::samples::{self, aside, file, jpeg, kept};
use crate::world::{BIRTH, Station, accepted, counted, draft, import, person, scan};
use chrono::{DateTime, Utc};
use desk::view::PaperCounts;
use desk::{DossierId, Error, ErrorCode, Form, IntakeFile};
use domain::dossier::Obstacle;
use domain::outbox::OutboxState;
use domain::status::fold;
use domain::{DossierCode, Status};

#[test]
fn what_is_missing_is_named_and_nothing_changes() {
    let (station, desk) = Station::new();
    let id = desk.new_dossier().unwrap().id;
    let refused = desk.accept(id).unwrap_err();
    let Error::NotReady(obstacles) = &refused else { panic!("{refused:?}") };
    assert_eq!(obstacles.len(), 4, "name, number, address, procedure: {obstacles:?}");
    desk.save_applicant(id, &person(1)).unwrap();
    desk.choose_procedure(id, BIRTH, None).unwrap();
    desk.set_papers(id, 1, PaperCounts { originals: 1, ..PaperCounts::default() }).unwrap();
    let refused = desk.accept(id).unwrap_err();
    let Error::NotReady(obstacles) = &refused else { panic!("{refused:?}") };
    assert!(matches!(&obstacles[..], [Obstacle::MissingPaper { component: 2, .. }]), "{obstacles:?}");
    let told = desk.explain(&refused);
    assert!(told.message.contains("Giấy chứng sinh"), "the paper is named: {}", told.message);
    let view = desk.open_dossier(id).unwrap();
    assert_eq!((view.status, view.code, view.received_at), (Status::Draft, None, None));
    assert!(view.sync.is_none() && desk.outbox().unwrap().is_empty(), "nothing may be on its way");
    let (events, number) = station.look_inside(desk, |store| {
        let events = store.read(|r| r.events(id)).unwrap();
        (events, store.write(|tx| tx.take_provisional_number("2026-11-23".parse().unwrap())).unwrap())
    });
    assert!(events.is_empty(), "{events:?}");
    assert_eq!(number, 1, "no number may be burnt");
}

#[test]
fn a_paper_whose_pages_are_all_set_aside_is_missing() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    station.feeder.pages([1]);
    scan(&desk, id, 1).unwrap();
    let page = desk.open_dossier(id).unwrap().components[0].pages[0].id;
    let view = desk.set_page_aside(page, true).unwrap();
    assert_eq!(view.obstacles.len(), 1, "set aside is not handed in");
    assert!(matches!(desk.accept(id), Err(Error::NotReady(_))));
    desk.set_page_aside(page, false).unwrap();
    assert_eq!(kept(&desk.accept(id).unwrap(), 1), [1]);
}

/// The PDF that goes out holds the kept pages in their order, byte for byte, and no other.
#[test]
fn the_pdf_is_made_of_the_kept_pages_and_no_others() {
    let (station, desk) = Station::new();
    let id = desk.new_dossier().unwrap().id;
    desk.save_applicant(id, &person(1)).unwrap();
    desk.choose_procedure(id, BIRTH, None).unwrap();
    station.feeder.pages([1, 2, 3, 4]);
    scan(&desk, id, 1).unwrap();
    station.feeder.pages([5, 6]);
    scan(&desk, id, 2).unwrap();
    let view = desk.open_dossier(id).unwrap();
    let page = |n: u32| {
        view.components.iter().flat_map(|c| &c.pages).find(|page| page.width == 100 + n).map(|page| page.id).unwrap()
    };
    desk.set_page_aside(page(2), true).unwrap();
    desk.move_page(page(4), 1, Some(page(1))).unwrap();
    desk.move_page(page(3), 2, None).unwrap();
    let view = desk.accept(id).unwrap();
    assert_eq!((kept(&view, 1), aside(&view, 1), kept(&view, 2)), (vec![4, 1], vec![2], vec![5, 6, 3]));
    assert_eq!((view.pages.received, view.pages.kept, view.pages.set_aside), (6, 5, 1));
    let (dossier, files, command) = station.look_inside(desk, |store| {
        let dossier = store.read(|r| r.dossier(id)).unwrap().unwrap();
        let made: Vec<_> = dossier.components.iter().filter_map(|c| c.digitized.clone()).collect();
        let files: Vec<_> = made.iter().map(|made| store.file(&made.file).unwrap()).collect();
        let item = store.read(|r| r.outbox_of(id)).unwrap().unwrap();
        (dossier, files, store.read(|r| r.outbox_body(item.id)).unwrap().unwrap())
    });
    for (pdf, pages) in files.iter().zip([vec![4, 1], vec![5, 6, 3]]) {
        assert_eq!(pdf::read::inspect(pdf).unwrap().len(), pages.len());
        let at: Vec<_> = pages.iter().map(|n| find(pdf, &jpeg(*n)).expect("the scanner's bytes, unchanged")).collect();
        assert!(at.is_sorted(), "pages {pages:?} out of order");
        assert_eq!(find(pdf, &jpeg(2)), None, "what is set aside stays here");
    }
    let command: protocol::Command = serde_json::from_slice(&command).unwrap();
    let sent: Vec<_> = command.body.files().map(|file| (file.sha256, file.pages)).collect();
    let made: Vec<_> =
        dossier.components.iter().filter_map(|c| c.digitized.as_ref()).map(|m| (m.file, m.pages)).collect();
    assert_eq!(sent, made, "the command names exactly these files");
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

#[test]
fn a_dossier_is_accepted_once() {
    let (station, desk) = Station::new();
    station.feeder.pages([1, 2]);
    let id = counted(&desk, 1);
    scan(&desk, id, 1).unwrap();
    let first = desk.accept(id).unwrap();
    assert!(matches!(desk.accept(id), Err(Error::DossierClosed)));
    let page = first.components[0].pages[0].id;
    let closed: [(&str, Result<_, Error>); 9] = [
        ("applicant", desk.save_applicant(id, &person(2))),
        ("card", desk.read_card(id, crate::world::CARD, desk::Seat::Owner)),
        ("procedure", desk.choose_procedure(id, BIRTH, None)),
        ("papers", desk.set_papers(id, 1, PaperCounts::default())),
        ("note", desk.save_note(id, "sau")),
        ("channel", desk.set_channel(id, desk::Channel::Post)),
        ("aside", desk.set_page_aside(page, true)),
        ("move", desk.move_page(page, 2, None)),
        ("discard", desk.discard_draft(id)),
    ];
    for (what, result) in closed {
        let code = result.unwrap_err().code().0;
        assert!(matches!(code, ErrorCode::DossierClosed | ErrorCode::DossierState), "{what}: {code:?}");
    }
    let again = desk.open_dossier(id).unwrap();
    assert_eq!((again.code, again.pages, again.note), (first.code, first.pages, first.note), "nothing moved");
    assert_eq!(desk.outbox().unwrap().len(), 1, "one command for one acceptance");
}

/// Two clicks at once.
#[test]
fn a_double_click_accepts_once() {
    let (_station, desk) = Station::new();
    let id = counted(&desk, 1);
    let results: Vec<_> = std::thread::scope(|scope| {
        let clicks: Vec<_> = (0..4).map(|_| scope.spawn(|| desk.accept(id))).collect();
        clicks.into_iter().map(|click| click.join().unwrap()).collect()
    });
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    assert_eq!(desk.outbox().unwrap().len(), 1);
    assert!(desk.open_dossier(id).unwrap().code.unwrap().ends_with("-0001"), "one number for one dossier");
}

/// The transaction fails at its last steps: no event, no outbox row, no number gone, the draft as it was.
#[test]
fn a_failed_acceptance_leaves_nothing_behind() {
    let (station, desk) = Station::new();
    let (first, second) = (counted(&desk, 1), counted(&desk, 2));
    let code = desk.accept(first).unwrap().code.unwrap();
    let next = code.replace("-0001", "-0002");
    // Another dossier has the very code that comes next.
    station.look_inside(desk, |store| {
        store
            .write(|tx| {
                let mut other = tx.reader().dossier(first)?.unwrap();
                other.code = Some(DossierCode::from_stored(next.clone()));
                tx.put_dossier(&other)
            })
            .unwrap();
    });
    let desk = std::sync::Arc::new(desk::Desk::open(&station.data(), station.parts()).unwrap());
    desk.sign_in("clerk", crate::world::PASSWORD).unwrap();
    assert!(desk.accept(second).is_err(), "the code is taken");
    let view = desk.open_dossier(second).unwrap();
    assert_eq!((view.status, view.code, view.sync), (Status::Draft, None, None));
    assert_eq!(desk.outbox().unwrap().len(), 1, "only the first is on its way");
    let (events, number) = station.look_inside(desk, |store| {
        let events = store.read(|r| r.events(second)).unwrap();
        (events, store.write(|tx| tx.take_provisional_number("2026-11-23".parse().unwrap())).unwrap())
    });
    assert!(events.is_empty(), "{events:?}");
    assert_eq!(number, 2, "the number was not burnt (T-49)");
}

#[test]
fn the_status_is_the_fold_of_the_log_and_the_outbox_row_came_with_it() {
    let (station, desk) = Station::new();
    let id = counted(&desk, 1);
    desk.discard_draft(id).unwrap();
    desk.restore_draft(id).unwrap();
    desk.accept(id).unwrap();
    let left = counted(&desk, 2);
    desk.discard_draft(left).unwrap();
    assert_eq!(desk.verify_log().unwrap().first_broken, None, "the audit log's chain holds");
    station.look_inside(desk, |store| {
        for (id, status, queued) in [(id, Status::Received, true), (left, Status::Discarded, false)] {
            let (dossier, events, item) = store
                .read(|r| -> Result<_, store::Error> { Ok((r.dossier(id)?.unwrap(), r.events(id)?, r.outbox_of(id)?)) })
                .unwrap();
            assert_eq!(dossier.status, status);
            assert_eq!(fold(events.iter().map(|event| event.kind)), Ok(status), "{events:?}");
            assert_eq!(item.is_some_and(|item| item.state == OutboxState::Queued), queued);
        }
    });
}

/// `motcua intake`: the same steps from a file.
#[test]
fn a_whole_intake_from_a_file() {
    let (station, desk) = Station::new();
    let page = file(&station.papers(), "to-khai.jpg", &jpeg(1));
    let text = serde_json::json!({
        "procedure": crate::world::MARRIAGE,
        "applicant": {"id_number": "099190000009", "name": "  Lê   Văn Mẫu ", "address": "Thôn 2", "phone": "+84 912 345 678"},
        "received": "2026-11-23T14:59:00+07:00",
        "components": [{"index": 1, "originals": 1, "files": [page]}],
        "note": "từ tệp"
    });
    let intake: IntakeFile = serde_json::from_value(text).unwrap();
    let received = desk.intake(&intake).unwrap();
    assert_eq!(received.received, "2026-11-23T14:59:00+07:00", "the day the paper came, not the day it was typed");
    let view = desk.open_dossier(received.id).unwrap();
    assert_eq!((view.applicant.name.as_str(), view.applicant.phone.as_str()), ("Lê Văn Mẫu", "0912345678"));
    assert_eq!((kept(&view, 1), view.note.as_str()), (vec![1], "từ tệp"));

    let bad = file(&station.papers(), "hong.jpg", &samples::torn_jpeg());
    let mut broken = intake.clone();
    broken.components[0].files = vec![broken.components[0].files[0].clone(), bad];
    let refused = desk.intake(&broken).unwrap_err();
    let told = desk.explain(&refused);
    assert_eq!(told.code, ErrorCode::FileDamaged);
    assert!(told.message.starts_with("hong.jpg: "), "{}", told.message);
    let drafts = desk.today_view().unwrap().drafts;
    assert_eq!(drafts.len(), 1, "the draft stays and can be gone on with in the window");
    assert_eq!(kept(&desk.open_dossier(drafts[0].id).unwrap(), 1), [1], "with its good page");
    assert!(matches!(
        desk.intake(&IntakeFile { procedure: "9.999999".into(), ..intake }),
        Err(Error::ProcedureNotFound)
    ));
}

/// A time from a file is foreign input: the ends of the calendar are refused, not a crash.
#[test]
fn an_impossible_time_of_receipt_is_refused() {
    let (_station, desk) = Station::new();
    let base = serde_json::json!({
        "procedure": crate::world::MARRIAGE,
        "applicant": {"id_number": "099190000009", "name": "Lê Văn Mẫu", "address": "Thôn 2"},
        "components": [{"index": 1, "originals": 1}]
    });
    let intake: IntakeFile = serde_json::from_value(base).unwrap();
    for time in [DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC] {
        let file = IntakeFile { received: Some(time.fixed_offset()), ..intake.clone() };
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| desk.intake(&file)));
        assert!(matches!(result, Ok(Err(_))), "{time}: no crash, and no dossier of that day");
    }
    assert!(desk.outbox().unwrap().is_empty());
    let good = desk.intake(&intake).unwrap();
    assert!(good.code.ends_with("-0001"), "{}: nothing was burnt on the way", good.code);
}

#[test]
fn codes_of_one_day_are_consecutive() {
    let (_station, desk) = Station::new();
    let codes: Vec<String> = (1..=5).map(|n| accepted(&desk, n).code.unwrap()).collect();
    let numbers: Vec<&str> = codes.iter().filter_map(|code| code.rsplit('-').next()).collect();
    assert_eq!(numbers, ["0001", "0002", "0003", "0004", "0005"]);
}

/// A page set aside after the PDF was made makes it stale; acceptance makes it anew.
#[test]
fn a_stale_pdf_is_made_anew() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let files: Vec<_> = (1..=2).map(|n| file(&station.papers(), &format!("{n}.jpg"), &jpeg(n))).collect();
    import(&desk, id, 1, &files);
    let view = desk.open_dossier(id).unwrap();
    assert!(view.components[0].digitized);
    let view = desk.set_page_aside(view.components[0].pages[0].id, true).unwrap();
    assert!(!view.components[0].digitized, "the clerk sees that the PDF is not of these pages");
    let view = desk.accept(id).unwrap();
    assert!(view.components[0].digitized);
    let pages: u32 = station.look_inside(desk, |store| {
        let dossier = store.read(|r| r.dossier(id)).unwrap().unwrap();
        dossier.components[0].digitized.as_ref().unwrap().pages
    });
    assert_eq!(pages, 1);
}

#[test]
fn a_dossier_that_never_was_is_not_found() {
    let (_station, desk) = Station::new();
    let nobody: DossierId = "019a0000-0000-7000-8000-000000000000".parse().unwrap();
    for result in
        [desk.accept(nobody), desk.open_dossier(nobody), desk.save_note(nobody, ""), desk.discard_draft(nobody)]
    {
        assert!(matches!(result, Err(Error::DossierNotFound)), "{result:?}");
    }
    assert!(matches!(desk.find_dossier("H99.1-261123-0001"), Err(Error::DossierNotFound)));
    assert!(matches!(desk.paper_pdf(Form::Receipt, &nobody.to_string(), None), Err(Error::DossierNotFound)));
}

/// The receipt must not certify nought of a paper whose pages are there; what the clerk counted stands.
#[test]
fn a_scanned_paper_counts_as_handed_in() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    desk.set_papers(id, 2, PaperCounts { copies: 2, ..PaperCounts::default() }).unwrap();
    station.feeder.pages([1, 2]);
    scan(&desk, id, 1).unwrap();
    let view = desk.accept(id).unwrap();
    let counts: Vec<_> = view.components.iter().take(2).map(|c| (c.originals, c.copies, c.certified)).collect();
    assert_eq!(counts, [(1, 0, 0), (0, 2, 0)]);
}
