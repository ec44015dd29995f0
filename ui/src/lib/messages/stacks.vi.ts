/** What stacks of paper say, in Vietnamese. */
import type { AsideReason } from "../../bindings/AsideReason";
import type { PageWarning } from "../../bindings/PageWarning";
import type { BlankPolicy } from "../../bindings/BlankPolicy";
import type { StackEnd } from "../../bindings/StackEnd";

export const stacksVi = {
  asideReasons: {
    clerk: "bỏ ra",
    blank: "trang trắng",
    duplicate: "trang trùng",
    test: "trang thử",
    separator: "tờ ngăn",
    unplaced: "thành phần không còn",
    replaced: "đã quét lại",
    discarded: "bỏ cả xấp",
  } satisfies Record<AsideReason, string>,
  warnings: {
    blank: "Trang trắng? Bấm Delete để để riêng",
    repeated: "Giống trang trước: có thể máy gửi lặp",
    long: "Trang dài bất thường: có thể hai tờ bị kéo chồng, tách ra quét lại",
    blurred: "Ảnh nhòe: quét lại khi người dân còn ở quầy",
    low_dpi: "Dưới 200 dpi: tăng độ phân giải rồi quét lại",
    cut: "Chữ chạm mép: giấy bị cắt, quét lại",
    dark: "Trang gần như đen: kiểm tra nắp máy và mặt giấy, quét lại",
    skewed: "Giấy lệch nhiều: chỉnh thanh chắn rồi quét lại",
    no_edges: "Không thấy đủ bốn mép giấy nên giữ cả ảnh: chụp lại trên nền khác màu giấy",
  } satisfies Record<PageWarning, string>,
  fed: (sheets: number) => `đã nạp ${sheets} tờ`,
  expected: (pages: number) => `cần ${pages}`,
  received: (pages: number) => `nhận ${pages}`,
  kept: (pages: number) => `giữ ${pages}`,
  waiting: (pages: number) => `chờ ghép ${pages}`,
  aside: (pages: number, reasons: string) => (reasons ? `để riêng ${pages} (${reasons})` : `để riêng ${pages}`),
  reasonCount: (reason: string, count: number) => `${reason} ${count}`,
  ends: {
    empty: "hết giấy",
    cancelled: "đã dừng",
    jam: "kẹt giấy",
    double_feed: "kéo hai tờ một lúc",
    cover_open: "nắp máy mở",
    fault: "lỗi máy quét",
  } satisfies Record<StackEnd, string>,
  interrupted: "chương trình bị ngắt giữa chừng",
  open: (name: string, end: string, received: number) => `Xấp giấy quét dở (${end}): ${name}. Đã giữ ${received} trang.`,
  miscount: (name: string, said: string) => `${name}: ${said}.`,
  whatNow: (next: number) => `Trang thứ ${next} chưa được tính: xếp lại tờ đó lên đầu xấp rồi Tiếp tục. Hoặc Lưu những trang đã có, hoặc Bỏ cả xấp (khôi phục được).`,
  countAgain: "Đếm lại giấy. Quét thêm tờ thiếu vào xấp này, hoặc ghi lý do nếu số trang đã đúng.",
  goOn: "Tiếp tục",
  save: "Lưu",
  discard: "Bỏ cả xấp",
  discarded: (pages: number) => `Đã để riêng cả xấp, ${pages} trang. Không trang nào mất.`,
  reason: "Lý do số trang vẫn đúng",
  reasonPlaceholder: "Ví dụ: tờ lót, bìa kẹp không phải giấy tờ",
  explain: "Ghi lý do",
  pages: "Số trang",
  pagesHint: "Số trang bạn đếm được trước khi quét; lệch thì báo",
  blank: "Trang trắng",
  blankPolicies: { aside: "Để riêng, thấy được", ask: "Giữ và hỏi", keep: "Giữ" } satisfies Record<BlankPolicy, string>,
  network: {
    address: "Máy quét trên mạng",
    hint: "Địa chỉ IP hoặc tên máy quét (eSCL, AirScan), xem ở màn hình của máy",
    add: "Thêm",
    remove: "Bỏ",
    removeOne: (address: string) => `Bỏ ${address}`,
  },
  openChip: (name: string) => `Xấp quét dở: ${name}`,
  miscountChip: (name: string) => `Lệch số trang: ${name}`,
  interruptedDrafts: "Quét dở khi chương trình bị ngắt",
  interruptedRow: (name: string, received: number) => `${name} · đã giữ ${received} trang`,
};

export type StackMessages = typeof stacksVi;
