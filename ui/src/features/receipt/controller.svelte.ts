/** The receipt of an accepted dossier: shown in the window, printed, or opened as a PDF. */
import type { PrintView } from "../../bindings/PrintView";
import type { ReceiptView } from "../../bindings/ReceiptView";
import type { UserError } from "../../bindings/UserError";
import { desk } from "../../lib/desk";
import { devices } from "../devices/controller.svelte";
import { asUserError } from "../notices/controller.svelte";

class Receipt {
  /** The dossier whose receipt is wanted. */
  dossier = $state<string | null>(null);
  view = $state.raw<ReceiptView | null>(null);
  printing = $state(false);
  /** The PDF was opened, to be printed or kept from there. */
  opened = $state(false);
  /** Shown as wide as the column instead of whole. */
  large = $state(false);
  outcome = $state.raw<PrintView | null>(null);
  error = $state.raw<UserError | null>(null);

  /** Nothing is left to do with it; the next dossier can come. */
  get done(): boolean {
    return this.outcome?.finished === true || (devices.noPrinter && this.opened);
  }

  async show(dossier: string): Promise<void> {
    this.close();
    this.dossier = dossier;
    await this.#load(dossier);
  }

  close(): void {
    this.dossier = null;
    this.view = null;
    this.opened = false;
    this.large = false;
    this.outcome = null;
    this.error = null;
  }

  async print(): Promise<void> {
    const dossier = this.dossier;
    if (!dossier || this.printing) return;
    this.printing = true;
    this.error = null;
    this.outcome = null;
    try {
      const outcome = await desk.printReceipt(dossier, devices.choice.printer);
      if (this.dossier === dossier) this.outcome = outcome;
      await this.#load(dossier);
    } catch (reason) {
      if (this.dossier === dossier) this.error = asUserError(reason);
      void devices.loadPrinters();
    } finally {
      this.printing = false;
    }
  }

  async open(): Promise<void> {
    if (!this.dossier) return;
    this.error = null;
    try {
      await desk.openReceipt(this.dossier);
      this.opened = true;
    } catch (reason) {
      this.error = asUserError(reason);
    }
  }

  async #load(dossier: string): Promise<void> {
    try {
      const view = await desk.receipt(dossier);
      if (this.dossier === dossier) this.view = view;
    } catch (reason) {
      if (this.dossier === dossier) this.error = asUserError(reason);
    }
  }
}

export const receipt = new Receipt();
