/** The citizen's screen as the clerk's window knows it: whether it is open, and what it was last given. */
import type { CitizenView } from "../../bindings/CitizenView";
import { desk } from "../../lib/desk";
import { devices } from "../devices/controller.svelte";
import { attempt } from "../notices/controller.svelte";

class Citizen {
  open = $state(false);
  #last = "";

  async toggle(): Promise<void> {
    const open = !this.open;
    devices.keepCitizenScreen(open);
    if (open) await this.start();
    else {
      this.open = false;
      await attempt(desk.closeCitizen());
    }
  }

  /** With the work, where it was open the last time. */
  async start(): Promise<void> {
    this.#last = "";
    if ((await attempt(desk.openCitizen().then(() => true))) !== null) this.open = true;
  }

  /** Somebody closed it by its own frame. */
  closed(): void {
    if (this.open) devices.keepCitizenScreen(false);
    this.open = false;
  }

  show(view: CitizenView): void {
    const text = JSON.stringify(view);
    if (text === this.#last) return;
    this.#last = text;
    void desk.showCitizen(view).catch(() => undefined);
  }
}

export const citizen = new Citizen();
