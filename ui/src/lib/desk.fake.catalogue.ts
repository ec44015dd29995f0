/** The fake desk's catalogue: favourites, a file that comes in, what is unclear, limits by hand, keys. */
import type { CatalogueStep } from "../bindings/CatalogueStep";
import type { CatalogueView } from "../bindings/CatalogueView";
import type { UnreadView } from "../bindings/UnreadView";
import type { UserError } from "../bindings/UserError";
import type { Desk } from "./desk";
import { ALL_PROCEDURES } from "./desk.fake.samples";

type Catalogue = Pick<
  Desk,
  "findProcedures" | "catalogue" | "pickCatalogue" | "cancelCatalogue" | "unreadItems" | "starProcedure" | "silentCases" | "setCaseLimit" | "dropCaseLimit" | "trustKey" | "distrustKey"
>;

interface Wiring {
  options: URLSearchParams;
  now: string;
  fold: (text: string) => string;
  wait: (pages: number) => Promise<unknown>;
  who: () => string;
}

const WORDS: Record<string, string> = { wd: "ngày làm việc", d: "ngày", h: "giờ làm việc" };

function refuse(code: UserError["code"], message: string, hint: string): Promise<never> {
  return Promise.reject({ code, message, hint, reference: "k3f9" } satisfies UserError);
}

export function fakeCatalogue({ options, now, fold, wait, who }: Wiring): Catalogue {
  const stars: string[] = [];
  let stopped = false;
  const unread: UnreadView[] = options.has("bare")
    ? []
    : Array.from({ length: options.has("many") ? 5000 : 40 }, (_, at) => {
        const one = ALL_PROCEDURES[(at * 5 + ALL_PROCEDURES.length - 1) % ALL_PROCEDURES.length]!;
        const [field, reason] = ([
          ["limit", "Công bố không ghi thời hạn: Thời gian kiểm tra hồ sơ và lấy ý kiến: 10 ngày, kể từ ngày nhận đủ hồ sơ hợp lệ"],
          ["components", "Không rõ nhóm giấy tờ này là một trường hợp hay một phần hồ sơ: Hồ sơ của người được nhận làm con nuôi"],
          ["fee", "Mức phí không giống tiền đồng: 20 VNĐ (20.000đ/tờ khai)"],
        ] as const)[at % 3]!;
        return { code: one.code, name: one.name, field, reason };
      });
  const view: CatalogueView = { procedures: 6, coming: options.has("bare") ? 0 : 2, unread: [], limits: [], keys: [] };
  const count = (): CatalogueView => {
    const fields = new Map<string, number>();
    for (const one of unread) fields.set(one.field, (fields.get(one.field) ?? 0) + 1);
    view.unread = [...fields].map(([field, count]) => ({ field, count })).sort((a, b) => b.count - a.count);
    return structuredClone(view);
  };
  const silent = (code: string) => ALL_PROCEDURES.find((one) => one.code === code)?.cases.filter((one) => one.limit_text === "") ?? [];

  return {
    findProcedures: async (text, limit) => {
      await wait(0);
      const words = fold(text).split(/\s+/).filter(Boolean);
      const rank = (code: string) => (stars.includes(code) ? stars.indexOf(code) : stars.length);
      return ALL_PROCEDURES.filter((one) => words.every((word) => fold(`${one.code} ${one.name} ${one.field}`).includes(word)))
        .sort((a, b) => rank(a.code) - rank(b.code))
        .slice(0, limit)
        .map(({ code, name, field }) => ({ code, name, field, starred: stars.includes(code), used: false }));
    },
    starProcedure: async (code, starred) => {
      if (starred && !stars.includes(code)) stars.push(code);
      if (!starred && stars.includes(code)) stars.splice(stars.indexOf(code), 1);
    },
    catalogue: async () => count(),
    pickCatalogue: async (heard: (step: CatalogueStep) => void) => {
      stopped = false;
      if (options.has("unknownkey")) {
        return refuse("package_key_unknown", "Gói danh mục ký bằng khóa chưa được tin cậy ở máy này. Danh mục đang dùng không thay đổi.", "Đối chiếu khóa với nơi phát hành qua đường khác rồi nạp lại.");
      }
      for (let done = 0; done <= 5284 && !stopped; done += 1321) {
        heard({ done, total: 5284 });
        await wait(1);
      }
      if (!stopped) view.procedures = 2642;
      const none = { imported: 0, updated: 0, coming: 0, older: 0, same: 0, repealed: 0, unread: 0 };
      return stopped ? { finished: false, ...none } : { finished: true, ...none, imported: 2572, updated: 42, same: 28, unread: unread.length };
    },
    cancelCatalogue: async () => void (stopped = true),
    unreadItems: async (field, text) => {
      const words = fold(text).split(/\s+/).filter(Boolean);
      return unread.filter((one) => (!field || one.field === field) && words.every((word) => fold(`${one.code} ${one.name}`).includes(word))).slice(0, 500);
    },
    silentCases: async (code) => ({
      code,
      name: ALL_PROCEDURES.find((one) => one.code === code)?.name ?? "",
      cases: silent(code).map(({ id, name }) => ({ id, name })),
      said: ["Công bố không ghi thời hạn: Thời gian kiểm tra hồ sơ và lấy ý kiến: 10 ngày, kể từ ngày nhận đủ hồ sơ hợp lệ"],
    }),
    setCaseLimit: async (code, caseId, limit, reason) => {
      const one = ALL_PROCEDURES.find((procedure) => procedure.code === code);
      const found = one?.cases.find((each) => each.id === caseId);
      if (!one || !found) return refuse("case_not_found", "Thủ tục không có trường hợp này.", "Chọn một trường hợp trong danh sách.");
      found.limit_text = limit === "sd" ? "trong ngày" : limit.replace(/^(\d+)(wd|d|h)$/, (_, n: string, unit: string) => `${n} ${WORDS[unit]}`);
      view.limits.push({ code, name: one.name, case: caseId, case_name: found.name, limit, limit_text: found.limit_text, reason, by: who(), at: now });
    },
    dropCaseLimit: async (code, caseId) => {
      view.limits = view.limits.filter((one) => one.code !== code || one.case !== caseId);
      const found = ALL_PROCEDURES.find((one) => one.code === code)?.cases.find((each) => each.id === caseId);
      if (found) found.limit_text = "";
      return count();
    },
    trustKey: async (key, name) => {
      const hex = key.replace(/[\s:]/g, "").toLowerCase();
      if (!/^[0-9a-f]{64}$/.test(hex)) return refuse("bad_input", "Giá trị nhập vào ô không hợp lệ (key).", "Sửa lại ô đó rồi tiếp tục.");
      const one = { key: hex, name, since: now };
      view.keys = [...view.keys.filter((other) => other.key !== hex), one];
      return structuredClone(one);
    },
    distrustKey: async (key) => {
      view.keys = view.keys.filter((one) => one.key !== key);
      return count();
    },
  };
}
