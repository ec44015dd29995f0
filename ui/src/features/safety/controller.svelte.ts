/** What keeps the station safe: who may change it, the key in the safe, the lock of a desk that nobody is at. */
import type { SafetyView } from "../../bindings/SafetyView";
import { desk } from "../../lib/desk";
import { attempt } from "../notices/controller.svelte";
import { session } from "../session/controller.svelte";

class Safety {
  view = $state.raw<SafetyView | null>(null);
  /** The key just made went off the screen before anybody showed that it is on paper. */
  unproven = $state(false);

  administers = $derived(this.view?.administers ?? false);
  keyless = $derived(this.view !== null && !this.view.recovery_key);
  /** A real station whose dossiers can be lost with its passwords. */
  alarming = $derived(this.administers && session.station?.training === false && (this.keyless || this.unproven));

  #asked = 0;

  async load(): Promise<void> {
    const asked = ++this.#asked;
    const view = await attempt(desk.safety());
    if (view && asked === this.#asked) this.view = view;
  }

  /** What one person may see is not for the next. */
  forget(): void {
    this.#asked += 1;
    this.view = null;
  }

  async setIdleMinutes(minutes: number): Promise<void> {
    if ((await attempt(desk.setIdleMinutes(minutes).then(() => true))) !== null) await this.load();
  }
}

export const safety = new Safety();
