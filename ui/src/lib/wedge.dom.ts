/**
 * Carries out what `wedge.ts` decides, in the window: watches keys and input on the way down, and lets a reading run
 * into a hidden field of its own. That way an input method (Telex, VNI) works for the reader as in any field, a space
 * or Enter of the reader presses no button, and the field that had the focus gets back its value, caret and selection.
 */
import { takesText } from "./keys";
import { Wedge, looksLikeCard, looksLikePaper, type Verdict } from "./wedge";

type TextField = HTMLInputElement | HTMLTextAreaElement;

interface Snapshot {
  value: string;
  start: number;
  end: number;
}

interface Home {
  element: HTMLElement | null;
  /** The field's state before the reading; none where the focus takes no text. */
  snapshot: Snapshot | null;
}

/** A pasted or committed piece this long that looks like a card or a paper of ours is one. */
const CHUNK = 40;

function snapshotOf(field: TextField): Snapshot {
  const end = field.value.length;
  return { value: field.value, start: field.selectionStart ?? end, end: field.selectionEnd ?? end };
}

function select(field: TextField, start: number, end: number): void {
  try {
    field.setSelectionRange(start, end);
  } catch {
    // Fields of type email and number have no selection to set.
  }
}

/** What was put into the field since the snapshot. */
function insertedSince(field: TextField, before: Snapshot): string {
  return field.value.slice(before.start, field.value.length - (before.value.length - before.end));
}

/** Listens until the answer is called. `onCard` gets every reading, of a card or a paper, whole or torn. */
export function attachWedge(onCard: (text: string) => void): () => void {
  const wedge = new Wedge();
  const trap = document.createElement("input");
  trap.className = "visually-hidden";
  // Pinned to the corner: an engine scrolls what takes the focus into view.
  trap.style.cssText = "position: fixed; top: 0; left: 0;";
  trap.tabIndex = -1;
  trap.autocomplete = "off";
  trap.setAttribute("aria-hidden", "true");
  document.body.append(trap);

  let before: Snapshot | null = null;
  let snapshots: Snapshot[] = [];
  let home: Home = { element: null, snapshot: null };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastSeen = 0;

  // The event's own time is when the key was pressed, even if the window was busy; a clock that is off is not used.
  const timeOf = (event: Event): number => {
    const now = performance.now();
    return Math.abs(now - event.timeStamp) < 5_000 ? event.timeStamp : now;
  };

  const quiet = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  const watchSilence = (): void => {
    lastSeen = performance.now();
    clearTimeout(timer);
    const seen = lastSeen;
    // A second, short wait lets keys that queued up behind a busy moment come in first.
    timer = setTimeout(() => {
      timer = setTimeout(() => seen === lastSeen && carryOut(wedge.flush()), 20);
    }, wedge.silence);
  };

  const comeHome = (): void => {
    clearTimeout(timer);
    const taken = document.activeElement === trap || document.activeElement === document.body;
    trap.value = "";
    const { element, snapshot } = home;
    if (!element?.isConnected) {
      trap.blur();
    } else if (taken) {
      element.focus({ preventScroll: true });
      if (snapshot && takesText(element)) select(element, snapshot.start, snapshot.end);
    }
  };

  const carryOut = (verdict: Verdict): void => {
    if (verdict.kind !== "card" && verdict.kind !== "give_back") return;
    const { element, snapshot } = home;
    comeHome();
    home = { element: null, snapshot: null };
    snapshots = [];
    if (verdict.kind === "card") {
      onCard(verdict.text);
    } else if (snapshot && takesText(element) && element.isConnected) {
      element.setRangeText(verdict.text, snapshot.start, snapshot.end, "end");
      before = null;
      element.dispatchEvent(new InputEvent("input", { bubbles: true, data: verdict.text, inputType: "insertText" }));
    }
  };

  const take = (element: HTMLElement | null, snapshot: Snapshot | null, text: string): void => {
    home = { element, snapshot };
    trap.value = text;
    trap.focus({ preventScroll: true });
    select(trap, text.length, text.length);
    watchSilence();
  };

  const onKeydown = (event: KeyboardEvent): void => {
    const at = timeOf(event);
    carryOut(wedge.idle(at));
    if (wedge.holding) {
      if (event.key === "Enter" || event.key === "Tab") {
        quiet(event);
        carryOut(wedge.end(at));
      } else if (/^F\d+$|^Escape$/.test(event.key)) {
        carryOut(wedge.flush());
      } else {
        wedge.alive(at);
        watchSilence();
        event.stopImmediatePropagation();
      }
      return;
    }
    if ((event.key === "Enter" || event.key === "Tab") && wedge.end(at).kind === "eat") return quiet(event);
    const target = document.activeElement;
    if (takesText(target)) {
      before = snapshotOf(target);
      return;
    }
    if (event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey) return;
    snapshots = [];
    if (wedge.type(event.key, at).kind !== "take") return;
    quiet(event);
    take(target instanceof HTMLElement && target !== document.body ? target : null, null, wedge.text);
  };

  const onBeforeInput = (event: Event): void => {
    if (takesText(event.target) && event.target !== trap) before = snapshotOf(event.target);
  };

  const onInput = (event: Event): void => {
    const field = event.target;
    if (!takesText(field) || !(event instanceof InputEvent)) return;
    if (field === trap) {
      wedge.type("", timeOf(event));
      wedge.correct(trap.value);
      if (!event.isComposing) select(trap, trap.value.length, trap.value.length);
      watchSilence();
      event.stopImmediatePropagation();
      return;
    }
    if (!before || !event.inputType.startsWith("insert")) return;
    const inserted = insertedSince(field, before);
    if (inserted.length >= CHUNK && (looksLikeCard(inserted) || looksLikePaper(inserted))) {
      putBack(field, before);
      onCard(inserted.trim());
      return;
    }
    // While an input method composes, its whole word comes each time: the last letter is what is new.
    const piece = event.inputType.includes("Composition") ? inserted.slice(-1) : inserted;
    snapshots.push(before);
    if (snapshots.length > 400) snapshots.shift();
    const verdict = wedge.type(piece, timeOf(event));
    if (verdict.kind !== "take") return;
    const start = snapshots[snapshots.length - verdict.count] ?? before;
    wedge.correct(insertedSince(field, start));
    putBack(field, start);
    take(field, start, wedge.text);
  };

  /** The event goes on to the field's own listeners, which then read the former value. */
  const putBack = (field: TextField, snapshot: Snapshot): void => {
    field.value = snapshot.value;
    select(field, snapshot.start, snapshot.end);
  };

  const onLeave = (): void => carryOut(wedge.flush());

  // Of a password nothing is remembered here longer than it is typed.
  const onFocusout = (event: FocusEvent): void => {
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== "password") return;
    before = null;
    snapshots = [];
  };

  const listeners: [keyof WindowEventMap, (event: never) => void][] = [
    ["keydown", onKeydown],
    ["beforeinput", onBeforeInput],
    ["input", onInput],
    ["pointerdown", onLeave],
    ["focusout", onFocusout],
  ];
  for (const [name, listener] of listeners) window.addEventListener(name, listener as EventListener, true);
  window.addEventListener("blur", onLeave);

  return () => {
    clearTimeout(timer);
    for (const [name, listener] of listeners) window.removeEventListener(name, listener as EventListener, true);
    window.removeEventListener("blur", onLeave);
    trap.remove();
  };
}
