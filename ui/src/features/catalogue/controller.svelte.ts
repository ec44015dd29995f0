/** The catalogue of procedures: what it holds, bringing one in with progress and a stop, whose packages are taken. */
import type { CatalogueStep } from "../../bindings/CatalogueStep";
import type { CatalogueTaken } from "../../bindings/CatalogueTaken";
import type { CatalogueView } from "../../bindings/CatalogueView";
import type { HandLimitView } from "../../bindings/HandLimitView";
import type { KeyView } from "../../bindings/KeyView";
import type { UserError } from "../../bindings/UserError";
import { desk } from "../../lib/desk";
import { m } from "../../lib/say.svelte";
import { asUserError, attempt, notices } from "../notices/controller.svelte";

/** Where a limit is completed: what procedure, and what follows. */
export interface Asking {
  code: string;
  case: string | null;
  done?: () => void;
}

class Catalogue {
  view = $state.raw<CatalogueView | null>(null);
  running = $state(false);
  stopping = $state(false);
  step = $state.raw<CatalogueStep | null>(null);
  taken = $state.raw<CatalogueTaken | null>(null);
  error = $state.raw<UserError | null>(null);
  /** The procedure whose limit is being completed. */
  asking = $state.raw<Asking | null>(null);

  async load(): Promise<void> {
    this.view = (await attempt(desk.catalogue())) ?? this.view;
  }

  /** What one person may see is not for the next. */
  forget(): void {
    this.view = null;
    this.taken = null;
    this.error = null;
    this.asking = null;
  }

  async pick(): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.stopping = false;
    this.step = null;
    this.error = null;
    this.taken = null;
    try {
      this.taken = await desk.pickCatalogue((step) => (this.step = step));
    } catch (reason) {
      this.error = asUserError(reason);
    } finally {
      this.running = false;
    }
    await this.load();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await attempt(desk.cancelCatalogue());
  }

  async dropLimit(set: HandLimitView): Promise<void> {
    const view = await attempt(desk.dropCaseLimit(set.code, set.case));
    if (!view) return;
    this.view = view;
    notices.tell(m().catalogue.limitDropped, {
      run: async () => {
        if ((await attempt(desk.setCaseLimit(set.code, set.case, set.limit, set.reason).then(() => true))) !== null) await this.load();
      },
    });
  }

  /** Whether it is trusted now; what was typed stays where it is not. */
  async trust(key: string, name: string): Promise<boolean> {
    const trusted = await attempt(desk.trustKey(key, name));
    if (!trusted) return false;
    notices.tell(m().catalogue.trusted(trusted.name));
    await this.load();
    return true;
  }

  async distrust(one: KeyView): Promise<void> {
    const view = await attempt(desk.distrustKey(one.key));
    if (!view) return;
    this.view = view;
    notices.tell(m().catalogue.distrusted(one.name), { run: async () => void (await this.trust(one.key, one.name)) });
  }
}

export const catalogue = new Catalogue();
