//! Forms on paper: shown, printed, opened.

use super::{Answer, TheDesk, ask};
use desk::view::{PaperOffer, PaperView, PrintView, PrinterView};
use desk::{DossierId, Form};

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
