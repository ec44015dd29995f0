/** What is plugged in is known as early as can be, and what is not is no event. */
import { beforeEach, expect, it, vi } from "vitest";
import { useDesk, type Desk } from "../../lib/desk";
import { fakeDesk } from "../../lib/desk.fake";
import { notices } from "../notices/controller.svelte";
import { devices } from "./controller.svelte";

let desk: Desk;

function open(options: string): void {
  desk = fakeDesk(new URLSearchParams(`empty&in&${options}`), { answer: 0, page: 0, send: 0 });
  useDesk(desk);
}

beforeEach(() => {
  open("");
  devices.scanners = null;
  devices.printers = null;
  notices.toasts = [];
});

it("no print system is a state, not an event", async () => {
  open("noprint");
  await devices.load();
  expect(notices.toasts).toEqual([]);
  expect(devices.noPrinter).toBe(true);
  expect(devices.printersFault?.code, "the reason is kept for where it is asked for").toBe("print_unavailable");
});

it("scanners that are known stay in use while they are looked for again", async () => {
  await devices.loadScanners();
  const looking = devices.loadScanners();
  expect(devices.lookingForScanners).toBe(true);
  expect(devices.request()?.device).toBe("virtual:training");
  await looking;
  expect(devices.lookingForScanners).toBe(false);
});

it("one look answers all who ask meanwhile, and a sign-in does not look again for what is known", async () => {
  const asked = vi.spyOn(desk, "devices");
  await Promise.all([devices.loadScanners(), devices.load()]);
  await devices.load();
  expect(asked).toHaveBeenCalledTimes(1);
});

it("a scanner that is gone is not offered while the others are looked for", async () => {
  await devices.loadScanners();
  devices.scannerGone("virtual:training");
  expect(devices.scanner?.id).toBe("escl:fi-8170");
  await devices.loadScanners();
});
