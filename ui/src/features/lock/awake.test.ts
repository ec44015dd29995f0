/** The program hears that somebody is there, but not more often than it needs to. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useDesk } from "../../lib/desk";
import { fakeDesk } from "../../lib/desk.fake";
import { EVERY, keepAwake } from "./awake";

let stop: () => void;
let told: ReturnType<typeof vi.fn>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "Date"] });
  const desk = fakeDesk(new URLSearchParams("empty&in"));
  told = vi.fn(async () => undefined);
  desk.stayAwake = told as () => Promise<void>;
  useDesk(desk);
  stop = keepAwake();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const key = () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));
const move = (x: number) => window.dispatchEvent(new MouseEvent("pointermove", { screenX: x, screenY: 5 }));

it("keys and the pointer tell, at most once in thirty seconds", () => {
  expect(EVERY).toBe(30_000);
  for (let at = 0; at < 50; at += 1) (key(), move(at));
  expect(told).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(EVERY - 1);
  key();
  expect(told).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  key();
  expect(told).toHaveBeenCalledTimes(2);
});

it("a pointer that only seems to move because the page does is nobody", () => {
  move(7);
  vi.advanceTimersByTime(EVERY);
  move(7);
  expect(told).toHaveBeenCalledTimes(1);
  move(8);
  expect(told).toHaveBeenCalledTimes(2);
});

it("after the end nothing is told", () => {
  stop();
  key();
  expect(told).not.toHaveBeenCalled();
});
