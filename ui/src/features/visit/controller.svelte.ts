/** What is done to a whole visit, to copies, and to what may be the same dossier twice. */
import type { DossierRow } from "../../bindings/DossierRow";
import type { VisitLeft } from "../../bindings/VisitLeft";
import { desk } from "../../lib/desk";
import { focusOn } from "../../lib/focus";
import { m } from "../../lib/say.svelte";
import { devices } from "../devices/controller.svelte";
import { intake } from "../intake/controller.svelte";
import { asUserError, attempt, notices } from "../notices/controller.svelte";

interface Outcome {
  root: string;
  accepted: string[];
  left: VisitLeft[];
}

class Visit {
  busy = $state(false);
  /** What became of the last acceptance of a visit. */
  outcome = $state.raw<Outcome | null>(null);
  /** Why a dossier is accepted although its like was handed in lately; asked for once acceptance was tried. */
  reason = $state("");
  /** The draft whose reason is asked for. */
  asking = $state<string | null>(null);

  forget(): void {
    this.outcome = null;
  }

  /** Another procedure for whoever is at the counter. */
  async next(): Promise<boolean> {
    const id = intake.dossier?.id;
    if (!id || intake.run.active) return false;
    if (!(await intake.startFrom(() => desk.nextInVisit(id)))) return false;
    await focusOn("procedure-search");
    return true;
  }

  /** Accepts what lacks nothing. What is left, and why, stays to be read. */
  async acceptAll(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const done = await attempt(intake.ask((id) => desk.acceptVisit(id)));
    this.busy = false;
    if (!done) return;
    intake.show(done.dossier);
    const root = done.dossier.visit?.root ?? done.dossier.id;
    this.outcome = { root, accepted: done.accepted, left: done.left };
    if (done.left.length === 0) notices.tell(m().visit.accepted(done.accepted.length));
  }

  /** A draft after the model of a dossier; taken back, it is thrown away again. */
  async copy(id: string, onopen: (id: string) => void): Promise<void> {
    if (!(await intake.startFrom(() => desk.copyDossier(id)))) return;
    const made = intake.dossier?.id;
    if (!made) return;
    onopen(made);
    const run = async () => {
      if (await attempt(desk.discardDraft(made))) onopen(id);
    };
    notices.tell(m().visit.copied, { of: made, run });
  }

  /** Whether acceptance waits for a reason, which is then asked for. */
  stops(): boolean {
    const view = intake.dossier;
    if (!view || view.duplicates.length === 0) return false;
    if (this.asking === view.id && this.reason.trim() !== "") return false;
    if (this.asking !== view.id) this.reason = "";
    this.asking = view.id;
    void focusOn("twice-reason");
    return true;
  }

  /** The reason for the dossier on the table, if one is needed and given. */
  get given(): string | null {
    const view = intake.dossier;
    return view && this.asking === view.id && view.duplicates.length > 0 ? this.reason.trim() || null : null;
  }

  /** Looks at what was handed in lately; the way back to the draft stays open. */
  async openTwice(row: DossierRow, onopen: (id: string) => void): Promise<void> {
    const draft = intake.dossier;
    onopen(row.id);
    if (draft) notices.tell(m().visit.backTo(draft.applicant.name || m().common.unnamed), { run: () => onopen(draft.id) });
  }

  /** Prints the receipt of what was just accepted while the next person is being served; says only what went wrong. */
  printBehind(id: string, code: string, onopen: (id: string) => void): void {
    const printer = devices.choice.printer;
    if (!printer) return notices.tell(m().visit.acceptedNext(code));
    notices.tell(m().visit.acceptedPrinting(code, printer));
    desk.printPaper("receipt", id, printer).catch((reason: unknown) => {
      const error = asUserError(reason);
      const key = `print-${id}`;
      const open = () => {
        notices.lower(key);
        onopen(id);
      };
      const hint = [error.message, error.hint].filter(Boolean).join(" ");
      notices.raise({ key, tone: "amber", text: m().visit.notPrinted(code), hint, closable: true, action: { label: m().visit.openIt, run: open } });
    });
  }
}

export const visit = new Visit();
