//! People known at this station, and papers of theirs that are digitized already (B5, D§5.7).
//!
//! Offered, never taken silently, and only to whoever agreed to it; that somebody has dossiers here is no secret to a
//! clerk who may search for them.

use crate::fault::Error;
use crate::intake::draft;
use crate::station::Desk;
use crate::view::{DossierView, KnownContact, KnownDossier, KnownPaper, KnownView};
use domain::fold::fold;
use domain::procedure::Handling;
use domain::{Applicant, Disposition, Dossier, DossierId, Page, PageSource, Right, Seat};

/// How many earlier dossiers are looked at.
const LATEST: u32 = 20;

impl Desk {
    /// What is known of the person in a seat of a draft.
    ///
    /// # Errors
    /// [`Error::DossierNotFound`].
    pub fn known(&self, id: DossierId, seat: Seat) -> Result<KnownView, Error> {
        self.require(Right::Intake)?;
        self.store()?.read(|r| -> Result<_, Error> {
            let dossier = r.dossier(id)?.ok_or(Error::DossierNotFound)?;
            let number = number_of(&dossier, seat);
            if number.is_empty() {
                return Ok(KnownView::default());
            }
            let earlier: Vec<Dossier> = r
                .dossiers_with(number, LATEST)?
                .into_iter()
                .filter(|other| *other != id)
                .map(|other| r.dossier(other)?.ok_or(Error::DossierNotFound))
                .collect::<Result<_, Error>>()?;
            let consent = r.consent(number)?;
            let mut known = KnownView {
                consent,
                dossiers: earlier.iter().map(|one| self.known_dossier(one)).collect(),
                ..KnownView::default()
            };
            if consent != Some(true) {
                return Ok(known);
            }
            known.contact = earlier.iter().find_map(|one| contact(one, number));
            let pages = r.pages(id)?;
            for one in earlier.iter().filter(|one| seat == Seat::Owner && one.applicant.number() == number) {
                let theirs = r.pages(one.id)?;
                for component in one.components.iter().filter(|c| c.handling == Handling::Submit) {
                    let kept: Vec<&Page> = crate::digitize::kept(&theirs, component.index).collect();
                    let mut here = !kept.is_empty();
                    for page in &kept {
                        here = here && r.file_is_here(&page.file)?;
                    }
                    if !here {
                        continue;
                    }
                    let fits = dossier.components.iter().find(|mine| {
                        fold(&mine.name) == fold(&component.name)
                            && crate::digitize::kept(&pages, mine.index).next().is_none()
                    });
                    let shown = self.known_dossier(one);
                    known.papers.push(KnownPaper {
                        dossier: one.id,
                        code: shown.code,
                        received_at: shown.received_at,
                        component: component.index,
                        name: component.name.clone(),
                        pages: u32::try_from(kept.len()).unwrap_or_default(),
                        fits: fits.map(|mine| mine.index),
                    });
                }
            }
            // What is asked for now comes first.
            known.papers.sort_by_key(|paper| paper.fits.is_none());
            Ok(known)
        })
    }

    /// Notes whether the person in a seat agrees to be offered again what was told and handed in before.
    ///
    /// # Errors
    /// [`Error::BadInput`] while the seat has no number.
    pub fn set_consent(&self, id: DossierId, seat: Seat, given: bool) -> Result<KnownView, Error> {
        let staff = self.require(Right::Intake)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            let dossier = draft(tx, id)?;
            let number = number_of(&dossier, seat);
            if number.is_empty() {
                return Err(Error::BadInput("id_number"));
            }
            tx.put_consent(number, given, now, staff.id)?;
            let action = if given { "consent.given" } else { "consent.withdrawn" };
            tx.log(now, Some(staff.id), action, &id.to_string())?;
            Ok(())
        })?;
        self.known(id, seat)
    }

    /// What was said about offering again what is kept under a number; none where nobody was asked.
    ///
    /// # Errors
    /// When nobody is signed in who may receive.
    pub fn consent_of(&self, number: &str) -> Result<Option<bool>, Error> {
        self.require(Right::Intake)?;
        self.store()?.read(|r| Ok(r.consent(number.trim())?))
    }

    /// Notes for a number whether its person agrees, such as when consent is withdrawn by letter.
    ///
    /// # Errors
    /// [`Error::BadInput`] without a number.
    pub fn set_consent_of(&self, number: &str, given: bool) -> Result<(), Error> {
        let staff = self.require(Right::Intake)?;
        let (number, now) = (number.trim(), self.now());
        if number.is_empty() {
            return Err(Error::BadInput("id_number"));
        }
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.put_consent(number, given, now, staff.id)?;
            // The log names no person: a dossier of theirs does.
            let latest = tx.reader().dossiers_with(number, 1)?.first().map(ToString::to_string).unwrap_or_default();
            tx.log(now, Some(staff.id), if given { "consent.given" } else { "consent.withdrawn" }, &latest)?;
            Ok(())
        })
    }

    /// Takes a paper of an earlier dossier of the same owner over into a component: the same stored pages, no new scan.
    ///
    /// # Errors
    /// [`Error::NotOffered`] where the owner has not agreed or it is another's dossier; [`Error::Purged`] where the
    /// pages are no longer here.
    pub fn reuse_paper(
        &self,
        id: DossierId,
        component: u32,
        from: DossierId,
        from_component: u32,
    ) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        let run = self.begin_run()?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            let mine = draft(tx, id)?;
            let theirs = tx.reader().dossier(from)?.ok_or(Error::DossierNotFound)?;
            let number = mine.applicant.number();
            let same = !number.is_empty() && theirs.applicant.number() == number;
            if !same || tx.reader().consent(number)? != Some(true) {
                return Err(Error::NotOffered);
            }
            let code = theirs.code.as_ref().ok_or(Error::NotOffered)?.to_string();
            if !mine.components.iter().any(|c| c.index == component) {
                return Err(Error::ComponentNotFound);
            }
            let pages = tx.reader().pages(from)?;
            let places = tx.reader().next_position(id, component)?..;
            for (page, position) in crate::digitize::kept(&pages, from_component).zip(places) {
                if !tx.reader().file_is_here(&page.file)? {
                    return Err(Error::Purged);
                }
                let taken = Page {
                    id: self.clock.id(),
                    component,
                    position,
                    source: PageSource::Reused { dossier: from, code: code.clone(), page: page.id },
                    disposition: Disposition::Kept,
                    stack: None,
                    received_at: now,
                    ..page.clone()
                };
                tx.add_page(id, &taken)?;
                tx.log(now, Some(staff.id), "page.reuse", &taken.id.to_string())?;
            }
            Ok(())
        })?;
        drop(run);
        self.digitize_ahead(id);
        self.dossier_view(id)
    }

    fn known_dossier(&self, dossier: &Dossier) -> KnownDossier {
        KnownDossier {
            id: dossier.id,
            code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
            procedure: dossier.procedure.as_ref().map(|procedure| procedure.name.clone()).unwrap_or_default(),
            received_at: self.shown(dossier.received_at.unwrap_or(dossier.opened_at)),
            state: dossier.status,
        }
    }
}

/// The number of the person in a seat, or empty.
fn number_of(dossier: &Dossier, seat: Seat) -> &str {
    match seat {
        Seat::Owner => dossier.applicant.number(),
        Seat::Representative => dossier.representative.as_ref().map_or("", |one| one.person.id_number.as_str()),
    }
}

/// Telephone, mail and address as this person told them in a dossier; none where nothing was told.
fn contact(dossier: &Dossier, number: &str) -> Option<KnownContact> {
    let representative = dossier.representative.as_ref().map(|one| &one.person);
    let people: [Option<&Applicant>; 2] = [Some(&dossier.applicant), representative];
    let person = people.into_iter().flatten().find(|person| person.number() == number)?;
    let told = !person.phone.is_empty() || !person.email.is_empty() || !person.address.is_empty();
    told.then(|| KnownContact {
        form: crate::views::form(person),
        code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
    })
}
