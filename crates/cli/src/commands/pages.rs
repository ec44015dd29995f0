//! Pages changed in place, at the console.

use super::{told, value};
use crate::output::Failure;
use crate::page_arguments::{Act, Pages};
use desk::view::DossierView;
use desk::{Crop, Desk, Flat, PageAct};
use serde_json::{Value, json};

/// `motcua pages`
pub(crate) fn pages(desk: &Desk, pages: Pages) -> Result<Value, Failure> {
    let dossier = told(desk, desk.find_dossier(&pages.dossier))?;
    let act = match pages.act {
        None => return Ok(shown(&told(desk, desk.open_dossier(dossier))?)),
        Some(Act::History) => return Ok(json!({ "history": value(told(desk, desk.page_history(dossier))?) })),
        Some(step @ (Act::Undo | Act::Redo)) => {
            let redo = matches!(step, Act::Redo);
            let done = if redo { desk.redo_pages(dossier) } else { desk.undo_pages(dossier) };
            let done = told(desk, done)?;
            let mut answer = shown(&done.dossier);
            answer[if redo { "redone" } else { "undone" }] = value(done.what);
            answer["touched"] = value(done.pages);
            return Ok(answer);
        }
        Some(act) => act,
    };
    Ok(shown(&told(desk, desk.edit_pages(dossier, &asked(act)?))?))
}

fn asked(act: Act) -> Result<PageAct, Failure> {
    Ok(match act {
        Act::Turn { pages, quarters } => PageAct::Turn { pages, quarters },
        Act::Crop { page, keep } => PageAct::Crop { page, crop: keep.as_deref().map(part).transpose()? },
        Act::Flatten { page, corners, paper, landscape } => {
            let flat = corners.as_deref().map(|corners| paper_at(corners, paper.sides(), landscape)).transpose()?;
            PageAct::Flatten { page, flat }
        }
        Act::Move { pages, component, before } => PageAct::Move { pages, component, before },
        Act::Aside { pages } => PageAct::Aside { pages },
        Act::Back { pages } => PageAct::Back { pages },
        Act::Replace { page, with } => PageAct::Replace { page, with },
        Act::Split { from, component } => PageAct::Split { from, component },
        Act::Merge { from, into } => PageAct::Merge { from, into },
        Act::Reverse { component } => PageAct::Reverse { component },
        Act::Undo | Act::Redo | Act::History => return Err(Failure::Usage("no change of pages".to_owned())),
    })
}

fn part(edges: &[u16]) -> Result<Crop, Failure> {
    match *edges {
        [left, top, right, bottom] => Ok(Crop { left, top, right, bottom }),
        _ => Err(Failure::Usage("--keep LEFT TOP RIGHT BOTTOM".to_owned())),
    }
}

fn paper_at(corners: &[u16], (short, long): (u16, u16), landscape: bool) -> Result<Flat, Failure> {
    let [x1, y1, x2, y2, x3, y3, x4, y4] = *corners else {
        return Err(Failure::Usage("--corners X1 Y1 X2 Y2 X3 Y3 X4 Y4".to_owned()));
    };
    let (width, height) = if landscape { (long, short) } else { (short, long) };
    Ok(Flat { corners: [(x1, y1), (x2, y2), (x3, y3), (x4, y4)], width, height })
}

/// The pages of each component in their order, with the account that has to stay true: received is kept and set aside.
fn shown(view: &DossierView) -> Value {
    let components: Vec<Value> = view
        .components
        .iter()
        .map(|one| {
            let page = |page: &desk::view::PageView| {
                json!({ "id": page.id, "disposition": page.disposition, "aside": page.aside, "edit": value(&page.edit) })
            };
            json!({
                "index": one.index,
                "name": one.name,
                "pages": one.pages.iter().map(page).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({ "id": view.id, "components": components, "pages": value(view.pages) })
}
