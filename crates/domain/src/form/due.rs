//! Why the result is due when it is, on paper (diễn giải ngày hẹn trả, D5): every date with its reason, neighbors of one reason
//! in one row, so that weeks fit on half a sheet.

use super::Form;
use super::paper::{Block, Column, Document, Issue, Signature, Table};
use crate::deadline::{DayKind, DayLine, Why};
use crate::{Dossier, words};
use chrono::{DateTime, FixedOffset, NaiveDate};

/// The explanation of a received dossier's appointment; none while it has none. `agency` is whose calendar it goes by, where
/// that is not the counter's.
#[must_use]
pub fn due_explanation(dossier: &Dossier, agency: Option<&str>, issue: Issue) -> Option<Document> {
    let (deadline, received) = (dossier.deadline.as_ref()?, dossier.received_at?);
    let (clerk, here) = (issue.clerk.clone(), issue.at);
    let local = |at: DateTime<FixedOffset>| words::time(at.with_timezone(&here.timezone()));
    let mut document = Document::about(Form::DueExplanation, dossier, issue);
    document.blocks.push(Block::strong("Chủ hồ sơ:", dossier.applicant.name.clone()));
    document.request(dossier);
    document.blocks.push(Block::field("Thời gian nhận:", local(received)));
    let limit = dossier.chosen_case().map(|case| case.limit_text.clone()).unwrap_or_default();
    document.blocks.push(Block::field("Thời hạn giải quyết:", limit));
    document.blocks.push(Block::field("Tính theo lịch làm việc của:", agency.unwrap_or_default()));
    document.blocks.push(Block::strong("Thời gian hẹn trả kết quả:", local(deadline.due)));
    if let Some(changed) = &deadline.changed {
        document.blocks.push(Block::text(words::changed(changed)));
    }
    if !deadline.confirmed {
        document.blocks.push(Block::Note(words::UNCONFIRMED.to_owned()));
    }
    document.blocks.push(Block::Space);
    let columns = vec![Column::left("Ngày", 34), Column::left("Diễn giải", 66)];
    let rows = runs(&deadline.days).into_iter().map(row).collect();
    document.blocks.push(Block::Table(Table { columns, rows }));
    if !deadline.stages.is_empty() {
        document.blocks.push(Block::Space);
        let columns = vec![Column::left("Bước giải quyết", 44), Column::left("Thời hạn", 24), Column::left("Đến", 32)];
        let stage = |stage: &crate::deadline::StageDue| {
            let name = [stage.name.as_str(), stage.unit.as_str()].into_iter().filter(|part| !part.is_empty());
            let due = stage.due.with_timezone(&here.timezone()).format("%H:%M %d/%m/%Y").to_string();
            vec![name.collect::<Vec<_>>().join(" – "), stage.limit.words(), due]
        };
        document.blocks.push(Block::Table(Table { columns, rows: deadline.stages.iter().map(stage).collect() }));
    }
    document.help_line();
    document.signatures.push(Signature::of("NGƯỜI LẬP", clerk));
    Some(document)
}

/// Dates that count alike and for the same reason, with the weekends among them.
struct Run<'a> {
    first: &'a DayLine,
    last: &'a DayLine,
    /// Weekends between counted days, each by its first and last day.
    weekends: Vec<(NaiveDate, NaiveDate)>,
}

/// Neighbors that count alike together; a weekend between two such stretches does not part them.
fn runs(days: &[DayLine]) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut rest: &[DayLine] = days;
    while let Some((day, after)) = rest.split_first() {
        let weekend = rest.iter().take_while(|line| is_weekend(line)).count();
        let beyond = rest.get(weekend);
        match (runs.last_mut(), beyond) {
            (Some(run), _) if alike(run.last, day) => run.last = day,
            (Some(run), Some(next)) if weekend > 0 && run.last.nth.is_some() && alike(run.last, next) => {
                run.weekends.push((day.date, rest[weekend - 1].date));
                run.last = next;
                rest = &rest[weekend + 1..];
                continue;
            }
            _ => runs.push(Run { first: day, last: day, weekends: Vec::new() }),
        }
        rest = after;
    }
    runs
}

fn is_weekend(line: &DayLine) -> bool {
    line.kind == DayKind::Weekend && line.note.is_empty()
}

fn alike(one: &DayLine, next: &DayLine) -> bool {
    let plain = |line: &DayLine| line.why.iter().all(|why| *why == Why::PartOfDay);
    one.kind == next.kind
        && one.note == next.note
        && one.minutes == next.minutes
        && one.nth.is_some() == next.nth.is_some()
        && plain(one)
        && plain(next)
        && one.kind != DayKind::Received
}

fn row(run: Run<'_>) -> Vec<String> {
    let Run { first, last, weekends } = run;
    if first.date == last.date {
        return vec![words::day(first.date), words::day_reason(first)];
    }
    let dates = format!("{}–{}", first.date.format("%d/%m"), words::day(last.date));
    let mut reason = words::day_reason(&DayLine { nth: None, ..first.clone() });
    if let (Some(from), Some(to)) = (first.nth, last.nth) {
        reason.push_str(&format!("; ngày thứ {from} đến {to}"));
    }
    if !weekends.is_empty() {
        let named = |(from, to): &(NaiveDate, NaiveDate)| {
            if from == to {
                from.format("%d/%m").to_string()
            } else {
                format!("{}–{}", from.format("%d/%m"), to.format("%d/%m"))
            }
        };
        let named: Vec<String> = weekends.iter().map(named).collect();
        reason.push_str(&format!("; không tính nghỉ cuối tuần {}", named.join(", ")));
    }
    vec![dates, reason]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Calendar, Deadline};

    // D5: every date stands in some row, and each once.
    #[test]
    fn every_date_is_in_one_row_with_its_reason() {
        let calendar = Calendar::from_json(include_str!("../../../../assets/calendars/vn.json")).unwrap();
        let received = DateTime::parse_from_rfc3339("2026-11-23T09:15:00+07:00").unwrap();
        let deadline = Deadline::compute(received, "12wd".parse().unwrap(), &calendar).unwrap();
        let runs = runs(&deadline.days);
        let told: i64 = runs.iter().map(|run| (run.last.date - run.first.date).num_days() + 1).sum();
        assert_eq!(told, i64::try_from(deadline.days.len()).unwrap());
        let rows: Vec<String> = runs.into_iter().map(|run| row(run).join(": ")).collect();
        let expected = [
            "23/11/2026: Ngày tiếp nhận; thời hạn tính từ ngày kế tiếp",
            "24/11/2026: Nghỉ lễ, không tính; Ngày Văn hóa Việt Nam",
            "25/11–09/12/2026: Có tính; ngày thứ 1 đến 11; không tính nghỉ cuối tuần 28/11–29/11, 05/12–06/12",
            "10/12/2026: Có tính; ngày thứ 12; đến hạn",
        ];
        assert_eq!(rows, expected);
    }
}
