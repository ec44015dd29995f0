//! The window as its user has it: keys, clicks, what can be read. Only actions; what must hold is said by the journeys.

use crate::close;
use crate::driver::Driver;
use crate::processes::{children, gone, signal};
use anyhow::{Context, Result, bail};
use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::{Client, Locator};
use serde_json::Value;
use std::time::{Duration, Instant};

/// How long anything on the screen may take before a journey gives up on it.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running window.
#[derive(Debug)]
pub struct App {
    client: Client,
    driver: Driver,
    pid: u32,
}

impl App {
    /// Takes over a window that was just opened, once it shows the sign-in screen.
    pub(crate) async fn attach(client: Client, driver: Driver, pid: u32) -> Result<Self> {
        let app = Self { client, driver, pid };
        app.appears("sign-in-password").await?;
        Ok(app)
    }

    /// The program's process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// The WebDriver session.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Closes the window as a person does, and waits for the program to end by itself.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn close(self) -> Result<()> {
        close::ask(self.pid, "Một Cửa")?;
        gone(self.pid, Duration::from_secs(10)).context("the window was closed")?;
        drop(self.driver);
        Ok(())
    }

    /// Ends the program like a power cut (SIGKILL).
    ///
    /// # Errors
    /// When it is still there.
    pub fn kill(self) -> Result<()> {
        signal(&self.pid.to_string(), "KILL");
        gone(self.pid, Duration::from_secs(5))
    }

    /// Ends the training central system like a power cut; says whether one was running.
    ///
    /// # Errors
    /// When it is still there.
    pub fn kill_central(&self) -> Result<bool> {
        let found = children(self.pid, "motcua-central");
        for pid in &found {
            signal(&pid.to_string(), "KILL");
            gone(*pid, Duration::from_secs(5))?;
        }
        Ok(!found.is_empty())
    }

    // ---- keys and clicks

    /// Presses a chord such as `F2`, `Enter` or `Ctrl+O`.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn press(&self, chord: &str) -> Result<()> {
        let keys = chord.split('+').map(key).collect::<Result<Vec<_>>>()?;
        let down = keys.iter().map(|key| KeyAction::Down { value: *key });
        let up = keys.iter().rev().map(|key| KeyAction::Up { value: *key });
        self.keys(down.chain(up)).await
    }

    /// Types text where the focus is, at the pace of a person in a hurry.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        let pause = KeyAction::Pause { duration: Duration::from_millis(45) };
        self.keys(text.chars().flat_map(|c| strike(c).into_iter().chain([pause.clone()]))).await
    }

    /// Does what a card reader does: types the card's text wherever the focus is, faster than a person, and Enter.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn reader_types(&self, text: &str) -> Result<()> {
        // The hand goes from the keys to the card; nobody types up to the last moment.
        tokio::time::sleep(Duration::from_millis(250)).await;
        self.keys(text.chars().chain(['\u{E007}']).flat_map(strike)).await
    }

    /// Has the reader read a whole card of province 099, whose warning shows that it is filled in, or that is asked about
    /// because somebody else is in its place; says how often it was held up. A machine too busy to deliver keys at a
    /// reader's pace tears the reading; then what is left of it is taken out of the field and the card is held up again,
    /// as a clerk would.
    ///
    /// # Errors
    /// When no reading of five comes through.
    pub async fn reads_card(&self, text: &str) -> Result<usize> {
        let read = format!("document.querySelector('{}, {}') !== null", css("card-warnings"), css("card-question"));
        let torn = format!("document.querySelector('{}') !== null", css("card-error"));
        for held_up in 1..=5 {
            let before =
                "const field = document.activeElement; window.before = { field, value: field?.value }; return true";
            self.run(before).await?;
            self.reader_types(text).await?;
            self.until("the card is read or refused", &format!("return {read} || {torn}")).await?;
            if self.run(&format!("return {read}")).await? == Value::Bool(true) {
                return Ok(held_up);
            }
            let put_back = "const { field, value } = window.before; if (value === undefined || value === field.value) return true; \
                 field.focus(); field.select(); document.execCommand('insertText', false, value); return true";
            self.run(put_back).await?;
        }
        bail!("the card was torn five times")
    }

    /// Takes hold of what has this test id and drags it by so many pixels.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn drag(&self, id: &str, (x, y): (f64, f64)) -> Result<()> {
        let duration = Some(Duration::from_millis(60));
        let element = self.client.find(Locator::Css(&css(id))).await.with_context(|| format!("{id} is not there"))?;
        let mouse = MouseActions::new("mouse".into())
            .then(PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 })
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::MoveBy { duration, x, y })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        Ok(self.client.perform_actions(mouse).await?)
    }

    async fn keys(&self, actions: impl Iterator<Item = KeyAction>) -> Result<()> {
        let keyboard = actions.fold(KeyActions::new("keyboard".into()), KeyActions::then);
        Ok(self.client.perform_actions(keyboard).await?)
    }

    /// Clicks what has this test id, once it is there and not greyed: a step may still be under way.
    ///
    /// # Errors
    /// When it does not appear.
    pub async fn click(&self, id: &str) -> Result<()> {
        let click =
            "const e = document.querySelector('{}'); if (!e || e.disabled) return false; e.click(); return true";
        self.until(&format!("{id} can be clicked"), &click.replace("{}", &css(id))).await
    }

    /// Puts the focus on what has this test id, once it is there.
    ///
    /// # Errors
    /// When it does not appear.
    pub async fn focus(&self, id: &str) -> Result<()> {
        self.appears(id).await?;
        self.run(&format!("document.querySelector('{}').focus(); return true", css(id))).await?;
        Ok(())
    }

    // ---- what can be seen

    /// Waits until something with this test id is there.
    ///
    /// # Errors
    /// When it does not appear.
    pub async fn appears(&self, id: &str) -> Result<()> {
        self.until(&format!("{id} appears"), &format!("return document.querySelector('{}') !== null", css(id))).await
    }

    /// Whether something with this test id is there.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn shows(&self, id: &str) -> Result<bool> {
        Ok(self.count(&css(id)).await? > 0)
    }

    /// The text of what has this test id: a field's value, a choice's chosen value, or what is written there.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn text(&self, id: &str) -> Result<String> {
        let script = format!(
            "const e = document.querySelector('{}'); if (!e) return null; \
             if (e.getAttribute('role') === 'radiogroup') return e.querySelector('input:checked')?.value ?? ''; \
             if (e.matches('input, textarea')) return e.value; return e.innerText.trim() || e.textContent.trim()",
            css(id)
        );
        let text = self.run(&script).await?;
        text.as_str().map(str::to_owned).with_context(|| format!("{id} is not there"))
    }

    /// An attribute of what has this test id; empty where it has none.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn attribute(&self, id: &str, name: &str) -> Result<String> {
        let script =
            format!("const e = document.querySelector('{}'); return e && (e.getAttribute('{name}') ?? '')", css(id));
        let value = self.run(&script).await?;
        value.as_str().map(str::to_owned).with_context(|| format!("{id} is not there"))
    }

    /// How many elements fit a CSS selector.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn count(&self, selector: &str) -> Result<u64> {
        let count = self.run(&format!("return document.querySelectorAll('{selector}').length")).await?;
        count.as_u64().context("no count")
    }

    /// Waits until an attribute of what has this test id has this value.
    ///
    /// # Errors
    /// When it does not come to that; says what it was instead.
    pub async fn until_attribute(&self, id: &str, name: &str, value: &str) -> Result<()> {
        let script = format!("return document.querySelector('{}')?.getAttribute('{name}') === '{value}'", css(id));
        let waited = self.until(&format!("{id} has {name} {value}"), &script).await;
        if waited.is_err() {
            let is = self.attribute(id, name).await?;
            return waited.with_context(|| format!("it is {is:?}"));
        }
        waited
    }

    /// Waits until `script` gives something true.
    ///
    /// # Errors
    /// When it does not in time; `what` says what was waited for.
    pub async fn until(&self, what: &str, script: &str) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        while self.run(script).await? != Value::Bool(true) {
            if Instant::now() > end {
                let page = self.run("return document.body.innerText").await?;
                bail!("waited in vain: {what}. The window says: {}", page.as_str().unwrap_or_default());
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        Ok(())
    }

    /// Notes each new value that `expression` takes from now on, as the page changes; read with [`Self::recorded`].
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn record(&self, name: &str, expression: &str) -> Result<()> {
        let script = format!(
            "const all = (window.recorded ??= {{}}); const seen = (all['{name}'] = []); \
             const note = () => {{ const now = {expression}; if (seen.at(-1) !== now) seen.push(now); }}; note(); \
             new MutationObserver(note).observe(document.body, \
               {{ subtree: true, childList: true, attributes: true, characterData: true }}); return true"
        );
        self.run(&script).await.map(drop)
    }

    /// What was noted under `name`, in order.
    ///
    /// # Errors
    /// When nothing is recorded under it.
    pub async fn recorded(&self, name: &str) -> Result<Vec<Value>> {
        let seen = self.run(&format!("return window.recorded['{name}']")).await?;
        seen.as_array().cloned().context("nothing is recorded")
    }

    /// Runs a script in the page.
    ///
    /// # Errors
    /// When the window is gone or the script fails.
    pub async fn run(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, vec![]).await?)
    }
}

/// The selector of a test id.
#[must_use]
pub fn css(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}

fn strike(c: char) -> [KeyAction; 2] {
    [KeyAction::Down { value: c }, KeyAction::Up { value: c }]
}

/// The code point that WebDriver gives a key (W3C WebDriver, 17.4.2).
fn key(name: &str) -> Result<char> {
    let mut letters = name.chars();
    Ok(match name {
        "Enter" => '\u{E007}',
        "Shift" => '\u{E008}',
        "Ctrl" => '\u{E009}',
        "Alt" => '\u{E00A}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "Tab" => '\u{E004}',
        "Delete" => '\u{E017}',
        "ArrowDown" => '\u{E015}',
        "ArrowUp" => '\u{E013}',
        "ArrowLeft" => '\u{E012}',
        "ArrowRight" => '\u{E014}',
        "PageDown" => '\u{E00F}',
        "F10" => '\u{E03A}',
        "F11" => '\u{E03B}',
        _ => match (letters.next(), letters.next(), letters.next()) {
            (Some('F'), Some(digit @ '1'..='9'), None) => {
                char::from_u32(0xE030 + digit.to_digit(10).unwrap_or_default()).context("no such key")?
            }
            (Some(letter), None, None) => letter.to_ascii_lowercase(),
            _ => bail!("{name} is no key"),
        },
    })
}
