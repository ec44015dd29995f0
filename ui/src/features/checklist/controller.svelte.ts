/** Looking at the papers: passed, failed with a reason out of the bank, all at once; and what the applicant is told. */
import type { ComponentView } from "../../bindings/ComponentView";
import type { Verdict } from "../../bindings/Verdict";
import { desk } from "../../lib/desk";
import { focusOn } from "../../lib/focus";
import { m } from "../../lib/say.svelte";
import { duplex } from "../duplex/controller.svelte";
import { intake } from "../intake/controller.svelte";
import { attempt, notices } from "../notices/controller.svelte";
import { passable } from "./passable";

/** Where a dossier stands so that its papers may be looked at; the program decides it again. */
const OPEN = new Set(["draft", "received", "processing", "supplement", "finance", "stopped"]);

class Checklist {
  /** The bank of reasons, the most used first. */
  reasons = $state.raw<string[]>([]);
  /** The component whose reason is being chosen. */
  asking = $state<number | null>(null);
  /** The list of what is lacking is shown. */
  shown = $state(false);
  /** The bank is known. */
  ready: Promise<void> = Promise.resolve();
  /** What was typed as a reason and not taken yet, by dossier and component. */
  #typed = new Map<string, string>();

  get can(): boolean {
    return OPEN.has(intake.dossier?.status ?? "") && (intake.dossier?.components.length ?? 0) > 0;
  }

  typed(component: ComponentView): string {
    return this.#typed.get(`${intake.dossier?.id} ${component.index}`) ?? component.check?.reason ?? "";
  }

  keepTyped(component: number, text: string): void {
    this.#typed.set(`${intake.dossier?.id} ${component}`, text);
  }

  /** Passes the selected paper, or takes that back. */
  async pass(component = intake.component): Promise<void> {
    if (!component || !this.can) return;
    this.asking = null;
    await this.#found(component, component.check?.verdict === "passed" ? null : "passed");
  }

  /** Asks why the selected paper fails. */
  async fail(component = intake.component): Promise<void> {
    if (!component || !this.can) return;
    intake.selectComponent(component.index);
    // What is known is offered at once; typing does not wait for the answer.
    this.ready = this.load();
    this.asking = component.index;
    await focusOn("paper-reason", true);
  }

  async load(): Promise<void> {
    this.reasons = (await attempt(desk.paperReasons())) ?? this.reasons;
  }

  /** Takes a reason; with `keep` a new one goes into the bank. */
  async take(component: number, reason: string, keep: boolean): Promise<void> {
    if (!reason.trim()) return;
    if (!(await intake.checkPapers([{ component, verdict: "failed", reason }], keep))) return;
    this.#typed.delete(`${intake.dossier?.id} ${component}`);
    await this.leave();
  }

  /** Leaves the question; what was typed stays for the next time. */
  async leave(): Promise<void> {
    this.asking = null;
    await focusOn("components");
  }

  /** Passes all that is there and nobody has found wanting; it can be undone. */
  async passAll(): Promise<void> {
    if (!this.can) return;
    const these = passable(intake.dossier?.components ?? []);
    if (these.length === 0) return notices.tell(m().checklist.nothingToPass);
    const set = (verdict: Verdict | null) => intake.checkPapers(these.map((component) => ({ component, verdict, reason: "" })));
    if (!(await set("passed"))) return;
    const back = () => set(null).then(() => undefined);
    notices.tell(m().checklist.allPassed(these.length), { run: back, of: intake.dossier?.id });
  }

  /** F5: a paper that is handed in is scanned; one that is only shown is compared, and the next one's turn comes. */
  async scan(): Promise<void> {
    const component = intake.component;
    if (component?.handling !== "show") return duplex.step ? duplex.next() : intake.run.scan();
    if (component.check?.verdict !== "passed" && !(await intake.checkPapers([{ component: component.index, verdict: "passed", reason: "" }]))) return;
    intake.selectNextComponent(false);
  }

  async #found(component: ComponentView, verdict: Verdict | null): Promise<void> {
    await intake.checkPapers([{ component: component.index, verdict, reason: "" }]);
  }
}

export const checklist = new Checklist();
