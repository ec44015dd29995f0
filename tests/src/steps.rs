//! The steps that every journey takes: signing in, a new dossier, a procedure, a scan.

use crate::app::{App, css};
use crate::station::TRAINING_PASSWORD;
use anyhow::Result;
use serde_json::json;

impl App {
    /// Signs `login` in with the training password.
    ///
    /// # Errors
    /// When the frame does not come.
    pub async fn sign_in(&self, login: &str) -> Result<()> {
        self.click(&format!("sign-in-user-{login}")).await?;
        self.focus("sign-in-password").await?;
        self.type_text(TRAINING_PASSWORD).await?;
        self.press("Enter").await?;
        self.appears("status-sync").await
    }

    /// Waits until the station is enrolled with its central system and holds a block of numbers.
    ///
    /// # Errors
    /// When it does not come to that.
    pub async fn enrolled(&self) -> Result<()> {
        let numbers = "return /còn \\d+ số/.test(document.querySelector('footer').innerText)";
        self.until("the station has numbers", numbers).await
    }

    /// Opens a new dossier with F2.
    ///
    /// # Errors
    /// When the intake screen does not come.
    pub async fn new_dossier(&self) -> Result<()> {
        self.press("F2").await?;
        self.appears("applicant-id-number").await?;
        self.until("the focus is in the form", "return document.activeElement?.id === 'applicant-id_number'").await
    }

    /// Types into the procedure search, waits for `code` among the hits, and takes the first with Enter.
    ///
    /// # Errors
    /// When it is not found.
    pub async fn find_procedure(&self, typed: &str, code: &str) -> Result<()> {
        self.focus("procedure-search").await?;
        // Of a reading that a busy machine tore, the end may lie here; what is typed takes its place.
        self.run(&format!("document.querySelector('{}').select(); return true", css("procedure-search"))).await?;
        self.type_text(typed).await?;
        self.appears(&format!("procedure-hit-{code}")).await
    }

    /// Opens a new dossier of the procedure `code`, the first that `typed` finds, and waits for its papers.
    ///
    /// # Errors
    /// As [`Self::new_dossier`] and [`Self::find_procedure`].
    pub async fn begin_dossier(&self, typed: &str, code: &str) -> Result<()> {
        self.new_dossier().await?;
        self.find_procedure(typed, code).await?;
        self.press("Enter").await?;
        self.appears("component-1").await
    }

    /// Scans into the selected component with F5 and waits until the run is over.
    ///
    /// # Errors
    /// When no scanner is found or the run does not end.
    pub async fn scan(&self) -> Result<()> {
        self.until_attribute("status-scanner", "data-state", "on").await?;
        let before = self.count(&css("page-thumb")).await?;
        self.press("F5").await?;
        let more = format!("return document.querySelectorAll('{}').length > {before}", css("page-thumb"));
        self.until("a page appears", &more).await?;
        self.until("the run is over", &format!("return document.querySelector('{}') !== null", css("run-summary")))
            .await
    }

    /// Sets the size of the window's page.
    ///
    /// # Errors
    /// When the window does not take it.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.client().set_window_rect(0, 0, width, height).await?;
        let size = format!("return window.innerWidth === {width} && window.innerHeight === {height}");
        self.until(&format!("the page is {width} by {height}"), &size).await
    }

    /// Chooses one of a group of choices by its test id.
    ///
    /// # Errors
    /// When there is no such choice.
    pub async fn choose(&self, id: &str, value: &str) -> Result<()> {
        self.appears(id).await?;
        let choice = format!("{} input[value=\"{value}\"]", css(id));
        self.run(&format!("document.querySelector('{choice}').click(); return true")).await?;
        self.until(&format!("{id} is {value}"), &format!("return document.querySelector('{choice}').checked")).await
    }

    /// Types a value into a field, in place of what it holds.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn fill(&self, id: &str, text: &str) -> Result<()> {
        self.focus(id).await?;
        self.run(&format!("document.querySelector('{}').select(); return true", css(id))).await?;
        let script = "const [text] = arguments; document.execCommand('insertText', false, text); return true";
        self.client().execute(script, vec![json!(text)]).await?;
        Ok(())
    }

    /// The id of the dossier on the table.
    ///
    /// # Errors
    /// When none is there.
    pub async fn dossier_id(&self) -> Result<String> {
        self.attribute("intake", "data-dossier-id").await
    }
}
