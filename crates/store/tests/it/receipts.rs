//! The book of fee receipts in the table: the next number and no other, never twice, never taken out (T-55).

use crate::house::{create, draft, id, now};
use domain::fee_receipt::{BookEntry, Collector, FeeBook, FeeReceiptLine, Payment, PaymentMethod, SerialBlock, Series};
use domain::{CommandId, Dong, StationId};
use store::tables::serial::BlockKind;
use store::{Error, Store};
use tempfile::tempdir;

fn series() -> Series {
    Series { template: "01BLP2-001".into(), sign: "28AA-26T".into() }
}

fn leased(first: u32, last: u32) -> BookEntry {
    BookEntry::Leased(SerialBlock { series: series(), first, last, station: id::<StationId>(9), year: None })
}

fn issued(serial: u32, command: u8) -> BookEntry {
    let payment = Payment {
        command: id(command),
        collector: Collector { name: "UBND xã Mẫu".into(), tax_code: None, delegate: None },
        payer: "Trần Thị Mẫu".into(),
        address: String::new(),
        payer_id: String::new(),
        dossier: None,
        lines: vec![FeeReceiptLine { name: "Phí".into(), amount: Dong::new(8_000) }],
        method: PaymentMethod::Cash,
        also: Vec::new(),
        at: now(),
        staff: id(1),
    };
    BookEntry::Issued { series: series(), serial, payment }
}

fn add(store: &Store, entry: &BookEntry) -> Result<(), Error> {
    store.write(|tx| tx.add_fee_entry(1, entry, now()))
}

#[test]
fn a_number_is_the_next_one_or_refused() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    assert!(store.write(|tx| tx.add_serial_block(&leased(1, 3), BlockKind::Leased, now())).unwrap());
    for (first, last) in [(1, 3), (3, 9), (2, 2)] {
        let again = store.write(|tx| tx.add_serial_block(&leased(first, last), BlockKind::Leased, now())).unwrap();
        assert!(!again, "{first}–{last} is held already");
    }
    add(&store, &issued(1, 11)).unwrap();
    assert!(add(&store, &issued(3, 12)).is_err(), "a gap");
    assert!(add(&store, &issued(1, 12)).is_err(), "the same number again");
    assert!(add(&store, &issued(2, 11)).is_err(), "the same payment again");
    // What is refused takes no number with it: the transaction is whole or nothing.
    add(&store, &issued(2, 12)).unwrap();
    let row = store.read(|r| r.serial_block_of(&series(), 2)).unwrap().unwrap();
    assert_eq!((row.next, row.kind), (3, BlockKind::Leased));
    let book = FeeBook::read(store.read(|r| r.fee_entries(&[1])).unwrap()).unwrap();
    assert_eq!((book.receipts().count(), book.accounts()[0].missing.len()), (2, 0));
    store.write(|tx| tx.end_serials("station.cloned")).unwrap();
    assert!(store.read(|r| r.open_serial_blocks()).unwrap().is_empty());
    assert!(add(&store, &issued(3, 13)).is_err(), "another station's from now on");
}

#[test]
fn a_receipt_pays_for_dossiers_until_it_is_void() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let dossier = draft(5, "Trần Thị Mẫu");
    let command: CommandId = id(11);
    store
        .write(|tx| -> Result<(), Error> {
            tx.put_dossier(&dossier)?;
            tx.add_serial_block(&leased(1, 3), BlockKind::Leased, now())?;
            tx.add_fee_entry(1, &issued(1, 11), now())?;
            tx.add_fee_share(command, dossier.id, Dong::new(8_000))
        })
        .unwrap();
    let shares = store.read(|r| r.fee_shares(dossier.id)).unwrap();
    assert_eq!((shares.len(), shares[0].amount, shares[0].void), (1, Dong::new(8_000), false));
    store.write(|tx| tx.void_fee_shares(command)).unwrap();
    assert!(store.read(|r| r.fee_shares_of(command)).unwrap()[0].void);
    assert!(store.write(|tx| tx.add_fee_share(id(77), dossier.id, Dong::new(1))).is_err(), "no receipt, no share");
}
