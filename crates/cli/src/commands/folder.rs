//! Watched folders at the console.

use super::{told, value};
use crate::folder_arguments::Folder;
use crate::output::Failure;
use desk::view::{PageProgress, TrayView};
use desk::{Desk, FolderDone, FolderWhy};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long files that are being written are waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// `motcua folder …`
pub(crate) fn folder(desk: &Desk, folder: &Folder) -> Result<Value, Failure> {
    let folders = match folder {
        Folder::List => desk.folders(),
        Folder::Add { path, delete } => {
            desk.watch_folder(path, if *delete { FolderDone::Delete } else { FolderDone::Move })
        }
        Folder::Remove { folder } => desk.forget_folder(folder),
        Folder::Pending => return Ok(value(looked(desk)?)),
        Folder::Take { dossier, component, files } => return take(desk, dossier, *component, files),
    };
    Ok(json!({ "folders": value(told(desk, folders)?) }))
}

fn take(desk: &Desk, dossier: &str, component: u32, files: &[String]) -> Result<Value, Failure> {
    let dossier = told(desk, desk.find_dossier(dossier))?;
    let items = looked(desk)?.items;
    let ids: Vec<String> = if files.is_empty() {
        items.into_iter().filter(|item| item.ready).map(|item| item.id).collect()
    } else {
        let id = |file: &String| items.iter().find(|item| item.id == *file || item.name == *file);
        files.iter().map(|file| id(file).map_or_else(|| file.clone(), |item| item.id.clone())).collect()
    };
    let (mut pages, mut refused) = (Vec::new(), Vec::new());
    let outcome = desk.take_incoming(dossier, component, &ids, &mut |progress| match progress {
        PageProgress::Page { page, .. } => pages.push(page.id),
        PageProgress::Waiting => {}
        PageProgress::Refused { name, error } => refused.push(json!({ "name": name, "error": error })),
    });
    let outcome = told(desk, outcome)?;
    Ok(json!({ "received": outcome.received, "pages": value(pages), "refused": refused }))
}

/// The tray, once nothing in it is being written to any more, or after a while.
fn looked(desk: &Desk) -> Result<TrayView, Failure> {
    let until = Instant::now() + LONGEST_WAIT;
    loop {
        let tray = told(desk, desk.tray())?;
        let growing = tray.items.iter().any(|item| item.why == Some(FolderWhy::Growing));
        if !growing || Instant::now() >= until {
            return Ok(tray);
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}
