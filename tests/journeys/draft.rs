//! A draft outlives the program, however it ends (A2, T-02).

use crate::{CARD, form};
use anyhow::Result;
use tests::app::css;
use tests::pictures;
use tests::station::Station;

#[tokio::test]
async fn a_draft_survives_kill_9() -> Result<()> {
    let station = Station::new()?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.new_dossier().await?;
    app.reads_card(CARD).await?;
    app.find_procedure("khai sinh", "1.001193").await?;
    app.press("Enter").await?;
    app.appears("component-1").await?;
    app.fill("applicant-phone", "0292 000 0001").await?;
    app.fill("note", "Gọi trước khi trả").await?;
    app.focus("component-1").await?;
    app.scan().await?;
    app.until_attribute("component-2", "data-selected", "true").await?;
    app.until_attribute("save-state", "data-state", "saved").await?;
    let before = form(&app).await?;

    // The power goes in the middle of the next run, when its first page has been shown.
    app.press("F5").await?;
    let thumb = format!("return document.querySelector('{} {}') !== null", css("component-2"), css("page-thumb"));
    app.until("a page of the second run appears", &thumb).await?;
    let thumbs = format!("return [...document.querySelectorAll('{}')].map((e) => e.dataset.pageId)", css("page-thumb"));
    let shown = app.run(&thumbs).await?;
    app.kill()?;

    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.appears("draft-row").await?;
    assert_eq!(app.count(&css("draft-row")).await?, 1);
    let row = app.text("draft-row").await?;
    assert!(row.contains("TRẦN THỊ NGỌC MẪU"), "the list says whose it is: {row}");
    pictures::take(&app, "15-draft-after-kill").await?;
    app.click("draft-row").await?;
    app.appears("component-1").await?;
    assert_eq!(form(&app).await?, before, "every field is as it was");
    assert_eq!(app.text("procedure-name").await?, "Thủ tục đăng ký khai sinh");
    let kept = app.run(&thumbs).await?;
    let (kept, shown) = (kept.as_array().unwrap(), shown.as_array().unwrap());
    assert_eq!(kept[..shown.len().min(kept.len())], shown[..], "every page that was shown is there, in its place");
    assert!(shown.len() >= 4, "three pages of the first run and one of the second: {shown:?}");
    let drawn =
        format!("return [...document.querySelectorAll('{} img')].every((p) => p.naturalWidth > 0)", css("page-thumb"));
    app.until("every page can be looked at", &drawn).await?;
    pictures::take(&app, "16-draft-opened-again").await?;
    app.close().await
}

/// Every field of the form that takes text, as the window shows them; what is added later is among them by itself.
const TEXT_FIELDS: &str = "return [...document.querySelectorAll('.fields input, .fields textarea')]
    .filter((e) => e.dataset.testid && e.offsetParent && !e.readOnly && ['text', 'tel', 'textarea'].includes(e.type))
    .map((e) => e.dataset.testid).filter((id) => id !== 'procedure-search')";

/// What is typed into a field so that it means something there.
fn value_for(field: &str, n: usize) -> String {
    match field {
        _ if field.contains("birth-date") => "02/01/1999".into(),
        _ if field.contains("id-number") => format!("0991990000{n:02}"),
        _ if field.contains("phone") => format!("02920000{n:03}"),
        _ if field.contains("email") => format!("mau{n}@an-mau.example"),
        _ => format!("Chữ trong ô thứ {n}"),
    }
}

/// A2: the power goes after each field in turn, as soon as the screen says that it is kept; and every draft comes back.
#[tokio::test]
async fn every_field_and_every_draft_survives_kill_9() -> Result<()> {
    let station = Station::new()?;
    let (what, attribute, value) = ("save-state", "data-state", "saved");
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.new_dossier().await?;
    app.fill("applicant-name", "Lê Văn Trước").await?;
    app.until_attribute(what, attribute, value).await?;
    app.kill()?;

    let app = station.open().await?;
    app.sign_in("clerk").await?;
    app.appears("draft-row").await?;
    app.new_dossier().await?;
    let fields = app.run(TEXT_FIELDS).await?;
    let fields: Vec<String> =
        fields.as_array().into_iter().flatten().filter_map(|f| f.as_str()).map(str::to_owned).collect();
    assert!(fields.len() >= 7, "the form has fields: {fields:?}");
    let mut app = app;
    for (n, field) in fields.iter().enumerate() {
        app.fill(field, &value_for(field, n)).await?;
        app.until_attribute(what, attribute, value).await?;
        app.kill()?;
        app = station.open().await?;
        app.sign_in("clerk").await?;
        app.appears("draft-row").await?;
        assert_eq!(app.count(&css("draft-row")).await?, 2, "both drafts are back after {field}");
        app.click("draft-row").await?;
        app.appears("applicant-name").await?;
        for (n, field) in fields.iter().enumerate().take(n + 1) {
            assert_eq!(app.text(field).await?, value_for(field, n), "{field}, the newest draft first");
        }
    }
    // Between two groups of keys: what was kept before stands, whatever became of the rest.
    let last = fields.last().expect("fields");
    let before = value_for(last, fields.len() - 1);
    app.focus(last).await?;
    app.run("const e = document.activeElement; e.setSelectionRange(e.value.length, e.value.length); return true")
        .await?;
    app.type_text(" và thêm").await?;
    app.kill()?;
    let app = station.open().await?;
    app.sign_in("clerk").await?;
    app.appears("draft-row").await?;
    app.click("draft-row").await?;
    app.appears("applicant-name").await?;
    let kept = app.text(last).await?;
    assert!(kept.starts_with(&before) && format!("{before} và thêm").starts_with(&kept), "{kept}");
    app.close().await
}
