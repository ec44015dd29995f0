//! The checklist: papers pass or fail with a reason, and what failed is what the applicant is told.

use crate::world::{MARRIAGE, PASSWORD, Station, counted, draft, person};
use desk::view::PaperVerdict;
use desk::{Desk, DossierId, Error, ErrorCode, EventKind, Form, IntakeFile, Status};
use domain::Verdict;
use domain::dossier::Obstacle;

fn found(desk: &Desk, id: DossierId, component: u32, verdict: Option<Verdict>, reason: &str) -> Result<(), Error> {
    desk.check_papers(id, &[PaperVerdict { component, verdict, reason: reason.into() }], false).map(drop)
}

/// NĐ 61/2018 art 17.1: a required paper that failed is not received, until it passes; who looked and when is kept.
#[test]
fn a_failed_paper_is_not_received_until_it_passes() {
    let (station, desk) = Station::new();
    let id = counted(&desk, 1);
    found(&desk, id, 1, Some(Verdict::Failed), " Thiếu  chữ ký ").unwrap();
    let refused = desk.accept(id).unwrap_err();
    let Error::NotReady(obstacles) = &refused else { panic!("{refused:?}") };
    assert!(matches!(&obstacles[..], [Obstacle::FailedPaper { component: 1, .. }]), "{obstacles:?}");
    assert!(desk.explain(&refused).message.contains("(Thiếu chữ ký)"), "the reason is told");

    let desk = station.reopen(desk);
    let view = desk.open_dossier(id).unwrap();
    let check = view.components[0].check.as_ref().unwrap();
    assert_eq!((check.verdict, check.reason.as_str()), (Verdict::Failed, "Thiếu chữ ký"));
    assert!(!check.by.is_empty() && check.at == "2026-11-23T08:15:00+07:00", "{check:?}");
    assert_eq!(view.lacking.len(), 2, "what failed, and the identity paper that nobody has shown");

    found(&desk, id, 1, Some(Verdict::Passed), "").unwrap();
    found(&desk, id, 2, Some(Verdict::Failed), "Hết hiệu lực").unwrap();
    found(&desk, id, 3, Some(Verdict::Passed), "").unwrap();
    assert_eq!(desk.accept(id).unwrap().status, Status::Received, "nobody has to hand the second in");
}

/// Either all verdicts are kept or none, and each failure says why.
#[test]
fn verdicts_are_kept_all_or_none() {
    let (_station, desk) = Station::new();
    let id = draft(&desk, 1);
    let verdict = |component, verdict, reason: &str| PaperVerdict { component, verdict, reason: reason.into() };
    let passed = verdict(1, Some(Verdict::Passed), "");
    for (bad, code) in [
        (verdict(2, Some(Verdict::Failed), "  "), ErrorCode::ReasonMissing),
        (verdict(9, Some(Verdict::Passed), ""), ErrorCode::ComponentNotFound),
    ] {
        let error = desk.check_papers(id, &[passed.clone(), bad], false).unwrap_err();
        assert_eq!(error.code().0, code);
    }
    assert!(desk.open_dossier(id).unwrap().components.iter().all(|one| one.check.is_none()));
    let all: Vec<_> = (1..=4).map(|component| verdict(component, Some(Verdict::Passed), "")).collect();
    let view = desk.check_papers(id, &all, false).unwrap();
    assert!(view.components.iter().all(|one| one.check.is_some()), "all by one key");
    let view = desk.check_papers(id, &[verdict(2, None, "")], false).unwrap();
    assert!(view.components[1].check.is_none(), "and taken back");
    assert_eq!(desk.verify_log().unwrap().first_broken, None);
}

/// The case changes, the paper is the same: so is what was found on it.
#[test]
fn a_verdict_stays_with_its_paper_when_the_case_changes() {
    let (_station, desk) = Station::new();
    let id = draft(&desk, 1);
    found(&desk, id, 1, Some(Verdict::Failed), "Thiếu chữ ký").unwrap();
    let view = desk.choose_procedure(id, MARRIAGE, Some("xac-minh")).unwrap();
    assert_eq!(view.components[0].check.as_ref().unwrap().reason, "Thiếu chữ ký");
}

/// The most used first; what is asked to be remembered is; only who administers changes the bank.
#[test]
fn the_bank_of_reasons_learns() {
    let (_station, desk) = Station::new();
    let first = desk.paper_reasons().unwrap();
    assert_eq!(first[0], "Thiếu chữ ký");
    let id = draft(&desk, 1);
    found(&desk, id, 1, Some(Verdict::Failed), "Hết hiệu lực; thieu chu ky").unwrap();
    found(&desk, id, 2, Some(Verdict::Failed), "Hết hiệu lực").unwrap();
    found(&desk, id, 4, Some(Verdict::Failed), "Chỉ lần này").unwrap();
    let own =
        PaperVerdict { component: 3, verdict: Some(Verdict::Failed), reason: "Ảnh không giống người".into() };
    desk.check_papers(id, &[own], true).unwrap();
    let known = desk.paper_reasons().unwrap();
    assert_eq!(known[..3], ["Hết hiệu lực", "Thiếu chữ ký", "Ảnh không giống người"]);
    assert_eq!(known.len(), first.len() + 1, "what nobody asked to keep is not kept");

    let refused = desk.set_paper_reasons(&["Lý do".to_owned()]).unwrap_err();
    assert_eq!(refused.code().0, ErrorCode::NotAllowed);
    desk.sign_out().unwrap();
    desk.sign_in("supervisor", PASSWORD).unwrap();
    let wanted = ["Thiếu trang", "HẾT HIỆU LỰC", " ", "thiếu  trang"].map(str::to_owned);
    assert_eq!(desk.set_paper_reasons(&wanted).unwrap(), ["HẾT HIỆU LỰC", "Thiếu trang"], "the count stays");
    assert_eq!(desk.set_paper_reasons(&[]).unwrap(), first, "an empty bank is the first one again");
}

/// After acceptance, what failed is the reason of the supplement; and later nothing is looked at any more.
#[test]
fn what_failed_is_the_reason_of_the_supplement() {
    let (_station, desk) = Station::new();
    let id = desk.accept(counted(&desk, 1)).unwrap().id;
    desk.move_dossier(id, EventKind::Processing, "").unwrap();
    let nothing = desk.move_dossier(id, EventKind::SupplementAsked, "").unwrap_err();
    assert_eq!(nothing.code().0, ErrorCode::ReasonMissing, "what was received was there");
    found(&desk, id, 1, Some(Verdict::Failed), "Thiếu chữ ký; thiếu trang").unwrap();
    found(&desk, id, 3, Some(Verdict::Failed), "Hết hiệu lực").unwrap();
    let view = desk.move_dossier(id, EventKind::SupplementAsked, "").unwrap();
    let reason = &view.history.last().unwrap().reason;
    assert_eq!(
        reason,
        "Tờ khai đăng ký kết hôn (hai bên nam nữ cùng ký): Thiếu chữ ký, thiếu trang; \
         Giấy tờ tùy thân của hai bên nam nữ: Hết hiệu lực"
    );
    desk.move_dossier(id, EventKind::Withdrawn, "Công dân xin rút").unwrap();
    let closed = found(&desk, id, 1, Some(Verdict::Passed), "").unwrap_err();
    assert_eq!(closed.code().0, ErrorCode::DossierClosed);
}

/// Mẫu 02 before anything is received (A6, A8; NĐ 61/2018 art 17.1a): all that fails and all that is missing, made by
/// itself; the same list again is a reprint, another one is not, and each print is in the log.
#[test]
fn what_a_draft_lacks_is_its_slip() {
    let (station, desk) = Station::new();
    *station.press.outcome.lock().unwrap() = Some(devices::JobState::Finished);
    let empty = desk.new_dossier().unwrap().id.to_string();
    let nothing = desk.paper(Form::Supplement, &empty, None).unwrap_err();
    assert_eq!(nothing.code().0, ErrorCode::NothingToPrint, "no procedure asks for anything");
    let id = counted(&desk, 1);
    let about = id.to_string();
    let slip = |desk: &Desk| desk.paper(Form::Supplement, &about, None);
    found(&desk, id, 1, Some(Verdict::Failed), "Thiếu chữ ký; thiếu trang").unwrap();
    assert_eq!(desk.papers_of(id).unwrap()[0].form, Form::Supplement, "it is offered");
    if let Some(said) = crate::papers::text(&desk, Form::Supplement, &about) {
        for phrase in ["PHIẾU YÊU CẦU BỔ SUNG", "Thiếu chữ ký; thiếu trang", "chưa xuất trình bản chính"]
        {
            assert!(said.contains(phrase), "{phrase}: {said}");
        }
    }
    assert!(!desk.print_paper(Form::Supplement, &about, None, None).unwrap().reprint);
    assert!(desk.print_paper(Form::Supplement, &about, None, None).unwrap().reprint);
    found(&desk, id, 2, Some(Verdict::Failed), "Hết hiệu lực").unwrap();
    assert!(!slip(&desk).unwrap().reprint, "another list is another sheet");
    for component in 1..=3 {
        found(&desk, id, component, Some(Verdict::Passed), "").unwrap();
    }
    assert_eq!(slip(&desk).unwrap_err().code().0, ErrorCode::NothingToPrint, "nothing is lacking any more");
    desk.sign_in("supervisor", PASSWORD).unwrap();
    let log = station.papers().join("nhat-ky.jsonl");
    desk.export_log(&log).unwrap();
    let log = std::fs::read_to_string(&log).unwrap();
    assert_eq!(log.matches("print.supplement").count(), 2, "each print is in the log");
}

/// A post clerk takes in, and so looks at papers; what was received is for those who handle it.
#[test]
fn who_takes_in_looks_at_drafts_only() {
    let (_station, desk) = Station::new();
    let id = desk.accept(counted(&desk, 1)).unwrap().id;
    desk.sign_out().unwrap();
    desk.sign_in("postal", PASSWORD).unwrap();
    let refused = found(&desk, id, 1, Some(Verdict::Failed), "Thiếu chữ ký").unwrap_err();
    assert_eq!(refused.code().0, ErrorCode::NotAllowed);
    let own = counted(&desk, 2);
    found(&desk, own, 1, Some(Verdict::Passed), "").unwrap();
}

/// The console's file says it as well.
#[test]
fn an_intake_file_carries_verdicts() {
    let (_station, desk) = Station::new();
    let file = |verdict: &str| -> IntakeFile {
        let applicant = serde_json::to_value(person(1)).unwrap();
        serde_json::from_value(serde_json::json!({
            "procedure": MARRIAGE, "applicant": applicant,
            "components": [{"index": 1, "originals": 1, "verdict": verdict, "reason": "Thiếu chữ ký"}],
        }))
        .unwrap()
    };
    assert!(matches!(desk.intake(&file("failed")), Err(Error::NotReady(_))));
    let received = desk.intake(&file("passed")).unwrap();
    let check = desk.open_dossier(received.id).unwrap().components[0].check.clone().unwrap();
    assert_eq!((check.verdict, check.reason.as_str()), (Verdict::Passed, ""));
}

/// A key stands for one other at most, and what was kept stays where the rest is refused.
#[test]
fn keys_that_stand_for_others_are_kept() {
    let (station, desk) = Station::new();
    assert!(desk.shortcuts().unwrap().is_empty());
    let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(from, to)| ((*from).into(), (*to).into())).collect();
    desk.set_shortcuts(&map(&[("F5", "F6"), ("F6", "F5")])).unwrap();
    let error = desk.set_shortcuts(&map(&[("F5", "F8"), ("F6", "F8")])).unwrap_err();
    assert_eq!(error.code().0, ErrorCode::BadInput);
    let desk = station.reopen(desk);
    assert_eq!(desk.shortcuts().unwrap().len(), 2);
}
