//! What an agency sets for its fees: who collects, into which account, on which series of receipts, by which table.

use crate::fault::Error;
use crate::station::Desk;
use chrono::{DateTime, Datelike, FixedOffset};
use domain::fee::FeeTable;
use domain::fee_receipt::{BookEntry, Collector, SerialBlock, Series};
use domain::fold::tidy;
use domain::money::EmptyTens;
use domain::vietqr::Payee;
use domain::{Office, Right, Role, Staff, StationId, TaxCode, VietQr};
use serde::{Deserialize, Serialize};
use store::tables::serial::BlockKind;
use store::{Reader, Writer};
use ts_rs::TS;

/// What an agency sets for its fees (cấu hình thu phí).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct FeeSettings {
    /// Who collects, as receipts name it (tổ chức thu).
    pub collector: String,
    /// Its tax code; receipts leave room for it where it is empty.
    pub tax_code: String,
    /// Who collects on its behalf where a postal clerk takes the money (bên được ủy nhiệm thu).
    pub delegate: String,
    /// The bank's BIN, six digits.
    pub bin: String,
    /// The bank's name, for people.
    pub bank: String,
    /// The agency's account.
    pub account: String,
    /// Whose account it is, as the bank writes it.
    pub account_name: String,
    /// Sign of the form of the receipts that are printed here (ký hiệu mẫu).
    pub template: String,
    /// Sign of their series (ký hiệu).
    pub sign: String,
    /// Whether the series is an electronic one, whose numbers end with the year.
    pub electronic: bool,
    /// How an empty place of tens is read: linh, lẻ.
    pub empty_tens: EmptyTens,
}

pub(super) const SETTINGS: &str = "fees";
const TABLE: &str = "fee_table";

/// Longest text of a setting.
const LONGEST: usize = 200;

/// Longest sign of a form or a series.
const LONGEST_SIGN: usize = 20;

/// A table of every fee of a province is a tenth of this.
const LARGEST_TABLE: u64 = 8 * 1024 * 1024;

/// Numbers that a training station begins with.
const TRAINING_SERIALS: u32 = 500;

impl FeeSettings {
    /// The series that receipts are printed on, where one is set.
    pub(super) fn series(&self) -> Option<Series> {
        let set = !self.template.is_empty() && !self.sign.is_empty();
        set.then(|| Series { template: self.template.clone(), sign: self.sign.clone() })
    }

    pub(super) fn payee(&self) -> Option<Payee> {
        (!self.bin.is_empty() && !self.account.is_empty()).then(|| Payee::typed(&self.bin, &self.account))
    }

    /// Who collects when `staff` takes the money; a postal clerk does it on the agency's behalf (D§7.2).
    pub(crate) fn collector(&self, staff: &Staff) -> Collector {
        let delegate = Some(self.delegate.clone()).filter(|name| staff.role == Role::Postal && !name.is_empty());
        Collector { name: self.collector.clone(), tax_code: self.tax_code.parse().ok(), delegate }
    }

    fn tidied(&self) -> Result<Self, Error> {
        let text = |text: &str| -> String { tidy(text).chars().take(LONGEST).collect() };
        let plain = |text: &str| -> String { text.chars().filter(|letter| !letter.is_whitespace()).collect() };
        let tidied = Self {
            collector: text(&self.collector),
            tax_code: plain(&self.tax_code),
            delegate: text(&self.delegate),
            bin: plain(&self.bin),
            bank: text(&self.bank),
            account: plain(&self.account),
            account_name: text(&self.account_name),
            template: sign(&self.template)?,
            sign: sign(&self.sign)?,
            ..self.clone()
        };
        if !tidied.tax_code.is_empty() && tidied.tax_code.parse::<TaxCode>().is_err() {
            return Err(Error::BadInput("tax_code"));
        }
        if let Some(payee) = tidied.payee() {
            VietQr::new(&tidied.bin, payee, None, None).map_err(|_| Error::BadInput("account"))?;
        } else if !tidied.bin.is_empty() || !tidied.account.is_empty() {
            return Err(Error::BadInput("account"));
        }
        if tidied.template.is_empty() != tidied.sign.is_empty() {
            return Err(Error::BadInput("series"));
        }
        Ok(tidied)
    }
}

/// A sign as it is kept: without what would break it apart where it is named.
pub(super) fn sign(typed: &str) -> Result<String, Error> {
    let sign: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    let fits = sign.chars().count() <= LONGEST_SIGN
        && sign.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '.' | '_'));
    if fits { Ok(sign.to_uppercase()) } else { Err(Error::BadInput("series")) }
}

impl Desk {
    /// What is set for fees.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn fee_settings(&self) -> Result<FeeSettings, Error> {
        self.require(Right::Read)?;
        self.store()?.read(|r| self.fee_settings_in(r))
    }

    /// Sets it. Another series holds from the next receipt on; numbers of the one before stay in the book.
    ///
    /// # Errors
    /// [`Error::BadInput`] names the field; when the role may not administer.
    pub fn set_fee_settings(&self, settings: &FeeSettings) -> Result<FeeSettings, Error> {
        let staff = self.require(Right::Administer)?;
        let (settings, now) = (settings.tidied()?, self.now());
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(SETTINGS, &settings)?;
            tx.log(now, Some(staff.id), "settings.fees", &settings.sign)?;
            Ok(())
        })?;
        // The numbers of a new series are asked for at once.
        self.wake.notify_one();
        self.fee_settings()
    }

    pub(crate) fn fee_settings_in(&self, r: &Reader<'_>) -> Result<FeeSettings, Error> {
        if let Some(settings) = r.setting::<FeeSettings>(SETTINGS)? {
            return Ok(settings);
        }
        let office: Option<Office> = r.setting("office")?;
        Ok(FeeSettings { collector: office.map(|office| collector(&office)).unwrap_or_default(), ..Default::default() })
    }

    /// Brings in the agency's own fee table; it stands before the national one. How many rules it has.
    ///
    /// # Errors
    /// [`Error::BadFeeTable`] names the first rule that cannot be used; when the role may not administer.
    pub fn import_fee_table(&self, text: &str) -> Result<usize, Error> {
        let staff = self.require(Right::Administer)?;
        let text = text.trim_start_matches('\u{feff}');
        let table = FeeTable::from_json(text).map_err(|error| Error::BadFeeTable(error.to_string()))?;
        let (now, rules) = (self.now(), table.rules().len());
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(TABLE, &table)?;
            tx.log(now, Some(staff.id), "fees.import", &rules.to_string())?;
            Ok(())
        })?;
        Ok(rules)
    }

    /// The same from a file that was picked.
    ///
    /// # Errors
    /// When it cannot be read, and as [`Self::import_fee_table`].
    pub fn import_fee_file(&self, path: &std::path::Path) -> Result<u32, Error> {
        self.require(Right::Administer)?;
        let bytes = std::fs::metadata(path).map_err(|error| Error::file(path, error))?.len();
        if bytes > LARGEST_TABLE {
            return Err(Error::FileTooHeavy { megabytes: bytes / (1024 * 1024) });
        }
        let text = std::fs::read_to_string(path).map_err(|error| Error::file(path, error))?;
        Ok(u32::try_from(self.import_fee_table(&text)?).unwrap_or(u32::MAX))
    }

    /// The agency's table, then the national one.
    pub(super) fn fee_tables(r: &Reader<'_>) -> Result<Vec<FeeTable>, Error> {
        let own: Option<serde_json::Value> = r.setting(TABLE)?;
        let own = own.map(|own| FeeTable::from_json(&own.to_string())).transpose();
        let national = FeeTable::from_json(include_str!("../../../../assets/fees/national.json"));
        let bad = |error: domain::fee::BadFeeTable| Error::BadFeeTable(error.to_string());
        Ok(own.map_err(bad)?.into_iter().chain([national.map_err(bad)?]).collect())
    }
}

/// The agency above the unit collects; a unit of its own does it itself.
fn collector(office: &Office) -> String {
    if office.parent.trim().is_empty() { office.name.clone() } else { office.parent.clone() }
}

/// A training station takes fees from its first minute: made-up account, made-up series.
pub(crate) fn train(
    tx: &Writer<'_>,
    office: &Office,
    station: StationId,
    at: DateTime<FixedOffset>,
) -> Result<(), Error> {
    let year = at.year();
    let settings = FeeSettings {
        collector: collector(office),
        delegate: "Bưu điện An Mẫu".to_owned(),
        bin: "970436".to_owned(),
        bank: "Ngân hàng mẫu".to_owned(),
        account: "0000000000000".to_owned(),
        account_name: "UBND XA AN MAU".to_owned(),
        template: "01BLP2-001".to_owned(),
        sign: format!("99AA-{:02}T", year % 100),
        ..FeeSettings::default()
    };
    if let Some(series) = settings.series() {
        let block = SerialBlock { series, first: 1, last: TRAINING_SERIALS, station, year: None };
        tx.add_serial_block(&BookEntry::Leased(block), BlockKind::Leased, at)?;
    }
    Ok(tx.set(SETTINGS, &settings)?)
}
