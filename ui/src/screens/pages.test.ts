/** Pages changed in place by the keyboard, as the whole window answers it. H6, T-06. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { frame } from "../features/frame/controller.svelte";
import { intake } from "../features/intake/controller.svelte";
import { notices } from "../features/notices/controller.svelte";
import { find, openWindow, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
afterEach(() => close());
vi.setConfig({ testTimeout: 30_000 });

const thumbs = () => [...document.querySelectorAll<HTMLElement>('[data-testid="page-thumb"]')];
const turns = () => intake.dossier?.components[0]?.pages.map((page) => page.edit.turns);
const told = () => find("toast")?.textContent ?? "";

/** A draft with three pages; the first has the focus. */
beforeEach(async () => {
  close = await openWindow("in&empty");
  await seen("nav-today");
  await intake.startNew();
  await frame.go({ name: "intake" });
  await intake.chooseProcedure("1.001193", null);
  for (let n = 0; n < 3; n += 1) await intake.run.drop(1);
  await soon(() => expect(thumbs()).toHaveLength(3));
  thumbs()[0]?.focus();
  thumbs()[0]?.click();
});

it("pages are chosen with Shift and the arrows, turned with a letter, and taken back with Ctrl+Z as long as there is something", async () => {
  press("ArrowRight", { shiftKey: true });
  expect(thumbs().map((one) => one.dataset.chosen)).toEqual(["true", "true", "false"]);
  expect(document.activeElement).toBe(thumbs()[1]);
  press("r");
  await soon(() => expect(turns()).toEqual([1, 1, 0]));
  await soon(() => expect(told()).toContain("Đã xoay 2 trang"));
  press("Delete");
  await soon(() => expect(intake.dossier?.pages).toEqual({ received: 3, kept: 1, set_aside: 2 }));
  notices.toasts = [];
  press("z", { code: "KeyZ", ctrlKey: true });
  await soon(() => expect(intake.dossier?.pages.kept).toBe(3));
  notices.toasts = [];
  press("z", { code: "KeyZ", ctrlKey: true });
  await soon(() => expect(turns()).toEqual([0, 0, 0]));
  press("Z", { code: "KeyZ", ctrlKey: true, shiftKey: true });
  await soon(() => expect(turns()).toEqual([1, 1, 0]));
});

it("Escape lets go of what is chosen before it leaves, and one page more is chosen with Shift and Space", async () => {
  press("ArrowRight");
  press(" ", { shiftKey: true });
  press("ArrowRight", { shiftKey: true });
  expect(thumbs().filter((one) => one.dataset.chosen === "true")).toHaveLength(2);
  press("Escape");
  expect(thumbs().filter((one) => one.dataset.chosen === "true")).toHaveLength(0);
  expect(intake.dossier).not.toBeNull();
});

it("a text field keeps its own Ctrl+Z, and its letters", async () => {
  press("r");
  await soon(() => expect(turns()).toEqual([1, 0, 0]));
  find("note")?.focus();
  (document.querySelector("textarea") as HTMLElement).focus();
  for (const event of [press("z", { code: "KeyZ", ctrlKey: true }), press("r")]) expect(event.defaultPrevented).toBe(false);
  await new Promise((next) => setTimeout(next, 50));
  expect(turns()).toEqual([1, 0, 0]);
});

it("a page is cut by the keys alone, cut further, and given back whole", async () => {
  const cut = () => intake.dossier?.components[0]?.pages[0]?.edit.crop ?? null;
  press("c");
  await seen("crop-frame");
  expect((document.activeElement as HTMLElement).dataset.testid).toBe("crop-left");
  expect((find("crop-apply") as HTMLButtonElement).disabled, "nothing is cut off yet").toBe(true);
  press("ArrowRight", { shiftKey: true });
  press("ArrowRight");
  find("crop-bottom")?.focus();
  press("ArrowUp", { shiftKey: true });
  press("Delete");
  press("Enter");
  await soon(() => expect(cut()).toEqual({ left: 550, top: 0, right: 10_000, bottom: 9500 }));
  expect(intake.dossier?.pages.set_aside, "no other key acts below the frame").toBe(0);
  await soon(() => expect(find("crop-frame")).toBeNull());
  expect(document.activeElement, "the hand goes on where it was").toBe(thumbs()[0]);
  press("c");
  (await seen("crop-back")).click();
  await soon(() => expect(cut()).toBeNull());
  press("z", { code: "KeyZ", ctrlKey: true });
  await soon(() => expect(cut()?.left).toBe(550));
});

it("Escape leaves the frame and cuts nothing; another page ends it too", async () => {
  press("c");
  await seen("crop-frame");
  press("ArrowRight", { shiftKey: true });
  press("Escape");
  await soon(() => expect(find("crop-frame")).toBeNull());
  expect(intake.dossier?.components[0]?.pages[0]?.edit.crop).toBeNull();
  press("c");
  await seen("crop-frame");
  thumbs()[1]?.click();
  await soon(() => expect(find("crop-frame")).toBeNull());
});

const order = () => intake.dossier?.components[0]?.pages.filter((page) => page.disposition === "kept").map((page) => page.id) ?? [];

it("a page is scanned again in its place, and undo brings the old one back", async () => {
  const [a = "", b = "", c = ""] = order();
  await soon(() => expect(find("page-tool-T")).not.toBeNull());
  press("t");
  (await seen("place-scan")).click();
  await soon(() => expect(order()).toHaveLength(4));
  expect(order().includes(a), "the old page does not count").toBe(false);
  expect(order().slice(2)).toEqual([b, c]);
  expect(intake.dossier?.components[0]?.pages.find((page) => page.id === a)?.aside).toBe("replaced");
  await soon(() => expect(told()).toContain("Đã thay trang"));
  press("z", { code: "KeyZ", ctrlKey: true });
  await soon(() => expect(order()).toEqual([a, b, c]));
  expect(intake.dossier?.pages, "what was scanned is still there").toEqual({ received: 5, kept: 3, set_aside: 2 });
});

it("a file is put before a page by the pointer alone", async () => {
  const [a = "", b = "", c = ""] = order();
  thumbs()[1]?.click();
  (await seen("page-tool-I")).click();
  (await seen("place-files")).click();
  await soon(() => expect(order()).toHaveLength(4));
  expect([order()[0], order()[2], order()[3]]).toEqual([a, b, c]);
  await soon(() => expect(told()).toContain("Đã chèn 1 trang"));
  expect(intake.dossier?.components[0]?.pages).toHaveLength(4);
});

const papers = () => intake.dossier?.components.map((one) => one.pages.map((page) => page.id)) ?? [];

it("pages are split off to a paper by its number, and undo brings them home", async () => {
  const [a = "", b = "", c = ""] = order();
  thumbs()[1]?.click();
  press("s");
  await seen("send-papers");
  expect(find("send-take")?.textContent).toContain("Chuyển 2 trang");
  press("1");
  expect(papers()[0], "the paper that they are in takes nothing").toEqual([a, b, c]);
  press("3");
  await soon(() => expect(papers().slice(0, 3)).toEqual([[a], [], [b, c]]));
  expect(find("send-papers")).toBeNull();
  expect(intake.selected, "work goes on where the pages are").toBe(3);
  await soon(() => expect(document.activeElement?.id).toBe(`page-${b}`));
  await soon(() => expect(told()).toContain("Đã tách 2 trang"));
  press("z", { code: "KeyZ", ctrlKey: true });
  await soon(() => expect(papers().slice(0, 3)).toEqual([[a, b, c], [], []]));
});

it("what goes is changed while one looks, by keys: the page, those behind it, the whole paper", async () => {
  const [a = "", b = "", c = ""] = order();
  thumbs()[1]?.focus();
  thumbs()[1]?.click();
  press("m");
  await seen("send-papers");
  expect(find("send-take")?.textContent).toContain("Chuyển 1 trang");
  press("g");
  await soon(() => expect(find("send-take")?.textContent).toContain("Chuyển 3 trang"));
  press("Escape");
  await soon(() => expect(find("send-papers")).toBeNull());
  expect(papers()[0]).toEqual([a, b, c]);
  press("m");
  await seen("send-papers");
  press("ArrowDown");
  press("Enter");
  await soon(() => expect(papers().slice(0, 3)).toEqual([[a, c], [], [b]]));
});

it("a whole paper is merged into another by the pointer alone", async () => {
  const all = order();
  (await seen("page-tool-M")).click();
  (await seen("send-share")).querySelectorAll("input")[2]?.click();
  (await seen("send-2")).click();
  await soon(() => expect(papers().slice(0, 2)).toEqual([[], all]));
  await soon(() => expect(told()).toContain("Đã gộp 3 trang"));
});

it("the paper of a photograph is laid flat by its corners with the keys alone, refused where it is too coarse, and taken back", async () => {
  const flat = () => intake.dossier?.components[0]?.pages[0]?.edit.flat ?? null;
  press("n");
  await seen("flat-frame");
  expect((document.activeElement as HTMLElement).dataset.testid).toBe("flat-corner-0");
  press("ArrowRight", { shiftKey: true });
  press("ArrowDown");
  find("flat-corner-2")?.focus();
  press("ArrowUp");
  find("flat-paper")?.querySelector<HTMLInputElement>("input[value=a5]")?.click();
  press("Enter");
  await soon(() => expect(flat()).toEqual({ corners: [[1400, 920], [8700, 1100], [9000, 9280], [900, 9100]], width: 1480, height: 2100 }));
  await soon(() => expect(find("flat-frame")).toBeNull());
  press("z", { code: "KeyZ", ctrlKey: true });
  await soon(() => expect(flat()).toBeNull());
  press("n");
  await seen("flat-frame");
  for (let n = 0; n < 30; n++) press("ArrowRight", { shiftKey: true });
  press("Enter");
  await soon(() => expect(document.body.textContent).toContain("150 dpi"));
  expect(find("flat-frame"), "it stays, to be set anew").not.toBeNull();
  for (let n = 0; n < 20; n++) press("ArrowRight", { shiftKey: true });
  await soon(() => expect((find("flat-apply") as HTMLButtonElement).disabled, "crossed corners are no paper").toBe(true));
  press("Escape");
  await soon(() => expect(find("flat-frame")).toBeNull());
  expect(flat()).toBeNull();
});
