/** What the status bar and the outbox know of the sending. */
import type { OutboxItemView } from "../../bindings/OutboxItemView";
import type { SyncView } from "../../bindings/SyncView";
import { desk } from "../../lib/desk";
import { attempt } from "../notices/controller.svelte";

/** The one word for the state of the sending, also in `data-state` of the status bar. */
export type SyncState = "sending" | "offline" | "waiting" | "accepted" | "idle";

const NOTHING: SyncView = {
  link: "unknown",
  central: null,
  waiting: 0,
  blocked: 0,
  accepted_today: 0,
  sending: false,
  next: null,
  reason: null,
  numbers_left: null,
};

export function stateOf(view: SyncView): SyncState {
  if (view.sending) return "sending";
  if (view.link === "offline") return "offline";
  if (view.waiting > 0 || view.blocked > 0) return "waiting";
  return view.accepted_today > 0 ? "accepted" : "idle";
}

class Sync {
  view = $state.raw<SyncView>(NOTHING);
  items = $state.raw<OutboxItemView[] | null>(null);
  state = $derived(stateOf(this.view));

  #heard = 0;

  /** Takes what was told without asking. */
  hear(view: SyncView): void {
    this.#heard += 1;
    this.view = view;
  }

  /** Asks once. An answer that was overtaken by what was told meanwhile is old. */
  async load(): Promise<void> {
    const heard = this.#heard;
    const view = await attempt(desk.syncState());
    if (view && heard === this.#heard) this.view = view;
  }

  async loadItems(): Promise<void> {
    const items = await attempt(desk.outbox());
    if (items) this.items = items;
  }

  async sendNow(): Promise<void> {
    await this.#after(desk.syncNow());
  }

  async retry(id: string): Promise<void> {
    await this.#after(desk.outboxRetry(id));
  }

  async #after(asked: Promise<SyncView>): Promise<void> {
    const view = await attempt(asked);
    if (view) this.view = view;
    await this.loadItems();
  }
}

export const sync = new Sync();
