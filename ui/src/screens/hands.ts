/** The hands of a clerk in component tests: what is looked for, pressed, typed and read by the reader. */
import { flushSync, mount, unmount } from "svelte";
import { expect, vi } from "vitest";
import App from "../App.svelte";
import { dossiers } from "../features/dossiers/controller.svelte";
import { devices } from "../features/devices/controller.svelte";
import { frame } from "../features/frame/controller.svelte";
import { intake } from "../features/intake/controller.svelte";
import { lock } from "../features/lock/controller.svelte";
import { notices } from "../features/notices/controller.svelte";
import { papers } from "../features/papers/controller.svelte";
import { care } from "../features/safety/care.svelte";
import { safety } from "../features/safety/controller.svelte";
import { useDesk, type Desk } from "../lib/desk";
import { fakeDesk } from "../lib/desk.fake";

export const CARD = "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Số 1, đường Mẫu, phường Mẫu, TP Cần Thơ|01052021";

/** Opens the whole window over a desk in memory with these options; the answer closes it. */
export async function openWindow(options: string, change: (desk: Desk) => void = () => undefined): Promise<() => void> {
  intake.dossier = null;
  papers.close();
  devices.scanners = null;
  devices.printers = null;
  notices.toasts = [];
  notices.banners = [];
  await lock.leave();
  safety.forget();
  care.forget();
  dossiers.list = null;
  safety.unproven = false;
  await frame.go({ name: "today" });
  document.body.innerHTML = "<div id='app'></div>";
  const desk = fakeDesk(new URLSearchParams(options), { answer: 0, page: 1, send: 20 });
  change(desk);
  useDesk(desk);
  const app = mount(App, { target: document.getElementById("app") as HTMLElement });
  return () => void unmount(app);
}

export const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
// Elements are compared by name: a difference between two of them would print the whole page.
export const focused = () => (document.activeElement as HTMLElement | null)?.dataset.testid;
export const soon = <T>(check: () => T) => vi.waitFor(check, { timeout: 8_000, interval: 20 });
export const seen = (id: string) =>
  soon(() => {
    flushSync();
    const element = find(id);
    if (!element) throw new Error(`${id} is not there`);
    return element;
  });
export const press = (key: string, more: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  (document.activeElement ?? document.body).dispatchEvent(event);
  flushSync();
  return event;
};
export const fill = (element: HTMLElement, value: string) => {
  (element as HTMLInputElement).value = value;
  element.dispatchEvent(new InputEvent("input", { bubbles: true, data: value, inputType: "insertFromDrop" }));
};
export const paste = (element: HTMLElement, text: string) => {
  const input = element as HTMLInputElement;
  input.dispatchEvent(new InputEvent("beforeinput", { bubbles: true, inputType: "insertFromPaste" }));
  input.setRangeText(text, input.value.length, input.value.length, "end");
  input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
};


/** A new dossier of whom the card tells, for this procedure. */
export async function draft(typed: string, code: string, card = CARD): Promise<void> {
  await seen("new-dossier");
  press("F2");
  paste(await seen("applicant-id-number"), card);
  await soon(() => expect(focused()).toBe("procedure-search"));
  fill(await seen("procedure-search"), typed);
  (await seen(`procedure-hit-${code}`)).click();
  await seen("component-1");
}

/** Scans what is required of it and accepts it. */
export async function accept(): Promise<void> {
  while (intake.dossier?.obstacles.length) {
    const pages = intake.dossier.pages.received;
    await soon(() => expect((find("f-key-F5") as HTMLButtonElement).disabled).toBe(false));
    press("F5");
    await soon(() => expect(intake.dossier?.pages.received).toBeGreaterThan(pages));
    await soon(() => expect(intake.run.active).toBe(false));
  }
  press("F9");
  await seen("dossier-code");
  await soon(() => expect(find("receipt-preview")?.dataset.ready).toBe("true"));
}
