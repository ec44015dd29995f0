/** What office machines scanned into the watched folders of this station, and taking it into the papers on the table. */
import type { FolderDone } from "../../bindings/FolderDone";
import type { FolderView } from "../../bindings/FolderView";
import type { IncomingView } from "../../bindings/IncomingView";
import type { TrayView } from "../../bindings/TrayView";
import { desk } from "../../lib/desk";
import { intake } from "../intake/controller.svelte";
import { devices } from "../devices/controller.svelte";
import { attempt } from "../notices/controller.svelte";

class Tray {
  view = $state.raw<TrayView>({ items: [], away: [] });
  /** Nothing before the first answer. */
  folders = $state.raw<FolderView[] | null>(null);
  /** The tray lies open over the papers. */
  open = $state(false);
  choosing = $state(false);

  ready = $derived(this.view.items.filter((item) => item.ready));
  /** What may yet become ready, and what will not as it is. */
  others = $derived(this.view.items.filter((item) => !item.ready));

  #asked = 0;

  async load(): Promise<void> {
    this.folders = (await attempt(desk.folders())) ?? this.folders;
    await this.look();
  }

  /** An answer that a later one has overtaken is not shown. */
  async look(): Promise<void> {
    const asked = ++this.#asked;
    const view = await attempt(desk.tray());
    if (view && asked === this.#asked) this.view = view;
  }

  /** What one person sees in the tray is not left to the next. */
  forget(): void {
    this.#asked++;
    this.view = { items: [], away: [] };
    this.folders = null;
    this.open = false;
  }

  toggle(): void {
    this.open = !this.open;
    if (this.open) void this.load();
  }

  /** Into the selected component, in this order. What the source becomes is the folder's setting. */
  async take(items: IncomingView[]): Promise<void> {
    if (items.length === 0) return;
    await intake.run.take(items.map((item) => item.id));
    await this.look();
  }

  /** The folder is chosen on the other side, in the system's own dialog. */
  async choose(): Promise<void> {
    if (this.choosing) return;
    this.choosing = true;
    await this.#change(desk.pickFolder());
    this.choosing = false;
  }

  setDone(id: string, done: FolderDone): Promise<void> {
    return this.#change(desk.setFolderDone(id, done));
  }

  remove(id: string): Promise<void> {
    return this.#change(desk.forgetFolder(id));
  }

  async #change(asked: Promise<FolderView[]>): Promise<void> {
    this.folders = (await attempt(asked)) ?? this.folders;
    // A folder is a scanner too.
    void devices.loadScanners();
    await this.look();
  }
}

export const tray = new Tray();
