//! A card that is read halfway: said plainly, and nothing of it in any field.

use crate::{CARD, form};
use anyhow::Result;
use tests::pictures;
use tests::station::Station;

#[tokio::test]
async fn unreadable_card_fills_nothing() -> Result<()> {
    let station = Station::new()?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.new_dossier().await?;
    app.fill("applicant-name", "Nguyễn Văn Đang Gõ").await?;
    app.fill("note", "đang ghi").await?;
    let before = form(&app).await?;

    let halves = ["099199000001||TRẦN THỊ NGỌC", "9000001||TRẦN THỊ NGỌC MẪU|02011999|Nữ|Thôn 1", "099199000001||||||"];
    // Wherever the focus is: in a field that is being typed in, in an empty one, and on no field at all.
    for (half, focus) in halves.into_iter().zip(["applicant-name", "applicant-address", "new-dossier"]) {
        app.focus(focus).await?;
        app.reader_types(half).await?;
        app.appears("card-error").await?;
        let said = app.text("card-error").await?.to_lowercase();
        assert!(said.contains("không đọc được"), "it says plainly that the card was not read: {said}");
        assert_eq!(form(&app).await?, before, "{half:?} read over {focus} left something behind");
    }
    pictures::take(&app, "12-card-unreadable").await?;

    // Somebody else's name was typed: nobody is pushed out before the clerk says so.
    app.reads_card(CARD).await?;
    app.appears("card-question").await?;
    assert_eq!(form(&app).await?, before, "nothing changes while it is asked whose place the card takes");
    pictures::take(&app, "12-card-asked").await?;
    app.click("card-seat-owner").await?;
    app.until(
        "the message goes with the next good reading, and the form is filled",
        "return !document.querySelector('[data-testid=card-error]') \
         && document.querySelector('[data-testid=applicant-id-number]').value !== ''",
    )
    .await?;
    assert_eq!(form(&app).await?[..2], ["099199000001", "TRẦN THỊ NGỌC MẪU"], "the good reading fills the form");
    assert_eq!(form(&app).await?[7], "đang ghi", "and nothing else");
    app.close().await
}
