import { expect, it } from "vitest";
import { dayPlus, monthPlus, parseHours, parseTime, weeksOfMonth } from "./month";

const days = (month: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ date: dayPlus(`${month}-01`, at), works: true, kind: null, name: "", hours: [], short: false, change: null }));

it("a month is whole weeks from Monday", () => {
  const weeks = weeksOfMonth(days("2026-11", 30));
  expect(weeks).toHaveLength(6);
  expect(weeks[0]?.map((day) => day?.date.slice(8) ?? null)).toEqual([null, null, null, null, null, null, "01"]);
  expect(weeks[5]?.map((day) => day?.date.slice(8) ?? null)).toEqual(["30", null, null, null, null, null, null]);
  expect(weeksOfMonth(days("2027-02", 28))).toHaveLength(4);
  expect(weeksOfMonth([])).toEqual([]);
});

it("months and days go over the ends of years", () => {
  expect([monthPlus("2026-12", 1), monthPlus("2026-01", -1)]).toEqual(["2027-01", "2025-12"]);
  expect([dayPlus("2026-12-31", 1), dayPlus("2028-03-01", -1)]).toEqual(["2027-01-01", "2028-02-29"]);
});

it("hours are read as people type them, or not at all", () => {
  expect(parseHours("7:00-11:30, 13h30–17h")).toEqual([
    { opens: "07:00", closes: "11:30" },
    { opens: "13:30", closes: "17:00" },
  ]);
  for (const text of ["", "7", "11:30-7:00", "25:00-26:00", "7:00-11:75", "sáng", "7:00-11:30, x"]) expect(parseHours(text), text).toBe(null);
  expect([parseTime("16:00"), parseTime("16h"), parseTime("8g30"), parseTime("24:00"), parseTime("x")]).toEqual(["16:00", "16:00", "08:30", null, null]);
});
