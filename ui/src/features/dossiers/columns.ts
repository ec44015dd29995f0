/**
 * How wide the columns of a list of dossiers are. Codes, times and states take what their longest word needs in the
 * list at hand, and the rest goes to who and what, which are what is read. Rows are drawn only when in sight, so the
 * widths are reckoned from the words and not measured.
 */

/** Widths in pixels of one letter: of a code at 14 px, of a badge at 12 px. */
const CODE_LETTER = 8.8;
const BADGE_LETTER = 6.9;
/** What a badge has beside its letters: padding, picture, the space between. */
const BADGE_REST = 34;

/** A name such as "Nguyễn Hoàng Phương Thảo Nguyên" is read whole; a procedure is known by its first words. */
const NAME = 256;
const PROCEDURE = 120;

const TIME = 44;
const DATE = 88;

/** Letters as they are seen: a mark takes no room of its own. */
function letters(words: readonly string[]): number {
  return Math.max(0, ...words.map((word) => [...word.normalize("NFC")].length));
}

export function badgeWidth(words: readonly string[]): number {
  return Math.ceil(letters(words) * BADGE_LETTER) + BADGE_REST;
}

export interface Shown {
  codes: readonly string[];
  /** Badges beside a code. */
  beside: readonly string[];
  /** True when every row is of today, and needs no date. */
  today: boolean;
  states: readonly string[];
  sendings: readonly string[];
}

/** The widths that do not give way, in the order of the table: code, at, due, state, sending. */
export function fixedWidths(shown: Shown): [code: number, at: number, due: number, state: number, sending: number] {
  const code = Math.ceil(letters(shown.codes) * CODE_LETTER) + (shown.beside.length > 0 ? badgeWidth(shown.beside) - 12 : 0);
  return [Math.max(72, code), shown.today ? TIME : DATE, DATE, badgeWidth(shown.states), Math.max(88, badgeWidth(shown.sendings))];
}

/** The grid of the table. */
export function columnsOf(shown: Shown): string {
  const [code, at, due, state, sending] = fixedWidths(shown);
  return `${code}px minmax(${NAME}px, 1fr) minmax(${PROCEDURE}px, 1.1fr) ${at}px ${due}px ${state}px ${sending}px`;
}
