/** The catalogue in the window: a file comes in and can be stopped, what is unclear is completed, favourites have keys. */
import { afterEach, expect, it, vi } from "vitest";
import { catalogue } from "../features/catalogue/controller.svelte";
import { frame } from "../features/frame/controller.svelte";
import { intake } from "../features/intake/controller.svelte";
import { topChord } from "../features/keys/catalogue";
import type { Desk } from "../lib/desk";
import { CARD, fill, find, focused, openWindow, paste, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
afterEach(() => {
  close();
  catalogue.forget();
});
vi.setConfig({ testTimeout: 30_000 });

const text = (id: string) => (find(id)?.textContent ?? "").replace(/\s+/g, " ").trim();
const click = async (id: string) => (await seen(id)).click();
async function settings(options: string, change?: (desk: Desk) => void): Promise<void> {
  close = await openWindow(options, change);
  await frame.go({ name: "settings", part: "catalogue" });
  await seen("catalogue-settings");
}
/** A new dossier whose procedure is to be chosen. */
async function begun(): Promise<void> {
  close = await openWindow("empty&in=clerk");
  await seen("new-dossier");
  press("F2");
  paste(await seen("applicant-id-number"), CARD);
  await soon(() => expect(focused()).toBe("procedure-search"));
}
const digit = (n: number, shift = false) => press(shift ? "!" : "\u0103", { altKey: true, shiftKey: shift, code: `Digit${n}` });

it("a file comes in with its progress, and the window says what it came to", async () => {
  const steps: string[] = [];
  await settings("in=supervisor&empty", (desk) => {
    const pick = desk.pickCatalogue;
    desk.pickCatalogue = (heard) => pick((step) => (heard(step), steps.push(`${step.done}/${step.total}`)));
  });
  await click("catalogue-pick");
  await soon(() => expect(text("catalogue-said")).toMatch(/2\.572 thủ tục mới, 42 thủ tục cập nhật.*40 điểm/));
  expect(text("catalogue-count")).toContain("2.642");
  expect(steps.at(-1)).toBe("5284/5284");
  expect(find("catalogue-progress")).toBeNull();
});

it("an import that is stopped says that nothing changed; a refused one says why", async () => {
  await settings("in=supervisor&empty", (desk) => {
    const pick = desk.pickCatalogue;
    desk.pickCatalogue = (heard) => pick((step) => (heard(step), step.done > 0 && void desk.cancelCatalogue()));
  });
  await click("catalogue-pick");
  await soon(() => expect(text("catalogue-said")).toContain("không thay đổi"));
  close();
  await settings("in=supervisor&empty&unknownkey");
  await click("catalogue-pick");
  await soon(() => expect(text("catalogue-error")).toContain("Đối chiếu khóa"));
});

it("what is unclear is filtered by field and by words, and a missing limit is completed from the list", async () => {
  await settings("in=supervisor&empty");
  await soon(() => expect(document.querySelectorAll("[data-testid=unread-item]").length).toBe(40));
  await click("unread-field-limit");
  await soon(() => expect(document.querySelectorAll("[data-testid=unread-item]").length).toBe(14));
  expect((await seen("unread-field-limit")).getAttribute("aria-pressed")).toBe("true");
  fill(await seen("unread-filter"), "nuoi con");
  await soon(() => expect([...document.querySelectorAll<HTMLElement>("[data-testid=unread-item]")].every((one) => one.dataset.code === "2.001263")).toBe(true));
  await click("unread-limit");
  await seen("limit-sheet");
  await soon(() => expect(focused()).toBe("limit-amount"));
  fill(await seen("limit-amount"), "khong");
  await click("limit-save");
  expect(text("limit-sheet")).toContain("từ 1 đến 3650");
  fill(await seen("limit-amount"), "30");
  await click("limit-save");
  expect(text("limit-sheet")).toContain("Ghi căn cứ");
  fill(await seen("limit-reason"), "Quy trình nội bộ số 12");
  await click("limit-save");
  await soon(() => expect(find("limit-sheet")).toBeNull());
  await soon(() => expect(text("hand-limit-2.001263")).toMatch(/nuôi con nuôi.*Quy trình nội bộ số 12.*30 ngày làm việc/));
  await click("hand-limit-drop");
  await soon(() => expect(find("hand-limit-2.001263")).toBeNull());
});

it("a key is trusted once it is one, and no longer on request", async () => {
  await settings("in=supervisor&empty");
  await seen("keys-none");
  fill(await seen("key-name"), "Sở Tư pháp");
  fill(await seen("key-text"), "abc");
  await click("key-trust");
  await soon(() => expect(document.body.textContent).toContain("không hợp lệ"));
  expect((find("key-text") as HTMLInputElement).value, "what was typed is kept").toBe("abc");
  fill(await seen("key-text"), `${"0123456789ABCDEF ".repeat(4)}`);
  await click("key-trust");
  await soon(() => expect(text("trusted-keys")).toMatch(/Sở Tư pháp.*01234567 89abcdef/));
  await click("key-distrust");
  await soon(() => expect(find("trusted-keys")).toBeNull());
});

it("the clerk finds no settings of the catalogue", async () => {
  close = await openWindow("in=clerk&empty");
  await frame.go({ name: "settings", part: "look" });
  await seen("settings-nav-look");
  expect(find("settings-nav-catalogue")).toBeNull();
});

// C2: two keys for each of the first twenty, one where the list is in sight already.
it("a favourite keeps its place and its key, typed on a Vietnamese layout", async () => {
  await begun();
  fill(await seen("procedure-search"), "chung thuc");
  await soon(() => expect(find("procedure-hit-2.000815")?.getAttribute("aria-selected")).toBe("true"));
  press("s", { altKey: true, code: "KeyS" });
  await soon(() => expect(find("star-2.000815")?.className).toContain("starred"));
  fill(await seen("procedure-search"), "");
  await soon(() => expect(document.querySelector("[role=option]")?.getAttribute("data-testid")).toBe("procedure-hit-2.000815"));
  expect(document.querySelector("[role=option]")?.textContent).toContain("Alt+1");
  digit(1);
  await soon(() => expect(intake.dossier?.procedure?.code).toBe("2.000815"));
  await soon(() => expect(find("procedure-search")).toBeNull());
  digit(2);
  await new Promise((next) => setTimeout(next, 50));
  expect(intake.dossier?.procedure?.code, "what is chosen is not changed by one key").toBe("2.000815");
  press("F4");
  await seen("procedure-search");
  digit(2);
  await soon(() => expect(intake.dossier?.procedure?.code).toBe("1.001193"));
  expect([0, 8, 9, 10, 19].map(topChord)).toEqual(["Alt+1", "Alt+9", "Alt+0", "Alt+Shift+1", "Alt+Shift+0"]);
});

it("with another field in hand the key chooses at once", async () => {
  await begun();
  (await seen("applicant-name")).focus();
  await soon(() => expect(find("procedure-hit-1.001193")).toBeNull());
  digit(3);
  await soon(() => expect(intake.dossier?.procedure?.code).toBe("1.000894"));
});

// The obstacle leads to where it is removed.
it("a procedure without a limit is completed in the dossier itself", async () => {
  await begun();
  fill(await seen("procedure-search"), "nuoi con nuoi");
  await click("procedure-hit-2.001263");
  await click("obstacle-no_limit");
  await soon(() => expect(focused()).toBe("limit-amount"));
  fill(await seen("limit-amount"), "25");
  fill(await seen("limit-reason"), "Luật Nuôi con nuôi");
  await click("limit-save");
  await soon(() => expect(find("limit-sheet")).toBeNull());
  await soon(() => expect(find("obstacle-no_limit")).toBeNull());
  expect(intake.dossier?.due).not.toBeNull();
});
