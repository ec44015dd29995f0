/** T-59: text and its ground stand at 4.5:1 or more, in light and in dark; marks and borders at 3:1. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/styles/tokens.css", "utf8");

function tokens(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(selector));
  return new Map([...block.slice(0, block.indexOf("}")).matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((hit) => [hit[1] ?? "", hit[2] ?? ""]));
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const TEXT: [string, string][] = [
  ...["canvas", "panel", "raised", "sunk", "hover", "accent-soft"].flatMap((ground): [string, string][] => [["ink", ground], ["ink-2", ground]]),
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["accent-strong", "accent-soft"],
  ["accent-strong", "panel"],
  ["amber", "amber-soft"],
  ["amber", "panel"],
  ["red", "red-soft"],
  ["red", "panel"],
  ["red", "sunk"],
  ["ink", "red-soft"],
  ["ink", "amber-soft"],
  ["ink", "wait-soft"],
  ["green", "green-soft"],
  ["wait", "wait-soft"],
  ["panel", "ink"],
];
const MARKS: [string, string][] = [
  ["line-strong", "panel"],
  ["focus", "panel"],
  ["focus", "canvas"],
  ["green-mark", "canvas"],
  ["amber-mark", "canvas"],
  ["wait-mark", "canvas"],
  ["red-mark", "panel"],
];

for (const [name, selector] of [
  ["light", ":root {"],
  ["dark", ':root[data-theme="dark"] {'],
] as const) {
  describe(name, () => {
    const color = tokens(selector);
    for (const [pairs, least] of [
      [TEXT, 4.5],
      [MARKS, 3],
    ] as const) {
      for (const [front, ground] of pairs) {
        it(`${front} on ${ground}`, () => {
          expect(contrast(color.get(front) ?? "", color.get(ground) ?? "")).toBeGreaterThanOrEqual(least);
        });
      }
    }
  });
}

it("dark by the system is dark by choice", () => {
  expect(tokens(':root:not([data-theme="light"]) {')).toEqual(tokens(':root[data-theme="dark"] {'));
});
