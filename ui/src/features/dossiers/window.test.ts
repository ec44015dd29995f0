import { expect, it } from "vitest";
import { inSight, ROW } from "./window";

it("draws a screenful and some around, wherever the list is scrolled to", () => {
  expect(inSight(100, 0, 600)).toEqual({ from: 0, to: 100 });
  for (const top of [0, 17, 1_000, 90_000, 5_000 * ROW, 9_999_999]) {
    const { from, to } = inSight(5_000, top, 600);
    const first = Math.min(Math.floor(top / ROW), 5_000 - 17);
    expect(to - from).toBeLessThan(90);
    expect(from).toBeLessThanOrEqual(Math.max(first, 0));
    expect(to).toBeGreaterThanOrEqual(Math.min(5_000, first + 17));
  }
});
