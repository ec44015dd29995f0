//! Fees at the console with the real programs: numbers leased by `motcua-central`, money, receipts on paper and on the way
//! to the central system, the transfer code as a bank's application reads it, the shift (E1 to E6, T-55).

use crate::intake::take_in;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::path::Path;
use tests::central::Central;
use tests::programs::{json as read, tool};
use tests::station::{OFFICE, Station};
use tests::transfer;

/// A copy of an extract: 8.000 đ each, by the national table.
const EXTRACT: &str = "2.000635";
const PAYER: &str = "Đặng Thị Ngọc Mẫu";

/// A dossier with all its papers in; its code.
fn received(station: &Station, procedure: &str) -> Result<String> {
    let intake = json!({
        "procedure": procedure,
        "applicant": { "id_number": "099199000001", "name": PAYER, "birth_date": "1999-01-02", "sex": "female",
            "address": "Thôn 1, xã An Mẫu, thành phố Cần Thơ", "phone": "", "email": "" },
        "components": [{ "index": 1, "originals": 1, "files": [] }],
    });
    let answer = read(&take_in(station, &intake)?)?;
    Ok(answer["code"].as_str().with_context(|| answer.to_string())?.to_owned())
}

/// `motcua` as somebody of the sample people.
fn as_user<A: AsRef<OsStr>>(station: &Station, login: &str, words: impl IntoIterator<Item = A>) -> Result<Value> {
    let output = station.console()?.args(words).env("MOTCUA_USER", login).output()?;
    ensure!(output.status.success(), "refused: {output:?}");
    read(&output)
}

/// The code of what a command is refused with.
fn refused<A: AsRef<OsStr>>(station: &Station, words: impl IntoIterator<Item = A>) -> Result<String> {
    let output = station.motcua(words)?;
    ensure!(output.status.code() == Some(1), "not refused: {output:?}");
    Ok(read(&output)?["error"]["code"].as_str().unwrap_or_default().to_owned())
}

/// Sets another series than the one a training station begins with.
fn set_series(station: &Station, sign: &str) -> Result<Value> {
    let file = station.home("fees.json");
    std::fs::write(&file, json!({ "sign": sign }).to_string())?;
    as_user(station, "supervisor", ["fee-settings".as_ref(), file.as_os_str()])
}

fn enrolled(central: &Central) -> Result<Station> {
    let station = Station::at_console()?;
    let token = central.token(OFFICE, "Quầy 1")?;
    station.answer(["enroll", "--central", &central.url(), "--token", &token])?;
    Ok(station)
}

/// The blocks of a series, as `first`, `last`.
fn blocks(station: &Station, sign: &str) -> Result<Vec<(u64, u64)>> {
    let told = station.answer(["receipts", "check"])?;
    let blocks = told["blocks"].as_array().context("blocks")?.iter().filter(|block| block["sign"] == sign);
    let numbers = |block: &Value| Some((block["first"].as_u64()?, block["last"].as_u64()?));
    blocks.map(|block| numbers(block).context("numbers")).collect()
}

#[test]
fn two_stations_of_one_series_never_give_one_number_and_every_receipt_arrives() -> Result<()> {
    let elsewhere = tempfile::tempdir()?;
    let mut central = Central::serve(elsewhere.path())?;
    let (one, other) = (enrolled(&central)?, enrolled(&central)?);
    for station in [&one, &other] {
        set_series(station, "99AB-26T")?;
        station.answer(["sync", "--once"])?;
    }
    let (first, second) = (blocks(&one, "99AB-26T")?, blocks(&other, "99AB-26T")?);
    ensure!(first == [(1, 200)] && second == [(201, 400)], "{first:?} {second:?}");

    // No step waits for a network: the central system is gone.
    central.turn_off();
    let (here, there) = (received(&one, EXTRACT)?, received(&other, EXTRACT)?);
    let due = one.answer(["fees", &here])?;
    assert_eq!((due["left"].as_u64(), due["next"]["number"].as_str()), (Some(8_000), Some("0000001")), "{due}");
    assert!(due["dossiers"][0]["items"][0]["text"].as_str().is_some_and(|text| text.contains("8.000 đồng")), "{due}");
    assert_eq!(refused(&one, ["pay", &here, "--expected", "7.999"])?, "fee_changed");
    let command = due["command"].as_str().context("command")?;
    let pay = ["pay", &here, "--expected", "8000", "--command", command];
    let paid = one.answer(pay)?;
    assert_eq!(one.answer(pay)?["receipts"], paid["receipts"], "sent again it is one payment (T-55)");
    assert_eq!(refused(&one, ["pay", &here])?, "nothing_due");
    let elsewhere = other.answer(["pay", &there, "--method", "transfer"])?;
    let numbers = [&paid, &elsewhere].map(|fees| fees["receipts"][0]["number"].as_str().unwrap_or_default().to_owned());
    assert_eq!(numbers, ["0000001", "0000201"]);

    // Made void, its number stays, and the next one takes its place.
    let about = paid["receipts"][0]["about"].as_str().context("about")?;
    assert_eq!(about, "01BLP2-001~99AB-26T~0000001");
    assert_eq!(refused(&one, ["receipts", "void", about, "--reason", " "])?, "reason_missing");
    one.answer(["receipts", "void", about, "--reason", "Sai tên người nộp", "--replaced"])?;
    assert_eq!(refused(&one, ["receipts", "void", about, "--reason", "lần nữa"])?, "receipt_void");
    let again = one.answer(["pay", &here])?;
    assert_eq!(again["receipts"][0]["number"], "0000002", "{again}");

    central.turn_on()?;
    for station in [&one, &other] {
        let run = station.answer(["sync", "--once"])?;
        assert_eq!(run["blocked"], 0, "{run}");
        let outbox = station.answer(["outbox"])?;
        let left =
            outbox["items"].as_array().context("items")?.iter().filter(|item| item["state"] != "accepted").count();
        assert_eq!(left, 0, "dossier, receipts and the void one arrived: {outbox}");
    }
    let account = &one.answer(["receipts", "check"])?["blocks"];
    let ours =
        account.as_array().context("blocks")?.iter().find(|block| block["sign"] == "99AB-26T").context("ours")?;
    let told = ["issued", "void", "set_aside", "free"].map(|key| ours[key].as_u64().unwrap_or(99));
    assert_eq!((told, ours["missing"].as_array().map(Vec::len)), ([1, 1, 0, 198], Some(0)), "no gap: {ours}");
    assert_eq!(one.answer(["log", "verify"])?["first_broken"], Value::Null);
    Ok(())
}

/// Prints a paper into a file and gives its words and its first page as a picture.
fn printed(station: &Station, words: &[&str], name: &str) -> Result<(String, std::path::PathBuf)> {
    let pdf = station.home(&format!("{name}.pdf"));
    let words = words.iter().map(OsStr::new).chain(["-o".as_ref(), pdf.as_os_str()]);
    station.answer(["print".as_ref()].into_iter().chain(words))?;
    let text = String::from_utf8(tool("pdftotext", ["-raw".as_ref(), pdf.as_os_str(), "-".as_ref()])?)?;
    let picture = station.home(name);
    let draw: [&OsStr; 6] =
        ["-r".as_ref(), "300".as_ref(), "-png".as_ref(), "-singlefile".as_ref(), pdf.as_ref(), picture.as_ref()];
    tool("pdftoppm", draw)?;
    Ok((text.split_whitespace().collect::<Vec<_>>().join(" "), picture.with_extension("png")))
}

fn scanned(picture: &Path) -> Result<String> {
    Ok(String::from_utf8(tool("zbarimg", ["-q".as_ref(), "--raw".as_ref(), picture.as_os_str()])?)?.trim().to_owned())
}

#[test]
fn a_receipt_on_paper_says_what_it_must_and_a_void_one_bears_its_stamp() -> Result<()> {
    let station = Station::at_console()?;
    let code = received(&station, EXTRACT)?;
    let paid = station.answer(["pay", &code])?;
    let about = paid["receipts"][0]["about"].as_str().context("about")?;
    let (text, picture) = printed(&station, &["fee-receipt", about], "receipt")?;
    for wanted in [
        "BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ",
        "Số: 0000001",
        PAYER,
        "8.000 đ",
        "Tám nghìn đồng",
        "Liên 1: Lưu tại tổ chức thu",
        "Liên 2: Giao người nộp tiền",
        code.as_str(),
    ] {
        assert!(text.to_uppercase().contains(&wanted.to_uppercase()), "{wanted}: {text}");
    }
    assert!(!text.contains("ĐÃ HỦY") && !text.contains("BẢN SAO"), "{text}");
    assert!(scanned(&picture)?.contains(&code), "its code opens the dossier");

    station.answer(["receipts", "void", about, "--reason", "Thu nhầm", "--replaced"])?;
    let (text, stamped) = printed(&station, &["fee-receipt", about], "void")?;
    assert!(text.contains("BIÊN LAI ĐÃ HỦY") && text.contains("Thu nhầm") && text.contains("Số: 0000001"), "{text}");
    // A stamp and two parts of the words: more than the words alone say.
    assert!(text.matches("ĐÃ HỦY").count() > text.matches("BIÊN LAI ĐÃ HỦY").count(), "it is stamped: {text}");
    assert!(scanned(&stamped)?.contains(&code), "the stamp leaves the code readable");
    Ok(())
}

#[test]
fn a_transfer_code_is_read_as_a_bank_reads_it() -> Result<()> {
    let station = Station::at_console()?;
    let code = received(&station, EXTRACT)?;
    let shown = station.answer(["transfer-code", &code])?;
    let rows: Vec<&str> = shown["rows"].as_array().context("rows")?.iter().filter_map(Value::as_str).collect();
    let picture = station.home("code.pgm");
    std::fs::write(&picture, squares(&rows))?;
    let seen = scanned(&picture)?;
    assert_eq!(Some(seen.as_str()), shown["payload"].as_str());
    let said = transfer::read(&seen)?;
    let of = |text: &str| text.to_owned();
    let wanted = transfer::Transfer {
        bin: of("970436"),
        account: of("0000000000000"),
        amount: of("8000"),
        purpose: code.replace(['.', '-'], " "),
    };
    assert_eq!(said, wanted);
    let paid = station.answer(["pay", &code, "--method", "vietqr"])?;
    assert_eq!((paid["left"].as_u64(), paid["receipts"][0]["method"].as_str()), (Some(0), Some("vietqr")), "{paid}");
    assert_eq!(refused(&station, ["transfer-code", &code])?, "nothing_due");
    Ok(())
}

/// Squares of eight points with the quiet border that readers ask for, as a gray picture.
fn squares(rows: &[&str]) -> Vec<u8> {
    let (side, scale, quiet) = (rows.len(), 8, 4);
    let width = (side + 2 * quiet) * scale;
    let mut picture = format!("P5\n{width} {width}\n255\n").into_bytes();
    for y in 0..width {
        for x in 0..width {
            let (row, column) = ((y / scale).wrapping_sub(quiet), (x / scale).wrapping_sub(quiet));
            let black = rows.get(row).and_then(|row| row.as_bytes().get(column)) == Some(&b'1');
            picture.push(if black { 0 } else { 255 });
        }
    }
    picture
}

#[test]
fn a_shift_is_closed_against_the_book_on_one_page() -> Result<()> {
    let station = Station::at_console()?;
    station.answer(["shift", "open", "--float", "200.000"])?;
    for method in ["cash", "cash", "transfer"] {
        let code = received(&station, EXTRACT)?;
        station.answer(["pay", &code, "--method", method])?;
    }
    let torn = ["--template", "01BLP2-001", "--sign", "99AA-26T", "--first", "4", "--last", "4"];
    station.answer(["receipts", "aside"].into_iter().chain(torn).chain(["--reason", "Giấy in rách"]))?;
    let open = station.answer(["shift", "show"])?;
    assert_eq!(open["shift"]["expected"], 216_000, "a transfer is not in the drawer: {open}");
    assert_eq!(refused(&station, ["shift", "close", "--note", "200000x1", "--note", "10000x1"])?, "shift_difference");
    assert_eq!(refused(&station, ["shift", "close", "--note", "7000x1"])?, "bad_input");
    let closed = station.answer([
        "shift",
        "close",
        "--note",
        "200000x1",
        "--note",
        "10000x1",
        "--note",
        "5000x1",
        "--reason",
        "Trả nhầm tiền thừa",
    ])?;
    assert_eq!(closed["shift"]["difference"], -1_000, "{closed}");
    assert_eq!(refused(&station, ["shift", "close"])?, "no_shift");
    let (text, _) = printed(&station, &["shift-close", "last"], "shift")?;
    for wanted in ["BẢNG CHỐT CA", "thiếu 1.000 đ", "Trả nhầm tiền thừa", "0000001–0000003", "0000004 (Giấy in rách)"]
    {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    let about = String::from_utf8(tool("pdfinfo", [station.home("shift.pdf")])?)?;
    assert!(about.contains("Pages:           1\n"), "{about}");
    Ok(())
}
