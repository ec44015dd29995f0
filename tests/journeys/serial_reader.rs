//! A reader on a serial port fills the form of the real window, through being pulled out and plugged in again (T-52).

use crate::{CARD, form};
use anyhow::Result;
use tests::pictures;
use tests::serial::SerialReader;
use tests::station::Station;

#[tokio::test]
async fn serial_reader_fills_the_form() -> Result<()> {
    let station = Station::at_console()?;
    let mut reader = SerialReader::new(station.path());
    let port = reader.port();
    station.answer(["readers".as_ref(), "set".as_ref(), "--port".as_ref(), port.as_os_str()])?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;

    app.click("nav-settings").await?;
    app.click("settings-nav-reader").await?;
    app.until_attribute("reader-status", "data-status", "missing").await?;
    reader.plug_in()?;
    app.until_attribute("reader-status", "data-status", "ready").await?;
    pictures::take(&app, "13-reader-settings").await?;

    app.new_dossier().await?;
    reader.read(&CARD[..22])?;
    app.appears("card-error").await?;
    assert_eq!(form(&app).await?[..2], ["", ""], "a torn reading fills nothing");
    reader.read(CARD)?;
    app.until("the form is filled", "return document.querySelector('[data-testid=applicant-name]').value !== ''")
        .await?;
    assert_eq!(form(&app).await?[..3], ["099199000001", "TRẦN THỊ NGỌC MẪU", "02/01/1999"]);
    app.until("the procedure is next", "return document.activeElement?.id === 'procedure-search'").await?;
    pictures::take(&app, "13-reader-card").await?;

    // Pulled out and plugged in again, with another citizen's card.
    app.click("nav-settings").await?;
    app.click("settings-nav-reader").await?;
    reader.pull_out();
    app.until_attribute("reader-status", "data-status", "missing").await?;
    reader.plug_in()?;
    app.until_attribute("reader-status", "data-status", "ready").await?;
    reader.read("099199000002||LÊ THỊ HAI|03031999|Nữ|Thôn 9, xã Mẫu|01052021")?;
    app.until(
        "a card on another screen begins a dossier",
        "return document.querySelector('[data-testid=applicant-name]')?.value === 'LÊ THỊ HAI'",
    )
    .await?;
    app.close().await
}
