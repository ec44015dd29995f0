//! What concerns every screen goes out under one name; what the window itself meets comes in here.

use crate::citizen;
use desk::Desk;
use desk::view::DeskEvent;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tauri::{AppHandle, DragDropEvent, Emitter, Manager, Window, WindowEvent};

/// Files dropped on the window. The web side gets a number and names; paths stay here.
#[derive(Default)]
pub(crate) struct Drops(Mutex<(u32, HashMap<u32, Vec<PathBuf>>)>);

impl Drops {
    fn put(&self, paths: Vec<PathBuf>) -> u32 {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.0 += 1;
        let drop = held.0;
        // Only the last drop can still be asked for.
        held.1 = HashMap::from([(drop, paths)]);
        drop
    }

    /// Hands the files of `drop` over, once.
    pub(crate) fn take(&self, drop: u32) -> Vec<PathBuf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1.remove(&drop).unwrap_or_default()
    }
}

pub(crate) fn send(app: &AppHandle, event: &DeskEvent) {
    if matches!(event, DeskEvent::Locked) {
        citizen::forget(app);
    }
    if let Err(error) = app.emit_to("main", "desk", event) {
        tracing::warn!(%error, "event not sent");
    }
}

pub(crate) fn on_window(window: &Window, event: &WindowEvent) {
    let app = window.app_handle();
    if window.label() == citizen::LABEL {
        if matches!(event, WindowEvent::Destroyed) {
            citizen::closed(app);
        }
        return;
    }
    if matches!(event, WindowEvent::Destroyed) {
        citizen::close(app);
        app.state::<Arc<Desk>>().stop_watching();
    }
    let WindowEvent::DragDrop(drag) = event else { return };
    match drag {
        DragDropEvent::Enter { .. } => send(app, &DeskEvent::Dragging { over: true }),
        DragDropEvent::Leave => send(app, &DeskEvent::Dragging { over: false }),
        DragDropEvent::Drop { paths, position } => {
            send(app, &DeskEvent::Dragging { over: false });
            let names =
                paths.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
            let drop = app.state::<Drops>().put(paths.clone());
            // Whatever the screen's scale and the page's zoom are.
            let size = window.inner_size().unwrap_or_default();
            let (x, y) = (thousandths(position.x, size.width), thousandths(position.y, size.height));
            send(app, &DeskEvent::Dropped { drop, names, x, y });
        }
        _ => {}
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a place within a window")]
fn thousandths(place: f64, side: u32) -> i32 {
    (place * 1_000.0 / f64::from(side.max(1))) as i32
}
