//! Forms on paper: shown, printed, opened.

use super::{Answer, TheDesk, ask};
use desk::view::{FormsView, OfficeForm, PaperOffer, PaperView, PrintView, PrinterView};
use desk::{DossierId, Form, FormChoice, Regulation};
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;

#[tauri::command]
pub(crate) async fn printers(desk: TheDesk<'_>) -> Answer<Vec<PrinterView>> {
    ask(&desk, desk::Desk::printers).await
}

#[tauri::command]
pub(crate) async fn papers_of(desk: TheDesk<'_>, id: DossierId) -> Answer<Vec<PaperOffer>> {
    ask(&desk, move |desk| desk.papers_of(id)).await
}

#[tauri::command]
pub(crate) async fn paper(desk: TheDesk<'_>, form: Form, about: String) -> Answer<PaperView> {
    ask(&desk, move |desk| desk.paper(form, &about, None)).await
}

#[tauri::command]
pub(crate) async fn print_paper(
    desk: TheDesk<'_>,
    form: Form,
    about: String,
    printer: Option<String>,
) -> Answer<PrintView> {
    ask(&desk, move |desk| desk.print_paper(form, &about, printer.as_deref(), None)).await
}

#[tauri::command]
pub(crate) async fn open_paper(desk: TheDesk<'_>, form: Form, about: String) -> Answer<()> {
    ask(&desk, move |desk| desk.open_paper(form, &about)).await
}

#[tauri::command]
pub(crate) async fn forms(desk: TheDesk<'_>) -> Answer<FormsView> {
    ask(&desk, desk::Desk::forms).await
}

#[tauri::command]
pub(crate) async fn set_office(desk: TheDesk<'_>, office: OfficeForm) -> Answer<FormsView> {
    ask(&desk, move |desk| desk.set_office(&office)).await
}

#[tauri::command]
pub(crate) async fn set_regulation(desk: TheDesk<'_>, regulation: Regulation) -> Answer<FormsView> {
    ask(&desk, move |desk| desk.set_regulation(regulation)).await
}

#[tauri::command]
pub(crate) async fn set_form(desk: TheDesk<'_>, choice: FormChoice) -> Answer<FormsView> {
    ask(&desk, move |desk| desk.set_form(&choice)).await
}

/// The file is picked on this side; without one nothing changes.
#[tauri::command]
pub(crate) async fn pick_logo(app: AppHandle, desk: TheDesk<'_>) -> Answer<FormsView> {
    let title = match desk.station().locale {
        desk::view::Locale::Vi => "Chọn ảnh biểu trưng",
        desk::view::Locale::En => "Choose the mark's picture",
    };
    let dialog = app.dialog().file().set_title(title).add_filter("PNG, JPEG", &["png", "jpg", "jpeg"]);
    ask(&desk, move |desk| match dialog.blocking_pick_file().and_then(|file| file.into_path().ok()) {
        Some(path) => desk.set_logo_file(&path),
        None => desk.forms(),
    })
    .await
}

#[tauri::command]
pub(crate) async fn clear_logo(desk: TheDesk<'_>) -> Answer<FormsView> {
    ask(&desk, |desk| desk.set_logo(None)).await
}
