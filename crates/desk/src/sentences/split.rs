//! What is doubtful in a stack that cover sheets split, and what to do.

use crate::view::Locale;
use domain::split::Alarm;

/// What somebody has to look at before the stack is taken over.
pub(crate) fn alarm(alarm: &Alarm, locale: Locale) -> String {
    match locale {
        Locale::Vi => vietnamese(alarm),
        Locale::En => english(alarm),
    }
}

fn vietnamese(alarm: &Alarm) -> String {
    match alarm {
        Alarm::Covers { expected, found } => {
            format!("Đã đặt {expected} tờ bìa, đọc được {found}: tìm tờ bìa còn thiếu trong các trang rồi quét lại xấp")
        }
        Alarm::NothingCame { target, papers } => format!(
            "Thành phần {} của hồ sơ {} có {papers} giấy nhưng không có trang nào: tờ bìa của nó có thể chưa đọc được",
            target.component, target.dossier
        ),
        Alarm::TooFew { target, papers, pages } => format!(
            "Thành phần {} của hồ sơ {} ghi {papers} giấy, chỉ có {pages} trang: đếm lại giấy sau tờ bìa",
            target.component, target.dossier
        ),
        Alarm::Twice { target, at } => format!(
            "Trang {at}: tờ bìa của thành phần {}, hồ sơ {} có hai lần; các trang được nối vào nhau",
            target.component, target.dossier
        ),
        Alarm::Unknown { at } => {
            format!("Trang {at}: tờ bìa của hồ sơ hoặc thành phần không còn ở máy này; in tờ bìa mới rồi quét lại")
        }
        Alarm::Closed { dossier, at } => {
            format!("Trang {at}: hồ sơ {dossier} đã tiếp nhận, không nhận thêm trang; lấy giấy của hồ sơ này ra")
        }
        Alarm::OtherKey { at } => format!("Trang {at}: tờ bìa in ở máy khác; quét ở máy đó hoặc in lại tờ bìa ở đây"),
        Alarm::Unclear { at } => {
            format!("Trang {at}: mã tờ bìa không đúng chữ ký, hoặc có hai tờ bìa trên một trang; in lại tờ bìa")
        }
        Alarm::Loose { pages } => {
            format!("{pages} trang nằm sau tờ ngăn Patch-T mà không rõ thuộc thành phần nào: tự giao chúng cho hồ sơ")
        }
        Alarm::BeforeFirst { pages } => {
            format!("{pages} trang nằm trước tờ bìa đầu tiên: cho biết chúng thuộc hồ sơ và thành phần nào")
        }
    }
}

fn english(alarm: &Alarm) -> String {
    match alarm {
        Alarm::Covers { expected, found } => {
            format!("{expected} cover sheets were laid in, {found} were read: find the missing one and scan again")
        }
        Alarm::NothingCame { target, papers } => format!(
            "Component {} of dossier {} has {papers} papers and no page came: its cover sheet may not have been read",
            target.component, target.dossier
        ),
        Alarm::TooFew { target, papers, pages } => format!(
            "Component {} of dossier {} says {papers} papers, {pages} pages came: count the papers again",
            target.component, target.dossier
        ),
        Alarm::Twice { target, at } => format!(
            "Page {at}: the cover sheet of component {}, dossier {}, comes twice; the pages are joined",
            target.component, target.dossier
        ),
        Alarm::Unknown { at } => {
            format!("Page {at}: a cover sheet of a dossier or component that is not here; print a new one")
        }
        Alarm::Closed { dossier, at } => {
            format!("Page {at}: dossier {dossier} was accepted and takes no more pages; take its papers out")
        }
        Alarm::OtherKey { at } => format!("Page {at}: a cover sheet of another station; scan there or print it here"),
        Alarm::Unclear { at } => {
            format!("Page {at}: the code's signature is wrong, or two cover sheets are on one page; print it again")
        }
        Alarm::Loose { pages } => {
            format!("{pages} pages lie behind a patch sheet and nothing says where they belong: give them to a dossier")
        }
        Alarm::BeforeFirst { pages } => {
            format!("{pages} pages lie before the first cover sheet: say where they belong")
        }
    }
}
