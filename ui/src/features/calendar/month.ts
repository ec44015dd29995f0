/** A month laid out as weeks, and what is typed about a day read. */
import type { CalendarDayView } from "../../bindings/CalendarDayView";
import type { SessionView } from "../../bindings/SessionView";
import { weekday } from "../../lib/format";

/** Whole weeks from Monday; none where another month's day would stand. */
export function weeksOfMonth(days: readonly CalendarDayView[]): (CalendarDayView | null)[][] {
  const first = days[0];
  if (!first) return [];
  const squares: (CalendarDayView | null)[] = [...Array<null>(weekday(first.date)).fill(null), ...days];
  while (squares.length % 7 !== 0) squares.push(null);
  return Array.from({ length: squares.length / 7 }, (_, week) => squares.slice(week * 7, week * 7 + 7));
}

/** `2026-12` and one month on, or back. */
export function monthPlus(month: string, months: number): string {
  const at = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + months, 1));
  return at.toISOString().slice(0, 7);
}

/** `2026-12-08` and some days on, or back. */
export function dayPlus(date: string, days: number): string {
  const at = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)) + days));
  return at.toISOString().slice(0, 10);
}

/** Hours as people type them, `7:00-11:30, 13h30–17h`; none where that is no hours. */
export function parseHours(text: string): SessionView[] | null {
  const parts = text.split(/[,;]/).map((part) => part.trim()).filter(Boolean);
  const sessions = parts.map((part) => {
    const match = /^(\d{1,2})(?:[:hg.](\d{2})?)?\s*[-–—]\s*(\d{1,2})(?:[:hg.](\d{2})?)?$/i.exec(part);
    if (!match) return null;
    const opens = clock(match[1], match[2]);
    const closes = clock(match[3], match[4]);
    return opens && closes && opens < closes ? { opens, closes } : null;
  });
  if (sessions.length === 0 || sessions.some((one) => one === null)) return null;
  return sessions as SessionView[];
}

/** An hour as people type it, `16:00`, `16h`, `16h30`; none where it is no hour. */
export function parseTime(text: string): string | null {
  const match = /^(\d{1,2})(?:[:hg.](\d{2})?)?$/i.exec(text.trim());
  return match ? clock(match[1], match[2]) : null;
}

function clock(hours: string | undefined, minutes: string | undefined): string | null {
  const [hour, minute] = [Number(hours), Number(minutes ?? "0")];
  if (!(hour < 24 && minute < 60)) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

export function sayHours(sessions: readonly SessionView[]): string {
  return sessions.map((one) => `${one.opens}–${one.closes}`).join(", ");
}
