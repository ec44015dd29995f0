/** The key for the safe is read as it was meant, however it is typed or pasted. */
import { describe, expect, it } from "vitest";
import { caretAfter, groupKey, readKey } from "./recoveryKey";

const KEY = "7K3M-Q2XA-9TBD-V5RN-0H8C-W6PE-4JSY-1GFZ";
const SIGNS = KEY.replaceAll("-", "");

describe("reading", () => {
  for (const [how, typed] of [
    ["as printed", KEY],
    ["small, with spaces", KEY.toLowerCase().replaceAll("-", " ")],
    ["without groups", SIGNS],
    ["with O, I and L for 0 and 1", KEY.replace("0", "o").replace("1", "l")],
    ["in lines, with other dashes", KEY.replaceAll("-", "–\n")],
  ] as const) {
    it(how, () => expect(readKey(typed)).toEqual({ signs: SIGNS, foreign: "", marked: false }));
  }

  it("tells what no key has, and what an input method made", () => {
    expect(readKey("7K3M-U!2")).toEqual({ signs: "7K3M2", foreign: "U!", marked: false });
    expect(readKey("7kâ")).toEqual({ signs: "7K", foreign: "", marked: true });
    expect(readKey(`${SIGNS}AAAA`).signs, "no more than a key has").toBe(SIGNS);
  });
});

describe("grouping", () => {
  it("puts four together", () => {
    expect(groupKey(SIGNS)).toBe(KEY);
    expect([groupKey(""), groupKey("7K3M"), groupKey("7K3MQ")]).toEqual(["", "7K3M", "7K3M-Q"]);
  });

  it("leaves the caret after the same sign", () => {
    for (const signs of [0, 1, 4, 5, 8, 9, 32]) expect(caretAfter(signs), String(signs)).toBe(groupKey(SIGNS.slice(0, signs)).length);
  });
});
