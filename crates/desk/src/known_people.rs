//! Known people found by the name that is typed, for whoever came without a card (B5).
//!
//! Who is found is shown with as much as tells two of one name apart; the rest of what was told before is taken over only
//! once the person has agreed to it, here or earlier.

use crate::fault::Error;
use crate::station::Desk;
use crate::view::{DossierView, KnownNames, KnownPerson};
use domain::fold::fold;
use domain::party::Representative;
use domain::{Applicant, Dossier, DossierId, PartyKind, Right, Seat, Status};

/// The latest dossiers with such a name that are looked at.
const LATEST: u32 = 60;

/// People that are shown.
const MOST: usize = 6;

/// Letters of a name before anybody is looked for, and words: a family name alone is half the country.
const ENOUGH: (usize, usize) = (5, 2);

impl Desk {
    /// People of earlier dossiers with this name, the latest first. `kind` says whether a person or an organization is meant.
    ///
    /// # Errors
    /// When nobody is signed in who may receive.
    pub fn find_known(&self, name: &str, kind: PartyKind) -> Result<KnownNames, Error> {
        self.require(Right::Intake)?;
        let began = std::time::Instant::now();
        let folded = fold(name);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let mut people: Vec<(String, KnownPerson)> = Vec::new();
        if folded.len() >= ENOUGH.0 && words.len() >= ENOUGH.1 {
            self.store()?.read(|r| -> Result<(), Error> {
                for line in r.search_dossiers(name, LATEST)? {
                    if matches!(line.status, Status::Draft | Status::Discarded) {
                        continue;
                    }
                    let Some(dossier) = r.dossier(line.id)? else { continue };
                    for (seat, person) in people_of(&dossier).filter(|(_, person)| person.kind == kind) {
                        let number = person.number();
                        let new = people.iter().all(|(known, _)| known != number);
                        if number.is_empty() || !new || !is_named(person, &words) {
                            continue;
                        }
                        people.push((number.to_owned(), self.known_person(&dossier, seat, person, r.consent(number)?)));
                    }
                    if people.len() >= MOST {
                        break;
                    }
                }
                Ok(())
            })?;
        }
        people.truncate(MOST);
        let ms = began.elapsed().as_secs_f64() * 1_000.0;
        Ok(KnownNames { people: people.into_iter().map(|(_, person)| person).collect(), ms })
    }

    /// Takes what somebody told in an earlier dossier over into a seat of a draft. `agreed` says that the person agreed just now.
    ///
    /// # Errors
    /// [`Error::NotOffered`] where the person has not agreed; [`Error::DossierNotFound`] where nobody sits there.
    pub fn take_known(
        &self,
        id: DossierId,
        seat: Seat,
        from: DossierId,
        from_seat: Seat,
        agreed: bool,
    ) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        let now = self.now();
        self.edit_in(id, "known", |tx, dossier| {
            let theirs = tx.reader().dossier(from)?.ok_or(Error::DossierNotFound)?;
            let found = people_of(&theirs).find(|(at, _)| *at == from_seat).map(|(_, person)| person.clone());
            let person = Applicant { from_card: false, ..found.ok_or(Error::DossierNotFound)? };
            let number = person.number();
            if number.is_empty() {
                return Err(Error::NotOffered);
            }
            if tx.reader().consent(number)? != Some(true) {
                if !agreed {
                    return Err(Error::NotOffered);
                }
                tx.put_consent(number, true, now, staff.id)?;
                tx.log(now, Some(staff.id), "consent.given", &id.to_string())?;
            }
            match seat {
                Seat::Owner => dossier.applicant = person,
                Seat::Representative if person.kind == PartyKind::Organization => return Err(Error::NotOffered),
                Seat::Representative => {
                    let kept = dossier.representative.take().unwrap_or_default();
                    dossier.representative = Some(Representative { person, ..kept });
                }
            }
            Ok(())
        })
    }

    fn known_person(&self, dossier: &Dossier, seat: Seat, person: &Applicant, consent: Option<bool>) -> KnownPerson {
        let number: Vec<char> = person.number().chars().collect();
        KnownPerson {
            dossier: dossier.id,
            seat,
            name: person.name.clone(),
            birth_date: person.birth_date.map(|day| day.to_string()),
            number_end: number[number.len().saturating_sub(4)..].iter().collect(),
            code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
            received_at: self.shown(dossier.received_at.unwrap_or(dossier.opened_at)),
            consent,
        }
    }
}

/// Whoever sits in a dossier.
fn people_of(dossier: &Dossier) -> impl Iterator<Item = (Seat, &Applicant)> {
    let second = dossier.representative.iter().map(|one| (Seat::Representative, &one.person));
    std::iter::once((Seat::Owner, &dossier.applicant)).chain(second)
}

/// Whether every typed word begins a word of the name: the search also finds codes and numbers, and the other seat.
fn is_named(person: &Applicant, words: &[&str]) -> bool {
    let name = fold(&person.name);
    words.iter().all(|word| name.split_whitespace().any(|part| part.starts_with(word)))
}
