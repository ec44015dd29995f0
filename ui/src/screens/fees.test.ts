/** F8: fees by the keyboard alone: the wording, the money, its receipt, void, the transfer code, the shift. */
import { afterEach, expect, it, vi } from "vitest";
import { fees } from "../features/fees/controller.svelte";
import { intake } from "../features/intake/controller.svelte";
import { desk } from "../lib/desk";
import { draft, fill, find, focused, openWindow, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
afterEach(() => {
  close();
  fees.close();
  fees.shift = false;
});
vi.setConfig({ testTimeout: 30_000 });

const text = (id: string) => (find(id)?.textContent ?? "").replace(/\s+/g, " ").trim();
const change = (element: HTMLElement, value: string) => {
  fill(element, value);
  element.dispatchEvent(new Event("change", { bubbles: true }));
};

/** A draft whose fee is known. */
async function charged(): Promise<void> {
  await draft("ket hon", "1.000894");
  const id = intake.dossier?.id ?? "";
  await desk.setFee(id, { items: 1, originals: [], relief: null, amount: { amount: 8_000, reason: "" } });
  await fees.look(id);
}

it("F8 and one key take what is due, and the receipt is at hand", async () => {
  close = await openWindow("in&empty");
  await charged();
  await soon(() => expect(text("fee-state")).toContain("8.000 đ"));
  press("F8");
  await seen("fee-take");
  await soon(() => expect(focused(), "Enter takes it").toBe("fee-take"));
  expect(text("fee-due")).toBe("Phải thu 8.000 đ");
  fill(await seen("fee-received"), "10.000");
  await soon(() => expect(text("fee-change")).toBe("Trả lại: 2.000 đ"));
  press("Enter", { ctrlKey: true });
  await seen("fee-receipt-0000001");
  await soon(() => expect(focused()).toBe("fee-print"));
  await soon(() => expect(text("fee-due")).toBe("Không còn khoản nào phải thu."));
  expect(find("fee-take"), "nothing is taken twice").toBeNull();
  press("p", { ctrlKey: true });
  await soon(() => expect(find("receipt-preview")?.dataset.ready).toBe("true"));
  expect(fees.shown).toBe(false);
  await soon(() => expect(text("fee-state")).toContain("Đã thu 8.000 đ"));
});

it("a void receipt says why, and what it paid for is due again", async () => {
  close = await openWindow("in&empty");
  await charged();
  press("F8");
  await seen("fee-take");
  press("Enter", { ctrlKey: true });
  (await seen("fee-void")).click();
  fill(await seen("fee-void-reason"), "Sai tên người nộp");
  (await seen("fee-void-do")).click();
  await soon(() => expect(find("fee-receipt-0000001")?.dataset.void).toBe("true"));
  expect(text("fee-receipt-0000001")).toContain("Sai tên người nộp");
  await soon(() => expect(text("fee-due")).toBe("Phải thu 8.000 đ"));
});

it("the transfer code fills the window, and the money is booked only when it has come", async () => {
  close = await openWindow("in&empty");
  await charged();
  press("F8");
  await seen("fee-take");
  const vietqr = document.querySelector<HTMLInputElement>('[data-testid="fee-method"] input[value="vietqr"]');
  vietqr?.click();
  await soon(() => expect(text("fee-take")).toContain("Hiện mã"));
  press("Enter", { ctrlKey: true });
  await seen("transfer-code");
  expect(text("transfer-amount")).toBe("8.000 đ");
  expect(fees.view?.receipts.length).toBe(0);
  press("Escape");
  await soon(() => expect(find("transfer-screen")).toBeNull());
  expect(fees.shown, "one step back").toBe(true);
  press("Enter", { ctrlKey: true });
  await seen("transfer-code");
  press("Enter", { ctrlKey: true });
  await seen("fee-receipt-0000001");
  expect(text("fee-receipt-0000001")).toContain("VietQR");
});

it("a relief takes its part off, with what was shown for it", async () => {
  close = await openWindow("in&empty");
  await draft("chung thuc ban sao", "2.000815");
  press("F8");
  change(await seen("fee-items"), "3");
  await soon(() => expect(text("fee-due")).toBe("Phải thu 24.000 đ"));
  change(await seen("fee-relief"), "poor_household");
  change(await seen("fee-percent"), "50");
  await soon(() => expect(text("fee-due")).toBe("Phải thu 12.000 đ"));
});

it("without numbers it says what to do", async () => {
  close = await openWindow("in&empty&nonumbers");
  await charged();
  press("F8");
  await seen("fee-no-number");
  expect(text("fee-no-number")).toContain("quyển biên lai giấy");
  expect((find("fee-take") as HTMLButtonElement).disabled).toBe(true);
  press("Escape");
  press("F8", { shiftKey: true });
  for (const [id, value] of Object.entries({ "book-template": "02BLP2-001", "book-sign": "AB-26P", "book-first": "1201", "book-last": "1250" })) fill(await seen(id), value);
  (await seen("book-add")).click();
  await soon(() => expect(text("fee-book")).toContain("0001201"));
});

it("a shift is closed with what was counted; what differs wants its reason", async () => {
  close = await openWindow("in&empty");
  await charged();
  press("F8");
  await seen("fee-take");
  press("Enter", { ctrlKey: true });
  await seen("fee-receipt-0000001");
  press("Escape");
  await soon(() => expect(fees.shown).toBe(false));
  press("F8", { shiftKey: true });
  await soon(() => expect(text("shift-difference"), "before anything is counted nothing is short").toBe("–"));
  expect((find("shift-close") as HTMLButtonElement).disabled).toBe(true);
  fill(await seen("note-5000"), "2");
  await soon(() => expect(text("shift-difference")).toBe("thừa 2.000 đ"));
  expect((find("shift-close") as HTMLButtonElement).disabled).toBe(true);
  fill(await seen("shift-reason"), "Khách không lấy tiền thừa");
  press("Enter", { ctrlKey: true });
  await seen("shift-closed-1");
  expect(text("shift-closed-1")).toContain("thừa 2.000 đ");
});
