//! A scanner whose feeder is never slow: a `scanimage` of a few lines, found by the PATH of the program under test.

use crate::app::App;
use crate::papers;
use anyhow::Result;
use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Puts the driver into `stand` with the shared scans, or with the training pages where there are none: `sheets` of them,
/// one every `pace` seconds. Gives the PATH under which it is the only scanner of SANE.
///
/// # Errors
/// When the disk refuses.
pub fn build(stand: &Path, sheets: u32, pace: f32) -> Result<OsString> {
    std::fs::create_dir_all(stand.join("pages"))?;
    let pages = papers::shared_scans().map_or_else(papers::samples, |folder| {
        let all = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
        let picture =
            |path: &Result<PathBuf>| path.as_ref().is_ok_and(|path| path.extension().is_some_and(|e| e == "jpg"));
        all.filter(picture).take(12).collect()
    })?;
    for page in pages {
        let name = page.file_name().unwrap_or_default().to_owned();
        std::fs::copy(&page, stand.join("pages").join(name))?;
    }
    std::fs::write(stand.join("last"), sheets.to_string())?;
    std::fs::write(stand.join("pace"), pace.to_string())?;
    let program = stand.join("scanimage");
    std::fs::write(&program, include_str!("../feeder.sh"))?;
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755))?;
    let mut path = stand.as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    Ok(path)
}

/// Opens the settings and chooses it as the scanner of this counter.
///
/// # Errors
/// When it is not offered.
pub async fn choose(app: &App) -> Result<()> {
    app.click("nav-settings").await?;
    let option = "[...document.querySelectorAll('[data-testid=\"scanner-option\"]')]\
        .find((one) => one.parentElement.textContent.includes('Máy nạp giấy'))";
    app.until("the feeder is offered", &format!("return {option} !== undefined")).await?;
    app.run(&format!("{option}.click(); return true")).await.map(drop)
}
