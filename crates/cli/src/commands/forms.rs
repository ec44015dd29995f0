//! What an office chooses for its forms, at the console.

use super::{told, value};
use crate::arguments::{FormPaper, Forms, Regulation};
use crate::output::Failure;
use desk::{Desk, Paper};
use serde_json::Value;

/// `motcua forms`
pub(crate) fn forms(desk: &Desk, forms: &Forms) -> Result<Value, Failure> {
    let before = || told(desk, desk.forms());
    let view = match forms {
        Forms::Show => before()?,
        Forms::Office(lines) => {
            let mut office = before()?.office;
            for (line, said) in [
                (&mut office.parent, &lines.parent),
                (&mut office.name, &lines.name),
                (&mut office.place, &lines.place),
                (&mut office.address, &lines.address),
                (&mut office.phone, &lines.phone),
                (&mut office.lookup_url, &lines.lookup),
                (&mut office.system, &lines.system),
            ] {
                if let Some(said) = said {
                    line.clone_from(said);
                }
            }
            told(desk, desk.set_office(&office))?
        }
        Forms::Regulation { regulation } => {
            let chosen = match regulation {
                Regulation::Tt01 => desk::Regulation::Tt01,
                Regulation::Tt03 => desk::Regulation::Tt03,
            };
            told(desk, desk.set_regulation(chosen))?
        }
        Forms::Set { form, paper, printer, copies } => {
            let found = before()?.forms.into_iter().find(|one| one.choice.form == *form);
            let mut choice = found.ok_or_else(|| Failure::Usage(format!("{}: no such form", form.as_str())))?.choice;
            if let Some(paper) = paper {
                choice.paper = match paper {
                    FormPaper::A4 => Some(Paper::A4),
                    FormPaper::A5 => Some(Paper::A5),
                    FormPaper::Default => None,
                };
            }
            if printer.is_some() {
                choice.printer.clone_from(printer);
            }
            choice.copies = copies.unwrap_or(choice.copies);
            told(desk, desk.set_form(&choice))?
        }
        Forms::Logo { file: Some(file), none: _ } => told(desk, desk.set_logo_file(file))?,
        Forms::Logo { file: None, none: _ } => told(desk, desk.set_logo(None))?,
    };
    Ok(value(view))
}
