import type { FieldWarning } from "../../bindings/FieldWarning";

/** Sentences about what a procedure asks for beside papers. */
const warnings: Record<FieldWarning, string> = {
  missing: "Thủ tục cần mục này.",
  not_a_number: "Không phải số: chỉ dùng chữ số, như 2 hay 1.500.",
  not_a_date: "Không có ngày này: gõ ngày/tháng/năm.",
  not_a_choice: "Chọn một mục trong danh sách.",
  not_a_citizen_number: "Xem lại số định danh: cần 12 chữ số, đúng mã tỉnh.",
};

export const askedVi = {
  title: "Thông tin khai",
  missing: (n: number) => `còn ${n} mục cần khai`,
  choose: "Chưa chọn",
  warnings,
};
