/** The keys that this station changed: kept by the program, in force as soon as they are changed. */
import { chords } from "../../lib/chords.svelte";
import { desk } from "../../lib/desk";
import { m } from "../../lib/say.svelte";
import { attempt, notices } from "../notices/controller.svelte";
import { catalogue, changed } from "./catalogue";

class Shortcuts {
  async load(): Promise<void> {
    const kept = await desk.shortcuts().catch(() => null);
    if (kept) chords.map = kept;
  }

  /** Puts another key in the place of one; the key that was there before takes its old place. */
  async change(madeWith: string, chord: string): Promise<void> {
    await this.#keep(changed(chords.map, madeWith, chord, catalogue()));
  }

  async reset(madeWith: string): Promise<void> {
    await this.change(madeWith, madeWith);
  }

  async resetAll(): Promise<void> {
    const before = chords.map;
    await this.#keep({});
    notices.tell(m().shortcuts.allReset, { run: () => this.#keep(before) });
  }

  async #keep(map: Readonly<Record<string, string>>): Promise<void> {
    const kept = await attempt(desk.setShortcuts({ ...map }));
    if (kept) chords.map = kept;
  }
}

export const shortcuts = new Shortcuts();
