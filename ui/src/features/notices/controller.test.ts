import { beforeEach, expect, it } from "vitest";
import { notices } from "./controller.svelte";

beforeEach(() => {
  notices.toasts = [];
});

const failure = (message: string) => ({ code: "disk_full" as const, message, hint: null, reference: "" });

it("one event and one failure are shown, the latest of each", () => {
  for (const text of ["một", "hai", "ba"]) notices.tell(text);
  for (const text of ["lỗi một", "lỗi hai", "lỗi hai"]) notices.fail(failure(text));
  expect([notices.event?.text, notices.failure?.text]).toEqual(["ba", "lỗi hai"]);
  expect(notices.toasts.map((toast) => toast.text)).toEqual(["hai", "ba", "lỗi một", "lỗi hai"]);
});

it("a failure does not take away what can be undone", () => {
  const done: string[] = [];
  notices.tell("đã bỏ", { run: () => void done.push("bỏ") });
  notices.fail(failure("lỗi"));
  notices.fail(failure("lỗi khác"));
  expect(notices.undoLatest()).toBe(true);
  expect(done).toEqual(["bỏ"]);
});
