//! `motcua digitize`: page order, JPEG bytes as they came, read back by poppler.

use anyhow::Result;
use std::ffi::OsString;
use std::path::PathBuf;
use tests::papers;
use tests::programs::{skipped, tool};
use tests::station::Station;

fn digitize(station: &Station, files: &[PathBuf], out: &str) -> Result<serde_json::Value> {
    let files = files.iter().map(|path| path.clone().into_os_string());
    let rest: [OsString; 2] = ["-o".into(), station.home(out).into()];
    station.answer([OsString::from("digitize")].into_iter().chain(files).chain(rest))
}

/// The pictures in a PDF, taken out by poppler as they are stored, in the order of the pages.
fn pictures(station: &Station, pdf: &str) -> Result<Vec<Vec<u8>>> {
    let folder = station.home("pictures");
    std::fs::create_dir_all(&folder)?;
    tool("pdfimages", ["-all".into(), station.home(pdf).into_os_string(), folder.join("p").into()])?;
    let mut files: Vec<_> = std::fs::read_dir(&folder)?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let pictures = files.iter().map(std::fs::read).collect::<Result<_, _>>()?;
    std::fs::remove_dir_all(folder)?;
    Ok(pictures)
}

#[test]
fn jpegs_go_in_byte_for_byte_and_in_order() -> Result<()> {
    let station = Station::new()?;
    let mut files = papers::samples()?;
    files.reverse();
    check(&station, &files)
}

#[test]
fn the_shared_scans_go_in_byte_for_byte() -> Result<()> {
    let Some(folder) = papers::shared_scans() else {
        skipped("no ../shared/data/scans");
        return Ok(());
    };
    let mut files: Vec<_> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jpg"));
    files.sort();
    files.truncate(12);
    check(&Station::new()?, &files)
}

fn check(station: &Station, files: &[PathBuf]) -> Result<()> {
    let report = digitize(station, files, "out.pdf")?;
    let sources = report["pages"].as_array().unwrap().iter().map(|page| page["source"].as_str().unwrap());
    let names = files.iter().map(|path| path.file_name().unwrap().to_str().unwrap());
    assert!(sources.eq(names), "the report is in the order that was given: {report}");
    let pictures = pictures(station, "out.pdf")?;
    assert_eq!(pictures.len(), files.len(), "one picture a page");
    for (picture, file) in pictures.iter().zip(files) {
        assert!(*picture == std::fs::read(file)?, "{} was coded anew", file.display());
    }
    let pdf = std::fs::read(station.home("out.pdf"))?;
    assert_eq!(report["output"]["bytes"].as_u64(), Some(pdf.len() as u64), "{report}");
    assert_eq!(report["output"]["conformance"], "PDF/A-2b", "{report}");
    let sum = String::from_utf8(tool("sha256sum", [station.home("out.pdf")])?)?;
    assert_eq!(report["output"]["sha256"].as_str(), sum.split(' ').next(), "the hash is that of the file");
    tool("qpdf", ["--check".into(), station.home("out.pdf").into_os_string()])?;
    Ok(())
}

#[test]
fn every_page_of_a_tiff_and_of_a_pdf_comes_in_its_place() -> Result<()> {
    let station = Station::new()?;
    let (tiff, pdf, png) = (station.home("1.tiff"), station.home("2.pdf"), station.home("3.png"));
    papers::draw(&tiff, 3)?;
    papers::plain_pdf(&pdf)?;
    papers::draw(&png, 1)?;
    let report = digitize(&station, &[tiff, pdf, papers::samples()?[0].clone(), png], "mixed.pdf")?;
    let places: Vec<_> = report["pages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|page| (page["source"].as_str().unwrap(), page["index"].as_u64().unwrap()))
        .collect();
    let sample = "01-to-khai-khai-sinh-1.jpg";
    assert_eq!(places, [("1.tiff", 0), ("1.tiff", 1), ("1.tiff", 2), ("2.pdf", 0), (sample, 0), ("3.png", 0)]);
    assert_eq!(report["output"]["pages"], 6);
    let text = String::from_utf8(tool(
        "pdftotext",
        ["-f", "4", "-l", "4"].map(OsString::from).into_iter().chain([station.home("mixed.pdf").into(), "-".into()]),
    )?)?;
    assert!(text.contains("An Mau"), "the PDF's page is the fourth, with its text: {text:?}");
    Ok(())
}
