/** A phone as a camera: one key opens the code, what comes is counted and shown, Escape ends it. G8. */
import { afterEach, expect, it, vi } from "vitest";
import { frame } from "../features/frame/controller.svelte";
import { intake } from "../features/intake/controller.svelte";
import type { Desk } from "../lib/desk";
import { find, openWindow, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
let desk: Desk;
afterEach(() => close());
vi.setConfig({ testTimeout: 30_000 });

async function draft(options: string): Promise<void> {
  close = await openWindow(options, (one) => (desk = one));
  await seen("nav-mixed");
  const view = await desk.newDossier();
  const [hit] = await desk.findProcedures("", 1);
  await desk.chooseProcedure(view.id, hit?.code ?? "", null);
  await intake.open(view.id);
  await frame.go({ name: "intake" });
  await seen("phone-open");
}

const openLink = () => press("m", { altKey: true, code: "KeyM" });

it("Alt+M opens a code, other paper another one, Escape ends it with nothing changed", async () => {
  await draft("in&empty");
  openLink();
  await seen("phone-code");
  expect(find("phone")?.dataset.url).toContain("#a4");
  expect(find("phone")?.textContent, "what vouches for the page").toContain("0B:30:55");
  find("phone")?.querySelector<HTMLInputElement>("input[value=card]")?.click();
  await soon(() => expect(find("phone")?.dataset.url).toContain("#card"));
  press("Escape");
  await soon(() => expect(find("phone")).toBeNull());
  expect(intake.dossier?.components[0]?.pages.length).toBe(0);
  expect(find("run-summary")?.textContent).not.toContain("0 trang");
});

it("photographs come in as pages laid flat, one that is refused says why, undo and the whole picture are there", async () => {
  await draft("in&empty&phone=3&coarse");
  openLink();
  await soon(() => expect(find("phone-count")?.textContent).toContain("3 trang"));
  expect(find("phone-code"), "nobody else can open it").toBeNull();
  expect(find("refused-file")?.textContent).toContain("200 dpi");
  press("Escape");
  await soon(() => expect(intake.run.active).toBe(false));
  expect(intake.dossier?.components[0]?.pages.length).toBe(3);
  (await seen("viewer-whole")).click();
  await soon(() => expect(intake.dossier?.components[0]?.pages.some((page) => !page.edit.flat)).toBe(true));
  press("z", { ctrlKey: true, code: "KeyZ" });
  await soon(() => expect(intake.dossier?.components[0]?.pages.every((page) => page.edit.flat)).toBe(true));
});
