//! Closing a window by its frame, as a person does: the system asks the program to close it, and the program decides.

use anyhow::{Context, Result};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, Window};
use x11rb::rust_connection::RustConnection;

/// Asks the program `pid` to close its window of this title.
///
/// # Errors
/// When there is no screen, or no such window on it.
pub(crate) fn ask(pid: u32, title: &str) -> Result<()> {
    let (screen, number) = x11rb::connect(None)?;
    let root = screen.setup().roots[number].root;
    let names = Names::of(&screen)?;
    let window = find(&screen, &names, root, pid, title)?.with_context(|| format!("no window “{title}”"))?;
    let message = ClientMessageEvent::new(32, window, names.protocols, [names.delete, x11rb::CURRENT_TIME, 0, 0, 0]);
    screen.send_event(false, window, EventMask::NO_EVENT, message)?.check()?;
    Ok(())
}

struct Names {
    protocols: u32,
    delete: u32,
    title: u32,
    pid: u32,
}

impl Names {
    fn of(screen: &RustConnection) -> Result<Self> {
        let atom = |name: &str| Ok::<_, anyhow::Error>(screen.intern_atom(false, name.as_bytes())?.reply()?.atom);
        Ok(Self {
            protocols: atom("WM_PROTOCOLS")?,
            delete: atom("WM_DELETE_WINDOW")?,
            title: atom("_NET_WM_NAME")?,
            pid: atom("_NET_WM_PID")?,
        })
    }
}

/// The window among those in `within`, at any depth: a window manager puts frames around them.
fn find(screen: &RustConnection, names: &Names, within: Window, pid: u32, title: &str) -> Result<Option<Window>> {
    let property = |name| screen.get_property(false, within, name, AtomEnum::ANY, 0, 256);
    let is_it = property(names.title)?.reply()?.value == title.as_bytes()
        && property(names.pid)?.reply()?.value32().and_then(|mut pids| pids.next()) == Some(pid);
    if is_it {
        return Ok(Some(within));
    }
    for child in screen.query_tree(within)?.reply()?.children {
        // One that went meanwhile is not the one.
        if let Ok(Some(found)) = find(screen, names, child, pid, title) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
