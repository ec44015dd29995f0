//! Only a PDF is handed to the system's viewer.

use devices::{ViewError, open_pdf};

#[test]
fn what_is_no_pdf_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let files = [("a.pdf", "<html>"), ("b.sh", "%PDF-1.7"), ("c.desktop", "[Desktop Entry]"), ("d.pdf", "")];
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        assert!(matches!(open_pdf(&path), Err(ViewError::NotAPdf { .. })), "an opener would run {name}");
    }
    assert!(matches!(open_pdf(&folder.path().join("none.pdf")), Err(ViewError::NotAPdf { .. })));
}
