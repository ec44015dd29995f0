/** Lays the days of an appointment out as weeks, so that the date can be seen and not only believed. */
import type { DayKind } from "../../bindings/DayKind";
import type { DayView } from "../../bindings/DayView";
import type { DueView } from "../../bindings/DueView";
import { day as dayOf, weekday } from "../../lib/format";

/** One square of the calendar; `day` is none outside the span. */
export interface Square {
  date: string;
  day: DayView | null;
  /** Which counted day it is, from 1. */
  number: number | null;
  last: boolean;
}

const OFF: ReadonlySet<DayKind> = new Set(["weekend", "holiday", "compensatory", "paused", "closed"]);

export function isOff(kind: DayKind): boolean {
  return OFF.has(kind);
}

function plus(iso: string, days: number): string {
  const [year, month, day] = [Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8, 10))];
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

/** Whole weeks, Monday to Sunday, from the first day of the count to the appointment. */
export function weeksOf(due: DueView): Square[][] {
  const first = due.days[0]?.date;
  if (!first) return [];
  const last = dayOf(due.due);
  const days = new Map(due.days.map((day) => [day.date, day]));
  const weeks: Square[][] = [];
  let counted = 0;
  let date = plus(first, -weekday(first));
  while (date <= last && weeks.length < 60) {
    const week: Square[] = [];
    for (let i = 0; i < 7; i += 1) {
      const day = days.get(date) ?? null;
      const counts = day !== null && !isOff(day.kind) && day.kind !== "received";
      if (counts) counted += 1;
      week.push({ date, day, number: counts ? counted : null, last: date === last });
      date = plus(date, 1);
    }
    weeks.push(week);
  }
  return weeks;
}

export interface Account {
  counted: number;
  skipped: number;
  /** Days off with a name, which is what people ask about. */
  named: DayView[];
}

export function accountOf(due: DueView): Account {
  const off = due.days.filter((day) => isOff(day.kind));
  return {
    counted: due.days.filter((day) => !isOff(day.kind) && day.kind !== "received").length,
    skipped: off.length,
    named: due.days.filter((day) => day.note !== ""),
  };
}
