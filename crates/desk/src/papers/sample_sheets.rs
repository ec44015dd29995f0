//! Samples of what is not of one dossier: lists, the book, a visit, money. Made up like the dossier they are of.

use crate::fault::Error;
use crate::station::Desk;
use chrono::{DateTime, FixedOffset, TimeDelta};
use domain::fee_receipt::{
    CashBundle, CashCount, FeeReceipt, FeeReceiptLine, FeeReceiptState, MethodTotal, Payment, PaymentMethod, Series,
    Shift, ShiftSummary,
};
use domain::form::{self, ClosedShift, Document, PrintedFee};
use domain::{CommandId, Dong, Dossier, DossierCode, Form};

/// What the sample fee is.
const FEE: i64 = 8_000;
/// What lay in the drawer of the sample shift.
const FLOAT: i64 = 200_000;

impl Desk {
    /// A sample of a form of many dossiers or of none; nothing for a form of one dossier.
    pub(super) fn sample_of_many(&self, form: Form, at: DateTime<FixedOffset>) -> Result<Option<Document>, Error> {
        let one = self.sample()?;
        let clerk = one.people.first().map(|staff| staff.name.clone()).unwrap_or_default();
        let issue = self.issue(&clerk, at)?;
        let mut other = one.dossier.clone();
        other.code = Some(DossierCode::official(&self.office()?.code, at.date_naive(), 2));
        other.applicant.name = "Trần Văn Mẫu".to_owned();
        let two = [one.dossier.clone(), other];
        Ok(Some(match form {
            Form::Handover | Form::HandoverResults => {
                let rows: Vec<_> = two.iter().map(|dossier| self.handed_row(dossier, &one.log)).collect();
                match form {
                    Form::Handover => form::handover(&rows, "", issue),
                    _ => form::handover_results(&rows, "", issue),
                }
            }
            Form::TrackingBook => {
                let rows = (1..).zip(&two).filter_map(|(number, dossier)| self.book_row(number, dossier, &one.log));
                form::tracking_book(&rows.collect::<Vec<_>>(), "", issue)
            }
            Form::DossierList => {
                let rows: Vec<_> = two.iter().map(|dossier| self.listed_row(dossier)).collect();
                form::dossier_list(&rows, "", rows.len(), issue)
            }
            Form::VisitReceipt => form::visit_receipt(&two, issue).ok_or(Error::NothingToPrint)?,
            Form::FeeReceipt => self.sample_fee_receipt(&one.dossier, issue)?,
            Form::ShiftClose => self.sample_shift(&clerk, issue)?,
            Form::Receipt
            | Form::Supplement
            | Form::Refusal
            | Form::Apology
            | Form::Stop
            | Form::Control
            | Form::ResultReceipt
            | Form::CoverSheet
            | Form::History
            | Form::DueExplanation
            | Form::QueueTicket => return Ok(None),
        }))
    }

    /// The series that is set, or one that nobody has.
    fn sample_series(&self) -> Result<Series, Error> {
        let set = self.fee_settings()?;
        let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
        Ok(Series { template: or(set.template, "01BLP2-001"), sign: or(set.sign, "00AA-00T") })
    }

    fn sample_fee_receipt(&self, dossier: &Dossier, issue: form::Issue) -> Result<Document, Error> {
        let settings = self.fee_settings()?;
        let staff = self.require(domain::Right::Read)?;
        let person = &dossier.applicant;
        let payment = Payment {
            command: CommandId::from_bytes([0; 16]),
            collector: settings.collector(&staff),
            payer: person.name.clone(),
            address: person.address.clone(),
            payer_id: person.id_number.clone(),
            dossier: dossier.code.clone(),
            lines: vec![FeeReceiptLine {
                name: "Phí cấp bản sao trích lục hộ tịch".to_owned(),
                amount: Dong::new(FEE),
            }],
            method: PaymentMethod::Cash,
            also: Vec::new(),
            at: issue.at,
            staff: staff.id,
        };
        let (series, total) = (self.sample_series()?, Dong::new(FEE));
        let receipt = FeeReceipt { series, serial: 1, payment, total, state: FeeReceiptState::Issued, prints: 0 };
        let dossiers: Vec<String> = dossier.code.iter().map(ToString::to_string).collect();
        let texts = ["8.000 đồng/bản".to_owned()];
        let empty_tens = settings.empty_tens;
        Ok(form::fee_receipt(&PrintedFee { receipt: &receipt, dossiers: &dossiers, texts: &texts, empty_tens }, issue))
    }

    fn sample_shift(&self, clerk: &str, issue: form::Issue) -> Result<Document, Error> {
        let bundle = |note: i64, count: u32| CashBundle { note: Dong::new(note), count };
        let counted = CashCount(vec![bundle(200_000, 1), bundle(5_000, 1), bundle(2_000, 1), bundle(1_000, 1)]);
        let total = counted.total().unwrap_or(Dong::ZERO);
        let (from, to) = (issue.at - TimeDelta::hours(4), issue.at);
        let taken = Dong::new(FEE);
        let summary = ShiftSummary {
            shift: Shift { staff: None, from, to, float: Dong::new(FLOAT) },
            methods: vec![MethodTotal { method: PaymentMethod::Cash, receipts: 1, taken, void: Dong::ZERO }],
            serials: vec![(self.sample_series()?, 1, 1)],
            void: Vec::new(),
            set_aside: Vec::new(),
            expected: total,
            counted: total,
            difference: Dong::ZERO,
        };
        let station = self.profile().station;
        let (summary, counted) = (&summary, &counted);
        let empty_tens = self.fee_settings()?.empty_tens;
        Ok(form::shift_close(
            &ClosedShift { number: 1, station: &station, clerk, summary, counted, reason: "", empty_tens },
            issue,
        ))
    }
}
