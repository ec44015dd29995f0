//! The citizen's screen: a second window that only shows what the first one gives it. It may ask for that, and nothing else.

use desk::view::{CitizenView, DeskEvent};
use std::sync::{Mutex, PoisonError};
use tauri::{AppHandle, Emitter, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// The window's name.
pub(crate) const LABEL: &str = "citizen";

/// The one command that the window may call.
const ITS_COMMAND: &str = "citizen_view";

/// What it shows.
#[derive(Default)]
pub(crate) struct Shown(Mutex<CitizenView>);

impl Shown {
    pub(crate) fn get(&self) -> CitizenView {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, view: CitizenView) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = view;
    }
}

/// Whether a window may call a command: the clerk's any, the citizen's its own.
pub(crate) fn may_call(window: &str, command: &str) -> bool {
    window == "main" || (window == LABEL && command == ITS_COMMAND)
}

/// Opens it over the whole of another screen, where there is one; else as a window that can be moved there.
pub(crate) fn open(app: &AppHandle, web: &std::path::Path) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(LABEL) {
        return window.show();
    }
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html#citizen".into()))
        .title("Một Cửa – Màn hình cho người dân")
        .inner_size(1024.0, 680.0)
        .min_inner_size(640.0, 480.0)
        .focused(false)
        .data_directory(web.to_owned())
        .on_navigation(crate::window::stays)
        .build()?;
    over_another_screen(app, &window)
}

fn over_another_screen(app: &AppHandle, window: &WebviewWindow) -> tauri::Result<()> {
    let Some(main) = app.get_webview_window("main") else { return Ok(()) };
    let own = main.current_monitor()?.map(|monitor| *monitor.position());
    let other = window.available_monitors()?.into_iter().find(|monitor| Some(*monitor.position()) != own);
    let Some(other) = other else { return Ok(()) };
    window.set_position(*other.position())?;
    window.set_fullscreen(true)
}

pub(crate) fn close(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.close();
    }
}

/// Gives it something else to show.
pub(crate) fn show(app: &AppHandle, view: CitizenView) {
    if let Err(error) = app.emit_to(LABEL, LABEL, &view) {
        tracing::warn!(%error, "the citizen's screen");
    }
    app.state::<Shown>().set(view);
}

/// Nobody is at the desk: nobody's data stay in sight, whatever becomes of the other window.
pub(crate) fn forget(app: &AppHandle) {
    let shown = app.state::<Shown>().get();
    show(app, CitizenView { dossier: None, code: None, ..shown });
}

/// It was closed; the clerk's window has to know.
pub(crate) fn closed(app: &AppHandle) {
    crate::events::send(app, &DeskEvent::CitizenClosed);
}

#[cfg(test)]
mod tests {
    use super::may_call;

    #[test]
    fn the_citizens_window_may_ask_for_what_it_shows_and_nothing_else() {
        assert!(may_call("main", "sign_in") && may_call("citizen", "citizen_view"));
        for command in ["sign_in", "dossier", "search", "station", "show_citizen", "fees"] {
            assert!(!may_call("citizen", command), "{command}");
        }
        assert!(!may_call("other", "citizen_view"));
    }
}
