/** Both sides by a scanner that sees one: all fronts, the stack turned, all backs, and then both joined (T-25). */
import type { DuplexPass } from "../../bindings/DuplexPass";
import type { DuplexView } from "../../bindings/DuplexView";
import type { Joining } from "../../bindings/Joining";
import type { ScanRequest } from "../../bindings/ScanRequest";
import type { StackView } from "../../bindings/StackView";
import { desk, type OnMixed } from "../../lib/desk";
import { m } from "../../lib/say.svelte";
import { devices } from "../devices/controller.svelte";
import { intake } from "../intake/controller.svelte";
import { attempt, notices } from "../notices/controller.svelte";
import { profiles } from "../profiles/controller.svelte";
import { waits } from "../stacks/account";

/** What one key does next. */
export type Step = "backs" | "join" | "again";

class Duplex {
  /** Both passes of each stack that waits, by the stack. */
  #views = $state.raw<Readonly<Record<string, DuplexView>>>({});
  /** How both passes are joined. */
  way = $state<Joining>("turned");

  /** A scanner that sees both sides by itself needs no guide. */
  readonly offered = $derived(devices.scanner !== null && !devices.scanner.sources.includes("duplex"));

  /** The stack of the selected component that waits for its backs, or to be joined. */
  get waiting(): StackView | null {
    const open = intake.draft ? intake.dossier?.stacks.find((stack) => stack.duplex && waits(stack) && stack.component === intake.selected) : null;
    return open ?? null;
  }

  /** What F5 does instead of a scan of its own while a stack waits here. */
  get step(): Step | null {
    const view = this.waiting && this.of(this.waiting.id);
    if (!view || view.fronts.length === 0) return null;
    if (view.backs.length === 0) return "backs";
    return view.agrees ? "join" : "again";
  }

  of(stack: string): DuplexView | null {
    return this.#views[stack] ?? null;
  }

  async load(stack: string): Promise<void> {
    const view = await attempt(desk.duplex(stack));
    if (view) this.#keep(view);
  }

  /** Scans the fronts; with a stack, goes on with them. */
  async fronts(stack?: string): Promise<void> {
    if (!stack) this.way = "turned";
    await this.#pass((request, id, component, heard) => desk.scanFronts(id, component, { ...request, stack }, heard));
  }

  /** Scans the backs; `again` puts those that came before aside. */
  async backs(stack: string, again: boolean): Promise<void> {
    await this.#pass((request, _id, _component, heard) => desk.scanBacks(stack, request, again, heard));
  }

  /** Joins both passes in the way that was chosen and shown. */
  async join(stack: string): Promise<void> {
    const pages = this.of(stack)?.ways.find((one) => one.joining === this.way)?.pages.length ?? 0;
    if (!(await intake.joinSides(stack, this.way))) return;
    notices.tell(m().duplex.joined(pages));
    intake.selectNextComponent(false);
  }

  async next(): Promise<void> {
    const [stack, step] = [this.waiting?.id, this.step];
    if (!stack || !step) return;
    if (step === "join") await this.join(stack);
    else await this.backs(stack, step === "again");
  }

  async #pass(ask: (request: ScanRequest, id: string, component: number, heard: OnMixed) => Promise<DuplexPass>): Promise<void> {
    const device = devices.request();
    if (!device) return;
    const request: ScanRequest = { ...device, profile: profiles.chosen ?? undefined };
    const pass = await intake.run.pass((id, component, heard) => ask(request, id, component, heard));
    if (pass?.duplex) this.#keep(pass.duplex);
  }

  #keep(view: DuplexView): void {
    this.#views = { ...this.#views, [view.stack]: view };
  }
}

export const duplex = new Duplex();
