//! Every sentence the core tells a person, in both languages: what happened, then what to do.
//!
//! No blame, no jargon, nothing lost: each says what became of the dossier where that is in doubt. `{}` takes
//! the detail. A code without a sentence does not compile.

mod doctor;
mod doubts;
mod duplex;
mod english;
mod folder;
pub(crate) mod photo;
mod profiles;
mod split;
mod stacks;
mod vietnamese;

use crate::error::ErrorCode;
use crate::view::Locale;
use domain::applicant::ApplicantField;
use domain::dossier::Obstacle;
use domain::party::RepresentativeField;

pub(crate) use doctor::{folder_ready, scanner_abilities, scanner_ready, scanner_report, scanners_found};
pub(crate) use doubts::doubt;
pub(crate) use duplex::next as duplex_next;
pub(crate) use folder::why_not;
pub(crate) use profiles::{from_glass, profile_elsewhere, profile_locked, shortfall};
pub(crate) use split::alarm as split_alarm;
pub(crate) use stacks::{mismatch, uncounted};

/// What happened and what to do, in `locale`.
#[must_use]
pub fn sentence(code: ErrorCode, detail: Option<&str>, locale: Locale) -> (String, Option<String>) {
    let (message, hint) = match locale {
        Locale::Vi => vietnamese::sentence(code),
        Locale::En => english::sentence(code),
    };
    let fill = |text: &str| text.replace("{}", detail.unwrap_or("?"));
    (fill(message), Some(hint).filter(|hint| !hint.is_empty()).map(fill))
}

/// Names everything that is still missing.
pub(crate) fn not_ready(obstacles: &[Obstacle], locale: Locale) -> (String, Option<String>) {
    let names: Vec<String> = obstacles.iter().map(|obstacle| missing(obstacle, locale)).collect();
    let (_, hint) = sentence(ErrorCode::NotReady, None, locale);
    let head = match locale {
        Locale::Vi => "Chưa tiếp nhận được, còn thiếu",
        Locale::En => "Not accepted yet, still missing",
    };
    (format!("{head}: {}.", names.join("; ")), hint)
}

fn missing(obstacle: &Obstacle, locale: Locale) -> String {
    let pair = match obstacle {
        Obstacle::Applicant { field: ApplicantField::Name } => ("họ tên người nộp", "the applicant's name"),
        Obstacle::Applicant { field: ApplicantField::IdNumber } => ("số định danh", "the identity number"),
        Obstacle::Applicant { field: ApplicantField::TaxCode } => ("mã số thuế", "the tax code"),
        Obstacle::Representative { field: RepresentativeField::Name } => {
            ("họ tên người nộp thay", "the representative's name")
        }
        Obstacle::Representative { field: RepresentativeField::IdNumber } => {
            ("số định danh người nộp thay", "the representative's identity number")
        }
        Obstacle::Applicant { field: ApplicantField::Address } => ("địa chỉ", "the address"),
        Obstacle::NoProcedure => ("thủ tục hành chính", "the procedure"),
        Obstacle::NoLimit => (
            "thời hạn giải quyết (công bố không ghi; đặt ở ô Thủ tục hoặc bằng `motcua catalogue limit`)",
            "the time limit (the publication names none; set it under Procedure or with `motcua catalogue limit`)",
        ),
        Obstacle::MissingPaper { name, .. } => return name.clone(),
        Obstacle::FailedPaper { name, reason, .. } => return format!("{name} ({reason})"),
        Obstacle::OpenStack { name, .. } => return stacks::open(name, locale),
        Obstacle::Miscount { name, mismatch, .. } => return format!("{name}: {}", stacks::mismatch(mismatch, locale)),
    };
    match locale {
        Locale::Vi => pair.0.to_owned(),
        Locale::En => pair.1.to_owned(),
    }
}
