/**
 * How dates, times, money and codes are written.
 * Moments arrive as RFC 3339 with the counter's own offset: they are sliced and never converted, because the zone of
 * the machine is not the zone of the counter.
 */

/** `2026-11-23` or `2026-11-23T14:32:00+07:00` as `23/11/2026`. */
export function date(iso: string): string {
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
}

/** `2026-11-23…` as `23/11`. */
export function dayMonth(iso: string): string {
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}`;
}

/** `2026-11-23T14:32:00+07:00` as `14:32`. */
export function time(iso: string): string {
  return iso.slice(11, 16);
}

/** `2026-11-23T14:32:00+07:00` as `14:32 23/11/2026`. */
export function moment(iso: string): string {
  return `${time(iso)} ${date(iso)}`;
}

/** Time alone on the day of `now`, with the date on any other day. */
export function shortMoment(iso: string, now: string): string {
  return iso.slice(0, 10) === now.slice(0, 10) ? time(iso) : moment(iso);
}

/** `20000` as `20.000 đ`. */
export function money(dong: number): string {
  return `${count(dong)}\u00a0đ`;
}

/** `5000` as `5.000`. */
export function count(n: number): string {
  const digits = Math.abs(Math.trunc(n)).toString().replace(/\B(?=(\d{3})+$)/g, ".");
  return n < 0 ? `−${digits}` : digits;
}

/** What a clerk types for a date, as `yyyy-mm-dd`: `1/2/1990`, `01021990`, `01-02-1990`; none when it is no day. */
export function parseDate(text: string): string | null {
  const trimmed = text.trim();
  const match = /^(\d{1,2})[/\-. ](\d{1,2})[/\-. ](\d{4})$/.exec(trimmed) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(trimmed);
  if (!match) return null;
  const [day, month, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const made = new Date(Date.UTC(year, month - 1, day));
  const same = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  return same && year >= 1800 ? made.toISOString().slice(0, 10) : null;
}

/** Day of the week of `yyyy-mm-dd`, Monday 0 to Sunday 6. */
export function weekday(iso: string): number {
  const [year, month, day] = [Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8, 10))];
  return (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
}

/** A dossier's code cut before its last group, which is what people look for. */
export function codeParts(code: string): [head: string, tail: string] {
  const cut = code.lastIndexOf("-") + 1;
  return [code.slice(0, cut), code.slice(cut)];
}

/** A person's identity number in groups of three, for reading aloud; other numbers as they are. */
export function idNumber(text: string): string {
  return /^\d{12}$/.test(text) ? text.replace(/(\d{3})(?=\d)/g, "$1\u2009") : text;
}

/** Vietnam has one zone, without summer time. */
const COUNTER_OFFSET_MINUTES = 7 * 60;

/** The counter's wall clock for an instant, as `2026-11-23T14:32:05`. */
export function wallClock(epochMs: number): string {
  return new Date(epochMs + COUNTER_OFFSET_MINUTES * 60_000).toISOString().slice(0, 19);
}

/** Minutes from a wall clock to an hour `15:00` of the same day; negative when past. */
export function minutesUntil(wall: string, hour: string): number {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  return minutes(hour) - minutes(wall.slice(11, 16));
}
