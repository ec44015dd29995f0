/** Which screen is shown. Forty lines stand for a router: there is no address to share. */

export type Screen =
  | { name: "today" }
  | { name: "intake" }
  | { name: "dossiers"; text: string }
  | { name: "mixed"; stack: string | null }
  | { name: "outbox" }
  | { name: "settings"; part: SettingsPart };

export type SettingsPart = "look" | "password" | "shortcuts" | "scanner" | "folders" | "profiles" | "printer" | "reader" | "central" | "calendar" | "forms" | "fees" | "catalogue" | "reasons" | "people" | "safety" | "about";

/** Where somebody is, to come back to. */
export interface Place {
  screen: Screen;
  before: Screen | null;
}

/** What a screen does before it is left, such as writing down what is being typed. */
type Leave = () => Promise<void>;

class Frame {
  screen = $state.raw<Screen>({ name: "today" });
  searching = $state(false);
  keysShown = $state(false);
  /** A screen is being left and may already have given up what it showed. */
  leaving = $state(false);
  #before: Screen | null = null;
  #leave: Leave | null = null;

  async go(screen: Screen): Promise<void> {
    this.searching = false;
    this.keysShown = false;
    // Where the screen stays the same nothing is left: the dossier that was just put on the table is not taken off again.
    if (screen.name !== this.screen.name) {
      this.leaving = true;
      try {
        await this.#leave?.();
      } finally {
        this.leaving = false;
      }
    }
    if (screen.name !== this.screen.name) this.#before = this.screen;
    this.screen = screen;
  }

  get place(): Place {
    return { screen: this.screen, before: this.#before };
  }

  /** Is at a place at once, without asking the screen that was there; by default at the day. */
  jump(place: Place = { screen: { name: "today" }, before: null }): void {
    this.searching = false;
    this.keysShown = false;
    this.screen = place.screen;
    this.#before = place.before;
  }

  /** One step back: to the screen before, and from there to the day. */
  async back(): Promise<void> {
    await this.go(this.#before ?? { name: "today" });
    this.#before = null;
  }

  /** Called by a screen that has something to keep; the answer ends it. */
  onLeave(leave: Leave): () => void {
    this.#leave = leave;
    return () => {
      if (this.#leave === leave) this.#leave = null;
    };
  }
}

export const frame = new Frame();
