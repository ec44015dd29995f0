/** A locked desk shows nothing and loses nothing, whoever comes next. */
import { afterEach, expect, it, vi } from "vitest";
import type { DeskEvent } from "../bindings/DeskEvent";
import type { UserError } from "../bindings/UserError";
import { frame } from "../features/frame/controller.svelte";
import { intake } from "../features/intake/controller.svelte";
import { notices } from "../features/notices/controller.svelte";
import { session } from "../features/session/controller.svelte";
import type { Desk } from "../lib/desk";
import { accept, CARD, draft, fill, find, focused, openWindow, press, seen, soon } from "./hands";

vi.setConfig({ testTimeout: 30_000 });

let close: () => void = () => undefined;
let desk: Desk;
afterEach(() => close());

const open = async (options: string) => {
  close = await openWindow(options, (one) => (desk = one));
};
const tell = (event: DeskEvent) => (globalThis as unknown as { deskEvent: (event: DeskEvent) => void }).deskEvent(event);
const text = (element: Element | null) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
const chosen = () => document.querySelector<HTMLElement>("[role=radio][aria-checked=true]")?.dataset.testid;
const value = (id: string) => (find(id) as HTMLInputElement | null)?.value;

async function signIn(who: string): Promise<void> {
  (await seen(`sign-in-user-${who}`)).click();
  fill(await seen("sign-in-password"), "tap-huan");
  (await seen("sign-in-submit")).click();
  await soon(() => expect(session.user?.login).toBe(who));
}

it("Ctrl+L writes down what is typed; another clerk finds the same dossier and the same field", async () => {
  await open("empty&in");
  await draft("khai sinh", "1.001193");
  const id = intake.dossier?.id ?? "";
  (await seen("applicant-phone")).focus();
  fill(await seen("applicant-phone"), "0912 345 678");
  expect(press("l", { code: "KeyL", ctrlKey: true }).defaultPrevented).toBe(true);
  expect(text(await seen("locked"))).toBe("Bàn đã khóa. Hồ sơ đang làm còn nguyên.");
  expect(document.body.textContent, "nothing of the citizen is on the screen").not.toContain("NGUYỄN VĂN MẪU");
  expect(chosen()).toBe("sign-in-user-clerk");
  await soon(async () => expect((await desk.station()).signed_in).toBe(null));
  expect([intake.dossier, intake.form.name]).toEqual([null, ""]);

  await signIn("postal");
  expect([frame.screen.name, intake.dossier?.id]).toEqual(["intake", id]);
  expect(value("applicant-phone"), "typed a moment before").toBe("0912 345 678");
  expect((await desk.openDossier(id)).applicant.phone, "and written down before the door closed").toBe("0912 345 678");
  await soon(() => expect(focused()).toBe("applicant-phone"));
});

it("a new dossier that nothing was typed into is still there", async () => {
  await open("empty&in");
  await seen("new-dossier");
  press("F2");
  await seen("applicant-name");
  const id = intake.dossier?.id;
  press("l", { code: "KeyL", ctrlKey: true });
  await signIn("clerk");
  expect(intake.dossier?.id).toBe(id);
});

it("the desk that locks itself says so, and a save that comes too late makes no noise and loses nothing", async () => {
  await open("empty&in");
  await draft("khai sinh", "1.001193");
  const id = intake.dossier?.id ?? "";
  await desk.signOut();
  fill(await seen("applicant-address"), "Số 2, đường Mới");
  tell({ kind: "locked" });
  const line = await seen("locked");
  expect(text(line)).toBe("Bàn tự khóa vì một lúc không có ai. Hồ sơ đang làm còn nguyên.");
  await new Promise((done) => setTimeout(done, 500));
  expect([notices.toasts.length, find("toast")]).toEqual([0, null]);

  await signIn("clerk");
  expect(value("applicant-address")).toBe("Số 2, đường Mới");
  await soon(async () => expect((await desk.openDossier(id)).applicant.address).toBe("Số 2, đường Mới"));
});

it("a refusal because nobody is signed in locks the screen, in place of an error", async () => {
  await open("in");
  (await seen("nav-today")).click();
  await seen("received-row");
  desk.openDossier = () => Promise.reject({ code: "not_signed_in", message: "Chưa có ai đăng nhập.", hint: null, reference: "" } satisfies UserError);
  find("received-row")?.click();
  expect((await seen("locked")).dataset.why).toBe("itself");
  expect(find("toast")).toBe(null);
});

it("who may not open the dossier begins at the day", async () => {
  await open("in");
  (await seen("received-row")).click();
  await seen("dossier-code");
  press("l", { code: "KeyL", ctrlKey: true });
  await seen("locked");
  desk.openDossier = () => Promise.reject({ code: "not_allowed", message: "Không có quyền.", hint: null, reference: "" } satisfies UserError);
  await signIn("postal");
  await seen("received-row");
  expect([frame.screen.name, intake.dossier, notices.toasts.length]).toEqual(["today", null, 0]);
});

it("the receipt that was shown is shown again", async () => {
  await open("empty&in");
  await draft("ket hon", "1.000894");
  await accept();
  press("l", { code: "KeyL", ctrlKey: true });
  await signIn("supervisor");
  await soon(() => expect(find("receipt-preview")?.dataset.ready).toBe("true"));
});

it("the menu locks too, from any screen; signing out lands on the day", async () => {
  await open("in");
  (await seen("nav-settings")).click();
  await seen("theme-select");
  (await seen("user-menu")).click();
  (await seen("lock")).click();
  await signIn("postal");
  await seen("theme-select");
  (await seen("user-menu")).click();
  (await seen("sign-out")).click();
  await seen("sign-in-password");
  expect(find("locked")).toBe(null);
  await signIn("clerk");
  await seen("received-row");
  expect(frame.screen.name).toBe("today");
});

it("a wrong password leaves the desk locked and the work where it is", async () => {
  await open("in");
  (await seen("nav-dossiers")).click();
  await soon(() => expect(frame.screen.name).toBe("dossiers"));
  press("l", { code: "KeyL", ctrlKey: true });
  fill(await seen("sign-in-password"), "sai");
  (await seen("sign-in-submit")).click();
  await seen("sign-in-error");
  expect(find("locked") !== null).toBe(true);
  await signIn("clerk");
  expect(frame.screen.name).toBe("dossiers");
});

it("Ctrl+L works over a dialog", async () => {
  await open("in");
  await seen("new-dossier");
  press("k", { code: "KeyK", ctrlKey: true });
  await seen("search-all");
  press("l", { code: "KeyL", ctrlKey: true });
  await seen("locked");
  await signIn("clerk");
  expect(find("search-all")).toBe(null);
});

it("a card on the sign-in screen is no attempt to sign in", async () => {
  await open("empty");
  const tried = vi.spyOn(desk, "signIn");
  const field = (await seen("sign-in-password")) as HTMLInputElement;
  field.focus();
  for (const char of CARD) {
    const target = document.activeElement as HTMLInputElement;
    if (press(char).defaultPrevented) continue;
    target.setRangeText(char, target.value.length, target.value.length, "end");
    target.dispatchEvent(new InputEvent("input", { bubbles: true, data: char, inputType: "insertText" }));
  }
  press("Enter");
  expect(text(await seen("sign-in-card"))).toBe("Đăng nhập trước, rồi đưa lại thẻ.");
  expect([field.value, tried.mock.calls.length]).toEqual(["", 0]);
});
