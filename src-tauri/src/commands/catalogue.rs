//! The catalogue of procedures. The file is chosen here: the web side knows no path it could ask for.

use super::{Answer, TheDesk, ask};
use desk::view::{CatalogueStep, CatalogueTaken, CatalogueView, KeyView, Locale, SilentView, UnreadView};
use tauri::AppHandle;
use tauri::ipc::Channel;
use tauri_plugin_dialog::DialogExt;

#[tauri::command]
pub(crate) async fn catalogue(desk: TheDesk<'_>) -> Answer<CatalogueView> {
    ask(&desk, desk::Desk::catalogue).await
}

/// Nothing where the person chose no file.
#[tauri::command]
pub(crate) async fn pick_catalogue(
    app: AppHandle,
    desk: TheDesk<'_>,
    progress: Channel<CatalogueStep>,
) -> Answer<Option<CatalogueTaken>> {
    let title = match desk.station().locale {
        Locale::Vi => "Chọn tệp danh mục thủ tục",
        Locale::En => "Choose a catalogue file",
    };
    let dialog = app.dialog().file().set_title(title);
    ask(&desk, move |desk| {
        let file = dialog.blocking_pick_file().and_then(|file| file.into_path().ok());
        let Some(file) = file else { return Ok(None) };
        desk.import_catalogue_here(&file, &mut |step| drop(progress.send(step))).map(Some)
    })
    .await
}

#[tauri::command]
pub(crate) fn cancel_catalogue(desk: TheDesk<'_>) {
    desk.cancel_catalogue();
}

#[tauri::command]
pub(crate) async fn unread_items(desk: TheDesk<'_>, field: Option<String>, text: String) -> Answer<Vec<UnreadView>> {
    ask(&desk, move |desk| desk.unread_items(field.as_deref(), &text)).await
}

#[tauri::command]
pub(crate) async fn star_procedure(desk: TheDesk<'_>, code: String, starred: bool) -> Answer<()> {
    ask(&desk, move |desk| desk.star_procedure(&code, starred)).await
}

#[tauri::command]
pub(crate) async fn silent_cases(desk: TheDesk<'_>, code: String) -> Answer<SilentView> {
    ask(&desk, move |desk| desk.silent_cases(&code)).await
}

#[tauri::command]
pub(crate) async fn set_case_limit(
    desk: TheDesk<'_>,
    code: String,
    case: String,
    limit: String,
    reason: String,
) -> Answer<()> {
    ask(&desk, move |desk| desk.set_case_limit(&code, &case, &limit, &reason)).await
}

#[tauri::command]
pub(crate) async fn drop_case_limit(desk: TheDesk<'_>, code: String, case: String) -> Answer<CatalogueView> {
    ask(&desk, move |desk| {
        desk.drop_case_limit(&code, &case)?;
        desk.catalogue()
    })
    .await
}

#[tauri::command]
pub(crate) async fn trust_key(desk: TheDesk<'_>, key: String, name: String) -> Answer<KeyView> {
    ask(&desk, move |desk| desk.trust_key(&key, &name)).await
}

#[tauri::command]
pub(crate) async fn distrust_key(desk: TheDesk<'_>, key: String) -> Answer<CatalogueView> {
    ask(&desk, move |desk| {
        desk.distrust_key(&key)?;
        desk.catalogue()
    })
    .await
}
