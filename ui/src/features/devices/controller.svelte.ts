/** Scanners and printers of this station, and which of them the clerk chose. The choice is the machine's, not a person's. */
import type { DeviceView } from "../../bindings/DeviceView";
import type { PrinterView } from "../../bindings/PrinterView";
import type { ScanRequest } from "../../bindings/ScanRequest";
import { desk } from "../../lib/desk";
import { attempt } from "../notices/controller.svelte";

interface Choice {
  scan: ScanRequest;
  printer: string | null;
}

const KEPT_AS = "motcua.devices";
const NONE: Choice = { scan: { device: "", source: null, dpi: null, mode: null }, printer: null };

function remembered(): Choice {
  try {
    return { ...NONE, ...(JSON.parse(localStorage.getItem(KEPT_AS) ?? "{}") as Partial<Choice>) };
  } catch {
    return NONE;
  }
}

class Devices {
  scanners = $state.raw<DeviceView[] | null>(null);
  printers = $state.raw<PrinterView[] | null>(null);
  choice = $state.raw<Choice>(remembered());

  /** The scanner that F5 uses: the chosen one while it is there, else the first. */
  scanner = $derived(
    this.scanners?.find((scanner) => scanner.id === this.choice.scan.device) ?? this.scanners?.[0] ?? null,
  );
  /** The printer that receipts go to: the chosen one while it is there, else the system's. */
  printer = $derived(
    this.printers?.find((printer) => printer.name === this.choice.printer) ??
      this.printers?.find((printer) => printer.default) ??
      this.printers?.[0] ??
      null,
  );

  async load(): Promise<void> {
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
    const { source, dpi, mode } = this.choice.scan.device === scanner.id ? this.choice.scan : NONE.scan;
    return {
      device: scanner.id,
      source: source !== null && scanner.sources.includes(source) ? source : null,
      dpi: dpi !== null && scanner.resolutions.includes(dpi) ? dpi : null,
      mode: mode !== null && scanner.modes.includes(mode) ? mode : null,
    };
  }

  /** Changes how to scan; another device starts from its own defaults. */
  chooseScan(change: Partial<ScanRequest>): void {
    const base = change.device === undefined ? { ...this.choice.scan, device: this.scanner?.id ?? "" } : NONE.scan;
    this.#keep({ ...this.choice, scan: { ...base, ...change } });
  }

  choosePrinter(printer: string | null): void {
    this.#keep({ ...this.choice, printer });
  }

  #keep(choice: Choice): void {
    this.choice = choice;
    localStorage.setItem(KEPT_AS, JSON.stringify(choice));
  }
}

export const devices = new Devices();
