/** The frame around what stays of a page while it is cut: in ten-thousandths of what is seen, moved by pointer or keys. */
import type { Crop } from "../../bindings/Crop";
import type { PageView } from "../../bindings/PageView";
import { intake } from "../intake/controller.svelte";
import { pages } from "./controller.svelte";

export type Edge = keyof Crop;
export const WHOLE: Crop = { left: 0, top: 0, right: 10_000, bottom: 10_000 };
/** Less than this cannot be seen, nor taken hold of again; the core refuses less than 200. */
export const LEAST = 300;

/** The frame with some of its edges at a point; an edge never passes the other one. */
export function moved(frame: Crop, edges: readonly Edge[], x: number, y: number): Crop {
  const after = { ...frame };
  const between = (at: number, low: number, high: number) => Math.round(Math.max(low, Math.min(high, at)));
  for (const edge of edges) {
    if (edge === "left") after.left = between(x, 0, after.right - LEAST);
    if (edge === "right") after.right = between(x, after.left + LEAST, 10_000);
    if (edge === "top") after.top = between(y, 0, after.bottom - LEAST);
    if (edge === "bottom") after.bottom = between(y, after.top + LEAST, 10_000);
  }
  return after;
}

/** The frame between two points, in whatever order they were pointed at. */
export function between(from: { x: number; y: number }, to: { x: number; y: number }): Crop {
  const [left, right] = span(from.x, to.x);
  const [top, bottom] = span(from.y, to.y);
  return { left, top, right, bottom };
}

function span(one: number, other: number): [number, number] {
  const inside = (at: number) => Math.round(Math.max(0, Math.min(10_000, at)));
  const low = Math.min(inside(Math.min(one, other)), 10_000 - LEAST);
  return [low, Math.max(inside(Math.max(one, other)), low + LEAST)];
}

class Cropping {
  /** The page that is cut; none while nobody cuts. */
  page = $state.raw<PageView | null>(null);
  frame = $state.raw<Crop>(WHOLE);
  busy = $state(false);

  get whole(): boolean {
    return Object.entries(WHOLE).every(([edge, at]) => this.frame[edge as Edge] === at);
  }

  begin(): void {
    if (!intake.draft || !intake.page) return;
    this.page = intake.page.page;
    this.frame = WHOLE;
  }

  cancel(): void {
    this.page = null;
  }

  /** Moves one edge by keys. */
  nudge(edge: Edge, by: number): void {
    const to = this.frame[edge] + by;
    this.frame = moved(this.frame, [edge], to, to);
  }

  async apply(): Promise<void> {
    if (this.whole) return this.cancel();
    await this.#cut(this.frame);
  }

  /** Gives back what was cut off before. */
  async giveBack(): Promise<void> {
    await this.#cut(null);
  }

  async #cut(frame: Crop | null): Promise<void> {
    if (!this.page || this.busy) return;
    this.busy = true;
    const done = await pages.crop(this.page.id, frame);
    this.busy = false;
    if (done) this.page = null;
  }
}

export const cropping = new Cropping();
