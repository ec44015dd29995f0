//! Pages coming in, from a scanner or from files, and what a clerk does with them.

use super::{Answer, TheDesk, ask};
use crate::events::Drops;
use desk::view::{
    DeviceView, DossierView, PagePlace, PageProgress, PhoneProgress, PhoneRequest, ProfilesView, RunOutcome,
    ScanProfile, ScanRequest, ScannerExamination, ScannerFinding, StackChoice,
};
use desk::{DossierId, StackId};
use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

#[tauri::command]
pub(crate) async fn devices(desk: TheDesk<'_>) -> Answer<Vec<DeviceView>> {
    ask(&desk, desk::Desk::devices).await
}

#[tauri::command]
pub(crate) async fn scan(
    desk: TheDesk<'_>,
    id: DossierId,
    component: u32,
    request: ScanRequest,
    progress: Channel<PageProgress>,
) -> Answer<RunOutcome> {
    ask(&desk, move |desk| desk.scan(id, component, &request, &mut |page| drop(progress.send(page)))).await
}

#[tauri::command]
pub(crate) async fn scan_by_phone(
    desk: TheDesk<'_>,
    id: DossierId,
    component: u32,
    request: PhoneRequest,
    progress: Channel<PhoneProgress>,
) -> Answer<RunOutcome> {
    ask(&desk, move |desk| desk.scan_by_phone((id, component), &request, &mut |told| drop(progress.send(told)))).await
}

#[tauri::command]
pub(crate) fn cancel_scan(desk: TheDesk<'_>) {
    desk.cancel_run();
}

#[tauri::command]
pub(crate) async fn pick_files(
    app: AppHandle,
    desk: TheDesk<'_>,
    id: DossierId,
    component: u32,
    place: Option<PagePlace>,
    progress: Channel<PageProgress>,
) -> Answer<RunOutcome> {
    let title = match desk.station().locale {
        desk::view::Locale::Vi => "Chọn tệp để đưa vào hồ sơ",
        desk::view::Locale::En => "Choose files for the dossier",
    };
    let dialog = app
        .dialog()
        .file()
        .set_title(title)
        .add_filter("JPEG, PNG, TIFF, PDF", &["jpg", "jpeg", "png", "tif", "tiff", "pdf"]);
    ask(&desk, move |desk| {
        let picked = dialog.blocking_pick_files().unwrap_or_default();
        let files: Vec<_> = picked.into_iter().filter_map(|file| file.into_path().ok()).collect();
        let target = (id, component, place.unwrap_or_default());
        desk.import_files_at(target, &files, &mut |page| drop(progress.send(page)))
    })
    .await
}

#[tauri::command]
pub(crate) async fn import_dropped(
    desk: TheDesk<'_>,
    drops: State<'_, Drops>,
    drop: u32,
    id: DossierId,
    component: u32,
    progress: Channel<PageProgress>,
) -> Answer<RunOutcome> {
    let files = drops.take(drop);
    ask(&desk, move |desk| desk.import_files(id, component, &files, &mut |page| std::mem::drop(progress.send(page))))
        .await
}

#[tauri::command]
pub(crate) async fn scan_profiles(
    desk: TheDesk<'_>,
    dossier: Option<DossierId>,
    device: Option<String>,
) -> Answer<ProfilesView> {
    ask(&desk, move |desk| desk.scan_profiles(dossier, device.as_deref())).await
}

#[tauri::command]
pub(crate) async fn set_scan_profile(desk: TheDesk<'_>, profile: ScanProfile) -> Answer<ProfilesView> {
    ask(&desk, move |desk| desk.set_scan_profile(&profile)).await
}

#[tauri::command]
pub(crate) async fn lock_scan_profile(desk: TheDesk<'_>, id: u32, locked: bool) -> Answer<ProfilesView> {
    ask(&desk, move |desk| desk.lock_scan_profile(id, locked)).await
}

#[tauri::command]
pub(crate) async fn remove_scan_profile(desk: TheDesk<'_>, id: u32) -> Answer<ProfilesView> {
    ask(&desk, move |desk| desk.remove_scan_profile(id)).await
}

#[tauri::command]
pub(crate) async fn scanner_addresses(desk: TheDesk<'_>) -> Answer<Vec<String>> {
    ask(&desk, desk::Desk::scanner_addresses).await
}

#[tauri::command]
pub(crate) async fn add_scanner(desk: TheDesk<'_>, address: String) -> Answer<Vec<String>> {
    ask(&desk, move |desk| desk.add_scanner(&address)).await
}

#[tauri::command]
pub(crate) async fn remove_scanner(desk: TheDesk<'_>, address: String) -> Answer<Vec<String>> {
    ask(&desk, move |desk| desk.remove_scanner(&address)).await
}

#[tauri::command]
pub(crate) async fn examine_scanners(
    desk: TheDesk<'_>,
    device: Option<String>,
    found: Channel<ScannerFinding>,
) -> Answer<ScannerExamination> {
    ask(&desk, move |desk| desk.examine_scanners(device.as_deref(), &mut |one| drop(found.send(one.clone())))).await
}

#[tauri::command]
pub(crate) async fn end_stack(desk: TheDesk<'_>, stack: StackId, choice: StackChoice) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.end_stack(stack, choice)).await
}

#[tauri::command]
pub(crate) async fn explain_stack(desk: TheDesk<'_>, stack: StackId, reason: String) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.explain_stack(stack, &reason)).await
}
