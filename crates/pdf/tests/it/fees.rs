//! Money on paper: the fee receipt in its two parts, void and copied, and the page that closes a shift.

use crate::samples::{at, issue};
use crate::witness::{ask, ask_for_files, no_overlap, squeezed};
use domain::fee_receipt::{
    CashBundle, CashCount, Collector, FeeReceipt, FeeReceiptLine, FeeReceiptState, MethodTotal, Payment, PaymentMethod,
    Series, SetAside, Shift, ShiftSummary, Voided, VoidedMoney,
};
use domain::form::{ClosedShift, Document, PrintedFee, fee_receipt, shift_close};
use domain::id::Id;
use domain::money::EmptyTens;
use domain::{CommandId, Dong, Dossier, StaffId};
use pdf::Paper;

fn series() -> Series {
    Series { template: "01BLP2-001".into(), sign: "28AA-26T".into() }
}

fn receipt(lines: &[(&str, i64)]) -> FeeReceipt {
    let lines: Vec<FeeReceiptLine> = lines
        .iter()
        .map(|(name, amount)| FeeReceiptLine { name: (*name).into(), amount: Dong::new(*amount) })
        .collect();
    let total = Dong::sum(lines.iter().map(|line| line.amount)).unwrap();
    let payment = Payment {
        command: CommandId::from_parts(1, [0; 10]),
        collector: Collector {
            name: "Ủy ban nhân dân xã Mẫu".into(),
            tax_code: "0100233488".parse().ok(),
            delegate: Some("Bưu điện Mẫu".into()),
        },
        payer: "NGUYỄN PHƯỚC HOÀNG TRƯỜNG THIÊN BẢO".into(),
        address: "Thôn Đông, xã Mẫu, tỉnh Mẫu".into(),
        payer_id: "099199000001".into(),
        dossier: None,
        lines,
        method: PaymentMethod::Vietqr,
        also: Vec::new(),
        at: at("2026-11-23T09:20:00+07:00"),
        staff: StaffId::from_parts(1, [1; 10]),
    };
    FeeReceipt { series: series(), serial: 123, payment, total, state: FeeReceiptState::Issued, prints: 0 }
}

fn sheet(receipt: &FeeReceipt, reprint: u32) -> Document {
    let dossiers = ["H99.1-261123-0007".to_owned()];
    let texts =
        ["2.000 đồng/trang; từ trang thứ 3 trở lên thu 1.000 đồng/trang, tối đa thu không quá 200.000 đồng/bản."
            .to_owned()];
    let printed = PrintedFee { receipt, dossiers: &dossiers, texts: &texts, empty_tens: EmptyTens::Linh };
    fee_receipt(&printed, domain::form::Issue { reprint, ..issue() })
}

/// The receipt of a dossier, issued or made void, for the witnesses of every form.
pub(crate) fn receipt_of(dossier: &Dossier, void: bool) -> Document {
    let request = dossier.procedure.as_ref().unwrap().name.clone();
    let mut receipt = receipt(&[(request.as_str(), 24_000), ("Phí cấp bản sao trích lục hộ tịch", 81_000)]);
    receipt.payment.payer.clone_from(&dossier.applicant.name);
    receipt.payment.address.clone_from(&dossier.applicant.address);
    if void {
        receipt.state = voided("sai tên người nộp");
    }
    let (dossiers, texts) = ([dossier.code.as_ref().unwrap().to_string()], [request]);
    let printed = PrintedFee { receipt: &receipt, dossiers: &dossiers, texts: &texts, empty_tens: EmptyTens::Linh };
    fee_receipt(&printed, issue())
}

fn voided(reason: &str) -> FeeReceiptState {
    FeeReceiptState::Void(Voided {
        reason: reason.into(),
        at: at("2026-11-23T10:00:00+07:00"),
        staff: StaffId::from_parts(1, [1; 10]),
        money: VoidedMoney::Refunded,
    })
}

fn text(bytes: &[u8]) -> Option<String> {
    Some(squeezed(&ask("pdftotext", &["-raw", "{}", "-"], bytes)?))
}

/// What NĐ 123/2020 art 32 asks to stand on it (D§7.2), on both parts.
#[test]
fn a_fee_receipt_says_what_the_decree_asks_on_both_parts() {
    let receipt =
        receipt(&[("Phí chứng thực bản sao từ bản chính", 24_000), ("Phí cấp bản sao trích lục hộ tịch", 81_000)]);
    for paper in [Paper::A5, Paper::A4] {
        let document = sheet(&receipt, 0);
        let bytes = pdf::forms::form(&document, paper).unwrap();
        no_overlap(&bytes, "fee receipt");
        let Some(said) = text(&bytes) else { return };
        for phrase in [
            "BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ",
            "Mẫu số: 01BLP2-001 – Ký hiệu: 28AA-26T – Số: 0000123",
            "Mã số thuế: 0100233488",
            "Bên được ủy nhiệm thu: Bưu điện Mẫu",
            "Người nộp tiền: NGUYỄN PHƯỚC HOÀNG TRƯỜNG THIÊN BẢO",
            "24.000 đ",
            "105.000 đ",
            "Số tiền viết bằng chữ: Một trăm linh năm nghìn đồng",
            "Hình thức thanh toán: Chuyển khoản (VietQR)",
            "từ trang thứ 3 trở lên thu 1.000 đồng/trang",
            "NGƯỜI THU TIỀN",
        ] {
            assert_eq!(said.matches(phrase).count(), 2, "{phrase}: {said}");
        }
        assert!(said.contains("Liên 1: Lưu tại tổ chức thu") && said.contains("Liên 2: Giao người nộp tiền"), "{said}");
        assert!(!said.contains("BẢN SAO") && !said.contains("ĐÃ HỦY"), "{said}");
        let args = ["-r", "300", "-png", "-singlefile", "{}", "page"];
        let Some(files) = ask_for_files("pdftoppm", &args, &bytes) else { return };
        let Some(read) = ask("zbarimg", &["-q", "--raw", "{}"], &files[0].1) else { return };
        assert!(read.starts_with("MC1|H99.1-261123-0007|"), "its code opens the dossier: {read}");
    }
}

/// D§7.2: each part is printed once; another one is a copy and says so. A void one says so too, and keeps its number.
#[test]
fn a_copy_and_a_void_receipt_say_so() {
    let mut receipt = receipt(&[("Lệ phí", 8_000)]);
    let Some(said) = text(&pdf::forms::form(&sheet(&receipt, 1), Paper::A5).unwrap()) else { return };
    assert_eq!(said.matches("BẢN SAO – in lại lần 1").count(), 2, "{said}");
    receipt.state = voided("sai tên người nộp");
    let bytes = pdf::forms::form(&sheet(&receipt, 0), Paper::A5).unwrap();
    let said = text(&bytes).unwrap();
    for phrase in ["BIÊN LAI ĐÃ HỦY", "lý do: sai tên người nộp; đã hoàn lại tiền", "Số: 0000123"]
    {
        assert_eq!(said.matches(phrase).count(), 2, "{phrase}: {said}");
    }
}

/// The sheet of a shift in which everything happened that can.
pub(crate) fn shift_of(clerk: &str, reason: &str) -> Document {
    let notes = domain::fee_receipt::NOTES;
    let counted = CashCount(notes.iter().map(|note| CashBundle { note: Dong::new(*note), count: 12 }).collect());
    let (from, to) = (at("2026-11-23T07:00:00+07:00"), at("2026-11-23T17:05:00+07:00"));
    let staff = StaffId::from_parts(1, [1; 10]);
    let aside = |n: u32| SetAside {
        series: series(),
        first: n * 10,
        last: n * 10 + 1,
        reason: "giấy in rách hai tờ".into(),
        at: from,
        staff,
    };
    let method = |method| MethodTotal { method, receipts: 40, taken: Dong::new(1_234_000), void: Dong::new(8_000) };
    let summary = ShiftSummary {
        shift: Shift { staff: Some(staff), from, to, float: Dong::new(500_000) },
        methods: vec![method(PaymentMethod::Cash), method(PaymentMethod::Transfer), method(PaymentMethod::Vietqr)],
        serials: (1..40).map(|n| (series(), n * 10 + 2, n * 10 + 9)).collect(),
        void: (1..9).map(|n| (series(), n * 10 + 3)).collect(),
        set_aside: (1..20).map(aside).collect(),
        expected: Dong::new(1_726_000),
        counted: counted.total().unwrap(),
        difference: Dong::new(-20_000),
    };
    let closed = ClosedShift {
        number: 17,
        station: "Quầy 1",
        clerk,
        summary: &summary,
        counted: &counted,
        reason,
        empty_tens: EmptyTens::Linh,
    };
    shift_close(&closed, issue())
}

/// E5: one page, whatever happened in the shift.
#[test]
fn a_shift_is_one_signed_page() {
    let document = shift_of("Lê Thị Thu Hằng", "trả nhầm tiền thừa cho một người nộp");
    let bytes = pdf::forms::form(&document, Paper::A5).unwrap();
    no_overlap(&bytes, "shift");
    assert_eq!(pdf::read::inspect(&bytes).unwrap().len(), 1, "one page");
    let Some(said) = text(&bytes) else { return };
    for phrase in [
        "BẢNG CHỐT CA",
        "Ca số 17 – Quầy 1",
        "Chênh lệch: thiếu 20.000 đ",
        "Lý do chênh lệch: trả nhầm tiền thừa cho một người nộp",
        "Tiền mặt phải có theo sổ: 1.726.000 đ",
        "và 33 dải số khác trong sổ",
        "PHỤ TRÁCH BỘ PHẬN",
    ] {
        assert!(said.contains(phrase), "{phrase}: {said}");
    }
}
