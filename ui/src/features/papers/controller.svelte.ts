/** A form on paper, of a dossier or of many: shown in the window, printed, or opened as a PDF; and which a dossier has. */
import type { EventKind } from "../../bindings/EventKind";
import type { Form } from "../../bindings/Form";
import type { PaperOffer } from "../../bindings/PaperOffer";
import type { PaperView } from "../../bindings/PaperView";
import type { PrintView } from "../../bindings/PrintView";
import type { UserError } from "../../bindings/UserError";
import { desk } from "../../lib/desk";
import { devices } from "../devices/controller.svelte";
import { asUserError } from "../notices/controller.svelte";

/** The slip that the applicant is given after a step. */
const SLIPS: Partial<Record<EventKind, Form>> = {
  refused: "refusal",
  supplement_asked: "supplement",
  stopped: "stop",
  returned: "result-receipt",
};

class Papers {
  /** What is wanted; `about` is a dossier, days, a number. */
  sheet = $state.raw<{ form: Form; about: string } | null>(null);
  view = $state.raw<PaperView | null>(null);
  /** What the dossier in hand has, the sheet of its last step first. */
  offers = $state.raw<PaperOffer[]>([]);
  printing = $state(false);
  /** The PDF was opened, to be printed or kept from there. */
  opened = $state(false);
  /** Shown as wide as the column instead of whole. */
  large = $state(false);
  outcome = $state.raw<PrintView | null>(null);
  error = $state.raw<UserError | null>(null);

  /** What is wanted is about this. */
  about(what: string | undefined): boolean {
    return this.sheet !== null && this.sheet.about === what;
  }

  /** Nothing is left to do with it; the next dossier can come. */
  get done(): boolean {
    return this.outcome?.finished === true || (devices.noPrinter && this.opened);
  }

  async show(form: Form, about: string): Promise<void> {
    this.close();
    // A printer may have been switched on since the last look.
    if (devices.noPrinter) void devices.loadPrinters();
    const sheet = { form, about };
    this.sheet = sheet;
    await this.#load(sheet);
  }

  close(): void {
    this.sheet = null;
    this.view = null;
    this.opened = false;
    this.large = false;
    this.outcome = null;
    this.error = null;
  }

  /** Asks what the dossier has now. */
  async look(dossier: string | null): Promise<void> {
    const offers = dossier ? await desk.papersOf(dossier).catch(() => []) : [];
    this.offers = offers;
  }

  /** The slip that belongs to a step that was just taken, if there is one. */
  slipOf(step: EventKind): PaperOffer | undefined {
    return this.offers.find((offer) => offer.form === SLIPS[step]);
  }

  async print(): Promise<void> {
    const sheet = this.sheet;
    if (!sheet || this.printing) return;
    this.printing = true;
    this.error = null;
    this.outcome = null;
    try {
      const outcome = await desk.printPaper(sheet.form, sheet.about, null);
      if (this.sheet === sheet) this.outcome = outcome;
      await this.#load(sheet);
    } catch (reason) {
      if (this.sheet === sheet) this.error = asUserError(reason);
      void devices.loadPrinters();
    } finally {
      this.printing = false;
    }
  }

  async open(): Promise<void> {
    if (!this.sheet) return;
    this.error = null;
    try {
      await desk.openPaper(this.sheet.form, this.sheet.about);
      this.opened = true;
    } catch (reason) {
      this.error = asUserError(reason);
    }
  }

  async #load(sheet: { form: Form; about: string }): Promise<void> {
    try {
      const view = await desk.paper(sheet.form, sheet.about);
      if (this.sheet !== sheet) return;
      this.view = view;
      this.offers = this.offers.map((offer) => (offer.form === view.form && offer.about === view.about ? { ...offer, prints: view.prints } : offer));
    } catch (reason) {
      if (this.sheet === sheet) this.error = asUserError(reason);
    }
  }
}

export const papers = new Papers();
