/** The frame of what stays: never turned inside out, never too small to be held. */
import { expect, it } from "vitest";
import { between, LEAST, moved, WHOLE, type Edge } from "./crop.svelte";

it("a corner takes both of its edges along, and neither passes its opposite", () => {
  expect(moved(WHOLE, ["left", "top"], 1200, 3400)).toEqual({ left: 1200, top: 3400, right: 10_000, bottom: 10_000 });
  expect(moved({ left: 0, top: 0, right: 4000, bottom: 4000 }, ["left", "top"], 9000, -50)).toEqual({ left: 4000 - LEAST, top: 0, right: 4000, bottom: 4000 });
});

it("drawn from any corner to any other it is the same frame, and inside the page", () => {
  const [a, b] = [{ x: 1000, y: 2000 }, { x: 8000, y: 9000 }];
  const same = { left: 1000, top: 2000, right: 8000, bottom: 9000 };
  for (const [from, to] of [[a, b], [b, a], [{ x: 1000, y: 9000 }, { x: 8000, y: 2000 }]] as const) expect(between(from, to)).toEqual(same);
  expect(between({ x: -500, y: 20 }, { x: 99_999, y: 99_999 })).toEqual({ left: 0, top: 20, right: 10_000, bottom: 10_000 });
});

it("whatever is pointed at, what stays is a part of the page that the core takes", () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) % 30_000;
  const edges: Edge[] = ["left", "top", "right", "bottom"];
  let frame = WHOLE;
  for (let n = 0; n < 3000; n += 1) {
    const at = { x: random() - 10_000, y: random() - 10_000 };
    frame = n % 3 === 0 ? between(at, { x: random() - 10_000, y: random() - 10_000 }) : moved(frame, edges.filter(() => random() % 2 === 0), at.x, at.y);
    expect(Object.values(frame).every((edge) => Number.isInteger(edge) && edge >= 0 && edge <= 10_000)).toBe(true);
    expect(Math.min(frame.right - frame.left, frame.bottom - frame.top)).toBeGreaterThanOrEqual(LEAST);
  }
});
