/** How much time is left, in the unit that tells most: hours within a working day, days beyond. */
import type { DossierRow } from "../../bindings/DossierRow";
import { day } from "../../lib/format";
import { m } from "../../lib/say.svelte";

/** Working minutes of a usual day; nearer than that, hours are told. */
const A_DAY = 480;

export interface Left {
  text: string;
  tone: "" | "amber" | "red";
}

/** None where the time does not run. `today` is `yyyy-mm-dd`. */
export function leftOf(row: DossierRow, today: string): Left | null {
  if (!row.due || !["received", "processing"].includes(row.state)) return null;
  const words = m().dossiers;
  if (!row.left) {
    // Too far off for working time: days as the calendar has them.
    const days = Math.round((Date.parse(day(row.due)) - Date.parse(today)) / 86_400_000);
    const text = words.leftDays(Math.abs(days));
    return days < 0 ? { text: words.late(text), tone: "red" } : { text, tone: "" };
  }
  const minutes = Math.abs(row.left.minutes);
  const near = minutes < A_DAY;
  const text = near ? words.leftHours(Math.floor(minutes / 60), minutes % 60) : words.leftDays(Math.abs(row.left.days));
  if (row.left.minutes < 0) return { text: words.late(text), tone: "red" };
  return { text, tone: near ? "amber" : "" };
}
