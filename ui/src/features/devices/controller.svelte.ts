/** Scanners and printers of this station, and which of them the clerk chose. The choice is the machine's, not a person's. */
import type { DeviceView } from "../../bindings/DeviceView";
import type { Paper } from "../../bindings/Paper";
import type { Preferences } from "../../bindings/Preferences";
import type { PrinterView } from "../../bindings/PrinterView";
import type { ScanRequest } from "../../bindings/ScanRequest";
import { desk } from "../../lib/desk";
import { attempt } from "../notices/controller.svelte";

const NONE: Preferences = { scanner: null, source: null, dpi: null, mode: null, printer: null, receipt_paper: "a5" };

class Devices {
  scanners = $state.raw<DeviceView[] | null>(null);
  printers = $state.raw<PrinterView[] | null>(null);
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

  async load(): Promise<void> {
    this.choice = (await attempt(desk.preferences())) ?? NONE;
    await Promise.all([this.loadScanners(), this.loadPrinters()]);
  }

  async loadScanners(): Promise<void> {
    this.scanners = null;
    this.scanners = (await attempt(desk.devices())) ?? [];
  }

  async loadPrinters(): Promise<void> {
    this.printers = null;
    this.printers = (await attempt(desk.printers())) ?? [];
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
    };
  }

  /** Changes how to scan; another device starts from its own defaults. */
  chooseScan(change: Partial<ScanRequest>): void {
    const { device, ...rest } = change;
    const fresh = { scanner: device ?? this.scanner?.id ?? null, source: null, dpi: null, mode: null };
    const same = device === undefined && this.choice.scanner === fresh.scanner;
    this.#keep({ ...this.choice, ...(same ? {} : fresh), ...rest });
  }

  choosePrinter(printer: string | null): void {
    this.#keep({ ...this.choice, printer });
  }

  choosePaper(paper: Paper): void {
    this.#keep({ ...this.choice, receipt_paper: paper });
  }

  #keep(choice: Preferences): void {
    this.choice = choice;
    void attempt(desk.setPreferences(choice));
  }
}

export const devices = new Devices();
