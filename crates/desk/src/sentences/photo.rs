//! What a phone is told of a photograph that was taken, and should be looked at while the paper is at hand.

use crate::view::Locale;
use domain::PageWarning as W;

/// What should be looked at, as a sentence of its own.
pub(crate) fn warned(warning: W, locale: Locale) -> &'static str {
    match (locale, warning) {
        (Locale::Vi, W::Blank) => "Trang có vẻ trắng.",
        (Locale::Vi, W::Repeated) => "Giống trang trước.",
        (Locale::Vi, W::Long) => "Trang dài bất thường.",
        (Locale::Vi, W::Blurred) => "Ảnh nhòe: giữ chắc máy rồi chụp lại.",
        (Locale::Vi, W::LowDpi) => "Dưới 200 dpi: chụp lại gần hơn.",
        (Locale::Vi, W::Cut) => "Chữ chạm mép ảnh: chụp lại cho đủ trang.",
        (Locale::Vi, W::Dark) => "Ảnh quá tối: thêm sáng rồi chụp lại.",
        (Locale::Vi, W::Skewed) => "Trang lệch nhiều.",
        (Locale::Vi, W::NoEdges) => {
            "Không thấy đủ bốn mép giấy nên giữ nguyên cả ảnh; nên chụp lại trên nền khác màu giấy."
        }
        (Locale::En, W::Blank) => "The page seems blank.",
        (Locale::En, W::Repeated) => "It looks like the page before.",
        (Locale::En, W::Long) => "The page is unusually long.",
        (Locale::En, W::Blurred) => "The photo is blurred: hold the phone still and take it again.",
        (Locale::En, W::LowDpi) => "Under 200 dpi: take it again from nearer.",
        (Locale::En, W::Cut) => "Writing runs off the picture: take it again with the whole page.",
        (Locale::En, W::Dark) => "Too dark: take it again with more light.",
        (Locale::En, W::Skewed) => "The page is very crooked.",
        (Locale::En, W::NoEdges) => {
            "The four edges of the paper are not all seen, so the whole picture is kept; better take it again on a ground of another color."
        }
    }
}
