//! The made-up office of all tests.

use desk::Office;

/// Its code, under a province code that no office has.
pub(crate) const CODE: &str = "H99.1";

/// The office.
pub(crate) fn office() -> Office {
    Office {
        code: CODE.parse().unwrap(),
        parent: "Ủy ban nhân dân xã An Mẫu".into(),
        name: "Trung tâm Phục vụ hành chính công xã An Mẫu".into(),
        place: "An Mẫu".into(),
        address: String::new(),
        logo: None,
        phone: "0292 000 0000".into(),
        lookup_url: "https://tracuu.an-mau.example".into(),
        system: "Một Cửa (tập huấn)".into(),
    }
}
