/** The part of the desk in memory that knows which dossiers belong together: visits, copies, the same one twice. */
import type { DossierRow } from "../bindings/DossierRow";
import type { DossierView } from "../bindings/DossierView";
import type { TwinView } from "../bindings/TwinView";
import type { UserError } from "../bindings/UserError";
import type { VisitDossier } from "../bindings/VisitDossier";
import type { Desk } from "./desk";

/** What the fake's other parts lend. */
interface Lent {
  dossiers: Map<string, DossierView>;
  blank: () => DossierView;
  get: (key: string) => DossierView;
  change: (key: string, edit: (view: DossierView) => void) => Promise<DossierView>;
  row: (view: DossierView) => DossierRow;
  choose: (view: DossierView, code: string, caseId: string | null) => void;
  accept: (view: DossierView) => void;
  settle: (view: DossierView) => DossierView;
  copy: <T>(value: T) => T;
}

export const TWIN: TwinView = { code: "000.00.02.H99-261123-0977", received_at: "2026-11-23T09:40:00+07:00", station: "Quầy 07" };

const LIVE: ReadonlySet<DossierView["status"]> = new Set(["received", "processing", "supplement", "finance", "stopped", "done", "returned"]);

export function fakeTogether(lent: Lent) {
  /** The first dossier of each visit, by its others. */
  const roots = new Map<string, string>();
  const root = (id: string) => roots.get(id) ?? id;

  const lately = (view: DossierView): DossierRow[] => {
    if (view.status !== "draft" || !view.procedure || !view.applicant.id_number) return [];
    const same = (one: DossierView) =>
      one.id !== view.id && LIVE.has(one.status) && one.applicant.id_number === view.applicant.id_number && one.procedure?.code === view.procedure?.code;
    return [...lent.dossiers.values()].filter(same).map(lent.row);
  };

  const settle = (view: DossierView): void => {
    view.duplicates = lately(view);
    const all = [...lent.dossiers.values()].filter((one) => root(one.id) === root(view.id) && one.status !== "discarded");
    const brief = (one: DossierView): VisitDossier => ({
      id: one.id,
      code: one.code,
      provisional: one.provisional,
      procedure: one.procedure?.name ?? "",
      state: one.status,
      missing: one.obstacles.length,
      duplicate: lately(one).length > 0,
      due: one.status === "draft" ? null : (one.due?.due ?? null),
    });
    view.visit = all.length < 2 ? null : { root: root(view.id), dossiers: all.map(brief) };
  };

  const begin = (from: DossierView, fill: (view: DossierView) => void): DossierView => {
    const view = { ...lent.blank(), applicant: { ...from.applicant }, from_card: from.from_card, channel: from.channel };
    fill(view);
    lent.dossiers.set(view.id, view);
    return lent.copy(lent.settle(view));
  };

  const desk: Pick<Desk, "acceptTwice" | "nextInVisit" | "acceptVisit" | "copyDossier" | "settleTwins"> = {
    acceptTwice: (key, reason) =>
      lent.change(key, (view) => {
        lent.accept(view);
        const last = view.history.at(-1);
        if (last) last.reason = reason;
      }),
    nextInVisit: async (key) => begin(lent.get(key), (view) => void roots.set(view.id, root(key))),
    copyDossier: async (key) => {
      const from = lent.get(key);
      return begin(from, (view) => {
        if (from.procedure) lent.choose(view, from.procedure.code, from.case);
        for (const one of view.components) {
          const model = from.components.find((other) => other.name === one.name);
          if (model) Object.assign(one, { originals: model.originals, copies: model.copies, certified: model.certified, pages: [] });
        }
      });
    },
    acceptVisit: async (key) => {
      const drafts = [...lent.dossiers.values()].filter((one) => root(one.id) === root(key) && one.status === "draft");
      const accepted: string[] = [];
      const left = [];
      for (const view of drafts) {
        lent.settle(view);
        if (view.obstacles.length === 0 && view.duplicates.length === 0) {
          lent.accept(view);
          accepted.push(view.id);
          continue;
        }
        const twice = view.obstacles.length === 0;
        const message = twice ? "Người này vừa nộp thủ tục này gần đây." : "Chưa tiếp nhận được, còn thiếu: thủ tục hành chính.";
        const error: UserError = { code: twice ? "duplicate_dossier" : "not_ready", message, hint: null, reference: "k3f9" };
        left.push({ dossier: view.id, procedure: view.procedure?.name ?? "", error });
      }
      return { accepted, left, dossier: lent.copy(lent.settle(lent.get(key))) };
    },
    settleTwins: (key) => lent.change(key, (view) => (view.twins = [])),
  };

  return { settle, desk };
}
