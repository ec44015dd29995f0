//! Who is at the desk.

use super::{Answer, TheDesk, ask};
use crate::{Training, citizen, window};
use desk::view::{StaffView, StationView};
use std::sync::Arc;
use tauri::{AppHandle, State};

#[tauri::command]
pub(crate) fn window_ready(app: AppHandle) {
    window::ready(&app);
}

#[tauri::command]
pub(crate) fn report_fault(message: &str) {
    // The web side's faults may quote what a clerk typed: only their kind goes to the log (T-58).
    let kind: String = message.chars().take_while(|c| *c != ':').take(80).collect();
    tracing::error!(kind, "fault in the web side");
}

#[tauri::command]
pub(crate) async fn station(desk: TheDesk<'_>) -> Answer<StationView> {
    ask(&desk, |desk| Ok(desk.station())).await
}

#[tauri::command]
pub(crate) async fn sign_in(
    desk: TheDesk<'_>,
    training: State<'_, Training>,
    login: String,
    password: String,
) -> Answer<StaffView> {
    let staff = ask(&desk, move |desk| desk.sign_in(&login, &password)).await?;
    let (desk, training) = (Arc::clone(&desk), Arc::clone(&training));
    tauri::async_runtime::spawn(async move { desk.join_training(&training).await });
    Ok(staff)
}

#[tauri::command]
pub(crate) async fn sign_out(app: AppHandle, desk: TheDesk<'_>) -> Answer<()> {
    citizen::forget(&app);
    ask(&desk, desk::Desk::sign_out).await
}
