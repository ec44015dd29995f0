//! Filling in and accepting a dossier.

use super::{Answer, TheDesk, ask};
use desk::view::{ApplicantForm, DossierView, PaperCounts, ProcedureHit};
use desk::{Channel, DossierId, EventKind};

#[tauri::command]
pub(crate) async fn new_dossier(desk: TheDesk<'_>) -> Answer<DossierView> {
    ask(&desk, desk::Desk::new_dossier).await
}

#[tauri::command]
pub(crate) async fn open_dossier(desk: TheDesk<'_>, id: DossierId) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.open_dossier(id)).await
}

#[tauri::command]
pub(crate) async fn save_applicant(desk: TheDesk<'_>, id: DossierId, form: ApplicantForm) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.save_applicant(id, &form)).await
}

#[tauri::command]
pub(crate) async fn find_procedures(desk: TheDesk<'_>, text: String, limit: u32) -> Answer<Vec<ProcedureHit>> {
    ask(&desk, move |desk| desk.find_procedures(&text, limit)).await
}

#[tauri::command]
pub(crate) async fn choose_procedure(
    desk: TheDesk<'_>,
    id: DossierId,
    code: String,
    case: Option<String>,
) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.choose_procedure(id, &code, case.as_deref())).await
}

#[tauri::command]
pub(crate) async fn set_papers(
    desk: TheDesk<'_>,
    id: DossierId,
    component: u32,
    counts: PaperCounts,
) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.set_papers(id, component, counts)).await
}

#[tauri::command]
pub(crate) async fn save_field(desk: TheDesk<'_>, id: DossierId, key: String, value: String) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.save_field(id, &key, &value)).await
}

#[tauri::command]
pub(crate) async fn save_note(desk: TheDesk<'_>, id: DossierId, note: String) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.save_note(id, &note)).await
}

#[tauri::command]
pub(crate) async fn set_channel(desk: TheDesk<'_>, id: DossierId, channel: Channel) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.set_channel(id, channel)).await
}

#[tauri::command]
pub(crate) async fn discard_draft(desk: TheDesk<'_>, id: DossierId) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.discard_draft(id)).await
}

#[tauri::command]
pub(crate) async fn restore_draft(desk: TheDesk<'_>, id: DossierId) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.restore_draft(id)).await
}

#[tauri::command]
pub(crate) async fn accept(desk: TheDesk<'_>, id: DossierId) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.accept(id)).await
}

#[tauri::command]
pub(crate) async fn accept_twice(desk: TheDesk<'_>, id: DossierId, reason: String) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.accept_twice(id, &reason)).await
}

#[tauri::command]
pub(crate) async fn move_dossier(
    desk: TheDesk<'_>,
    id: DossierId,
    step: EventKind,
    reason: String,
) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.move_dossier(id, step, &reason)).await
}
