//! What a publication does not say clearly, told to whoever completes it.

use crate::view::Locale;
use domain::procedure::Doubt;

/// What did not read, in `locale`, with the words that stand there.
pub(crate) fn doubt(doubt: &Doubt, locale: Locale) -> String {
    let (vietnamese, english, said) = told(doubt);
    let text = match locale {
        Locale::Vi => vietnamese,
        Locale::En => english,
    };
    if said.is_empty() { text.to_owned() } else { format!("{text}: {said}") }
}

fn told(doubt: &Doubt) -> (&'static str, &'static str, String) {
    use Doubt as D;
    match doubt {
        D::BadCode => ("Mã thủ tục không đúng dạng 1.001193", "The code is not of the form 1.001193", String::new()),
        D::NoName => ("Thiếu tên thủ tục hoặc lĩnh vực", "The name or the field is missing", String::new()),
        D::NoWays => {
            ("Không có dòng cách thức thực hiện nào đọc được", "No row of channel, time and fee reads", String::new())
        }
        D::TimeInWords { text } => ("Thời hạn ghi bằng lời", "The time is given in words", text.clone()),
        D::NoTime { hint } => ("Công bố không ghi thời hạn", "The publication names no time limit", hint.clone()),
        D::NoUnit { number, hint } => (
            "Thời hạn là số không có đơn vị",
            "The time is a number without a unit",
            [number.as_str(), hint].join(" · ").trim_end_matches([' ', '·']).to_owned(),
        ),
        D::OtherUnit { text } => {
            ("Đơn vị thời hạn chưa tính được (tháng, nửa ngày)", "The time's unit is not counted here", text.clone())
        }
        D::TimeIntoFee { text } => ("Thời hạn dính liền với phí", "Time and fee run into each other", text.clone()),
        D::TimesDiffer { text } => (
            "Các dòng ghi thời hạn khác nhau, không nói rõ khi nào",
            "The rows' times differ and nothing says when which holds",
            text.clone(),
        ),
        D::OddAmount { text } => ("Mức phí không giống tiền đồng", "The amount does not look like đồng", text.clone()),
        D::OtherMoney { text } => ("Phí bằng ngoại tệ", "The fee is in another currency", text.clone()),
        D::NoPapers => ("Không có thành phần hồ sơ", "There is no list of papers", String::new()),
        D::UnclearGroup { text } => (
            "Không rõ nhóm giấy tờ này là một trường hợp hay một phần hồ sơ",
            "This group of papers may be a case or a part",
            text.clone(),
        ),
        D::UnclearCount { text } => {
            ("Số bản dính liền với tên giấy tờ", "The count runs into the paper's name", text.clone())
        }
        D::NoCounts { text } => {
            ("Nhóm giấy tờ không ghi số bản", "A group of papers says nothing of how many", text.clone())
        }
        D::LooseText { text } => ("Đoạn chữ không thuộc giấy tờ nào", "Words that belong to no paper", text.clone()),
        D::TooManyCases => (
            "Quá nhiều trường hợp khi ghép theo thời hạn: chỉ giữ thời hạn đầu",
            "Too many cases by time: only the first time is kept",
            String::new(),
        ),
        D::NoResults => ("Không có mã kết quả", "No result has a code", String::new()),
        D::UnknownPart { text } => ("Phần này không đọc được", "This part does not read", text.clone()),
    }
}
