//! Who stands behind a dossier: owner, representative, cards.

use super::{Answer, TheDesk, ask};
use desk::view::{CardAnswer, DossierView, RepresentativeForm};
use desk::{DossierId, PartyKind, Seat};

#[tauri::command]
pub(crate) async fn offer_card(
    desk: TheDesk<'_>,
    id: DossierId,
    text: String,
    in_hand: Option<Seat>,
) -> Answer<CardAnswer> {
    ask(&desk, move |desk| desk.offer_card(id, &text, in_hand)).await
}

#[tauri::command]
pub(crate) async fn read_card(desk: TheDesk<'_>, id: DossierId, text: String, seat: Seat) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.read_card(id, &text, seat)).await
}

#[tauri::command]
pub(crate) async fn save_representative(
    desk: TheDesk<'_>,
    id: DossierId,
    form: Option<RepresentativeForm>,
) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.save_representative(id, form.as_ref())).await
}

#[tauri::command]
pub(crate) async fn switch_party(desk: TheDesk<'_>, id: DossierId, kind: PartyKind) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.switch_party(id, kind)).await
}
