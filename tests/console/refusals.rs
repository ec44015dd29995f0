//! Bad files: refused by name with the reason; the dossier and the other pages untouched.

use crate::intake::{birth, received, take_in};
use anyhow::Result;
use serde_json::{Value, json};
use std::path::Path;
use tests::papers;
use tests::programs::json as json_of;
use tests::station::Station;

/// Makes every bad file in `folder`: its name and the code it is refused with.
fn bad_files(folder: &Path) -> Result<Vec<(&'static str, &'static str)>> {
    let sample = std::fs::read(&papers::samples()?[0])?;
    std::fs::write(folder.join("rỗng.jpg"), b"")?;
    std::fs::write(folder.join("cụt.jpg"), &sample[..sample.len() / 2])?;
    let mut torn = sample;
    let middle = torn.len() / 2;
    torn[middle..middle + 400].fill(0xFF);
    std::fs::write(folder.join("hỏng.jpg"), torn)?;
    std::fs::write(folder.join("thư.jpg"), "Kính gửi ông bà, đây là một bức thư chứ không phải ảnh.\n")?;
    std::fs::write(folder.join("trang.jpg"), "<!DOCTYPE html><html><title>Đăng nhập</title></html>")?;
    papers::locked_pdf(&folder.join("khóa.pdf"))?;
    papers::huge_png(&folder.join("khổng lồ.png"))?;
    std::fs::write(folder.join("dở.pdf"), b"%PDF-1.4\n1 0 obj<</Type/Catalog")?;
    Ok(vec![
        ("rỗng.jpg", "file_empty"),
        ("cụt.jpg", "file_damaged"),
        ("hỏng.jpg", "file_damaged"),
        ("thư.jpg", "file_kind"),
        ("trang.jpg", "file_kind"),
        ("khóa.pdf", "file_password"),
        ("khổng lồ.png", "file_too_large"),
        ("dở.pdf", "file_damaged"),
        ("không có.jpg", "file_unreachable"),
    ])
}

#[test]
fn an_intake_with_a_bad_file_is_refused_by_its_name_and_accepts_nothing() -> Result<()> {
    let station = Station::at_console()?;
    let code = received(&station, "Người Đã Nộp")?;
    let before = station.answer(["search", &code])?["hits"].clone();
    let samples = papers::samples()?;
    for (name, expected) in bad_files(station.path())? {
        let bad = station.home(name);
        let output = take_in(&station, &birth("Người Nộp Tệp Hỏng", &[&samples[0], &bad], &[&samples[2]]))?;
        assert_eq!(output.status.code(), Some(1), "{name}: {output:?}");
        let error = json_of(&output)?["error"].clone();
        assert_eq!(error["code"], expected, "{name}: {error}");
        assert!(error["message"].as_str().unwrap().contains(name), "the person must know which file: {error}");
        assert!(error["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "and what to do: {error}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"), "{output:?}");
    }
    let items = station.answer(["outbox"])?["items"].clone();
    assert_eq!(items.as_array().map(Vec::len), Some(1), "only the dossier that was whole waits to be sent: {items}");
    assert_eq!(station.answer(["search", &code])?["hits"], before, "the other dossier is as it was");
    Ok(())
}

#[test]
fn digitizing_sets_bad_files_aside_by_name_and_keeps_the_others_in_order() -> Result<()> {
    let station = Station::new()?;
    let samples = papers::samples()?;
    let bad = bad_files(station.path())?;
    let out = station.home("all.pdf");
    let mut words: Vec<std::ffi::OsString> = vec!["digitize".into(), samples[0].clone().into()];
    words.extend(bad.iter().map(|(name, _)| station.home(name).into()));
    words.extend([samples[1].clone().into(), "-o".into(), out.clone().into()]);
    let report = station.answer(words)?;
    let pages = report["pages"].as_array().unwrap();
    assert_eq!(pages.len(), bad.len() + 2, "each file is accounted for: {report}");
    for (page, (name, _)) in pages[1..].iter().zip(&bad) {
        assert_eq!((page["source"].as_str(), page["disposition"].as_str()), (Some(*name), Some("set_aside")), "{page}");
        assert!(page["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{page}");
    }
    let kept: Vec<&Value> =
        pages.iter().filter(|page| page["disposition"] == "kept").map(|page| &page["source"]).collect();
    let names = samples[..2].iter().map(|path| path.file_name().unwrap().to_str().unwrap());
    assert_eq!(kept, names.map(|name| json!(name)).collect::<Vec<_>>().iter().collect::<Vec<_>>());
    assert_eq!(report["output"]["pages"], 2, "{report}");

    let only = station.motcua([
        "digitize".into(),
        station.home("rỗng.jpg").into_os_string(),
        "-o".into(),
        station.home("none.pdf").into(),
    ])?;
    assert_eq!(only.status.code(), Some(1), "{only:?}");
    assert_eq!(json_of(&only)?["error"]["code"], "file_empty");
    assert!(!station.home("none.pdf").exists(), "no file is made of nothing");
    Ok(())
}

#[test]
fn an_intake_that_lacks_something_says_what_and_accepts_nothing() -> Result<()> {
    let station = Station::at_console()?;
    let whole = birth("Nguyễn Văn Mẫu", &[], &[]);
    let change = |pointer: &str, value: Value| {
        let mut intake = whole.clone();
        *intake.pointer_mut(pointer).unwrap() = value;
        intake
    };
    for (intake, code) in [
        (change("/applicant/name", json!("")), "not_ready"),
        (change("/components", json!([])), "not_ready"),
        (change("/procedure", json!("9.999999")), "procedure_not_found"),
        (change("/case", json!("khong-co")), "case_not_found"),
        (change("/components/0/index", json!(99)), "component_not_found"),
        (change("/applicant/birth_date", json!("1999-02-30")), "bad_input"),
    ] {
        let output = take_in(&station, &intake)?;
        assert_eq!(
            (output.status.code(), json_of(&output)?["error"]["code"].as_str()),
            (Some(1), Some(code)),
            "{output:?}"
        );
    }
    assert_eq!(station.answer(["outbox"])?["items"], json!([]), "nothing half received");
    Ok(())
}
