//! The working calendar, and the dates that follow from it. Files are picked here: the web side knows no path.

use super::{Answer, TheDesk, ask};
use desk::view::{CalendarView, CorrectedView, DossierView, Locale, MovedView, NewCalendarDay};
use desk::{DossierId, Error};
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;

#[tauri::command]
pub(crate) async fn calendar(desk: TheDesk<'_>, month: String, agency: Option<String>) -> Answer<CalendarView> {
    ask(&desk, move |desk| desk.calendar_view(&month, agency.as_deref())).await
}

#[tauri::command]
pub(crate) async fn set_calendar_day(desk: TheDesk<'_>, day: NewCalendarDay) -> Answer<CalendarView> {
    ask(&desk, move |desk| desk.set_calendar_day(&day)).await
}

#[tauri::command]
pub(crate) async fn undo_calendar_change(desk: TheDesk<'_>, id: String, reason: String) -> Answer<()> {
    ask(&desk, move |desk| desk.undo_calendar_change(&id, &reason)).await
}

/// False where the person chose no file.
#[tauri::command]
pub(crate) async fn pick_calendar(app: AppHandle, desk: TheDesk<'_>, reason: String) -> Answer<bool> {
    let title = match desk.station().locale {
        Locale::Vi => "Chọn tệp lịch làm việc",
        Locale::En => "Choose a calendar file",
    };
    let dialog = app.dialog().file().set_title(title).add_filter("JSON", &["json"]);
    ask(&desk, move |desk| {
        // Asked for before the dialog: nobody looks for a file in vain.
        if reason.trim().is_empty() {
            return Err(Error::ReasonMissing);
        }
        let file = dialog.blocking_pick_file().and_then(|file| file.into_path().ok());
        let Some(file) = file else { return Ok(false) };
        desk.import_calendar_file(&file, &reason).map(|()| true)
    })
    .await
}

/// False where the person chose no place.
#[tauri::command]
pub(crate) async fn export_calendar(app: AppHandle, desk: TheDesk<'_>) -> Answer<bool> {
    let title = match desk.station().locale {
        Locale::Vi => "Lưu lịch làm việc",
        Locale::En => "Save the working calendar",
    };
    let dialog = app.dialog().file().set_title(title).set_file_name("lich-lam-viec.json").add_filter("JSON", &["json"]);
    ask(&desk, move |desk| {
        let file = dialog.blocking_save_file().and_then(|file| file.into_path().ok());
        let Some(file) = file else { return Ok(false) };
        desk.export_calendar_file(&file).map(|()| true)
    })
    .await
}

#[tauri::command]
pub(crate) async fn moved_appointments(desk: TheDesk<'_>) -> Answer<MovedView> {
    ask(&desk, desk::Desk::moved_appointments).await
}

#[tauri::command]
pub(crate) async fn correct_appointments(
    desk: TheDesk<'_>,
    ids: Vec<DossierId>,
    reason: String,
) -> Answer<CorrectedView> {
    ask(&desk, move |desk| desk.correct_appointments(&ids, &reason)).await
}

#[tauri::command]
pub(crate) async fn appoint(
    desk: TheDesk<'_>,
    id: DossierId,
    day: String,
    time: String,
    reason: String,
) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.appoint_on(id, &day, &time, &reason)).await
}
