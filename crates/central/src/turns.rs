//! Whose turn it is: how two machines that speak as one station are noticed (T-49).
//!
//! Each round begins with what the last one ended with. The one before is taken too, because an answer may be lost;
//! it then gets another answer, so that of two copies which alternate one soon shows what nobody was given.

use crate::central::Central;
use crate::error::{Failure, Refusal};
use crate::secrets;
use crate::tables::station::Station;
use crate::tables::turn::{self, Turns};
use protocol::{ProblemCode, Turn};

impl Central {
    /// Takes what `station` shows and gives it what to show the next time.
    ///
    /// # Errors
    /// [`ProblemCode::StationCloned`] when another machine has used it up, from then on for both.
    pub fn turn(&self, station: &Station, shown: &Turn) -> Result<Turn, Failure> {
        let next = secrets::mint_turn()?;
        let shown = shown.turn.as_deref().map(secrets::hash);
        let known = self.database.write(|tx| -> Result<bool, Failure> {
            let before = match turn::find(tx, station.id)? {
                None => shown,
                Some(turns) if shown.is_some_and(|shown| secrets::same(&shown, &turns.current)) => shown,
                Some(turns) if shown == turns.before => shown,
                Some(_) => {
                    turn::mark_cloned(tx, station.id)?;
                    return Ok(false);
                }
            };
            turn::put(tx, station.id, &Turns { current: secrets::hash(&next), before })?;
            Ok(true)
        })?;
        if known { Ok(Turn { turn: Some(next) }) } else { Err(cloned()) }
    }
}

/// The refusal of a station that is two.
pub(crate) fn cloned() -> Failure {
    Refusal::new(ProblemCode::StationCloned, "two machines speak as this station; enroll it again").into()
}
