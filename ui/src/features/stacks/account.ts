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
  const put = (reason: AsideReason, count: number) => void (count > 0 && reasons.set(reason, (reasons.get(reason) ?? 0) + count));
  const pages = view.components.flatMap((one) => one.pages);
  for (const page of pages) if (page.disposition === "set_aside") put(page.aside ?? "clerk", 1);
  let { received, set_aside: aside } = view.pages;
  let waiting = 0;
  // Sides that wait to be joined, or that other ones took the place of, lie in no component.
  for (const stack of stacks.filter((one) => one.duplex)) {
    const own = pages.filter((page) => page.stack === stack.id);
    const beside = Math.max(0, stack.received - own.length);
    const waits = Math.min(beside, stack.aside.find((one) => one.reason === "unplaced")?.count ?? 0);
    for (const { reason, count } of stack.aside) if (reason !== "unplaced") put(reason, count - own.filter((page) => page.aside === reason).length);
    received += beside;
    waiting += waits;
    aside += beside - waits;
  }
  return [
    expected === null ? null : words.expected(expected),
    fed === null ? null : words.fed(fed),
    words.received(received),
    words.kept(view.pages.kept),
    waiting > 0 ? words.waiting(waiting) : null,
    words.aside(aside, [...reasons].map(([reason, count]) => words.reasonCount(words.asideReasons[reason], count)).join(", ")),
  ]
    .filter((part) => part !== null)
    .join(" · ");
}
