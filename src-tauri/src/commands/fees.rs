//! Fees: what is due, the money, receipts, shifts, what the agency sets.

use super::{Answer, TheDesk, ask};
use desk::view::{FeeBookView, FeePayment, FeeReceiptView, FeesView, SerialRun, ShiftView, TransferCode};
use desk::{CashBundle, CashCount, Dong, DossierId, FeeChoice, FeeSettings, VoidedMoney};
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;

#[tauri::command]
pub(crate) async fn fees(desk: TheDesk<'_>, id: DossierId) -> Answer<FeesView> {
    ask(&desk, move |desk| desk.fees(id)).await
}

#[tauri::command]
pub(crate) async fn set_fee(desk: TheDesk<'_>, id: DossierId, choice: FeeChoice) -> Answer<FeesView> {
    ask(&desk, move |desk| desk.set_fee(id, &choice)).await
}

#[tauri::command]
pub(crate) async fn take_payment(desk: TheDesk<'_>, id: DossierId, how: FeePayment) -> Answer<FeesView> {
    ask(&desk, move |desk| desk.take_payment(id, &how)).await
}

#[tauri::command]
pub(crate) async fn transfer_code(
    desk: TheDesk<'_>,
    id: DossierId,
    whole_visit: bool,
    part: Option<Dong>,
) -> Answer<TransferCode> {
    ask(&desk, move |desk| desk.transfer_code(id, whole_visit, part)).await
}

#[tauri::command]
pub(crate) async fn void_receipt(
    desk: TheDesk<'_>,
    about: String,
    reason: String,
    money: VoidedMoney,
) -> Answer<FeeReceiptView> {
    ask(&desk, move |desk| desk.void_receipt(&about, &reason, money)).await
}

#[tauri::command]
pub(crate) async fn set_receipts_aside(desk: TheDesk<'_>, run: SerialRun, reason: String) -> Answer<FeeBookView> {
    ask(&desk, move |desk| desk.set_receipts_aside(&run, &reason).and_then(|()| desk.fee_book_of(None, None))).await
}

#[tauri::command]
pub(crate) async fn add_receipt_book(desk: TheDesk<'_>, run: SerialRun) -> Answer<FeeBookView> {
    ask(&desk, move |desk| desk.add_receipt_book(&run).and_then(|()| desk.fee_book_of(None, None))).await
}

#[tauri::command]
pub(crate) async fn fee_book(desk: TheDesk<'_>) -> Answer<FeeBookView> {
    ask(&desk, |desk| desk.fee_book_of(None, None)).await
}

#[tauri::command]
pub(crate) async fn shift(desk: TheDesk<'_>) -> Answer<Option<ShiftView>> {
    ask(&desk, desk::Desk::shift).await
}

#[tauri::command]
pub(crate) async fn shifts(desk: TheDesk<'_>) -> Answer<Vec<ShiftView>> {
    ask(&desk, desk::Desk::shifts).await
}

#[tauri::command]
pub(crate) async fn open_shift(desk: TheDesk<'_>, float: Dong) -> Answer<ShiftView> {
    ask(&desk, move |desk| desk.open_shift(float)).await
}

#[tauri::command]
pub(crate) async fn close_shift(desk: TheDesk<'_>, notes: Vec<CashBundle>, reason: String) -> Answer<ShiftView> {
    ask(&desk, move |desk| desk.close_shift(&CashCount(notes), &reason)).await
}

#[tauri::command]
pub(crate) async fn fee_settings(desk: TheDesk<'_>) -> Answer<FeeSettings> {
    ask(&desk, desk::Desk::fee_settings).await
}

#[tauri::command]
pub(crate) async fn set_fee_settings(desk: TheDesk<'_>, settings: FeeSettings) -> Answer<FeeSettings> {
    ask(&desk, move |desk| desk.set_fee_settings(&settings)).await
}

/// The file is picked on this side. How many rules it has; nothing where none was chosen.
#[tauri::command]
pub(crate) async fn pick_fee_table(app: AppHandle, desk: TheDesk<'_>) -> Answer<Option<u32>> {
    let title = match desk.station().locale {
        desk::view::Locale::Vi => "Chọn tệp biểu mức thu",
        desk::view::Locale::En => "Choose the fee table",
    };
    let dialog = app.dialog().file().set_title(title).add_filter("JSON", &["json"]);
    ask(&desk, move |desk| match dialog.blocking_pick_file().and_then(|file| file.into_path().ok()) {
        Some(path) => desk.import_fee_file(&path).map(Some),
        None => Ok(None),
    })
    .await
}
