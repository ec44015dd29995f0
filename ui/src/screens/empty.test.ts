/**
 * G6: what an empty feeder leads to is chosen once, goes with every scan, and waiting for paper is seen and can be stopped;
 * the key on the scanner does what F5 does.
 */
import { afterEach, expect, it, vi } from "vitest";
import type { DeskEvent } from "../bindings/DeskEvent";
import type { ScanRequest } from "../bindings/ScanRequest";
import { intake } from "../features/intake/controller.svelte";
import { draft, find, openWindow, press, seen, soon } from "./hands";

let close: () => void;
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => close());

it("paper is waited for in sight, and the pages that come end the waiting", async () => {
  let asked: ScanRequest | undefined;
  let load = (): void => undefined;
  close = await openWindow("empty&in=clerk", (desk) => {
    const scan = desk.scan;
    desk.scan = async (id, component, request, heard) => {
      asked = request;
      heard({ kind: "waiting" });
      await new Promise<void>((done) => (load = done));
      return scan(id, component, request, heard);
    };
  });
  (await seen("nav-settings")).click();
  const choices = [...(await seen("when-empty")).querySelectorAll("input")];
  expect(choices.map((one) => one.value)).toEqual(["tell", "glass", "wait"]);
  choices[2]?.click();
  await draft("khai sinh", "1.001193");
  press("F5");
  await soon(() => expect(find("scan-progress")?.textContent).toContain("chờ giấy"));
  expect(asked?.when_empty).toBe("wait");
  expect((find("scan-cancel") as HTMLButtonElement).disabled, "who waits can stop").toBe(false);
  load();
  await soon(() => expect(intake.dossier?.pages.received).toBeGreaterThan(0));
  expect(find("scan-progress")?.textContent ?? "").not.toContain("chờ giấy");
  await soon(() => expect(intake.run.active).toBe(false));
});

it("the key on the scanner scans as F5 does, and nothing where there is nothing to scan", async () => {
  const press = () => (globalThis as unknown as { deskEvent: (event: DeskEvent) => void }).deskEvent({ kind: "scanner_button" });
  let chosen = {};
  close = await openWindow("empty&in=clerk&buttons", (desk) => {
    const set = desk.setPreferences;
    desk.setPreferences = (choice) => ((chosen = { scanner: choice.scanner, device_button: choice.device_button }), set(choice));
  });
  (await seen("nav-settings")).click();
  (await seen("device-button")).querySelectorAll("input")[1]?.click();
  await soon(() => expect(chosen).toEqual({ scanner: "virtual:training", device_button: true }));
  press();
  await soon(() => expect(find("toast")?.textContent).toContain("chưa có hồ sơ nào"));
  await draft("khai sinh", "1.001193");
  press();
  await soon(() => expect(intake.dossier?.pages.received).toBeGreaterThan(0));
  await soon(() => expect(intake.run.active).toBe(false));
  expect(intake.selected, "and leads on to the next paper").toBe(2);
});
