//! axe-core inside the program's own page: what stands in the way of somebody who cannot see it or cannot use a mouse.

use crate::app::App;
use crate::programs::checkout;
use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Every rule there is; an element a line, with what to mend.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    // What moves is looked at where it comes to rest.
    document.getAnimations().forEach((animation) => { try { animation.finish(); } catch { animation.cancel(); } });
    axe.run(document, { resultTypes: ['violations'] }).then(
        (found) => done(found.violations.flatMap((rule) => rule.nodes.map((node) =>
            `${rule.id} (${rule.impact}): ${node.target.join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`))),
        (error) => done(String(error)),
    );";

/// What axe-core calls a violation in what the window shows now; empty when there is none.
///
/// # Errors
/// When the window is gone, or axe-core is not installed (`npm ci` in `ui`) or fails itself.
pub async fn violations(app: &App) -> Result<Vec<String>> {
    if app.run("return window.axe === undefined").await? == Value::Bool(true) {
        let file = checkout().join("ui/node_modules/axe-core/axe.min.js");
        let source = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        app.run(&format!("{source}; return true")).await?;
    }
    let found = app.client().execute_async(RUN, vec![]).await?;
    let Some(found) = found.as_array() else { bail!("axe-core: {found}") };
    Ok(found.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect())
}
