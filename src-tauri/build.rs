//! Lets Tauri embed the web side, the icons and the capabilities.
fn main() {
    tauri_build::build();
}
