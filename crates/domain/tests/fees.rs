//! The fee table over the tariffs of D§7.1 and D§11, in the shape that an agency imports.

#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use domain::fee::{BadFeeTable, Fee, FeeItem, FeeLine, FeeQuestion, FeeTable, NoFee, Original, ReliefReason};
use domain::{Channel, Dong, OfficeCode};

/// Amounts and wording as published in July 2026; the province H99 and its amounts are made up.
const TABLE: &str = r#"{"rules": [
  {"id": "copy", "name": "Phí chứng thực bản sao từ bản chính", "procedures": ["2.000815", "2.000942"],
   "charge": {"kind": "per_page", "tiers": [{"from_page": 1, "amount": 2000}, {"from_page": 3, "amount": 1000}],
              "most_per_copy": 200000},
   "text": "2.000 đồng/trang; từ trang thứ 3 trở lên thu 1.000 đồng/trang, tối đa thu không quá 200.000 đồng/bản. Trang là căn cứ để thu phí được tính theo trang của bản chính;",
   "basis": "TT 226/2016/TT-BTC"},
  {"id": "signature", "name": "Phí chứng thực chữ ký", "procedures": ["2.000884", "2.001008", "2.000992"],
   "charge": {"kind": "per_item", "amount": 10000, "unit": "trường hợp"},
   "text": "10.000 đồng/trường hợp (trường hợp được tính là một hoặc nhiều chữ ký trong một giấy tờ, văn bản).",
   "basis": "TT 226/2016/TT-BTC"},
  {"id": "transaction", "name": "Phí chứng thực giao dịch", "procedures": ["2.001035", "2.001019", "2.001016", "2.001406"],
   "charge": {"kind": "per_item", "amount": 50000, "unit": "giao dịch"}, "text": "50.000 đồng/giao dịch",
   "reliefs": [{"reason": {"other": "vay vốn phát triển nông nghiệp, nông thôn"}, "percent": 100, "text": "không phải nộp phí chứng thực hợp đồng thế chấp tài sản."}]},
  {"id": "amendment", "name": "Phí chứng thực sửa đổi, bổ sung, hủy bỏ giao dịch", "procedures": ["2.000913"],
   "charge": {"kind": "fixed", "amount": 30000}, "text": "30.000 đồng/giao dịch"},
  {"id": "correction", "name": "Phí sửa lỗi sai sót trong giao dịch", "procedures": ["2.000927"],
   "charge": {"kind": "fixed", "amount": 25000}, "text": "25.000 đồng/giao dịch"},
  {"id": "extract", "name": "Phí cấp bản sao trích lục hộ tịch", "procedures": ["2.000635", "2.002516"],
   "charge": {"kind": "per_item", "amount": 8000, "unit": "bản"}, "text": "8.000 đồng/bản sao Trích lục",
   "basis": "TT 281/2016/TT-BTC"},
  {"id": "birth", "name": "Lệ phí đăng ký khai sinh", "procedures": ["1.001193"],
   "charge": {"kind": "unstated"}, "text": "Mức thu lệ phí do Hội đồng nhân dân cấp tỉnh quyết định."},
  {"id": "birth-in-time", "name": "Lệ phí đăng ký khai sinh", "procedures": ["1.001193"], "cases": ["in_time"],
   "charge": {"kind": "free"}, "text": "Miễn lệ phí đăng ký khai sinh đúng hạn.", "basis": "Luật Hộ tịch, Điều 11"},
  {"id": "birth-h99", "name": "Lệ phí đăng ký khai sinh", "procedures": ["1.001193"], "offices": ["H99"],
   "cases": ["late"], "charge": {"kind": "fixed", "amount": 5000}, "text": "5.000 đồng/việc",
   "reliefs": [{"reason": "merit", "percent": 100, "text": "Miễn lệ phí cho người có công."},
               {"reason": "poor_household", "percent": 100}]},
  {"id": "residence", "name": "Lệ phí đăng ký thường trú", "procedures": ["1.004222"], "channels": ["counter", "post"],
   "charge": {"kind": "fixed", "amount": 20000}, "text": "20.000 đồng/lần đăng ký", "basis": "TT 75/2022/TT-BTC",
   "reliefs": [{"reason": "merit", "percent": 100}]},
  {"id": "residence-online", "name": "Lệ phí đăng ký thường trú", "procedures": ["1.004222"], "channels": ["online"],
   "charge": {"kind": "fixed", "amount": 10000},
   "text": "Trường hợp công dân nộp hồ sơ qua cổng dịch vụ công trực tuyến thu 10.000 đồng/lần đăng ký."},
  {"id": "stay-online", "name": "Lệ phí đăng ký tạm trú", "procedures": ["1.004194"], "channels": ["online"],
   "charge": {"kind": "fixed", "amount": 7000}, "text": "thu 7.000 đồng/lần đăng ký."},
  {"id": "stay-list", "name": "Lệ phí đăng ký tạm trú", "procedures": ["1.004194"], "channels": ["counter"], "cases": ["list"],
   "charge": {"kind": "per_item", "amount": 10000, "unit": "người"},
   "text": "Đăng ký tạm trú theo danh sách: thu 10.000 đồng/người/lần đăng ký;"},
  {"id": "split", "name": "Lệ phí tách hộ", "procedures": ["1.010038"],
   "charge": {"kind": "fixed", "amount": 10000}, "text": "10.000 đồng/lần đăng ký"},
  {"id": "split-online", "name": "Lệ phí tách hộ", "procedures": ["1.010038"], "channels": ["online"],
   "charge": {"kind": "fixed", "amount": 5000}, "text": "5.000 đồng/lần đăng ký"},
  {"id": "adoption", "name": "Lệ phí đăng ký nuôi con nuôi", "procedures": ["2.001263"],
   "charge": {"kind": "fixed", "amount": 400000}, "text": "400.000đ/trường hợp.",
   "reliefs": [{"reason": "disability", "percent": 100, "text": "Trẻ khuyết tật, nhiễm HIV/AIDS hoặc mắc bệnh hiểm nghèo"},
               {"reason": {"other": "cha dượng hoặc mẹ kế nhận con riêng"}, "percent": 100}]},
  {"id": "business", "name": "Lệ phí đăng ký hộ kinh doanh", "procedures": ["1.001612"],
   "charge": {"kind": "unstated"}, "text": "Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định (căn cứ quy định tại Thông tư số 85/2019/TT-BTC)."},
  {"id": "business-h99", "name": "Lệ phí đăng ký hộ kinh doanh", "procedures": ["1.001612"], "offices": ["H99"],
   "charge": {"kind": "fixed", "amount": 100000}, "text": "100.000 đồng/lần", "valid_until": "2025-06-30"},
  {"id": "business-h99-cut", "name": "Lệ phí đăng ký hộ kinh doanh", "procedures": ["1.001612"], "offices": ["H99"],
   "charge": {"kind": "fixed", "amount": 50000}, "text": "50.000 đồng/lần (giảm đến hết ngày 31/12/2026)",
   "valid_from": "2025-07-01", "valid_until": "2026-12-31"},
  {"id": "business-h99-5", "name": "Lệ phí đăng ký hộ kinh doanh", "procedures": ["1.001612"], "offices": ["H99.5"],
   "charge": {"kind": "free"}, "text": "Miễn lệ phí."},
  {"id": "land", "item": "appraisal", "name": "Phí thẩm định hồ sơ", "procedures": ["1.013978"], "offices": ["H99"],
   "charge": {"kind": "fixed", "amount": 880001}, "text": "880.001 đồng/hồ sơ",
   "reliefs": [{"reason": "hardship_area", "percent": 50, "text": "Giảm 50%."}]},
  {"id": "land-paper", "item": "certificate", "name": "Lệ phí cấp giấy chứng nhận", "procedures": ["1.013978"],
   "offices": ["H99"], "charge": {"kind": "per_item", "amount": 15000, "unit": "giấy"}, "text": "15.000 đồng/giấy"}
]}"#;

/// What a test asks; the rest is a plain question of the made-up province.
struct Ask {
    office: &'static str,
    procedure: &'static str,
    channel: Channel,
    case: Option<&'static str>,
    day: &'static str,
    items: u32,
    originals: Vec<Original>,
    relief: Option<ReliefReason>,
}

fn ask(procedure: &'static str) -> Ask {
    let (channel, originals) = (Channel::Counter, Vec::new());
    Ask { office: "H99.1", procedure, channel, case: None, day: "2026-11-23", items: 1, originals, relief: None }
}

impl Ask {
    fn of(&self, table: &str) -> Result<Fee, NoFee> {
        let office: OfficeCode = self.office.parse().unwrap();
        FeeTable::from_json(table).unwrap().fee(&FeeQuestion {
            office: &office,
            procedure: self.procedure,
            channel: self.channel,
            case: self.case,
            day: self.day.parse().unwrap(),
            items: self.items,
            originals: &self.originals,
            relief: self.relief.as_ref(),
        })
    }

    fn fee(&self) -> Result<Fee, NoFee> {
        self.of(TABLE)
    }

    fn total(&self) -> Option<i64> {
        self.fee().unwrap().total.map(Dong::value)
    }
}

fn lines(item: &FeeItem) -> Vec<String> {
    item.lines.iter().map(FeeLine::to_string).collect()
}

#[test]
fn copies_are_paid_by_the_page_of_the_original() {
    for (pages, copies, paid) in [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (5, 2, 14_000),
        (197, 1, 199_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (400, 3, 600_000),
    ] {
        let copied = Ask { originals: vec![Original { pages, copies }], ..ask("2.000815") };
        assert_eq!(copied.total(), Some(paid), "{pages} pages, {copies} copies");
    }
    let two = vec![Original { pages: 5, copies: 2 }, Original { pages: 400, copies: 1 }];
    let fee = Ask { originals: two, ..ask("2.000815") }.fee().unwrap();
    assert_eq!(fee.total, Some(Dong::new(214_000)));
    assert_eq!(
        lines(&fee.items[0]),
        [
            "Trang 1–2: 2 × 2.000 đ = 4.000 đ",
            "Trang 3–5: 3 × 1.000 đ = 3.000 đ",
            "2 bản × 7.000 đ = 14.000 đ",
            "Trang 1–2: 2 × 2.000 đ = 4.000 đ",
            "Trang 3–400: 398 × 1.000 đ = 398.000 đ",
            "Thu tối đa một bản: 200.000 đ",
        ]
    );
    assert!(fee.items[0].text.ends_with("Trang là căn cứ để thu phí được tính theo trang của bản chính;"), "verbatim");
}

#[test]
fn the_published_amounts_come_out() {
    use Channel::{Counter, Online, Post};
    for (procedure, channel, case, items, paid) in [
        ("2.000884", Counter, None, 3, Some(30_000)),
        ("2.001035", Post, None, 1, Some(50_000)),
        ("2.000913", Counter, None, 1, Some(30_000)),
        ("2.000927", Counter, None, 1, Some(25_000)),
        ("2.000635", Online, None, 4, Some(32_000)),
        ("1.001193", Counter, Some("in_time"), 1, Some(0)),
        ("1.001193", Counter, Some("late"), 1, Some(5_000)),
        ("1.001193", Counter, None, 1, None),
        ("1.004222", Counter, None, 1, Some(20_000)),
        ("1.004222", Online, None, 1, Some(10_000)),
        ("1.004194", Online, None, 1, Some(7_000)),
        ("1.004194", Counter, Some("list"), 12, Some(120_000)),
        ("1.010038", Counter, None, 1, Some(10_000)),
        ("1.010038", Online, None, 1, Some(5_000)),
        ("2.001263", Counter, None, 1, Some(400_000)),
        ("1.013978", Counter, None, 2, Some(910_001)),
    ] {
        let asked = Ask { channel, case, items, ..ask(procedure) };
        assert_eq!(asked.total(), paid, "{procedure} {channel:?} {case:?}");
    }
}

#[test]
fn the_nearest_agency_and_the_day_decide() {
    for (office, day, paid) in [
        ("H98.1", "2026-11-23", None),
        ("H99.1", "2025-06-30", Some(100_000)),
        ("H99.1", "2025-07-01", Some(50_000)),
        ("H99", "2026-12-31", Some(50_000)),
        ("H99.1", "2027-01-01", None),
        ("H99.5.13", "2026-11-23", Some(0)),
        ("H99.50", "2026-11-23", Some(50_000)),
    ] {
        assert_eq!(Ask { office, day, ..ask("1.001612") }.total(), paid, "{office} {day}");
    }
}

#[test]
fn relief_needs_a_reason_that_the_rule_names() {
    let late = || Ask { case: Some("late"), ..ask("1.001193") };
    let fee = Ask { relief: Some(ReliefReason::Merit), ..late() }.fee().unwrap();
    assert_eq!(fee.total, Some(Dong::ZERO));
    assert_eq!(lines(&fee.items[0]), ["Mức thu: 5.000 đ", "Miễn (người có công với cách mạng): −5.000 đ"]);
    assert_eq!(Ask { relief: Some(ReliefReason::Elderly), ..late() }.fee(), Err(NoFee::NoSuchRelief));
    let kin = ReliefReason::Other("cha dượng hoặc mẹ kế nhận con riêng".into());
    assert_eq!(Ask { relief: Some(kin), ..ask("2.001263") }.total(), Some(0));
}

#[test]
fn half_off_one_item_leaves_the_other_and_rounds_for_the_payer() {
    let fee = Ask { relief: Some(ReliefReason::HardshipArea), ..ask("1.013978") }.fee().unwrap();
    assert_eq!(fee.items[0].amount, Some(Dong::new(440_000)));
    let off = "Giảm 50% (đồng bào dân tộc thiểu số ở xã đặc biệt khó khăn): −440.001 đ";
    assert_eq!(lines(&fee.items[0])[1], off);
    assert_eq!(fee.items[1].amount, Some(Dong::new(15_000)));
    assert_eq!(fee.total, Some(Dong::new(455_000)));
}

#[test]
fn what_is_not_known_is_said_and_never_nought() {
    assert_eq!(ask("1.000000").fee(), Err(NoFee::NoRule));
    assert_eq!(ask("1.004194").fee(), Err(NoFee::NoRule), "no rule for a single stay at the counter");
    assert_eq!(ask("2.000815").fee(), Err(NoFee::NeedsQuantity("copy".into())));
    let blank = vec![Original { pages: 0, copies: 1 }];
    assert_eq!(Ask { originals: blank, ..ask("2.000815") }.fee(), Err(NoFee::NeedsQuantity("copy".into())));
    assert_eq!(Ask { items: 0, ..ask("2.000884") }.fee(), Err(NoFee::NeedsQuantity("signature".into())));
    let endless = vec![Original { pages: u32::MAX, copies: u32::MAX }; 3];
    assert_eq!(Ask { originals: endless, ..ask("2.000815") }.total(), Some(200_000 * i64::from(u32::MAX) * 3));
    let fee = ask("1.001612").of(TABLE).unwrap();
    let unstated = Ask { office: "H98", ..ask("1.001612") }.fee().unwrap();
    assert_eq!((unstated.total, lines(&unstated.items[0])), (None, vec!["Mức thu theo văn bản công bố".to_owned()]));
    assert!(fee.total.is_some() && unstated.items[0].text.contains("Hội đồng nhân dân tỉnh quyết định"));
}

#[test]
fn two_rules_of_equal_standing_are_reported() {
    let rule = |id: &str, amount: u32| {
        format!(
            r#"{{"id": "{id}", "name": "Lệ phí", "procedures": ["1.000001"], "text": "", "charge": {{"kind": "fixed", "amount": {amount}}}}}"#
        )
    };
    let table = format!(r#"{{"rules": [{}, {}]}}"#, rule("a", 1), rule("b", 2));
    assert_eq!(ask("1.000001").of(&table), Err(NoFee::Ambiguous("a".into(), "b".into())));
}

#[test]
fn tables_that_cannot_be_used_are_refused_by_rule() {
    let table = |rest: &str| {
        let rule = format!(r#"{{"id": "r", "name": "n", "text": "", "procedures": ["1.000001"], {rest}}}"#);
        FeeTable::from_json(&format!(r#"{{"rules": [{rule}]}}"#))
    };
    assert!(table(r#""charge": {"kind": "free"}"#).is_ok());
    for bad in [
        r#""charge": {"kind": "fixed", "amount": 0}"#,
        r#""charge": {"kind": "per_item", "amount": 1, "unit": ""}"#,
        r#""charge": {"kind": "per_page", "tiers": [], "most_per_copy": null}"#,
        r#""charge": {"kind": "per_page", "tiers": [{"from_page": 2, "amount": 1}], "most_per_copy": null}"#,
        r#""charge": {"kind": "per_page", "tiers": [{"from_page": 1, "amount": 1}, {"from_page": 1, "amount": 2}], "most_per_copy": null}"#,
        r#""charge": {"kind": "per_page", "tiers": [{"from_page": 1, "amount": 1}], "most_per_copy": 0}"#,
        r#""charge": {"kind": "free"}, "offices": ["99"]"#,
        r#""charge": {"kind": "free"}, "valid_from": "2026-01-02", "valid_until": "2026-01-01""#,
        r#""charge": {"kind": "free"}, "reliefs": [{"reason": "merit", "percent": 0}]"#,
        r#""charge": {"kind": "free"}, "reliefs": [{"reason": "merit", "percent": 101}]"#,
    ] {
        assert!(matches!(table(bad), Err(BadFeeTable::Rule { .. })), "{bad}");
    }
    for unread in [
        r#""charge": {"kind": "barter"}"#,
        r#""charge": {"kind": "fixed", "amount": 1.5}"#,
        r#""charge": {"kind": "free"}, "valid_form": "2026-01-02""#,
        r#""charge": {"kind": "free"}, "reliefs": [{"reason": "charm", "percent": 100}]"#,
    ] {
        assert!(matches!(table(unread), Err(BadFeeTable::Text(_))), "a slip of the pen is not ignored: {unread}");
    }
    let twice = TABLE.replace(r#""id": "signature""#, r#""id": "copy""#);
    assert!(matches!(FeeTable::from_json(&twice), Err(BadFeeTable::Rule { .. })));
}

#[test]
fn a_table_is_written_as_it_is_read() {
    let table = FeeTable::from_json(TABLE).unwrap();
    let written = serde_json::to_string(&table).unwrap();
    assert_eq!(FeeTable::from_json(&written).unwrap(), table);
    assert_eq!(table.rules().len(), 22);
}
