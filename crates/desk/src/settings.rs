//! What a station lets people choose: language, look, devices.

use crate::fault::Error;
use crate::station::Desk;
use crate::view::{Locale, StationView, Theme};
use domain::Right;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Devices chosen at this station. What is empty is left to the system.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Preferences {
    /// Id of the scanner that F5 uses.
    pub scanner: Option<String>,
    /// Its paper source.
    pub source: Option<devices::Source>,
    /// Its resolution.
    pub dpi: Option<u32>,
    /// Its mode.
    pub mode: Option<devices::Mode>,
    /// What becomes of pages with nothing on them.
    pub blank: domain::BlankPolicy,
    /// What is done when its feeder is empty.
    pub when_empty: devices::WhenEmpty,
    /// Whether a key on it does what F5 does.
    pub device_button: bool,
    /// Name of the printer for receipts.
    pub printer: Option<String>,
    /// Paper of the receipt: `a5` (TT 01/2018 art 9) or `a4` (as many provinces print it).
    pub receipt_paper: crate::papers::Paper,
    /// Whether accept-and-next begins the next dossier with the same procedure.
    pub keep_procedure: bool,
    /// Whether the citizen's screen opens with the work.
    pub citizen_screen: bool,
}

/// How large everything in the window is, in percent of its usual size (cỡ chữ): 100 to 200 (R3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(export)]
pub struct Zoom(u32);

impl Zoom {
    /// A size; what is smaller or larger than the window can show well becomes the next that it can.
    #[must_use]
    pub fn new(percent: u32) -> Self {
        Self(percent.clamp(100, 200))
    }

    /// What lengths are multiplied with.
    #[must_use]
    pub fn factor(self) -> f64 {
        f64::from(Self::new(self.0).0) / 100.0
    }
}

impl Default for Zoom {
    fn default() -> Self {
        Self(100)
    }
}

const PREFERENCES: &str = "preferences";

impl Desk {
    /// Chooses the language.
    ///
    /// # Errors
    /// When the profile cannot be written.
    pub fn set_locale(&self, locale: Locale) -> Result<StationView, Error> {
        self.change_profile(|profile| profile.locale = locale)?;
        Ok(self.station())
    }

    /// Chooses the look.
    ///
    /// # Errors
    /// When the profile cannot be written.
    pub fn set_theme(&self, theme: Theme) -> Result<StationView, Error> {
        self.change_profile(|profile| profile.theme = theme)?;
        Ok(self.station())
    }

    /// Chooses how large everything is.
    ///
    /// # Errors
    /// When the profile cannot be written.
    pub fn set_zoom(&self, zoom: Zoom) -> Result<StationView, Error> {
        self.change_profile(|profile| profile.zoom = Zoom::new(zoom.0))?;
        Ok(self.station())
    }

    /// The chosen devices.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn preferences(&self) -> Result<Preferences, Error> {
        self.require(Right::Read)?;
        Ok(self.store()?.read(|r| r.setting(PREFERENCES))?.unwrap_or_default())
    }

    /// Chooses devices.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn set_preferences(&self, preferences: &Preferences) -> Result<Preferences, Error> {
        let staff = self.require(Right::Intake)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(PREFERENCES, preferences)?;
            tx.log(now, Some(staff.id), "settings.devices", "")?;
            Ok(())
        })?;
        self.preferences()
    }
}
