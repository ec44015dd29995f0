//! What was found on looking at the papers, and the bank of reasons.

use super::{Answer, TheDesk, ask};
use desk::DossierId;
use desk::view::{DossierView, PaperVerdict};

#[tauri::command]
pub(crate) async fn check_papers(
    desk: TheDesk<'_>,
    id: DossierId,
    verdicts: Vec<PaperVerdict>,
    remember: bool,
) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.check_papers(id, &verdicts, remember)).await
}

#[tauri::command]
pub(crate) async fn paper_reasons(desk: TheDesk<'_>) -> Answer<Vec<String>> {
    ask(&desk, desk::Desk::paper_reasons).await
}

#[tauri::command]
pub(crate) async fn set_paper_reasons(desk: TheDesk<'_>, reasons: Vec<String>) -> Answer<Vec<String>> {
    ask(&desk, move |desk| desk.set_paper_reasons(&reasons)).await
}
