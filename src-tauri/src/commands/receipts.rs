//! The receipt: shown, printed, opened.

use super::{Answer, TheDesk, ask};
use desk::DossierId;
use desk::view::{PrintView, PrinterView, ReceiptView};

#[tauri::command]
pub(crate) async fn printers(desk: TheDesk<'_>) -> Answer<Vec<PrinterView>> {
    ask(&desk, desk::Desk::printers).await
}

#[tauri::command]
pub(crate) async fn receipt(desk: TheDesk<'_>, id: DossierId) -> Answer<ReceiptView> {
    ask(&desk, move |desk| desk.receipt(id)).await
}

#[tauri::command]
pub(crate) async fn print_receipt(desk: TheDesk<'_>, id: DossierId, printer: Option<String>) -> Answer<PrintView> {
    ask(&desk, move |desk| desk.print_receipt(id, printer.as_deref(), None)).await
}

#[tauri::command]
pub(crate) async fn open_receipt(desk: TheDesk<'_>, id: DossierId) -> Answer<()> {
    ask(&desk, move |desk| desk.open_receipt(id)).await
}
