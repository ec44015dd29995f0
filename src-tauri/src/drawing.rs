//! How the window is drawn on a machine without a graphics card (máy không có card đồ họa).
//!
//! There the engine draws by a card that is made of software, whose programs are compiled in front of the clerk: a list that
//! is opened for the first time stood still for more than a second. It can paint by itself, and use that card only to put
//! the pieces together. (Without that too, WEBKIT_DISABLE_COMPOSITING_MODE, it is quicker still, but then stops giving
//! frames while nothing changes: what waits for one waits until the clerk does something.)

/// Where Linux has its graphics cards.
#[cfg(target_os = "linux")]
const CARDS: &str = "/dev/dri";
/// Has the engine paint by itself. It reads this when it starts, and what starts it is this process.
#[cfg(target_os = "linux")]
const PAINTS_ITSELF: &str = "WEBKIT_SKIA_ENABLE_CPU_RENDERING";

/// Begins this program anew, as the same process, where the engine has to be told; comes back everywhere else.
#[cfg(target_os = "linux")]
pub(crate) fn suit_this_machine() {
    use std::os::unix::process::CommandExt;

    // Whoever has said how it is to be drawn has decided it.
    if std::env::var_os(PAINTS_ITSELF).is_some() || has_card(std::path::Path::new(CARDS)) {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        // Comes back only when it fails; then it is drawn as the engine would have it.
        drop(std::process::Command::new(program).args(std::env::args_os().skip(1)).env(PAINTS_ITSELF, "1").exec());
    }
}

/// Elsewhere the engine finds that out by itself.
#[cfg(not(target_os = "linux"))]
pub(crate) fn suit_this_machine() {}

/// A card that this person may draw with.
#[cfg(target_os = "linux")]
fn has_card(devices: &std::path::Path) -> bool {
    let entries = std::fs::read_dir(devices).into_iter().flatten().flatten();
    let mut cards = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("renderD"));
    cards.any(|card| std::fs::File::options().read(true).write(true).open(card.path()).is_ok())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::has_card;

    #[test]
    fn a_card_is_one_that_can_be_opened() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!has_card(&folder.path().join("none")), "no such folder");
        std::fs::write(folder.path().join("card0"), "").unwrap();
        assert!(!has_card(folder.path()), "a screen alone draws nothing");
        std::fs::write(folder.path().join("renderD128"), "").unwrap();
        assert!(has_card(folder.path()));
    }
}
