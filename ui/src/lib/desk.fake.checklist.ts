/** The checklist of the desk in memory. */
import type { DossierView } from "../bindings/DossierView";
import type { Desk } from "./desk";

const FIRST = ["Thiếu chữ ký", "Bản sao chưa chứng thực", "Hết hiệu lực", "Thông tin không khớp giấy tờ khác", "Bản chụp mờ, không đọc được", "Kê khai thiếu hoặc sai mẫu", "Thiếu dấu của cơ quan cấp", "Thiếu trang", "Bị tẩy xóa, sửa chữa"];

/** What follows from verdicts: required papers that failed stand in the way, and all that is lacking is one list. */
export function settleChecks(view: DossierView): void {
  view.lacking = [];
  for (const one of view.components) {
    const empty = one.originals + one.copies + one.certified + one.pages.filter((page) => page.disposition === "kept").length === 0;
    const failed = one.check?.verdict === "failed" ? one.check.reason : null;
    const open = view.status === "draft" && one.required;
    if (failed !== null) {
      if (open) {
        view.obstacles = view.obstacles.filter((other) => other.kind !== "missing_paper" || other.component !== one.index);
        view.obstacles.push({ kind: "failed_paper", component: one.index, name: one.name, reason: failed });
      }
      view.lacking.push({ component: one.index, name: one.name, reason: failed });
    } else if (open && one.handling === "submit" && empty) {
      view.lacking.push({ component: one.index, name: one.name, reason: "chưa có trong hồ sơ" });
    } else if (open && one.handling === "show" && !one.check) {
      view.lacking.push({ component: one.index, name: one.name, reason: "chưa xuất trình bản chính để đối chiếu" });
    }
  }
}

export function fakeChecklist(
  change: (key: string, edit: (view: DossierView) => void) => Promise<DossierView>,
  who: () => string,
  now: string,
): Pick<Desk, "checkPapers" | "paperReasons" | "setPaperReasons"> {
  let reasons = [...FIRST];
  return {
    checkPapers: (key, verdicts, remember) =>
      change(key, (view) => {
        for (const { component, verdict, reason } of verdicts) {
          const found = view.components.find((one) => one.index === component);
          if (found) found.check = verdict ? { verdict, reason, at: now, by: who() } : null;
          if (remember && !reasons.includes(reason)) reasons.push(reason);
          if (reasons.includes(reason)) reasons = [reason, ...reasons.filter((one) => one !== reason)];
        }
      }),
    paperReasons: async () => [...reasons],
    setPaperReasons: async (fresh) => (reasons = fresh.length > 0 ? fresh.map((one) => one.trim()).filter(Boolean) : [...FIRST]),
  };
}
