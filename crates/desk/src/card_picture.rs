//! Identity cards on pictures: dropped on the applicant, or among the scanned pages of the paper that proves who somebody is.
//!
//! What is read goes through the same parser as a reader's text and is offered, never filled in silently. Codes that are no
//! card's (a bill's, a land certificate's, our own) are passed over (T-28).

use crate::fault::Error;
use crate::import::read_file;
use crate::station::{Desk, lock};
use crate::view::CardOffer;
use chrono::NaiveDate;
use domain::identity::proves_identity;
use domain::{Applicant, CitizenCard, Disposition, DossierId, FileHash, MediaType, Right, Status};
use imaging::codes::{CodeKind, Effort};
use std::collections::HashMap;
use std::path::PathBuf;

/// Pages of one file or dossier that are looked at: a card has two sides, a family some cards.
const MOST_PAGES: usize = 24;

/// Pages whose codes are remembered while somebody is at the desk.
const MOST_REMEMBERED: usize = 512;

/// The codes of pages that were looked at, by file and page in it. Goes with whoever is at the desk.
pub(crate) type Looked = HashMap<(FileHash, u32), Vec<String>>;

/// A card on a picture, as the console tells it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PictureCard {
    /// Page of the file, from 1.
    pub page: u32,
    /// What the card says.
    #[serde(flatten)]
    pub card: CitizenCard,
}

impl Desk {
    /// Cards on the scanned pages of a draft whose paper proves who somebody is, except whoever sits in the dossier already.
    ///
    /// # Errors
    /// [`Error::DossierNotFound`].
    pub fn card_offers(&self, id: DossierId) -> Result<Vec<CardOffer>, Error> {
        self.require(Right::Intake)?;
        let (dossier, pages) = self
            .store()?
            .read(|r| -> Result<_, Error> { Ok((r.dossier(id)?.ok_or(Error::DossierNotFound)?, r.pages(id)?)) })?;
        if dossier.status != Status::Draft {
            return Ok(Vec::new());
        }
        let representative = dossier.representative.as_ref().map(|one| one.person.id_number.as_str());
        let mut seen: Vec<String> = vec![dossier.applicant.id_number.clone()];
        seen.extend(representative.map(str::to_owned));
        let mut offers = Vec::new();
        let mut file: Option<(FileHash, Vec<u8>)> = None;
        let proving = dossier.components.iter().filter(|component| proves_identity(&component.name));
        for component in proving {
            let kept = crate::digitize::kept(&pages, component.index);
            for (number, page) in (1..).zip(kept.filter(|page| page.disposition == Disposition::Kept)).take(MOST_PAGES)
            {
                let key = (page.file, page.file_index);
                let known = lock(&self.looked).get(&key).cloned();
                let texts = match known {
                    Some(texts) => texts,
                    None => {
                        if file.as_ref().is_none_or(|(hash, _)| *hash != page.file) {
                            file = Some((page.file, self.store()?.file(&page.file)?));
                        }
                        let bytes = file.as_ref().map_or(&[][..], |(_, bytes)| bytes);
                        let texts = codes_on(page.media, bytes, page.file_index).unwrap_or_default();
                        self.remember_codes(key, texts.clone());
                        texts
                    }
                };
                for (text, card) in cards(&texts, self.today()) {
                    if seen.contains(&card.number) {
                        continue;
                    }
                    seen.push(card.number.clone());
                    offers.push(CardOffer { component: Some(component.index), number, ..offer(text, card) });
                }
            }
        }
        Ok(offers)
    }

    /// Cards on pictures that somebody dropped or picked for it.
    ///
    /// # Errors
    /// [`Error::NoCardCode`] where none is found; what else is wrong with a file.
    pub fn cards_in_files(&self, files: &[PathBuf]) -> Result<Vec<CardOffer>, Error> {
        self.require(Right::Intake)?;
        let mut offers: Vec<CardOffer> = Vec::new();
        for path in files.iter().take(MOST_PAGES) {
            for (page, text, card) in cards_of_file(&read_file(path)?, self.today())? {
                if offers.iter().all(|known| known.card.id_number != card.number) {
                    offers.push(CardOffer { number: page, ..offer(text, card) });
                }
            }
        }
        if offers.is_empty() && !files.is_empty() { Err(Error::NoCardCode) } else { Ok(offers) }
    }

    fn remember_codes(&self, key: (FileHash, u32), texts: Vec<String>) {
        let mut looked = lock(&self.looked);
        if looked.len() >= MOST_REMEMBERED {
            looked.clear();
        }
        looked.insert(key, texts);
    }
}

/// Cards on a picture, without a station.
///
/// # Errors
/// [`Error::NoCardCode`] where none is found; what else is wrong with the file.
pub fn cards_in_picture(path: &std::path::Path, today: NaiveDate) -> Result<Vec<PictureCard>, Error> {
    let found = cards_of_file(&read_file(path)?, today)?;
    let cards: Vec<PictureCard> = found.into_iter().map(|(page, _, card)| PictureCard { page, card }).collect();
    if cards.is_empty() { Err(Error::NoCardCode) } else { Ok(cards) }
}

fn offer(text: String, card: CitizenCard) -> CardOffer {
    let mut person = Applicant::default();
    person.fill_from(&card);
    CardOffer { component: None, number: 1, text, card: crate::views::form(&person), warnings: card.warnings }
}

/// Page from 1, text of the code and card, for every card of a file.
fn cards_of_file(bytes: &[u8], today: NaiveDate) -> Result<Vec<(u32, String, CitizenCard)>, Error> {
    let (media, pages) = crate::pages::look(bytes)?;
    let mut found = Vec::new();
    for index in (0..).take(pages.len().min(MOST_PAGES)) {
        let texts = codes_on(media, bytes, index)?;
        found.extend(cards(&texts, today).into_iter().map(|(text, card)| (index + 1, text, card)));
    }
    Ok(found)
}

/// The texts that read as cards, the same card once.
fn cards(texts: &[String], today: NaiveDate) -> Vec<(String, CitizenCard)> {
    let mut cards: Vec<(String, CitizenCard)> = Vec::new();
    for text in texts {
        if let Ok(card) = CitizenCard::parse(text, today)
            && cards.iter().all(|(_, known)| known.number != card.number)
        {
            cards.push((text.clone(), card));
        }
    }
    cards
}

/// The texts of the QR codes on a page. A decoder that panics over a hostile file has found damage.
pub(crate) fn codes_on(media: MediaType, bytes: &[u8], index: u32) -> Result<Vec<String>, Error> {
    let look = || -> Result<Vec<String>, Error> {
        let raster = match media {
            MediaType::Pdf => imaging::decode(&pdf::read::render(bytes, index, pdf::read::LONGEST_RENDER)?, 0)?,
            MediaType::Jpeg | MediaType::Png | MediaType::Tiff => imaging::decode(bytes, index)?,
        };
        let codes = imaging::codes::find(&raster, Effort::Thorough);
        Ok(codes.iter().filter(|code| code.kind == CodeKind::Qr).map(imaging::codes::Code::text).collect())
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(look)).unwrap_or(Err(imaging::Refusal::Damaged.into()))
}
