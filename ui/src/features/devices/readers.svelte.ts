/** The code reader on a serial port: which there are, which is listened to, and how it goes. */
import type { ReaderLine } from "../../bindings/ReaderLine";
import type { ReaderStatus } from "../../bindings/ReaderStatus";
import type { ReaderView } from "../../bindings/ReaderView";
import { desk } from "../../lib/desk";
import { attempt } from "../notices/controller.svelte";

/** What readers are set to when they come. */
const FACTORY = { speed: 9_600, encoding: "auto" } as const;

class Readers {
  view = $state.raw<ReaderView | null>(null);
  looking = $state(false);
  /** What was told while an answer was on its way: it is newer than the answer may be. */
  #heard: ReaderStatus | null = null;

  async load(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    this.#heard = null;
    const view = await attempt(desk.readers());
    if (view) this.view = { ...view, status: this.#heard ?? view.status };
    this.looking = false;
  }

  /** It was plugged in or pulled out. */
  hear(status: ReaderStatus): void {
    this.#heard = status;
    if (this.view) this.view = { ...this.view, status };
  }

  /** Listens at another port, at another speed or in another code page; no port for no reader. */
  async choose(change: Partial<ReaderLine> | null): Promise<void> {
    const line = this.view?.line;
    const port = change?.port ?? line?.port;
    const chosen = change && port ? { ...FACTORY, ...line, ...change, port } : null;
    this.view = (await attempt(desk.chooseReader(chosen))) ?? this.view;
  }
}

export const readers = new Readers();
