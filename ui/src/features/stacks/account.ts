/** The account of a dossier's pages in numbers: what was fed and expected, what was received, kept and set aside, and why. */
import type { AsideReason } from "../../bindings/AsideReason";
import type { DossierView } from "../../bindings/DossierView";
import type { StackView } from "../../bindings/StackView";
import type { StackMessages } from "../../lib/messages/stacks.vi";

/** A stack that waits for a person: broken off, or with numbers that nobody explained. */
export function waits(stack: StackView): boolean {
  if (stack.running || stack.state === "discarded") return false;
  return stack.state === "open" || (stack.mismatch !== null && stack.reason === null);
}

/** The line under the papers, such as "đã nạp 4 tờ · nhận 8 · giữ 7 · để riêng 1 (trang trắng 1)". */
export function accountLine(view: DossierView, words: StackMessages): string {
  const stacks = view.stacks.filter((stack) => stack.state !== "discarded");
  const fed = stacks.length > 0 && stacks.every((stack) => stack.fed !== null) ? stacks.reduce((sum, stack) => sum + (stack.fed ?? 0), 0) : null;
  const expected = stacks.some((stack) => stack.expected !== null) ? stacks.reduce((sum, stack) => sum + (stack.expected ?? stack.kept), 0) : null;
  const reasons = new Map<AsideReason, number>();
  for (const page of view.components.flatMap((one) => one.pages)) {
    if (page.disposition === "set_aside") reasons.set(page.aside ?? "clerk", (reasons.get(page.aside ?? "clerk") ?? 0) + 1);
  }
  const { received, kept, set_aside } = view.pages;
  return [
    expected === null ? null : words.expected(expected),
    fed === null ? null : words.fed(fed),
    words.received(received),
    words.kept(kept),
    words.aside(set_aside, [...reasons].map(([reason, count]) => words.reasonCount(words.asideReasons[reason], count)).join(", ")),
  ]
    .filter((part) => part !== null)
    .join(" · ");
}
