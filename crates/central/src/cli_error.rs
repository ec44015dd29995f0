//! What `motcua-central` says when it cannot: a stable code, a sentence, and what to do.

use central::Error;
use serde_json::{Value, json};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    #[error("{0:?} is no office code")]
    BadOffice(String),
    #[error("{0:?} is no address to listen on")]
    BadAddress(String),
    #[error("the system refuses")]
    System(#[source] std::io::Error),
    #[error(transparent)]
    Central(#[from] Error),
}

impl CliError {
    pub(crate) fn to_json(&self) -> Value {
        let (code, message, hint) = self.sentence();
        json!({ "error": { "code": code, "message": message, "hint": hint } })
    }

    fn sentence(&self) -> (&'static str, String, &'static str) {
        match self {
            Self::BadOffice(code) => (
                "bad_office",
                format!("“{code}” không phải là mã định danh cơ quan."),
                "Mã có dạng H99.1: một chữ cái, hai chữ số, rồi các nhóm sau dấu chấm.",
            ),
            Self::BadAddress(address) => (
                "bad_address",
                format!("“{address}” không phải là địa chỉ để lắng nghe."),
                "Ghi địa chỉ và cổng, ví dụ 127.0.0.1:8900.",
            ),
            Self::System(_) => ("internal", "Hệ điều hành từ chối.".into(), "Xem nhật ký trên dòng lỗi chuẩn."),
            Self::Central(error) => central_sentence(error),
        }
    }
}

fn central_sentence(error: &Error) -> (&'static str, String, &'static str) {
    match error {
        Error::Missing(path) => (
            "data_missing",
            format!("Thư mục {} chưa có dữ liệu hệ thống trung tâm.", path.display()),
            "Kiểm tra lại đường dẫn, hoặc chạy lệnh serve hay enroll trước.",
        ),
        Error::InUse(path) => (
            "data_in_use",
            format!("Thư mục {} đang được một tiến trình khác phục vụ.", path.display()),
            "Dừng tiến trình kia hoặc chọn thư mục khác.",
        ),
        Error::Newer { .. } => {
            ("data_newer", "Dữ liệu được ghi bởi phiên bản mới hơn.".into(), "Dùng phiên bản chương trình mới hơn.")
        }
        Error::Listen { address, .. } => (
            "cannot_listen",
            format!("Không lắng nghe được trên {address}."),
            "Chọn cổng khác, hoặc dừng chương trình đang giữ cổng này.",
        ),
        Error::Io { path, .. } => (
            "disk_refused",
            format!("Không đọc hoặc ghi được {}.", path.display()),
            "Kiểm tra quyền và dung lượng ổ đĩa.",
        ),
        Error::Database(_) => (
            "database_failed",
            "Cơ sở dữ liệu báo lỗi.".into(),
            "Kiểm tra dung lượng ổ đĩa, xem nhật ký trên dòng lỗi chuẩn.",
        ),
        Error::Damaged(_) => ("data_damaged", "Dữ liệu đã lưu không đọc lại được.".into(), "Khôi phục từ bản sao lưu."),
        Error::Random => ("internal", "Hệ điều hành không cấp số ngẫu nhiên.".into(), "Thử lại."),
    }
}
