/**
 * Which key stands for which. A station may put another key in the place of one that the program was made with: then the
 * other one is pressed, shown and told of everywhere. Actions keep speaking of the key they were made with.
 */

class Chords {
  /** The key the program was made with, to the one that stands for it here. */
  map = $state.raw<Readonly<Record<string, string>>>({});

  /** The key to press. */
  of(chord: string): string {
    return this.map[chord] ?? chord;
  }

  /** The key to press, as `aria-keyshortcuts` names it: modifiers in full, plus by name. */
  aria(chord: string): string {
    return this.of(chord).replace("Ctrl", "Control").replace(/^\+$/, "Plus");
  }

  /** A sentence that names keys, with the ones to press. */
  tell(text: string): string {
    return text.replace(/(?:Ctrl|Alt)\+(?:Shift\+)?[A-Z](?![\p{L}\d])|\bF(?:1[0-2]|[1-9])\b/gu, (chord) => this.of(chord));
  }
}

export const chords = new Chords();
