//! Rows as they are published, and texts that nobody ever published.

use super::*;
use crate::Channel;
use crate::deadline::Limit;
use crate::procedure::Handling;

fn procedure(ways: &str, papers: &str, steps: &str) -> Procedure {
    let record = Record {
        code: "1.001193".into(),
        name: "Thủ tục mẫu".into(),
        field: "Hộ tịch".into(),
        ways: format!("Hình thức nộpThời gianPhí, lệ phíMô tả{ways}"),
        papers: papers.into(),
        steps: steps.into(),
        results: "Giấy khai sinhMã: KQ.G15.000031Từ khóaKhông có thông tin".into(),
        ..Record::default()
    };
    read(&record, NaiveDate::from_ymd_opt(2026, 7, 1).unwrap()).unwrap()
}

const TABLE: &str = "Tên giấy tờMẫu đơn, tờ khaiSố lượng";

#[test]
fn a_row_is_a_channel_a_time_a_fee_and_words() {
    let one = procedure(
        "Trực tuyến7 Ngày làm việc10,000 Việt Nam Đồng(Trường hợp nộp (trực tuyến) thu 10.000 đồng/lần.)Nộp qua Cổng.Trực tiếp7 Ngày làm việc20,000 VNĐ",
        "",
        "",
    );
    let [case] = &one.cases[..] else { panic!("one time is one case: {:?}", one.cases) };
    assert_eq!((case.limit, case.limit_text.as_str()), (Some(Limit::WorkingDays(7)), "7 ngày làm việc"));
    assert_eq!(case.fee, None, "two channels, two fees: none of them is the fee");
    let [counter, online] = &case.ways[..] else { panic!("two rows: {:?}", case.ways) };
    assert_eq!((counter.channel, counter.amount), (Channel::Counter, Some(20_000)));
    assert_eq!((online.channel, online.amount, online.note.as_str()), (Channel::Online, Some(10_000), "Nộp qua Cổng."));
    assert_eq!(
        case.fee_text,
        "Trực tiếp: 20,000 VNĐ; Trực tuyến: 10,000 Việt Nam Đồng (Trường hợp nộp (trực tuyến) thu 10.000 đồng/lần.)"
    );
    assert_eq!(one.results, ["KQ.G15.000031"]);
}

#[test]
fn units_are_read_and_other_units_are_listed() {
    let limit = |ways: &str| procedure(ways, "", "").cases[0].limit;
    assert_eq!(limit("Trực tiếp15 NgàyMiễn phí"), Some(Limit::CalendarDays(15)));
    assert_eq!(limit("Trực tiếp8 GiờMiễn phí"), Some(Limit::WorkingMinutes(480)));
    for (ways, field) in [
        ("Trực tiếp2 ThángMiễn phí", "limit"),
        ("Trực tiếp0.5 Ngày làm việcMiễn phí", "limit"),
        ("Trực tiếpKhông quy địnhMiễn phí", "limit"),
    ] {
        let one = procedure(ways, "", "");
        assert_eq!(one.cases[0].limit, None, "{ways}");
        assert!(one.doubts.iter().any(|doubt| doubt.field() == field), "{ways}: {:?}", one.doubts);
    }
}

#[test]
fn a_number_alone_counts_only_with_the_unit_of_the_text() {
    let at = |ways: &str, steps: &str| procedure(ways, "", steps).cases[0].limit;
    let said = "Ngay trong ngày tiếp nhận; nếu tiếp nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo.";
    assert_eq!(at("Trực tiếp1Miễn phí", said), Some(Limit::SameDay));
    assert_eq!(at("Trực tiếpKhông có thông tin8,000 VNĐ", said), Some(Limit::SameDay));
    assert_eq!(
        at("Trực tiếp5Miễn phí", "Trong thời hạn 05 (năm) ngày làm việc kể từ ngày nhận đủ hồ sơ"),
        Some(Limit::WorkingDays(5))
    );
    assert_eq!(at("Trực tiếp5Miễn phí", "trong 05 ngày làm việc, niêm yết 05 ngày"), None, "two units are no unit");
    assert_eq!(
        at("Trực tiếp1Miễn phí", "Trong thời hạn 03 ngày làm việc"),
        None,
        "household business says 1 and means 3"
    );
    assert_eq!(at("Trực tiếp1Miễn phí", ""), None);
}

#[test]
fn time_and_fee_without_a_space_come_apart_or_are_listed() {
    let one = procedure("Trực tiếp120,000 VNĐ(- Xe)", "", "");
    assert_eq!(one.cases[0].ways[0].amount, Some(20_000), "a figure has no leading nought, so 1 and 20,000");
    let two = procedure("Trực tiếp1250 VNĐ", "", "");
    assert_eq!(two.cases[0].ways[0].amount, None);
    assert!(two.doubts.contains(&Doubt::TimeIntoFee { text: "1250 VNĐ".into() }), "{:?}", two.doubts);
}

#[test]
fn free_counts_only_where_no_word_speaks_against_it() {
    let fee = |ways: &str| procedure(ways, "", "").cases[0].fee;
    assert_eq!(fee("Trực tiếp5 NgàyMiễn phí"), Some(0));
    assert_eq!(fee("Trực tiếp5 NgàyMiễn phí(Không quy định.)"), Some(0));
    assert_eq!(fee("Trực tiếp5 NgàyMiễn phí(Mức lệ phí do Hội đồng nhân dân tỉnh quyết định.)"), None);
    assert_eq!(fee("Trực tiếp5 Ngày2,000 Việt Nam Đồng(/trang)"), None, "for a page");
    assert_eq!(fee("Trực tiếp5 Ngày400,000 VNĐ"), Some(400_000));
    assert_eq!(fee("Trực tiếp5 Ngày10 USD(/bản)"), None);
    assert_eq!(fee("Trực tiếp5 NgàyKhông có thông tin"), None);
}

#[test]
fn times_that_differ_become_cases_and_are_listed_where_nothing_says_when() {
    let land = procedure(
        "Trực tuyến17 Ngày làm việcMiễn phíDịch vụ bưu chính20 Ngày làm việcMiễn phíTrực tiếp27 Ngày làm việcMiễn phí",
        "",
        "",
    );
    let limits: Vec<_> = land.cases.iter().map(|case| case.limit).collect();
    assert_eq!(limits, [27, 17, 20].map(|days| Some(Limit::WorkingDays(days))), "the counter's row first");
    assert!(land.doubts.iter().any(|doubt| matches!(doubt, Doubt::TimesDiffer { .. })));
    let said = procedure(
        "Trực tiếp2 Ngày làm việcMiễn phíTrường hợp không phải xác minh: 02 ngày.Trực tiếp3 Ngày làm việcMiễn phíTrường hợp cần xác minh: 03 ngày.",
        "",
        "",
    );
    let names: Vec<_> = said.cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names, ["Trường hợp không phải xác minh", "Trường hợp cần xác minh"]);
    assert!(!said.doubts.iter().any(|doubt| matches!(doubt, Doubt::TimesDiffer { .. })));
}

#[test]
fn papers_come_apart_at_their_counts() {
    let papers = format!(
        "* Giấy tờ phải nộp:{TABLE}- Tờ khai theo Nghị định 43/20261 bản chínhb) Bản sao hoặc 01 bản chính kèm theo;0 bản chính,1 bản sao * Giấy tờ phải xuất trình:{TABLE}- Hộ chiếu1 bản chính* Lưu ý:{TABLE}Không thu bản sao.0 bản chính"
    );
    let one = procedure("Trực tiếp5 NgàyMiễn phí", &papers, "");
    let read: Vec<_> =
        one.components.iter().map(|c| (c.name.as_str(), c.originals, c.copies, c.handling, c.required)).collect();
    assert_eq!(
        read,
        [
            ("Tờ khai theo Nghị định 43/2026", 1, 0, Handling::Submit, true),
            ("b) Bản sao hoặc 01 bản chính kèm theo", 0, 1, Handling::Submit, false),
            ("Hộ chiếu", 1, 0, Handling::Show, false),
        ]
    );
    assert_eq!(one.notes, ["Không thu bản sao."]);
    assert_eq!(one.doubts, []);
}

#[test]
fn groups_by_case_become_cases_and_unclear_ones_are_listed() {
    let papers = format!(
        "Trường hợp ủy quyền:{TABLE}Văn bản ủy quyền1 bản chínhHồ sơ của người nhận con nuôi:{TABLE}Đơn1 bản chính--{TABLE}b) Hai1 bản chínha) Một, nếu có1 bản chính"
    );
    let one = procedure("Trực tiếp5 NgàyMiễn phí", &papers, "");
    let names: Vec<_> = one.cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names, ["Trường hợp chung", "Trường hợp ủy quyền"]);
    let of = |at: usize| one.components_of(&one.cases[at]).map(|c| c.name.as_str()).collect::<Vec<_>>();
    assert_eq!(of(0), ["a) Một, nếu có", "b) Hai", "Đơn"], "in the order of their marks");
    assert_eq!(of(1), ["a) Một, nếu có", "b) Hai", "Đơn", "Văn bản ủy quyền"]);
    let part = one.components.iter().find(|c| c.name == "Đơn").unwrap();
    assert!(!part.required && part.group == "Hồ sơ của người nhận con nuôi:", "nobody knows whether it is a case");
    assert!(one.doubts.iter().any(|doubt| matches!(doubt, Doubt::UnclearGroup { .. })));
}

#[test]
fn the_interface_gives_the_same_with_its_cells_apart() {
    let pulled = serde_json::json!({"error_code": 0, "result": [{
        "MATTHC": "1.001193", "TENTTHC": "Thủ tục mẫu", "LINHVUCTHUCHIEN": [{"MALINHVUC": "G15-HT", "TENLINHVUC": "Hộ tịch"}],
        "CACHTHUCTHUCHIEN": [{"KENH": "1", "THOIGIAN": [{"THOIGIANGIAIQUYET": 3, "DONVITINH": "Ngày làm việc", "MOTA": "",
            "PHILEPHI": [{"MAPHILEPHI": "x", "SOTIEN": 20000, "DONVI": "đồng", "MOTA": ""}]}]}],
        "THANHPHANHOSO": [{"TRUONGHOP": "", "GIAYTO": [{"TENGIAYTO": "Tờ khai", "SOBANCHINH": "1", "SOBANSAO": 0}]}],
        "KETQUATHUCHIEN": [{"MAKETQUA": "KQ.G15.000031"}]}]});
    assert!(pull::is_pull(&pulled));
    let one = pull::read(pull::unwrap(&pulled)[0], NaiveDate::default()).unwrap();
    assert_eq!((one.cases[0].limit, one.cases[0].fee), (Some(Limit::WorkingDays(3)), Some(20_000)));
    assert_eq!((one.components.len(), one.results.len(), &one.doubts[..]), (1, 1, &[][..]));
}

#[test]
fn what_names_no_procedure_is_refused() {
    let record = |code: &str, name: &str| Record {
        code: code.into(),
        name: name.into(),
        field: "x".into(),
        ..Record::default()
    };
    assert_eq!(read(&record("1.00119", "a"), NaiveDate::default()), Err(Doubt::BadCode));
    assert_eq!(read(&record("1.001193", "  "), NaiveDate::default()), Err(Doubt::NoName));
}

proptest::proptest! {
    /// Whatever stands in a field, reading ends, never panics, and gives a procedure with at least one case of its own id.
    #[test]
    fn any_text_reads(pieces in proptest::collection::vec(proptest::sample::select(&[
        "Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính", "1", "120", ",000", " VNĐ", " USD", "3 Ngày làm việc", "0.5 Ngày", " Tháng",
        "Miễn phí", "Không có thông tin", "(", ")", "((", "Trường hợp ", "Lưu ý", "--", TABLE, " bản chính", ",1 bản sao", "01", "2026",
        "a) ", "đ) ", ";", ".", ":", " ", "\n", "ế", "e\u{302}\u{301}", "İ", "ß", "\u{0}", "15 giờ", "ngày làm việc tiếp theo", "trong ngày", "KQ.", "G15.000031", "mau.docx", "99999999999",
    ][..]), 0..60), loose in ".{0,60}") {
        let text = pieces.concat() + &loose;
        let record = Record { code: "1.001193".into(), name: "x".into(), field: "y".into(), ways: text.clone(), papers: text.clone(), steps: text.clone(), results: text, ..Record::default() };
        let one = read(&record, NaiveDate::default()).unwrap();
        proptest::prop_assert!(!one.cases.is_empty());
        let mut ids: Vec<_> = one.cases.iter().map(|case| &case.id).collect();
        ids.sort();
        ids.dedup();
        proptest::prop_assert_eq!(ids.len(), one.cases.len());
        for component in &one.components {
            proptest::prop_assert!(component.cases.iter().all(|id| one.cases.iter().any(|case| case.id == *id)));
        }
    }
}

proptest::proptest! {
    /// C1: every row of a table that is well formed is read, or it is listed; none goes without a word.
    #[test]
    fn no_row_is_lost(
        ways in proptest::collection::vec((0_usize..3, 1_u32..60, 0_usize..4, 0_u32..4), 1..6),
        papers in proptest::collection::vec((0_usize..4, 0_u32..3, 0_u32..3), 1..12),
    ) {
        let channels = ["Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính"];
        let units = ["Ngày làm việc", "Ngày", "Giờ", "Tháng"];
        let fees = ["Miễn phí", "20,000 VNĐ(/hồ sơ)", "10 USD(/bản)", "Không có thông tin"];
        let rows: Vec<String> = ways.iter().enumerate().map(|(at, (channel, days, unit, fee))| {
            format!("{}{days} {}{}Ghi chú số {at}.", channels[*channel], units[*unit], fees[*fee as usize])
        }).collect();
        let starts = ["- Tờ khai mẫu", "- Bản sao giấy", "Giấy tờ", "Lưu ý giấy"];
        let listed: Vec<String> = papers.iter().enumerate().map(|(at, (start, originals, copies))| {
            let copies = if *copies > 0 { format!(",{copies} bản sao") } else { String::new() };
            format!("{} thứ {at}x;{originals} bản chính{copies}", starts[*start])
        }).collect();
        let one = procedure(&rows.concat(), &format!("* Giấy tờ phải nộp:{TABLE}{}", listed.concat()), "");
        let told = serde_json::to_string(&one.doubts).unwrap();
        let notes: Vec<&str> = one.cases.iter().flat_map(|case| &case.ways).map(|way| way.note.as_str()).collect();
        for at in 0..ways.len() {
            let said = format!("Ghi chú số {at}.");
            proptest::prop_assert!(notes.iter().any(|note| note.contains(&said)) || told.contains(&said), "row {}: {:?}", at, one);
        }
        for at in 0..papers.len() {
            let said = format!("thứ {at}x");
            let named = one.components.iter().any(|component| component.name.contains(&said));
            let noted = one.notes.iter().any(|note| note.contains(&said));
            proptest::prop_assert!(named || noted || told.contains(&said), "paper {}: {:?}", at, one);
        }
    }
}
