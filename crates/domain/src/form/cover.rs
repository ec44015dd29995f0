//! Cover sheets (tờ bìa tách hồ sơ): one for each component, laid before its papers when they are scanned in one go.

use super::paper::Issue;
use crate::procedure::Handling;
use crate::separator::Separator;
use crate::{Component, Dossier};

/// The cover sheets of a dossier, one a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverSheets {
    /// Who made them, when.
    pub issue: Issue,
    /// The dossier's code; a draft has none yet.
    pub code: Option<String>,
    /// True while that code is provisional.
    pub provisional: bool,
    /// Whose dossier it is.
    pub applicant: String,
    /// What is asked for.
    pub request: String,
    /// In the order of the components.
    pub sheets: Vec<CoverSheet>,
}

/// The sheet before one component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverSheet {
    /// Index of the component.
    pub component: u32,
    /// Its name.
    pub name: String,
    /// Papers that were counted; nought where none were.
    pub papers: u32,
    /// The text of its code.
    pub code: String,
}

/// The cover sheets of what is handed in: of one component, or of every one that has papers or that the procedure asks
/// for. None where there is nothing to be laid behind one.
#[must_use]
pub fn cover_sheets(dossier: &Dossier, only: Option<u32>, key: &[u8; 32], issue: Issue) -> Option<CoverSheets> {
    let wanted = |component: &&Component| match only {
        Some(index) => component.index == index,
        None => component.handling == Handling::Submit && (component.papers() > 0 || component.required),
    };
    let sheet = |component: &Component| {
        let papers = component.papers();
        let separator = Separator {
            dossier: dossier.id,
            component: u16::try_from(component.index).ok()?,
            papers: u16::try_from(papers).unwrap_or(0),
        };
        let (name, code) = (component.name.clone(), separator.sign(key));
        Some(CoverSheet { component: component.index, name, papers, code })
    };
    let sheets: Vec<CoverSheet> = dossier.components.iter().filter(wanted).filter_map(sheet).collect();
    (!sheets.is_empty()).then(|| CoverSheets {
        issue,
        code: dossier.code.as_ref().map(ToString::to_string),
        provisional: dossier.provisional,
        applicant: dossier.applicant.name.clone(),
        request: dossier.procedure.as_ref().map(|procedure| procedure.name.clone()).unwrap_or_default(),
        sheets,
    })
}
