//! How long one page takes to be believed: decode whole, measure, thumbnail.

fn main() {
    divan::main();
}

fn scan(name: &str) -> Option<Vec<u8>> {
    std::fs::read(format!("{}/../../../shared/data/scans/{name}", env!("CARGO_MANIFEST_DIR"))).ok()
}

#[divan::bench(args = ["p04_giay_khai_sinh.jpg", "p08_hop_dong_2.jpg", "p17_hop_dong_1.tif"])]
fn examine(bencher: divan::Bencher<'_, '_>, name: &str) {
    let Some(bytes) = scan(name) else { return };
    bencher.bench(|| imaging::examine(&bytes, 320).expect("a sample page is whole"));
}

#[divan::bench]
fn picture(bencher: divan::Bencher<'_, '_>) {
    let Some(bytes) = scan("p04_giay_khai_sinh.jpg") else { return };
    bencher.bench(|| imaging::picture(&bytes, 0, 1600, imaging::Turn::None).expect("a sample page is whole"));
}
