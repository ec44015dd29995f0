//! The people of the station, their passwords, and the key for the safe.

use super::{Answer, TheDesk, ask};
use desk::{NewPerson, PersonView, Role};

#[tauri::command]
pub(crate) async fn people(desk: TheDesk<'_>) -> Answer<Vec<PersonView>> {
    ask(&desk, desk::Desk::people).await
}

#[tauri::command]
pub(crate) async fn add_person(desk: TheDesk<'_>, person: NewPerson) -> Answer<Vec<PersonView>> {
    ask(&desk, move |desk| desk.add_person(&person)).await
}

#[tauri::command]
pub(crate) async fn change_person(
    desk: TheDesk<'_>,
    login: String,
    name: String,
    role: Role,
) -> Answer<Vec<PersonView>> {
    ask(&desk, move |desk| desk.change_person(&login, &name, role)).await
}

#[tauri::command]
pub(crate) async fn remove_person(desk: TheDesk<'_>, login: String) -> Answer<Vec<PersonView>> {
    ask(&desk, move |desk| desk.remove_person(&login)).await
}

#[tauri::command]
pub(crate) async fn reset_password(desk: TheDesk<'_>, login: String, password: String) -> Answer<()> {
    ask(&desk, move |desk| desk.reset_password(&login, &password)).await
}

#[tauri::command]
pub(crate) async fn change_password(desk: TheDesk<'_>, old: String, new: String) -> Answer<()> {
    ask(&desk, move |desk| desk.change_password(&old, &new)).await
}

#[tauri::command]
pub(crate) async fn safety(desk: TheDesk<'_>) -> Answer<desk::SafetyView> {
    ask(&desk, desk::Desk::safety).await
}

#[tauri::command]
pub(crate) async fn new_recovery_key(desk: TheDesk<'_>) -> Answer<String> {
    ask(&desk, desk::Desk::new_recovery_key).await
}

#[tauri::command]
pub(crate) async fn recover(desk: TheDesk<'_>, recovery_key: String, login: String, password: String) -> Answer<()> {
    ask(&desk, move |desk| desk.recover(&recovery_key, &login, &password)).await
}

#[tauri::command]
pub(crate) async fn set_idle_minutes(desk: TheDesk<'_>, minutes: u32) -> Answer<()> {
    ask(&desk, move |desk| desk.set_idle_minutes(minutes)).await
}

#[tauri::command]
pub(crate) fn stay_awake(desk: TheDesk<'_>) {
    desk.stay_awake();
}
