/** A mixed stack in the window: taken in, doubted, split, given by hand, taken back. K5, T-26, T-30. */
import { afterEach, expect, it, vi } from "vitest";
import { mixed } from "../features/mixed/controller.svelte";
import { fill, find, openWindow, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
afterEach(() => close());
vi.setConfig({ testTimeout: 30_000 });

const all = (id: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
const text = (id: string) => (find(id)?.textContent ?? "").replace(/\s+/g, " ").trim();

async function taken(): Promise<void> {
  mixed.view = null;
  mixed.reason = "";
  close = await openWindow("in");
  await seen("nav-mixed");
  press("F5", { shiftKey: true });
  (await seen("mixed-pick")).click();
  await seen("mixed-alarms");
}

it("a doubtful stack is split only for a reason, and taken back by one step", async () => {
  await taken();
  expect((find("mixed-split") as HTMLButtonElement).disabled).toBe(true);
  press("F9");
  expect(mixed.placed).toBe(false);
  fill(find("mixed-reason") as HTMLElement, "Đã đếm đủ giấy");
  await soon(() => expect((find("mixed-split") as HTMLButtonElement).disabled).toBe(false));
  press("F9");
  await seen("mixed-undo");
  expect(text("mixed-account")).toContain("chờ phân 2");
  find("mixed-undo")?.click();
  await soon(() => expect(mixed.placed).toBe(false));
  expect(mixed.view?.waiting, "no page is lost").toBe(mixed.view?.received);
});

it("loose pages are chosen as a group, given to a component or taken out and put back", async () => {
  await taken();
  (await seen("mixed-choose-all")).click();
  await seen("mixed-give-bar");
  expect((find("mixed-give") as HTMLButtonElement).disabled, "nobody said where").toBe(true);
  press("Delete");
  await soon(() => expect(text("mixed-account")).toContain("để riêng 2"));
  all("mixed-page")[0]?.click();
  (await seen("mixed-back")).click();
  await soon(() => expect(text("mixed-account")).toContain("để riêng 1"));
  all("mixed-page")[0]?.click();
  const to = (await seen("mixed-to")) as HTMLSelectElement;
  await soon(() => expect(to.options.length).toBeGreaterThan(1));
  to.value = mixed.drafts[0]?.id ?? "";
  to.dispatchEvent(new Event("change", { bubbles: true }));
  await seen("mixed-component");
  find("mixed-give")?.click();
  await soon(() => expect(all("mixed-page")[0]?.getAttribute("aria-label")).toContain("đã vào hồ sơ"));
});
