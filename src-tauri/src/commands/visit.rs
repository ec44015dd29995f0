//! Several dossiers of one visit, copies, and the same dossier twice.

use super::{Answer, TheDesk, ask};
use desk::DossierId;
use desk::view::{DossierView, VisitAccepted};

#[tauri::command]
pub(crate) async fn next_in_visit(desk: TheDesk<'_>, id: DossierId) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.next_in_visit(id)).await
}

#[tauri::command]
pub(crate) async fn accept_visit(desk: TheDesk<'_>, id: DossierId) -> Answer<VisitAccepted> {
    ask(&desk, move |desk| desk.accept_visit(id)).await
}

#[tauri::command]
pub(crate) async fn copy_dossier(desk: TheDesk<'_>, id: DossierId) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.copy_dossier(id)).await
}

#[tauri::command]
pub(crate) async fn settle_twins(desk: TheDesk<'_>, id: DossierId, reason: String) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.settle_twins(id, &reason)).await
}
