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
            // Where letters are large and the screen small, columns may be scrolled to.
            if (large && /auto|scroll/.test(style.overflowX) && at.scrollWidth > at.clientWidth) told = true;
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
    look(app, false).await
}

/// As [`faults`], of a window whose letters are large: what is wider than its place may be scrolled to inside of it.
///
/// # Errors
/// When the window is gone.
pub async fn faults_of_large_letters(app: &App) -> Result<Vec<String>> {
    look(app, true).await
}

async fn look(app: &App, large: bool) -> Result<Vec<String>> {
    let found = app.run(&format!("const large = {large}; {LOOK}")).await?;
    Ok(found.as_array().context("a list")?.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect())
}

/// Brings each control into sight and asks what is there then: itself, a part of it, or what it is a part of.
const REACH: &str = "
    const found = [];
    const controls = 'button, input, textarea, select, summary, a[href], [tabindex=\"0\"]';
    const top = [...document.querySelectorAll('[aria-modal=true]')].at(-1) ?? document.body;
    const scrolled = [...document.querySelectorAll('*')].map((e) => [e, e.scrollTop, e.scrollLeft]).filter(([, y, x]) => y || x);
    for (const one of top.querySelectorAll(controls)) {
        const shown = one.matches('.visually-hidden') ? one.closest('label') : one;
        if (!shown || one.closest('[aria-hidden=true]') || !shown.checkVisibility({ visibilityProperty: true })) continue;
        shown.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        const box = shown.getBoundingClientRect();
        if (box.width === 0 || box.height === 0) continue;
        // Of what is larger than its place, whatever is in sight.
        const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 40), 1), innerWidth - 1);
        const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 1), innerHeight - 1);
        const there = document.elementFromPoint(x, y);
        const name = one.dataset.testid ?? one.id ?? one.textContent.trim().slice(0, 40);
        const same = there && (shown.contains(there) || there.contains(shown));
        if (box.left > innerWidth || box.top > innerHeight || box.right < 0 || box.bottom < 0) found.push(`out of reach: ${name || one.outerHTML.slice(0, 80)}`);
        else if (!same && !one.disabled) found.push(`covered: ${name || one.outerHTML.slice(0, 80)} by ${there?.outerHTML.slice(0, 80)}`);
    }
    for (const [e, y, x] of scrolled) { e.scrollTop = y; e.scrollLeft = x; }
    return found;";

/// Controls that nobody can get at, whatever is scrolled; empty when there is none.
///
/// # Errors
/// When the window is gone.
pub async fn out_of_reach(app: &App) -> Result<Vec<String>> {
    let found = app.run(REACH).await?;
    Ok(found.as_array().context("a list")?.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect())
}
