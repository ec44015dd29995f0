/** Names of keys as the program speaks of them: `F2`, `Ctrl+K`, `Alt+ArrowUp`, `?`. */

/**
 * The name of what was pressed. Letters and digits are taken by their place when Ctrl or Alt is held, so Telex, Caps Lock
 * and layouts with Vietnamese letters on the digits do no harm.
 */
export function chordOf(event: KeyboardEvent): string {
  const held: string[] = [];
  if (event.ctrlKey || event.metaKey) held.push("Ctrl");
  if (event.altKey) held.push("Alt");
  let key = event.key;
  if (held.length > 0 && /^Key[A-Z]$/.test(event.code)) key = event.code.slice(3);
  else if (held.length > 0 && /^Digit\d$/.test(event.code)) key = event.code.slice(5);
  else if (key.length === 1 && /[a-z]/.test(key)) key = key.toUpperCase();
  if (key === " ") key = "Space";
  if (event.shiftKey && (key.length > 1 || (held.length > 0 && /^[A-Z\d]$/.test(key)))) held.push("Shift");
  return [...held, key].join("+");
}

const TEXT_TYPES = new Set(["text", "search", "tel", "email", "url", "password", "number", "date", "datetime-local"]);

/** True when the element takes typed text, so that bare letters are not commands there. */
export function takesText(target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement {
  if (target instanceof HTMLTextAreaElement) return !target.readOnly && !target.disabled;
  return target instanceof HTMLInputElement && TEXT_TYPES.has(target.type) && !target.readOnly && !target.disabled;
}

/** Keys with a meaning of their own in the web view (reload, find, print, history) that must never reach it. */
export function isBrowserKey(chord: string): boolean {
  return /^(Shift\+)?F([1-9]|1[01])$/.test(chord) || BROWSER_KEYS.has(chord.replace("Ctrl+Shift+", "Ctrl+"));
}

const BROWSER_KEYS = new Set([
  "Ctrl+P",
  "Ctrl+O",
  "Ctrl+R",
  "Ctrl+F",
  "Ctrl+G",
  "Ctrl+S",
  "Ctrl+K",
  "Ctrl+L",
  "Ctrl+D",
  "Ctrl+U",
  "Alt+ArrowLeft",
  "Alt+ArrowRight",
]);

/** The sign shown on a key cap. */
export function capOf(chord: string): string {
  return chord
    .replace("ArrowUp", "↑")
    .replace("ArrowDown", "↓")
    .replace("ArrowLeft", "←")
    .replace("ArrowRight", "→")
    .replace("Escape", "Esc");
}
