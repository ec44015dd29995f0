/** Lists that are worked through: their lengths, the time left, one step for several, thousands of rows. */
import { afterEach, expect, it, vi } from "vitest";
import { dossiers } from "../features/dossiers/controller.svelte";
import { fill, find, focused, openWindow, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
afterEach(() => close());
vi.setConfig({ testTimeout: 30_000 });

const rows = () => [...document.querySelectorAll<HTMLElement>('[data-testid="dossier-row"]')];
const text = (id: string) => (find(id)?.textContent ?? "").replace(/\s+/g, " ").trim();

async function openList(options: string): Promise<void> {
  close = await openWindow(options);
  (await seen("today-overdue")).click();
  await soon(() => expect(rows().length).toBeGreaterThan(1));
}

it("each list says how long it is, and what is worked through by time says what is left", async () => {
  await openList("in");
  await soon(() => expect(text("lists")).toContain(`Quá hẹn ${dossiers.rows?.length}`));
  expect(rows().every((row) => row.querySelector('[data-testid="row-left"]')?.textContent?.startsWith("quá "))).toBe(true);
  expect(text("lists"), "waiting for papers is told from the rest").toContain("Chờ bổ sung");
});

it("rows are chosen by the keyboard and take one step with one reason; Esc lets them go", async () => {
  await openList("in");
  const count = rows().length;
  rows()[0]?.focus();
  press(" ");
  press("ArrowDown", { shiftKey: true });
  await soon(() => expect(text("bulk")).toContain("Đã chọn 2 hồ sơ"));
  press("Escape");
  await soon(() => expect(find("bulk")).toBeNull());
  rows()[0]?.focus();
  press("a", { ctrlKey: true, code: "KeyA" });
  await soon(() => expect(text("bulk")).toContain(`Đã chọn ${count} hồ sơ`));
  await seen("bulk-processing");
  press("F6");
  await soon(() => expect(focused()).toBe("bulk-processing"));
  (await seen("bulk-withdrawn")).click();
  await soon(() => expect(focused()).toBe("bulk-reason"));
  fill(find("bulk-reason") as HTMLElement, "Rút theo đơn chung");
  press("Enter");
  await soon(() => expect(rows().length, "they are no longer overdue").toBe(0));
  expect(find("bulk")).toBeNull();
});

it("five thousand rows are drawn a screenful at a time, and the keys reach the last", async () => {
  close = await openWindow("in&many");
  (await seen("nav-dossiers")).click();
  await seen("dossier-filter");
  dossiers.list = null;
  await dossiers.choose("received");
  await soon(() => expect(rows().length).toBeGreaterThan(10));
  expect(dossiers.rows?.length).toBeGreaterThan(4_000);
  expect(rows().length).toBeLessThan(120);
  rows()[0]?.focus();
  press("End");
  await soon(() => expect(document.activeElement?.getAttribute("data-index")).toBe(String((dossiers.rows?.length ?? 0) - 1)));
});
