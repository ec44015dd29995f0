//! Fees in the real window: the published wording, cash and its receipt, a void one, the transfer code read off the picture
//! of the screen by a witness, and the drawer counted against the book (E1 to E6).

use crate::screens::{ADDRESS, NAME, SIZES, dress, open};
use anyhow::{Context, Result};
use tests::app::App;
use tests::faults::Faults;
use tests::pictures;
use tests::programs::tool;
use tests::station::Station;
use tests::transfer::{self, Transfer};

#[tokio::test]
async fn money() -> Result<()> {
    let mut faults = Faults::default();
    let station = Station::at_console()?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    let draft = visit(&app).await?;
    pay_and_void(&app).await?;
    by_transfer(&app).await?;
    for theme in ["light", "dark"] {
        dress(&app, theme).await?;
        for (width, height) in SIZES {
            app.resize(width, height).await?;
            look(&app, &mut faults, &draft).await?;
        }
    }
    close_the_shift(&app, &mut faults).await?;
    app.close().await?;

    let told = station.answer(["receipts", "list"])?;
    let receipts = told["receipts"].as_array().context("receipts")?;
    let said = receipts.iter().map(|one| (one["number"].as_str(), one["method"].as_str(), !one["void"].is_null()));
    let expected = [(Some("0000002"), Some("vietqr"), false), (Some("0000001"), Some("cash"), true)];
    assert_eq!(said.collect::<Vec<_>>(), expected, "the console has the same book: {told}");
    let shift = station.answer(["shift", "show", "1"])?;
    assert_eq!(shift["shift"]["difference"], 1_000, "{shift}");
    faults.none()
}

/// Two procedures of somebody with a long name: an extract at a fixed price, and copies by the page under the longest title
/// of the catalogue. Gives the first of them.
async fn visit(app: &App) -> Result<String> {
    app.new_dossier().await?;
    app.reads_card(&format!("099199000001||{NAME}|02011999|Nữ|{ADDRESS}|01052021")).await?;
    take(app, "trich luc", "2.000635").await?;
    let first = app.dossier_id().await?;
    app.press("F3").await?;
    app.until("two dossiers", "return document.querySelectorAll('[data-testid=visit-dossier]').length === 2").await?;
    take(app, "sao y", "2.000815").await?;
    open(app, &first).await?;
    Ok(first)
}

async fn take(app: &App, typed: &str, code: &str) -> Result<()> {
    app.find_procedure(typed, code).await?;
    app.click(&format!("procedure-hit-{code}")).await?;
    app.appears("component-1").await?;
    app.appears("fee-panel").await
}

async fn pay_and_void(app: &App) -> Result<()> {
    app.press("F8").await?;
    app.appears("fee-take").await?;
    // The whole visit is offered only while every fee of it is known.
    let wording = "return document.querySelector('[aria-modal] .wording').innerText.startsWith('8.000 đồng/bản')";
    app.until("the published wording", wording).await?;
    assert_eq!(app.text("fee-due").await?, "Phải thu 8.000 đ");
    app.fill("fee-received", "50.000").await?;
    app.until("the change", "return document.querySelector('[data-testid=fee-change]').innerText.includes('42.000 đ')")
        .await?;
    app.press("Ctrl+Enter").await?;
    app.appears("fee-receipt-0000001").await?;
    app.click("fee-void").await?;
    app.fill("fee-void-reason", "Sai tên người nộp tiền: người nộp thay cho mẹ").await?;
    app.choose("fee-void-money", "replaced").await?;
    app.click("fee-void-do").await?;
    app.until_attribute("fee-receipt-0000001", "data-void", "true").await
}

/// What the citizen's telephone sees is what the screen shows: the picture of it is read by zbar, and what it says by a
/// reader of its own.
async fn by_transfer(app: &App) -> Result<()> {
    app.choose("fee-method", "vietqr").await?;
    for (width, height) in SIZES {
        app.resize(width, height).await?;
        app.press("Ctrl+Enter").await?;
        app.appears("transfer-code").await?;
        let picture = pictures::take(app, "40-transfer").await?;
        let words = ["-q".as_ref(), "--raw".as_ref(), picture.as_os_str()];
        let seen = String::from_utf8(tool("zbarimg", words)?)?.trim().to_owned();
        let said = transfer::read(&seen)?;
        let purpose = app.text("transfer-purpose").await?;
        let (bin, account) = ("970436".to_owned(), "0000000000000".to_owned());
        assert_eq!(said, Transfer { bin, account, amount: "8000".into(), purpose });
        assert!(said.purpose.starts_with("HS "), "a draft's own mark: {seen}");
        if width != SIZES[1].0 {
            app.press("Escape").await?;
            app.until("it is gone", "return !document.querySelector('[data-testid=transfer-code]')").await?;
        }
    }
    app.press("Ctrl+Enter").await?;
    app.appears("fee-receipt-0000002").await?;
    app.press("Escape").await?;
    app.until("paid", "return /Đã thu/.test(document.querySelector('[data-testid=fee-state]').innerText)").await
}

/// The panels as they are when most stands in them.
async fn look(app: &App, faults: &mut Faults, draft: &str) -> Result<()> {
    open(app, draft).await?;
    app.appears("fee-open").await?;
    faults.look(app, "fee-intake").await?;
    app.press("F8").await?;
    app.choose("fee-scope", "visit").await?;
    app.appears("fee-pages").await?;
    app.click("fee-void").await?;
    app.appears("fee-void-reason").await?;
    faults.look(app, "fee-panel").await?;
    app.run("document.querySelector('[aria-modal]').scrollTop = 9999; return true").await?;
    faults.look(app, "fee-panel-end").await?;
    app.press("Escape").await?;
    app.press("Shift+F8").await?;
    app.appears("shift-methods").await?;
    faults.look(app, "shift").await?;
    app.run("document.querySelector('[aria-modal]').scrollTop = 9999; return true").await?;
    faults.look(app, "shift-end").await?;
    app.press("Escape").await
}

async fn close_the_shift(app: &App, faults: &mut Faults) -> Result<()> {
    app.press("Shift+F8").await?;
    app.appears("shift-methods").await?;
    // The cash of the void receipt stands on no receipt any more, and a transfer is not in the drawer.
    assert_eq!(app.text("shift-expected").await?, "0 đ");
    app.fill("note-1000", "1").await?;
    app.until("over", "return /thừa/.test(document.querySelector('[data-testid=shift-difference]').innerText)").await?;
    app.fill("shift-reason", "Người nộp không lấy tiền thừa").await?;
    faults.look(app, "shift-counted").await?;
    app.press("Ctrl+Enter").await?;
    app.appears("shift-closed-1").await?;
    faults.look(app, "shift-closed").await?;
    app.press("Escape").await
}
