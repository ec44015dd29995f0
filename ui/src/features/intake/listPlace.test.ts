import { expect, it } from "vitest";
import { listRoom } from "./listPlace";

/** The screen's part of a window: right of the rail, under the header, above the keys. */
const screen = (width: number, height: number) => ({ left: 76, right: width, top: 48, bottom: height - 68 });
const field = (top: number) => ({ left: 92, right: 468, top, bottom: top + 32 });

it("never covers the keys, wherever the field has scrolled to", () => {
  for (const [width, height] of [[1366, 768], [1920, 1080], [860, 600]] as const) {
    const within = screen(width, height);
    for (let top = within.top; top < within.bottom - 32; top += 4) {
      const room = listRoom(field(top), within);
      expect(room.top + room.height, `${width} at ${top}`).toBeLessThanOrEqual(within.bottom);
      expect(room.top).toBeGreaterThanOrEqual(within.top);
      expect(room.left + room.width).toBeLessThanOrEqual(within.right);
      expect(room.height, "there is room for a few").toBeGreaterThanOrEqual(Math.min(200, (within.bottom - within.top) / 3));
    }
  }
});

it("stands beside the field where there is little room below, and leaves the field in sight", () => {
  const room = listRoom(field(468), screen(1366, 768));
  expect(room.left).toBeGreaterThan(field(468).right);
  expect(room.top + room.lead, "a short list is level with the field").toBe(468);
  expect(listRoom(field(468), screen(1920, 1080)).top).toBeGreaterThan(field(468).bottom);
});
