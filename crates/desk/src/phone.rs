//! A phone as a camera: a code on the counter's screen opens a page on a phone of the same network, and what is photographed
//! there comes into the component as pages laid flat, each told as stored when it lies on the disk (G8, G13).

use crate::fault::Error;
use crate::intake::draft;
use crate::looks::Watch;
use crate::station::Desk;
use crate::view::{PageProgress, PhoneCode, PhoneProgress, PhoneRequest, RunEnd, RunOutcome};
use devices::phone::{Answer, Phone, PhoneEnd, Picture, Terms, Told};
use domain::{DossierId, PageSource, Right, Status};
use std::time::Duration;

/// How long a link stays open without a photograph, in minutes.
const IDLE: u16 = 10;

/// How long it stays open in all.
const MOST: Duration = Duration::from_secs(60 * 60);

impl Desk {
    /// Opens a link for one phone and takes its photographs into a component until the phone is done, somebody stops the run
    /// ([`Desk::cancel_run`]) or nothing comes any more.
    ///
    /// # Errors
    /// When the dossier takes no pages, another run is under way, or no link can be opened. A photograph that is refused is no
    /// error: the phone is told, and so is `progress`.
    pub fn scan_by_phone(
        &self,
        (dossier, component): (DossierId, u32),
        request: &PhoneRequest,
        progress: &mut dyn FnMut(PhoneProgress),
    ) -> Result<RunOutcome, Error> {
        let staff = self.require(Right::Intake)?;
        let terms = self.terms((dossier, component), request)?;
        let run = self.begin_run()?;
        let phone = Phone::open(&terms)?;
        self.store()?.write(|tx| -> Result<(), Error> {
            draft(tx, dossier)?;
            tx.log(self.now(), Some(staff.id), "phone.open", &dossier.to_string())?;
            Ok(())
        })?;
        let link = phone.link();
        progress(PhoneProgress::Link {
            code: PhoneCode {
                url: link.url.clone(),
                rows: pdf::forms::squares(&link.url)?,
                fingerprint: link.fingerprint.clone(),
                minutes: request.minutes.unwrap_or(IDLE),
            },
        });
        let (mut outcome, mut watch, mut fatal) = (RunOutcome::default(), Watch::files(), None);
        let ended = phone.run(&run.cancel, &mut |told| match told {
            Told::Opened => progress(PhoneProgress::Opened),
            Told::Done => {}
            Told::Picture(picture) => {
                let (step, broken) =
                    self.take_photo((dossier, component), request, picture, (&mut outcome, &mut watch));
                if broken {
                    // What is wrong with the dossier or the disk is wrong with every photograph.
                    run.cancel.cancel();
                    if let PageProgress::Refused { error, .. } = &step {
                        fatal = Some(error.clone());
                    }
                }
                progress(PhoneProgress::Pages { step });
            }
        });
        drop(phone);
        drop(run);
        outcome.error = fatal;
        outcome.ended = match ended {
            PhoneEnd::Cancelled if outcome.error.is_some() => RunEnd::Fault,
            PhoneEnd::Cancelled => RunEnd::Cancelled,
            PhoneEnd::Done | PhoneEnd::TimedOut => RunEnd::Empty,
        };
        self.digitize_ahead(dossier);
        Ok(outcome)
    }

    /// Keeps one photograph and tells the phone; true where nothing can be kept any more.
    fn take_photo(
        &self,
        (dossier, component): (DossierId, u32),
        request: &PhoneRequest,
        picture: Picture,
        (outcome, watch): (&mut RunOutcome, &mut Watch),
    ) -> (PageProgress, bool) {
        let kept = self.examine_photo(&picture.bytes, Some(request.paper)).and_then(|mut examined| {
            watch.judge(&mut examined);
            self.keep_pages(dossier, component, &examined, &PageSource::Phone, None)
        });
        let locale = self.profile().locale;
        match kept.map(|pages| pages.into_iter().next()) {
            Ok(Some(page)) => {
                outcome.received += 1;
                outcome.kept += 1;
                let text = page.warnings.iter().map(|warning| crate::sentences::photo::warned(*warning, locale));
                let text = text.collect::<Vec<_>>().join(" ");
                picture.answer(Answer { ok: true, text, remedy: String::new(), received: outcome.received });
                (PageProgress::Page { page, received: outcome.received, total: None }, false)
            }
            Ok(None) => self.refuse_photo(picture, &imaging::Refusal::Damaged.into(), outcome),
            Err(error) => self.refuse_photo(picture, &error, outcome),
        }
    }

    fn refuse_photo(&self, picture: Picture, error: &Error, outcome: &mut RunOutcome) -> (PageProgress, bool) {
        let broken =
            matches!(error, Error::Store(_) | Error::DossierClosed | Error::DossierNotFound | Error::ComponentNotFound);
        let error = error.for_person(self.profile().locale);
        outcome.refused += 1;
        let (text, remedy) = (error.message.clone(), error.hint.clone().unwrap_or_default());
        picture.answer(Answer { ok: false, text, remedy, received: outcome.received });
        (PageProgress::Refused { name: String::new(), error }, broken)
    }

    fn terms(&self, (dossier, component): (DossierId, u32), request: &PhoneRequest) -> Result<Terms, Error> {
        let dossier = self.store()?.read(|r| r.dossier(dossier))?.ok_or(Error::DossierNotFound)?;
        if dossier.status != Status::Draft {
            return Err(Error::DossierClosed);
        }
        let of = dossier.components.iter().find(|one| one.index == component).ok_or(Error::ComponentNotFound)?;
        let profile = self.profile();
        Ok(Terms {
            station: profile.station.clone(),
            title: of.name.clone(),
            locale: if profile.locale == crate::view::Locale::Vi { "vi" } else { "en" }.to_owned(),
            address: request.address,
            idle: Duration::from_secs(60 * u64::from(request.minutes.unwrap_or(IDLE).clamp(1, 60))),
            most: MOST,
        })
    }
}
