//! What an office sets, in the real window: days off with their reason and undo, a catalogue brought in at the console, limits
//! it leaves out, favourites by one key, what forms say with the preview beside it, and fees.

use crate::screens::{SIZES, dress};
use anyhow::Result;
use serde_json::json;
use tests::app::App;
use tests::faults::Faults;
use tests::station::Station;

/// Longer than a line at either size.
const LONG: &str = "Thủ tục xác nhận của Ủy ban nhân dân cấp xã đối với người được hưởng chính sách hỗ trợ theo Nghị quyết của \
    Hội đồng nhân dân thành phố về bảo tồn và phát huy giá trị di sản văn hóa phi vật thể";

#[tokio::test]
async fn settings() -> Result<()> {
    let mut faults = Faults::default();
    let station = Station::at_console()?;
    bring_in(&station)?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("supervisor").await?;
    app.enrolled().await?;
    catalogue(&app).await?;
    calendar(&app).await?;
    forms(&app).await?;
    for theme in ["light", "dark"] {
        dress(&app, theme).await?;
        for (width, height) in SIZES {
            app.resize(width, height).await?;
            for part in ["calendar", "forms", "catalogue", "fees"] {
                to(&app, part).await?;
                faults.look(&app, &format!("settings-{part}")).await?;
            }
            app.new_dossier().await?;
            app.focus("procedure-search").await?;
            app.appears("procedure-hit-9.000002").await?;
            faults.look(&app, "favourites").await?;
        }
    }
    app.close().await?;
    faults.none()
}

/// Two records as they are published, one without its limit.
fn bring_in(station: &Station) -> Result<()> {
    let record = |code: &str, name: &str, ways: &str| {
        json!({
            "ma_thu_tuc": code, "ten_thu_tuc": name, "linh_vuc": "Văn hóa", "ket_qua_xu_ly": "Mã: KQ.G15.000031",
            "cach_thuc_thuc_hien": format!("Hình thức nộpThời gianPhí, lệ phíMô tả{ways}"),
            "thanh_phan_ho_so": "Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn đề nghị1 bản chính",
        })
        .to_string()
    };
    let silent = record("9.000001", LONG, "Trực tiếpKhông có thông tinMiễn phí");
    let new = format!("{silent}\n{}\n", record("9.000002", "Xác nhận nghệ nhân", "Trực tiếp3 Ngày làm việcMiễn phí"));
    let file = station.home("new.jsonl");
    std::fs::write(&file, new)?;
    let words = ["catalogue".as_ref(), "import".as_ref(), file.as_os_str()];
    let output = station.console()?.args(words).env("MOTCUA_USER", "supervisor").output()?;
    anyhow::ensure!(output.status.success(), "{output:?}");
    Ok(())
}

/// To a part of the settings, and until it stands at the top.
async fn to(app: &App, part: &str) -> Result<()> {
    app.click("nav-today").await?;
    app.appears("received-count").await?;
    app.click("nav-settings").await?;
    app.until("settings", "return document.activeElement.id === 'settings-look'").await?;
    app.click(&format!("settings-nav-{part}")).await?;
    // What loads above it does not push it away.
    let top = "const top = document.activeElement.getBoundingClientRect().top; return top > 0 && top < 130 && ";
    let there = format!(
        "document.activeElement.id === 'settings-{part}' && document.querySelectorAll('#settings-{part} ~ *').length > 0"
    );
    app.until("it is in sight", &format!("{top}{there}")).await
}

async fn catalogue(app: &App) -> Result<()> {
    to(app, "catalogue").await?;
    app.until(
        "what came in is counted",
        "return /33/.test(document.querySelector('[data-testid=catalogue-count]').innerText)",
    )
    .await?;
    app.click("unread-field-limit").await?;
    app.until(
        "the silent one",
        "return document.querySelector('[data-testid=unread-item][data-code=\"9.000001\"]') !== null",
    )
    .await?;
    app.run("document.querySelector('[data-code=\"9.000001\"] [data-testid=unread-limit]').click(); return true")
        .await?;
    app.fill("limit-amount", "7").await?;
    app.fill("limit-reason", "Quy trình nội bộ số 12/QT-UBND").await?;
    app.click("limit-save").await?;
    app.appears("hand-limit-9.000001").await?;

    // Starred once, it is the first of the favourites, and one key takes it in any dossier.
    app.new_dossier().await?;
    app.find_procedure("nghe nhan", "9.000002").await?;
    app.press("Alt+S").await?;
    app.until("a star", "return document.querySelector('[data-testid=\"star-9.000002\"].starred') !== null").await?;
    app.press("Escape").await?;
    app.press("Alt+1").await?;
    app.appears("component-1").await?;
    app.until("taken", "return /nghệ nhân/.test(document.querySelector('[data-testid=intake]').innerText)").await
}

/// The local day off moves no promised date by itself, names its reason and can be taken back.
async fn calendar(app: &App) -> Result<()> {
    to(app, "calendar").await?;
    let month = app.attribute("calendar-month", "data-month").await?;
    let year: i32 = month[..4].parse()?;
    while app.attribute("calendar-month", "data-month").await? != format!("{}-03", year + 1) {
        app.click("calendar-after").await?;
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    // The first working day of that month.
    let day =
        app.run("return document.querySelector('[data-testid=calendar-grid] button.works').dataset.testid").await?;
    let day = day.as_str().unwrap_or_default().to_owned();
    app.click(&day).await?;
    app.click("calendar-kind-closed").await?;
    app.fill("calendar-name", "Lễ hội đình làng").await?;
    app.fill("calendar-reason", "Công văn số 15/UBND-VP của Ủy ban nhân dân xã An Mẫu").await?;
    app.click("calendar-save").await?;
    app.appears("calendar-change").await?;
    app.click("calendar-undo").await?;
    app.fill("calendar-undo-reason", "Chọn nhầm ngày").await?;
    app.click("calendar-undo-confirm").await?;
    app.until("taken back", "return document.querySelector('[data-testid=calendar-change].back') !== null").await?;
    app.click(&day).await?;
    app.fill("calendar-name", "Mất điện theo lịch").await?;
    app.fill("calendar-reason", "Thông báo của Điện lực An Mẫu").await?;
    app.click("calendar-save").await?;
    app.until("two changes", "return document.querySelectorAll('[data-testid=calendar-change]').length === 2").await
}

async fn forms(app: &App) -> Result<()> {
    to(app, "forms").await?;
    let shown = "return (document.querySelector('[data-testid=form-settings] .preview img')?.naturalWidth ?? 0) > 0";
    app.until("a preview", shown).await?;
    app.run("window.before = document.querySelector('[data-testid=form-settings] .preview img').src; return true")
        .await?;
    app.fill("office-address", "Số 128/45/6B đường Nguyễn Thị Minh Khai nối dài, xã An Mẫu, thành phố Cần Thơ").await?;
    app.click("office-save").await?;
    let drawn = "const now = document.querySelector('[data-testid=form-settings] .preview img'); \
         return now !== null && now.src !== window.before && now.naturalWidth > 0";
    app.until("the preview follows", drawn).await
}
