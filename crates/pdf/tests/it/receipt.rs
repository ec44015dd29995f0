//! Mẫu 01: what is printed can be read, by people and by programs.

use crate::samples::{long_receipt, paper, receipt};
use crate::witness::{ask, ask_for_files, no_overlap, squeezed};
use pdf::forms::receipt as draw;
use pdf::{FormError, Paper};

const PAPERS: [Paper; 2] = [Paper::A4, Paper::A5];

#[test]
fn the_form_says_what_the_law_asks_for_in_its_order() {
    for size in PAPERS {
        let bytes = draw(&receipt(), size).unwrap();
        let Some(text) = ask("pdftotext", &["-raw", "-l", "1", "{}", "-"], &bytes) else { return };
        let text = squeezed(&text);
        let mut rest = text.as_str();
        for phrase in [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Xã Mẫu, ngày 23 tháng 11 năm 2026",
            "Mã hồ sơ: H99.1-261123-0007",
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            "Bộ phận tiếp nhận và trả kết quả: Trung tâm Phục vụ hành chính công xã Mẫu",
            "Tiếp nhận hồ sơ của Ông/Bà: TRẦN THỊ MẪU (trực tiếp)",
            "Địa chỉ: Thôn Đông, xã Mẫu, tỉnh Mẫu",
            "Số CMND/Căn cước/Hộ chiếu: 099199000001",
            "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
            "1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ:",
            "Tờ khai đăng ký khai sinh theo mẫu",
            "2. Số lượng hồ sơ: 01 (bộ)",
            "3. Thời gian giải quyết hồ sơ theo quy định là: 03 ngày làm việc",
            "4. Thời gian nhận hồ sơ: 09 giờ 15 phút, ngày 23 tháng 11 năm 2026",
            "5. Thời gian trả kết quả giải quyết hồ sơ: 09 giờ 15 phút, ngày 27 tháng 11 năm 2026",
            "không tính 24/11/2026 (Ngày Văn hóa Việt Nam)",
            "6. Đăng ký nhận kết quả tại:",
            "7. Phí, lệ phí: Lệ phí: 8.000 đồng/trường hợp.",
            "https://dichvucong.mau.gov.vn/tra-cuu",
            "NGƯỜI NỘP HỒ SƠ",
            "Nguyễn Văn Thử",
        ] {
            let found =
                rest.find(phrase).unwrap_or_else(|| panic!("{size:?}: {phrase:?} is not where it belongs in {text}"));
            rest = &rest[found + phrase.len()..];
        }
        for phrase in ["Số điện thoại: 0912345678", "Email: tran.thi.mau@example.vn"] {
            assert!(text.contains(phrase), "{size:?} lacks {phrase:?}");
        }
        for absent in ["mã tạm", "IN LẠI", "TẬP HUẤN", "tạm tính", "\u{fffd}"] {
            assert!(!text.contains(absent), "an everyday receipt has no mark {absent:?}");
        }
    }
}

#[test]
fn an_everyday_receipt_is_two_copies_of_one_page() {
    for size in PAPERS {
        let bytes = draw(&receipt(), size).unwrap();
        assert!(bytes.len() < 150_000, "{} bytes", bytes.len());
        let Some(text) = ask("pdftotext", &["{}", "-"], &bytes) else { return };
        let pages: Vec<_> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
        assert_eq!(pages.len(), 2, "{size:?}");
        assert!(pages[0].contains("Liên 1: Lưu") && pages[1].contains("Liên 2: Giao khách hàng"));
    }
}

#[test]
fn the_code_in_the_corner_reads_as_the_circular_asks() {
    for (receipt, size) in [(receipt(), Paper::A5), (receipt(), Paper::A4), (long_receipt(), Paper::A5)] {
        let bytes = draw(&receipt, size).unwrap();
        let Some(files) = ask_for_files("pdftoppm", &["-r", "300", "-png", "-singlefile", "{}", "page"], &bytes) else {
            return;
        };
        let (_, picture) = &files[0];
        let Some(read) = ask("zbarimg", &["-q", "--raw", "{}"], picture) else { return };
        assert_eq!(read.trim_end(), receipt.qr_text());
    }
}

// T-31: every Vietnamese letter comes out of the PDF as it went in, decomposed ones too.
#[test]
fn every_vietnamese_letter_can_be_copied_out() {
    let letters: Vec<char> = ('a'..='z')
        .chain('A'..='Z')
        .chain("ăâđêôơưĂÂĐÊÔƠƯàáãèéìíòóõùúýÀÁÃÈÉÌÍÒÓÕÙÚÝĩũĨŨ".chars())
        .chain('\u{1ea0}'..='\u{1ef9}')
        .collect();
    let mut receipt = receipt();
    receipt.request = letters.iter().map(|c| format!("{c} ")).collect();
    receipt.applicant_name = "Nguye\u{302}\u{303}n Thi\u{323} fi ff".into();
    let bytes = draw(&receipt, Paper::A4).unwrap();
    let Some(text) = ask("pdftotext", &["-l", "1", "{}", "-"], &bytes) else { return };
    let text = squeezed(&text);
    let bare = text.replace(' ', "");
    let drawn: String = letters.iter().collect();
    assert!(bare.contains(&drawn), "a letter is lost in {text}");
    assert!(text.contains("Nguyễn Thị fi ff"), "decomposed letters are composed");
}

#[test]
fn marks_stand_where_they_are_due() {
    let mut receipt = receipt();
    receipt.provisional = true;
    receipt.reprint = 3;
    receipt.training = true;
    receipt.deadline.confirmed = false;
    let bytes = draw(&receipt, Paper::A5).unwrap();
    let Some(text) = ask("pdftotext", &["{}", "-"], &bytes) else { return };
    let text = squeezed(&text);
    for mark in
        ["(mã tạm)", "BẢN IN LẠI lần 3", "TẬP HUẤN – KHÔNG CÓ GIÁ TRỊ", "(tạm tính)", "chưa được công bố chính thức"]
    {
        assert!(text.contains(mark), "{mark} in {text}");
    }
}

#[test]
fn long_content_goes_on_without_loss_or_overlap() {
    let receipt = long_receipt();
    for size in PAPERS {
        let bytes = draw(&receipt, size).unwrap();
        assert!(bytes.len() < 150_000, "{} bytes", bytes.len());
        let Some(text) = ask("pdftotext", &["{}", "-"], &bytes) else { return };
        let pages = text.trim_end_matches('\u{c}').split('\u{c}').count();
        let whole = squeezed(&text);
        for n in 1..=40 {
            assert_eq!(
                whole.matches(&format!("iấy tờ số {n} ")).count() + whole.matches(&format!("iấy tờ số {n}:")).count(),
                2,
                "paper {n} is on both copies"
            );
        }
        for long in [&receipt.applicant_name, &receipt.address, &receipt.request] {
            assert!(whole.contains(long.as_str()), "{long} is whole");
        }
        assert!(
            whole.matches("Thành phần hồ sơ 1").count() + whole.matches("Thành phần hồ sơ").count() > pages / 2,
            "the head is repeated"
        );
        no_overlap(&bytes, &format!("{size:?}"));
    }
}

#[test]
fn the_file_is_sound_and_says_what_it_is() {
    let bytes = draw(&receipt(), Paper::A5).unwrap();
    if let Some(said) = ask("qpdf", &["--check", "{}"], &bytes) {
        assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    }
    if let Some(said) = ask("pdfinfo", &["-isodates", "{}"], &bytes) {
        assert!(said.contains("Giấy tiếp nhận hồ sơ và hẹn trả kết quả H99.1-261123-0007"), "{said}");
        assert!(said.contains("2026-11-23T"), "not of 1970: {said}");
        assert!(said.contains("419.53 x 595.28"), "A5: {said}");
    }
    if let Some(said) = ask("pdffonts", &["{}"], &bytes) {
        for line in said.lines().skip(2) {
            let columns: Vec<_> = line.split_whitespace().collect();
            assert_eq!((columns[4], columns[6]), ("yes", "yes"), "embedded and readable: {line}");
        }
    }
}

#[test]
fn equal_receipts_give_equal_bytes() {
    assert_eq!(draw(&receipt(), Paper::A5).unwrap(), draw(&receipt(), Paper::A5).unwrap());
    let mut other = receipt();
    other.reprint = 1;
    assert_ne!(draw(&receipt(), Paper::A5).unwrap(), draw(&other, Paper::A5).unwrap());
}

#[test]
fn empty_and_endless_fields_do_no_harm() {
    let mut bare = receipt();
    for field in [
        &mut bare.address,
        &mut bare.phone,
        &mut bare.email,
        &mut bare.fee_text,
        &mut bare.clerk,
        &mut bare.office.place,
    ] {
        field.clear();
    }
    bare.papers.clear();
    let mut endless = receipt();
    endless.papers = vec![paper(&"x".repeat(20_000), u32::MAX, 0, 0)];
    endless.address = "a\u{0}\n\t".repeat(3_000);
    endless.clerk = "Ẩ".repeat(500);
    endless.office.parent = "W".repeat(300);
    for receipt in [bare, endless] {
        for size in PAPERS {
            let bytes = draw(&receipt, size).unwrap();
            no_overlap(&bytes, &format!("{size:?}"));
        }
    }
    let mut unsayable = receipt();
    unsayable.office.system = "x".repeat(4_000);
    assert_eq!(draw(&unsayable, Paper::A5), Err(FormError::CodeTooLong));
}
