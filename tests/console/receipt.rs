//! `motcua print receipt`: read back by poppler and zbar, which know nothing of us.

use crate::intake::received;
use anyhow::Result;
use std::ffi::OsString;
use tests::programs::tool;
use tests::station::Station;

#[test]
fn the_receipt_says_who_what_and_when_and_its_code_is_read_by_a_scanner() -> Result<()> {
    let station = Station::at_console()?;
    let name = "Đặng Thị Ngọc Mẫu";
    let code = received(&station, name)?;
    for (paper, size) in [("a5", "419.53 x 595.28"), ("a4", "595.28 x 841.89")] {
        let pdf = station.home(&format!("{paper}.pdf"));
        let words = ["print", "receipt", &code, "--paper", paper, "-o"].map(OsString::from);
        let answer = station.answer(words.into_iter().chain([pdf.clone().into()]))?;
        assert_eq!((answer["form"].as_str(), answer["reprint"].as_bool()), (Some("receipt"), Some(false)), "{answer}");
        assert_eq!(answer["bytes"].as_u64(), Some(std::fs::metadata(&pdf)?.len()), "{answer}");

        let about = String::from_utf8(tool("pdfinfo", [&pdf])?)?;
        assert!(about.contains(size), "printed at 100 % on {paper}: {about}");
        let pages = answer["pages"].as_u64().unwrap();
        assert!(about.contains(&format!("Pages:           {pages}\n")), "{about}");

        let text = String::from_utf8(tool("pdftotext", ["-layout".into(), pdf.clone().into_os_string(), "-".into()])?)?;
        for wanted in [
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            &name.to_uppercase(),
            &code,
            "Tờ khai đăng ký khai sinh",
            "099199000001",
        ] {
            assert!(text.to_uppercase().contains(&wanted.to_uppercase()), "{wanted} is on the receipt: {text}");
        }
        let fonts = String::from_utf8(tool("pdffonts", [&pdf])?)?;
        let embedded = fonts.lines().skip(2).all(|line| line.split_whitespace().rev().nth(4) == Some("yes"));
        assert!(embedded, "a printer has no Tinos of its own: {fonts}");

        let picture = station.home(paper);
        tool(
            "pdftoppm",
            [
                "-r".into(),
                "300".into(),
                "-png".into(),
                "-singlefile".into(),
                pdf.into_os_string(),
                picture.clone().into(),
            ],
        )?;
        let read = String::from_utf8(tool("zbarimg", ["-q".into(), picture.with_extension("png").into_os_string()])?)?;
        assert!(read.contains(&code), "a plain scanner reads the code off the paper: {read}");
    }
    Ok(())
}

#[test]
fn a_form_of_no_dossier_and_a_printer_that_is_not_there_are_refused() -> Result<()> {
    let station = Station::at_console()?;
    let code = received(&station, "Nguyễn Văn Mẫu")?;
    let pdf = station.home("none.pdf");
    let missing = station.motcua([
        "print".into(),
        "receipt".into(),
        "H99.1-261124-9999".into(),
        "-o".into(),
        pdf.clone().into_os_string(),
    ])?;
    assert_eq!(missing.status.code(), Some(1), "{missing:?}");
    assert_eq!(tests::programs::json(&missing)?["error"]["code"], "dossier_not_found");
    assert!(!pdf.exists(), "no paper without a dossier");

    let mut nowhere = station.console()?;
    let output =
        nowhere.args(["print", "receipt", &code, "--printer", "Quay_9"]).env("CUPS_SERVER", "/nonexistent").output()?;
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(tests::programs::json(&output)?["error"]["code"], "print_unavailable");
    let again = station.answer(["print".into(), "receipt".into(), code.into(), "-o".into(), pdf.into_os_string()])?;
    assert_eq!(again["reprint"], false, "what no printer took does not count as printed: {again}");
    Ok(())
}
