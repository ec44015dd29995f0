/** What the sample procedures ask for beside papers. */
import type { DossierView } from "../bindings/DossierView";
import type { FieldView } from "../bindings/FieldView";
import { parseDate } from "./format";

const field = (key: string, label: string, kind: FieldView["kind"], required = false, options: string[] = []): FieldView => ({
  key, label, kind, options, required, value: "", warning: required ? "missing" : null,
});

/** Only birth has any: other screens stay as they are known. */
export function fieldsOf(code: string): FieldView[] {
  if (code !== "1.001193") return [];
  return [
    field("child_name", "Họ, chữ đệm, tên của trẻ", "text", true),
    field("child_birth", "Ngày sinh của trẻ", "date", true),
    field("child_sex", "Giới tính của trẻ", "choice", true, ["Nam", "Nữ"]),
    field("birth_place", "Nơi sinh", "text"),
    field("mother_number", "Số định danh của mẹ", "citizen_number"),
    field("father_number", "Số định danh của cha", "citizen_number"),
    field("copies", "Số bản sao đề nghị cấp", "number"),
  ];
}

export function settleFields(view: DossierView, key: string, typed: string): void {
  const one = view.fields.find((other) => other.key === key);
  if (!one) return;
  const text = typed.trim().replace(/\s+/g, " ");
  one.value = one.kind === "date" ? (parseDate(text) ?? text) : text;
  const fits: Record<FieldView["kind"], boolean> = {
    text: true,
    choice: true,
    date: parseDate(text) !== null,
    number: /^[\d.]+$/.test(text),
    citizen_number: /^\d{12}$/.test(text.replace(/ /g, "")),
  };
  const wrong: Record<FieldView["kind"], FieldView["warning"]> = { text: null, choice: null, date: "not_a_date", number: "not_a_number", citizen_number: "not_a_citizen_number" };
  one.warning = text === "" ? (one.required ? "missing" : null) : fits[one.kind] ? null : wrong[one.kind];
}
