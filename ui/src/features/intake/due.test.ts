import { expect, it } from "vitest";
import type { DayKind } from "../../bindings/DayKind";
import type { DueView } from "../../bindings/DueView";
import { en } from "../../lib/messages/en";
import { vi } from "../../lib/messages/vi";
import { accountOf, weeksOf } from "./due";

const day = (date: string, kind: DayKind, note = "") => ({ date, kind, minutes: 0, note, nth: null, why: [] });
const due: DueView = {
  due: "2026-12-01T14:32:00+07:00",
  confirmed: true,
  waits: null,
  limit_text: "",
  cut_off: "15:00",
  agency: null,
  stages: [],
  changed: null,
  reappointed: 0,
  late_to_put_off: false,
  may_appoint: false,
  days: [
    day("2026-11-26", "received"),
    day("2026-11-27", "counted"),
    day("2026-11-28", "weekend"),
    day("2026-11-29", "weekend"),
    day("2026-11-30", "holiday", "Nghỉ lễ"),
    day("2026-12-01", "counted"),
  ],
};

it("weeks are whole, and the count skips what does not count", () => {
  const weeks = weeksOf(due);
  expect(weeks.map((week) => week.length)).toEqual([7, 7]);
  expect(weeks[0]?.[0]?.date, "a week begins on Monday").toBe("2026-11-23");
  const squares = weeks.flat();
  expect(squares.find((square) => square.date === "2026-11-27")?.number).toBe(1);
  expect(squares.find((square) => square.date === "2026-11-30")?.number).toBeNull();
  expect(squares.filter((square) => square.last).map((square) => [square.date, square.number])).toEqual([["2026-12-01", 2]]);
});

it("the account adds up", () => {
  expect(accountOf(due)).toMatchObject({ counted: 2, skipped: 3 });
  expect(accountOf(due).named.map((one) => one.note)).toEqual(["Nghỉ lễ"]);
});

it("an empty reason draws nothing", () => {
  expect(weeksOf({ ...due, days: [] })).toEqual([]);
});

it("a list with a holiday is never headed by there being none", () => {
  // Handed in on a holiday: the day is named, and yet nothing was skipped in the count.
  const account = accountOf({ ...due, days: [day("2026-11-24", "received", "Ngày Văn hóa Việt Nam"), day("2026-11-25", "counted")] });
  expect(account).toMatchObject({ counted: 1, skipped: 0 });
  for (const words of [vi.intake, en.intake]) {
    expect(words.dueSummary(1, 0, account.named.length > 0)).not.toMatch(/không có|no days off/);
    expect(words.dueSummary(1, 0, false)).toMatch(/không có|no days off/);
  }
});
