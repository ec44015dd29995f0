//! Made-up receipts and pictures.

use chrono::{DateTime, FixedOffset};
use domain::form::Issue;
use domain::receipt::ReceiptPaper;
use domain::{Calendar, Channel, Deadline, Dossier, DossierCode, Limit, Office, Receipt, Regulation};
use std::path::PathBuf;

pub(crate) fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

pub(crate) fn paper(name: &str, originals: u32, certified: u32, copies: u32) -> ReceiptPaper {
    ReceiptPaper { name: name.to_owned(), originals, certified, copies }
}

/// An everyday receipt.
pub(crate) fn receipt() -> Receipt {
    let received_at = at("2026-11-23T09:15:00+07:00");
    let calendar = Calendar::from_json(include_str!("../../../../assets/calendars/vn.json")).unwrap();
    Receipt {
        office: Office {
            code: "H99.1".parse().unwrap(),
            parent: "Ủy ban nhân dân xã Mẫu".into(),
            name: "Trung tâm Phục vụ hành chính công xã Mẫu".into(),
            place: "Xã Mẫu".into(),
            address: "Thôn Trung, xã Mẫu, tỉnh Mẫu".into(),
            logo: None,
            phone: "0299 3 123 456".into(),
            lookup_url: "https://dichvucong.mau.gov.vn/tra-cuu".into(),
            system: "Hệ thống thông tin giải quyết TTHC tỉnh Mẫu".into(),
        },
        code: DossierCode::official(&"H99.1".parse().unwrap(), received_at.date_naive(), 7),
        provisional: false,
        former_codes: Vec::new(),
        book_number: Some(7),
        procedure_code: "1.001193".into(),
        request: "Đăng ký khai sinh".into(),
        applicant_name: "TRẦN THỊ MẪU".into(),
        applicant_kind: domain::PartyKind::Person,
        representative: None,
        channel: Channel::Counter,
        address: "Thôn Đông, xã Mẫu, tỉnh Mẫu".into(),
        phone: "0912345678".into(),
        email: "tran.thi.mau@example.vn".into(),
        id_number: "099199000001".into(),
        papers: vec![
            paper("Tờ khai đăng ký khai sinh theo mẫu", 1, 0, 0),
            paper("Giấy chứng sinh", 1, 0, 0),
            paper("Giấy chứng nhận kết hôn của cha, mẹ (nếu cha, mẹ trẻ em có đăng ký kết hôn)", 0, 1, 0),
            paper("Giấy ủy quyền trong trường hợp ủy quyền việc đăng ký khai sinh", 0, 0, 2),
        ],
        limit_text: "03 ngày làm việc".into(),
        fee_text: "Lệ phí: 8.000 đồng/trường hợp. Miễn lệ phí đối với trường hợp khai sinh đúng hạn, người thuộc gia đình có công với cách mạng.".into(),
        received_at,
        deadline: Deadline::compute(received_at, Limit::WorkingDays(3), &calendar).unwrap(),
        clerk: "Nguyễn Văn Thử".into(),
        issued_at: received_at,
        reprint: 0,
        training: false,
    }
}

/// The worst that a counter may print: everything long, everything marked.
pub(crate) fn long_receipt() -> Receipt {
    let mut receipt = receipt();
    receipt.office.parent = "Ủy ban nhân dân thành phố trực thuộc tỉnh Mẫu Thượng Hạ".into();
    receipt.office.name = "Trung tâm Phục vụ hành chính công phường Nguyễn Đình Chiểu Thượng Hạ số 12".into();
    receipt.office.place = "Phường Nguyễn Đình Chiểu Thượng Hạ".into();
    receipt.code =
        DossierCode::provisional(&"H15.50.05.13".parse().unwrap(), receipt.received_at.date_naive(), "3F2A", 975);
    receipt.provisional = true;
    receipt.applicant_name = "NGUYỄN PHƯỚC HOÀNG TRƯỜNG THIÊN BẢO NGỌC QUỲNH ANH THỤC ĐOAN".into();
    receipt.address = "Số nhà 123/45/67/89A, ngõ 1234, đường Nguyễn Thị Minh Khai nối dài, tổ dân phố số 27, khu phố Đông Hưng Thuận, phường Nguyễn Đình Chiểu Thượng Hạ, thành phố Mẫu Trung Tâm, tỉnh Mẫu Thượng, Việt Nam (đối diện trụ sở Hợp tác xã nông nghiệp kiểu mới)".into();
    receipt.request = "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp chuyển đổi, chuyển nhượng, cho thuê, cho thuê lại, thừa kế, tặng cho, góp vốn bằng quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất; chuyển quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất của vợ hoặc chồng".into();
    receipt.papers = (1..=40)
        .map(|n| {
            if n % 3 == 0 {
                paper(&format!("Bản sao Giấy tờ số {n}: hợp đồng, văn bản về việc chuyển quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất theo quy định của pháp luật về dân sự"), 1, n, 0)
            } else {
                paper(&format!("Giấy tờ số {n}"), 1, 0, 12)
            }
        })
        .collect();
    receipt.reprint = 2;
    receipt.training = true;
    receipt.deadline.confirmed = false;
    receipt.clerk = "Hoàng Phủ Ngọc Tường Vi Thảo Nguyên".into();
    receipt
}

/// A sample scan, or none where the shared data is absent.
pub(crate) fn scan(name: &str) -> Option<Vec<u8>> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../../shared/data/scans", name].iter().collect();
    std::fs::read(path).ok()
}

pub(crate) const SCANS: [&str; 3] = ["p04_giay_khai_sinh.jpg", "p15_bien_lai_A5.jpg", "p17_hop_dong_1.tif"];

/// An everyday dossier.
pub(crate) fn dossier() -> Dossier {
    let id = "00000000-0000-7000-8000-000000000003".parse().unwrap();
    let by = "00000000-0000-7000-8000-000000000002".parse().unwrap();
    let receipt = receipt();
    let mut dossier = Dossier::draft(id, by, receipt.received_at);
    dossier.applicant.name = receipt.applicant_name;
    dossier.applicant.address = receipt.address;
    dossier.applicant.phone = receipt.phone;
    dossier.applicant.email = receipt.email;
    dossier.applicant.id_number = receipt.id_number;
    let procedure = serde_json::json!({
        "code": "1.001193", "name": receipt.request, "field": "Hộ tịch", "valid_from": "2026-01-01",
        "cases": [{"id": "a", "limit": "3wd", "limit_text": "03 ngày làm việc"}],
        "components": [
            {"name": "Tờ khai đăng ký khai sinh", "originals": 1, "handling": "submit", "required": true},
            {"name": "Căn cước của người đi đăng ký", "handling": "show"}
        ]
    });
    dossier.choose(serde_json::from_value(procedure).unwrap(), None);
    dossier.code = Some(receipt.code);
    dossier.received_at = Some(receipt.received_at);
    dossier.deadline = Some(receipt.deadline);
    dossier
}

/// A dossier with everything long and provisional.
pub(crate) fn long_dossier() -> Dossier {
    let (mut dossier, receipt) = (dossier(), long_receipt());
    dossier.applicant.name = receipt.applicant_name;
    dossier.applicant.address = receipt.address;
    dossier.code = Some(receipt.code);
    dossier.provisional = true;
    if let Some(procedure) = &mut dossier.procedure {
        procedure.name = receipt.request;
    }
    dossier
}

/// Who makes a sheet.
pub(crate) fn issue() -> Issue {
    let receipt = receipt();
    let (office, clerk, at) = (receipt.office, receipt.clerk, receipt.issued_at);
    Issue { office, regulation: Regulation::Tt03, clerk, at, reprint: 0, training: false }
}
