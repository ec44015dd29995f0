//! t
#![allow(missing_docs, clippy::print_stdout)]
fn main() {
    for f in std::env::args().skip(1) {
        let b = std::fs::read(&f).unwrap();
        let e = imaging::examine(&b, 64);
        println!("{f}: {:?}", e.map(|v| v.into_iter().map(|e| e.facts).collect::<Vec<_>>()));
        if f.ends_with("jpg") {
            let mut slipped = 0;
            for t in 1..20 {
                let mut c = b[..b.len() * t / 20].to_vec();
                c.extend([0xff, 0xd9]);
                if imaging::examine(&c, 64).is_ok() {
                    slipped += 1;
                }
            }
            println!("   closed cuts that slip: {slipped} of 19");
        }
    }
}
