/** The scanner doctor: opened from a fault or from the settings, what it found so far, and the text to hand on. */
import type { ScannerFinding } from "../../bindings/ScannerFinding";
import type { UserError } from "../../bindings/UserError";
import { desk } from "../../lib/desk";
import { devices } from "../devices/controller.svelte";
import { asUserError } from "../notices/controller.svelte";

/** One scanner, and all that was found of it. */
export interface Patient {
  id: string;
  name: string;
  findings: ScannerFinding[];
}

class Doctor {
  open = $state(false);
  /** One scanner alone; all of them otherwise. */
  only = $state<string | null>(null);
  looking = $state(false);
  stopping = $state(false);
  stopped = $state(false);
  findings = $state.raw<ScannerFinding[]>([]);
  /** Nothing before the end. */
  report = $state<string | null>(null);
  error = $state.raw<UserError | null>(null);

  /** What was said of no scanner in particular. */
  general = $derived(this.findings.filter((one) => one.device === null));
  patients = $derived.by(() => {
    const all: Patient[] = [];
    for (const one of this.findings) {
      if (one.device === null) continue;
      const known = all.find((patient) => patient.id === one.device);
      if (known) known.findings.push(one);
      else all.push({ id: one.device, name: one.name ?? one.device, findings: [one] });
    }
    return all;
  });

  show(only: string | null): void {
    this.only = only;
    this.open = true;
    void this.look();
  }

  async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    this.stopping = false;
    this.stopped = false;
    this.findings = [];
    this.report = null;
    this.error = null;
    try {
      const seen = await desk.examineScanners(this.only, (one) => (this.findings = [...this.findings, one]));
      this.findings = seen.findings;
      this.report = seen.report;
      this.stopped = seen.stopped;
      // What was plugged in meanwhile can be scanned with at once.
      void devices.loadScanners();
    } catch (reason) {
      this.error = asUserError(reason);
    } finally {
      this.looking = false;
    }
  }

  lookAtAll(): void {
    this.only = null;
    void this.look();
  }

  async stop(): Promise<void> {
    if (!this.looking || this.stopping) return;
    this.stopping = true;
    await desk.cancelScan().catch(() => undefined);
  }

  close(): void {
    this.open = false;
    void this.stop();
  }
}

export const doctor = new Doctor();

/** Whether the doctor can say more of this fault. */
export const ofScanner = (error: UserError | null): boolean => error?.code.startsWith("scanner_") ?? false;
