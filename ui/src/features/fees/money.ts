/** Money as it is written and typed: whole đồng, `20.000 đ`. */
import { count } from "../../lib/format";

export function dong(amount: number): string {
  return `${count(amount)} đ`;
}

/** What was typed as an amount; none where it is no amount. Groups are whole, or there are none. */
export function parseDong(text: string): number | null {
  const plain = text.trim().replace(/\s*[đĐ₫]$/, "");
  if (!/^(\d+|\d{1,3}([.,]\d{3})+)$/.test(plain)) return null;
  const amount = Number(plain.replace(/[.,]/g, ""));
  return Number.isSafeInteger(amount) ? amount : null;
}

/** Notes in circulation, the largest first. */
export const NOTES: readonly number[] = [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200];
