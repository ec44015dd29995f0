/**
 * Tells a keyboard-wedge card reader from a person typing, by pace and by shape.
 *
 * This half is pure: it is fed characters with their times and answers what to do with each. A person's typing always
 * passes. From the first `|` that ends a fast run of characters it is certain that a reader types, and the rest is held
 * back; what turns out to be no card is given back to the field. `wedge.dom.ts` carries the answers out.
 */

/** A silence longer than this ends a reading (ms). */
export const IDLE = 120;

/**
 * A silence longer than this ends a reading that is no whole card yet (ms). A busy machine delivers the rest late: it
 * must not be typed into the next field, nor its Enter choose something there.
 */
export const PATIENT = 1000;

/** Enter or Tab this soon after the last character of a reading that silence ended is still the reader's (ms). */
const SUFFIX = 350;

/** Readers type faster than this between characters, at the median (ms); people, even fast ones, do not. */
const FAST = 35;

/** How many characters a reading has before its first `|`: 12 digits, less when its start is torn off. */
const NUMBER_LENGTH = 12;

/** Fewer characters than this before the first `|` say nothing about pace. */
const ENOUGH = 4;

/** What to do with what was fed. */
export type Verdict =
  /** Not a reader as far as one can tell: let it through. */
  | { kind: "pass" }
  /** A reader, for the last `count` characters including this one: take them back out, hold what follows. */
  | { kind: "take"; count: number }
  /** In a reading: hold it. */
  | { kind: "hold" }
  /** The reading is over and is a card's text, whole or torn. `eat` is true when the key that ended it was the reader's. */
  | { kind: "card"; text: string; eat: boolean }
  /** The key that a reader ends with, come after its reading was over: it presses nothing. */
  | { kind: "eat" }
  /** What was held is no card: put it where it was going. */
  | { kind: "give_back"; text: string };

/** A text that came off a card: begins with a digit and has separators. Whether it is whole, the program says. */
export function looksLikeCard(text: string): boolean {
  return /^\s*\d/.test(text) && bars(text) >= 2;
}

/** The text of a paper that we printed. Whether its dossier is here, the program says. */
export function looksLikePaper(text: string): boolean {
  return /^\s*mc1\|/i.test(text) && bars(text) >= 2;
}

/** Begun as a card or a paper of ours, and not at its end: both end with a day or a time. */
function unfinished(text: string): boolean {
  const card = /^\s*\d{9,12}\|/.test(text) && !(bars(text) >= 5 && /\|\s*(\d{8}|\d{1,2}\/\d{1,2}\/\d{4})\s*$/.test(text));
  const paper = /^\s*mc1\|/i.test(text) && !/\|\d{4}-\d\d-\d\dt\d\d:\d\d:\d\d(z|[+-]\d\d:\d\d)\s*$/i.test(text);
  return card || paper;
}

function bars(text: string): number {
  return text.split("|").length - 1;
}

function median(gaps: number[]): number {
  const sorted = [...gaps].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Infinity;
}

/** The watcher. One for the window. */
export class Wedge {
  #run: { text: string; at: number }[] = [];
  #held: string | null = null;
  #last = -Infinity;
  /** When the last character of a reading came that silence ended, until somebody types again. */
  #over = -Infinity;

  /** How long the reading may be silent (ms). */
  get silence(): number {
    return unfinished(this.text) ? PATIENT : IDLE;
  }

  /** True while a reading is held back. */
  get holding(): boolean {
    return this.#held !== null;
  }

  /** What is held back so far. */
  get text(): string {
    return this.#held ?? "";
  }

  /** Characters that arrive together: one from a key, several from an input method. */
  type(text: string, at: number): Verdict {
    if (this.#held !== null) {
      this.#held += text;
      this.#last = at;
      return { kind: "hold" };
    }
    if (at - this.#last > IDLE) this.#run = [];
    this.#over = -Infinity;
    this.#run.push({ text, at });
    this.#last = at;
    if (this.#run.length > 400) this.#run.shift();
    if (!text.includes("|")) return { kind: "pass" };
    const count = this.#readerCount();
    if (count === 0) return { kind: "pass" };
    this.#held = this.#run.slice(-count).map((piece) => piece.text).join("");
    this.#run = [];
    return { kind: "take", count };
  }

  /** Anything else that shows the reader is alive, such as the keys of an Alt code: keeps the reading open. */
  alive(at: number): void {
    if (this.#held !== null) this.#last = at;
  }

  /** Enter or Tab. Within a reading it is the reader's and must press nothing. */
  end(at: number): Verdict {
    if (this.#held === null && at - this.#over <= SUFFIX) {
      this.#over = -Infinity;
      return { kind: "eat" };
    }
    if (this.#held === null || at - this.#last > this.silence) return this.idle(at);
    return this.#finish(true);
  }

  /** Says that time has passed; ends a reading after a silence. */
  idle(at: number): Verdict {
    if (this.#held === null || at - this.#last <= this.silence) return { kind: "pass" };
    return this.#finish(false);
  }

  /** Ends a reading at once: the person clicked elsewhere or left the window. */
  flush(): Verdict {
    return this.#held === null ? { kind: "pass" } : this.#finish(false);
  }

  /** What the reading holds so far, replaced by what an input method made of it. */
  correct(text: string): void {
    if (this.#held !== null) this.#held = text;
  }

  /** How many of the last pieces, up to the `|` just typed, are a reader's; 0 when a person may have typed them. */
  #readerCount(): number {
    const run = this.#run;
    let start = run.length - 1;
    let length = (run[start]?.text ?? "").indexOf("|");
    while (start > 0 && length < NUMBER_LENGTH && /^\d+$/.test(run[start - 1]?.text ?? "")) {
      start -= 1;
      length += run[start]?.text.length ?? 0;
    }
    // A reading whose front is torn off begins with letters; no person puts them this close to what follows.
    while (start > 0 && (run[start]?.at ?? 0) - (run[start - 1]?.at ?? 0) < FAST) {
      start -= 1;
      length += run[start]?.text.length ?? 0;
    }
    const pieces = run.slice(start);
    const gaps = pieces.slice(1).map((piece, index) => piece.at - (pieces[index]?.at ?? 0));
    if (length < ENOUGH || (gaps.length > 0 && median(gaps) >= FAST)) return 0;
    return pieces.length;
  }

  #finish(eat: boolean): Verdict {
    const text = (this.#held ?? "").trim();
    const whole = this.#held ?? "";
    this.#held = null;
    this.#run = [];
    const card = bars(text) >= 2;
    if (card && !eat) this.#over = this.#last;
    this.#last = -Infinity;
    return card ? { kind: "card", text, eat } : { kind: "give_back", text: whole };
  }
}
