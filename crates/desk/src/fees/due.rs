//! What is due for a dossier and for its whole visit, and what the clerk decides about it.

use super::book_of;
use crate::accept::LONGEST_REASON;
use crate::fault::Error;
use crate::station::Desk;
use crate::view::{DossierFee, FeeItemView, FeesView, NextSerial, ReliefView, TransferCode};
use domain::fee::{FeeChoice, FeeTable, ReliefReason, owed};
use domain::fee_receipt::FeeBook;
use domain::fold::tidy;
use domain::{Dong, Dossier, DossierId, Right, Staff, Status, VietQr};
use std::collections::BTreeSet;
use store::Reader;
use store::tables::serial::{BlockKind, SerialRow};

/// Most items, originals, pages and copies that are counted for one fee.
const MOST: u32 = 9_999;

/// What one dossier owes, with what was paid.
pub(super) struct Due {
    pub(super) dossier: Dossier,
    pub(super) owed: domain::fee::Owed,
    pub(super) paid: Dong,
    choice: FeeChoice,
}

impl Due {
    /// What is still to be paid.
    pub(super) fn left(&self) -> Option<Dong> {
        let left = self.owed.total?.minus(self.paid)?;
        Some(left.max(Dong::ZERO))
    }

    fn view(self) -> DossierFee {
        let left = self.left();
        let items = self.owed.items.into_iter().map(|item| FeeItemView {
            name: item.name,
            text: item.text,
            basis: item.basis,
            amount: item.amount,
            lines: item.lines.iter().map(ToString::to_string).collect(),
        });
        let reliefs = self.owed.reliefs.into_iter().map(|relief| ReliefView {
            name: relief.reason.to_string(),
            reason: relief.reason,
            percent: relief.percent,
            text: relief.text,
        });
        DossierFee {
            dossier: self.dossier.id,
            code: self.dossier.code.as_ref().map(ToString::to_string),
            procedure: self.dossier.procedure.map(|procedure| procedure.name).unwrap_or_default(),
            items: items.collect(),
            total: self.owed.total,
            paid: self.paid,
            left,
            needs: self.owed.needs,
            counted: self.owed.counted,
            unit: self.owed.unit,
            reliefs: reliefs.collect(),
            choice: self.choice,
            ambiguous: self.owed.ambiguous,
        }
    }
}

/// What is still to be paid for all of them, or nothing while one is open.
pub(super) fn left_of(dues: &[Due]) -> Option<Dong> {
    dues.iter().map(Due::left).collect::<Option<Vec<_>>>().and_then(Dong::sum)
}

/// Who pays, where nobody says otherwise: who stands at the counter.
pub(super) fn payer(dossier: &Dossier) -> (String, String, String) {
    let person = dossier.representative.as_ref().map_or(&dossier.applicant, |representative| &representative.person);
    (person.name.clone(), person.address.clone(), person.number().to_owned())
}

/// What a transfer says that it is for: the dossier's number, by which the agency finds it in its account (D§7.3). A
/// draft has none yet and gives a mark of its own, by which it is found also when it has its number.
pub(super) fn purpose(dossier: &Dossier, others: usize) -> String {
    let mark = match &dossier.code {
        Some(code) => code.to_string(),
        None => domain::vietqr::mark(dossier.id),
    };
    let more = if others > 0 { format!(" {}HS", others + 1) } else { String::new() };
    domain::vietqr::folded_purpose(&format!("{mark}{more}"))
}

impl Desk {
    /// What a dossier and its visit owe, and what was paid.
    ///
    /// # Errors
    /// [`Error::DossierNotFound`]; when nobody is signed in.
    pub fn fees(&self, id: DossierId) -> Result<FeesView, Error> {
        let staff = self.require(Right::Read)?;
        self.store()?.read(|r| {
            let dues = self.dues(r, id, true)?;
            let next = self.next_serial(r)?;
            let own = dues.iter().find(|due| due.dossier.id == id).ok_or(Error::DossierNotFound)?;
            let (payer, ..) = payer(&own.dossier);
            let (left, left_visit) = (own.left(), left_of(&dues));
            let receipts = self.receipts_of(r, &dues, &staff)?;
            Ok(FeesView {
                dossier: id,
                command: self.clock.id(),
                left,
                left_visit,
                dossiers: dues.into_iter().map(Due::view).collect(),
                receipts,
                next,
                can_transfer: self.fee_settings_in(r)?.payee().is_some(),
                payer,
                may_collect: self.may(&staff, Right::Collect),
            })
        })
    }

    /// Keeps what the clerk decided for a dossier's fee.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`] where an amount that was worked out is replaced without a reason, or less is paid for no
    /// named reason; [`Error::BadInput`] for amounts and counts that do not fit.
    pub fn set_fee(&self, id: DossierId, choice: &FeeChoice) -> Result<FeesView, Error> {
        let staff = self.require(Right::Collect)?;
        let (choice, now) = (checked(choice)?, self.now());
        self.store()?.write(|tx| -> Result<(), Error> {
            let dossier = tx.reader().dossier(id)?.ok_or(Error::DossierNotFound)?;
            if let Some(given) = &choice.amount
                && given.reason.is_empty()
            {
                let plain = FeeChoice { amount: None, ..choice.clone() };
                let known = self.owed_by(&tx.reader(), &dossier, &plain)?.total;
                if known.is_some_and(|known| known != given.amount) {
                    return Err(Error::ReasonMissing);
                }
            }
            tx.put_fee_choice(id, &choice)?;
            tx.log(now, Some(staff.id), "fee.choice", &id.to_string())?;
            Ok(())
        })?;
        self.fees(id)
    }

    /// The transfer code for what is still to be paid, or for a part of it, for the citizen's bank.
    ///
    /// # Errors
    /// [`Error::NoAccount`], [`Error::NothingDue`], [`Error::FeeUnknown`]; [`Error::BadInput`] for a part that is none.
    pub fn transfer_code(&self, id: DossierId, whole_visit: bool, part: Option<Dong>) -> Result<TransferCode, Error> {
        self.require(Right::Collect)?;
        self.store()?.read(|r| {
            let settings = self.fee_settings_in(r)?;
            let payee = settings.payee().ok_or(Error::NoAccount)?;
            let dues = self.dues(r, id, whole_visit)?;
            let due = amount_of(&dues)?;
            let amount = part.unwrap_or(due);
            if amount <= Dong::ZERO || amount > due {
                return Err(Error::BadInput("part"));
            }
            let paying = dues.iter().filter(|due| due.left() != Some(Dong::ZERO)).count();
            let own = dues.iter().find(|due| due.dossier.id == id).ok_or(Error::DossierNotFound)?;
            let purpose = purpose(&own.dossier, paying.saturating_sub(1));
            let code = VietQr::new(&settings.bin, payee, Some(amount), Some(&purpose))
                .map_err(|_| Error::BadInput("account"))?;
            let payload = code.payload();
            Ok(TransferCode {
                rows: pdf::forms::squares(&payload)?,
                payload,
                amount,
                purpose,
                bank: settings.bank,
                account: settings.account,
                account_name: settings.account_name,
            })
        })
    }

    /// The dossier first, then the others of its visit that are not thrown away.
    pub(super) fn dues(&self, r: &Reader<'_>, id: DossierId, whole_visit: bool) -> Result<Vec<Due>, Error> {
        let own = r.dossier(id)?.ok_or(Error::DossierNotFound)?;
        let others = if whole_visit { r.visit(own.visit_root())? } else { Vec::new() };
        let tables = Self::fee_tables(r)?;
        let mut dues = vec![self.fee_due(r, &tables, own)?];
        for other in others.into_iter().filter(|other| *other != id) {
            let Some(dossier) = r.dossier(other)? else { continue };
            dues.push(self.fee_due(r, &tables, dossier)?);
        }
        Ok(dues)
    }

    fn fee_due(&self, r: &Reader<'_>, tables: &[FeeTable], dossier: Dossier) -> Result<Due, Error> {
        let choice = r.fee_choice(dossier.id)?;
        let tables: Vec<&FeeTable> = tables.iter().collect();
        let owed = owed(&tables, &dossier, &Self::office_code(r)?, self.fee_day(&dossier), &choice);
        let shares = r.fee_shares(dossier.id)?;
        let paid = Dong::sum(shares.iter().filter(|share| !share.void).map(|share| share.amount));
        Ok(Due { owed, paid: paid.unwrap_or(Dong::ZERO), dossier, choice })
    }

    fn owed_by(&self, r: &Reader<'_>, dossier: &Dossier, choice: &FeeChoice) -> Result<domain::fee::Owed, Error> {
        let tables = Self::fee_tables(r)?;
        let tables: Vec<&FeeTable> = tables.iter().collect();
        Ok(owed(&tables, dossier, &Self::office_code(r)?, self.fee_day(dossier), choice))
    }

    /// The amount of the day on which the dossier was handed in; of a draft, today's.
    fn fee_day(&self, dossier: &Dossier) -> chrono::NaiveDate {
        let day = |at: chrono::DateTime<chrono::FixedOffset>| at.with_timezone(&self.calendar.offset()).date_naive();
        dossier.received_at.filter(|_| dossier.status != Status::Draft).map_or_else(|| self.today(), day)
    }

    /// The agency, within a look that is under way.
    fn office_code(r: &Reader<'_>) -> Result<domain::OfficeCode, Error> {
        let office: Option<domain::Office> = r.setting("office")?;
        Ok(office.ok_or_else(|| store::Error::Damaged("office".into()))?.code)
    }

    /// The receipts that paid for any of these dossiers, newest first.
    fn receipts_of(
        &self,
        r: &Reader<'_>,
        dues: &[Due],
        who: &Staff,
    ) -> Result<Vec<crate::view::FeeReceiptView>, Error> {
        let (mut commands, mut blocks) = (BTreeSet::new(), BTreeSet::new());
        for due in dues {
            commands.extend(r.fee_shares(due.dossier.id)?.iter().map(|share| share.command));
        }
        for command in &commands {
            blocks.extend(r.block_of_command(*command)?);
        }
        let rows: Vec<SerialRow> = r.serial_blocks()?.into_iter().filter(|row| blocks.contains(&row.n)).collect();
        let mut receipts = Vec::new();
        for row in rows {
            let book = book_of(r, std::slice::from_ref(&row))?;
            for receipt in commands.iter().filter_map(|command| book.receipt_of(*command)) {
                receipts.push((receipt.payment.at, self.receipt_view(r, receipt, row.kind, who)?));
            }
        }
        super::newest_first(&mut receipts);
        Ok(receipts.into_iter().map(|(_, view)| view).collect())
    }

    fn next_serial(&self, r: &Reader<'_>) -> Result<Option<NextSerial>, Error> {
        let open = r.open_serial_blocks()?;
        let Some(chosen) = self.serials_to_use(r, &open, false)? else { return Ok(None) };
        let book = book_of(r, &chosen.rows)?;
        let Some(first) = chosen.rows.first() else { return Ok(None) };
        Ok(Some(next_of(&book, first, self.today())))
    }
}

fn next_of(book: &FeeBook, row: &SerialRow, day: chrono::NaiveDate) -> NextSerial {
    NextSerial {
        template: row.series.template.clone(),
        sign: row.series.sign.clone(),
        number: super::written(row.next),
        left: book.left(&row.series.template, day),
        paper: row.kind == BlockKind::Paper,
    }
}

/// What is to be paid now; nothing is taken while a fee is open or nothing is due.
pub(super) fn amount_of(dues: &[Due]) -> Result<Dong, Error> {
    let open: Vec<String> = dues.iter().filter(|due| due.left().is_none()).map(name_of).collect();
    if !open.is_empty() {
        return Err(Error::FeeUnknown(open.join("; ")));
    }
    left_of(dues).filter(|left| *left > Dong::ZERO).ok_or(Error::NothingDue)
}

/// What a dossier is called where several are named.
fn name_of(due: &Due) -> String {
    let procedure = due.dossier.procedure.as_ref().map(|procedure| procedure.name.clone());
    due.dossier.code.as_ref().map(ToString::to_string).or(procedure).unwrap_or_else(|| "hồ sơ nháp".to_owned())
}

/// What was typed, within what can be counted.
fn checked(choice: &FeeChoice) -> Result<FeeChoice, Error> {
    let mut choice = choice.clone();
    let text = |text: &str| -> String { tidy(text).chars().take(LONGEST_REASON).collect() };
    let counts = choice.originals.iter().all(|one| one.pages <= MOST && one.copies <= MOST);
    if choice.items > MOST || choice.originals.len() > 100 || !counts {
        return Err(Error::BadInput("items"));
    }
    choice.originals.retain(|one| one.pages > 0 && one.copies > 0);
    if let Some(given) = &mut choice.amount {
        if given.amount < Dong::ZERO || given.amount.value() > 1_000_000_000_000 {
            return Err(Error::BadInput("amount"));
        }
        given.reason = text(&given.reason);
    }
    if let Some(relief) = &mut choice.relief {
        relief.proof = text(&relief.proof);
        relief.percent = relief.percent.clamp(1, 100);
        if let ReliefReason::Other(reason) = &mut relief.reason {
            *reason = text(reason);
            if reason.is_empty() {
                return Err(Error::ReasonMissing);
            }
        }
    }
    Ok(choice)
}
