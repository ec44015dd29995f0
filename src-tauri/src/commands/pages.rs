//! Pages of a draft, changed in place and taken back.

use super::{Answer, TheDesk, ask};
use desk::view::{DossierView, PageUndone};
use desk::{DossierId, PageAct};

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
