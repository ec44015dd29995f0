//! What is wrong with what the window shows, gathered over many screens with the picture it is wrong in: faults of layout,
//! and what axe-core calls a violation. Told together, so that one run shows all.

use crate::app::App;
use crate::{axe, layout, pictures};
use anyhow::{Result, ensure};
use std::collections::BTreeMap;

/// What was found so far.
#[derive(Debug, Default)]
pub struct Faults(BTreeMap<String, Vec<String>>);

impl Faults {
    /// Takes a picture of what the window shows and looks for faults in it.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn look(&mut self, app: &App, name: &str) -> Result<()> {
        let faults = layout::faults(app).await?;
        self.taken(app, name, faults).await
    }

    async fn taken(&mut self, app: &App, name: &str, faults: Vec<String>) -> Result<()> {
        let picture = pictures::take(app, &format!("screen-{name}")).await?;
        let file = picture.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let found = [faults, axe::violations(app).await?].concat();
        self.add(&file, found);
        Ok(())
    }

    fn add(&mut self, place: &str, found: Vec<String>) {
        for fault in found {
            let places = self.0.entry(fault).or_default();
            if places.last().is_none_or(|last| last != place) {
                places.push(place.to_owned());
            }
        }
    }

    /// As [`Self::look`], of large letters on a small screen.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn look_at_large(&mut self, app: &App, name: &str) -> Result<()> {
        let faults = layout::faults_of_large_letters(app).await?;
        self.taken(app, name, faults).await
    }

    /// As [`Self::look_at_large`], and whether every control can be brought into sight and is covered by nothing there.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn look_and_reach(&mut self, app: &App, name: &str) -> Result<()> {
        self.look_at_large(app, name).await?;
        let found = layout::out_of_reach(app).await?;
        self.add(name, found);
        Ok(())
    }

    /// Fails with all that was found.
    ///
    /// # Errors
    /// When anything was.
    pub fn none(self) -> Result<()> {
        let told: Vec<String> = self
            .0
            .iter()
            .map(|(fault, places)| format!("{fault}\n    in {}: {}", places.len(), places.join(" ")))
            .collect();
        ensure!(told.is_empty(), "{} faults:\n{}", told.len(), told.join("\n"));
        Ok(())
    }
}
