//! Who stands behind a dossier: an owner who is a person or an organization, and who hands in for them.
//!
//! A card that is read goes where nobody is pushed out; where somebody would be, the clerk is asked first.

use crate::fault::Error;
use crate::intake::{applicant_of, day_of, short};
use crate::station::Desk;
use crate::view::{ApplicantForm, CardAnswer, CardQuestion, DossierView, RepresentativeForm, RepresentativeView};
use domain::citizen_card::typed_warnings;
use domain::party::{Basis, Representative, Seat, seat_for};
use domain::{Applicant, CitizenCard, DossierId, PartyKind, Right};

impl Desk {
    /// Reads a card into the seat it belongs to, or asks which and changes nothing. `in_hand` is the seat whose field
    /// has the focus.
    ///
    /// # Errors
    /// [`Error::UnreadableCard`]; the draft keeps what it had.
    pub fn offer_card(&self, id: DossierId, text: &str, in_hand: Option<Seat>) -> Result<CardAnswer, Error> {
        self.require(Right::Intake)?;
        let card = CitizenCard::parse(text, self.today())?;
        let dossier = self.store()?.read(|r| r.dossier(id))?.ok_or(Error::DossierNotFound)?;
        match seat_for(&card, &dossier.applicant, dossier.representative.as_ref(), in_hand) {
            Some(seat) => Ok(CardAnswer { dossier: self.read_card(id, text, seat)?, question: None, seat: Some(seat) }),
            None => {
                let mut person = Applicant::default();
                person.fill_from(&card);
                let mut seats = vec![Seat::Representative];
                if dossier.applicant.kind == PartyKind::Person {
                    seats.push(Seat::Owner);
                }
                let question = CardQuestion { card: crate::views::form(&person), seats };
                Ok(CardAnswer { dossier: self.dossier_view(id)?, question: Some(question), seat: None })
            }
        }
    }

    /// Fills a seat from the text of a card's code, all or nothing.
    ///
    /// # Errors
    /// [`Error::UnreadableCard`]; the draft keeps what it had.
    pub fn read_card(&self, id: DossierId, text: &str, seat: Seat) -> Result<DossierView, Error> {
        let card = CitizenCard::parse(text, self.today())?;
        let mut view = self.edit(id, "card", |dossier| {
            match seat {
                Seat::Owner => dossier.applicant.fill_from(&card),
                Seat::Representative => {
                    let kind = dossier.applicant.kind;
                    dossier.representative.get_or_insert_with(|| newcomer(kind)).person.fill_from(&card);
                }
            }
            Ok(())
        })?;
        match (seat, &mut view.representative) {
            (Seat::Owner, _) => view.warnings = card.warnings,
            (Seat::Representative, Some(seated)) => seated.warnings = card.warnings,
            (Seat::Representative, None) => {}
        }
        Ok(view)
    }

    /// Keeps who hands in for the owner; `None` when the owner does it alone.
    ///
    /// # Errors
    /// [`Error::BadInput`] for a date that is none; the draft keeps what it had.
    pub fn save_representative(&self, id: DossierId, form: Option<&RepresentativeForm>) -> Result<DossierView, Error> {
        self.edit(id, "representative", |dossier| {
            let Some(form) = form else {
                dossier.representative = None;
                return Ok(());
            };
            let before = dossier.representative.take().unwrap_or_default();
            let person = applicant_of(&person_of(form), before.person.from_card)?;
            let same = person.id_number == before.person.id_number && person.name == before.person.name;
            dossier.representative = Some(Representative {
                person: Applicant { from_card: person.from_card && same, ..person },
                basis: form.basis,
                paper_number: short(&form.paper_number, 60),
                paper_date: day_of(form.paper_date.as_deref(), "paper_date")?,
                relation: short(&form.relation, 80),
            });
            Ok(())
        })
    }

    /// Makes the owner a person or an organization. Whoever was typed or read stays in sight: a person who turns out
    /// to have come for an organization moves to the representative's seat, and back.
    ///
    /// # Errors
    /// When the dossier is no draft.
    pub fn switch_party(&self, id: DossierId, kind: PartyKind) -> Result<DossierView, Error> {
        self.edit(id, "party", |dossier| {
            if dossier.applicant.kind == kind {
                return Ok(());
            }
            match kind {
                PartyKind::Organization => {
                    let person = std::mem::take(&mut dossier.applicant);
                    if dossier.representative.is_none() {
                        dossier.representative = Some(Representative { person, ..newcomer(kind) });
                    }
                    dossier.applicant.kind = PartyKind::Organization;
                }
                PartyKind::Person => {
                    let person = dossier.representative.take().map(|representative| representative.person);
                    dossier.applicant = person.unwrap_or_default();
                }
            }
            Ok(())
        })
    }
}

/// A representative nobody knows anything of yet. Who comes for an organization brings a letter of introduction.
fn newcomer(kind: PartyKind) -> Representative {
    let basis = match kind {
        PartyKind::Person => Basis::Authorization,
        PartyKind::Organization => Basis::Introduction,
    };
    Representative { basis, ..Representative::default() }
}

fn person_of(form: &RepresentativeForm) -> ApplicantForm {
    ApplicantForm {
        kind: PartyKind::Person,
        tax_code: String::new(),
        id_number: form.id_number.clone(),
        name: form.name.clone(),
        birth_date: form.birth_date.clone(),
        sex: form.sex,
        address: form.address.clone(),
        phone: form.phone.clone(),
        email: form.email.clone(),
    }
}

/// A representative, as shown.
pub(crate) fn representative_view(representative: &Representative) -> RepresentativeView {
    let person = &representative.person;
    let shown = crate::views::form(person);
    RepresentativeView {
        from_card: person.from_card,
        warnings: typed_warnings(&person.id_number, person.birth_date, person.sex),
        ground: representative.ground(),
        form: RepresentativeForm {
            id_number: shown.id_number,
            name: shown.name,
            birth_date: shown.birth_date,
            sex: shown.sex,
            address: shown.address,
            phone: shown.phone,
            email: shown.email,
            basis: representative.basis,
            paper_number: representative.paper_number.clone(),
            paper_date: representative.paper_date.map(|date| date.to_string()),
            relation: representative.relation.clone(),
        },
    }
}
