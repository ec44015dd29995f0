//! Pages of a draft, changed in place and taken back.

use super::{Answer, TheDesk, ask};
use desk::view::{DossierView, PageUndone, PaperEdges};
use desk::{DossierId, PageAct, PageId, PhotoPaper};

#[tauri::command]
pub(crate) async fn edit_pages(desk: TheDesk<'_>, id: DossierId, act: PageAct) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.edit_pages(id, &act)).await
}

#[tauri::command]
pub(crate) async fn undo_pages(desk: TheDesk<'_>, id: DossierId) -> Answer<PageUndone> {
    ask(&desk, move |desk| desk.undo_pages(id)).await
}

#[tauri::command]
pub(crate) async fn redo_pages(desk: TheDesk<'_>, id: DossierId) -> Answer<PageUndone> {
    ask(&desk, move |desk| desk.redo_pages(id)).await
}

#[tauri::command]
pub(crate) async fn paper_edges(desk: TheDesk<'_>, page: PageId) -> Answer<PaperEdges> {
    ask(&desk, move |desk| desk.paper_edges(page)).await
}

#[tauri::command]
pub(crate) async fn lay_flat(
    desk: TheDesk<'_>,
    page: PageId,
    corners: [(u16, u16); 4],
    paper: PhotoPaper,
) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.lay_flat(page, corners, paper)).await
}
