//! What a clerk goes through, in the real window: one test a story, with pictures and witnesses that are not the window.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod asked;
#[cfg(unix)]
mod at_the_scanner;
mod bad_card;
mod both_sides;
mod care;
mod citizen;
mod draft;
mod files;
mod hardened;
mod lent_scanner;
mod life;
mod money;
mod offline;
mod one_dossier;
mod page_tools;
mod panels;
mod phone;
mod photo_corners;
mod profiles;
mod queue;
mod reach;
mod screens;
#[cfg(unix)]
mod serial_reader;
mod settings;
mod speed;
mod tray;
mod twelve_actions;

/// A card of a made-up person, as its QR code reads.
const CARD: &str = "099199000001||TRẦN THỊ NGỌC MẪU|02011999|Nữ|Thôn 1, xã An Mẫu, thành phố Cần Thơ|01052021";

/// The fields that a card fills, and the others that a clerk types into.
const FIELDS: [&str; 8] = [
    "applicant-id-number",
    "applicant-name",
    "applicant-birth-date",
    "applicant-sex",
    "applicant-address",
    "applicant-phone",
    "applicant-email",
    "note",
];

/// What stands in each of [`FIELDS`].
async fn form(app: &tests::app::App) -> anyhow::Result<Vec<String>> {
    let mut form = Vec::new();
    for field in FIELDS {
        form.push(app.text(field).await?);
    }
    Ok(form)
}
