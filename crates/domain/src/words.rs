//! The sentences of printed forms: dates as NĐ 30/2020 writes them, and why the due date is what it is (D5).

use crate::deadline::{ChangeKind, Changed, DayKind, DayLine, Why};
use crate::{Channel, Deadline, EventKind, Status};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike};

/// `ngày 23 tháng 11 năm 2026`; days below 10 and January and February take a nought.
#[must_use]
pub fn date(at: DateTime<FixedOffset>) -> String {
    let month = if at.month() <= 2 { format!("{:02}", at.month()) } else { at.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", at.day(), at.year())
}

/// `09 giờ 15 phút, ngày 23 tháng 11 năm 2026`.
#[must_use]
pub fn time(at: DateTime<FixedOffset>) -> String {
    format!("{:02} giờ {:02} phút, {}", at.hour(), at.minute(), date(at))
}

/// A number of papers as forms write it: `01`, and `0` for none.
#[must_use]
pub fn count(n: u32) -> String {
    if n == 0 { "0".to_owned() } else { format!("{n:02}") }
}

/// How the papers came, for the brackets after the name.
#[must_use]
pub fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Counter => "trực tiếp",
        Channel::Post => "qua bưu chính công ích",
        Channel::Online => "trực tuyến",
    }
}

/// How the result goes back to who came that way.
#[must_use]
pub fn way_back(channel: Channel) -> &'static str {
    match channel {
        Channel::Counter => "Trực tiếp",
        Channel::Post => "Bưu chính",
        Channel::Online => "Trực tuyến",
    }
}

/// A step of a dossier's life, as printed lists name it (thao tác).
#[must_use]
pub fn step(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Registered => "Đăng ký",
        EventKind::Received => "Tiếp nhận",
        EventKind::Refused => "Từ chối tiếp nhận",
        EventKind::Processing => "Chuyển giải quyết",
        EventKind::SupplementAsked => "Yêu cầu bổ sung",
        EventKind::FinanceAsked => "Yêu cầu thực hiện nghĩa vụ tài chính",
        EventKind::Stopped => "Dừng giải quyết",
        EventKind::Done => "Có kết quả",
        EventKind::Returned => "Trả kết quả",
        EventKind::Withdrawn => "Rút hồ sơ",
        EventKind::Discarded => "Bỏ nháp",
        EventKind::Restored => "Khôi phục nháp",
        EventKind::Undone => "Hoàn tác bước trước",
        EventKind::Appointed => "Hẹn lại ngày trả kết quả",
        EventKind::Corrected => "Chỉnh ngày hẹn theo lịch làm việc",
    }
}

/// Where a dossier stands, as printed lists say it (trạng thái).
#[must_use]
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => "Nháp",
        Status::Registered => "Đã đăng ký",
        Status::Received => "Đã tiếp nhận",
        Status::Refused => "Từ chối tiếp nhận",
        Status::Processing => "Đang giải quyết",
        Status::Supplement => "Chờ bổ sung",
        Status::Finance => "Chờ nghĩa vụ tài chính",
        Status::Withdrawn => "Đã rút",
        Status::Stopped => "Dừng giải quyết",
        Status::Done => "Đã có kết quả",
        Status::Returned => "Đã trả kết quả",
        Status::Discarded => "Đã bỏ",
    }
}

/// Why the result is due when it is (diễn giải ngày hẹn trả), in one sentence; of a date that was changed, what it was.
#[must_use]
pub fn explanation(deadline: &Deadline) -> String {
    if let Some(changed) = &deadline.changed {
        return self::changed(changed);
    }
    let counted = || deadline.days.iter().filter(|day| is_counted(day.kind));
    let on_receipt: i64 = deadline.days.iter().filter(|day| day.kind == DayKind::Received).map(|day| day.minutes).sum();
    let mut text = if on_receipt > 0 {
        let minutes: i64 = deadline.days.iter().map(|day| day.minutes).sum();
        format!("Cách tính: {} kể từ khi nhận hồ sơ", hours(minutes))
    } else {
        match (counted().next(), counted().next_back()) {
            (Some(first), Some(last)) if first.date == last.date => format!("Cách tính: tính ngày {}", day(first.date)),
            (Some(first), Some(last)) => {
                let days = u32::try_from(counted().count()).unwrap_or(u32::MAX);
                format!("Cách tính: {} ngày, từ {} đến {}", count(days), day(first.date), day(last.date))
            }
            _ => "Cách tính: trả trong ngày nhận hồ sơ".to_owned(),
        }
    };
    let mut skipped = rests(&deadline.days);
    let weekends = deadline.days.iter().filter(|day| day.kind == DayKind::Weekend).count();
    if weekends > 0 {
        skipped.push(format!("{} ngày nghỉ cuối tuần", count(u32::try_from(weekends).unwrap_or(u32::MAX))));
    }
    if !skipped.is_empty() {
        text.push_str("; không tính ");
        text.push_str(&skipped.join(", "));
    }
    let paused = deadline.days.iter().filter(|day| day.kind == DayKind::Paused).count();
    if paused > 0 {
        text.push_str(&format!("; không tính {} ngày tạm dừng", count(u32::try_from(paused).unwrap_or(u32::MAX))));
    }
    let worked: Vec<_> = deadline.days.iter().filter(|day| day.kind == DayKind::MakeUp).map(|d| day(d.date)).collect();
    if !worked.is_empty() {
        text.push_str("; có tính ngày làm bù ");
        text.push_str(&worked.join(", "));
    }
    text.push('.');
    text
}

/// What a day did to the count, and why, as one phrase: the reason that stands beside every date of the explanation.
#[must_use]
pub fn day_reason(line: &DayLine) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.push(match line.kind {
        DayKind::Received if line.why.contains(&Why::TakenAsReceived) => "Tính là ngày tiếp nhận".to_owned(),
        DayKind::Received => "Ngày tiếp nhận".to_owned(),
        DayKind::Counted => "Có tính".to_owned(),
        DayKind::Weekend => "Nghỉ cuối tuần, không tính".to_owned(),
        DayKind::Holiday => "Nghỉ lễ, không tính".to_owned(),
        DayKind::Compensatory => "Nghỉ bù hoặc hoán đổi, không tính".to_owned(),
        DayKind::Closed => "Cơ quan nghỉ, không tính".to_owned(),
        DayKind::MakeUp => "Làm bù, có tính".to_owned(),
        DayKind::HalfDay => "Làm việc một phần ngày, có tính".to_owned(),
        DayKind::Paused => "Tạm dừng chờ hồ sơ, không tính".to_owned(),
    });
    if !line.note.is_empty() {
        parts.push(line.note.clone());
    }
    if let Some(nth) = line.nth {
        parts.push(format!("ngày thứ {nth}"));
    }
    parts.extend(line.why.iter().filter_map(|why| why_words(*why)).map(str::to_owned));
    parts.join("; ")
}

fn why_words(why: Why) -> Option<&'static str> {
    match why {
        Why::FirstDayNotCounted => Some("thời hạn tính từ ngày kế tiếp"),
        Why::FirstDayCounted => Some("được tính là ngày đầu"),
        Why::AfterCutOff => Some("nhận sau giờ chốt, tính cho ngày làm việc kế tiếp"),
        Why::TakenAsReceived => Some("do nhận sau giờ chốt hôm trước"),
        Why::OutsideHours => Some("nhận ngoài giờ làm việc, chuyển vào giờ làm việc gần nhất"),
        Why::RolledForward => Some("ngày cuối trùng ngày nghỉ nên lùi tới ngày này"),
        Why::Due => Some("đến hạn"),
        Why::Appointed => Some("ngày do cơ quan hẹn lại"),
        Why::PartOfDay => Some("tính một phần ngày"),
    }
}

/// What is said of a date that took the place of another: the citizen sees both (D7).
#[must_use]
pub fn changed(changed: &Changed) -> String {
    let lead = match changed.kind {
        ChangeKind::Appointed => "Ngày hẹn trả do cơ quan hẹn lại",
        ChangeKind::Corrected => "Ngày hẹn trả đã chỉnh theo lịch làm việc",
    };
    format!("{lead}; ngày hẹn trước đó: {}. Lý do: {}.", time(changed.before), changed.reason.trim_end_matches('.'))
}

/// What is said beside a date that leans on a year whose holidays are not published.
pub const UNCONFIRMED: &str =
    "Ngày hẹn trả là tạm tính: lịch nghỉ lễ, tết của thời gian này chưa được công bố chính thức.";

fn is_counted(kind: DayKind) -> bool {
    match kind {
        DayKind::Counted | DayKind::MakeUp | DayKind::HalfDay => true,
        DayKind::Received
        | DayKind::Weekend
        | DayKind::Holiday
        | DayKind::Compensatory
        | DayKind::Paused
        | DayKind::Closed => false,
    }
}

/// Holidays by name, neighbors of one name together.
fn rests(days: &[DayLine]) -> Vec<String> {
    let mut rests: Vec<(NaiveDate, NaiveDate, &str)> = Vec::new();
    for line in days.iter().filter(|day| matches!(day.kind, DayKind::Holiday | DayKind::Compensatory | DayKind::Closed))
    {
        match rests.last_mut() {
            Some((_, last, note)) if *note == line.note && last.succ_opt() == Some(line.date) => *last = line.date,
            _ => rests.push((line.date, line.date, &line.note)),
        }
    }
    let named = |(first, last, note): (NaiveDate, NaiveDate, &str)| {
        let dates = if first == last { day(first) } else { format!("{}–{}", first.format("%d/%m"), day(last)) };
        if note.is_empty() { dates } else { format!("{dates} ({note})") }
    };
    rests.into_iter().map(named).collect()
}

fn hours(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours:02} giờ làm việc"),
        (0, minutes) => format!("{minutes} phút làm việc"),
        (hours, minutes) => format!("{hours:02} giờ {minutes} phút làm việc"),
    }
}

/// `23/11/2026`.
#[must_use]
pub fn day(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Calendar, Limit};

    fn explained(received: &str, limit: &str) -> String {
        let calendar = Calendar::from_json(include_str!("../../../assets/calendars/vn.json")).unwrap();
        let limit: Limit = limit.parse().unwrap();
        explanation(&Deadline::compute(DateTime::parse_from_rfc3339(received).unwrap(), limit, &calendar).unwrap())
    }

    #[test]
    fn dates_read_as_the_decree_writes_them() {
        let at = DateTime::parse_from_rfc3339("2026-02-03T09:05:00+07:00").unwrap();
        assert_eq!(time(at), "09 giờ 05 phút, ngày 03 tháng 02 năm 2026");
        let at = DateTime::parse_from_rfc3339("2026-03-23T09:05:00+07:00").unwrap();
        assert_eq!(date(at), "ngày 23 tháng 3 năm 2026");
    }

    // D5: the slip says why.
    #[test]
    fn the_reason_names_what_did_not_count() {
        assert_eq!(
            explained("2026-11-23T09:15:00+07:00", "5wd"),
            "Cách tính: 05 ngày, từ 25/11/2026 đến 01/12/2026; không tính 24/11/2026 (Ngày Văn hóa Việt Nam), \
             02 ngày nghỉ cuối tuần."
        );
        assert_eq!(explained("2026-11-23T09:15:00+07:00", "4h"), "Cách tính: 04 giờ làm việc kể từ khi nhận hồ sơ.");
        assert_eq!(explained("2026-11-23T09:15:00+07:00", "sd"), "Cách tính: trả trong ngày nhận hồ sơ.");
        assert!(explained("2026-01-08T10:00:00+07:00", "2wd").contains("có tính ngày làm bù 10/01/2026"));
    }
}
