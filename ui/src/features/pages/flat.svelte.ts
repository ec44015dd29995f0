/** Paper on a photograph whose four corners are set by hand: in ten-thousandths of the whole picture, by pointer or keys. */
import type { PageView } from "../../bindings/PageView";
import type { PaperEdges } from "../../bindings/PaperEdges";
import type { PhotoPaper } from "../../bindings/PhotoPaper";
import { desk } from "../../lib/desk";
import { intake } from "../intake/controller.svelte";
import { attempt } from "../notices/controller.svelte";
import { pages } from "./controller.svelte";

export type Corners = PaperEdges["corners"];

/** A turn from one side to the next that is smaller than this is a line or a speck; the core refuses it too. */
const LEAST_TURN = 200 * 200;

/** Whether four corners go round once, clockwise as they are seen: then they can be paper's. */
export function isPaper(corners: Corners): boolean {
  return corners.every((a, n) => {
    const [b, c] = [corners[(n + 1) % 4], corners[(n + 2) % 4]];
    return b !== undefined && c !== undefined && (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]) > LEAST_TURN;
  });
}

/** The corners with one of them at a point, which is kept within the picture. */
export function movedTo(corners: Corners, n: number, x: number, y: number): Corners {
  const inside = (at: number) => Math.round(Math.max(0, Math.min(10_000, at)));
  const after: Corners = [...corners];
  after[n] = [inside(x), inside(y)];
  return after;
}

class Flattening {
  /** The page whose corners are set; none while nobody sets any. */
  page = $state.raw<PageView | null>(null);
  corners = $state.raw<Corners>([[0, 0], [10_000, 0], [10_000, 10_000], [0, 10_000]]);
  paper = $state<PhotoPaper>("a4");
  /** The corners were told or found; else they are a guess. */
  found = $state(true);
  busy = $state(false);
  readonly sane = $derived(isPaper(this.corners));

  /** A page of a PDF has no corners of its own. */
  can(page: PageView | null | undefined): boolean {
    return intake.draft && page !== null && page !== undefined && page.media !== "pdf";
  }

  async begin(): Promise<void> {
    // A page that is being turned is turned first: corners are those of what is seen.
    await intake.flush();
    const page = intake.page?.page;
    if (!page || !this.can(page) || this.busy) return;
    const edges = await attempt(desk.paperEdges(page.id));
    if (!edges || intake.pageId !== page.id) return;
    this.corners = edges.corners;
    this.paper = edges.paper;
    this.found = edges.found;
    this.page = page;
  }

  cancel(): void {
    this.page = null;
  }

  move(n: number, x: number, y: number): void {
    this.corners = movedTo(this.corners, n, x, y);
  }

  async apply(): Promise<void> {
    const page = this.page;
    if (!page || this.busy || !this.sane) return;
    this.busy = true;
    const done = await pages.layFlat(page.id, this.corners, this.paper);
    this.busy = false;
    if (done && this.page === page) this.page = null;
  }
}

export const flattening = new Flattening();
