//! Card readers on a serial port, and cards on pictures.

use super::{Answer, TheDesk, ask};
use crate::events::Drops;
use desk::view::{CardOffer, ReaderView};
use desk::{DossierId, ReaderLine};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

#[tauri::command]
pub(crate) async fn card_offers(desk: TheDesk<'_>, id: DossierId) -> Answer<Vec<CardOffer>> {
    ask(&desk, move |desk| desk.card_offers(id)).await
}

#[tauri::command]
pub(crate) async fn cards_dropped(desk: TheDesk<'_>, drops: State<'_, Drops>, drop: u32) -> Answer<Vec<CardOffer>> {
    let files = drops.take(drop);
    ask(&desk, move |desk| desk.cards_in_files(&files)).await
}

#[tauri::command]
pub(crate) async fn pick_card_picture(app: AppHandle, desk: TheDesk<'_>) -> Answer<Vec<CardOffer>> {
    let title = match desk.station().locale {
        desk::view::Locale::Vi => "Chọn ảnh chụp hoặc bản quét thẻ căn cước",
        desk::view::Locale::En => "Choose a photo or scan of an identity card",
    };
    let dialog = app
        .dialog()
        .file()
        .set_title(title)
        .add_filter("JPEG, PNG, TIFF, PDF", &["jpg", "jpeg", "png", "tif", "tiff", "pdf"]);
    ask(&desk, move |desk| {
        let picked = dialog.blocking_pick_files().unwrap_or_default();
        let files: Vec<_> = picked.into_iter().filter_map(|file| file.into_path().ok()).collect();
        desk.cards_in_files(&files)
    })
    .await
}

#[tauri::command]
pub(crate) async fn readers(desk: TheDesk<'_>) -> Answer<ReaderView> {
    ask(&desk, desk::Desk::readers).await
}

#[tauri::command]
pub(crate) async fn choose_reader(desk: TheDesk<'_>, line: Option<ReaderLine>) -> Answer<ReaderView> {
    ask(&desk, move |desk| desk.choose_reader(line.as_ref())).await
}
