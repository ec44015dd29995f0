/** Which papers one key passes, and which reasons fit what is typed. Plain functions, so that they are tested alone. */
import type { ComponentView } from "../../bindings/ComponentView";
import { fold } from "../../lib/fold";

/**
 * Those nobody has looked at, as far as there is something to look at: what is asked for, and what was handed in besides.
 * What failed stays failed.
 */
export function passable(components: readonly ComponentView[]): number[] {
  const there = (one: ComponentView) =>
    one.required || one.originals + one.copies + one.certified > 0 || one.pages.some((page) => page.disposition === "kept");
  return components.filter((one) => !one.check && there(one)).map((one) => one.index);
}

/** Reasons that hold every word of the last part of what is typed: a reason may be made of several, with semicolons. */
export function fitting(reasons: readonly string[], typed: string): string[] {
  const words = fold(lastPart(typed)).split(" ").filter(Boolean);
  const fit = (reason: string) => words.every((word) => fold(reason).includes(word));
  return reasons.filter(fit).slice(0, 9);
}

export function lastPart(typed: string): string {
  return typed.slice(typed.lastIndexOf(";") + 1).trim();
}

/** What is typed with its last part as this reason. */
export function withReason(typed: string, reason: string): string {
  const before = typed.slice(0, typed.lastIndexOf(";") + 1).trim();
  return before ? `${before} ${reason}` : reason;
}
