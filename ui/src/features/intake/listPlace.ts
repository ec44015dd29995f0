/** Where the list of found procedures floats: never outside the screen's own part of the window. */

/** What is needed of a rectangle. */
export type Edges = Pick<DOMRect, "top" | "bottom" | "left" | "right">;

/** Room for the list, which takes no more of it than its hits need. */
export interface Room {
  left: number;
  top: number;
  width: number;
  height: number;
  /** How far down a short list begins. */
  lead: number;
}

const GAP = 4;
/** Kept free at the edges of the screen. */
const MARGIN = 8;
/** From the field to a list beside it: over the edge of the column. */
const ASIDE = 24;
/** With less room than this below the field the list stands beside it. */
const COMFORTABLE = 300;
const WIDTH = 600;
const HEIGHT = 460;

/**
 * Below the field where there is room. Else beside it, over papers that are about to change anyway: above the field
 * stands what the card just filled in, which is to be read. On a window too narrow for that, above.
 */
export function listRoom(field: Edges, screen: Edges): Room {
  const first = screen.top + MARGIN;
  const last = screen.bottom - MARGIN;
  const beside = screen.right - MARGIN - (field.right + ASIDE);
  const below = last - (field.bottom + GAP);
  const above = field.top - GAP - first;
  if (below < COMFORTABLE && beside >= WIDTH) {
    const top = Math.max(first, Math.min(field.top, last - HEIGHT));
    return { left: field.right + ASIDE, top, width: WIDTH, height: Math.max(0, last - top), lead: Math.max(0, field.top - top) };
  }
  const width = Math.min(Math.max(field.right - field.left, WIDTH), screen.right - MARGIN - field.left);
  if (below < COMFORTABLE && above > below) return { left: field.left, top: first, width, height: above, lead: above };
  return { left: field.left, top: field.bottom + GAP, width, height: Math.max(0, Math.min(below, HEIGHT)), lead: 0 };
}
