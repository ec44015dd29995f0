//! How long the papers take: an archive document of a scanned page, a page drawn for the screen.

#[path = "../tests/it/samples.rs"]
#[expect(clippy::unwrap_used, dead_code, reason = "shared with the tests, which need more of it")]
mod samples;

use pdf::{ArchiveInfo, ArchivePage, Paper, archive, forms, read};

fn main() {
    divan::main();
}

#[divan::bench]
fn receipt_a5() -> Vec<u8> {
    forms::receipt(&samples::receipt(), Paper::A5).expect("the sample is drawable")
}

#[divan::bench]
fn receipt_of_forty_papers_a4() -> Vec<u8> {
    forms::receipt(&samples::long_receipt(), Paper::A4).expect("the sample is drawable")
}

#[divan::bench(args = samples::SCANS)]
fn compose(bencher: divan::Bencher<'_, '_>, name: &str) {
    let Some(bytes) = samples::scan(name) else { return };
    let info = ArchiveInfo {
        title: name.to_owned(),
        creator: "bench".to_owned(),
        created: samples::at("2026-11-23T09:15:00+07:00"),
        seed: name.to_owned(),
    };
    bencher.bench(|| {
        archive::compose(&[ArchivePage::Picture { bytes: &bytes, index: 0, seen: pdf::archive::Seen::WHOLE }], &info)
            .expect("a whole page")
    });
}

#[divan::bench(args = [320, 1600])]
fn render(bencher: divan::Bencher<'_, '_>, longest: u32) {
    let form = receipt_a5();
    bencher.bench(|| read::render(&form, 0, longest).expect("our own form is whole"));
}
