import { describe, expect, it } from "vitest";
import * as format from "./format";

describe("moments", () => {
  for (const zone of ["Asia/Ho_Chi_Minh", "America/New_York", "Pacific/Auckland", "UTC"]) {
    it(`are the office's on a machine in ${zone}`, () => {
      const before = process.env.TZ;
      process.env.TZ = zone;
      try {
        expect(format.moment("2026-11-23T23:30:00+07:00")).toBe("23:30 23/11/2026");
        expect(format.moment("2026-11-23T00:05:00+07:00")).toBe("00:05 23/11/2026");
        expect(format.date("2026-02-28"), "a plain day has no zone").toBe("28/02/2026");
        expect(format.date("1990-01-01")).toBe("01/01/1990");
        expect(format.wallClock(Date.UTC(2026, 10, 23, 17, 30, 5))).toBe("2026-11-24T00:30:05");
        expect(format.shortMoment("2026-11-23T14:32:00+07:00", "2026-11-23T15:00:00")).toBe("14:32");
      } finally {
        if (before === undefined) delete process.env.TZ;
        else process.env.TZ = before;
      }
    });
  }

  it("with another offset are brought to the office's clock", () => {
    expect(format.moment("2026-11-23T17:05:00Z")).toBe("00:05 24/11/2026");
    expect(format.day("2026-11-23T17:05:00Z")).toBe("2026-11-24");
    expect(format.time("2026-11-23T08:00:00.250-05:00")).toBe("20:00");
    expect(format.weekday("2026-11-29T18:00:00Z"), "Monday at the office").toBe(0);
  });

  it("of the same day need no date", () => {
    expect(format.shortMoment("2026-11-23T14:32:00+07:00", "2026-11-23T15:00:00")).toBe("14:32");
    expect(format.shortMoment("2026-11-22T14:32:00+07:00", "2026-11-23")).toBe("14:32 22/11/2026");
  });

  it("count down to an hour", () => {
    expect(format.minutesUntil("2026-11-23T14:32:59", "15:00")).toBe(28);
    expect(format.minutesUntil("2026-11-23T15:01:00", "15:00")).toBe(-1);
  });

  it("know their day of the week", () => {
    expect(format.weekday("2026-11-23")).toBe(0);
    expect(format.weekday("2026-11-29T08:00:00+07:00")).toBe(6);
  });
});

describe("a typed date", () => {
  for (const [typed, day] of [
    ["5/9/1990", "1990-09-05"],
    ["05091990", "1990-09-05"],
    ["05-09-1990", "1990-09-05"],
    [" 29/02/2024 ", "2024-02-29"],
    ["29/02/2023", null],
    ["31/04/2020", null],
    ["00/01/2020", null],
    ["1/1/90", null],
    ["", null],
  ] as const) {
    it(`${JSON.stringify(typed)} is ${day}`, () => expect(format.parseDate(typed)).toBe(day));
  }
});

it("numbers are grouped by points", () => {
  expect(format.count(999)).toBe("999");
  expect(format.count(5000000)).toBe("5.000.000");
});

it("a code is cut before its last group", () => {
  expect(format.codeParts("000.00.02.H99-261123-0387")).toEqual(["000.00.02.H99-261123-", "0387"]);
  expect(format.codeParts("0387")).toEqual(["", "0387"]);
});
