/** Sentences about code readers on a serial port, in Vietnamese. */
import type { ReaderEncoding } from "../../bindings/ReaderEncoding";
import type { ReaderStatus } from "../../bindings/ReaderStatus";

const states: Record<ReaderStatus, string> = { off: "không dùng", ready: "đang nghe", missing: "chưa cắm", denied: "không mở được cổng" };
const encodings: Record<ReaderEncoding, string> = { auto: "Tự nhận", utf8: "UTF-8", cp1258: "Windows-1258" };

export const readers = {
  title: "Đầu đọc mã",
  typing: "Đầu đọc gõ như bàn phím thì dùng được ngay, không cần cài đặt. Phần này dành cho đầu đọc cắm cổng nối tiếp (COM, USB nối tiếp).",
  port: "Cổng",
  none: "Không dùng đầu đọc cổng nối tiếp",
  noPorts: "Không thấy cổng nối tiếp nào. Cắm đầu đọc ở chế độ USB nối tiếp (USB COM), rồi tìm lại.",
  denied: "Chương trình khác đang giữ cổng, hoặc tài khoản này chưa được phép mở cổng. Đóng chương trình kia, hoặc nhờ quản trị máy cấp quyền (trên Linux: nhóm dialout).",
  speed: "Tốc độ",
  bits: (n: number) => `${n} bit/giây`,
  encoding: "Bảng mã",
  encodings,
  states,
  last: (at: string, n: number) => `Đã đọc ${n} mã từ lúc mở máy, gần nhất lúc ${at}.`,
  never: "Chưa đọc mã nào từ lúc mở máy. Đưa một thẻ vào đầu đọc để thử.",
};
