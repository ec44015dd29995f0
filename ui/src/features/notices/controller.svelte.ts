/** Toasts for events that passed, banners for states that last. */
import type { UserError } from "../../bindings/UserError";
import { chords } from "../../lib/chords.svelte";
import { m } from "../../lib/say.svelte";

/** Something that can be taken back. */
export interface Undo {
  /** What it needs to be on the table; `forget` drops it when that is gone. */
  of?: string;
  run: () => void | Promise<void>;
}

export interface Toast {
  id: number;
  tone: "plain" | "error";
  text: string;
  hint: string | null;
  reference: string | null;
  undo: Undo | null;
}

export interface Banner {
  key: string;
  tone: "amber" | "red" | "wait";
  text: string;
  hint: string | null;
  closable: boolean;
  /** Leads to where it is mended. */
  action?: { label: string; run: () => void };
}

const SHOWN_MS = 8_000;
/** A failure has two sentences to be read, in the middle of something else. */
const FAILURE_SHOWN_MS = 15_000;

class Notices {
  toasts = $state.raw<Toast[]>([]);
  banners = $state.raw<Banner[]>([]);
  /** Of each kind only the latest is shown. */
  event = $derived(this.toasts.findLast((toast) => toast.tone === "plain") ?? null);
  failure = $derived(this.toasts.findLast((toast) => toast.tone === "error") ?? null);
  #next = 1;
  #nobody: (() => void) | null = null;

  /** Says that something happened; with `undo`, how to take it back. */
  tell(text: string, undo: Undo | null = null): void {
    this.#show({ id: this.#next++, tone: "plain", text, hint: null, reference: null, undo });
  }

  /** Who is told instead of the person when the program finds nobody signed in. */
  whenNobody(hear: () => void): void {
    this.#nobody = hear;
  }

  /** Says that something failed, in the words that came with it; to nobody, nothing is said. */
  fail(error: UserError): void {
    if (error.code === "not_signed_in" && this.#nobody) return this.#nobody();
    this.#show({
      id: this.#next++,
      tone: "error",
      text: error.message,
      hint: error.hint,
      reference: error.reference ? m().common.reference(error.reference) : null,
      undo: null,
    });
  }

  /** Takes back the latest thing that can be; false when there is none. */
  undoLatest(): boolean {
    const latest = this.toasts.findLast((toast) => toast.undo);
    if (latest) this.undo(latest);
    return latest !== undefined;
  }

  get canUndo(): boolean {
    return this.toasts.some((toast) => toast.undo);
  }

  undo(toast: Toast): void {
    this.dismiss(toast.id);
    void toast.undo?.run();
  }

  /** Drops what can no longer be taken back. */
  forget(of: string): void {
    if (this.toasts.some((toast) => toast.undo?.of === of)) {
      this.toasts = this.toasts.filter((toast) => toast.undo?.of !== of);
    }
  }

  dismiss(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  /** Shows or replaces a banner. */
  raise(banner: Banner): void {
    this.banners = [...this.banners.filter((other) => other.key !== banner.key), banner];
  }

  lower(key: string): void {
    if (this.banners.some((banner) => banner.key === key)) {
      this.banners = this.banners.filter((banner) => banner.key !== key);
    }
  }

  /** Two of a kind are kept, so that what the latest covers can still be taken back; the same failure is told once. */
  #show(toast: Toast): void {
    const same = (other: Toast) => toast.tone === "error" && other.tone === "error" && other.text === toast.text;
    const others = this.toasts.filter((other) => !same(other));
    const kept = others.filter((other) => other.tone === toast.tone).slice(-1);
    this.toasts = [...others.filter((other) => other.tone !== toast.tone || kept.includes(other)), toast];
    setTimeout(() => this.dismiss(toast.id), toast.tone === "error" ? FAILURE_SHOWN_MS : SHOWN_MS);
  }
}

export const notices = new Notices();

/** Whatever a command was rejected with, as an error that can be shown. */
export function asUserError(reason: unknown): UserError {
  if (typeof reason === "object" && reason !== null && "code" in reason && "message" in reason) return pressing(reason as UserError);
  return { code: "internal", message: m().frame.fault, hint: m().frame.faultHint, reference: "" };
}

/** The program speaks of the keys it was made with. */
function pressing(error: UserError): UserError {
  return { ...error, hint: error.hint && chords.tell(error.hint) };
}

/** Waits for a command and tells its failure in a toast; none then. */
export async function attempt<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (reason) {
    notices.fail(asUserError(reason));
    return null;
  }
}
