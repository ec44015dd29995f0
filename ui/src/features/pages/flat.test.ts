/** Corners of paper set by hand: kept within the picture, and refused as soon as they are no paper's. G8. */
import { expect, it } from "vitest";
import { isPaper, movedTo, type Corners } from "./flat.svelte";

const WHOLE: Corners = [[0, 0], [10_000, 0], [10_000, 10_000], [0, 10_000]];

it("a corner stays within the picture and leaves the others", () => {
  expect(movedTo(WHOLE, 2, 8000.4, 12_000)).toEqual([[0, 0], [10_000, 0], [8000, 10_000], [0, 10_000]]);
  expect(movedTo(WHOLE, 0, -5, 300)[0]).toEqual([0, 300]);
  expect(WHOLE[2]).toEqual([10_000, 10_000]);
});

it("what crosses itself, is a line, a speck or goes round the wrong way is no paper", () => {
  expect(isPaper(WHOLE)).toBe(true);
  expect(isPaper([[1200, 900], [8700, 1100], [9000, 9300], [900, 9100]])).toBe(true);
  expect(isPaper([[0, 0], [10_000, 10_000], [10_000, 0], [0, 10_000]]), "crossed").toBe(false);
  expect(isPaper([[0, 0], [100, 0], [100, 100], [0, 100]]), "a speck").toBe(false);
  expect(isPaper([[0, 0], [5000, 5000], [10_000, 10_000], [0, 10_000]]), "a triangle").toBe(false);
  expect(isPaper([[10_000, 0], [0, 0], [0, 10_000], [10_000, 10_000]]), "seen from behind").toBe(false);
});
