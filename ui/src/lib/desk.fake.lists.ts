/** The part of the desk in memory that knows lists to be worked through, and one step for several dossiers. */
import type { BulkMove } from "../bindings/BulkMove";
import type { BulkRefused } from "../bindings/BulkRefused";
import type { DossierRow } from "../bindings/DossierRow";
import type { DossierView } from "../bindings/DossierView";
import type { ListCounts } from "../bindings/ListCounts";
import type { UserError } from "../bindings/UserError";
import type { WorkList } from "../bindings/WorkList";
import type { Desk } from "./desk";

interface Lent {
  rows: () => DossierRow[];
  get: (key: string) => DossierView;
  move: Desk["moveDossier"];
  today: string;
}

const COUNTED: readonly (keyof ListCounts)[] = ["received", "due_today", "overdue", "supplement", "paused", "done", "unsent", "twins"];

export function fakeLists({ rows, get, move, today }: Lent): Pick<Desk, "workList" | "listCounts" | "bulkMoves" | "moveMany"> {
  const list = (kind: WorkList): DossierRow[] => {
    const at = (one: DossierRow) => ["received", "processing"].includes(one.state);
    const holds: Record<WorkList, (one: DossierRow) => boolean> = {
      received: (one) => one.at.startsWith(today),
      unchecked: (one) => one.unchecked,
      unsent: (one) => one.sync !== null && one.sync !== "accepted",
      done: (one) => one.state === "done",
      waiting: (one) => ["supplement", "finance", "stopped"].includes(one.state),
      supplement: (one) => one.state === "supplement",
      paused: (one) => one.state === "finance" || one.state === "stopped",
      twins: (one) => one.twin !== null,
      due_today: (one) => at(one) && (one.due?.startsWith(today) ?? false),
      overdue: (one) => at(one) && one.due !== null && one.due < today,
    };
    const left = (one: DossierRow) => (one.due?.startsWith(today) ? { minutes: 195, days: 0 } : one.due && one.due < today ? { minutes: -620, days: -1 } : { minutes: 1500, days: 3 });
    return rows().filter((one) => one.state !== "draft" && holds[kind](one)).map((one) => ({ ...one, left: at(one) ? left(one) : null }));
  };
  return {
    workList: async (kind, limit) => ({ hits: list(kind).slice(0, limit), ms: 1.1 }),
    listCounts: async () => Object.fromEntries(COUNTED.map((kind) => [kind, list(kind).length])) as unknown as ListCounts,
    bulkMoves: async (ids) => {
      const moves: BulkMove[] = [];
      for (const { step, needs_reason } of ids.flatMap((id) => get(id).moves)) {
        const known = moves.find((one) => one.step === step);
        if (known) known.dossiers += 1;
        else moves.push({ step, needs_reason, dossiers: 1 });
      }
      return moves.sort((a, b) => b.dossiers - a.dossiers);
    },
    moveMany: async (ids, step, reason) => {
      const moved: string[] = [];
      const refused: BulkRefused[] = [];
      for (const id of ids) {
        const view = get(id);
        if (view.moves.some((one) => one.step === step)) {
          await move(id, step, reason);
          moved.push(id);
          continue;
        }
        const error: UserError = { code: "dossier_state", message: "Hồ sơ đang ở trạng thái không làm được việc này.", hint: null, reference: "k3f9" };
        refused.push({ dossier: id, code: view.code, applicant: view.applicant.name, error });
      }
      return { moved, refused };
    },
  };
}
