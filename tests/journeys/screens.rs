//! Every screen, light and dark, small and large, with the longest of everything: pictures for people to look at, and
//! faults that need no eye (axe-core is no eye either).

use anyhow::Result;
use serde_json::{Value, json};
use tests::app::App;
use tests::faults::Faults;
use tests::papers;
use tests::printer::PrintSystem;
use tests::programs;
use tests::station::Station;

/// 60 letters, as the longest names in use.
pub(crate) const NAME: &str = "Công Tằng Tôn Nữ Hoàng Phương Thiên Kim Ngọc Bảo Trân Nguyễn";
/// Three lines of the form.
pub(crate) const ADDRESS: &str = "Số nhà 128/45/6B, ngõ 12 đường Nguyễn Thị Minh Khai nối dài, tổ dân phố số 14, khu tập thể \
    Nhà máy Cơ khí, phường An Mẫu Đông, thành phố Cần Thơ";

pub(crate) const SIZES: [(u32, u32); 2] = [(1366, 768), (1920, 1080)];

#[tokio::test]
async fn screens() -> Result<()> {
    let mut faults = Faults::default();
    empty(&mut faults).await?;
    filled(&mut faults).await?;
    faults.none()
}

/// The screens of a station on its first morning.
async fn empty(faults: &mut Faults) -> Result<()> {
    let station = Station::new()?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    faults.look(&app, "sign-in").await?;
    app.sign_in("clerk").await?;
    app.enrolled().await?;
    for theme in ["light", "dark"] {
        dress(&app, theme).await?;
        for (width, height) in SIZES {
            app.resize(width, height).await?;
            app.click("nav-today").await?;
            app.appears("received-count").await?;
            faults.look(&app, "today-empty").await?;
            app.click("nav-dossiers").await?;
            app.appears("dossier-filter").await?;
            faults.look(&app, "dossiers-empty").await?;
            app.click("status-sync").await?;
            app.appears("sync-now").await?;
            faults.look(&app, "outbox-empty").await?;
            app.new_dossier().await?;
            faults.look(&app, "intake-empty").await?;
        }
    }
    app.close().await
}

/// The screens of a busy day, with long texts.
async fn filled(faults: &mut Faults) -> Result<()> {
    let printing = PrintSystem::start()?;
    let socket = printing.as_ref().map_or_else(|| "/nonexistent/socket".into(), PrintSystem::socket);
    let station = Station::at_console()?.with("CUPS_SERVER", socket);
    let longest = seed(&station)?;
    let app = station.open().await?;
    app.resize(1920, 1080).await?;
    faults.look(&app, "sign-in").await?;
    app.sign_in("clerk").await?;
    app.until_attribute("status-sync", "data-state", "accepted").await?;
    dress(&app, "dark").await?;
    app.click("user-menu").await?;
    app.click("sign-out").await?;
    app.appears("sign-in-password").await?;
    faults.look(&app, "sign-in").await?;
    app.sign_in("clerk").await?;

    let draft = draft(&app, &longest).await?;
    for theme in ["light", "dark"] {
        dress(&app, theme).await?;
        for (width, height) in SIZES {
            app.resize(width, height).await?;
            round(&app, faults, &draft).await?;
        }
    }
    app.resize(1366, 768).await?;
    dress(&app, "light").await?;
    app.choose("locale-select", "en").await?;
    for screen in ["nav-today", "nav-dossiers", "nav-settings"] {
        app.click(screen).await?;
        app.appears(if screen == "nav-settings" { "theme-select" } else { "status-sync" }).await?;
        faults.look(&app, &format!("english-{}", &screen[4..])).await?;
    }
    open(&app, &draft).await?;
    faults.look(&app, "english-intake").await?;
    app.close().await
}

/// Once around the program in the present size and theme.
async fn round(app: &App, faults: &mut Faults, draft: &str) -> Result<()> {
    app.click("nav-today").await?;
    app.appears("received-row").await?;
    faults.look(app, "today").await?;
    app.click("nav-dossiers").await?;
    app.appears("dossier-row").await?;
    faults.look(app, "dossiers").await?;
    app.click("status-sync").await?;
    app.appears("outbox-row").await?;
    faults.look(app, "outbox").await?;
    app.click("nav-settings").await?;
    app.appears("theme-select").await?;
    faults.look(app, "settings").await?;
    open(app, draft).await?;
    faults.look(app, "intake").await?;
    app.press("Space").await?;
    faults.look(app, "intake-page").await?;
    app.press("Space").await?;
    app.press("F4").await?;
    app.type_text("dat").await?;
    app.until("hits", "return document.querySelectorAll('#procedure-hits > div').length > 0").await?;
    faults.look(app, "procedure-search").await?;
    app.press("Escape").await?;
    app.press("?").await?;
    faults.look(app, "keys").await?;
    app.press("Escape").await?;
    app.click("nav-today").await?;
    app.click("received-row").await?;
    app.appears("dossier-code").await?;
    faults.look(app, "accepted").await?;
    app.press("F9").await?;
    app.until(
        "the receipt",
        "return (document.querySelector('[data-testid=receipt-preview] img')?.naturalWidth ?? 0) > 0",
    )
    .await?;
    faults.look(app, "receipt").await
}

pub(crate) async fn dress(app: &App, theme: &str) -> Result<()> {
    app.click("nav-today").await?;
    app.appears("received-count").await?;
    app.click("nav-settings").await?;
    app.choose("theme-select", theme).await
}

pub(crate) async fn open(app: &App, draft: &str) -> Result<()> {
    app.click("nav-today").await?;
    app.appears("draft-row").await?;
    app.run(&format!("document.querySelector('[data-dossier-id=\"{draft}\"]').click(); return true")).await?;
    app.appears("component-1").await
}

/// A draft with the longest of everything and pages; its id.
async fn draft(app: &App, procedure: &str) -> Result<String> {
    app.new_dossier().await?;
    app.reads_card(&format!("099199000001|381234567|{NAME}|02011999|Nữ|{ADDRESS}|01052021")).await?;
    app.find_procedure(procedure, procedure).await?;
    app.press("Enter").await?;
    app.appears("component-1").await?;
    app.scan().await?;
    app.press("F10").await?;
    app.appears("draft-row").await?;
    app.attribute("draft-row", "data-dossier-id").await
}

/// Dossiers of several days, some overdue, through the console. Gives the code of the procedure with the longest title.
pub(crate) fn seed(station: &Station) -> Result<String> {
    let samples = papers::samples()?;
    let people = [
        (NAME, ADDRESS),
        ("Đặng Thị Ngọc Mẫu", "Thôn 1, xã An Mẫu, thành phố Cần Thơ"),
        ("Lê Văn Ví Dụ", "Ấp 3, xã An Mẫu"),
        ("Phạm Thị Thử Nghiệm", "Khu vực 5, phường An Mẫu Đông"),
        ("Nguyễn Mẫu", "Thôn 2, xã An Mẫu"),
    ];
    let procedures = ["1.001193", "1.000894", "1.004884", "1.000656"];
    for (n, (name, address)) in people.iter().cycle().take(9).enumerate() {
        let received = (n >= 6).then(|| format!("2026-0{n}-15T09:30:00+07:00"));
        let intake = json!({
            "procedure": procedures[n % procedures.len()],
            "applicant": { "id_number": format!("09909900000{n}"), "name": name, "birth_date": "1990-05-04", "sex": "male",
                "address": address, "phone": "0292 000 0001", "email": "" },
            "received": received,
            "components": [{ "index": 1, "originals": 1, "files": [samples[n % samples.len()]] },
                { "index": 2, "originals": 1, "files": [] }],
        });
        let file = station.home("intake.json");
        std::fs::write(&file, intake.to_string())?;
        station.answer(["intake".as_ref(), file.as_os_str()])?;
    }
    let catalogue: Value =
        serde_json::from_slice(&std::fs::read(programs::checkout().join("assets/training/catalogue.json"))?)?;
    let titles = catalogue.as_array().into_iter().flatten();
    let longest = titles.max_by_key(|one| one["name"].as_str().map_or(0, |name| name.chars().count()));
    Ok(longest.and_then(|one| one["code"].as_str()).unwrap_or("1.001193").to_owned())
}
