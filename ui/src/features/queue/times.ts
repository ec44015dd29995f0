/** Minutes between two moments on the counter's clock; none below nought. */
export function minutesSince(from: string, now: string): number {
  const at = (iso: string) => Date.parse(`${iso.slice(0, 19)}Z`);
  return Math.max(0, Math.floor((at(now) - at(from)) / 60_000)) || 0;
}

/** Seconds as minutes and seconds, such as `6:25`. */
export function span(seconds: number | null): string {
  if (seconds === null) return "–";
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
