/** A phone that takes photographs, of the desk in memory: it opens the link after a while, sends, and stays until it is stopped. */
import type { DossierView } from "../bindings/DossierView";
import type { Flat } from "../bindings/Flat";
import type { PageProgress } from "../bindings/PageProgress";
import type { PageView } from "../bindings/PageView";
import type { RunOutcome } from "../bindings/RunOutcome";
import type { Desk, OnProgress } from "./desk";

interface World {
  options: URLSearchParams;
  get: (key: string) => DossierView;
  run: (key: string, component: number, total: number, heard: OnProgress) => Promise<Omit<RunOutcome, "fed"> & { fed: number }>;
  cancelled: () => boolean;
  begin: () => void;
}

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** A code of 37 by 37 squares that looks like one. */
export const rows = Array.from({ length: 37 }, (_, y) =>
  Array.from({ length: 37 }, (_, x) => {
    const corner = [[0, 0], [30, 0], [0, 30]].find(([left = 0, top = 0]) => x >= left - 1 && x <= left + 7 && y >= top - 1 && y <= top + 7);
    if (!corner) return ((x * 7 + y * 11 + x * y * 3) % 5) % 2 === 0 ? "1" : "0";
    const ring = Math.max(Math.abs(x - (corner[0] ?? 0) - 3), Math.abs(y - (corner[1] ?? 0) - 3));
    return ring === 3 || ring < 2 ? "1" : "0";
  }).join(""),
);

/** With `phone` it sends as many photographs; one of them is too coarse where `coarse` is said. */
export function fakePhone({ options, get, run, cancelled, begin }: World): Pick<Desk, "scanByPhone"> {
  return {
    scanByPhone: async (key, component, request, told) => {
      begin();
      const fingerprint = Array.from({ length: 32 }, (_, at) => ((at * 37 + 11) % 256).toString(16).toUpperCase().padStart(2, "0")).join(":");
      told({ kind: "link", code: { url: `https://192.0.2.20:41873/#${request.paper}`, rows, fingerprint, minutes: 10 } });
      const count = Number(options.get("phone") ?? 0);
      let outcome: RunOutcome = { fed: null, received: 0, kept: 0, refused: 0, set_aside: 0, stack: null, note: null, ended: "cancelled", error: null };
      if (count > 0) {
        await sleep(30);
        told({ kind: "opened" });
        const flat: Flat = { corners: [[1200, 700], [8900, 900], [9400, 9400], [600, 9200]], width: 2100, height: 2970 };
        const laid = (page: PageView) => (page.edit = { ...page.edit, flat });
        const heard = (step: PageProgress) => {
          if (step.kind === "page") laid(step.page);
          get(key).components.find((one) => one.index === component)?.pages.forEach(laid);
          told({ kind: "pages", step });
        };
        outcome = { ...(await run(key, component, count, heard)), fed: null, ended: "cancelled" };
        if (options.has("coarse")) {
          outcome.refused = 1;
          const error = { code: "photo_coarse" as const, message: "Ảnh chụp chỉ đạt 148 dpi trên mặt giấy, chưa đủ 200 dpi để lưu.", hint: "Chụp lại gần hơn, từ trên xuống, để tờ giấy gần đầy khung hình; hoặc quét tờ giấy.", reference: "k3f9" };
          told({ kind: "pages", step: { kind: "refused", name: "", error } });
        }
      }
      while (!cancelled()) await sleep(20);
      return outcome;
    },
  };
}
