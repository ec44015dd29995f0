/**
 * How dates, times, numbers and codes are written.
 * Every moment is shown as the clock on the office's wall has it, whatever the zone of the machine and whatever offset
 * the moment came with. A plain day, such as a date of birth, has no zone and is only cut up.
 */

/** Where the office is. The system's own table knows the offset; none is written here. */
const OFFICE_ZONE = "Asia/Ho_Chi_Minh";

const OFFICE_CLOCK = new Intl.DateTimeFormat("en-GB", {
  timeZone: OFFICE_ZONE,
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** The office's wall clock for an instant, as `2026-11-23T14:32:05`. */
export function wallClock(epochMs: number): string {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of OFFICE_CLOCK.formatToParts(epochMs)) part[type] = value;
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}`;
}

/** A moment with an offset on the office's wall clock; a plain day or a wall clock as it is. */
function local(iso: string): string {
  if (!/T.*(Z|[+-]\d{2}:\d{2})$/.test(iso)) return iso;
  const instant = Date.parse(iso);
  return Number.isNaN(instant) ? iso : wallClock(instant);
}

/** `2026-11-23…` as the day at the office, `2026-11-23`. */
export function day(iso: string): string {
  return local(iso).slice(0, 10);
}

/** `2026-11-23` or `2026-11-23T14:32:00+07:00` as `23/11/2026`. */
export function date(iso: string): string {
  const at = day(iso);
  return `${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)}`;
}

/** `2026-11-23…` as `23/11`. */
export function dayMonth(iso: string): string {
  return date(iso).slice(0, 5);
}

/** `2026-11-23T14:32:00+07:00` as `14:32`. */
export function time(iso: string): string {
  return local(iso).slice(11, 16);
}

/** `2026-11-23T14:32:00+07:00` as `14:32 23/11/2026`. */
export function moment(iso: string): string {
  return `${time(iso)} ${date(iso)}`;
}

/** Time alone on the day of `now`, with the date on any other day. */
export function shortMoment(iso: string, now: string): string {
  return day(iso) === day(now) ? time(iso) : moment(iso);
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

/** Day of the week, Monday 0 to Sunday 6. */
export function weekday(iso: string): number {
  return (new Date(`${day(iso)}T00:00:00Z`).getUTCDay() + 6) % 7;
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

/** Minutes from a wall clock to an hour `15:00` of the same day; negative when past. */
export function minutesUntil(wall: string, hour: string): number {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  return minutes(hour) - minutes(wall.slice(11, 16));
}

/** The size of a file, as people compare sizes: 1,8 MB. */
export function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} KB` : `${(bytes / 1_000_000).toFixed(1).replace(".", ",")} MB`;
}
