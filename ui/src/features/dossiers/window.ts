/** Which rows of a long list are drawn: those in sight and some around, so that thousands cost no more than a screenful. */

export const ROW = 36;
/** Rows beyond either edge, so that a fast wheel meets no blank. */
const AROUND = 24;
/** Shorter lists are drawn whole. */
const FEW = 120;

export interface Span {
  from: number;
  to: number;
}

/** `top` is how far the list's first row lies above the upper edge of what is seen, `height` how high that is. */
export function inSight(count: number, top: number, height: number): Span {
  if (count <= FEW) return { from: 0, to: count };
  const first = Math.floor(Math.max(0, top) / ROW);
  const seen = Math.ceil(Math.max(height, 20 * ROW) / ROW);
  const from = Math.max(0, Math.min(first - AROUND, count - seen - 2 * AROUND));
  return { from, to: Math.min(count, from + seen + 2 * AROUND) };
}
