/** What is said of pages that are changed in place. */
import type { PageWhat } from "../../bindings/PageWhat";

const some = (n: number) => (n === 1 ? "1 trang" : `${n} trang`);
const did: Record<PageWhat, (n: number) => string> = {
  turn: (n) => `xoay ${some(n)}`,
  crop: (n) => `cắt ${some(n)}`,
  flatten: () => "nắn phẳng trang",
  move: (n) => `chuyển ${some(n)}`,
  aside: (n) => `để riêng ${some(n)}`,
  back: (n) => `lấy lại ${some(n)}`,
  replace: () => "thay trang",
  insert: (n) => `chèn ${some(n)}`,
  split: (n) => `tách ${some(n)}`,
  merge: (n) => `gộp ${some(n)}`,
  reverse: (n) => `đảo thứ tự ${some(n)}`,
};

export const pagesVi = {
  chosen: (n: number) => `Đã chọn ${n} trang`,
  chosenOne: "đang chọn",
  done: (what: PageWhat, n: number) => `Đã ${did[what](n)}.${what === "aside" ? " Trang vẫn còn." : ""}`,
  undone: (what: PageWhat, n: number) => `Đã hoàn tác: ${did[what](n)}. Ctrl+Shift+Z để làm lại.`,
  redone: (what: PageWhat, n: number) => `Đã làm lại: ${did[what](n)}.`,
  turnRight: "Xoay phải",
  turnLeft: "Xoay trái",
  turnOver: "Xoay ngược 180°",
  turned: (quarters: number) => `đã xoay ${quarters * 90}°`,
  cropped: "đã cắt",
  redo: "Làm lại",
  tools: "Công cụ trang",
  page: (n: number) => `Trang ${n}`,
  aside: "Để riêng",
  back: "Lấy lại",
  insert: "Chèn trước trang này",
  replace: "Quét lại, thay trang này",
  insertTitle: (n: number, name: string) => `Chèn trước trang ${n}: ${name}`,
  replaceTitle: (n: number, name: string) => `Thay trang ${n}: ${name}`,
  insertHow: "Trang mới đứng ngay trước trang đang xem; hoàn tác được.",
  replaceHow: "Trang cũ được để riêng, vẫn còn và lấy lại được.",
  byScan: "Quét",
  byScanAgain: "Quét lại",
  byFiles: "Chọn tệp",
  noScanner: "Chưa có máy quét: chọn tệp, hoặc cắm máy.",
  blankOnly: "Chỉ có trang trắng: các trang cũ giữ nguyên. Lật tờ giấy rồi quét lại.",
  crop: "Cắt mép trang",
  cropHow: "Kéo khung quanh phần giữ lại",
  cropKeeps: (width: number, height: number) => `giữ ${width}% × ${height}%`,
  cropApply: "Cắt",
  cropCancel: "Bỏ",
  cropBack: "Lấy lại phần đã cắt",
  cropEdges: { left: "Mép trái", top: "Mép trên", right: "Mép phải", bottom: "Mép dưới" },
};

export type PagesMessages = typeof pagesVi;
