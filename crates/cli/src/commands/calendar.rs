//! The working calendar and the dates that follow from it.

use super::{told, value};
use crate::arguments::Calendar;
use crate::output::Failure;
use desk::view::{NewCalendarDay, SessionView};
use desk::{Desk, DossierId};
use serde_json::{Value, json};

/// `motcua calendar …`
pub(crate) fn calendar(desk: &Desk, command: &Calendar) -> Result<Value, Failure> {
    match command {
        Calendar::Show { month, agency } => Ok(value(told(desk, desk.calendar_view(month, agency.as_deref()))?)),
        Calendar::Day { date, kind, name, hours, agency, reason } => {
            let kind = serde_json::from_value(Value::String(kind.clone()))
                .map_err(|_| Failure::Usage(format!("{kind}: holiday, compensatory, closed, make_up or hours")))?;
            let new = NewCalendarDay {
                agency: agency.clone(),
                date: date.clone(),
                kind,
                name: name.clone(),
                hours: hours.iter().map(|text| session(text)).collect::<Result<_, _>>()?,
                reason: reason.clone(),
            };
            Ok(value(told(desk, desk.set_calendar_day(&new))?))
        }
        Calendar::Undo { change, reason } => {
            told(desk, desk.undo_calendar_change(change, reason))?;
            Ok(json!({ "undone": change }))
        }
        Calendar::Import { file, reason } => {
            told(desk, desk.import_calendar_file(file, reason))?;
            Ok(json!({ "years": value(told(desk, desk.calendar_view("", None))?.years) }))
        }
        Calendar::Export { file } => {
            told(desk, desk.export_calendar_file(file))?;
            Ok(json!({ "file": file }))
        }
        Calendar::Moved => Ok(value(told(desk, desk.moved_appointments())?)),
        Calendar::Correct { dossiers, reason } => {
            let ids: Vec<DossierId> =
                dossiers.iter().map(|text| told(desk, desk.find_dossier(text))).collect::<Result<_, _>>()?;
            Ok(value(told(desk, desk.correct_appointments(&ids, reason))?))
        }
    }
}

/// `motcua appoint`
pub(crate) fn appoint(desk: &Desk, dossier: &str, due: &str, reason: &str) -> Result<Value, Failure> {
    let due = desk::parse_time(due).ok_or_else(|| Failure::Usage(format!("{due}: not an RFC 3339 time")))?;
    let id = told(desk, desk.find_dossier(dossier))?;
    let view = told(desk, desk.appoint(id, due, reason))?;
    Ok(json!({ "id": id, "code": view.code, "due": view.due, "history": view.history }))
}

fn session(text: &str) -> Result<SessionView, Failure> {
    let (opens, closes) =
        text.split_once('-').ok_or_else(|| Failure::Usage(format!("{text}: write hours as 07:00-11:30")))?;
    Ok(SessionView { opens: opens.trim().to_owned(), closes: closes.trim().to_owned() })
}
