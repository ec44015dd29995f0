//! Every fault in Vietnamese: what happened, and what to do next.

use crate::error::ErrorCode;

pub(super) fn sentence(code: ErrorCode) -> (&'static str, &'static str) {
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
        C::PhoneUnreachable => (
            "Không mở được liên kết cho điện thoại.",
            "Kiểm tra máy đã nối mạng nội bộ (Wi-Fi hoặc dây) rồi thử lại; hoặc chép ảnh vào máy và chọn tệp.",
        ),
        C::PhotoCoarse => (
            "Ảnh chụp chỉ đạt {} dpi trên mặt giấy, chưa đủ 200 dpi để lưu.",
            "Chụp lại gần hơn, từ trên xuống, để tờ giấy gần đầy khung hình; hoặc quét tờ giấy. Các trang khác không bị ảnh hưởng.",
        ),
        C::NoCardCode => (
            "Không thấy mã QR của thẻ căn cước trên ảnh.",
            "Chụp hoặc quét lại mặt thẻ có mã QR, thẳng, rõ và đủ sáng; hoặc nhập tay. Các ô đang có không bị thay đổi.",
        ),
        C::SplitDoubtful => (
            "Xấp giấy còn chỗ chưa rõ nên chưa tách.",
            "Xem các điểm cần kiểm tra; nếu vẫn đúng thì ghi lý do rồi tách. Các trang vẫn nằm trong khay chờ phân.",
        ),
        C::DuplexUneven => (
            "Số mặt trước và mặt sau không bằng nhau nên chưa ghép.",
            "Xem cả hai lượt; quét lại mặt sau, hoặc chọn cách ghép. Không trang nào bị bỏ.",
        ),
        C::SplitUnread => (
            "Còn trang chưa được tìm tờ bìa.",
            "Cho đọc hết các trang rồi tách. Các trang vẫn nằm trong khay chờ phân.",
        ),
        C::BadTicket => (
            "Đây không phải số thứ tự của hôm nay.",
            "Gõ lại số trên phiếu (chữ không dấu và số, như 017 hay A017), hoặc phát số mới.",
        ),
        C::TicketNotFound => ("Hôm nay không có số thứ tự này.", "Xem lại số trên phiếu, hoặc phát số mới."),
        C::TicketState => (
            "Số này đã phục vụ xong hoặc đang ở chỗ cán bộ khác.",
            "Xem lại hàng chờ; cần phục vụ lại thì trả số về hàng chờ rồi gọi.",
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
        C::FolderUnfit => (
            "Không nhận bản quét từ thư mục này được.",
            "Chọn thư mục khác: không phải thư mục dữ liệu của chương trình; mỗi máy theo dõi nhiều nhất 16 thư mục.",
        ),
        C::FolderAway => (
            "Không mở được thư mục nhận bản quét.",
            "Kiểm tra mạng hoặc ổ đĩa chứa thư mục; chương trình tự thử lại, không tệp nào mất.",
        ),
        C::IncomingNotReady => (
            "Tệp không còn trong thư mục hoặc chưa ghi xong. Chưa trang nào của tệp được nhận.",
            "Chờ khay nhận báo sẵn sàng rồi nhận lại.",
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
        C::ScannerLent => ("Máy quét đang được quầy khác dùng (từ {}).", "Chờ quầy đó quét xong rồi bấm F5."),
        C::ShareFailed => (
            "Không mở được cổng mạng để chia sẻ máy quét.",
            "Có thể chương trình khác đang dùng cổng này; nhờ quản trị đổi cổng bằng motcua scanner share --port.",
        ),
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
