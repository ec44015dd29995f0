/** The lists of dossiers: the day's, and those found by typing. */
import type { DossierRow } from "../../bindings/DossierRow";
import type { TodayView } from "../../bindings/TodayView";
import { desk } from "../../lib/desk";
import { attempt } from "../notices/controller.svelte";

/** More than this is never shown at once: type more to find it. */
export const LIMIT = 200;

class Dossiers {
  today = $state.raw<TodayView | null>(null);
  text = $state("");
  rows = $state.raw<DossierRow[] | null>(null);
  ms = $state(0);
  #asked = 0;

  async loadToday(): Promise<void> {
    const view = await attempt(desk.today());
    if (view) this.today = view;
  }

  /** Answers that come late, for a text no longer there, are dropped. */
  async filter(text: string): Promise<void> {
    this.text = text;
    const asked = ++this.#asked;
    const view = await attempt(desk.search(text, LIMIT));
    if (!view || asked !== this.#asked) return;
    this.rows = view.hits;
    this.ms = view.ms;
  }
}

export const dossiers = new Dossiers();
