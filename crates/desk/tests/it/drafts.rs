//! Drafts: every edit is kept as it is made, whatever happens next, and no page is ever lost by an edit.

use crate::samples::{aside, kept};
use crate::world::{BIRTH, CARD, MARRIAGE, Station, counted, draft, import, person, scan};
use desk::view::{ApplicantForm, DossierView, Locale, PaperCounts, Theme};
use desk::{Channel, Error, ErrorCode, Form, Preferences, Zoom};
use domain::Status;

/// A2: the plug is pulled after each edit.
#[test]
fn every_edit_survives_the_end_of_the_program() {
    let (station, desk) = Station::new();
    let id = desk.new_dossier().unwrap().id;
    let mut held = Some(desk);
    let mut edit = |edit: &dyn Fn(&desk::Desk) -> DossierView| {
        let desk = held.take().unwrap();
        let seen = edit(&desk);
        let desk = station.reopen(desk);
        let there = desk.open_dossier(id).unwrap();
        held = Some(desk);
        // The preview of the due date and the warnings off the card are of the moment.
        let plain = |view: DossierView| DossierView { warnings: Vec::new(), ..view };
        assert_eq!(plain(there.clone()), plain(seen), "the edit must be there after a restart");
        there
    };
    edit(&|desk| desk.read_card(id, CARD, desk::Seat::Owner).unwrap());
    edit(&|desk| {
        let typed = ApplicantForm { phone: "0912 345 678".into(), ..desk.open_dossier(id).unwrap().applicant };
        desk.save_applicant(id, &typed).unwrap()
    });
    edit(&|desk| desk.choose_procedure(id, BIRTH, Some("bo-roi")).unwrap());
    edit(&|desk| desk.set_papers(id, 2, PaperCounts { originals: 1, copies: 2, certified: 3 }).unwrap());
    edit(&|desk| desk.set_channel(id, Channel::Post).unwrap());
    edit(&|desk| desk.save_note(id, "ghi chú\nhai dòng").unwrap());
    edit(&|desk| desk.discard_draft(id).unwrap());
    let last = edit(&|desk| desk.restore_draft(id).unwrap());
    assert!(last.from_card && last.applicant.phone == "0912345678");
    assert_eq!((last.channel, last.case.as_deref()), (Channel::Post, Some("bo-roi")));
}

/// T-03: a station that died over several drafts offers all of them.
#[test]
fn all_drafts_are_offered_again() {
    let (station, desk) = Station::new();
    let ids: Vec<_> = (1..=3).map(|n| draft(&desk, n)).collect();
    let desk = station.reopen(desk);
    let drafts: Vec<_> = desk.today_view().unwrap().drafts.iter().map(|row| row.id).collect();
    assert_eq!(drafts, ids.into_iter().rev().collect::<Vec<_>>(), "not only the latest");
}

#[test]
fn a_discarded_draft_comes_back_whole() {
    let (station, desk) = Station::new();
    let id = counted(&desk, 1);
    station.feeder.pages([1, 2]);
    scan(&desk, id, 1).unwrap();
    let before = desk.open_dossier(id).unwrap();
    assert_eq!(desk.discard_draft(id).unwrap().status, Status::Discarded);
    assert!(desk.today_view().unwrap().drafts.is_empty() && desk.search("Mẫu", 5).unwrap().hits.is_empty());
    assert!(desk.accept(id).is_err() && desk.save_note(id, "x").is_err(), "what is put away is not worked on");
    assert!(desk.discard_draft(id).is_err(), "and not put away twice");
    let after = desk.restore_draft(id).unwrap();
    assert_eq!(after.history.len(), before.history.len() + 2, "its way back is told");
    assert_eq!(DossierView { history: before.history.clone(), ..after }, before);
    assert_eq!(desk.search("Mẫu", 5).unwrap().hits.len(), 1);
    assert!(desk.restore_draft(id).is_err());
    assert!(desk.accept(id).is_ok());
}

#[test]
fn another_procedure_keeps_every_page() {
    let (station, desk) = Station::new();
    let id = desk.new_dossier().unwrap().id;
    desk.choose_procedure(id, BIRTH, None).unwrap();
    for (component, pages) in [(1, 1..=2), (2, 3..=4), (3, 5..=5)] {
        station.feeder.pages(pages);
        scan(&desk, id, component).unwrap();
    }
    let view = desk.choose_procedure(id, MARRIAGE, None).unwrap();
    assert_eq!(
        (view.pages.received, view.pages.kept, view.pages.set_aside),
        (5, 0, 5),
        "none is lost, none is misfiled"
    );
    assert_eq!(aside(&view, view.components.len() as u32), [1, 2, 3, 4, 5], "in their order");
    for page in view.components.last().unwrap().pages.clone() {
        desk.move_page(page.id, 1, None).unwrap();
        desk.set_page_aside(page.id, false).unwrap();
    }
    assert_eq!(kept(&desk.open_dossier(id).unwrap(), 1), [1, 2, 3, 4, 5], "all can be brought back");
}

/// The other case of one procedure has another list; papers of the same name take their pages and counts along.
#[test]
fn another_case_takes_pages_along_by_the_papers_name() {
    let (station, desk) = Station::new();
    let id = desk.new_dossier().unwrap().id;
    desk.choose_procedure(id, BIRTH, None).unwrap();
    for (component, page) in [(1, 1), (2, 2), (3, 3)] {
        station.feeder.pages([page]);
        scan(&desk, id, component).unwrap();
        desk.set_papers(id, component, PaperCounts { originals: component, ..PaperCounts::default() }).unwrap();
    }
    let before = desk.open_dossier(id).unwrap();
    let view = desk.choose_procedure(id, BIRTH, Some("bo-roi")).unwrap();
    assert_eq!((view.pages.received, view.pages.kept, view.pages.set_aside), (3, 2, 1));
    for old in &before.components[..3] {
        match view.components.iter().find(|new| new.name == old.name) {
            Some(new) => {
                assert_eq!(new.originals, old.originals, "{}", old.name);
                assert_eq!(new.pages.len(), old.pages.len(), "{}", old.name);
            }
            None => assert_eq!(old.index, 2, "only the birth certificate of the hospital is not in this case"),
        }
    }
    assert!(matches!(desk.choose_procedure(id, BIRTH, Some("khong-co")), Err(Error::CaseNotFound)));
    assert_eq!(desk.open_dossier(id).unwrap(), view, "a refused choice changes nothing");
}

#[test]
fn an_unreadable_card_changes_nothing() {
    let (_station, desk) = Station::new();
    let id = draft(&desk, 1);
    let before = desk.open_dossier(id).unwrap();
    for text in [
        "",
        "099190000001",
        &CARD.chars().take(30).collect::<String>(),
        "099190000001||NGUYỄN|31021990|Nữ|Thôn 1",
        "\u{0}|||||",
        "https://example.vn",
    ] {
        let error = desk.read_card(id, text, desk::Seat::Owner).unwrap_err();
        assert_eq!(error.code().0, ErrorCode::UnreadableId, "{text:?}");
        assert!(desk.explain(&error).message.contains("Không đọc được"));
        assert_eq!(desk.open_dossier(id).unwrap(), before, "{text:?}: no half-filled form");
    }
}

#[test]
fn hostile_text_in_a_form_is_only_text() {
    let (_station, desk) = Station::new();
    let id = counted(&desk, 1);
    let long = "Ư".repeat(100_000);
    let nasty = ApplicantForm {
        name: format!("'; DROP TABLE dossier; -- {long}"),
        id_number: "099190000001\u{202e}\u{0}".into(),
        address: "<script>alert(1)</script>\n\n\tThôn   1".into(),
        phone: "\u{feff}+84 (912) 345-678".into(),
        email: long.clone(),
        birth_date: Some("1990-02-30".into()),
        ..person(1)
    };
    assert_eq!(desk.save_applicant(id, &nasty).unwrap_err().code().0, ErrorCode::BadInput, "no such day");
    assert_eq!(desk.open_dossier(id).unwrap().applicant.name, "Nguyễn Thị Mẫu 1", "all or nothing");
    let view = desk.save_applicant(id, &ApplicantForm { birth_date: None, ..nasty }).unwrap();
    assert_eq!((view.applicant.name.chars().count(), view.applicant.email.chars().count()), (200, 200));
    assert_eq!(desk.save_note(id, &long).unwrap().note.chars().count(), 4_000);
    let counts = PaperCounts { originals: u32::MAX, copies: u32::MAX, certified: u32::MAX };
    desk.set_papers(id, 1, counts).unwrap();
    desk.accept(id).unwrap();
    assert!(
        desk.paper_pdf(Form::Receipt, &id.to_string(), None).unwrap().starts_with(b"%PDF"),
        "and it can be printed"
    );
}

#[test]
fn preferences_language_and_look_stay() {
    let (station, desk) = Station::new();
    let wanted = Preferences {
        scanner: Some("sane:test:0".into()),
        dpi: Some(300),
        receipt_paper: desk::Paper::A4,
        ..Preferences::default()
    };
    desk.set_preferences(&wanted).unwrap();
    desk.set_locale(Locale::En).unwrap();
    desk.set_theme(Theme::Dark).unwrap();
    desk.set_zoom(Zoom::new(900)).unwrap();
    let desk = station.reopen(desk);
    assert_eq!(desk.preferences().unwrap(), wanted);
    let view = desk.station();
    assert_eq!((view.locale, view.theme, view.training), (Locale::En, Theme::Dark, true));
    assert_eq!(view.zoom, Zoom::new(200), "no larger than the window shows well");
    assert_eq!(desk.explain(&Error::NotReady(Vec::new())).message.get(..3), Some("Not"), "told in English now");
    drop(desk);
    assert!(desk::Desk::is_training(&station.data()));
    std::fs::write(station.data().join("station.json"), "{").unwrap();
    let Err(error) = desk::Desk::open(&station.data(), station.parts()) else { panic!("a broken profile") };
    assert_eq!(error.code().0, ErrorCode::DataDamaged);
}

/// Moving is by place: before another page, to the end, to another component; a page before itself stays.
#[test]
fn pages_move_where_they_are_put() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let files: Vec<_> = (0..4)
        .map(|n| crate::samples::file(&station.papers(), &format!("{n}.jpg"), &crate::samples::jpeg(n)))
        .collect();
    import(&desk, id, 1, &files);
    let ids: Vec<_> = desk.open_dossier(id).unwrap().components[0].pages.iter().map(|page| page.id).collect();
    assert_eq!(kept(&desk.move_page(ids[3], 1, Some(ids[0])).unwrap(), 1), [3, 0, 1, 2]);
    assert_eq!(kept(&desk.move_page(ids[3], 1, None).unwrap(), 1), [0, 1, 2, 3]);
    assert_eq!(
        kept(&desk.move_page(ids[1], 1, Some(ids[1])).unwrap(), 1),
        [0, 1, 2, 3],
        "before itself is where it is"
    );
    let view = desk.move_page(ids[1], 2, None).unwrap();
    assert_eq!((kept(&view, 1), kept(&view, 2)), (vec![0, 2, 3], vec![1]));
    assert!(matches!(desk.move_page(ids[0], 2, Some(ids[3])), Err(Error::PageNotFound)), "not a neighbor there");
    assert!(matches!(desk.move_page(ids[0], 99, None), Err(Error::ComponentNotFound)));
    desk.set_page_aside(ids[2], true).unwrap();
    let view = desk.set_page_aside(ids[2], false).unwrap();
    assert_eq!(kept(&view, 1), [0, 2, 3], "T-06: back at its place");
}
