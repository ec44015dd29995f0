/** Who waits before the counter, whom the clerk serves, and the numbers that are handed out here. */
import type { QueueView } from "../../bindings/QueueView";
import type { TicketStep } from "../../bindings/TicketStep";
import { desk } from "../../lib/desk";
import { m } from "../../lib/say.svelte";
import { devices } from "../devices/controller.svelte";
import { intake } from "../intake/controller.svelte";
import { asUserError, attempt, notices } from "../notices/controller.svelte";

class Queue {
  view = $state.raw<QueueView | null>(null);
  busy = $state(false);
  typed = $state("");

  /** Numbers are in use here today: where there is no queue, nothing of it is in the way. */
  used = $derived(this.view !== null && (this.view.serving !== null || this.view.waiting.length + this.view.absent.length + this.view.served > 0));

  async load(): Promise<void> {
    const view = await desk.queue().catch(() => null);
    if (view) this.view = view;
  }

  /** Calls whoever is next; whoever was served is done. */
  async next(): Promise<void> {
    const before = this.view?.serving?.label;
    const view = await this.#ask(() => desk.callNext());
    if (!view) return;
    if (view.serving) notices.tell(m().queue.called(view.serving.label), before ? undefined : { run: () => this.#quietly(view.serving?.label ?? "", "put_back") });
    else notices.tell(m().queue.empty);
  }

  /** What was typed: called, and tied to the draft on the table where one lies there. */
  async enter(): Promise<void> {
    const text = this.typed.trim();
    if (text === "") return;
    if (await this.read(text, false)) this.typed = "";
  }

  /** A number that was read or typed. On the intake it is whose dossier lies there; elsewhere it is called. */
  async read(text: string, onIntake: boolean): Promise<boolean> {
    if (onIntake && intake.draft) return this.tie(text);
    const view = await this.#ask(() => desk.callTicket(text));
    if (view?.serving) notices.tell(m().queue.called(view.serving.label));
    return view !== null;
  }

  /** Says that the dossier on the table is of this number. */
  async tie(text: string): Promise<boolean> {
    const done = await attempt(intake.ask((id) => desk.setTicket(id, text)));
    if (!done) return false;
    intake.showTicket(done);
    if (done.ticket) notices.tell(m().queue.tied(done.ticket.label));
    await this.load();
    return true;
  }

  async step(step: TicketStep): Promise<void> {
    const label = this.view?.serving?.label;
    if (!label || !(await this.#ask(() => desk.stepTicket(label, step)))) return;
    const words = m().queue;
    notices.tell(step === "absent" ? words.wasAbsent(label) : words.wasFinished(label), {
      run: async () => {
        await this.#quietly(label, "put_back");
        await this.#ask(() => desk.callTicket(label));
      },
    });
  }

  /** Hands out a number, and prints its slip where this station is bound to a printer. */
  async take(priority: boolean): Promise<void> {
    const taken = await attempt(desk.takeTicket(priority));
    if (!taken) return;
    this.view = taken.queue;
    if (!devices.bound) return notices.tell(m().queue.taken(taken.label));
    try {
      const print = await desk.printPaper("queue-ticket", taken.about, null);
      notices.tell(m().queue.takenPrinting(taken.label, print.printer));
    } catch (reason) {
      const error = asUserError(reason);
      notices.fail({ ...error, message: `${m().queue.notPrinted(taken.label)} ${error.message}` });
    }
  }

  async #quietly(label: string, step: TicketStep): Promise<void> {
    await this.#ask(() => desk.stepTicket(label, step));
  }

  async #ask(ask: () => Promise<QueueView>): Promise<QueueView | null> {
    if (this.busy) return null;
    this.busy = true;
    const view = await attempt(ask());
    this.busy = false;
    if (view) this.view = view;
    return view;
  }
}

export const queue = new Queue();
