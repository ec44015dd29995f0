//! People known from before, papers used again, and the checks against the population database.

use super::{Answer, TheDesk, ask};
use desk::view::{DossierView, KnownNames, KnownView, PopulationView};
use desk::{DossierId, PartyKind, Seat};

#[tauri::command]
pub(crate) async fn known(desk: TheDesk<'_>, id: DossierId, seat: Seat) -> Answer<KnownView> {
    ask(&desk, move |desk| desk.known(id, seat)).await
}

#[tauri::command]
pub(crate) async fn set_consent(desk: TheDesk<'_>, id: DossierId, seat: Seat, given: bool) -> Answer<KnownView> {
    ask(&desk, move |desk| desk.set_consent(id, seat, given)).await
}

#[tauri::command]
pub(crate) async fn find_known(desk: TheDesk<'_>, name: String, kind: PartyKind) -> Answer<KnownNames> {
    ask(&desk, move |desk| desk.find_known(&name, kind)).await
}

#[tauri::command]
pub(crate) async fn take_known(
    desk: TheDesk<'_>,
    id: DossierId,
    seat: Seat,
    from: DossierId,
    from_seat: Seat,
    agreed: bool,
) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.take_known(id, seat, from, from_seat, agreed)).await
}

#[tauri::command]
pub(crate) async fn reuse_paper(
    desk: TheDesk<'_>,
    id: DossierId,
    component: u32,
    from: DossierId,
    from_component: u32,
) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.reuse_paper(id, component, from, from_component)).await
}

#[tauri::command]
pub(crate) async fn confirm_identity(
    desk: TheDesk<'_>,
    id: DossierId,
    seat: Seat,
    reason: String,
) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.confirm_identity(id, seat, &reason)).await
}

#[tauri::command]
pub(crate) async fn reopen_identity(desk: TheDesk<'_>, id: DossierId, seat: Seat) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.reopen_identity(id, seat)).await
}

#[tauri::command]
pub(crate) async fn population(desk: TheDesk<'_>) -> Answer<PopulationView> {
    ask(&desk, desk::Desk::population).await
}

#[tauri::command]
pub(crate) async fn set_population(desk: TheDesk<'_>, url: String) -> Answer<PopulationView> {
    ask(&desk, move |desk| desk.set_population(&url)).await
}
