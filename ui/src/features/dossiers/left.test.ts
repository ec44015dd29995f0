import { expect, it } from "vitest";
import type { DossierRow } from "../../bindings/DossierRow";
import { leftOf } from "./left";

const row = (left: DossierRow["left"], due = "2026-11-23T16:00:00+07:00", state: DossierRow["state"] = "processing"): DossierRow => ({
  id: "1",
  code: "H99.1-261123-0001",
  provisional: false,
  applicant: "A",
  procedure: "B",
  state,
  at: "2026-11-23T08:00:00+07:00",
  due,
  left,
  sync: null,
  twin: null,
  unchecked: false,
});
const left = (minutes: number, days = Math.trunc(minutes / 480)) => leftOf(row({ minutes, days }), "2026-11-23");

it("tells hours within a working day and days beyond, amber near the end and red past it", () => {
  expect(left(200)).toEqual({ text: "3 giờ 20", tone: "amber" });
  expect(left(45)).toEqual({ text: "45 phút", tone: "amber" });
  expect(left(1500)).toEqual({ text: "3 ngày", tone: "" });
  expect(left(-120)).toEqual({ text: "quá 2 giờ", tone: "red" });
  expect(left(-1000)).toEqual({ text: "quá 2 ngày", tone: "red" });
});

it("counts days where working time tells nothing, and says nothing where the time stands still", () => {
  expect(leftOf(row(null, "2027-01-22T16:00:00+07:00"), "2026-11-23")).toEqual({ text: "60 ngày", tone: "" });
  expect(leftOf(row(null, "2026-10-24T16:00:00+07:00"), "2026-11-23")).toEqual({ text: "quá 30 ngày", tone: "red" });
  expect(leftOf(row(null, undefined, "supplement"), "2026-11-23")).toBeNull();
});
