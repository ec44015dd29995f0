/** The lists of dossiers: the day's, and those found by typing. */
import type { DossierRow } from "../../bindings/DossierRow";
import type { ListCounts } from "../../bindings/ListCounts";
import type { WorkList } from "../../bindings/WorkList";
import type { TodayView } from "../../bindings/TodayView";
import { desk } from "../../lib/desk";
import { attempt } from "../notices/controller.svelte";

/** More than this is never shown at once: type more to find it. */
export const LIMIT = 200;
/** A list that is worked through is shown whole up to this. */
export const LONGEST = 5_000;

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

/** Whether a row has every word of `text`, diacritics aside. */
export function holds(row: DossierRow, text: string): boolean {
  const all = plain(`${row.code ?? ""} ${row.applicant} ${row.procedure}`);
  return plain(text).split(/\s+/).every((word) => all.includes(word));
}

class Dossiers {
  today = $state.raw<TodayView | null>(null);
  text = $state("");
  rows = $state.raw<DossierRow[] | null>(null);
  ms = $state(0);
  counts = $state.raw<ListCounts | null>(null);
  /** The list in hand; none for all dossiers. */
  list = $state<WorkList | null>(null);
  #asked = 0;

  async loadToday(): Promise<void> {
    const view = await attempt(desk.today());
    if (view) this.today = view;
  }

  /** Answers that come late, for a text no longer there, are dropped. */
  async filter(text: string): Promise<void> {
    this.text = text;
    const asked = ++this.#asked;
    // Beside the answer, not before it: nobody waits for how long the other lists are.
    void desk.listCounts().then((counts) => (this.counts = counts), () => undefined);
    const list = this.list;
    // The first screenfuls at once, whatever the list's length; what is typed narrows all of it.
    const begun = list && text === "" ? await attempt(desk.workList(list, LIMIT)) : null;
    if (begun && asked === this.#asked) [this.rows, this.ms] = [begun.hits, begun.ms];
    if (begun && begun.hits.length < LIMIT) return;
    const view = await attempt(list ? desk.workList(list, LONGEST) : desk.search(text, LIMIT));
    if (!view || asked !== this.#asked) return;
    // A list is whole and short, so that typing narrows it here.
    this.rows = this.list ? view.hits.filter((row) => holds(row, text)) : view.hits;
    this.ms = view.ms;
  }

  /** Shows a list, or all dossiers, with nothing typed. */
  async choose(list: WorkList | null): Promise<void> {
    this.list = list;
    this.rows = null;
    await this.filter("");
  }
}

export const dossiers = new Dossiers();
