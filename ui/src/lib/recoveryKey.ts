/** The key for the safe as it is typed and pasted: 32 signs of Crockford's base 32, shown in groups of four. */

export const KEY_LENGTH = 32;
const SIGNS = /^[0-9A-HJKMNP-TV-Z]$/;

/** What was meant by what was typed. */
export interface TypedKey {
  /** Known signs only, without groups. */
  signs: string;
  /** Signs that no key has, once each. */
  foreign: string;
  /** Letters that only an input method makes, such as `Ă`: what was pressed for them is not known. */
  marked: boolean;
}

/** Small letters, spaces and dashes do not matter, and O, I and L are taken as meant. */
export function readKey(typed: string): TypedKey {
  let signs = "";
  const foreign = new Set<string>();
  let marked = false;
  for (const char of typed.toUpperCase()) {
    if (/[\s\-–—_.·|]/.test(char)) continue;
    const sign = char === "O" ? "0" : char === "I" || char === "L" ? "1" : char;
    if (SIGNS.test(sign)) signs += sign;
    else if (/\p{L}|\p{M}/u.test(char) && char > "\u007f") marked = true;
    else foreign.add(char);
  }
  return { signs: signs.slice(0, KEY_LENGTH), foreign: [...foreign].join(""), marked };
}

/** `7K3MQ2XA…` as `7K3M-Q2XA-…`. */
export function groupKey(signs: string): string {
  return signs.match(/.{1,4}/g)?.join("-") ?? "";
}

/** Where the caret stands in the groups after so many signs. */
export function caretAfter(signs: number): number {
  return signs + Math.max(0, Math.ceil(signs / 4) - 1);
}
