//! Fees, the whole path: what is due, the money and its number (T-55, E6), the book, the shift, the way to the central
//! system.

use crate::capital::Capital;
use crate::world::{MARRIAGE, PASSWORD, Station, counted, enroll, person};
use desk::view::{FeePayment, FeesView, PaperCounts, SerialRun};
use desk::{
    CashBundle, CashCount, Desk, Dong, DossierId, Error, ErrorCode, FeeChoice, Form, GivenAmount, GivenRelief,
    IntakeFile, Original, PaidPart, PaymentMethod, ReliefReason, VietQr, VoidedMoney,
};
use domain::fee::FeeNeed;

/// A copy of an extract: 8.000 đ each, by the national table.
pub(crate) const EXTRACT: &str = "2.000635";
/// Certified copies: by the page of the original.
const COPIES: &str = "2.000815";
const SIGN: &str = "99AA-26T";
const TEMPLATE: &str = "01BLP2-001";

/// A draft for `procedure` with a person.
pub(crate) fn draft_for(desk: &Desk, n: u32, procedure: &str) -> DossierId {
    let id = desk.new_dossier().unwrap().id;
    desk.save_applicant(id, &person(n)).unwrap();
    desk.choose_procedure(id, procedure, None).unwrap();
    id
}

/// The same, with all its papers counted and accepted.
fn received(desk: &Desk, n: u32, procedure: &str) -> DossierId {
    let id = draft_for(desk, n, procedure);
    for component in desk.open_dossier(id).unwrap().components {
        desk.set_papers(id, component.index, PaperCounts { originals: 1, ..PaperCounts::default() }).unwrap();
    }
    desk.accept(id).unwrap().id
}

pub(crate) fn cash(fees: &FeesView) -> FeePayment {
    let expected = fees.left.unwrap_or(Dong::ZERO);
    let method = PaymentMethod::Cash;
    FeePayment {
        command: fees.command,
        whole_visit: false,
        method,
        also: Vec::new(),
        expected,
        payer: None,
        paper: false,
    }
}

fn pay(desk: &Desk, id: DossierId) -> FeesView {
    desk.take_payment(id, &cash(&desk.fees(id).unwrap())).unwrap()
}

fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> ErrorCode {
    result.unwrap_err().code().0
}

fn notes(bundles: &[(i64, u32)]) -> CashCount {
    CashCount(bundles.iter().map(|(note, count)| CashBundle { note: Dong::new(*note), count: *count }).collect())
}

fn whole_rest() -> SerialRun {
    SerialRun { template: TEMPLATE.into(), sign: SIGN.into(), first: 1, last: 500 }
}

fn text(desk: &Desk, form: Form, about: &str) -> Option<String> {
    let bytes = desk.paper_pdf(form, about, None).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &*bytes).unwrap();
    let read = std::process::Command::new("pdftotext").arg("-raw").arg(file.path()).arg("-").output().ok()?;
    Some(String::from_utf8(read.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn what_is_due_follows_the_table_the_record_and_the_clerk() {
    let (_station, desk) = Station::new();
    let free = desk.fees(draft_for(&desk, 1, MARRIAGE)).unwrap();
    assert_eq!(free.left, Some(Dong::ZERO));
    assert_eq!(free.dossiers[0].items[0].text, "Miễn phí", "the published wording, verbatim");
    let id = draft_for(&desk, 2, COPIES);
    let fees = desk.fees(id).unwrap();
    assert_eq!((fees.left, fees.dossiers[0].needs), (None, Some(FeeNeed::Quantity)));
    assert_eq!(code(desk.take_payment(id, &cash(&fees))), ErrorCode::FeeUnknown);
    let originals = vec![Original { pages: 3, copies: 2 }];
    let fees = desk.set_fee(id, &FeeChoice { originals: originals.clone(), ..FeeChoice::default() }).unwrap();
    assert_eq!(fees.left, Some(Dong::new(10_000)), "2.000 + 2.000 + 1.000, twice");
    let relief = |reason| Some(GivenRelief { reason, percent: 50, proof: "Giấy chứng nhận".into() });
    let choice = FeeChoice { originals, relief: relief(ReliefReason::PoorHousehold), ..FeeChoice::default() };
    assert_eq!(desk.set_fee(id, &choice).unwrap().left, Some(Dong::new(5_000)));
    let nameless = FeeChoice { relief: relief(ReliefReason::Other(" ".into())), ..choice.clone() };
    assert_eq!(code(desk.set_fee(id, &nameless)), ErrorCode::ReasonMissing);
    let given = |reason: &str| {
        let amount = Some(GivenAmount { amount: Dong::new(7_000), reason: reason.into() });
        FeeChoice { amount, ..choice.clone() }
    };
    assert_eq!(code(desk.set_fee(id, &given(""))), ErrorCode::ReasonMissing, "another amount wants its reason");
    assert_eq!(desk.set_fee(id, &given("Theo thỏa thuận")).unwrap().left, Some(Dong::new(7_000)));
    assert_eq!(desk.fees(id).unwrap().dossiers[0].choice, given("Theo thỏa thuận"), "what was decided stays decided");
}

/// E2: a part by card; the receipt and the shift say what came which way, and a code asks for its part alone.
#[test]
fn a_fee_is_paid_several_ways() {
    let (_station, desk) = Station::new();
    let id = draft_for(&desk, 1, EXTRACT);
    let fees = desk.fees(id).unwrap();
    let part = |amount| vec![PaidPart { method: PaymentMethod::Card, amount: Dong::new(amount) }];
    let with = |also| FeePayment { also, ..cash(&fees) };
    assert!(desk.take_payment(id, &with(part(8_000))).is_err(), "a part is less than all of it");
    assert_eq!(desk.fees(id).unwrap().left, Some(Dong::new(8_000)), "nothing was taken");
    let paid = desk.take_payment(id, &with(part(3_000))).unwrap();
    assert_eq!(paid.receipts[0].also, part(3_000));
    let shift = desk.shift().unwrap().unwrap();
    assert_eq!(shift.expected, Dong::new(5_000), "the card's part is not in the drawer");
    let other = draft_for(&desk, 2, EXTRACT);
    assert!(desk.transfer_code(other, false, Some(Dong::new(8_001))).is_err(), "more than is due");
    assert_eq!(desk.transfer_code(other, false, Some(Dong::new(2_000))).unwrap().amount, Dong::new(2_000));
}

/// T-55, E6: the same payment sent again, after a crash too, has one number; another amount than was shown is not taken.
#[test]
fn a_payment_has_one_number_however_often_it_is_sent() {
    let (station, desk) = Station::new();
    let id = draft_for(&desk, 1, EXTRACT);
    let fees = desk.fees(id).unwrap();
    let how = cash(&fees);
    assert_eq!((fees.left, fees.next.unwrap().number.as_str()), (Some(Dong::new(8_000)), "0000001"));
    assert_eq!(
        code(desk.take_payment(id, &FeePayment { expected: Dong::new(7_999), ..how.clone() })),
        ErrorCode::FeeChanged
    );
    let paid = desk.take_payment(id, &how).unwrap();
    assert_eq!((paid.left, paid.receipts.len()), (Some(Dong::ZERO), 1));
    desk.take_payment(id, &how).unwrap();
    let desk = station.reopen(desk);
    let again = desk.take_payment(id, &how).unwrap();
    assert_eq!(again.receipts, desk.fees(id).unwrap().receipts);
    assert_eq!((again.receipts.len(), again.receipts[0].number.as_str()), (1, "0000001"));
    assert_eq!(again.receipts[0].in_words, "Tám nghìn đồng");
    let other = FeePayment { command: again.command, ..how };
    assert_eq!(code(desk.take_payment(id, &other)), ErrorCode::NothingDue, "what is paid is not paid twice");
    let next = draft_for(&desk, 2, EXTRACT);
    assert_eq!(pay(&desk, next).receipts[0].number, "0000002", "no number is lost");
    assert_eq!(code(desk.discard_draft(id)), ErrorCode::FeePaid, "money does not go with a draft");
}

#[test]
fn a_void_receipt_keeps_its_number_and_its_fee_is_due_again() {
    let (_station, desk) = Station::new();
    let id = draft_for(&desk, 1, EXTRACT);
    let about = pay(&desk, id).receipts[0].about.clone();
    assert_eq!(code(desk.void_receipt(&about, " ", VoidedMoney::Refunded)), ErrorCode::ReasonMissing);
    let void = desk.void_receipt(&about, "Sai tên người nộp", VoidedMoney::Replaced).unwrap();
    assert_eq!(void.void.unwrap().reason, "Sai tên người nộp");
    assert_eq!(code(desk.void_receipt(&about, "lần nữa", VoidedMoney::Refunded)), ErrorCode::ReceiptVoid);
    let fees = desk.fees(id).unwrap();
    assert_eq!(fees.left, Some(Dong::new(8_000)));
    let again = pay(&desk, id);
    assert_eq!(again.receipts.iter().map(|one| one.number.as_str()).collect::<Vec<_>>(), ["0000002", "0000001"]);
    desk.void_receipt(&again.receipts[0].about, "Người nộp rút", VoidedMoney::Refunded).unwrap();
    desk.discard_draft(id).unwrap();
    assert_eq!(code(desk.void_receipt("x~y~1", "vì", VoidedMoney::Refunded)), ErrorCode::ReceiptNotFound);
}

/// A receipt of a closed shift is the supervisor's to void; the money leaves the drawer of whoever does it.
#[test]
fn what_was_counted_is_voided_by_those_who_may() {
    let (_station, desk) = Station::new();
    let about = pay(&desk, draft_for(&desk, 1, EXTRACT)).receipts[0].about.clone();
    assert_eq!(code(desk.close_shift(&notes(&[(5_000, 1)]), "")), ErrorCode::ShiftDifference);
    assert_eq!(code(desk.close_shift(&notes(&[(7_000, 1)]), "")), ErrorCode::BadInput, "no such note");
    let closed = desk.close_shift(&notes(&[(5_000, 1), (2_000, 1), (1_000, 1)]), "").unwrap();
    assert_eq!((closed.difference, closed.counted), (Some(Dong::ZERO), Some(Dong::new(8_000))));
    assert_eq!(closed.serials, ["99AA-26T: 0000001"]);
    assert_eq!(code(desk.close_shift(&notes(&[]), "")), ErrorCode::NoShift);
    assert!(!desk.fee_receipt(&about).unwrap().may_void);
    assert_eq!(code(desk.void_receipt(&about, "sai", VoidedMoney::Refunded)), ErrorCode::NotAllowed);
    desk.sign_in("supervisor", PASSWORD).unwrap();
    desk.void_receipt(&about, "Thu nhầm", VoidedMoney::Refunded).unwrap();
    let shift = desk.shift().unwrap().unwrap();
    assert_eq!(shift.expected, Dong::new(-8_000));
    let names: Vec<_> = desk.shifts().unwrap().into_iter().map(|shift| (shift.clerk, shift.expected)).collect();
    assert_eq!(names.len(), 2, "everybody's, newest first: {names:?}");
    assert_eq!(names[1].1, Dong::new(8_000), "a closed shift stays as it was counted");
}

#[test]
fn a_shift_counts_its_own_drawer_and_is_one_page() {
    let (_station, desk) = Station::new();
    desk.open_shift(Dong::new(200_000)).unwrap();
    pay(&desk, draft_for(&desk, 1, EXTRACT));
    let id = draft_for(&desk, 2, EXTRACT);
    let how = FeePayment { method: PaymentMethod::Transfer, ..cash(&desk.fees(id).unwrap()) };
    desk.take_payment(id, &how).unwrap();
    let torn = SerialRun { first: 3, last: 3, ..whole_rest() };
    assert_eq!(code(desk.set_receipts_aside(&torn, "")), ErrorCode::ReasonMissing);
    assert_eq!(
        code(desk.set_receipts_aside(&SerialRun { first: 5, last: 5, ..torn.clone() }, "rách")),
        ErrorCode::ReceiptSkipped
    );
    desk.set_receipts_aside(&torn, "Giấy in rách").unwrap();
    assert_eq!(desk.shift().unwrap().unwrap().expected, Dong::new(208_000), "a transfer is not in the drawer");
    let closed = desk.close_shift(&notes(&[(100_000, 2), (10_000, 1)]), "Khách không lấy tiền thừa").unwrap();
    assert_eq!(closed.difference, Some(Dong::new(2_000)));
    assert_eq!(closed.set_aside, ["99AA-26T: 0000003 (Giấy in rách)"]);
    if let Some(said) = text(&desk, Form::ShiftClose, "last") {
        for phrase in
            ["BẢNG CHỐT CA", "thừa 2.000 đ", "Khách không lấy tiền thừa", "Lê Thị Thu Hằng", "0000003 (Giấy in rách)"]
        {
            assert!(said.contains(phrase), "{phrase}: {said}");
        }
    }
    assert!(desk.paper(Form::ShiftClose, &closed.number.to_string(), None).unwrap().pages == 1);
    let account = &desk.check_fee_book().unwrap()[0];
    assert_eq!((account.issued, account.set_aside, account.missing.len()), (2, 1, 0));
}

/// A12: one payment and one receipt for a whole visit; a dossier that owes nothing has no part in it.
#[test]
fn a_visit_is_paid_at_once() {
    let (_station, desk) = Station::new();
    let first = received(&desk, 1, EXTRACT);
    let second = desk.next_in_visit(first).unwrap().id;
    desk.choose_procedure(second, COPIES, None).unwrap();
    let free = desk.next_in_visit(first).unwrap().id;
    desk.choose_procedure(free, MARRIAGE, None).unwrap();
    let fees = desk.fees(second).unwrap();
    assert_eq!((fees.dossiers.len(), fees.dossiers[0].dossier, fees.left_visit), (3, second, None));
    let open = FeePayment { whole_visit: true, ..cash(&fees) };
    assert_eq!(code(desk.take_payment(second, &open)), ErrorCode::FeeUnknown);
    let originals = vec![Original { pages: 1, copies: 1 }];
    let fees = desk.set_fee(second, &FeeChoice { originals, ..FeeChoice::default() }).unwrap();
    assert_eq!((fees.left, fees.left_visit), (Some(Dong::new(2_000)), Some(Dong::new(10_000))));
    let whole = FeePayment { whole_visit: true, expected: Dong::new(10_000), ..cash(&fees) };
    let paid = desk.take_payment(second, &whole).unwrap();
    assert_eq!((paid.receipts.len(), paid.left_visit), (1, Some(Dong::ZERO)));
    assert_eq!((paid.receipts[0].total, paid.receipts[0].lines.len()), (Dong::new(10_000), 2));
    assert_eq!(desk.fees(first).unwrap().receipts, paid.receipts, "the same receipt, whichever dossier is asked");
    assert!(desk.fees(free).unwrap().dossiers[0].paid == Dong::ZERO);
}

/// E4, T-49: without numbers the clerk is told what to do, and a printed book on the table does.
#[test]
fn without_leased_numbers_a_printed_book_serves() {
    let (_station, desk) = Station::new();
    desk.set_receipts_aside(&whole_rest(), "Trả lại dải số").unwrap();
    let id = draft_for(&desk, 1, EXTRACT);
    let fees = desk.fees(id).unwrap();
    assert!(fees.next.is_none());
    let refused = desk.take_payment(id, &cash(&fees)).unwrap_err();
    assert_eq!(refused.code().0, ErrorCode::ReceiptNumbersGone);
    assert!(desk.explain(&refused).hint.unwrap().contains("quyển biên lai giấy"));
    let book = SerialRun { template: "02blp2-003".into(), sign: "AB-26P".into(), first: 1_201, last: 1_202 };
    desk.add_receipt_book(&book).unwrap();
    assert_eq!(code(desk.add_receipt_book(&book)), ErrorCode::ReceiptBlock, "no book is taken in twice");
    let next = desk.fees(id).unwrap().next.unwrap();
    assert_eq!(
        (next.template.as_str(), next.number.as_str(), next.left, next.paper),
        ("02BLP2-003", "0001201", 2, true)
    );
    let receipt = pay(&desk, id).receipts.remove(0);
    assert!(receipt.paper);
    assert_eq!(code(desk.paper_pdf(Form::FeeReceipt, &receipt.about, None)), ErrorCode::ReceiptByHand);
}

#[test]
fn the_receipt_is_printed_once_and_then_as_a_copy() {
    let (station, desk) = Station::new();
    *station.press.outcome.lock().unwrap() = Some(devices::JobState::Finished);
    let id = received(&desk, 1, EXTRACT);
    pay(&desk, id);
    let about = desk.open_dossier(id).unwrap().code.unwrap();
    let said = text(&desk, Form::FeeReceipt, &about);
    for phrase in ["Số: 0000001", "Tám nghìn đồng", "Liên 2: Giao người nộp tiền", "8.000 đồng/bản sao Trích lục"]
    {
        assert!(said.as_ref().is_none_or(|said| said.contains(phrase)), "{phrase}: {said:?}");
    }
    assert!(desk.papers_of(id).unwrap().iter().any(|offer| offer.form == Form::FeeReceipt));
    desk.print_paper(Form::FeeReceipt, &about, None, None).unwrap();
    assert!(text(&desk, Form::FeeReceipt, &about).is_none_or(|said| said.contains("BẢN SAO – in lại lần 1")));
    let receipt = desk.fee_receipt(&about).unwrap();
    assert!(desk.paper(Form::FeeReceipt, &receipt.about, None).unwrap().reprint, "the same sheet by its own number");
}

#[test]
fn a_transfer_code_holds_the_dossiers_number_and_the_amount() {
    let (station, desk) = Station::new();
    let id = received(&desk, 1, EXTRACT);
    let code_of = desk.open_dossier(id).unwrap().code.unwrap();
    let shown = desk.transfer_code(id, false, None).unwrap();
    let read = VietQr::parse(&shown.payload).unwrap();
    assert_eq!(read.amount(), Some(Dong::new(8_000)));
    assert_eq!(read.purpose(), Some(code_of.replace(['.', '-'], " ").as_str()));
    assert_eq!((read.bin(), shown.rows.len()), ("970436", shown.rows[0].len()));
    station.wall.pass(chrono::TimeDelta::milliseconds(1));
    let draft = draft_for(&desk, 2, EXTRACT);
    let shown = desk.transfer_code(draft, false, None).unwrap();
    assert!(shown.purpose.starts_with("HS ") && shown.purpose.len() <= 25, "{}", shown.purpose);
    // As a bank writes it into the account, and also once the draft has its number.
    let booked = |purpose: &str| format!("MBVCB.99.{}.CT tu 0000000000001", purpose.replace(' ', ""));
    let found = |text: &str| desk.search(text, 5).unwrap().hits.into_iter().map(|hit| hit.id).collect::<Vec<_>>();
    for text in [shown.purpose.clone(), shown.purpose.to_lowercase(), booked(&shown.purpose)] {
        assert_eq!(found(&text), [draft], "{text}");
        assert_eq!(desk.find_dossier(&text).unwrap(), draft, "{text}");
    }
    assert!(found("HS 0123456789ABCDEF").is_empty());
    desk.sign_in("supervisor", PASSWORD).unwrap();
    let settings = desk.fee_settings().unwrap();
    let without = desk::FeeSettings { bin: String::new(), account: String::new(), ..settings.clone() };
    desk.set_fee_settings(&without).unwrap();
    assert_eq!(code(desk.transfer_code(draft, false, None)), ErrorCode::NoAccount);
    let bad = desk::FeeSettings { bin: "97043".into(), ..settings };
    assert_eq!(code(desk.set_fee_settings(&bad)), ErrorCode::BadInput);
}

#[test]
fn who_may_not_collect_does_not() {
    let (_station, desk) = Station::new();
    let id = draft_for(&desk, 1, EXTRACT);
    let how = cash(&desk.fees(id).unwrap());
    assert_eq!(code(desk.set_fee_settings(&desk.fee_settings().unwrap())), ErrorCode::NotAllowed);
    assert_eq!(code(desk.import_fee_table(r#"{"rules": []}"#)), ErrorCode::NotAllowed);
    desk.sign_in("postal", PASSWORD).unwrap();
    desk.take_payment(id, &how).unwrap();
    // D§7.2: who collects on the agency's behalf is named beside it.
    let said = text(&desk, Form::FeeReceipt, &desk.fees(id).unwrap().receipts[0].about);
    assert!(said.is_none_or(|said| said.contains("Bên được ủy nhiệm thu: Bưu điện An Mẫu")));
    desk.sign_in("supervisor", PASSWORD).unwrap();
    desk.set_rights(r#"{"clerk": ["read", "intake"], "supervisor": ["read", "administer"]}"#).unwrap();
    desk.sign_in("clerk", PASSWORD).unwrap();
    assert!(!desk.fees(id).unwrap().may_collect);
    assert_eq!(code(desk.take_payment(id, &how)), ErrorCode::NotAllowed);
    assert_eq!(code(desk.shifts()), ErrorCode::NotAllowed);
}

/// An agency's own table of before fees were: who collects by the program's table can, and once it is written anew it says all.
#[test]
fn a_table_of_rights_of_before_leaves_nobody_without_the_later_ones() {
    let (station, desk) = Station::new();
    let own = r#"{"clerk": ["read", "intake"], "supervisor": ["read", "administer"]}"#;
    let id = draft_for(&desk, 1, EXTRACT);
    desk.sign_in("supervisor", PASSWORD).unwrap();
    desk.set_rights(own).unwrap();
    // As a program wrote it that knew less.
    let known = |store: &store::Store| store.write(|tx| tx.set("rights_known", &["read", "intake", "print"])).unwrap();
    station.look_inside(desk, known);
    let desk = std::sync::Arc::new(Desk::open(&station.data(), station.parts()).unwrap());
    desk.sign_in("clerk", PASSWORD).unwrap();
    assert!(desk.fees(id).unwrap().may_collect);
    desk.sign_in("supervisor", PASSWORD).unwrap();
    desk.set_rights(own).unwrap();
    let desk = station.reopen(desk);
    desk.sign_in("clerk", PASSWORD).unwrap();
    assert!(!desk.fees(id).unwrap().may_collect);
}

#[test]
fn the_agencys_table_stands_before_the_national_one() {
    let (_station, desk) = Station::new();
    let id = draft_for(&desk, 1, EXTRACT);
    desk.sign_in("supervisor", PASSWORD).unwrap();
    let table = r#"{"rules": [{"id": "a", "name": "Phí trích lục", "procedures": ["2.000635"], "offices": ["H99"],
        "charge": {"kind": "fixed", "amount": 5000}, "text": "5.000 đồng/việc"}]}"#;
    assert_eq!(code(desk.import_fee_table(&table.replace("fixed", "fixt"))), ErrorCode::BadFeeTable);
    assert_eq!(desk.fees(id).unwrap().left, Some(Dong::new(8_000)), "a bad table leaves the one in use");
    assert_eq!(desk.import_fee_table(table).unwrap(), 1);
    let fees = desk.fees(id).unwrap();
    assert_eq!((fees.left, fees.dossiers[0].items[0].text.as_str()), (Some(Dong::new(5_000)), "5.000 đồng/việc"));
}

/// interfaces.md: the dossier is received whatever becomes of its fee.
#[test]
fn an_intake_file_tells_of_the_fee() {
    let (_station, desk) = Station::new();
    let file = |n: u32, fee: &str| -> IntakeFile {
        let text = format!(
            r#"{{"procedure":"{MARRIAGE}","applicant":{{"id_number":"0991900{n:05}","name":"Trần Thị Mẫu","address":"Thôn 1"}},
            "components":[{{"index":1,"originals":1}}],"fee":{fee}}}"#
        );
        serde_json::from_str(&text).unwrap()
    };
    assert!(desk.intake(&file(1, r#"{"paid":0,"method":"none"}"#)).unwrap().fee.is_none());
    let taken = desk.intake(&file(2, r#"{"paid":30000,"method":"cash"}"#)).unwrap();
    let fee = taken.fee.unwrap();
    assert_eq!(fee.paid, Dong::new(30_000));
    assert_eq!(desk.fee_receipt(&fee.receipt.unwrap()).unwrap().dossiers, [taken.code]);
    desk.set_receipts_aside(&SerialRun { first: 2, ..whole_rest() }, "Trả lại").unwrap();
    let fee = desk.intake(&file(3, r#"{"paid":30000,"method":"vietqr"}"#)).unwrap().fee.unwrap();
    assert_eq!((fee.paid, fee.error.unwrap().code), (Dong::ZERO, ErrorCode::ReceiptNumbersGone));
}

/// Receipts follow their dossier to the central system, void ones too; numbers come from there before they run out.
#[tokio::test(flavor = "multi_thread")]
async fn receipts_go_out_and_numbers_come_in() {
    let capital = Capital::start().await;
    let (_station, desk) = Station::new();
    let id = draft_for(&desk, 1, EXTRACT);
    let about = pay(&desk, id).receipts[0].about.clone();
    assert!(desk.outbox().unwrap().is_empty(), "a draft is nobody's business yet");
    for component in desk.open_dossier(id).unwrap().components {
        desk.set_papers(id, component.index, PaperCounts { originals: 1, ..PaperCounts::default() }).unwrap();
    }
    desk.accept(id).unwrap();
    assert_eq!(desk.outbox().unwrap().len(), 2, "the dossier, then its receipt");
    desk.void_receipt(&about, "Sai số tiền", VoidedMoney::Refunded).unwrap();
    enroll(&desk, &capital, &capital.url()).await;
    let run = desk.sync_now().await.unwrap();
    assert_eq!((run.sent, run.accepted, run.blocked), (3, 3, 0));
    // Of five hundred numbers so few are left that the next are asked for: above those, of the same series.
    desk.set_receipts_aside(&SerialRun { first: 2, last: 470, ..whole_rest() }, "Thử").unwrap();
    pay(&desk, id);
    desk.sync_now().await.unwrap();
    let blocks = desk.check_fee_book().unwrap();
    assert_eq!(blocks.iter().map(|block| (block.first, block.last)).collect::<Vec<_>>(), [(1, 500), (501, 700)]);
    assert_eq!(desk.fees(id).unwrap().next.unwrap().left, 229);
    desk.sync_now().await.unwrap();
    assert_eq!(desk.check_fee_book().unwrap().len(), 2, "enough is enough");
}

/// T-49: a copy of the station gives out none of its numbers.
#[test]
fn a_copied_station_gives_up_its_numbers() {
    let (station, desk) = Station::new();
    let id = counted(&desk, 1);
    desk.choose_procedure(id, EXTRACT, None).unwrap();
    pay(&desk, id);
    *station.machine.lock().unwrap() = Some("may-2".into());
    let desk = station.reopen(desk);
    let other = draft_for(&desk, 2, EXTRACT);
    assert!(desk.fees(other).unwrap().next.is_none());
    assert!(desk.check_fee_book().unwrap()[0].ended);
    assert_eq!(desk.fees(id).unwrap().receipts.len(), 1, "what was taken stays");
}
