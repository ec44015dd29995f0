//! Why a file in a watched folder is not offered, in words.

use crate::view::Locale;
use devices::folder::Why;

/// What is the matter with a file, and what to do about it.
pub(crate) fn why_not(why: Why, locale: Locale) -> String {
    let (vietnamese, english) = match why {
        Why::Growing => ("Đang được ghi vào; chờ ghi xong.", "Being written to; wait until it is done."),
        Why::Empty => ("Chưa có gì trong tệp; chờ máy quét ghi.", "Nothing in it yet; wait for the scanner."),
        Why::Incomplete => (
            "Chưa đọc được trọn tệp; chương trình sẽ tự đọc lại. Nếu máy quét đã xong, quét lại tờ này.",
            "Not all of it reads yet; it is tried again. If the scanner is done, scan the sheet again.",
        ),
        Why::Kind => (
            "Không phải JPEG, PNG, TIFF hay PDF. Đặt máy quét lưu một trong các dạng này.",
            "Neither JPEG, PNG, TIFF nor PDF. Set the machine to one of these.",
        ),
        Why::Flavor => (
            "Kiểu nén hoặc màu không đọc được. Đặt máy quét lưu PDF hoặc JPEG thường.",
            "Its compression or colors are not read. Set the machine to plain PDF or JPEG.",
        ),
        Why::Temporary => (
            "Tệp tạm hoặc tệp ẩn của chương trình khác; chờ đổi sang tên chính thức.",
            "Another program's temporary or hidden file; wait until it gets its name.",
        ),
        Why::Link => (
            "Là liên kết sang nơi khác nên không nhận. Chép tệp thật vào thư mục.",
            "A link to somewhere else, not followed. Copy the file itself into the folder.",
        ),
        Why::Special => {
            ("Không phải tệp thường (ống dẫn, thiết bị); bỏ qua.", "A pipe or device, no file; passed over.")
        }
        Why::Folder => (
            "Là thư mục có tên giống tệp; mở ra và đưa tệp bên trong ra ngoài.",
            "A folder named like a file; move the files inside it out.",
        ),
        Why::Locked => (
            "PDF có mật khẩu. Tắt mật khẩu trên máy quét rồi quét lại.",
            "The PDF has a password. Switch it off at the machine and scan again.",
        ),
        Why::Unreadable => (
            "Không mở được: thiếu quyền đọc hoặc chương trình khác đang giữ. Nhờ quản trị cấp quyền thư mục.",
            "Cannot be opened: no right to read it, or another program holds it. Ask for rights to the folder.",
        ),
        Why::TooHeavy => (
            "Lớn hơn mức đọc được (300 MB hoặc 500 trang). Quét thành nhiều tệp nhỏ hơn.",
            "Larger than is read (300 MB or 500 pages). Scan it as several smaller files.",
        ),
    };
    match locale {
        Locale::Vi => vietnamese.to_owned(),
        Locale::En => english.to_owned(),
    }
}
