//! Everything kept of one person, for that person (quyền của chủ thể dữ liệu, NĐ 13/2023): what was handed in, what
//! became of it, and who looked.

use crate::digitize::write_whole;
use crate::fault::Error;
use crate::station::Desk;
use domain::log::Entry;
use domain::{Dossier, DossierId, Event, FileHash, MediaType, Page, Right};
use serde::Serialize;
use std::path::Path;

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SubjectExport {
    /// Dossiers.
    pub dossiers: u32,
    /// Pages and PDFs.
    pub files: u32,
}

/// `person.json`.
#[derive(Serialize)]
struct Person<'a> {
    id_number: &'a str,
    exported_at: String,
    office: String,
    dossiers: Vec<Told>,
    log: Vec<Entry>,
}

/// One dossier of the person.
#[derive(Serialize)]
struct Told {
    dossier: Dossier,
    events: Vec<Event>,
    pages: Vec<ToldPage>,
    acceptances: Vec<serde_json::Value>,
}

#[derive(Serialize)]
struct ToldPage {
    page: Page,
    /// The file in this folder; none where the bytes are no longer on this machine.
    file: Option<String>,
}

impl Desk {
    /// Writes everything kept under an identity number into an empty or new folder.
    ///
    /// # Errors
    /// [`Error::DossierNotFound`] when nothing is kept of this person; [`Error::BadInput`] when the folder holds anything;
    /// when the role may not.
    pub fn export_person(&self, id_number: &str, folder: &Path) -> Result<SubjectExport, Error> {
        let staff = self.require(Right::Administer)?;
        let number: String = id_number.chars().filter(|c| !c.is_whitespace()).collect();
        let failed = |error| Error::file(folder, error);
        std::fs::create_dir_all(folder).map_err(failed)?;
        if std::fs::read_dir(folder).map_err(failed)?.next().is_some() {
            return Err(Error::BadInput("folder"));
        }
        let store = self.store()?;
        let ids = store.read(|r| r.dossiers_of_person(&number))?;
        if ids.is_empty() {
            return Err(Error::DossierNotFound);
        }
        let mut sum = SubjectExport::default();
        let mut dossiers = Vec::new();
        for id in &ids {
            dossiers.push(self.told(*id, folder, &mut sum)?);
            sum.dossiers += 1;
        }
        let person = Person {
            id_number: &number,
            exported_at: self.shown(self.now()),
            office: self.office()?.name,
            log: self.entries_about(&dossiers)?,
            dossiers,
        };
        let text = serde_json::to_vec_pretty(&person).map_err(|error| Error::Internal(error.to_string()))?;
        write_whole(&folder.join("person.json"), &text)?;
        let (now, count) = (self.now(), ids.len().to_string());
        // Whose data it was must not stand in the log; the dossiers tell.
        store.write(|tx| -> Result<(), Error> {
            for id in &ids {
                tx.log(now, Some(staff.id), "person.export", &id.to_string())?;
            }
            tx.log(now, Some(staff.id), "person.export.end", &count)?;
            Ok(())
        })?;
        Ok(sum)
    }

    fn told(&self, id: DossierId, folder: &Path, sum: &mut SubjectExport) -> Result<Told, Error> {
        let (dossier, events, pages, acceptances) = self.store()?.read(|r| -> Result<_, Error> {
            let dossier = r.dossier(id)?.ok_or(Error::DossierNotFound)?;
            Ok((dossier, r.events(id)?, r.pages(id)?, r.acceptances_of(id)?))
        })?;
        let name = dossier.code.as_ref().map_or_else(|| id.to_string(), ToString::to_string);
        let own = folder.join(&name);
        std::fs::create_dir_all(&own).map_err(|error| Error::file(&own, error))?;
        let mut told = Vec::new();
        for page in pages {
            let file = format!("{:02}-{:03}.{}", page.component, page.position, extension(page.media));
            let written = self.hand_out(&page.file, &own.join(&file))?;
            sum.files += u32::from(written);
            told.push(ToldPage { page, file: written.then(|| format!("{name}/{file}")) });
        }
        for component in &dossier.components {
            let Some(made) = &component.digitized else { continue };
            let written = self.hand_out(&made.file, &own.join(format!("{:02}.pdf", component.index)))?;
            sum.files += u32::from(written);
        }
        let acceptances = acceptances.iter().filter_map(|json| serde_json::from_str(json).ok()).collect();
        Ok(Told { dossier, events, pages: told, acceptances })
    }

    /// Writes a kept file; says no where its bytes have left this machine.
    fn hand_out(&self, hash: &FileHash, path: &Path) -> Result<bool, Error> {
        let store = self.store()?;
        if !store.read(|r| r.file_is_here(hash))? {
            return Ok(false);
        }
        write_whole(path, &store.file(hash)?)?;
        Ok(true)
    }

    /// Every entry of the log that names one of the dossiers or their pages.
    fn entries_about(&self, dossiers: &[Told]) -> Result<Vec<Entry>, Error> {
        let ids: std::collections::HashSet<String> = dossiers
            .iter()
            .flat_map(|told| {
                let pages = told.pages.iter().map(|page| page.page.id.to_string());
                pages.chain([told.dossier.id.to_string()])
            })
            .collect();
        let mut about = Vec::new();
        self.store()?.read(|r| {
            r.audit(|entry| -> Result<(), Error> {
                if entry.object.split(' ').any(|word| ids.contains(word)) {
                    about.push(entry);
                }
                Ok(())
            })
        })?;
        Ok(about)
    }
}

fn extension(media: MediaType) -> &'static str {
    match media {
        MediaType::Jpeg => "jpg",
        MediaType::Png => "png",
        MediaType::Tiff => "tif",
        MediaType::Pdf => "pdf",
    }
}
