//! Every sentence the core tells a person, in both languages: what happened, then what to do.
//!
//! No blame, no jargon, nothing lost: each says what became of the dossier where that is in doubt. `{}` takes
//! the detail. A code without a sentence does not compile.

mod doctor;
mod doubts;
mod folder;
mod split;
mod stacks;

use crate::error::ErrorCode;
use crate::view::Locale;
use domain::applicant::ApplicantField;
use domain::dossier::Obstacle;
use domain::party::RepresentativeField;

pub(crate) use doctor::{scanner_abilities, scanner_ready, scanners_found};
pub(crate) use doubts::doubt;
pub(crate) use folder::why_not;
pub(crate) use split::alarm as split_alarm;
pub(crate) use stacks::{mismatch, uncounted};

/// What happened and what to do, in `locale`.
#[must_use]
pub fn sentence(code: ErrorCode, detail: Option<&str>, locale: Locale) -> (String, Option<String>) {
    let (message, hint) = match locale {
        Locale::Vi => vietnamese(code),
        Locale::En => english(code),
    };
    let fill = |text: &str| text.replace("{}", detail.unwrap_or("?"));
    (fill(message), Some(hint).filter(|hint| !hint.is_empty()).map(fill))
}

/// Names everything that is still missing.
pub(crate) fn not_ready(obstacles: &[Obstacle], locale: Locale) -> (String, Option<String>) {
    let names: Vec<String> = obstacles.iter().map(|obstacle| missing(obstacle, locale)).collect();
    let (_, hint) = sentence(ErrorCode::NotReady, None, locale);
    let head = match locale {
        Locale::Vi => "Chưa tiếp nhận được, còn thiếu",
        Locale::En => "Not accepted yet, still missing",
    };
    (format!("{head}: {}.", names.join("; ")), hint)
}

fn missing(obstacle: &Obstacle, locale: Locale) -> String {
    let pair = match obstacle {
        Obstacle::Applicant { field: ApplicantField::Name } => ("họ tên người nộp", "the applicant's name"),
        Obstacle::Applicant { field: ApplicantField::IdNumber } => ("số định danh", "the identity number"),
        Obstacle::Applicant { field: ApplicantField::TaxCode } => ("mã số thuế", "the tax code"),
        Obstacle::Representative { field: RepresentativeField::Name } => {
            ("họ tên người nộp thay", "the representative's name")
        }
        Obstacle::Representative { field: RepresentativeField::IdNumber } => {
            ("số định danh người nộp thay", "the representative's identity number")
        }
        Obstacle::Applicant { field: ApplicantField::Address } => ("địa chỉ", "the address"),
        Obstacle::NoProcedure => ("thủ tục hành chính", "the procedure"),
        Obstacle::NoLimit => (
            "thời hạn giải quyết (công bố không ghi; đặt ở ô Thủ tục hoặc bằng `motcua catalogue limit`)",
            "the time limit (the publication names none; set it under Procedure or with `motcua catalogue limit`)",
        ),
        Obstacle::MissingPaper { name, .. } => return name.clone(),
        Obstacle::FailedPaper { name, reason, .. } => return format!("{name} ({reason})"),
        Obstacle::OpenStack { name, .. } => return stacks::open(name, locale),
        Obstacle::Miscount { name, mismatch, .. } => return format!("{name}: {}", stacks::mismatch(mismatch, locale)),
    };
    match locale {
        Locale::Vi => pair.0.to_owned(),
        Locale::En => pair.1.to_owned(),
    }
}

fn vietnamese(code: ErrorCode) -> (&'static str, &'static str) {
    use ErrorCode as C;
    match code {
        C::SignInFailed => ("Tên hoặc mật khẩu không đúng.", "Kiểm tra Caps Lock và bộ gõ tiếng Việt rồi nhập lại."),
        C::SignInThrottled => {
            ("Đã nhập sai mật khẩu nhiều lần.", "Chờ {} giây rồi thử lại, hoặc nhờ phụ trách bộ phận.")
        }
        C::NotSignedIn => ("Chưa có ai đăng nhập.", "Đăng nhập rồi làm tiếp; hồ sơ nháp vẫn còn nguyên."),
        C::NotAllowed => ("Vai trò của bạn không có quyền làm việc này.", "Nhờ người có quyền, hoặc đổi người dùng."),
        C::StationCloned => (
            "Dữ liệu của máy trạm này đã được sao sang, hoặc đem từ, một máy khác.",
            "Ghi danh lại máy trạm trong Cài đặt. Hồ sơ đã tiếp nhận vẫn còn đủ và sẽ được gửi sau khi ghi danh.",
        ),
        C::RecoveryMistyped => (
            "Khóa khôi phục gõ chưa đúng: sai hoặc thiếu ký tự.",
            "Gõ lại 32 ký tự trên phiếu, theo từng nhóm bốn ký tự.",
        ),
        C::NotTraining => {
            ("Chỉ trạm tập huấn mới nhận dữ liệu mẫu.", "Tạo trạm tập huấn bằng `motcua init --training` rồi làm lại.")
        }
        C::Purged => (
            "Trang này không còn lưu trên máy: hệ thống trung tâm đã nhận đủ và đã quá hạn lưu tại quầy.",
            "Tra cứu bản đầy đủ trên hệ thống trung tâm.",
        ),
        C::NotOffered => (
            "Giấy tờ này không được dùng lại cho hồ sơ đang làm.",
            "Hỏi chủ hồ sơ có đồng ý dùng lại giấy tờ đã nộp không, rồi đánh dấu đồng ý và chọn lại.",
        ),
        C::NoRetention => {
            ("Chưa đặt số ngày lưu tại quầy nên không xóa gì.", "Đặt số ngày lưu bằng `motcua retention` rồi làm lại.")
        }
        C::StaffNotFound => ("Không có người dùng này.", "Xem lại danh sách người dùng."),
        C::LoginTaken => ("Tên đăng nhập đã có người dùng.", "Chọn tên khác."),
        C::WeakPassword => ("Mật khẩu quá ngắn.", "Dùng ít nhất {} ký tự."),
        C::LastAdministrator => (
            "Đây là người quản trị cuối cùng nên không bỏ quyền hay khóa được.",
            "Giao quyền quản trị cho người khác trước.",
        ),
        C::BadRights => (
            "Bảng phân quyền không dùng được.",
            "Phải còn vai trò có quyền quản trị, và vai trò thanh tra chỉ được xem.",
        ),
        C::DataOnNetwork => {
            ("Thư mục dữ liệu nằm trên ổ mạng, không an toàn cho hồ sơ.", "Chọn thư mục trên ổ đĩa của máy này.")
        }
        C::DataInUse => {
            ("Chương trình đang mở ở một cửa sổ khác trên máy này.", "Dùng cửa sổ đang mở, hoặc đóng nó rồi mở lại.")
        }
        C::DataNewer => (
            "Dữ liệu do phiên bản mới hơn của chương trình ghi.",
            "Cập nhật chương trình rồi mở lại. Dữ liệu không bị thay đổi.",
        ),
        C::DataMissing => (
            "Thư mục này chưa có dữ liệu của máy trạm.",
            "Khởi tạo máy trạm bằng lệnh motcua init, hoặc chọn thư mục khác.",
        ),
        C::DataExists => {
            ("Thư mục này đã có dữ liệu của một máy trạm.", "Chọn thư mục trống; dữ liệu cũ được giữ nguyên.")
        }
        C::DataDamaged => (
            "Một phần dữ liệu lưu trên máy không đọc lại được.",
            "Ngừng sửa hồ sơ này và báo quản trị kèm mã tham chiếu.",
        ),
        C::DiskFull => (
            "Ổ đĩa đã đầy, thay đổi vừa rồi chưa được lưu.",
            "Giải phóng dung lượng rồi làm lại bước vừa rồi. Những gì đã lưu vẫn còn.",
        ),
        C::DiskRefused => ("Máy không ghi được vào ổ đĩa.", "Kiểm tra ổ đĩa và quyền của thư mục dữ liệu rồi thử lại."),
        C::UnreadableId => (
            "Không đọc được mã trên thẻ căn cước.",
            "Quét lại thẻ; nếu vẫn không được thì nhập tay. Các ô đang có không bị thay đổi.",
        ),
        C::NoCardCode => (
            "Không thấy mã QR của thẻ căn cước trên ảnh.",
            "Chụp hoặc quét lại mặt thẻ có mã QR, thẳng, rõ và đủ sáng; hoặc nhập tay. Các ô đang có không bị thay đổi.",
        ),
        C::DossierNotFound => ("Không tìm thấy hồ sơ này.", "Tìm lại theo mã hồ sơ hoặc tên người nộp."),
        C::DossierClosed => (
            "Hồ sơ không còn là bản nháp nên không sửa ở đây được nữa.",
            "Khôi phục bản nháp đã bỏ, hoặc mở hồ sơ mới nếu cần tiếp nhận thêm.",
        ),
        C::DossierState => {
            ("Hồ sơ đang ở trạng thái không làm được việc này.", "Mở lại hồ sơ để xem trạng thái hiện tại.")
        }
        C::NotReady => ("Hồ sơ chưa đủ để tiếp nhận.", "Bổ sung các mục còn thiếu rồi bấm F9."),
        C::NothingToPrint => ("Chưa có gì để in trên mẫu này.", "Kiểm tra tình trạng hồ sơ hoặc chọn mẫu khác."),
        C::DuplicateDossier => (
            "Người này vừa nộp thủ tục này gần đây: {}.",
            "Mở hồ sơ đã có để xem. Nếu đây là hồ sơ khác thì ghi lý do rồi tiếp nhận.",
        ),
        C::ReasonMissing => ("Việc này cần có lý do.", "Ghi lý do để in trên phiếu và lưu trong quá trình hồ sơ."),
        C::ReceiptNumbersGone => (
            "Không còn số biên lai nào để cấp; tiền chưa được ghi.",
            "Nhập quyển biên lai giấy (F8, mục Quyển giấy) rồi thu lại, hoặc đồng bộ với hệ thống trung tâm để xin số.",
        ),
        C::ReceiptBlock => (
            "Dải số biên lai không hợp lệ hoặc đã có trong sổ.",
            "Xem lại ký hiệu mẫu, ký hiệu, số đầu và số cuối của quyển.",
        ),
        C::ReceiptSkipped => {
            ("Số tiếp theo phải là {}; không được bỏ qua số nào.", "Dùng đúng số này, hoặc bỏ số đó kèm lý do trước.")
        }
        C::ReceiptNotFound => ("Không tìm thấy biên lai này.", "Tìm theo mã hồ sơ, hoặc mở danh sách biên lai."),
        C::ReceiptVoid => ("Biên lai này đã hủy trước đó.", "Lập biên lai khác nếu cần thu lại."),
        C::ReceiptByHand => (
            "Biên lai này thuộc quyển giấy, được viết tay.",
            "Ghi vào quyển đúng số đang hiện trên màn hình; chương trình không in thay.",
        ),
        C::FeeUnknown => ("Chưa biết số tiền phải thu: {}.", "Nhập số lượng hoặc mức thu trong F8 rồi thu lại."),
        C::NothingDue => ("Không còn khoản nào phải thu.", "Xem các biên lai đã lập ở F8."),
        C::FeeChanged => ("Số tiền phải thu nay là {}, khác số vừa hiện.", "Xem lại khoản thu rồi bấm thu lần nữa."),
        C::FeePaid => (
            "Hồ sơ nháp này đã thu tiền nên chưa bỏ được.",
            "Hủy biên lai kèm lý do (F8) và hoàn tiền trước, rồi bỏ bản nháp.",
        ),
        C::NoAccount => (
            "Chưa có tài khoản nhận tiền của cơ quan.",
            "Nhờ phụ trách nhập tài khoản ở Cài đặt, mục Thu phí; trong lúc đó thu tiền mặt.",
        ),
        C::BadFeeTable => {
            ("Biểu mức thu không dùng được ({}).", "Sửa tệp rồi nhập lại; biểu đang dùng được giữ nguyên.")
        }
        C::NoShift => {
            ("Chưa có ca thu tiền này.", "Ca mở khi thu khoản đầu tiên, hoặc mở ca trước ở màn hình Ca thu tiền.")
        }
        C::ShiftDifference => {
            ("Tiền mặt kiểm đếm lệch {} so với sổ.", "Đếm lại; nếu vẫn lệch thì ghi lý do rồi chốt ca.")
        }
        C::ComponentNotFound => ("Không có thành phần hồ sơ này.", "Chọn một thành phần trong danh sách."),
        C::StackNotFound => ("Không có xấp giấy này, hoặc đã bỏ.", "Quét xấp mới, hoặc khôi phục xấp đã bỏ trước."),
        C::PageNotFound => ("Không tìm thấy trang này.", "Mở lại hồ sơ để xem các trang hiện có."),
        C::NothingToUndo => {
            ("Không còn thao tác trang nào để hoàn tác hay làm lại.", "Các trang giữ nguyên như đang thấy.")
        }
        C::UndoUnfit => (
            "Không hoàn tác được: các trang này đã đổi theo cách khác từ sau thao tác đó.",
            "Không trang nào mất; sửa trực tiếp trang cần đổi.",
        ),
        C::ProcedureNotFound => {
            ("Không có thủ tục này trong danh mục.", "Tìm theo tên hoặc mã khác, hoặc cập nhật danh mục.")
        }
        C::CaseNotFound => ("Thủ tục không có trường hợp này.", "Chọn một trường hợp trong danh sách."),
        C::BadCatalogue => ("Tệp danh mục không đọc được.", "Kiểm tra tệp có đúng định dạng JSON của danh mục không."),
        C::CatalogueTooLarge => (
            "Tệp lớn hơn mọi danh mục thủ tục. Danh mục đang dùng không thay đổi.",
            "Kiểm tra đã chọn đúng tệp chưa; nếu đúng là danh mục thì tách tệp ra.",
        ),
        C::PackageKeyUnknown => (
            "Gói danh mục ký bằng khóa chưa được tin cậy ở máy này: {}. Danh mục đang dùng không thay đổi.",
            "Đối chiếu khóa với nơi phát hành qua đường khác, thêm vào danh sách khóa tin cậy rồi nạp lại.",
        ),
        C::PackageForged => (
            "Chữ ký của gói danh mục không đúng: gói bị sửa hoặc hỏng trên đường đi. Danh mục đang dùng không thay đổi.",
            "Lấy lại gói từ nơi phát hành.",
        ),
        C::PackageOld => (
            "Gói này không mới hơn gói đã nạp ({}). Danh mục đang dùng không thay đổi.",
            "Lấy gói mới nhất của nơi phát hành.",
        ),
        C::PackageBase => (
            "Gói này chỉ ghi phần thay đổi của một gói khác với gói đã nạp gần nhất ({}). Danh mục đang dùng không thay đổi.",
            "Nạp lần lượt các gói còn thiếu, hoặc nạp gói đầy đủ.",
        ),
        C::LimitPublished => (
            "Công bố đã ghi thời hạn của trường hợp này nên không đặt tay.",
            "Nếu công bố sai, nạp bản công bố đã đính chính.",
        ),
        C::BadCalendar => ("Lịch làm việc không tính được ngày hẹn.", "Kiểm tra tệp lịch: phải có ngày làm việc."),
        C::BadCalendarFile => (
            "Tệp lịch làm việc chưa đúng ở chỗ: {}.",
            "Sửa chỗ đó trong tệp rồi nhập lại. Lịch đang dùng vẫn giữ nguyên.",
        ),
        C::CalendarSame => ("Ngày này trong lịch đã như vậy rồi.", "Chọn ngày khác hoặc loại ngày khác."),
        C::CalendarChangeNotFound => {
            ("Thay đổi này của lịch không còn hiệu lực.", "Mở lại lịch làm việc để xem các thay đổi đang có.")
        }
        C::AppointmentTime => {
            ("Thời điểm hẹn trả đã qua hoặc quá xa.", "Chọn một ngày sau hôm nay, trong vòng mười năm.")
        }
        C::AppointmentClosed => (
            "Thời điểm hẹn trả nằm ngoài giờ làm việc.",
            "Chọn giờ làm việc của một ngày làm việc, hoặc thêm ngày làm bù vào lịch trước.",
        ),
        C::AppointmentSame => ("Hồ sơ đã hẹn trả đúng vào thời điểm này.", "Chọn thời điểm khác."),
        C::BadInput => ("Giá trị nhập vào ô không hợp lệ ({}).", "Sửa lại ô đó rồi tiếp tục."),
        C::FileEmpty => ("Tệp rỗng, không có nội dung.", "Quét hoặc chép lại tệp. Các trang khác không bị ảnh hưởng."),
        C::FileDamaged => {
            ("Tệp bị hỏng, không đọc được trọn vẹn.", "Quét hoặc chép lại tệp. Các trang khác không bị ảnh hưởng.")
        }
        C::FilePassword => ("Tệp PDF có mật khẩu.", "Bỏ mật khẩu rồi chọn lại tệp, hoặc quét bản giấy."),
        C::FileTooLarge => ("Ảnh quá lớn ({} điểm ảnh).", "Quét lại ở 200–300 dpi rồi chọn lại."),
        C::FileTooHeavy => {
            ("Tệp quá lớn ({} MB).", "Chia nhỏ tệp hoặc quét lại ở 200–300 dpi; mỗi tệp không quá 300 MB.")
        }
        C::FileTooLong => ("Tệp có quá nhiều trang ({}).", "Tách tệp thành nhiều phần, mỗi phần không quá 500 trang."),
        C::FileKind => {
            ("Không phải tệp JPEG, PNG, TIFF hay PDF.", "Chuyển sang một trong các định dạng đó, hoặc quét bản giấy.")
        }
        C::FileFlavor => (
            "Tệp dùng kiểu nén hoặc kiểu màu chưa đọc được.",
            "Mở bằng chương trình xem ảnh rồi lưu lại thành JPEG, PNG hoặc PDF, hoặc quét bản giấy.",
        ),
        C::FileUnreachable => ("Không mở được tệp {}.", "Kiểm tra tệp còn đó và có quyền đọc, rồi chọn lại."),
        C::IncomingNotReady => (
            "Tệp không còn trong thư mục hoặc chưa ghi xong. Chưa trang nào của tệp được nhận.",
            "Chờ khay ảnh đến báo sẵn sàng rồi nhận lại.",
        ),
        C::ScannerNotFound => {
            ("Không tìm thấy máy quét.", "Kiểm tra nguồn và dây cáp, rồi chọn máy quét trong Cài đặt.")
        }
        C::ScannerNoSource => ("Máy quét không có khay giấy đã chọn.", "Chọn nguồn giấy khác trong Cài đặt."),
        C::ScannerFeederEmpty => ("Khay nạp chưa có giấy.", "Đặt giấy vào khay rồi bấm F5."),
        C::ScannerJam => {
            ("Máy quét kẹt giấy. Các trang đã nhận vẫn còn.", "Gỡ tờ kẹt, đặt tờ đó và các tờ sau vào khay rồi bấm F5.")
        }
        C::ScannerDoubleFeed => (
            "Máy quét kéo hai tờ cùng lúc. Các trang đã nhận vẫn còn; hai tờ đó chưa được tính.",
            "Lấy hai tờ ra, tách rời, gỡ ghim kẹp, xếp lại lên đầu xấp rồi bấm F5.",
        ),
        C::ScannerCoverOpen => ("Nắp máy quét đang mở. Các trang đã nhận vẫn còn.", "Đóng nắp rồi bấm F5."),
        C::ScannerBusy => ("Máy quét đang bận.", "Chờ máy quét xong việc khác rồi bấm F5."),
        C::ScannerTimeout => (
            "Máy quét không trả lời sau {} giây. Các trang đã nhận vẫn còn.",
            "Tắt bật máy quét rồi quét tiếp các tờ còn lại.",
        ),
        C::ScannerFailed => {
            ("Máy quét báo lỗi. Các trang đã nhận vẫn còn.", "Tắt bật máy quét rồi quét tiếp các tờ còn lại.")
        }
        C::ScannerMissing => ("Máy này chưa cài phần mềm điều khiển máy quét.", "Nhờ quản trị cài gói sane-utils."),
        C::ScannerDenied => ("Không có quyền dùng máy quét.", "Nhờ quản trị cấp quyền cho tài khoản này."),
        C::ScanRunning => ("Đang nhận trang, chưa nhận thêm được.", "Chờ xong hoặc bấm Esc để dừng."),
        C::PrinterNotFound => ("Không tìm thấy máy in.", "Chọn máy in trong Cài đặt, hoặc mở PDF để in sau."),
        C::PrintFailed => ("Máy in không nhận lệnh in.", "Kiểm tra máy in rồi in lại; giấy tiếp nhận vẫn còn."),
        C::PrintUnavailable => ("Máy này chưa in thẳng từ chương trình được.", "Bấm Mở PDF rồi in từ trình xem."),
        C::ViewerMissing => ("Không mở được trình xem PDF.", "Cài trình xem PDF, hoặc in thẳng bằng Ctrl+P."),
        C::FormFailed => ("Không dựng được tệp PDF.", "Thử lại; nếu vẫn lỗi, báo quản trị kèm mã tham chiếu."),
        C::CareRunning => (
            "Đang kiểm tra hoặc sao lưu dữ liệu, chưa làm thêm được.",
            "Chờ xong rồi làm lại; việc tiếp nhận vẫn làm bình thường.",
        ),
        C::NoBackupFolder => ("Chưa chọn nơi sao lưu.", "Chọn một thư mục trên ổ khác, như ổ USB của cơ quan."),
        C::BackupInside => {
            ("Nơi sao lưu nằm ngay trong thư mục dữ liệu, hỏng máy là mất cả hai.", "Chọn ổ đĩa rời hoặc thư mục khác.")
        }
        C::BackupFull => (
            "Ổ đĩa sao lưu đã đầy; các bản sao lưu trước vẫn dùng được.",
            "Giải phóng dung lượng hoặc dùng ổ đĩa lớn hơn rồi sao lưu lại.",
        ),
        C::BackupTooLarge => (
            "Ổ đĩa sao lưu không nhận tệp lớn hơn 4 GB (định dạng FAT); các bản trước vẫn dùng được.",
            "Định dạng ổ đĩa sang exFAT hoặc NTFS, hoặc dùng ổ đĩa khác, rồi sao lưu lại.",
        ),
        C::BackupRefused => (
            "Không đọc hoặc ghi được ổ đĩa sao lưu.",
            "Kiểm tra ổ đĩa đã cắm và có quyền ghi, rồi làm lại. Dữ liệu tại máy không bị ảnh hưởng.",
        ),
        C::BackupUnproven => (
            "Bản sao lưu vừa ghi đọc lại không đúng nên đã bỏ; các bản trước vẫn dùng được.",
            "Sao lưu lại sang ổ đĩa khác và thay ổ đĩa này.",
        ),
        C::NoBackup => (
            "Không tìm thấy bản sao lưu nào còn nguyên vẹn ở đây.",
            "Chọn đúng thư mục đã sao lưu, hoặc dùng ổ đĩa sao lưu khác.",
        ),
        C::ManyBackups => ("Ở đây có bản sao lưu của nhiều máy trạm: {}.", "Chọn đúng một thư mục trong số đó."),
        C::NotEnrolled => (
            "Máy trạm chưa ghi danh với hệ thống trung tâm.",
            "Vào Cài đặt, nhập địa chỉ và mã ghi danh. Việc tiếp nhận vẫn làm bình thường.",
        ),
        C::TokenRefused => ("Mã ghi danh không đúng hoặc đã dùng.", "Xin quản trị hệ thống trung tâm một mã mới."),
        C::CentralUnreachable => {
            ("Không kết nối được hệ thống trung tâm.", "Cứ làm tiếp; chương trình tự gửi khi có mạng.")
        }
        C::CentralForeign => (
            "Nơi trả lời không phải hệ thống trung tâm (có thể là trang đăng nhập mạng).",
            "Mở trình duyệt đăng nhập mạng, hoặc kiểm tra địa chỉ trong Cài đặt.",
        ),
        C::CentralCertificate => (
            "Không xác minh được chứng chỉ của hệ thống trung tâm.",
            "Kiểm tra ngày giờ của máy này, rồi báo quản trị.",
        ),
        C::CentralFailed => ("Hệ thống trung tâm đang lỗi ({}).", "Cứ làm tiếp; chương trình tự gửi lại."),
        C::CentralUnproven => (
            "Hệ thống trung tâm trả lời không khớp với những gì đã gửi.",
            "Chương trình sẽ gửi lại; nếu lặp lại, báo quản trị.",
        ),
        C::CentralUnauthorized => {
            ("Hệ thống trung tâm không nhận ra máy trạm này.", "Ghi danh lại trong Cài đặt; hồ sơ chờ gửi vẫn còn.")
        }
        C::CentralRefused => {
            ("Hệ thống trung tâm từ chối hồ sơ này ({}).", "Báo phụ trách bộ phận kèm mã hồ sơ; bản trên máy vẫn còn.")
        }
        C::CentralAddress => {
            ("Địa chỉ hệ thống trung tâm không hợp lệ.", "Nhập địa chỉ bắt đầu bằng https:// hoặc http://.")
        }
        C::Internal => ("Chương trình gặp lỗi.", "Làm lại bước vừa rồi; nếu vẫn lỗi, báo quản trị kèm mã tham chiếu."),
    }
}

fn english(code: ErrorCode) -> (&'static str, &'static str) {
    use ErrorCode as C;
    match code {
        C::SignInFailed => {
            ("The name or the password is wrong.", "Check Caps Lock and the input method, then type it again.")
        }
        C::SignInThrottled => {
            ("The password was wrong several times.", "Wait {} seconds and try again, or ask the supervisor.")
        }
        C::NotSignedIn => ("Nobody is signed in.", "Sign in and go on; drafts are as they were."),
        C::NotAllowed => ("Your role may not do this.", "Ask someone who may, or change users."),
        C::StationCloned => (
            "The data of this station was copied to, or from, another machine.",
            "Enroll the station again in the settings. What was received is all here and goes out afterwards.",
        ),
        C::RecoveryMistyped => {
            ("This is not a whole recovery key.", "Type the 32 signs on the sheet again, four by four.")
        }
        C::NotTraining => {
            ("Only a training station takes made-up data.", "Make one with `motcua init --training` and do it there.")
        }
        C::Purged => (
            "This page is no longer kept here: the central system has it, and its days at the counter are over.",
            "Look it up in the central system.",
        ),
        C::NotOffered => (
            "This paper cannot be used again for this dossier.",
            "Ask the owner whether papers handed in before may be used again, note the consent, then choose it again.",
        ),
        C::NoRetention => (
            "No number of days is set after which anything may go, so nothing went.",
            "Set it with `motcua retention`, then do it again.",
        ),
        C::StaffNotFound => ("There is no such user.", "Look at the list of users."),
        C::LoginTaken => ("The login belongs to somebody already.", "Choose another."),
        C::WeakPassword => ("The password is too short.", "Use at least {} characters."),
        C::LastAdministrator => ("This is the last user who may administer.", "Give somebody else that right first."),
        C::BadRights => (
            "The table of rights cannot be used.",
            "Some role must be able to administer, and inspectors may only read.",
        ),
        C::DataOnNetwork => (
            "The data folder lies on a network drive, which is not safe.",
            "Choose a folder on this machine's own disk.",
        ),
        C::DataInUse => {
            ("The program is open in another window on this machine.", "Use that window, or close it and open again.")
        }
        C::DataNewer => (
            "The data was written by a newer version of the program.",
            "Update the program and open again. The data was not changed.",
        ),
        C::DataMissing => ("This folder holds no station yet.", "Make one with motcua init, or choose another folder."),
        C::DataExists => ("This folder holds a station already.", "Choose an empty folder; the old data stays."),
        C::DataDamaged => (
            "Part of the stored data does not read back.",
            "Stop editing this dossier and tell the administrator the reference.",
        ),
        C::DiskFull => (
            "The disk is full; the last change was not kept.",
            "Free some space and repeat the last step. What was kept before is there.",
        ),
        C::DiskRefused => {
            ("The disk cannot be written.", "Check the disk and the rights of the data folder, then try again.")
        }
        C::UnreadableId => (
            "The code on the identity card could not be read.",
            "Read the card again, or type. The fields were not changed.",
        ),
        C::NoCardCode => (
            "No identity card's QR code was found on the picture.",
            "Photograph or scan the side with the code again, flat, sharp and well lit, or type. The fields were not changed.",
        ),
        C::DossierNotFound => ("This dossier was not found.", "Search by its code or the applicant's name."),
        C::DossierClosed => (
            "The dossier is no longer a draft and cannot be edited here.",
            "Restore the discarded draft, or open a new dossier for further papers.",
        ),
        C::DossierState => ("The dossier's state does not allow this.", "Open the dossier again to see its state."),
        C::NotReady => ("The dossier is not complete enough to accept.", "Add what is missing, then press F9."),
        C::NothingToPrint => {
            ("There is nothing to print on this form yet.", "Check where the dossier stands, or choose another form.")
        }
        C::DuplicateDossier => (
            "This person handed in the same procedure lately: {}.",
            "Open that dossier to look. If this is another matter, write why and accept.",
        ),
        C::ReasonMissing => ("This step needs a reason.", "Write why; the slip and the dossier's history name it."),
        C::ReceiptNumbersGone => (
            "No number is left for a receipt; no money was booked.",
            "Take in a printed book (F8, Printed book) and take the money again, or sync to be given numbers.",
        ),
        C::ReceiptBlock => {
            ("The numbers do not fit or are in the book already.", "Look at the signs, the first and the last number.")
        }
        C::ReceiptSkipped => {
            ("The next number must be {}; none is passed over.", "Use that one, or set it aside with a reason first.")
        }
        C::ReceiptNotFound => {
            ("There is no such receipt.", "Look by the dossier's code, or open the list of receipts.")
        }
        C::ReceiptVoid => ("This receipt is void already.", "Make another one if money is to be taken again."),
        C::ReceiptByHand => (
            "This receipt is one of a printed book, written by hand.",
            "Write it under the number on the screen; the program does not print it.",
        ),
        C::FeeUnknown => {
            ("The amount is not known yet: {}.", "Enter the count or the amount in F8, then take it again.")
        }
        C::NothingDue => ("Nothing is left to be paid.", "The receipts stand in F8."),
        C::FeeChanged => ("The fee is {} now, not what was shown.", "Look at it again, then take it once more."),
        C::FeePaid => {
            ("Money was taken for this draft.", "Make its receipt void with a reason (F8) and give it back first.")
        }
        C::NoAccount => {
            ("The agency's account is not set.", "Ask the supervisor to set it in Settings, Fees; take cash meanwhile.")
        }
        C::BadFeeTable => ("The fee table cannot be used ({}).", "Mend the file; the table in use stays."),
        C::NoShift => ("There is no such shift.", "It opens with the first money, or in the screen of shifts."),
        C::ShiftDifference => {
            ("The cash differs by {} from the book.", "Count again; if it still differs, say why and close the shift.")
        }
        C::ComponentNotFound => ("There is no such component.", "Choose one from the list."),
        C::StackNotFound => ("There is no such stack, or it is discarded.", "Scan a new one, or bring it back first."),
        C::PageNotFound => ("This page was not found.", "Open the dossier again to see its pages."),
        C::NothingToUndo => ("There is no page action left to undo or redo.", "The pages stay as you see them."),
        C::UndoUnfit => (
            "This cannot be undone: the pages were changed in another way since.",
            "No page is lost; change the page itself.",
        ),
        C::ProcedureNotFound => {
            ("The catalogue has no such procedure.", "Search by another name or code, or update the catalogue.")
        }
        C::CaseNotFound => ("The procedure has no such case.", "Choose one from the list."),
        C::BadCatalogue => ("The catalogue file does not read.", "Check that it is catalogue JSON."),
        C::CatalogueTooLarge => (
            "The catalogue file is larger than any catalogue of procedures. Nothing was changed.",
            "Check that the right file was chosen; split it where it really is one.",
        ),
        C::PackageKeyUnknown => (
            "The package is signed with a key that is not trusted here: {}. Nothing was changed.",
            "Compare the key with what its issuer tells you by another way, then trust it and bring the package in again.",
        ),
        C::PackageForged => (
            "The package's signature does not hold: it was changed or damaged on its way. Nothing was changed.",
            "Get the package from its issuer again.",
        ),
        C::PackageOld => (
            "This package is no newer than the one that came in before ({}). Nothing was changed.",
            "Get the newest package of the series.",
        ),
        C::PackageBase => (
            "This package only changes another one, which is not the last that came in here ({}). Nothing was changed.",
            "Bring in the packages between in their order, or a whole one.",
        ),
        C::LimitPublished => (
            "The publication names a time limit for this case, so none is set by hand.",
            "Where the publication is wrong, bring in the corrected one.",
        ),
        C::BadCalendar => ("The working calendar gives no date.", "Check the calendar file: it needs working days."),
        C::BadCalendarFile => {
            ("The calendar file is wrong at: {}.", "Mend it there and bring it in again. The calendar in use stands.")
        }
        C::CalendarSame => ("The day is so already.", "Choose another day or another kind."),
        C::CalendarChangeNotFound => {
            ("This change of the calendar does not stand.", "Open the calendar again to see what stands.")
        }
        C::AppointmentTime => ("The time appointed has passed or is too far off.", "Choose a day within ten years."),
        C::AppointmentClosed => (
            "Nobody works at the time appointed.",
            "Choose working hours of a working day, or add a make-up day to the calendar first.",
        ),
        C::AppointmentSame => ("The dossier is due at that time already.", "Choose another time."),
        C::BadInput => ("A field's value does not fit ({}).", "Mend that field and go on."),
        C::FileEmpty => ("The file is empty.", "Scan or copy it again. Other pages are untouched."),
        C::FileDamaged => {
            ("The file is damaged and does not read whole.", "Scan or copy it again. Other pages are untouched.")
        }
        C::FilePassword => {
            ("The PDF asks for a password.", "Remove the password and choose it again, or scan the paper.")
        }
        C::FileTooLarge => ("The picture is too large ({} pixels).", "Scan it again at 200–300 dpi."),
        C::FileTooHeavy => {
            ("The file is too large ({} MB).", "Split it, or scan again at 200–300 dpi; a file may have 300 MB.")
        }
        C::FileTooLong => ("The file has too many pages ({}).", "Split it into parts of at most 500 pages."),
        C::FileKind => ("This is neither JPEG, PNG, TIFF nor PDF.", "Convert it to one of these, or scan the paper."),
        C::FileFlavor => (
            "The file's compression or colors cannot be read yet.",
            "Save it anew as JPEG, PNG or PDF, or scan the paper.",
        ),
        C::FileUnreachable => {
            ("The file {} cannot be opened.", "Check that it is there and may be read, then choose it again.")
        }
        C::IncomingNotReady => (
            "The file is no longer in its folder, or not whole yet. No page was taken from it.",
            "Wait until the tray shows it as ready, then take it again.",
        ),
        C::ScannerNotFound => {
            ("The scanner was not found.", "Check power and cable, then choose the scanner in Settings.")
        }
        C::ScannerNoSource => ("The scanner has no such paper source.", "Choose another source in Settings."),
        C::ScannerFeederEmpty => ("There is no paper in the feeder.", "Put paper in and press F5."),
        C::ScannerJam => (
            "Paper jam. The pages received so far are kept.",
            "Take the sheet out, put it and the rest back, and press F5.",
        ),
        C::ScannerDoubleFeed => (
            "Two sheets went through at once. The pages received so far are kept; those two did not count.",
            "Take both out, part them, take staples and clips off, put them back on top and press F5.",
        ),
        C::ScannerCoverOpen => {
            ("The scanner's cover is open. The pages received so far are kept.", "Close the cover and press F5.")
        }
        C::ScannerBusy => ("The scanner is busy.", "Wait until it is done, then press F5."),
        C::ScannerTimeout => (
            "The scanner gave no answer for {} seconds. The pages received so far are kept.",
            "Switch it off and on, then scan the remaining sheets.",
        ),
        C::ScannerFailed => (
            "The scanner reports a fault. The pages received so far are kept.",
            "Switch it off and on, then scan the remaining sheets.",
        ),
        C::ScannerMissing => {
            ("No scanner software is installed on this machine.", "Ask the administrator to install sane-utils.")
        }
        C::ScannerDenied => ("This account may not use the scanner.", "Ask the administrator for the right."),
        C::ScanRunning => ("Pages are coming in already.", "Wait for the end, or press Esc to stop."),
        C::PrinterNotFound => ("No printer was found.", "Choose one in Settings, or open the PDF and print later."),
        C::PrintFailed => {
            ("The printer did not take the job.", "Check the printer and print again; the receipt is kept.")
        }
        C::PrintUnavailable => {
            ("This machine cannot print from the program yet.", "Open the PDF and print it from the viewer.")
        }
        C::ViewerMissing => ("No PDF viewer could be opened.", "Install one, or print with Ctrl+P."),
        C::FormFailed => {
            ("The PDF could not be made.", "Try again; if it fails again, tell the administrator the reference.")
        }
        C::CareRunning => (
            "The data is being checked or backed up.",
            "Wait until it is done, then do it again; intake goes on as usual.",
        ),
        C::NoBackupFolder => {
            ("No place to back up to was chosen.", "Choose a folder on another disk, such as the office's USB disk.")
        }
        C::BackupInside => (
            "The backup would lie inside the data folder and be lost along with it.",
            "Choose a removable disk or another folder.",
        ),
        C::BackupFull => (
            "The backup disk is full; earlier backups are good.",
            "Free some space or use a larger disk, then back up again.",
        ),
        C::BackupTooLarge => (
            "The backup disk takes no file larger than 4 GB (it has the format FAT); earlier backups are good.",
            "Format it as exFAT or NTFS, or use another disk, then back up again.",
        ),
        C::BackupRefused => (
            "The backup disk cannot be read or written.",
            "Check that it is plugged in and may be written, then do it again. The data here is not affected.",
        ),
        C::BackupUnproven => (
            "The backup did not read back right and was given up; earlier backups are good.",
            "Back up to another disk and replace this one.",
        ),
        C::NoBackup => {
            ("No sound backup was found here.", "Choose the folder that was backed up to, or another backup disk.")
        }
        C::ManyBackups => ("Backups of several stations are here: {}.", "Choose one of these folders."),
        C::NotEnrolled => (
            "The station is not enrolled with a central system.",
            "Enter address and token in Settings. Intake goes on as usual.",
        ),
        C::TokenRefused => {
            ("The enrolment token is wrong or was used.", "Ask the central system's administrator for a new one.")
        }
        C::CentralUnreachable => {
            ("The central system cannot be reached.", "Go on working; it is sent when the network is back.")
        }
        C::CentralForeign => (
            "What answers is not the central system (perhaps a network sign-in page).",
            "Sign in to the network in a browser, or check the address in Settings.",
        ),
        C::CentralCertificate => (
            "The central system's certificate could not be verified.",
            "Check this machine's date and time, then tell the administrator.",
        ),
        C::CentralFailed => ("The central system has a fault ({}).", "Go on working; it is sent again."),
        C::CentralUnproven => (
            "The central system's answer does not match what was sent.",
            "It is sent again; if this repeats, tell the administrator.",
        ),
        C::CentralUnauthorized => {
            ("The central system does not know this station.", "Enroll again in Settings; what waits is kept.")
        }
        C::CentralRefused => (
            "The central system refuses this dossier ({}).",
            "Tell the supervisor the dossier's code; the copy here is kept.",
        ),
        C::CentralAddress => {
            ("The central system's address is not valid.", "Enter an address that starts with https:// or http://.")
        }
        C::Internal => (
            "The program met a fault.",
            "Repeat the last step; if it fails again, tell the administrator the reference.",
        ),
    }
}
