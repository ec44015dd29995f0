/** Stacks of many dossiers: taken in, split at their cover sheets, given by hand, taken back. */
import type { DossierRow } from "../../bindings/DossierRow";
import type { DossierView } from "../../bindings/DossierView";
import type { MixedLeaf } from "../../bindings/MixedLeaf";
import type { MixedRow } from "../../bindings/MixedRow";
import type { MixedStep } from "../../bindings/MixedStep";
import type { MixedTaken } from "../../bindings/MixedTaken";
import type { MixedView } from "../../bindings/MixedView";
import type { UserError } from "../../bindings/UserError";
import { desk, type OnMixed } from "../../lib/desk";
import { m } from "../../lib/say.svelte";
import { devices } from "../devices/controller.svelte";
import { asUserError, attempt, notices } from "../notices/controller.svelte";

class Mixed {
  rows = $state.raw<MixedRow[] | null>(null);
  view = $state.raw<MixedView | null>(null);
  /** What comes in now; none while nothing does. */
  step = $state.raw<MixedStep | null>(null);
  busy = $state(false);
  cancelling = $state(false);
  error = $state.raw<UserError | null>(null);
  note = $state<string | null>(null);
  /** What was done otherwise than asked, as the sheet on the glass instead of an empty feeder. */
  told = $state.raw<string[]>([]);
  /** Sheets that the clerk laid in. */
  covers = $state<number | null>(null);
  reason = $state("");
  chosen = $state.raw<ReadonlySet<string>>(new Set());
  /** The page that is shown large. */
  shown = $state<string | null>(null);
  drafts = $state.raw<DossierRow[]>([]);
  /** The dossier that pages are given to, and its component. */
  to = $state.raw<DossierView | null>(null);
  component = $state(1);

  pages = $derived<MixedLeaf[]>(this.view?.groups.flatMap((group) => group.pages) ?? []);
  placed = $derived(this.pages.some((page) => page.placed));
  /** Something has to be looked at, and pages still wait for it. */
  doubtful = $derived((this.view?.alarms.length ?? 0) > 0 && (this.view?.ready ?? 0) > 0);
  canSplit = $derived(!this.busy && (this.view?.ready ?? 0) > 0 && this.view?.unread === 0 && (!this.doubtful || this.reason.trim() !== ""));

  async load(stack: string | null): Promise<void> {
    this.error = null;
    this.rows = (await attempt(desk.mixedStacks())) ?? [];
    const wanted = stack ?? this.view?.stack ?? this.rows[0]?.stack;
    const known = this.rows.find((row) => row.stack === wanted) ?? this.rows[0];
    if (known) await this.open(known.stack);
    else this.view = null;
    this.drafts = (await attempt(desk.today()))?.drafts ?? [];
  }

  async open(stack: string): Promise<void> {
    const view = await attempt(desk.mixedStack(stack));
    if (view) this.#show(view, true);
  }

  async scan(onward = false): Promise<void> {
    const request = devices.request();
    if (!request) return;
    const stack = onward ? this.view?.stack : undefined;
    await this.#take((heard) => desk.scanMixed({ ...request, stack }, this.covers, heard));
  }

  pick(): Promise<void> {
    return this.#take((heard) => desk.pickMixed(this.covers, heard));
  }

  drop(files: number): Promise<void> {
    return this.#take((heard) => desk.mixedDropped(files, this.covers, heard));
  }

  async cancel(): Promise<void> {
    if (!this.busy || this.cancelling) return;
    this.cancelling = true;
    await desk.cancelScan().catch(() => undefined);
  }

  /** Looks at the pages that nobody looked at. */
  read(): Promise<void> {
    const stack = this.view?.stack;
    if (!stack) return Promise.resolve();
    return this.#run(async () => this.#show(await desk.readMixed(stack, (step) => (this.step = step))));
  }

  async split(): Promise<void> {
    const [stack, ready] = [this.view?.stack, this.view?.ready ?? 0];
    if (!stack || !this.canSplit) return;
    await this.#run(async () => {
      this.#show(await desk.splitMixed(stack, devices.choice.blank, this.reason));
      notices.tell(m().mixed.done(ready), { run: () => this.undo(stack) });
    });
  }

  async undo(stack = this.view?.stack): Promise<void> {
    if (!stack) return;
    await this.#run(async () => {
      this.#show(await desk.undoSplit(stack));
      notices.tell(m().mixed.undone);
    });
  }

  async giveTo(id: string): Promise<void> {
    this.to = id ? await attempt(desk.openDossier(id)) : null;
    this.component = this.to?.components[0]?.index ?? 1;
  }

  async give(): Promise<void> {
    const [pages, to] = [[...this.chosen], this.to];
    if (!to || pages.length === 0) return;
    await this.#run(async () => {
      this.#show(await desk.giveLoose(pages, to.id, this.component));
      notices.tell(m().mixed.given(pages.length));
    });
  }

  async setAside(aside: boolean): Promise<void> {
    const pages = [...this.chosen];
    if (pages.length > 0) await this.#run(async () => this.#show(await desk.setLooseAside(pages, aside)));
  }

  toggle(page: MixedLeaf): void {
    this.shown = page.id;
    if (page.placed) return;
    const next = new Set(this.chosen);
    if (!next.delete(page.id)) next.add(page.id);
    this.chosen = next;
  }

  chooseAll(pages: MixedLeaf[]): void {
    this.chosen = new Set([...this.chosen, ...pages.filter((page) => page.waits).map((page) => page.id)]);
  }

  async #take(ask: (heard: OnMixed) => Promise<MixedTaken>): Promise<void> {
    await this.#run(async () => {
      const taken = await ask((step) => (this.step = step));
      this.error = taken.run.error;
      this.note = taken.run.note;
      this.told = taken.run.told ?? [];
      if (!taken.stack) return;
      this.covers = null;
      this.#show(taken.stack, true);
    });
  }

  async #run(what: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    this.note = null;
    this.told = [];
    try {
      await what();
    } catch (reason) {
      this.error = asUserError(reason);
    } finally {
      this.busy = false;
      this.cancelling = false;
      this.step = null;
      this.rows = (await attempt(desk.mixedStacks())) ?? this.rows;
    }
  }

  #show(view: MixedView, fresh = false): void {
    if (fresh && this.view?.stack !== view.stack) {
      this.reason = "";
      this.shown = null;
    }
    this.view = view;
    this.chosen = new Set();
  }
}

export const mixed = new Mixed();
