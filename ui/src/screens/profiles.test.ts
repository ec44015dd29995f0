/** Scan profiles: made in Settings, shown at their papers, scanned with by a key; a locked one is no clerk's to change. */
import { afterEach, expect, it, vi } from "vitest";
import type { ScanRequest } from "../bindings/ScanRequest";
import { profiles } from "../features/profiles/controller.svelte";
import { intake } from "../features/intake/controller.svelte";
import type { Desk } from "../lib/desk";
import { draft, fill, find, openWindow, press, seen, soon } from "./hands";

let close: () => void;
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => {
  profiles.chosen = null;
  close();
});

async function open(who: string, seed: (desk: Desk) => void = () => undefined): Promise<() => ScanRequest | undefined> {
  let asked: ScanRequest | undefined;
  close = await openWindow(`empty&in=${who}`, (desk) => {
    const scan = desk.scan;
    desk.scan = (id, component, request, heard) => {
      asked = request;
      return scan(id, component, request, heard);
    };
    seed(desk);
  });
  return () => asked;
}

const LAND = { id: 0, name: "Tờ khai màu", papers: ["tờ khai"], device: null, source: null, dpi: 300, mode: null, size: null, blank: null, when_empty: null, extra: [], key: 1, locked: false };

it("a profile is made, taken away and brought back", async () => {
  await open("supervisor");
  (await seen("nav-settings")).click();
  (await seen("profile-add")).click();
  fill(await seen("profile-name"), "Giấy chứng nhận");
  fill(await seen("profile-papers"), "giấy chứng nhận, quyền sử dụng đất");
  (await seen("profile-save")).click();
  const row = await seen("profile-row");
  expect(row.textContent).toContain("giấy chứng nhận, quyền sử dụng đất");
  (await seen("profile-lock")).click();
  await soon(() => expect(profiles.all[0]?.locked).toBe(true));
  (await seen("profile-remove")).click();
  await soon(() => expect(find("profile-row")).toBe(null));
  press("z", { ctrlKey: true, code: "KeyZ" });
  await soon(() => expect(profiles.all.map((one) => [one.name, one.locked])).toEqual([["Giấy chứng nhận", true]]));
});

it("its key scans with it, and otherwise the paper's own is taken", async () => {
  const asked = await open("clerk", (desk) => void desk.setScanProfile(LAND));
  await draft("khai sinh", "1.001193");
  const choice = (await seen("profile-choice")) as HTMLSelectElement;
  expect([...choice.options].map((one) => one.value)).toEqual(["", "1", "0"]);
  press("F5");
  await soon(() => expect(intake.dossier?.pages.received).toBeGreaterThan(0));
  expect(asked()?.profile).toBe(undefined);
  await soon(() => expect(intake.run.active).toBe(false));
  press("1", { ctrlKey: true, code: "Digit1" });
  await soon(() => expect(asked()?.profile).toBe(1));
  await soon(() => expect(intake.run.active).toBe(false));
});

it("a clerk changes no locked profile, and cannot choose past it", async () => {
  await open("clerk", (desk) => void desk.setScanProfile({ ...LAND, papers: ["*"], locked: true }));
  (await seen("nav-settings")).click();
  expect(((await seen("profile-edit")) as HTMLButtonElement).disabled).toBe(true);
  expect((find("profile-remove") as HTMLButtonElement).disabled).toBe(true);
  expect(find("profile-lock")).toBe(null);
  await draft("khai sinh", "1.001193");
  await soon(() => expect((find("profile-choice") as HTMLSelectElement | null)?.disabled).toBe(true));
});
