/** The station's scan profiles, which of them each paper on the table is scanned with, and the one chosen by hand. */
import type { ProfilesView } from "../../bindings/ProfilesView";
import type { ScanProfile } from "../../bindings/ScanProfile";
import { desk } from "../../lib/desk";
import { m } from "../../lib/say.svelte";
import { attempt, notices } from "../notices/controller.svelte";

const NONE: ProfilesView = { profiles: [], may_lock: false, components: [] };

/** A new one, with nothing said. */
export const BLANK: ScanProfile = {
  id: 0,
  name: "",
  papers: [],
  device: null,
  source: null,
  dpi: null,
  mode: null,
  size: null,
  blank: null,
  when_empty: null,
  extra: [],
  key: null,
  locked: false,
};

class Profiles {
  view = $state.raw<ProfilesView>(NONE);
  /** Chosen by hand for the next scans: its number, 0 for none, null for the paper's own. */
  chosen = $state<number | null>(null);

  get all(): readonly ScanProfile[] {
    return this.view.profiles;
  }

  /** For the papers of this dossier on this scanner; a fault leaves what was known, since a scan tells it itself. */
  async load(dossier: string | null, device: string | null): Promise<void> {
    const view = await desk.scanProfiles(dossier, device).catch(() => null);
    if (view) this.#take(view);
  }

  /** The one that this paper is scanned with by itself. */
  of(component: number): ScanProfile | null {
    const found = this.view.components.find((one) => one.component === component);
    return this.all.find((one) => one.id === found?.profile) ?? null;
  }

  /** The one that the next scan of this paper takes. */
  next(component: number): ScanProfile | null {
    const own = this.of(component);
    if (own?.locked && !this.view.may_lock) return own;
    return this.chosen === null ? own : (this.all.find((one) => one.id === this.chosen) ?? null);
  }

  async set(profile: ScanProfile): Promise<boolean> {
    return this.#change(desk.setScanProfile(profile));
  }

  async lock(profile: ScanProfile, locked: boolean): Promise<boolean> {
    return this.#change(desk.lockScanProfile(profile.id, locked));
  }

  async remove(profile: ScanProfile): Promise<void> {
    if (!(await this.#change(desk.removeScanProfile(profile.id)))) return;
    notices.tell(m().profiles.removed(profile.name), {
      run: async () => {
        await this.set({ ...profile, id: 0 });
      },
    });
  }

  async #change(ask: Promise<ProfilesView>): Promise<boolean> {
    const view = await attempt(ask);
    if (view) this.#take(view);
    return view !== null && view !== undefined;
  }

  #take(view: ProfilesView): void {
    this.view = view;
    if (this.chosen && !view.profiles.some((one) => one.id === this.chosen)) this.chosen = null;
  }
}

export const profiles = new Profiles();
