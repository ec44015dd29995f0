/**
 * Pages of the draft on the table, changed in place: which are chosen, what is done to them, and how it is taken back.
 * The core keeps the journal; what is chosen here is only what the next action is done to.
 */
import type { ComponentView } from "../../bindings/ComponentView";
import type { Crop } from "../../bindings/Crop";
import type { PageAct } from "../../bindings/PageAct";
import type { PagePlace } from "../../bindings/PagePlace";
import type { PageView } from "../../bindings/PageView";
import type { PaperEdges } from "../../bindings/PaperEdges";
import type { PhotoPaper } from "../../bindings/PhotoPaper";
import { chords } from "../../lib/chords.svelte";
import { m } from "../../lib/say.svelte";
import { intake } from "../intake/controller.svelte";
import { notices } from "../notices/controller.svelte";

/** Which pages go to another paper: those chosen, the one in view and all behind it, or all of its component. */
export type Share = "chosen" | "rest" | "all";

class Pages {
  #chosen = $state.raw<ReadonlySet<string>>(new Set());
  /** Where pages are to come to, while it is asked how. */
  asked = $state.raw<"before" | "replace" | null>(null);
  /** Which pages are to go to another paper, while it is asked to which. */
  sending = $state.raw<Share | null>(null);
  #anchor: string | null = null;
  /** The notice of the last action: an older one would take back what came after it. */
  #notice: number | null = null;

  /** The pages that an action is done to, in the order of the dossier: the chosen ones, or the one in view. */
  targets = $derived.by((): PageView[] => {
    const view = intake.pageId;
    if (view === null) return [];
    const wanted = this.#chosen.has(view) ? this.#chosen : new Set([view]);
    return this.#all().filter((page) => wanted.has(page.id));
  });
  ids = $derived(this.targets.map((page) => page.id));
  /** Several are chosen. */
  many = $derived(this.targets.length > 1);
  can = $derived(intake.draft && this.targets.length > 0);

  /** There is another paper that pages can go to. */
  canSend = $derived(this.can && !intake.run.active && this.#components().some((one) => this.takes(one)));

  /** Pages can be put at the page in view. */
  canPut = $derived(intake.draft && !intake.run.active && intake.page?.page.disposition === "kept");

  isChosen(id: string): boolean {
    return this.ids.includes(id);
  }

  #components(): ComponentView[] {
    return intake.dossier?.components ?? [];
  }

  #all(): PageView[] {
    return this.#components().flatMap((one) => one.pages);
  }

  // ---- choosing

  /** The page has the focus: it is in view, and what was chosen before stays until another is pressed. */
  look(id: string): void {
    if (intake.pageId !== null && !this.#chosen.has(intake.pageId)) this.#chosen = new Set([intake.pageId]);
    intake.pageId = id;
  }

  /** The page was pressed: alone, as the end of a range, or as one more. */
  press(id: string, how: "alone" | "range" | "more"): void {
    if (how === "alone") {
      this.#chosen = new Set([id]);
      this.#anchor = id;
      intake.pageId = id;
    } else if (how === "range") {
      this.#extend(id);
    } else {
      this.toggle(id);
    }
  }

  /** One page more or one less; the last one stays. */
  toggle(id: string): void {
    const chosen = new Set(this.#chosen);
    if (intake.pageId !== null && !chosen.has(intake.pageId) && intake.pageId !== id) chosen.add(intake.pageId);
    if (chosen.has(id) && chosen.size > 1) chosen.delete(id);
    else chosen.add(id);
    this.#chosen = chosen;
    this.#anchor = id;
    intake.pageId = chosen.has(id) ? id : ([...chosen].at(-1) ?? id);
  }

  /** The next page or the one before; with `extend` all between are chosen. The answer is where the focus goes. */
  step(from: string, by: number, extend: boolean): string | null {
    const all = this.#all();
    const at = all.findIndex((page) => page.id === from);
    const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
    if (at === -1 || !next) return null;
    if (extend) {
      this.#anchor ??= from;
      this.#extend(next.id);
    } else this.press(next.id, "alone");
    this.#follow(next.id);
    return next.id;
  }

  /** All pages of the component of the page in view. */
  chooseAll(): void {
    const here = intake.page?.component.pages ?? [];
    this.#chosen = new Set(here.map((page) => page.id));
  }

  /** False when there was nothing to let go of. */
  unchoose(): boolean {
    if (!this.many) return false;
    this.#chosen = new Set();
    this.#anchor = intake.pageId;
    return true;
  }

  #extend(to: string): void {
    const all = this.#all();
    const from = all.findIndex((page) => page.id === (this.#anchor ?? intake.pageId));
    const end = all.findIndex((page) => page.id === to);
    const [first, last] = from === -1 ? [end, end] : [Math.min(from, end), Math.max(from, end)];
    this.#chosen = new Set(all.slice(first, last + 1).map((page) => page.id));
    intake.pageId = to;
  }

  /** The component of a page is the one that is worked in. */
  #follow(id: string): void {
    const home = this.#components().find((one) => one.pages.some((page) => page.id === id));
    if (home) intake.selected = home.index;
  }

  // ---- changing

  turn(quarters: 1 | 2 | 3): Promise<boolean> {
    return this.#change({ act: "turn", pages: this.ids, quarters }, this.ids.length);
  }

  /** Shows a photograph whole instead of laid flat; undo lays it flat again. */
  whole(page: string): Promise<boolean> {
    return this.#change({ act: "flatten", page, flat: null }, 1);
  }

  /** Lays a photograph flat by corners that a person sees on it. */
  layFlat(page: string, corners: PaperEdges["corners"], paper: PhotoPaper): Promise<boolean> {
    return this.#did("flatten", 1, () => intake.layFlat(page, corners, paper));
  }

  /** Cuts a page as it is seen; none gives back what was cut off. */
  crop(page: string, crop: Crop | null): Promise<boolean> {
    return this.#change({ act: "crop", page, crop }, 1);
  }

  /** Sets the chosen pages aside; where none of them counts, takes them back. */
  async toggleAside(): Promise<boolean> {
    const kept = this.targets.filter((page) => page.disposition === "kept").map((page) => page.id);
    const act: PageAct = kept.length > 0 ? { act: "aside", pages: kept } : { act: "back", pages: this.ids };
    return this.#change(act, act.pages.length);
  }

  /** Moves the chosen pages one place earlier or later, over the edge of their component into the next. */
  async move(by: 1 | -1): Promise<boolean> {
    const moving = new Set(this.targets.filter((page) => page.disposition === "kept").map((page) => page.id));
    const home = intake.page?.component;
    const kept = (home?.pages ?? []).filter((page) => page.disposition === "kept");
    const places = kept.flatMap((page, at) => (moving.has(page.id) ? [at] : []));
    const [first, last] = [places[0], places.at(-1)];
    if (!home || first === undefined || last === undefined) return false;
    const pages = places.map((at) => kept[at]?.id ?? "");
    const neighbor = kept[by === -1 ? first - 1 : last + 1];
    if (neighbor) {
      const before = by === -1 ? neighbor.id : (kept[last + 2]?.id ?? null);
      return this.#change({ act: "move", pages, component: home.index, before }, pages.length);
    }
    const order = this.#components();
    const to = order[order.findIndex((one) => one.index === home.index) + by];
    if (!to) return false;
    const before = by === 1 ? (to.pages.find((page) => page.disposition === "kept")?.id ?? null) : null;
    const done = await this.#change({ act: "move", pages, component: to.index, before }, pages.length);
    if (done) intake.selected = to.index;
    return done;
  }

  /** Pages to come before the page in view, or in its place: how is asked next. */
  ask(at: "before" | "replace"): void {
    if (this.canPut) this.asked = at;
  }

  /** Scans or picks files to the place that was asked about. */
  async bring(by: "scan" | "files"): Promise<void> {
    const [at, found] = [this.asked, intake.page];
    this.asked = null;
    if (!at || !found) return;
    intake.selected = found.component.index;
    const place: PagePlace = { at, page: found.page.id };
    const outcome = await (by === "scan" ? intake.run.scanTo(place) : intake.run.pick(place));
    if (!outcome || outcome.received === 0) return;
    if (outcome.kept === 0) return notices.tell(m().pages.blankOnly);
    this.#forgetNotice();
    this.#tell(m().pages.done(at === "before" ? "insert" : "replace", outcome.kept), true);
  }

  // ---- sending to another paper

  /** Pages can go to this paper: another one, and not one that is only shown. */
  takes(component: ComponentView): boolean {
    return component.handling !== "show" && component.index !== intake.page?.component.index;
  }

  askSend(share: Share): void {
    if (this.canSend) this.sending = share;
  }

  /** The pages that would go. */
  share(which: Share): PageView[] {
    const home = intake.page?.component.pages ?? [];
    if (which === "chosen") return this.targets;
    return which === "all" ? home : home.slice(home.findIndex((page) => page.id === intake.pageId));
  }

  /** Puts what was asked about behind the last page of `component`, where work goes on. */
  async send(component: number): Promise<boolean> {
    const [which, found] = [this.sending, intake.page];
    const to = this.#components().find((one) => one.index === component);
    if (!which || !found || !to || !this.takes(to)) return false;
    this.sending = null;
    const acts: Record<Share, PageAct> = {
      chosen: { act: "move", pages: this.ids, component, before: null },
      rest: { act: "split", from: found.page.id, component },
      all: { act: "merge", from: found.component.index, into: component },
    };
    const done = await this.#change(acts[which], this.share(which).length);
    if (done) intake.selected = component;
    return done;
  }

  /** Takes the last action back, or does it again. */
  async reverse(redo: boolean): Promise<void> {
    const done = await intake.reversePages(redo);
    if (!done) return;
    this.#forgetNotice();
    const touched = done.pages.find((id) => this.#all().some((page) => page.id === id));
    if (touched) {
      this.press(touched, "alone");
      this.#follow(touched);
    }
    const words = redo ? m().pages.redone : m().pages.undone;
    this.#tell(chords.tell(words(done.what, done.pages.length)), redo);
  }

  #change(act: PageAct, count: number): Promise<boolean> {
    return this.#did(act.act, count, () => intake.changePages(act));
  }

  async #did(what: PageAct["act"], count: number, change: () => Promise<boolean>): Promise<boolean> {
    if (!intake.draft || !(await change())) return false;
    this.#forgetNotice();
    this.#tell(m().pages.done(what, count), true);
    return true;
  }

  #tell(text: string, canUndo: boolean): void {
    const undo = canUndo ? { run: () => this.reverse(false), of: intake.dossier?.id } : null;
    notices.tell(text, undo);
    this.#notice = notices.toasts.at(-1)?.id ?? null;
  }

  #forgetNotice(): void {
    if (this.#notice !== null) notices.dismiss(this.#notice);
    this.#notice = null;
  }
}

export const pages = new Pages();
