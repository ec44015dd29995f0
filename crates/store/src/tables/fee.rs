//! What dossiers owe and what was paid for them: the clerk's choices, and the shares of the receipts.

use super::{id16, json, to_json};
use crate::{Error, Reader, Writer};
use domain::fee::FeeChoice;
use domain::{CommandId, Dong, DossierId};
use rusqlite::OptionalExtension;

/// What a receipt paid for one dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeeShare {
    /// The command of the receipt.
    pub command: CommandId,
    /// The dossier.
    pub dossier: DossierId,
    /// How much.
    pub amount: Dong,
    /// True once the receipt is void.
    pub void: bool,
}

const SHARE: &str =
    "SELECT s.command, s.dossier, s.amount, s.void FROM fee_share s JOIN fee_entry e ON e.command = s.command";

impl Reader<'_> {
    /// What the clerk decided for a dossier's fee; what holds for all where nothing was decided.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it does not read back.
    pub fn fee_choice(&self, dossier: DossierId) -> Result<FeeChoice, Error> {
        let mut query = self.0.prepare_cached("SELECT body FROM fee_choice WHERE dossier = ?1")?;
        let body: Option<String> = query.query_row([dossier.as_bytes()], |row| row.get(0)).optional()?;
        Ok(body.map(|body| json(&body)).transpose()?.unwrap_or_default())
    }

    /// What was paid for a dossier, void receipts too, in that order.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn fee_shares(&self, dossier: DossierId) -> Result<Vec<FeeShare>, Error> {
        self.shares(&format!("{SHARE} WHERE s.dossier = ?1 ORDER BY e.n"), dossier.as_bytes())
    }

    /// The dossiers that a receipt paid for.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn fee_shares_of(&self, command: CommandId) -> Result<Vec<FeeShare>, Error> {
        self.shares(&format!("{SHARE} WHERE s.command = ?1 ORDER BY s.dossier"), command.as_bytes())
    }

    fn shares(&self, sql: &str, id: &[u8; 16]) -> Result<Vec<FeeShare>, Error> {
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map([id], |row| {
            Ok(FeeShare {
                command: CommandId::from_bytes(id16(row, 0)?),
                dossier: DossierId::from_bytes(id16(row, 1)?),
                amount: Dong::new(row.get(2)?),
                void: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Keeps what the clerk decided for a dossier's fee.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn put_fee_choice(&self, dossier: DossierId, choice: &FeeChoice) -> Result<(), Error> {
        let sql = "INSERT INTO fee_choice (dossier, body) VALUES (?1, ?2) \
                   ON CONFLICT (dossier) DO UPDATE SET body = excluded.body";
        self.0.prepare_cached(sql)?.execute((dossier.as_bytes(), to_json(choice)?))?;
        Ok(())
    }

    /// Notes that a receipt paid for a dossier. Its entry in the book comes first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn add_fee_share(&self, command: CommandId, dossier: DossierId, amount: Dong) -> Result<(), Error> {
        let sql = "INSERT INTO fee_share (command, dossier, amount) VALUES (?1, ?2, ?3)";
        self.0.prepare_cached(sql)?.execute((command.as_bytes(), dossier.as_bytes(), amount.value()))?;
        Ok(())
    }

    /// A void receipt pays for nothing any more.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn void_fee_shares(&self, command: CommandId) -> Result<(), Error> {
        self.0.prepare_cached("UPDATE fee_share SET void = 1 WHERE command = ?1")?.execute([command.as_bytes()])?;
        Ok(())
    }
}
