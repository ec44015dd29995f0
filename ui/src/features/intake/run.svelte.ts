/** One run of pages, from the scanner, a phone or files: what came in, what was refused, how it ended. */
import type { DuplexPass } from "../../bindings/DuplexPass";
import type { PagePlace } from "../../bindings/PagePlace";
import type { PageProgress } from "../../bindings/PageProgress";
import type { PageView } from "../../bindings/PageView";
import type { RunOutcome } from "../../bindings/RunOutcome";
import type { ScanRequest } from "../../bindings/ScanRequest";
import type { StackView } from "../../bindings/StackView";
import type { UserError } from "../../bindings/UserError";
import { desk, type OnMixed, type OnProgress } from "../../lib/desk";
import { m } from "../../lib/say.svelte";
import { devices } from "../devices/controller.svelte";
import { profiles } from "../profiles/controller.svelte";
import { asUserError } from "../notices/controller.svelte";
import { waits } from "../stacks/account";

/** What a run needs of the dossier it runs into. */
interface Table {
  readonly dossier: { id: string; stacks: StackView[] } | null;
  readonly selected: number;
  addPage(component: number, page: PageView): void;
  flush(): Promise<void>;
  refresh(): Promise<void>;
  selectNextComponent(wrap: boolean): void;
}

export type RunKind = "scan" | "import" | "phone";

export interface RefusedFile {
  name: string;
  error: UserError;
}

export class PageRun {
  kind = $state<RunKind | null>(null);
  /** The dossier the pages go to, which may have left the table meanwhile. */
  dossier: string | null = null;
  /** The component the pages go to. */
  component = $state(0);
  received = $state(0);
  total = $state<number | null>(null);
  cancelling = $state(false);
  /** The feeder is empty, and paper is waited for. */
  waiting = $state(false);
  refused = $state.raw<RefusedFile[]>([]);
  /** What is said of the last run, until the next. */
  summary = $state<string | null>(null);
  error = $state.raw<UserError | null>(null);
  /** What the scanner could not do of the profile. */
  told = $state.raw<string[]>([]);
  /** Pages that the clerk counted for the next scan. */
  expected = $state<number | null>(null);
  /** Pages of this run, so that an answer asked for before they came does not hide them. */
  pages: PageView[] = [];

  #runs = 0;

  constructor(private readonly table: Table) {}

  get active(): boolean {
    return this.kind !== null;
  }

  reset(): void {
    this.pages = [];
    this.refused = [];
    this.summary = null;
    this.error = null;
    this.told = [];
  }

  /** Scans into the selected component; when it went well the next component is selected. `profile` is for this scan alone. */
  async scan(stack?: string, profile = profiles.chosen): Promise<void> {
    const outcome = await this.#scan({ stack, profile: profile ?? undefined });
    if (this.table.dossier?.id !== this.dossier || !outcome || outcome.received === 0 || outcome.ended !== "empty") return;
    // Numbers that do not agree are to be looked at here first.
    if (!this.table.dossier.stacks.some((one) => one.id === outcome.stack && waits(one))) this.table.selectNextComponent(false);
  }

  /** Scans to a place among the pages of the selected component. */
  scanTo(place: PagePlace): Promise<RunOutcome | null> {
    return this.#scan({ place, profile: profiles.chosen ?? undefined });
  }

  async #scan(more: Partial<ScanRequest>): Promise<RunOutcome | null> {
    const device = devices.request();
    if (!device) return null;
    const request: ScanRequest = { ...device, expected: this.expected ?? undefined, ...more };
    return this.#run("scan", (id, component, heard) => desk.scan(id, component, request, heard));
  }

  /** Files behind the last page, or at a place among the pages of the selected component. */
  async pick(place: PagePlace | null = null): Promise<RunOutcome | null> {
    return this.#run("import", (id, component, heard) => desk.pickFiles(id, component, place, heard));
  }

  async drop(drop: number): Promise<void> {
    await this.#run("import", (id, component, heard) => desk.importDropped(drop, id, component, heard));
  }

  /** Files that wait in the watched folders, in this order. */
  async take(files: string[]): Promise<void> {
    await this.#run("import", (id, component, heard) => desk.takeIncoming(id, component, files, heard));
  }

  /** Photographs of a phone, as they come. */
  async phone(ask: (id: string, component: number, heard: OnProgress) => Promise<RunOutcome>): Promise<void> {
    await this.#run("phone", ask);
  }

  /** One pass of a stack whose sides come apart; its pages wait beside the papers until both are joined. */
  async pass(ask: (id: string, component: number, heard: OnMixed) => Promise<DuplexPass>): Promise<DuplexPass | null> {
    let pass: DuplexPass | null = null;
    await this.#run("scan", async (id, component) => {
      pass = await ask(id, component, (step) => {
        this.waiting = step.kind === "waiting";
        if (step.kind === "waiting") return;
        this.received = step.done;
        this.total = step.total;
      });
      return pass.run;
    });
    return pass;
  }

  async cancel(): Promise<void> {
    if (!this.active || this.cancelling) return;
    this.cancelling = true;
    await desk.cancelScan().catch(() => undefined);
  }

  async #run(
    kind: RunKind,
    ask: (id: string, component: number, heard: OnProgress) => Promise<RunOutcome>,
  ): Promise<RunOutcome | null> {
    const id = this.table.dossier?.id;
    if (!id || this.active) return null;
    const used = kind === "scan" ? devices.scanner?.id : undefined;
    this.reset();
    this.kind = kind;
    this.dossier = id;
    this.component = this.table.selected;
    this.received = 0;
    this.total = null;
    this.cancelling = false;
    this.waiting = false;
    // Steps come by a way of their own, and the last may come behind the answer: then the next paper is selected already,
    // or another run is under way, and the page is in the answer to `refresh`.
    let answered = false;
    const refused = this.#refusals();
    const heard = (progress: PageProgress): void => {
      if (progress.kind === "refused") refused(progress.name, progress.error);
      else if (!answered) this.#hear(progress);
    };
    try {
      await this.table.flush();
      const outcome = await ask(id, this.component, heard).finally(() => (answered = true));
      this.#conclude(kind, outcome);
      return outcome;
    } catch (reason) {
      this.error = asUserError(reason);
      // The list of scanners was wrong: the status bar must not go on claiming this one.
      if (this.error.code === "scanner_not_found" && used) devices.scannerGone(used);
      return null;
    } finally {
      this.kind = null;
      await this.table.refresh();
      this.pages = [];
    }
  }

  /** Notes what is refused, as long as no other run has begun. */
  #refusals(): (name: string, error: UserError) => void {
    const mine = ++this.#runs;
    return (name, error) => {
      if (mine === this.#runs) this.refused = [...this.refused, { name: name || m().phone.photo, error }];
    };
  }

  #hear(progress: Exclude<PageProgress, { kind: "refused" }>): void {
    this.waiting = progress.kind === "waiting";
    if (progress.kind === "waiting") return;
    this.received = progress.received;
    this.total = progress.total;
    this.pages.push(progress.page);
    if (this.table.dossier?.id === this.dossier) this.table.addPage(this.component, progress.page);
  }

  #conclude(kind: RunKind, outcome: RunOutcome): void {
    const words = m().intake;
    this.error = outcome.error;
    this.told = outcome.told ?? [];
    if (kind !== "scan") {
      if (outcome.received + outcome.refused > 0) this.summary = words.imported(outcome.received, outcome.refused);
      return;
    }
    this.summary = words.ran(outcome.received, m().runEnds[outcome.ended]);
    this.expected = null;
  }
}
