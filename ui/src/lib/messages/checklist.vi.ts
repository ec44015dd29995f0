/** What the checklist says, in Vietnamese. */
import type { Verdict } from "../../bindings/Verdict";

export const checklistVi = {
  verdicts: { passed: "Đạt", failed: "Chưa đạt" } satisfies Record<Verdict, string>,
  unseen: "chưa xem",
  compared: "Đã đối chiếu bản chính",
  compare: "Đối chiếu bản chính",
  fail: "Chưa đạt…",
  verdictOf: (name: string) => `Kết quả xem: ${name}`,
  foundBy: (by: string, at: string) => `${by}, ${at}`,
  reasonOf: (name: string) => `Lý do chưa đạt: ${name}`,
  reasonPlaceholder: "Gõ để tìm lý do, hoặc ghi lý do khác",
  reasonTake: "Ghi lý do",
  reasonKeep: "Ghi và thêm vào danh mục",
  reasonNew: (text: string) => `Lý do khác: “${text}”`,
  reasonCount: (n: number) => `${n} lý do`,
  failedObstacle: (name: string, reason: string) => `${name}: ${reason}`,
  allPassed: (n: number) => `Đã ghi đạt ${n} thành phần.`,
  nothingToPass: "Không còn thành phần nào chưa xem.",
  sheet: "Hướng dẫn bổ sung, hoàn thiện hồ sơ",
  sheetAsk: "Yêu cầu bổ sung, hoàn thiện hồ sơ",
  sheetWhy: "Hướng dẫn một lần, đầy đủ: mọi giấy tờ thiếu hoặc chưa đạt, kèm lý do.",
  sheetNone: "Không có giấy tờ nào thiếu hoặc chưa đạt.",
  sheetNoneHint: "Ghi “Chưa đạt” cho giấy tờ phải sửa, rồi mở lại bảng này.",
  sheetUnseen: (n: number) => `Còn ${n} thành phần chưa xem. Xem hết trước khi hướng dẫn, để công dân không phải đi lại lần nữa.`,
  sheetEdit: "Nội dung yêu cầu",
  sheetEditHint: "Mỗi nội dung cách nhau bằng dấu chấm phẩy.",
  sheetSend: "Yêu cầu bổ sung",
  sheetPrint: "In phiếu (Mẫu số 02)",
  reasons: "Lý do chưa đạt",
  reasonsWhy: "Danh mục lý do khi ghi một giấy tờ là chưa đạt. Lý do hay dùng tự lên đầu. Mỗi dòng một lý do.",
  reasonsSave: "Lưu danh mục",
  reasonsReset: "Lấy lại danh mục ban đầu",
  reasonsSaved: (n: number) => `Đã lưu ${n} lý do.`,
  keys: {
    pass: "Đạt, đã đối chiếu",
    fail: "Chưa đạt, ghi lý do",
    passAll: "Đạt tất cả",
    supplement: "Yêu cầu bổ sung",
  },
};

export type ChecklistMessages = typeof checklistVi;
