/** The scanner doctor in Vietnamese. What it finds is said by the core. */
export const doctorVi = {
  title: "Khám máy quét",
  open: "Khám máy quét",
  why: "Chỉ hỏi máy, không kéo giấy. Trang đã nhận không bị ảnh hưởng.",
  looking: (seen: number) => (seen === 0 ? "Đang tìm máy quét…" : `Đang khám, đã xem ${seen} máy…`),
  stop: "Dừng",
  stopping: "Đang dừng sau máy này…",
  stopped: "Đã dừng; những máy sau chưa được xem.",
  again: "Thử lại",
  all: "Khám mọi máy",
  fine: "sẵn sàng",
  wrong: "cần xử lý",
  detail: (words: string) => `Máy báo: ${words}`,
  report: "Kết quả để gửi người hỗ trợ",
  copy: "Chép kết quả",
  copied: "Đã chép. Kết quả không có tên người, hồ sơ hay đường dẫn nào.",
  copyBySelf: "Hệ thống không cho chép. Phần chữ đã được chọn: bấm Ctrl+C.",
};
