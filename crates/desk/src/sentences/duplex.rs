//! What to do next in a manual duplex.

use crate::view::Locale;

/// After a pass.
pub(crate) fn next(fronts: usize, backs: usize, locale: Locale) -> String {
    match (locale, backs) {
        (Locale::Vi, _) if fronts == 0 && backs == 0 => "Các trang đã vào hồ sơ.".into(),
        (Locale::En, _) if fronts == 0 && backs == 0 => "The pages lie in the dossier.".into(),
        (Locale::Vi, 0) => format!(
            "Đã có {fronts} mặt trước. Lấy cả xấp ra, giữ nguyên thứ tự, lật úp cả xấp rồi đặt lại vào khay: mặt sau của tờ \
             cuối được quét trước. Sau đó quét mặt sau."
        ),
        (Locale::En, 0) => format!(
            "{fronts} fronts are there. Take the whole stack, keep its order, turn it over and put it back: the back of the \
             last sheet is scanned first. Then scan the backs."
        ),
        (Locale::Vi, _) if fronts == backs => format!("{fronts} mặt trước, {backs} mặt sau: đủ. Ghép hai lượt."),
        (Locale::En, _) if fronts == backs => format!("{fronts} fronts, {backs} backs: they agree. Join the passes."),
        (Locale::Vi, _) => format!(
            "{fronts} mặt trước nhưng {backs} mặt sau. Chưa ghép, không trang nào bị bỏ. Quét lại mặt sau, hoặc xem cả hai lượt \
             rồi tự chọn: vẫn ghép, hay nối mặt sau vào cuối."
        ),
        (Locale::En, _) => format!(
            "{fronts} fronts but {backs} backs. Nothing was joined and nothing is lost. Scan the backs again, or look at both \
             passes and choose: join them all the same, or append the backs."
        ),
    }
}
