//! The catalogue of procedures (danh mục thủ tục) in use: finding in it, favourites, its versions, what did not read,
//! and the limits that the office completes.

mod import;
mod package;

pub use import::{CatalogueImport, Unread};
pub use package::{NewPackage, PackageMade, new_package_key};

use crate::fault::Error;
use crate::sentences;
use crate::station::{Desk, lock};
use crate::view::{
    CatalogueView, HandLimitView, ProcedureHit, SilentCase, SilentView, UnreadField, UnreadView, VersionView,
};
use domain::{Limit, Procedure, Right};
use store::Store;
use store::tables::hand_limit::HandLimit;

/// Rows of the list of what did not read that one look gives.
const MOST_UNREAD: u32 = 500;

/// A procedure with all its versions, as `motcua catalogue show` tells it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ProcedureShown {
    /// The version on offer with the office's own limits, if it is on offer.
    pub procedure: Option<Procedure>,
    /// Every version, the latest first.
    pub versions: Vec<VersionView>,
    /// What its publication does not say clearly.
    pub unread: Vec<Unread>,
}

impl Desk {
    /// The training catalogue, into a store that is just being made.
    pub(crate) fn bring_in_training(store: &Store, clock: &crate::Clock) -> Result<(), Error> {
        let today = clock.now().date_naive();
        let all = training()?;
        // Its procedures are there to be practised with, also where the clock is behind their day.
        let offer = |tx: &store::Writer<'_>| {
            all.iter().try_for_each(|one| tx.offer_procedure(one, today.max(one.valid_from)).map(drop))
        };
        Ok(store.write(offer)?)
    }

    /// The training catalogue, read.
    pub(crate) fn training_procedures(&self) -> Result<Vec<Procedure>, Error> {
        training()
    }

    /// Procedures that match `text`, diacritics aside: favourites first. Without text the favourites in their order,
    /// then the recently used ones.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn find_procedures(&self, text: &str, limit: u32) -> Result<Vec<ProcedureHit>, Error> {
        let staff = self.require(Right::Read)?;
        self.turn_catalogue()?;
        let found = self.store()?.read(|r| r.find_procedures(text, staff.id, limit.min(200)))?;
        let hit = |p: store::tables::procedure::ProcedureFound| ProcedureHit {
            code: p.code,
            name: p.name,
            field: p.field,
            starred: p.starred,
            used: p.used,
        };
        Ok(found.into_iter().map(hit).collect())
    }

    /// Stars a procedure for who is signed in, or takes the star away.
    ///
    /// # Errors
    /// [`Error::ProcedureNotFound`] for one that is not on offer.
    pub fn star_procedure(&self, code: &str, starred: bool) -> Result<(), Error> {
        let staff = self.require(Right::Read)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            if starred && tx.reader().procedure(code)?.is_none() {
                return Err(Error::ProcedureNotFound);
            }
            tx.star_procedure(staff.id, code, starred, now)?;
            Ok(())
        })
    }

    /// Puts on offer what takes effect today. Once a day is enough, whenever that day begins for this program.
    pub(crate) fn turn_catalogue(&self) -> Result<(), Error> {
        let today = self.today();
        if *lock(&self.catalogue.day) == Some(today) {
            return Ok(());
        }
        let turned = self.store()?.write(|tx| tx.turn_procedures(today))?;
        if turned > 0 {
            tracing::info!(turned, "procedures changed their version");
        }
        *lock(&self.catalogue.day) = Some(today);
        Ok(())
    }

    /// A procedure with all its versions.
    ///
    /// # Errors
    /// [`Error::ProcedureNotFound`] when the catalogue never had it.
    pub fn show_procedure(&self, code: &str) -> Result<ProcedureShown, Error> {
        self.require(Right::Read)?;
        self.turn_catalogue()?;
        let locale = self.profile().locale;
        let today = self.today();
        self.store()?.read(|r| {
            let turns = r.turns(code)?;
            if turns.is_empty() {
                return Err(Error::ProcedureNotFound);
            }
            let current = turns.iter().position(|turn| turn.from <= today);
            let version = |(at, turn): (usize, &store::tables::procedure::Turn)| VersionView {
                from: turn.from.to_string(),
                name: turn.procedure.as_ref().map(|one| one.name.clone()),
                decision: turn.procedure.as_ref().map(|one| one.decision.clone()).unwrap_or_default(),
                current: Some(at) == current,
            };
            let listed = r.unread(None, code, MOST_UNREAD)?.into_iter().filter(|item| item.code == code);
            Ok(ProcedureShown {
                procedure: r.procedure(code)?,
                versions: turns.iter().enumerate().map(version).collect(),
                unread: listed.map(|item| Unread::of(&item.code, &item.doubt, locale)).collect(),
            })
        })
    }

    /// What the catalogue holds, for its place in Settings.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn catalogue(&self) -> Result<CatalogueView, Error> {
        self.require(Right::Read)?;
        self.turn_catalogue()?;
        let today = self.today();
        self.store()?.read(|r| {
            let (procedures, coming) = r.count_procedures(today)?;
            let unread = r.count_unread()?.into_iter().map(|(field, count)| UnreadField { field, count }).collect();
            let limits = r.hand_limits(None)?.into_iter().map(|set| self.limit_view(r, set));
            let keys = r.trusted_keys()?.into_iter().map(|trusted| self.key_view(trusted)).collect();
            Ok(CatalogueView { procedures, coming, unread, limits: limits.collect::<Result<_, _>>()?, keys })
        })
    }

    fn limit_view(&self, r: &store::Reader<'_>, set: HandLimit) -> Result<HandLimitView, Error> {
        let procedure = r.procedure(&set.code)?;
        let case = procedure.as_ref().and_then(|one| one.case(Some(&set.case)));
        Ok(HandLimitView {
            name: procedure.as_ref().map(|one| one.name.clone()).unwrap_or_default(),
            case_name: case.map(|case| case.name.clone()).unwrap_or_default(),
            limit_text: set.limit.words(),
            by: r.staff(set.staff)?.map(|staff| staff.name).unwrap_or_default(),
            at: self.shown(set.at),
            code: set.code,
            case: set.case,
            limit: set.limit.to_string(),
            reason: set.reason,
        })
    }

    /// What publications do not say clearly, in one field or all, of procedures whose code or name hold `text`.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn unread_items(&self, field: Option<&str>, text: &str) -> Result<Vec<UnreadView>, Error> {
        self.require(Right::Read)?;
        let locale = self.profile().locale;
        let items = self.store()?.read(|r| r.unread(field, text, MOST_UNREAD))?;
        let view = |item: store::tables::unread::UnreadItem| UnreadView {
            field: item.doubt.field().to_owned(),
            reason: sentences::doubt(&item.doubt, locale),
            code: item.code,
            name: item.name,
        };
        Ok(items.into_iter().map(view).collect())
    }

    /// The cases of a procedure that have no limit yet, with what its publication says about time.
    ///
    /// # Errors
    /// [`Error::ProcedureNotFound`].
    pub fn silent_cases(&self, code: &str) -> Result<SilentView, Error> {
        let shown = self.show_procedure(code)?;
        let procedure = shown.procedure.ok_or(Error::ProcedureNotFound)?;
        let silent = procedure.cases.into_iter().filter(|case| case.limit.is_none());
        Ok(SilentView {
            code: procedure.code,
            name: procedure.name,
            cases: silent.map(|case| SilentCase { id: case.id, name: case.name }).collect(),
            said: shown.unread.into_iter().filter(|one| one.field == "limit").map(|one| one.reason).collect(),
        })
    }

    /// Sets the limit of a case where the publication names none, with the reason; open drafts get it at once.
    ///
    /// # Errors
    /// [`Error::LimitPublished`] where the publication does name one; [`Error::ReasonMissing`].
    pub fn set_case_limit(&self, code: &str, case: &str, limit: &str, reason: &str) -> Result<(), Error> {
        let staff = self.require(Right::Handle)?;
        let limit: Limit = limit.trim().parse().map_err(|_| Error::BadInput("limit"))?;
        let reason = crate::intake::short(reason, 500);
        if reason.is_empty() {
            return Err(Error::ReasonMissing);
        }
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            let before = tx.reader().hand_limits(Some(code))?.into_iter().any(|set| set.case == case);
            let procedure = tx.reader().procedure(code)?.ok_or(Error::ProcedureNotFound)?;
            if procedure.case(Some(case)).ok_or(Error::CaseNotFound)?.limit.is_some() && !before {
                return Err(Error::LimitPublished);
            }
            let (set_code, set_case) = (code.to_owned(), case.to_owned());
            tx.set_hand_limit(&HandLimit { code: set_code, case: set_case, limit, reason, staff: staff.id, at: now })?;
            for id in tx.reader().drafts_of_procedure(code)? {
                let Some(mut dossier) = tx.reader().dossier(id)? else { continue };
                if let Some(chosen) = &mut dossier.procedure {
                    chosen.complete_limit(case, limit);
                }
                tx.put_dossier(&dossier)?;
            }
            tx.log(now, Some(staff.id), "catalogue.limit", &format!("{code} {case} {limit}"))?;
            Ok(())
        })
    }

    /// Takes a limit that was set by hand away again; dossiers keep the date they were given.
    ///
    /// # Errors
    /// [`Error::CaseNotFound`] where none was set.
    pub fn drop_case_limit(&self, code: &str, case: &str) -> Result<(), Error> {
        let staff = self.require(Right::Handle)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            if !tx.drop_hand_limit(code, case)? {
                return Err(Error::CaseNotFound);
            }
            tx.log(now, Some(staff.id), "catalogue.limit_dropped", &format!("{code} {case}"))?;
            Ok(())
        })
    }
}

/// What the program remembers of the catalogue between two looks.
#[derive(Default)]
pub(crate) struct CatalogueState {
    /// The day to which the offer was brought.
    day: std::sync::Mutex<Option<chrono::NaiveDate>>,
    /// Somebody said that the import is to stop.
    stopped: std::sync::atomic::AtomicBool,
    /// One import at a time.
    gate: std::sync::Mutex<()>,
}

fn training() -> Result<Vec<Procedure>, Error> {
    let text = include_str!("../../../assets/training/catalogue.json");
    serde_json::from_str(text).map_err(|error| Error::BadCatalogue(format!("line {}", error.line())))
}
