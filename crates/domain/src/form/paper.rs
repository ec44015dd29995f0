//! A printed form as data: a head, blocks in their order, signatures, a foot. It holds the words, not their places.

use super::{Form, Regulation};
use crate::{Dossier, Office, PartyKind};
use chrono::{DateTime, FixedOffset};

/// Who makes a sheet, when and under which rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The agency.
    pub office: Office,
    /// Whose forms it follows.
    pub regulation: Regulation,
    /// Who makes the sheet, as it is signed.
    pub clerk: String,
    /// When it is made.
    pub at: DateTime<FixedOffset>,
    /// How often it was printed before; more than nought prints "bản in lại" (F4).
    pub reprint: u32,
    /// A sheet of the training mode says so across its head.
    pub training: bool,
}

/// A form that is ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Which form.
    pub form: Form,
    /// Who made it, when, under which rules.
    pub issue: Issue,
    /// Code of the dossier it is about, if it is about one that has one.
    pub code: Option<String>,
    /// True while that code is provisional.
    pub provisional: bool,
    /// The provisional codes it had before, which stand on what was printed then (O8).
    pub former_codes: Vec<String>,
    /// What stands in brackets under the title.
    pub under_title: Vec<String>,
    /// The content from top to bottom.
    pub blocks: Vec<Block>,
    /// From left to right; at most three.
    pub signatures: Vec<Signature>,
    /// The text of the code in the top left corner (TT 01/2023/TT-VPCP art 26).
    pub code_text: String,
    /// The sheet it asks for.
    pub sheet: Sheet,
    /// How often the whole is repeated, each copy saying which it is (liên, bản).
    pub copies: Vec<String>,
    /// What stands pale across the sheet, such as that it no longer holds.
    pub stamp: Option<&'static str>,
}

/// The sheet that a form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// What the office has set for its slips: A5 by law, A4 by practice.
    AsSet,
    /// A4 upright.
    A4,
    /// A4 lying.
    A4Landscape,
}

/// One block of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A label with its value; nothing where the value is empty.
    Field(&'static str, Vec<Span>),
    /// A label with dots to the end of the line, to be written on by hand.
    Blank(&'static str),
    /// Telephone and mail, on one line where both fit.
    Contact {
        /// Telephone.
        phone: String,
        /// Mail.
        email: String,
    },
    /// A paragraph.
    Text(Vec<Span>),
    /// Entries; they are numbered where there are several.
    Entries(Vec<String>),
    /// A table.
    Table(Table),
    /// A paragraph in small italics.
    Note(String),
    /// A little room.
    Space,
    /// A code as big as the sheet lets it be, to be read from a scan, with its words below.
    BigCode {
        /// What it holds.
        text: String,
        /// What stands below it.
        below: String,
    },
}

/// A stretch of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Upright.
    Plain(String),
    /// Bold.
    Strong(String),
    /// Italic.
    Slanted(String),
}

/// Where a column's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right, for amounts.
    Right,
}

/// One column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub head: &'static str,
    /// Its part of the width, in parts of the sum of all.
    pub parts: u16,
    /// Where its text stands.
    pub align: Align,
}

/// A table; its head is repeated on every page, a row is never torn unless it is longer than a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// From left to right.
    pub columns: Vec<Column>,
    /// From top to bottom; each as long as `columns`.
    pub rows: Vec<Vec<String>>,
}

/// A place to sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// In what role.
    pub role: &'static str,
    /// The name below, if it is known.
    pub name: String,
}

impl Span {
    /// Upright text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    /// Bold text.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::Strong(text.into())
    }

    /// Italic text.
    pub fn slanted(text: impl Into<String>) -> Self {
        Self::Slanted(text.into())
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Strong(text) | Self::Slanted(text) => text,
        }
    }
}

impl Block {
    /// A label with a plain value.
    pub(super) fn field(label: &'static str, value: impl Into<String>) -> Self {
        Self::Field(label, vec![Span::plain(value)])
    }

    /// A label with a bold value.
    pub(super) fn strong(label: &'static str, value: impl Into<String>) -> Self {
        Self::Field(label, vec![Span::strong(value)])
    }

    /// A plain paragraph.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(vec![Span::plain(text)])
    }
}

impl Column {
    pub(super) fn left(head: &'static str, parts: u16) -> Self {
        Self { head, parts, align: Align::Left }
    }

    pub(super) fn center(head: &'static str, parts: u16) -> Self {
        Self { head, parts, align: Align::Center }
    }

    pub(super) fn right(head: &'static str, parts: u16) -> Self {
        Self { head, parts, align: Align::Right }
    }
}

impl Signature {
    pub(super) fn of(role: &'static str, name: impl Into<String>) -> Self {
        Self { role, name: name.into() }
    }
}

impl Document {
    /// An empty form about one dossier, with its code and the text of the corner's code.
    pub(super) fn about(form: Form, dossier: &Dossier, issue: Issue) -> Self {
        let code = dossier.code.as_ref().map(ToString::to_string);
        let procedure = dossier.procedure.as_ref().map_or("", |procedure| procedure.code.as_str());
        let mut document = Self::of(form, issue);
        document.code_text =
            document.corner(code.as_deref().unwrap_or_default(), procedure, dossier.applicant.number());
        document.code = code;
        document.provisional = dossier.provisional;
        document
    }

    /// An empty form about no dossier in particular.
    pub(super) fn of(form: Form, issue: Issue) -> Self {
        let mut document = Self {
            form,
            issue,
            code: None,
            provisional: false,
            former_codes: Vec::new(),
            under_title: Vec::new(),
            blocks: Vec::new(),
            signatures: Vec::new(),
            code_text: String::new(),
            sheet: Sheet::AsSet,
            copies: Vec::new(),
            stamp: None,
        };
        document.code_text = document.corner("", "", "");
        document
    }

    /// The form's title under the office's regulation.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.form.title(self.issue.regulation)
    }

    /// What a sheet that was printed before says of itself. Of a fee receipt each part is printed once; another one is a
    /// copy and says so (D§7.2).
    #[must_use]
    pub fn reprint_mark(&self) -> Option<String> {
        let mark = if self.form == Form::FeeReceipt { "BẢN SAO – in lại" } else { "BẢN IN LẠI" };
        (self.issue.reprint > 0).then(|| format!("{mark} lần {}", self.issue.reprint))
    }

    /// As on the receipt ([`crate::Receipt::qr_text`]), without an appointment.
    pub(super) fn corner(&self, code: &str, procedure: &str, id_number: &str) -> String {
        let plain = |text: &str| text.replace('|', " ");
        let at = self.issue.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, false);
        let fields = [code, procedure, id_number, self.title(), &self.issue.office.system];
        let fields: Vec<String> = fields.into_iter().map(plain).collect();
        format!("MC1|{}|{at}", fields.join("|"))
    }

    /// Who hands in and what is asked for, as every slip begins (the rows of D§2.3).
    pub(super) fn who_and_what(&mut self, dossier: &Dossier) {
        let owner = &dossier.applicant;
        let (whose, number, owners_number) = match owner.kind {
            PartyKind::Person => ("Tiếp nhận hồ sơ của Ông/Bà:", "Số CMND/Căn cước/Hộ chiếu:", "số định danh"),
            PartyKind::Organization => ("Tiếp nhận hồ sơ của:", "Mã số thuế:", "mã số thuế"),
        };
        self.blocks.push(Block::strong(whose, owner.name.clone()));
        if let Some(representative) = &dossier.representative {
            let person = &representative.person;
            let ground = Span::plain(format!(" ({})", representative.ground()));
            self.blocks.push(Block::Field("Người nộp:", vec![Span::strong(person.name.clone()), ground]));
            self.blocks.push(Block::field("Địa chỉ:", person.address.clone()));
            let own = |own: &str, owners: &str| if own.is_empty() { owners.to_owned() } else { own.to_owned() };
            let (phone, email) = (own(&person.phone, &owner.phone), own(&person.email, &owner.email));
            self.blocks.push(Block::Contact { phone, email });
            self.blocks.push(Block::field("Số CMND/Căn cước/Hộ chiếu:", person.id_number.clone()));
            self.request(dossier);
            let named = format!("{}, {owners_number} {}", owner.name, owner.number());
            self.blocks.push(Block::field("Chủ hồ sơ:", named));
            self.blocks.push(Block::field("Địa chỉ chủ hồ sơ:", owner.address.clone()));
            return;
        }
        self.blocks.push(Block::field("Địa chỉ:", owner.address.clone()));
        self.blocks.push(Block::Contact { phone: owner.phone.clone(), email: owner.email.clone() });
        self.blocks.push(Block::field(number, owner.number()));
        self.request(dossier);
    }

    /// What is asked for.
    pub(super) fn request(&mut self, dossier: &Dossier) {
        if let Some(procedure) = &dossier.procedure {
            let code = format!(" (mã thủ tục: {})", procedure.code);
            let spans = vec![Span::strong(procedure.name.clone()), Span::plain(code)];
            self.blocks.push(Block::Field("Nội dung yêu cầu giải quyết:", spans));
        }
    }

    /// Where to ask.
    pub(super) fn help_line(&mut self) {
        let office = &self.issue.office;
        let mut help = String::new();
        if !office.address.trim().is_empty() {
            help.push_str(&format!("Địa chỉ: {}. ", office.address.trim()));
        }
        if !office.phone.trim().is_empty() {
            help.push_str(&format!("Điện thoại liên hệ: {}. ", office.phone.trim()));
        }
        if !office.lookup_url.trim().is_empty() {
            help.push_str(&format!("Tra cứu tại {}.", office.lookup_url.trim()));
        }
        if !help.is_empty() {
            self.blocks.push(Block::Note(help.trim().to_owned()));
        }
    }
}
