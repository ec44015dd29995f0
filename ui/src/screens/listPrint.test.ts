/** Lists on paper: what is shown, what is chosen, days; as they will be printed (F5). */
import { afterEach, expect, it, vi } from "vitest";
import { dossiers } from "../features/dossiers/controller.svelte";
import { papers } from "../features/papers/controller.svelte";
import { frame } from "../features/frame/controller.svelte";
import { fill, find, focused, openWindow, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
afterEach(() => close());
vi.setConfig({ testTimeout: 30_000 });

const sheet = () => `${papers.sheet?.form} ${papers.sheet?.about}`;
const pick = async (testid: string, value: string) => {
  const radio = (await seen(testid)).querySelector<HTMLInputElement>(`input[value="${value}"]`);
  if (!radio) throw new Error(`${testid} has no ${value}`);
  radio.click();
};

it("prints the list that is on the screen, the chosen rows and the book of days, by the keyboard", async () => {
  close = await openWindow("in");
  (await seen("today-overdue")).click();
  await soon(() => expect(dossiers.rows?.length).toBeGreaterThan(1));
  await seen("list-print-open");
  press("p", { ctrlKey: true, code: "KeyP" });
  await seen("list-print");
  await soon(() => expect(sheet()).toBe("dossier-list list:overdue"));
  await soon(() => expect(find("receipt-preview")?.dataset.ready).toBe("true"));
  press("F9");
  await soon(() => expect(papers.outcome?.finished).toBe(true));

  await pick("list-form", "tracking-book");
  await soon(() => expect(sheet()).toBe("tracking-book month"));
  await pick("list-of", "range");
  await soon(() => expect(papers.sheet, "no days yet").toBe(null));
  fill(await seen("list-from"), "01/11/2026");
  fill(await seen("list-to"), "15/11/2026");
  await soon(() => expect(sheet()).toBe("tracking-book 2026-11-01..2026-11-15"));
  press("Escape");
  await soon(() => expect(find("list-print")).toBe(null));
  expect([papers.sheet, frame.screen.name]).toEqual([null, "dossiers"]);
  await soon(() => expect(focused()).toBe("dossier-filter"));

  const rows = [...document.querySelectorAll<HTMLElement>('[data-testid="dossier-row"]')];
  rows[0]?.focus();
  press(" ");
  await seen("bulk");
  (await seen("list-print-open")).click();
  await soon(() => expect(sheet()).toBe(`dossier-list ${dossiers.rows?.[0]?.id}`));
});
