//! Faults of layout that a program can see: a page that scrolls sideways, text that is cut off without a sign.

use crate::app::App;
use anyhow::{Context, Result};

/// Looks at every piece of text in sight and at what clips it. An ellipsis or a clamp says that there is more.
const LOOK: &str = "
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
    const says = (style) => style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const node = texts.currentNode;
        const text = node.data.trim();
        const hidden = node.parentElement.closest('.visually-hidden, [aria-hidden=true], script, style, title');
        if (!text || hidden || getComputedStyle(node.parentElement).visibility === 'hidden') continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        if (box.width === 0 || box.height === 0) continue;
        let over = '';
        let told = false;
        for (let at = node.parentElement; at && at !== document.documentElement; at = at.parentElement) {
            const style = getComputedStyle(at);
            if (says(style)) { told = true; break; }
            const edge = at.getBoundingClientRect();
            const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY);
            if (scrolls) break;
            if (style.overflowX !== 'visible' && (box.right > edge.right + 1 || box.left < edge.left - 1)) over = 'at the side';
            if (style.overflowY !== 'visible' && box.bottom > edge.bottom + 3) over = 'below';
            if (style.position === 'fixed') break;
        }
        if (told) continue;
        if (over) found.push(`cut ${over}: ${text}`);
        else if (box.right > innerWidth + 1) found.push(`beyond the window: ${text}`);
    }
    return found;";

/// What is wrong with the layout of what the window shows; empty when nothing is.
///
/// # Errors
/// When the window is gone.
pub async fn faults(app: &App) -> Result<Vec<String>> {
    let found = app.run(LOOK).await?;
    Ok(found.as_array().context("a list")?.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect())
}
