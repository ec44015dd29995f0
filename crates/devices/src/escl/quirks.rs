//! What models do that the protocol does not say, as data: `assets/quirks/escl.json`, after the table of sane-airscan.

use serde::Deserialize;
use std::time::Duration;

const SHIPPED: &str = include_str!("../../../../assets/quirks/escl.json");

/// What one device needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Quirks {
    /// How much of the last page's time is waited before the next is asked for, in percent.
    pub(super) pause_percent: u32,
    /// The longest such wait.
    pub(super) pause_most: Duration,
    /// 404 and 410 mean that the page is not there yet.
    pub(super) not_yet: bool,
    /// The job is left alone at its end.
    pub(super) keep_job: bool,
    /// The feeder is looked at before a job is made.
    pub(super) look_first: bool,
    /// A jam before any page is an empty feeder.
    pub(super) jam_is_empty: bool,
    /// Sent as `Host` in place of the address.
    pub(super) host: Option<String>,
}

#[derive(Deserialize)]
struct Table {
    models: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Entry {
    model: String,
    pause_percent: u32,
    pause_most_ms: u64,
    not_yet: bool,
    keep_job: bool,
    look_first: bool,
    jam_is_empty: bool,
    host: Option<String>,
}

/// The tables in force: the one that ships and, after it, the station's own.
#[derive(Clone, Default)]
pub(super) struct QuirkTable(std::sync::Arc<Vec<Entry>>);

impl QuirkTable {
    /// The shipped table and `own`, a text of the same form; one that does not read is left out and said in the log.
    pub(super) fn with(own: Option<&str>) -> Self {
        let read = |text: &str| match serde_json::from_str::<Table>(text) {
            Ok(table) => table.models,
            Err(error) => {
                tracing::warn!(%error, "a quirk table does not read");
                Vec::new()
            }
        };
        Self(std::sync::Arc::new([SHIPPED].into_iter().chain(own).flat_map(read).collect()))
    }

    /// What the device that calls itself `make_and_model` needs.
    pub(super) fn of(&self, make_and_model: &str) -> Quirks {
        let name = make_and_model.to_lowercase();
        let fits = |entry: &&Entry| !entry.model.is_empty() && name.contains(&entry.model.to_lowercase());
        let mut quirks = Quirks::default();
        // Lent by a counter it is no device any more.
        if make_and_model.starts_with(super::share::MARK) {
            return quirks;
        }
        for entry in self.0.iter().filter(fits) {
            quirks.pause_percent = quirks.pause_percent.max(entry.pause_percent.min(1_000));
            quirks.pause_most = quirks.pause_most.max(Duration::from_millis(entry.pause_most_ms.min(60_000)));
            quirks.not_yet |= entry.not_yet;
            quirks.keep_job |= entry.keep_job;
            quirks.look_first |= entry.look_first;
            quirks.jam_is_empty |= entry.jam_is_empty;
            quirks.host = entry.host.clone().or(quirks.host);
        }
        quirks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_found_by_what_their_names_contain() {
        let table = QuirkTable::with(None);
        assert_eq!(table.of("Fujitsu fi-8170"), Quirks::default());
        assert_eq!(table.of("Brother MFC-L2710DW series").pause_percent, 50);
        let xerox = table.of("XEROX WorkCentre 3345");
        assert!(xerox.look_first && xerox.jam_is_empty && !xerox.not_yet);
        assert_eq!(table.of("HP LaserJet MFP M630").host.as_deref(), Some("localhost"));
        assert_eq!(table.of("Một Cửa: HP LaserJet MFP M630"), Quirks::default(), "lent by a counter");
    }

    #[test]
    fn a_stations_own_table_adds_and_a_broken_one_takes_nothing_away() {
        let own = r#"{ "models": [ { "model": "fi-8170", "not_yet": true } ] }"#;
        assert!(QuirkTable::with(Some(own)).of("Fujitsu fi-8170").not_yet);
        assert_eq!(QuirkTable::with(Some("{ no")).of("Brother X").pause_percent, 50);
    }
}
