//! What an office chooses for its forms: what they say of it, whose layout they follow, and for each form the paper, the
//! printer and how many. Who administers chooses; whoever prints gets what was chosen.

use super::Paper;
use crate::fault::Error;
use crate::station::{Desk, OFFICE};
use crate::view::{FormView, FormsView, OfficeForm};
use domain::fold::tidy;
use domain::form::{Sheet, sheet_of};
use domain::office::Logo;
use domain::{Form, Office, Regulation, Right};
use imaging::{Color, Raster, Turn};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::Reader;
use ts_rs::TS;

const REGULATION: &str = "regulation";
const FORMS: &str = "forms";
const LOGO: &str = "logo";

/// Letters that a line of the letterhead may have.
const LONGEST: usize = 200;
/// A mark is a small picture; whoever chooses a scan of a page is told so.
const HEAVIEST_LOGO: usize = 2 << 20;
const WIDEST_LOGO: u32 = 6_000;
/// As it is kept: half a centimeter of a form at 600 dots an inch and more.
const LOGO_PIXELS: u32 = 320;
/// Sheets that one print may ask for.
const MOST_COPIES: u32 = 9;

/// What is chosen for one form; what is left out is the station's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FormChoice {
    /// Which form.
    pub form: Form,
    /// Its paper, where the form leaves a choice.
    pub paper: Option<Paper>,
    /// The printer that it is bound to.
    pub printer: Option<String>,
    /// How many, 1 to 9.
    pub copies: u32,
}

impl Desk {
    /// What is chosen for forms.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn forms(&self) -> Result<FormsView, Error> {
        self.require(Right::Read)?;
        let (office, regulation) = (self.office()?, self.regulation()?);
        let (chosen, logo) = self.store()?.read(|r| Ok::<_, Error>((choices(r)?, logo_bytes(r)?.is_some())))?;
        let view = |form: Form| {
            let choice = chosen.iter().find(|one| one.form == form).cloned();
            FormView {
                title: form.title(regulation).to_owned(),
                number: form.number(regulation).map(str::to_owned),
                fixed: sheet_of(form) != Sheet::AsSet,
                choice: choice.unwrap_or(FormChoice { form, paper: None, printer: None, copies: 1 }),
            }
        };
        Ok(FormsView {
            office: OfficeForm {
                parent: office.parent,
                name: office.name,
                place: office.place,
                address: office.address,
                phone: office.phone,
                lookup_url: office.lookup_url,
                system: office.system,
            },
            regulation,
            logo,
            forms: Form::ALL.into_iter().map(view).collect(),
        })
    }

    /// Says what forms tell of the office. Its code stays: dossiers are named by it.
    ///
    /// # Errors
    /// [`Error::BadInput`] for an office without a name, or a line that no letterhead holds; when the role may not.
    pub fn set_office(&self, said: &OfficeForm) -> Result<FormsView, Error> {
        let staff = self.require(Right::Administer)?;
        let line = |text: &str, field: &'static str| {
            let text = tidy(text);
            let fits = text.chars().count() <= LONGEST && !text.contains('|');
            if fits { Ok(text) } else { Err(Error::BadInput(field)) }
        };
        let name = line(&said.name, "name")?;
        if name.is_empty() {
            return Err(Error::BadInput("name"));
        }
        let office = Office {
            code: self.office()?.code,
            parent: line(&said.parent, "parent")?,
            name,
            place: line(&said.place, "place")?,
            address: line(&said.address, "address")?,
            phone: line(&said.phone, "phone")?,
            lookup_url: line(&said.lookup_url, "lookup_url")?,
            system: line(&said.system, "system")?,
            logo: None,
        };
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(OFFICE, &office)?;
            tx.log(now, Some(staff.id), "settings.office", "")?;
            Ok(())
        })?;
        // What the sign-in screen shows; the store is what counts.
        self.change_profile(|profile| profile.office.clone_from(&office.name))?;
        self.forms()
    }

    /// Chooses the circular whose forms are followed.
    ///
    /// # Errors
    /// When the role may not.
    pub fn set_regulation(&self, regulation: Regulation) -> Result<FormsView, Error> {
        let staff = self.require(Right::Administer)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(REGULATION, &regulation)?;
            tx.log(now, Some(staff.id), "settings.regulation", &format!("{regulation:?}"))?;
            Ok(())
        })?;
        self.forms()
    }

    /// Chooses paper, printer and copies of one form.
    ///
    /// # Errors
    /// [`Error::BadInput`] for copies that are none or too many; when the role may not.
    pub fn set_form(&self, choice: &FormChoice) -> Result<FormsView, Error> {
        let staff = self.require(Right::Administer)?;
        if !(1..=MOST_COPIES).contains(&choice.copies) {
            return Err(Error::BadInput("copies"));
        }
        let mut choice = choice.clone();
        choice.printer = choice.printer.map(|name| tidy(&name)).filter(|name| !name.is_empty());
        if choice.printer.as_ref().is_some_and(|name| name.chars().count() > LONGEST) {
            return Err(Error::BadInput("printer"));
        }
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            let mut chosen = choices(&tx.reader())?;
            chosen.retain(|one| one.form != choice.form);
            let object = choice.form.as_str();
            if choice.paper.is_some() || choice.printer.is_some() || choice.copies > 1 {
                chosen.push(choice.clone());
            }
            tx.set(FORMS, &chosen)?;
            tx.log(now, Some(staff.id), "settings.form", object)?;
            Ok(())
        })?;
        self.forms()
    }

    /// Puts a mark above the office's name, from the bytes of a PNG or JPEG; nothing takes it away.
    ///
    /// # Errors
    /// When it is no such picture or too large for a mark; when the role may not.
    pub fn set_logo(&self, bytes: Option<&[u8]>) -> Result<FormsView, Error> {
        let staff = self.require(Right::Administer)?;
        let kept = bytes.map(small).transpose()?;
        if let Some(kept) = &kept {
            drawable(kept)?;
        }
        let hex = kept.map(|kept| kept.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(LOGO, &hex)?;
            tx.log(now, Some(staff.id), "settings.logo", if hex.is_some() { "set" } else { "none" })?;
            Ok(())
        })?;
        self.forms()
    }

    /// As [`Self::set_logo`], from a file that was picked.
    ///
    /// # Errors
    /// As there, and when the file does not read.
    pub fn set_logo_file(&self, path: &std::path::Path) -> Result<FormsView, Error> {
        self.require(Right::Administer)?;
        let bytes = crate::import::read_file(path)?;
        self.set_logo(Some(&bytes))
    }

    /// The office with its mark, as forms show it.
    pub(crate) fn office_on_paper(&self) -> Result<Office, Error> {
        let mut office = self.office()?;
        let kept = self.store()?.read(logo_bytes)?;
        // A mark that no longer reads must not keep a receipt from being printed.
        office.logo = kept.and_then(|kept| drawable(&kept).ok()).map(Arc::new);
        Ok(office)
    }

    /// The circular whose forms the office follows.
    pub(crate) fn regulation(&self) -> Result<Regulation, Error> {
        Ok(self.store()?.read(|r| r.setting(REGULATION))?.unwrap_or_default())
    }

    /// What is chosen for a form.
    pub(super) fn choice_of(&self, form: Form) -> Result<FormChoice, Error> {
        let chosen = self.store()?.read(choices)?;
        let none = FormChoice { form, paper: None, printer: None, copies: 1 };
        Ok(chosen.into_iter().find(|one| one.form == form).unwrap_or(none))
    }
}

fn choices(r: &Reader<'_>) -> Result<Vec<FormChoice>, Error> {
    Ok(r.setting(FORMS)?.unwrap_or_default())
}

fn logo_bytes(r: &Reader<'_>) -> Result<Option<Vec<u8>>, Error> {
    let Some(hex) = r.setting::<Option<String>>(LOGO)?.flatten() else { return Ok(None) };
    let pairs = hex.as_bytes().chunks_exact(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    Ok(pairs.map(byte).collect())
}

/// The picture as it is kept: looked at before it is decoded, then made small.
fn small(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    if bytes.len() > HEAVIEST_LOGO {
        return Err(Error::FileTooHeavy { megabytes: bytes.len() as u64 >> 20 });
    }
    match imaging::sniff(bytes)? {
        imaging::Format::Png | imaging::Format::Jpeg => {}
        imaging::Format::Tiff | imaging::Format::Pdf => return Err(imaging::Refusal::UnknownKind.into()),
    }
    for facts in imaging::facts(bytes)? {
        if facts.width.max(facts.height) > WIDEST_LOGO {
            return Err(imaging::Refusal::TooLarge { width: facts.width, height: facts.height }.into());
        }
    }
    guarded(|| imaging::picture(bytes, 0, LOGO_PIXELS, Turn::None))
}

/// A decoder that panics over a hostile file has found damage.
fn guarded<T>(read: impl FnOnce() -> Result<T, imaging::Refusal> + std::panic::UnwindSafe) -> Result<T, Error> {
    Ok(std::panic::catch_unwind(read).unwrap_or(Err(imaging::Refusal::Damaged))?)
}

fn drawable(bytes: &[u8]) -> Result<Logo, Error> {
    let raster: Raster = guarded(|| imaging::decode(bytes, 0))?;
    let gray = match (raster.color, raster.bits) {
        (Color::Gray, 8) => true,
        (Color::Rgb, 8) => false,
        _ => return Err(imaging::Refusal::UnknownFlavor.into()),
    };
    Ok(Logo { width: raster.facts.width, height: raster.facts.height, gray, samples: raster.data })
}
