//! The catalogue of procedures (danh mục thủ tục): bringing it in, and finding in it.

use crate::fault::Error;
use crate::station::Desk;
use crate::view::ProcedureHit;
use domain::{Procedure, Right};
use serde::Serialize;
use store::Store;
use store::tables::procedure::Offered;

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CatalogueImport {
    /// New procedures.
    pub imported: u32,
    /// New versions of known ones.
    pub updated: u32,
    /// What could not be read, and why; nothing is guessed.
    pub unread: Vec<Unread>,
}

/// A record that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Code of the procedure, where it could be read.
    pub code: String,
    /// What did not read.
    pub field: String,
    /// Why.
    pub reason: String,
}

impl Desk {
    /// Brings in a JSON array of procedures in our own format. A record that does not read is listed and left out.
    ///
    /// # Errors
    /// [`Error::BadCatalogue`] when the text is no array at all.
    pub fn import_catalogue(&self, text: &str) -> Result<CatalogueImport, Error> {
        let staff = self.require(Right::Administer)?;
        let import = Self::bring_in(self.store()?, text)?;
        let (now, changed) = (self.now(), import.imported + import.updated);
        self.store()?.write(|tx| tx.log(now, Some(staff.id), "catalogue.import", &changed.to_string()))?;
        Ok(import)
    }

    /// The training catalogue, into a store that is just being made.
    pub(crate) fn bring_in_training(store: &Store) -> Result<CatalogueImport, Error> {
        Self::bring_in(store, include_str!("../../../assets/training/catalogue.json"))
    }

    /// The training catalogue, read.
    pub(crate) fn training_procedures(&self) -> Result<Vec<Procedure>, Error> {
        let text = include_str!("../../../assets/training/catalogue.json");
        serde_json::from_str(text).map_err(|error| Error::BadCatalogue(format!("line {}", error.line())))
    }

    fn bring_in(store: &Store, text: &str) -> Result<CatalogueImport, Error> {
        // The parser's own words quote the file, which may be any file; they must not come into the log (T-58).
        let records: Vec<serde_json::Value> =
            serde_json::from_str(text).map_err(|error| Error::BadCatalogue(format!("line {}", error.line())))?;
        let mut import = CatalogueImport::default();
        store.write(|tx| -> Result<(), Error> {
            for record in records {
                let code = record["code"].as_str().unwrap_or_default().to_owned();
                let unread = |field: &str, reason: String| Unread { code: code.clone(), field: field.into(), reason };
                match serde_json::from_value::<Procedure>(record) {
                    Ok(procedure) if procedure.cases.is_empty() => import.unread.push(unread("cases", "empty".into())),
                    Ok(procedure) => match tx.offer_procedure(&procedure)? {
                        Offered::New => import.imported += 1,
                        Offered::Updated => import.updated += 1,
                        Offered::Same => {}
                    },
                    Err(error) => import.unread.push(unread("", error.to_string())),
                }
            }
            Ok(())
        })?;
        Ok(import)
    }

    /// Procedures that match `text`, diacritics aside; without text the recently used ones.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn find_procedures(&self, text: &str, limit: u32) -> Result<Vec<ProcedureHit>, Error> {
        self.require(Right::Read)?;
        let found = self.store()?.read(|r| r.find_procedures(text, limit.min(200)))?;
        Ok(found.into_iter().map(|p| ProcedureHit { code: p.code, name: p.name, field: p.field }).collect())
    }
}
