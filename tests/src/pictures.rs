//! Pictures of the window, for people to look at: `target/journeys/NAME-WIDTHxHEIGHT-THEME.png`.

use crate::app::App;
use crate::programs::build_dir;
use anyhow::{Context, Result};
use std::path::PathBuf;

/// The page as it is painted: pictures loaded, fonts there, two frames on. Before that the picture shows what was.
const SETTLED: &str = "
    const done = arguments[arguments.length - 1];
    const pictures = [...document.images].filter((image) => image.src && image.loading !== 'lazy' && !image.complete);
    const loaded = pictures.map((image) => new Promise((go) => { image.onload = image.onerror = go; }));
    const late = new Promise((go) => setTimeout(go, 3000));
    Promise.race([Promise.all([document.fonts.ready, ...loaded]), late]).then(() =>
        requestAnimationFrame(() => requestAnimationFrame(() => {
            const theme = getComputedStyle(document.documentElement).colorScheme.includes('dark') ? 'dark' : 'light';
            done({ theme, width: window.innerWidth, height: window.innerHeight });
        })));";

/// Takes a picture of the window and says where it is.
///
/// # Errors
/// When the window is gone or the disk refuses.
pub async fn take(app: &App, name: &str) -> Result<PathBuf> {
    let page = app.client().execute_async(SETTLED, vec![]).await?;
    let picture = app.client().screenshot().await?;
    let folder = build_dir()?.parent().context("target")?.join("journeys");
    std::fs::create_dir_all(&folder)?;
    let theme = page["theme"].as_str().context("theme")?;
    let path = folder.join(format!("{name}-{}x{}-{theme}.png", page["width"], page["height"]));
    std::fs::write(&path, picture)?;
    Ok(path)
}
