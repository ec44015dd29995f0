/** Looking at the papers with the keys alone: passed, failed with a reason, all at once, and what the applicant is told. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { intake } from "../features/intake/controller.svelte";
import { notices } from "../features/notices/controller.svelte";
import { accept, draft, fill, find, focused, openWindow, press, seen, soon } from "./hands";

let close: () => void;
vi.setConfig({ testTimeout: 30_000 });
beforeEach(async () => {
  close = await openWindow("empty&in");
});
afterEach(() => close());

const verdict = (index: number) => intake.dossier?.components[index - 1]?.check?.verdict ?? "none";
const alt = (key: string) => press(key, { altKey: true, code: `Key${key.toUpperCase()}` });

async function fails(): Promise<void> {
  alt("c");
  await soon(() => expect(focused()).toBe("paper-reason"));
}

it("a paper passes by one key, and that is taken back by the same", async () => {
  await draft("khai sinh", "1.001193");
  alt("d");
  await soon(() => expect(verdict(1)).toBe("passed"));
  expect((await seen("component-1-verdict")).textContent).toContain("Đạt");
  alt("d");
  await soon(() => expect(verdict(1)).toBe("none"));
});

it("a paper fails with a reason found by a few letters; then it stands in the way until it passes", async () => {
  await draft("khai sinh", "1.001193");
  await fails();
  fill(await seen("paper-reason"), "chu ky");
  press("Enter");
  await soon(() => expect(verdict(1)).toBe("failed"));
  expect(intake.dossier?.components[0]?.check?.reason).toBe("Thiếu chữ ký");
  await soon(() => expect(document.activeElement?.id, "the hand is back at the papers").toBe("components"));
  expect((await seen("obstacle-failed_paper")).textContent).toContain("Thiếu chữ ký");
  press("F9");
  expect(find("dossier-code"), "it is not received").toBe(null);
  alt("d");
  await soon(() => expect(find("obstacle-failed_paper")).toBe(null));
});

it("several reasons and words of one's own; Esc keeps what was typed, Ctrl+Enter puts it into the bank", async () => {
  await draft("khai sinh", "1.001193");
  await fails();
  fill(await seen("paper-reason"), "thieu trang");
  await seen("paper-reason-option");
  press(";");
  await soon(() => expect((find("paper-reason") as HTMLInputElement).value).toBe("Thiếu trang; "));
  fill(await seen("paper-reason"), "Thiếu trang; Ảnh không giống");
  press("Escape");
  await soon(() => expect(find("paper-reason")).toBe(null));
  await fails();
  await soon(() => expect((find("paper-reason") as HTMLInputElement).value).toBe("Thiếu trang; Ảnh không giống"));
  press("Enter", { ctrlKey: true });
  await soon(() => expect(intake.dossier?.components[0]?.check?.reason).toBe("Thiếu trang; Ảnh không giống"));
  press("F6");
  await fails();
  await seen("paper-reason");
  fill(await seen("paper-reason"), "giong");
  expect([...document.querySelectorAll("[data-testid=paper-reason-option]")].map((one) => one.textContent?.trim()).join()).toContain("Ảnh không giống");
});

it("all pass by one key but what failed, and that can be undone", async () => {
  await draft("khai sinh", "1.001193");
  press("F6");
  await fails();
  fill(await seen("paper-reason"), "mo");
  press("Enter");
  await soon(() => expect(verdict(2)).toBe("failed"));
  alt("t");
  await soon(() => expect(verdict(1)).toBe("passed"));
  expect(verdict(2)).toBe("failed");
  await notices.undoLatest();
  await soon(() => expect(verdict(1)).toBe("none"));
});

it("F5 compares a paper that is only shown, and scans none of it", async () => {
  await draft("chung thuc", "2.000815");
  const shown = intake.dossier?.components.find((one) => one.handling === "show");
  intake.selectComponent(shown?.index ?? 0);
  press("F5");
  await soon(() => expect(verdict(shown?.index ?? 0)).toBe("passed"));
  expect(intake.dossier?.pages.received).toBe(0);
  expect(find(`component-${shown?.index}-count`), "there is nothing to count").toBe(null);
});

it("F7 shows all that is missing or failed, once and complete", async () => {
  await draft("khai sinh", "1.001193");
  await fails();
  fill(await seen("paper-reason"), "chu ky");
  press("Enter");
  await soon(() => expect(verdict(1)).toBe("failed"));
  press("F7");
  const said = (await seen("lacking")).textContent ?? "";
  expect(said).toContain("Thiếu chữ ký");
  expect(said).toContain("chưa có trong hồ sơ");
  expect((await seen("lacking-unseen")).textContent).toMatch(/\d/);
  press("Escape");
  await soon(() => expect(find("lacking")).toBe(null));
});

it("F7 and F9 put what is lacking on paper, before anything is received; Esc goes back to the draft", async () => {
  await draft("khai sinh", "1.001193");
  press("F7");
  await seen("lacking");
  expect(focused(), "the hand is on it").toBe("lacking-print");
  press("F9");
  await soon(() => expect(find("receipt-preview")?.dataset.ready).toBe("true"));
  expect(find("receipt-preview")?.getAttribute("aria-label")).toBe("Phiếu yêu cầu bổ sung");
  expect(find("receipt-print-outcome")?.dataset.state, "this station is bound to no printer").toBe("");
  press("F9");
  await soon(() => expect(find("receipt-print-outcome")?.dataset.state).toBe("printed"));
  press("Escape");
  await soon(() => expect(find("receipt-preview")).toBe(null));
  expect(find("component-1") !== null && intake.draft).toBe(true);
});

it("once received, F7 asks for the supplement and leads to its slip", async () => {
  await draft("ket hon", "1.000894");
  await accept();
  press("Escape");
  await soon(() => expect(find("receipt-preview")).toBe(null));
  (await seen("move-processing")).click();
  await seen("move-supplement_asked");
  await fails();
  fill(await seen("paper-reason"), "chu ky");
  press("Enter");
  await soon(() => expect(verdict(intake.selected)).toBe("failed"));
  press("F7");
  expect(((await seen("lacking-reason")) as HTMLTextAreaElement).value).toContain("Thiếu chữ ký");
  press("Enter", { ctrlKey: true });
  await soon(() => expect(find("receipt-preview")?.dataset.ready).toBe("true"));
  expect(find("receipt-preview")?.getAttribute("aria-label")).toBe("Phiếu yêu cầu bổ sung");
});

it("who administers changes the bank, and takes the change back", async () => {
  close();
  close = await openWindow("empty&in=supervisor");
  (await seen("nav-settings")).click();
  const box = (await seen("paper-reasons-text")) as HTMLTextAreaElement;
  await soon(() => expect(box.value).toContain("Thiếu chữ ký"));
  fill(box, "Chưa đóng dấu\nHết hạn");
  (await seen("paper-reasons-save")).click();
  await soon(() => expect(notices.toasts.at(-1)?.text).toContain("2"));
  await notices.undoLatest();
  await soon(() => expect(box.value).toContain("Thiếu chữ ký"));
});
