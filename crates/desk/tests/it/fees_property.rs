//! T-55 as a property: whatever a counter does, and however often the power fails between two of its steps, no number of a
//! book is ever missing without a reason, and the book comes to what was paid.

use crate::fees::{EXTRACT, cash, draft_for};
use crate::world::{PASSWORD, Station};
use chrono::TimeDelta;
use desk::view::{FeePayment, SerialRun};
use desk::{CashCount, Desk, Dong, DossierId, FeeChoice, PaidPart, PaymentMethod, VoidedMoney};
use proptest::prelude::*;
use std::sync::Arc;

#[derive(Debug, Clone)]
enum Step {
    Pay(usize, bool),
    Again,
    Void(usize),
    Aside,
    Book(u32),
    Close,
    Reopen,
    ClockBack,
    Supervisor,
}

fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0_usize..6, any::<bool>()).prop_map(|(n, transfer)| Step::Pay(n, transfer)),
        2 => Just(Step::Again),
        2 => (0_usize..6).prop_map(Step::Void),
        1 => Just(Step::Aside),
        1 => (1_u32..40).prop_map(Step::Book),
        1 => Just(Step::Close),
        1 => Just(Step::Reopen),
        1 => Just(Step::ClockBack),
        1 => Just(Step::Supervisor),
    ]
}

struct Counter {
    station: Station,
    desk: Arc<Desk>,
    dossiers: Vec<DossierId>,
    last: Option<(DossierId, FeePayment)>,
}

impl Counter {
    fn new() -> Self {
        let (station, desk) = Station::new();
        let dossiers = (1..=6).map(|n| draft_for(&desk, n, EXTRACT)).collect();
        Self { station, desk, dossiers, last: None }
    }

    fn step(&mut self, step: &Step) {
        let desk = &self.desk;
        self.station.wall.pass(TimeDelta::seconds(20));
        match step {
            Step::Pay(n, transfer) => {
                let id = self.dossiers[*n];
                // More copies of the same extract are paid for later.
                let fees = desk.fees(id).unwrap();
                let items = fees.dossiers[0].choice.items + 1;
                let fees = desk.set_fee(id, &FeeChoice { items, ..FeeChoice::default() }).unwrap();
                let method = if *transfer { PaymentMethod::Transfer } else { PaymentMethod::Cash };
                // E2: now and then a part of it comes by card.
                let card = PaidPart { method: PaymentMethod::Card, amount: Dong::new(1_000) };
                let also = if items.is_multiple_of(2) { vec![card] } else { Vec::new() };
                let how = FeePayment { method, also, ..cash(&fees) };
                let _ = desk.take_payment(id, &how);
                self.last = Some((id, how));
            }
            Step::Again => {
                if let Some((id, how)) = &self.last {
                    let _ = desk.take_payment(*id, how);
                }
            }
            Step::Void(n) => {
                if let Some(receipt) = desk.fees(self.dossiers[*n]).unwrap().receipts.first() {
                    let _ = desk.void_receipt(&receipt.about, "sai", VoidedMoney::Refunded);
                }
            }
            Step::Aside => {
                if let Some(next) = desk.fees(self.dossiers[0]).unwrap().next {
                    let first = next.number.parse().unwrap();
                    let run = SerialRun { template: next.template, sign: next.sign, first, last: first };
                    desk.set_receipts_aside(&run, "rách").unwrap();
                }
            }
            Step::Book(first) => {
                let run =
                    SerialRun { template: "02BLP2-001".into(), sign: "AA-26P".into(), first: *first, last: first + 9 };
                let _ = desk.add_receipt_book(&run);
            }
            Step::Close => {
                let _ = desk.close_shift(&CashCount::default(), "đếm sau");
            }
            Step::Reopen => {
                let desk = std::mem::replace(&mut self.desk, Station::new().1);
                self.desk = self.station.reopen(desk);
            }
            Step::ClockBack => self.station.wall.pass(TimeDelta::minutes(-3)),
            Step::Supervisor => {
                self.desk.sign_in("supervisor", PASSWORD).unwrap();
            }
        }
    }

    fn sums(&self) -> (Dong, Dong, Dong) {
        let day = self.station.wall.now().date_naive();
        let book = self.desk.fee_book(day, day).unwrap();
        let booked = Dong::sum(book.receipts.iter().filter(|one| one.void.is_none()).map(|one| one.total)).unwrap();
        let paid = Dong::sum(self.dossiers.iter().map(|id| self.desk.fees(*id).unwrap().dossiers[0].paid)).unwrap();
        self.desk.sign_in("supervisor", PASSWORD).unwrap();
        let shifts = self.desk.shifts().unwrap();
        let taken = shifts.iter().flat_map(|shift| &shift.methods).map(|sums| sums.taken.minus(sums.void).unwrap());
        (booked, paid, Dong::sum(taken).unwrap())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn the_book_has_no_gap_and_comes_to_what_was_paid(steps in prop::collection::vec(steps(), 1..25)) {
        let mut counter = Counter::new();
        for step in &steps {
            counter.step(step);
        }
        for block in counter.desk.check_fee_book().unwrap() {
            prop_assert!(block.missing.is_empty(), "{block:?}");
            let size = block.last - block.first + 1;
            prop_assert_eq!(block.issued + block.void + block.set_aside + block.free, size);
        }
        let (booked, paid, taken) = counter.sums();
        prop_assert_eq!(booked, paid, "the book and the dossiers");
        prop_assert_eq!(booked, taken, "the book and the shifts of everybody");
    }
}
