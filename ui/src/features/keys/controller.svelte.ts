/**
 * Who answers which key. Screens, panels and dialogs put their keys on a pile while they are shown; the topmost that
 * knows a key gets it, even to say that it cannot be done now. The key bar and the key sheet read the same pile.
 */
import { onMount } from "svelte";
import { chords } from "../../lib/chords.svelte";
import { chordOf, isBrowserKey, takesText } from "../../lib/keys";

/** One key and what it does. */
export interface KeyAction {
  chord: string;
  label: string;
  run: () => void;
  /** False shows it grey; it is still taken, so that nothing below acts on it. */
  enabled?: boolean;
  /** True shows it grey although it is taken: it leads to what is in the way. */
  dim?: boolean;
  /** False for bare keys that a text field needs itself. Default: true for keys with F or Ctrl. */
  whileTyping?: boolean;
  /** True to leave it out of the key sheet. */
  quiet?: boolean;
  /** True for what must work over any dialog. */
  always?: boolean;
}

type Layer = { actions: () => KeyAction[]; modal: boolean };

function worksWhileTyping(action: KeyAction): boolean {
  return action.whileTyping ?? /^(F\d|Ctrl\+|Escape)/.test(action.chord);
}

/** Buttons answer Space and Enter, lists of choices every bare key; what carries `data-bare-keys` leaves them to the screen. */
function answersItself(target: EventTarget | null, chord: string): boolean {
  if (!(target instanceof Element) || target.closest("[data-bare-keys]")) return false;
  if (target.closest("select, input")) return true;
  return (chord === "Space" || chord === "Enter") && target.closest("button, a[href], summary") !== null;
}

class Keyboard {
  #layers = $state.raw<Layer[]>([]);

  /** What works now, topmost first, each key once. */
  get actions(): KeyAction[] {
    const seen = new Map<string, KeyAction>();
    let covered = false;
    for (const layer of [...this.#layers].reverse()) {
      for (const action of layer.actions()) {
        if (!seen.has(action.chord) && (!covered || action.always)) seen.set(action.chord, action);
      }
      covered ||= layer.modal;
    }
    return [...seen.values()];
  }

  /** A dialog is open. */
  get modal(): boolean {
    return this.#layers.some((layer) => layer.modal);
  }

  /** The function keys in their order; what was a function key and has another key here stands at the end. */
  get bar(): KeyAction[] {
    const number = (action: KeyAction) => Number(/^F(\d+)$/.exec(chords.of(action.chord))?.[1] ?? 99);
    const shown = (action: KeyAction) => /^F\d+$/.test(action.chord) || number(action) < 99;
    return this.actions.filter(shown).sort((a, b) => number(a) - number(b));
  }

  push(layer: Layer): () => void {
    this.#layers = [...this.#layers, layer];
    return () => {
      this.#layers = this.#layers.filter((other) => other !== layer);
    };
  }

  /** Takes a key on its way up, after the fields had theirs. */
  handle(event: KeyboardEvent): void {
    const chord = chordOf(event);
    if (event.defaultPrevented || event.isComposing) return;
    const busy = takesText(event.target) || answersItself(event.target, chord);
    const action = this.actions.find((one) => chords.of(one.chord) === chord && (!busy || worksWhileTyping(one)));
    if (action) {
      event.preventDefault();
      if (action.enabled !== false) action.run();
    } else if (isBrowserKey(chord)) {
      event.preventDefault();
    }
  }
}

export const keyboard = new Keyboard();

/** Puts a component's keys on the pile while it is shown. `modal` hides everything below. */
export function useKeys(actions: () => KeyAction[], options: { modal?: boolean } = {}): void {
  onMount(() => keyboard.push({ actions, modal: options.modal ?? false }));
}
