/** The store's care: when it was backed up and checked, and doing either now. One at a time, with its progress and a stop. */
import type { CareStep } from "../../bindings/CareStep";
import type { CareView } from "../../bindings/CareView";
import type { UserError } from "../../bindings/UserError";
import { desk } from "../../lib/desk";
import { m } from "../../lib/say.svelte";
import type { Tone } from "../../parts/Badge.svelte";
import { asUserError, attempt } from "../notices/controller.svelte";

type Kind = "backup" | "check";

/** What a run came to, in words. */
export interface Said {
  kind: Kind;
  tone: Extract<Tone, "plain" | "amber" | "red" | "green">;
  text: string;
}

class Care {
  view = $state.raw<CareView | null>(null);
  running = $state<Kind | null>(null);
  stopping = $state(false);
  step = $state.raw<CareStep | null>(null);
  said = $state.raw<Said[]>([]);
  error = $state.raw<{ kind: Kind; error: UserError } | null>(null);

  damaged = $derived(this.view !== null && (this.view.bad_files > 0 || this.view.database_damaged));

  async load(): Promise<void> {
    this.view = (await attempt(desk.care())) ?? this.view;
  }

  /** What one person may see is not for the next. */
  forget(): void {
    this.view = null;
    this.said = [];
    this.error = null;
  }

  /** Where no place is known yet it is asked for. */
  backUp(elsewhere: boolean): Promise<void> {
    return this.#run("backup", async (hear) => {
      const done = elsewhere || !this.view?.backup_folder ? await desk.pickBackup(hear) : await desk.backUp(hear);
      if (!done) return [];
      const words = m().safety;
      if (!done.finished) return [{ kind: "backup", tone: "amber", text: words.backupStopped }];
      const said: Said[] = [{ kind: "backup", tone: "green", text: words.backupDone(done.dossiers) }];
      if (done.bad > 0) said.push({ kind: "backup", tone: "red", text: words.backupBad(done.bad) });
      if (done.same_disk) said.push({ kind: "backup", tone: "amber", text: words.backupSameDisk });
      return said;
    });
  }

  check(): Promise<void> {
    return this.#run("check", async (hear) => {
      const found = await desk.check(hear);
      const words = m().safety;
      const said: Said[] = [];
      if (found.database_damaged) said.push({ kind: "check", tone: "red", text: words.checkDatabase });
      if (found.bad > 0) said.push({ kind: "check", tone: "red", text: words.checkFound(found.bad, found.dossiers.join(", ")) });
      if (!found.finished) said.push({ kind: "check", tone: "amber", text: words.checkStopped });
      return said.length > 0 ? said : [{ kind: "check", tone: "green", text: words.checkDone(found.checked) }];
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await attempt(desk.cancelCare());
  }

  async #run(kind: Kind, work: (hear: (step: CareStep) => void) => Promise<Said[]>): Promise<void> {
    if (this.running) return;
    this.running = kind;
    this.stopping = false;
    this.step = null;
    this.error = null;
    this.said = [];
    try {
      this.said = await work((step) => (this.step = step));
    } catch (reason) {
      this.error = { kind, error: asUserError(reason) };
    } finally {
      this.running = null;
    }
    await this.load();
  }
}

export const care = new Care();
