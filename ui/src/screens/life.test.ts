/** What may happen to a dossier after it was received: offered, explained, taken back, all by the keyboard. */
import { afterEach, expect, it, vi } from "vitest";
import { accept, draft, fill, find, focused, openWindow, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
afterEach(() => close());
vi.setConfig({ testTimeout: 30_000 });

const text = (id: string) => (find(id)?.textContent ?? "").replace(/\s+/g, " ").trim();
const click = async (id: string) => (await seen(id)).click();

it("a received dossier is handed over, papers are asked for with a reason, and a wrong step is taken back", async () => {
  close = await openWindow("in&empty");
  await draft("ket hon", "1.000894");
  await accept();
  press("Escape");
  await click("move-processing");
  await click("move-supplement_asked");
  await soon(() => expect(focused(), "the reason is asked for at once").toBe("life-reason"));
  expect((find("life-confirm") as HTMLButtonElement).disabled, "without one nothing happens").toBe(true);
  fill(find("life-reason") as HTMLTextAreaElement, "Thiếu giấy xác nhận tình trạng hôn nhân");
  await click("life-confirm");
  await soon(() => expect(text("life")).toContain("Thiếu giấy xác nhận tình trạng hôn nhân"));
  await click("move-undone");
  fill((await seen("life-reason")) as HTMLTextAreaElement, "Bấm nhầm hồ sơ");
  await click("life-confirm");
  await soon(() => expect(find("move-done"), "it is being handled again").not.toBeNull());
  expect(text("life"), "and what was wrong stays told").toContain("Yêu cầu bổ sung");
});

it("Esc leaves the question and keeps what was typed", async () => {
  close = await openWindow("in&empty");
  await draft("ket hon", "1.000894");
  await click("move-refused");
  const box = (await seen("life-reason")) as HTMLTextAreaElement;
  fill(box, "Không thuộc thẩm quyền");
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
  await soon(() => expect(find("life-reason")).toBeNull());
  await click("move-refused");
  expect(((await seen("life-reason")) as HTMLTextAreaElement).value).toBe("Không thuộc thẩm quyền");
});

it("a figure of the day leads to the dossiers it counts, typing narrows them, and Esc leads back to all", async () => {
  close = await openWindow("in");
  const overdue = Number((await seen("today-overdue")).querySelector("strong")?.textContent);
  expect(overdue).toBeGreaterThan(0);
  await click("today-overdue");
  const rows = () => document.querySelectorAll('[data-testid="dossier-row"]').length;
  await soon(() => expect(rows()).toBe(overdue));
  fill(await seen("dossier-filter"), "khong co ai ca");
  await soon(() => expect(rows()).toBe(0));
  press("Escape");
  await soon(() => expect(rows(), "the words first").toBe(overdue));
  press("Escape");
  await soon(() => expect(rows(), "then the list").toBeGreaterThan(overdue));
});
