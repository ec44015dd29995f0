/** Sentences about forms on paper. */
import type { Form } from "../../bindings/Form";

const forms: Record<Form, string> = {
  receipt: "Giấy tiếp nhận và hẹn trả",
  supplement: "Phiếu yêu cầu bổ sung",
  refusal: "Phiếu từ chối tiếp nhận",
  apology: "Phiếu xin lỗi, hẹn lại ngày trả",
  stop: "Thông báo dừng giải quyết",
  control: "Phiếu kiểm soát",
  "tracking-book": "Sổ theo dõi hồ sơ",
  handover: "Giấy bàn giao hồ sơ",
  "handover-results": "Phiếu bàn giao kết quả",
  "result-receipt": "Biên nhận trả kết quả",
  "fee-receipt": "Biên lai thu phí, lệ phí",
  "cover-sheet": "Tờ bìa tách hồ sơ",
  "shift-close": "Bảng chốt ca",
  history: "Quá trình xử lý",
  "visit-receipt": "Giấy tiếp nhận chung của lượt",
};

export const papers = {
  title: "Biểu mẫu",
  forms,
  prints: (count: number) => (count === 1 ? "đã in" : `đã in ${count} lần`),
  page: (n: number, of: number, form: string) => `Trang ${n}/${of}: ${form}`,
  print: "In",
  noPrinter: "Chưa có máy in",
  fitPage: "Xem cả trang",
  fitWidth: "Xem lớn",
  reprint: "In lại",
  printing: "Đang gửi đến máy in…",
  printed: (printer: string) => `Đã in ở ${printer}.`,
  held: (printer: string) => `Đã gửi đến ${printer}, máy in còn giữ lệnh. Xem khay giấy.`,
  reprinted: "Tờ này ghi “bản in lại”.",
  open: "Mở PDF",
  next: "Hồ sơ tiếp",
  making: "Đang lập giấy…",
};
