/** Both sides by a scanner that sees one: one key leads through it, and where counts differ a person decides. T-25, G9. */
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
  await soon(() => expect((find("f-key-F5") as HTMLButtonElement | null)?.disabled).toBe(false));
}

const all = (id: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
const counts = () => `${find("duplex")?.dataset.fronts}/${find("duplex")?.dataset.backs}`;

it("Alt+H and F5 twice: fronts, backs, joined, the next paper", async () => {
  await draft("in&empty");
  press("h", { altKey: true, code: "KeyH" });
  await soon(() => expect(counts()).toBe("3/0"));
  expect(find("duplex-next")?.textContent).toContain("lật úp cả xấp");
  expect(find("f-key-F5")?.textContent, "the key says what it does").toContain("Quét mặt sau");
  expect(find("page-account")?.textContent?.trim()).toBe("nhận 3 · giữ 0 · chờ ghép 3 · để riêng 0");
  expect(intake.dossier?.obstacles.some((one) => one.kind === "open_stack"), "half a stack is not accepted").toBe(true);
  await soon(() => expect(intake.run.active).toBe(false));
  press("F5");
  await soon(() => expect(counts()).toBe("3/3"));
  expect(all("duplex-page").map((one) => one.dataset.side)).toEqual(["front", "back", "front", "back", "front", "back"]);
  await soon(() => expect(find("f-key-F5")?.textContent).toContain("Ghép hai lượt"));
  press("F5");
  await soon(() => expect(find("duplex")).toBeNull());
  expect(intake.dossier?.components[0]?.pages.length).toBe(6);
  expect(intake.selected, "the next paper").toBe(2);
});

it("a lost sheet joins nothing by itself: the backs come again, or a way is chosen and seen", async () => {
  await draft("in&empty&uneven");
  (await seen("scan-fronts")).click();
  await soon(() => expect(counts()).toBe("3/0"));
  (await seen("duplex-backs")).click();
  await soon(() => expect(counts()).toBe("3/2"));
  expect(find("duplex-next")?.textContent).toContain("không trang nào bị bỏ");
  expect(intake.dossier?.components[0]?.pages.length, "nothing moved").toBe(0);
  all("duplex").at(0)?.querySelector<HTMLInputElement>("input[value=appended]")?.click();
  await soon(() => expect(all("duplex-page").map((one) => one.dataset.side)).toEqual(["front", "front", "front", "back", "back"]));
  (await seen("duplex-again")).click();
  await soon(() => expect(counts()).toBe("3/3"));
  (await seen("duplex-join")).click();
  await soon(() => expect(intake.dossier?.components[0]?.pages.length).toBe(6));
});

it("a scanner that sees both sides needs no guide", async () => {
  await draft("in&empty");
  await seen("scan-fronts");
  const { devices } = await import("../features/devices/controller.svelte");
  await devices.chooseScan({ device: "escl:fi-8170" });
  await soon(() => expect(find("scan-fronts")).toBeNull());
  await devices.chooseScan({ device: "virtual:training" });
});
