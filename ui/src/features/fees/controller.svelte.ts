/** Fees of the dossier on the table and its visit: what is due, how it is paid, what became of it. */
import type { FeeChoice } from "../../bindings/FeeChoice";
import type { FeeReceiptView } from "../../bindings/FeeReceiptView";
import type { FeesView } from "../../bindings/FeesView";
import type { PaidPart } from "../../bindings/PaidPart";
import type { PaymentMethod } from "../../bindings/PaymentMethod";
import type { TransferCode } from "../../bindings/TransferCode";
import type { UserError } from "../../bindings/UserError";
import type { VoidedMoney } from "../../bindings/VoidedMoney";
import { desk } from "../../lib/desk";
import { m } from "../../lib/say.svelte";
import { intake } from "../intake/controller.svelte";
import { asUserError, notices } from "../notices/controller.svelte";
import { dong, parseDong } from "./money";

class Fees {
  /** The panel of F8 is open. */
  shown = $state(false);
  /** The panel of the shift is open. */
  shift = $state(false);
  view = $state.raw<FeesView | null>(null);
  /** One receipt for all dossiers of the visit. */
  whole = $state(false);
  method = $state<PaymentMethod>("cash");
  /** A part comes another way; the rest by `method`. */
  partMethod = $state<PaymentMethod | null>(null);
  /** How much of it, as typed. */
  part = $state("");
  payer = $state("");
  /** What the citizen put on the table, as typed. */
  received = $state("");
  paper = $state(false);
  busy = $state(false);
  error = $state.raw<UserError | null>(null);
  /** The transfer code that is shown to the citizen. */
  code = $state.raw<TransferCode | null>(null);

  several = $derived((this.view?.dossiers.length ?? 0) > 1);
  left = $derived(this.whole ? (this.view?.left_visit ?? null) : (this.view?.left ?? null));
  /** The other part, or nothing where all comes one way; null while it does not fit what is due. */
  also = $derived.by((): PaidPart[] | null => {
    if (!this.partMethod) return [];
    const amount = parseDong(this.part);
    const fits = amount !== null && amount > 0 && amount < (this.left ?? 0) && this.partMethod !== this.method;
    return fits ? [{ method: this.partMethod, amount }] : null;
  });
  /** What is given back; below nought while the cash does not suffice. */
  change = $derived.by(() => {
    const [received, cash] = [parseDong(this.received), this.by("cash")];
    return received === null || cash === null ? null : received - cash;
  });
  can = $derived(
    this.view !== null && this.view.may_collect && this.view.next !== null && (this.left ?? 0) > 0 && this.also !== null && !this.busy,
  );

  #asked = 0;

  /** What comes one way; null where nothing does, or it is not known yet. */
  by(method: PaymentMethod): number | null {
    const part = this.also?.find((one) => one.method === method);
    if (part) return part.amount;
    if (this.method !== method || this.left === null || this.also === null) return null;
    return this.left - this.also.reduce((sum, one) => sum + one.amount, 0);
  }

  /** Another way of payment; a part cannot come the same way. */
  pay(method: PaymentMethod): void {
    this.method = method;
    if (this.partMethod === method) this.partMethod = null;
  }

  /** What the dossier owes now, for the panel beside it. */
  async look(id: string): Promise<void> {
    const asked = ++this.#asked;
    const view = await desk.fees(id).catch(() => null);
    if (asked === this.#asked) this.view = view;
  }

  /** Opens the panel with what is written down by then. */
  async open(): Promise<void> {
    const id = intake.dossier?.id;
    if (!id) return;
    await intake.flush();
    await this.look(id);
    if (!this.view) return;
    this.error = null;
    this.code = null;
    this.received = "";
    this.payer = this.view.payer;
    this.method = "cash";
    this.partMethod = null;
    this.part = "";
    this.paper = this.view.next?.paper ?? false;
    this.whole = (this.view.left_visit ?? 0) > (this.view.left ?? 0);
    this.shown = true;
  }

  close(): void {
    this.code = null;
    this.shown = false;
  }

  async choose(dossier: string, choice: FeeChoice): Promise<void> {
    const id = this.view?.dossier;
    if (!id) return;
    await this.#do(async () => {
      await desk.setFee(dossier, choice);
      return desk.fees(id);
    });
  }

  /** Shows the code of the transfer to whoever pays. */
  async showCode(): Promise<void> {
    const id = this.view?.dossier;
    if (!id || this.busy) return;
    this.error = null;
    try {
      this.code = await desk.transferCode(id, this.whole, this.also?.length ? this.by("vietqr") : null);
    } catch (reason) {
      this.error = asUserError(reason);
    }
  }

  /** Takes the money. Pressed twice it is taken once: both name the same payment. */
  async take(): Promise<FeeReceiptView | null> {
    const [view, left, also] = [this.view, this.left, this.also];
    if (!view || left === null || also === null || !this.can) return null;
    const how = { command: view.command, whole_visit: this.whole, method: this.method, also, expected: left, payer: this.payer, paper: this.paper };
    if (!(await this.#do(() => desk.takePayment(view.dossier, how)))) return null;
    this.code = null;
    this.received = "";
    this.partMethod = null;
    this.part = "";
    const receipt = this.view?.receipts[0] ?? null;
    if (receipt) notices.tell(m().fees.taken(dong(receipt.total), receipt.number));
    return receipt;
  }

  async makeVoid(receipt: FeeReceiptView, reason: string, money: VoidedMoney): Promise<boolean> {
    const id = this.view?.dossier;
    if (!id) return false;
    const done = await this.#do(async () => {
      await desk.voidReceipt(receipt.about, reason, money);
      return desk.fees(id);
    });
    if (done) notices.tell(m().fees.voidDone(receipt.number));
    return done;
  }

  async #do(ask: () => Promise<FeesView>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      this.view = await ask();
      return true;
    } catch (reason) {
      this.error = asUserError(reason);
      // What is due may be another now: it is shown as it is.
      if (this.view) this.view = await desk.fees(this.view.dossier).catch(() => this.view);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

export const fees = new Fees();
