/** Scanners and printers of this station, and which of them the clerk chose. The choice is the machine's, not a person's. */
import type { BlankPolicy } from "../../bindings/BlankPolicy";
import type { DeviceView } from "../../bindings/DeviceView";
import type { Paper } from "../../bindings/Paper";
import type { Preferences } from "../../bindings/Preferences";
import type { PrinterView } from "../../bindings/PrinterView";
import type { ScanRequest } from "../../bindings/ScanRequest";
import type { UserError } from "../../bindings/UserError";
import type { WhenEmpty } from "../../bindings/WhenEmpty";
import { desk } from "../../lib/desk";
import { asUserError, attempt } from "../notices/controller.svelte";

const NONE: Preferences = { scanner: null, source: null, dpi: null, mode: null, blank: "aside", when_empty: "tell", device_button: false, printer: null, receipt_paper: "a5", keep_procedure: false, citizen_screen: false };

class Devices {
  /** What is known, also while it is looked for again; none before the first answer. */
  scanners = $state.raw<DeviceView[] | null>(null);
  printers = $state.raw<PrinterView[] | null>(null);
  lookingForScanners = $state(false);
  lookingForPrinters = $state(false);
  /** Why the last look found nothing. Told where devices are chosen: to have none is no event, and nobody asked. */
  scannersFault = $state.raw<UserError | null>(null);
  printersFault = $state.raw<UserError | null>(null);
  choice = $state.raw<Preferences>(NONE);

  /** The scanner that F5 uses: the chosen one while it is there, else the first. */
  scanner = $derived(
    this.scanners?.find((scanner) => scanner.id === this.choice.scanner) ?? this.scanners?.[0] ?? null,
  );
  /** The printer that receipts go to: the chosen one while it is there, else the system's. */
  printer = $derived(
    this.printers?.find((printer) => printer.name === this.choice.printer) ??
      this.printers?.find((printer) => printer.default) ??
      this.printers?.[0] ??
      null,
  );
  /** True once it is known that there is nothing to print on. */
  noPrinter = $derived(this.printers !== null && this.printer === null);
  /** A printer was chosen for this station: what is accepted is printed without asking. */
  bound = $derived(this.choice.printer !== null);

  #scannersAsked: Promise<void> | null = null;
  #printersAsked: Promise<void> | null = null;

  /** After a sign-in. Scanners may be known by then: listing them takes seconds, so it starts with the window. */
  async load(): Promise<void> {
    this.choice = (await attempt(desk.preferences())) ?? NONE;
    await Promise.all([this.scanners?.length ? null : this.loadScanners(), this.loadPrinters()]);
  }

  /** Looks again while what is known stays in use. A question that is already under way answers this one too. */
  loadScanners(): Promise<void> {
    this.#scannersAsked ??= this.#lookForScanners().finally(() => {
      this.#scannersAsked = null;
    });
    return this.#scannersAsked;
  }

  loadPrinters(): Promise<void> {
    this.#printersAsked ??= this.#lookForPrinters().finally(() => {
      this.#printersAsked = null;
    });
    return this.#printersAsked;
  }

  /** A scanner turned out to be gone: it is no longer offered while the others are looked for. */
  scannerGone(id: string): void {
    this.scanners = this.scanners?.filter((scanner) => scanner.id !== id) ?? null;
    void this.loadScanners();
  }

  /** How to scan now: what was chosen, as far as the scanner still offers it. */
  request(): ScanRequest | null {
    const scanner = this.scanner;
    if (!scanner) return null;
    const { source, dpi, mode } = this.choice.scanner === scanner.id ? this.choice : NONE;
    return {
      device: scanner.id,
      source: source !== null && scanner.sources.includes(source) ? source : null,
      dpi: dpi !== null && scanner.resolutions.includes(dpi) ? dpi : null,
      mode: mode !== null && scanner.modes.includes(mode) ? mode : null,
      blank: this.choice.blank,
      when_empty: this.choice.when_empty,
    };
  }

  /** Changes how to scan; another device starts from its own defaults. */
  chooseScan(change: Partial<ScanRequest>): void {
    const { device, ...rest } = change;
    const fresh = { scanner: device ?? this.scanner?.id ?? null, source: null, dpi: null, mode: null, device_button: false };
    const same = device === undefined && this.choice.scanner === fresh.scanner;
    this.#keep({ ...this.choice, ...(same ? {} : fresh), ...rest });
  }

  chooseBlank(blank: BlankPolicy): void {
    this.#keep({ ...this.choice, blank });
  }

  chooseWhenEmpty(when_empty: WhenEmpty): void {
    this.#keep({ ...this.choice, when_empty });
  }

  /** The key is that of the scanner in use, which is the chosen one from now on. */
  chooseButton(device_button: boolean): void {
    this.#keep({ ...this.choice, scanner: this.scanner?.id ?? null, device_button });
  }

  choosePrinter(printer: string | null): void {
    this.#keep({ ...this.choice, printer });
  }

  choosePaper(paper: Paper): void {
    this.#keep({ ...this.choice, receipt_paper: paper });
  }

  keepProcedure(keep_procedure: boolean): void {
    this.#keep({ ...this.choice, keep_procedure });
  }

  keepCitizenScreen(citizen_screen: boolean): void {
    this.#keep({ ...this.choice, citizen_screen });
  }

  async #lookForScanners(): Promise<void> {
    this.lookingForScanners = true;
    try {
      this.scanners = await desk.devices();
      this.scannersFault = null;
    } catch (reason) {
      this.scanners = [];
      this.scannersFault = asUserError(reason);
    } finally {
      this.lookingForScanners = false;
    }
  }

  async #lookForPrinters(): Promise<void> {
    this.lookingForPrinters = true;
    try {
      this.printers = await desk.printers();
      this.printersFault = null;
    } catch (reason) {
      this.printers = [];
      this.printersFault = asUserError(reason);
    } finally {
      this.lookingForPrinters = false;
    }
  }

  #keep(choice: Preferences): void {
    this.choice = choice;
    void attempt(desk.setPreferences(choice));
  }
}

export const devices = new Devices();
