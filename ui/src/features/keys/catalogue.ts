/**
 * Every key that can be changed, with what it does, and the rules of what may stand for it. One key may do several things
 * in several places; whoever changes it changes it for all of them, so that the hand learns one key.
 */
import { m } from "../../lib/say.svelte";

export interface Remappable {
  /** The key the program was made with. */
  chord: string;
  /** What it does, all of it. */
  does: string;
}

/** How many of the list's procedures have a key of their own. */
export const TOP = 20;

/** The key of the procedure at this place of the list, from 0: the digits of the row, then the same with Shift. */
export const topChord = (at: number): string => `Alt+${at < 10 ? "" : "Shift+"}${(at + 1) % 10}`;

/** In the order in which a clerk meets them. */
export function catalogue(): Remappable[] {
  const { keys, checklist, citizen, visit, fees, applicant: party, known, catalogue: list, profiles } = m();
  const all: [string, ...string[]][] = [
    ["F2", keys.newDossier],
    ["Shift+F2", m().queue.callKey],
    ["F3", visit.nextLong],
    ["F4", keys.procedure],
    ["Shift+F4", m().queue.takeKey],
    ["F5", keys.scan, checklist.compare],
    ["Shift+F5", m().mixed.title],
    ["F6", keys.nextComponent],
    ["F7", checklist.keys.supplement],
    ["F8", fees.keys.fees],
    ["Shift+F8", fees.keys.shift],
    ["F9", keys.accept, keys.print, keys.openPdf],
    ["F10", keys.keep, keys.close],
    ["F11", visit.acceptNext],
    ["Shift+F9", visit.acceptAll],
    ["Alt+D", checklist.keys.pass],
    ["Alt+C", checklist.keys.fail],
    ["Alt+T", checklist.keys.passAll],
    ["Alt+O", party.switchKey],
    ["Alt+N", party.representativeAdd],
    ["Alt+I", party.pictureKey],
    ["Alt+Q", party.offerTake],
    ["Alt+Y", known.agree, known.nameTake],
    ["Alt+L", known.take],
    ["Alt+G", known.reuse],
    ["Ctrl+D", visit.copy],
    ["Ctrl+PageUp", visit.before],
    ["Ctrl+PageDown", visit.after],
    ["Ctrl+T", visit.openTwice],
    ["Ctrl+O", keys.pick],
    ["Alt+H", m().duplex.key],
    ["Alt+M", m().phone.key],
    ["Alt+K", m().tray.key],
    ["Ctrl+P", keys.print, keys.receipt],
    ["Ctrl+K", keys.search],
    ["Ctrl+F", keys.filter],
    ["Ctrl+L", keys.lock],
    ["Ctrl+Shift+M", citizen.screen],
    ["PageUp", keys.pageBefore],
    ["PageDown", keys.pageAfter],
    ["Alt+ArrowUp", keys.moveUp],
    ["Alt+ArrowDown", keys.moveDown],
    ["Delete", keys.aside, keys.discard],
    ["Space", keys.viewer],
    ["+", keys.zoom],
    ["-", keys.zoom],
    ["R", m().pages.turnRight, keys.turn],
    ["L", m().pages.turnLeft],
    ["U", m().pages.turnOver],
    ["C", m().pages.crop],
    ["N", m().pages.flat],
    ["I", m().pages.insert],
    ["T", m().pages.replace],
    ["M", m().pages.send],
    ["S", m().pages.sendRest],
    ["G", m().pages.sendAll],
    ...Array.from({ length: 9 }, (_, at): [string, string] => [`Ctrl+${at + 1}`, profiles.scanWithNumber(at + 1)]),
    ["Alt+S", list.star],
    ...Array.from({ length: TOP }, (_, at): [string, string] => [topChord(at), list.top(at + 1)]),
  ];
  return all.map(([chord, ...does]) => ({ chord, does: does.join(" · ") }));
}

/** Keys of fields, lists and dialogs, the same everywhere. */
const FIXED = new Set(["Escape", "Enter", "Ctrl+Enter", "Tab", "Shift+Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "Backspace", "?", ";", "Ctrl+=", "Ctrl++", "Ctrl+-", "Ctrl+0", "Alt+ArrowLeft", "Alt+ArrowRight"]);
/** What every text field answers. */
const EDITING = new Set(["Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+Backspace", "Ctrl+ArrowLeft", "Ctrl+ArrowRight"]);

/** Why a key may not stand for another; null where it may. */
export function refusal(chord: string, madeWith: string): string | null {
  const words = m().shortcuts;
  if (FIXED.has(chord)) return words.fixed;
  if (EDITING.has(chord)) return words.editing;
  if (/^Ctrl\+Alt\+|^Alt\+(F4|Tab|Space)$|Meta|^Alt$|^F12$/.test(chord)) return words.system;
  if (chord.length === 1 || chord === "Space") return isBare(madeWith) ? (chord === madeWith || /^[A-Z0-9+\-*/.,]$/.test(chord) || chord === "Space" ? null : words.letters) : words.letters;
  if (/^(Dead|Process|Unidentified|CapsLock|NumLock|ScrollLock|Insert|ContextMenu|Pause|PrintScreen|AltGraph)$/.test(chord)) return words.unknown;
  return null;
}

/** Of keys that work only where nobody types: other bare keys may stand for them. */
export function isBare(chord: string): boolean {
  return chord.length === 1 || chord === "Space" || chord === "Delete";
}

/** Which other key this one is already pressed for. */
export function takenBy(chord: string, madeWith: string, map: Readonly<Record<string, string>>, all: readonly Remappable[]): Remappable | null {
  return all.find((one) => one.chord !== madeWith && (map[one.chord] ?? one.chord) === chord) ?? null;
}

/** The map with another key in the place of one; where that is taken the two change places. Made with is left out. */
export function changed(map: Readonly<Record<string, string>>, madeWith: string, chord: string, all: readonly Remappable[]): Record<string, string> {
  const before = map[madeWith] ?? madeWith;
  const other = takenBy(chord, madeWith, map, all);
  const fresh: Record<string, string> = { ...map, [madeWith]: chord, ...(other ? { [other.chord]: before } : {}) };
  return Object.fromEntries(Object.entries(fresh).filter(([from, to]) => from !== to));
}
