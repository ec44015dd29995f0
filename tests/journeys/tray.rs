//! What an office machine put into a watched folder, taken from the tray of the real window into the selected paper: by keys,
//! gone from the folder only once it is stored, a file that is no page left where it lies (G7, T-08).

use anyhow::Result;
use std::time::{Duration, Instant};
use tests::app::css;
use tests::station::Station;
use tests::{papers, pictures};

#[tokio::test]
async fn what_waits_in_a_folder_goes_into_the_selected_paper() -> Result<()> {
    let station = Station::new()?;
    let folder = station.home("quet");
    std::fs::create_dir_all(&folder)?;
    let app = station.open().await?;
    app.sign_in("clerk").await?;
    app.close().await?;
    station.answer(["folder", "add", &folder.to_string_lossy()])?;
    let sample = std::fs::read(&papers::samples()?[0])?;
    let (scan, note) = (folder.join("may-photo-0001.jpg"), folder.join("ghi-chu.txt"));
    std::fs::write(&scan, &sample)?;
    std::fs::write(&note, "không phải trang giấy")?;

    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.begin_dossier("khai sinh", "1.001193").await?;
    let id = app.dossier_id().await?;
    app.press("F6").await?;
    app.until_attribute("component-2", "data-selected", "true").await?;
    app.press("Alt+k").await?;
    app.appears("tray-item").await?;
    pictures::take(&app, "49-tray").await?;
    assert!(scan.exists(), "nothing is taken before somebody says so");
    app.press("Ctrl+Enter").await?;
    app.until_attribute("component-2", "data-pages", "1").await?;
    let none = format!("return document.querySelector('{}') === null", css("tray-item"));
    app.until("the tray has nothing more to take", &none).await?;
    app.close().await?;

    let end = Instant::now() + Duration::from_secs(10);
    while scan.exists() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!scan.exists() && note.exists(), "the page is here, what is none stays there");
    let told = station.answer(["pages", &id])?;
    assert_eq!(told["components"][1]["pages"].as_array().map(Vec::len), Some(1), "{told}");
    Ok(())
}
