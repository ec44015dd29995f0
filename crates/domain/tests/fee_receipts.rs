//! The book of fee receipts and the end of a shift (D§7.2, T-55).

#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use chrono::{DateTime, FixedOffset, TimeDelta};
use domain::fee_receipt::{
    BookEntry, BookRefusal, CashBundle, CashCount, Collector, FeeBook, FeeReceiptLine, FeeReceiptState, LAST_SERIAL,
    Numbering, PaidPart, Payment, PaymentMethod, SerialBlock, Series, SetAside, Shift, ShiftSummary, Voided,
    VoidedMoney,
};
use domain::id::Id;
use domain::{CommandId, Dong, StaffId, StationId};
use proptest::prelude::*;

const TEMPLATE: &str = "01BLP2-001";

fn series() -> Series {
    Series { template: TEMPLATE.into(), sign: "28AA-26T".into() }
}

fn block(first: u32, last: u32) -> SerialBlock {
    let station = StationId::from_parts(1, [0; 10]);
    SerialBlock { series: series(), first, last, station, year: None }
}

fn at(minute: i64) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-23T07:30:00+07:00").unwrap() + TimeDelta::minutes(minute)
}

fn staff(number: u8) -> StaffId {
    StaffId::from_parts(1, [number; 10])
}

fn payment(command: u64, amount: i64, minute: i64) -> Payment {
    Payment {
        command: CommandId::from_parts(command, [0; 10]),
        collector: Collector {
            name: "UBND xã Mẫu".into(),
            tax_code: "0100233488".parse().ok(),
            delegate: Some("Bưu điện Mẫu".into()),
        },
        payer: "NGUYỄN VĂN MẪU".into(),
        address: "Thôn 1, xã Mẫu".into(),
        payer_id: "099099000000".into(),
        dossier: None,
        lines: vec![FeeReceiptLine { name: "Phí chứng thực bản sao".into(), amount: Dong::new(amount) }],
        method: PaymentMethod::Cash,
        also: Vec::new(),
        at: at(minute),
        staff: staff(1),
    }
}

/// A station: the book, and the entries that the store has made durable.
#[derive(Default)]
struct Station {
    book: FeeBook,
    stored: Vec<BookEntry>,
}

impl Station {
    fn with(first: u32, last: u32) -> Self {
        let mut station = Self::default();
        station.append(BookEntry::Leased(block(first, last))).unwrap();
        station
    }

    fn append(&mut self, entry: BookEntry) -> Result<(), BookRefusal> {
        self.book.apply(entry.clone())?;
        self.stored.push(entry);
        Ok(())
    }

    fn pay(&mut self, payment: Payment) -> Result<u32, BookRefusal> {
        match self.book.issue(TEMPLATE, payment)? {
            Numbering::Before(receipt) => Ok(receipt.serial),
            Numbering::New(entry) => {
                let BookEntry::Issued { serial, .. } = *entry else { return Err(BookRefusal::NotFound) };
                self.append(*entry).map(|()| serial)
            }
        }
    }

    fn void(&mut self, serial: u32, reason: &str, minute: i64) -> Result<(), BookRefusal> {
        let voided = Voided { reason: reason.into(), at: at(minute), staff: staff(1), money: VoidedMoney::Refunded };
        self.append(BookEntry::Voided { series: series(), serial, voided })
    }

    fn set_aside(&mut self, first: u32, last: u32, reason: &str) -> Result<(), BookRefusal> {
        let run = SetAside { series: series(), first, last, reason: reason.into(), at: at(60), staff: staff(1) };
        self.append(BookEntry::SetAside(run))
    }
}

#[test]
fn numbers_follow_each_other_and_blocks_too() {
    let mut station = Station::with(1, 2);
    station.append(BookEntry::Leased(block(101, 102))).unwrap();
    let taken: Vec<u32> = (1..=4).map(|n| station.pay(payment(n, 2_000, 0)).unwrap()).collect();
    assert_eq!(taken, [1, 2, 101, 102]);
    assert_eq!(station.pay(payment(5, 2_000, 0)), Err(BookRefusal::NoSerial));
    assert_eq!(station.book.left(TEMPLATE, at(0).date_naive()), 0);
}

// T-55
#[test]
fn a_payment_has_one_number_whenever_the_power_fails() {
    let mut station = Station::with(1, 9);
    for n in 1..=3 {
        station.pay(payment(n, 2_000, 0)).unwrap();
    }
    // Whatever prefix of the entries was durable when the power failed, every payment is sent again afterward.
    for durable in 1..=station.stored.len() {
        let stored = station.stored[..durable].to_vec();
        let mut after = Station { book: FeeBook::read(stored.clone()).unwrap(), stored };
        let again: Vec<u32> = (1..=3).map(|n| after.pay(payment(n, 2_000, 30)).unwrap()).collect();
        assert_eq!(again, [1, 2, 3], "{durable} entries were durable");
        assert_eq!(after.book.receipts().count(), 3);
    }
    assert_eq!(station.pay(payment(1, 9_000, 0)), Err(BookRefusal::PaidBefore), "the same command, another sum");
}

// T-55
#[test]
fn no_number_is_passed_over_without_a_reason() {
    let mut station = Station::with(1, 5);
    station.pay(payment(1, 2_000, 0)).unwrap();
    let skipping = BookEntry::Issued { series: series(), serial: 3, payment: payment(2, 2_000, 0) };
    assert_eq!(station.append(skipping), Err(BookRefusal::Skipped { next: 2, given: 3 }));
    let again = BookEntry::Issued { series: series(), serial: 1, payment: payment(2, 2_000, 0) };
    assert_eq!(station.append(again), Err(BookRefusal::Skipped { next: 2, given: 1 }));
    assert_eq!(station.set_aside(2, 2, "  "), Err(BookRefusal::NoReason));
    assert_eq!(station.set_aside(3, 3, "rách"), Err(BookRefusal::Skipped { next: 2, given: 3 }));
    assert_eq!(station.set_aside(2, 6, "rách"), Err(BookRefusal::BadBlock));
    station.set_aside(2, 3, "giấy in rách hai tờ").unwrap();
    assert_eq!(station.pay(payment(2, 2_000, 0)), Ok(4));
    station.set_aside(5, 5, "trả lại dải số cuối năm").unwrap();
    let account = station.book.accounts().remove(0);
    assert_eq!((account.issued, account.void, account.set_aside, account.free), (2, 0, 3, 0));
    assert!(account.missing.is_empty());
}

#[test]
fn a_receipt_is_void_once_and_for_a_reason_and_keeps_its_number() {
    let mut station = Station::with(1, 5);
    station.pay(payment(1, 2_000, 10)).unwrap();
    assert_eq!(station.void(1, "", 20), Err(BookRefusal::NoReason));
    assert_eq!(station.void(2, "sai tên", 20), Err(BookRefusal::NotFound));
    assert_eq!(station.void(1, "sai tên", 9), Err(BookRefusal::BadTime));
    station.void(1, "sai tên người nộp", 20).unwrap();
    assert_eq!(station.void(1, "sai tên", 21), Err(BookRefusal::VoidBefore));
    assert!(matches!(station.book.receipt(&series(), 1).unwrap().state, FeeReceiptState::Void(_)));
    assert_eq!(station.pay(payment(2, 2_000, 30)), Ok(2), "the number of a void receipt is never used again");
    assert_eq!(station.pay(payment(1, 2_000, 30)), Ok(1), "its payment does not come back to life");
}

#[test]
fn prints_are_counted() {
    let mut station = Station::with(1, 5);
    station.pay(payment(1, 2_000, 0)).unwrap();
    for prints in 1..=2 {
        station.append(BookEntry::Printed { series: series(), serial: 1 }).unwrap();
        assert_eq!(station.book.receipt(&series(), 1).unwrap().prints, prints);
    }
    assert_eq!(station.append(BookEntry::Printed { series: series(), serial: 2 }), Err(BookRefusal::NotFound));
}

#[test]
fn blocks_that_do_not_fit_are_refused() {
    let mut station = Station::with(10, 20);
    for (first, last) in [(0, 5), (6, 5), (1, LAST_SERIAL + 1), (20, 30), (1, 10), (12, 13), (1, 100)] {
        assert_eq!(station.append(BookEntry::Leased(block(first, last))), Err(BookRefusal::BadBlock), "{first}–{last}");
    }
    let nameless = SerialBlock { series: Series { template: " ".into(), sign: "28AA-26T".into() }, ..block(30, 40) };
    assert_eq!(station.append(BookEntry::Leased(nameless)), Err(BookRefusal::BadBlock));
    let other = SerialBlock { series: Series { template: TEMPLATE.into(), sign: "28AB-26T".into() }, ..block(10, 20) };
    station.append(BookEntry::Leased(other)).unwrap();
}

#[test]
fn electronic_numbers_end_with_their_year() {
    let mut station = Station::default();
    station.append(BookEntry::Leased(SerialBlock { year: Some(2025), ..block(1, 9) })).unwrap();
    assert_eq!(station.pay(payment(1, 2_000, 0)), Err(BookRefusal::NoSerial));
    let entry = BookEntry::Issued { series: series(), serial: 1, payment: payment(1, 2_000, 0) };
    assert_eq!(station.append(entry), Err(BookRefusal::NoSerial), "nor past the counter's back");
    station.append(BookEntry::Leased(SerialBlock { year: Some(2026), ..block(10, 19) })).unwrap();
    assert_eq!(station.pay(payment(1, 2_000, 0)), Ok(10));
    assert_eq!(station.book.left(TEMPLATE, at(0).date_naive()), 9);
}

#[test]
fn lines_have_names_and_amounts() {
    let mut station = Station::with(1, 9);
    let line = |name: &str, amount| FeeReceiptLine { name: name.into(), amount: Dong::new(amount) };
    for lines in [
        vec![],
        vec![line("Phí", 0)],
        vec![line("Phí", -1)],
        vec![line(" ", 1)],
        vec![line("Phí", 1), line("Phí", 0)],
        vec![line("Phí", i64::MAX), line("Phí", 1)],
    ] {
        assert_eq!(station.pay(Payment { lines, ..payment(1, 1, 0) }), Err(BookRefusal::BadLines));
    }
    let both = vec![line("Phí thẩm định", 2_000), line("Lệ phí", 3_000)];
    station.pay(Payment { lines: both, ..payment(1, 1, 0) }).unwrap();
    assert_eq!(station.book.receipt(&series(), 1).unwrap().total, Dong::new(5_000));
}

fn cash(bundles: &[(i64, u32)]) -> CashCount {
    CashCount(bundles.iter().map(|(note, count)| CashBundle { note: Dong::new(*note), count: *count }).collect())
}

fn shift(from: i64, to: i64, float: i64) -> Shift {
    Shift { staff: Some(staff(1)), from: at(from), to: at(to), float: Dong::new(float) }
}

#[test]
fn a_shift_is_held_against_the_drawer() {
    let mut station = Station::with(1, 20);
    station.pay(payment(1, 50_000, -60)).unwrap(); // 1, of the shift before
    station.pay(payment(2, 20_000, 5)).unwrap(); // 2
    station.pay(payment(3, 8_000, 10)).unwrap(); // 3
    station.set_aside(4, 4, "kẹt giấy").unwrap();
    station.pay(Payment { method: PaymentMethod::Vietqr, ..payment(4, 100_000, 20) }).unwrap(); // 5
    station.pay(Payment { staff: staff(2), ..payment(5, 10_000, 25) }).unwrap(); // 6, another drawer
    station.void(1, "trả lại lệ phí của ca trước", 30).unwrap();
    station.void(3, "sai số tiền", 40).unwrap();
    station.pay(payment(6, 16_000, 41)).unwrap(); // 7
    station.pay(payment(7, 5_000, 240)).unwrap(); // 8, at the first moment after the shift

    let held = cash(&[(100_000, 4), (50_000, 1), (20_000, 1), (10_000, 1), (5_000, 1), (1_000, 1)]);
    let summary = ShiftSummary::of(&station.book, shift(0, 240, 500_000), &held).unwrap();
    // 500.000 + (20.000 + 8.000 + 16.000) − (50.000 + 8.000)
    assert_eq!((summary.expected, summary.counted), (Dong::new(486_000), Dong::new(486_000)));
    assert!(summary.difference == Dong::ZERO && summary.may_close(""));
    let methods: Vec<_> = summary
        .methods
        .iter()
        .map(|sums| (sums.method, sums.receipts, sums.taken.value(), sums.void.value()))
        .collect();
    assert_eq!(methods, [(PaymentMethod::Cash, 3, 44_000, 58_000), (PaymentMethod::Vietqr, 1, 100_000, 0)]);
    assert_eq!(summary.serials, [(series(), 2, 3), (series(), 5, 5), (series(), 7, 7)]);
    assert_eq!(summary.void, [(series(), 1), (series(), 3)]);
    assert_eq!(summary.set_aside.len(), 1);

    let whole = Shift { staff: None, ..shift(0, 240, 500_000) };
    assert_eq!(ShiftSummary::of(&station.book, whole, &held).unwrap().difference, Dong::new(-10_000));
}

#[test]
fn a_replaced_receipt_leaves_the_drawer_as_it_was() {
    let mut station = Station::with(1, 20);
    station.pay(payment(1, 20_000, 5)).unwrap();
    let voided = Voided { reason: "sai tên".into(), at: at(6), staff: staff(1), money: VoidedMoney::Replaced };
    station.append(BookEntry::Voided { series: series(), serial: 1, voided }).unwrap();
    station.pay(payment(2, 20_000, 7)).unwrap();
    let summary = ShiftSummary::of(&station.book, shift(0, 240, 0), &cash(&[(20_000, 1)])).unwrap();
    assert_eq!(summary.difference, Dong::ZERO);
}

#[test]
fn what_is_short_wants_a_reason() {
    let mut station = Station::with(1, 20);
    station.pay(payment(1, 20_000, 5)).unwrap();
    let summary = ShiftSummary::of(&station.book, shift(0, 240, 0), &cash(&[(10_000, 1)])).unwrap();
    assert_eq!(summary.difference, Dong::new(-10_000));
    assert!(!summary.may_close(" ") && summary.may_close("trả nhầm tiền thừa"));
    for bad in [&[(30_000, 1)][..], &[(20_000, 1), (20_000, 1)], &[(-20_000, 1)]] {
        assert_eq!(ShiftSummary::of(&station.book, shift(0, 240, 0), &cash(bad)), None, "{bad:?}");
    }
}

#[test]
fn entries_are_written_as_they_are_read() {
    let mut station = Station::with(1, 9);
    station.pay(payment(1, 2_000, 0)).unwrap();
    station.append(BookEntry::Printed { series: series(), serial: 1 }).unwrap();
    station.void(1, "sai tên", 5).unwrap();
    station.set_aside(2, 4, "rách").unwrap();
    let written = serde_json::to_string(&station.stored).unwrap();
    let read: Vec<BookEntry> = serde_json::from_str(&written).unwrap();
    assert_eq!(read, station.stored);
    assert_eq!(FeeBook::read(read).unwrap(), station.book);
    let mut torn = station.stored;
    torn.remove(1);
    assert_eq!(FeeBook::read(torn), Err((1, BookRefusal::NotFound)), "a lost entry is noticed");
}

/// Something that a hurried counter, or a damaged store, might try.
#[derive(Debug, Clone)]
enum Try {
    Lease(u32, u32),
    Pay(u64),
    Force(u32, u64),
    Void(u32),
    SetAside(u32, u32),
}

fn tries() -> impl Strategy<Value = Try> {
    prop_oneof![
        (0u32..60, 0u32..60).prop_map(|(first, last)| Try::Lease(first, last)),
        (0u64..40).prop_map(Try::Pay),
        (0u32..60, 0u64..40).prop_map(|(serial, command)| Try::Force(serial, command)),
        (0u32..60).prop_map(Try::Void),
        (0u32..60, 0u32..60).prop_map(|(first, last)| Try::SetAside(first, last)),
    ]
}

proptest! {
    // T-55
    #[test]
    fn whatever_is_tried_every_used_number_is_accounted_for(tried in prop::collection::vec(tries(), 0..80)) {
        let mut station = Station::default();
        for one in tried {
            let before = station.book.clone();
            let done = match one {
                Try::Lease(first, last) => station.append(BookEntry::Leased(block(first, last))),
                Try::Pay(command) => station.pay(payment(command, 2_000, 0)).map(|_| ()),
                Try::Force(serial, command) => {
                    station.append(BookEntry::Issued { series: series(), serial, payment: payment(command, 2_000, 0) })
                }
                Try::Void(serial) => station.void(serial, "sai", 1),
                Try::SetAside(first, last) => station.set_aside(first, last, "rách"),
            };
            if done.is_err() {
                prop_assert_eq!(&station.book, &before, "what is refused changes nothing");
            }
        }
        for account in station.book.accounts() {
            prop_assert!(account.missing.is_empty());
            let size = account.block.last - account.block.first + 1;
            prop_assert_eq!(account.issued + account.void + account.set_aside + account.free, size);
        }
        let mut commands: Vec<_> = station.book.receipts().map(|receipt| receipt.payment.command).collect();
        let receipts = commands.len();
        commands.sort();
        commands.dedup();
        prop_assert_eq!(commands.len(), receipts, "one payment, one number");
        prop_assert_eq!(FeeBook::read(station.stored).unwrap(), station.book);
    }
}

/// E2: cash, transfer, code and card, one receipt; only what came in cash has to lie in the drawer.
#[test]
fn a_receipt_is_paid_several_ways() {
    let mut station = Station::with(1, 20);
    let part = |method, amount| PaidPart { method, amount: Dong::new(amount) };
    let (card, code) = (part(PaymentMethod::Card, 30_000), part(PaymentMethod::Vietqr, 15_000));
    station.pay(Payment { also: vec![card, code], ..payment(1, 50_000, 5) }).unwrap();
    station.pay(Payment { also: vec![part(PaymentMethod::Card, 1_000)], ..payment(2, 3_000, 6) }).unwrap();
    station.void(2, "sai số tiền", 7).unwrap();
    let summary = ShiftSummary::of(&station.book, shift(0, 240, 0), &cash(&[(5_000, 1)])).unwrap();
    assert_eq!(summary.difference, Dong::ZERO);
    let methods: Vec<_> = summary
        .methods
        .iter()
        .map(|sums| (sums.method, sums.receipts, sums.taken.value(), sums.void.value()))
        .collect();
    let expected = [
        (PaymentMethod::Cash, 2, 7_000, 2_000),
        (PaymentMethod::Vietqr, 1, 15_000, 0),
        (PaymentMethod::Card, 2, 31_000, 1_000),
    ];
    assert_eq!(methods, expected);

    let refused =
        |also: Vec<PaidPart>| station.book.issue(&series().template, Payment { also, ..payment(3, 9_000, 8) }).is_err();
    assert!(refused(vec![part(PaymentMethod::Card, 9_000)]), "nothing is left for cash");
    assert!(refused(vec![part(PaymentMethod::Cash, 1_000)]), "cash twice");
    assert!(refused(vec![part(PaymentMethod::Card, 1_000), part(PaymentMethod::Card, 1_000)]), "card twice");
    assert!(refused(vec![part(PaymentMethod::Card, 0)]), "a part of nothing");
    assert!(refused(vec![part(PaymentMethod::Card, -1_000)]), "a part below nothing");
    assert!(!refused(vec![part(PaymentMethod::Card, 8_999)]));
}
