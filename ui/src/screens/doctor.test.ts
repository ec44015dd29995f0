/** The scanner doctor in the window: reached from a fault and from the settings, tried again, handed on. */
import { afterEach, expect, it, vi } from "vitest";
import { doctor } from "../features/doctor/controller.svelte";
import { partOf } from "../features/doctor/where";
import { frame } from "../features/frame/controller.svelte";
import { intake } from "../features/intake/controller.svelte";
import { desk } from "../lib/desk";
import { find, openWindow, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
afterEach(() => close());
vi.setConfig({ testTimeout: 30_000 });

const all = (id: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
const told = () => all("doctor-scanner").map((one) => one.dataset.code ?? "fine");

it("a jam leads to what to do, and trying again says that it is over", async () => {
  close = await openWindow("in&jam&ails=scanner_jam");
  const view = await desk.newDossier();
  const [hit] = await desk.findProcedures("", 1);
  await desk.chooseProcedure(view.id, hit?.code ?? "", null);
  await intake.open(view.id);
  await frame.go({ name: "intake" });
  await seen("scan");
  await soon(() => expect(find("status-scanner")?.dataset.state).toBe("on"));
  await intake.run.scan();
  (await seen("run-doctor")).click();
  await soon(() => expect(told()).toEqual(["scanner_jam"]));
  expect(find("doctor-advice")?.textContent).toContain("Gỡ tờ kẹt");
  expect(document.querySelector("[data-part]")?.getAttribute("data-part")).toBe("path");
  await seen("doctor-report");
  press("F5");
  await soon(() => expect(told()).toEqual(["fine"]));
  (await seen("doctor-all")).click();
  await soon(() => expect(told()).toEqual(["fine", "fine"]));
  await soon(() => expect(doctor.looking).toBe(false));
  press("Escape");
  await soon(() => expect(find("doctor")).toBeNull());
});

it("is reached from the settings, and its findings are copied or chosen for copying", async () => {
  close = await openWindow("in&ails=scanner_cover_open");
  await seen("nav-mixed");
  await frame.go({ name: "settings", part: "scanner" });
  (await seen("settings-doctor")).click();
  await soon(() => expect(told().length).toBe(2));
  await seen("doctor-report");
  const copied: string[] = [];
  vi.stubGlobal("navigator", Object.assign(navigator, { clipboard: { writeText: async (text: string) => void copied.push(text) } }));
  (await seen("doctor-copy")).click();
  await soon(() => expect(find("doctor-status")?.textContent).toContain("Đã chép"));
  expect(copied[0]).toContain("- Máy quét");
  Object.assign(navigator, { clipboard: { writeText: () => Promise.reject(new Error("refused")) } });
  (await seen("doctor-copy")).click();
  await soon(() => expect(find("doctor-status")?.textContent).toContain("Ctrl+C"));
  expect((document.activeElement as HTMLTextAreaElement).selectionEnd).toBeGreaterThan(10);
  vi.unstubAllGlobals();
});

it("every fault of a scanner has its place in the picture", () => {
  const places = (["scanner_feeder_empty", "scanner_jam", "scanner_cover_open", "scanner_not_found", "scanner_busy", "scanner_failed"] as const).map((code) => partOf(code, false));
  expect(new Set(places).size).toBe(places.length);
  expect(partOf(null, true)).toBe("fine");
});
