/** Passwords, people, the key for the safe: who sees what, what is told where, and that nothing is asked twice. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { notices } from "../features/notices/controller.svelte";
import { safety } from "../features/safety/controller.svelte";
import type { Desk } from "../lib/desk";
import { fill, find, focused, openWindow, press, seen, soon } from "./hands";

vi.setConfig({ testTimeout: 30_000 });

const KEY = "7K3M-Q2XA-9TBD-V5RN-0H8C-W6PE-4JSY-1GFZ";
const FRESH = "mat-khau-moi";

let close: () => void = () => undefined;
let desk: Desk;
afterEach(() => close());

const open = async (options: string) => {
  close = await openWindow(options, (one) => (desk = one));
};
const text = (element: Element | null | undefined) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
const under = (id: string) => text(document.getElementById(`${id}-error`));
const put = async (id: string, value: string) => fill(await seen(id), value);
const push = async (id: string) => (await seen(id)).click();
const of = (id: string, login: string) => soon(() => {
  const found = document.querySelector<HTMLElement>(`[data-testid="${id}"][data-login="${login}"]`);
  if (!found) throw new Error(`${id} of ${login} is not there`);
  return found;
});
const settings = async (part: string) => {
  await push("nav-settings");
  await push(`settings-nav-${part}`);
};

describe("one's own password", () => {
  it("is changed with the old one, and every mistake is told at its field", async () => {
    await open("in");
    await settings("password");
    await put("password-new", "ngan");
    await push("password-submit");
    expect([under("password-old"), under("password-new")]).toEqual(["Chưa nhập.", "Quá ngắn: cần ít nhất 8 ký tự."]);
    await soon(() => expect(focused()).toBe("password-old"));
    await put("password-old", "khong-phai");
    await put("password-new", FRESH);
    await put("password-again", `${FRESH}x`);
    await push("password-submit");
    await soon(() => expect(under("password-again")).toBe("Hai lần nhập không giống nhau."));
    await put("password-again", FRESH);
    await push("password-submit");
    await soon(() => expect(under("password-old")).toBe("Mật khẩu hiện tại không đúng."));
    expect(notices.failure).toBe(null);
    await put("password-old", "tap-huan");
    await push("password-submit");
    await soon(() => expect(notices.event?.text).toBe("Đã đổi mật khẩu của bạn."));
    expect((find("password-new") as HTMLInputElement).value, "nothing stays in the fields").toBe("");
    await expect(desk.signIn("clerk", "tap-huan")).rejects.toMatchObject({ code: "sign_in_failed" });
    await desk.signIn("clerk", FRESH);
  });

  it("is seen on demand only", async () => {
    await open("in");
    await settings("password");
    const field = (await seen("password-new")) as HTMLInputElement;
    expect(field.type).toBe("password");
    await push("password-show");
    await soon(() => expect(field.type).toBe("text"));
  });
});

describe("people", () => {
  it("and safety are for whoever administers", async () => {
    await open("in");
    await push("nav-settings");
    await soon(() => expect(safety.view).not.toBe(null));
    await seen("password-submit");
    expect([find("people"), find("recovery-state"), find("settings-nav-people")]).toEqual([null, null, null]);
  });

  it("are added, changed, given a password, taken away and brought back", async () => {
    await open("in=supervisor");
    await settings("people");
    await push("person-add");
    await put("person-name", "Đỗ Thị Lan");
    await put("person-login", "Lan Đỗ");
    await put("person-new", FRESH);
    await put("person-again", FRESH);
    await push("person-save");
    await soon(() => expect(under("person-login")).toContain("Chỉ dùng chữ thường không dấu"));
    await put("person-login", "clerk");
    await push("person-save");
    await soon(() => expect(under("person-login")).toBe("Tên đăng nhập này đang có người dùng."));
    await put("person-login", "lan");
    await push("person-save");
    expect(text(await of("person-row", "lan"))).toContain("Đỗ Thị LanlanCán bộ tiếp nhận");
    await soon(() => expect(focused(), "the hand is at the new row").toBe("person-change"));

    (await of("person-change", "lan")).click();
    await put("person-name", "Đỗ Thị Ngọc Lan");
    await push("person-save");
    await soon(async () => expect(text(await of("person-row", "lan"))).toContain("Đỗ Thị Ngọc Lan"));
    expect((await desk.station()).users.map((user) => user.name), "the sign-in screen follows").toContain("Đỗ Thị Ngọc Lan");

    (await of("person-remove", "lan")).click();
    const sheet = text(await seen("person-sheet"));
    expect(sheet).toContain("Thu quyền vào máy của Đỗ Thị Ngọc Lan?");
    expect(sheet, "and how to take it back").toContain("thêm người với đúng tên đăng nhập lan");
    await soon(() => expect(focused(), "Enter alone does no harm").toBe("person-cancel"));
    await push("person-save");
    await soon(async () => expect((await of("person-row", "lan")).dataset.active).toBe("false"));

    (await of("person-back", "lan")).click();
    await put("person-new", `${FRESH}-2`);
    await put("person-again", `${FRESH}-2`);
    await push("person-save");
    await soon(async () => expect((await of("person-row", "lan")).dataset.active).toBe("true"));
    (await of("person-password", "lan")).click();
    await put("person-new", `${FRESH}-3`);
    await put("person-again", `${FRESH}-3`);
    await push("person-save");
    await soon(() => expect(notices.event?.text).toBe("Đã đặt mật khẩu mới cho Đỗ Thị Ngọc Lan."));
    await desk.signIn("lan", `${FRESH}-3`);
  });

  it("adding a login that left says who comes back", async () => {
    await open("in=supervisor");
    await settings("people");
    await push("person-add");
    await put("person-login", "hoa");
    await soon(() => expect(text(document.getElementById("person-login-hint"))).toContain("Nguyễn Thị Hòa"));
  });

  it("a refusal stands in the dialog, and Esc keeps what was typed of a new person", async () => {
    await open("in=supervisor");
    await settings("people");
    (await of("person-remove", "supervisor")).click();
    await push("person-save");
    expect(text(await seen("person-error"))).toContain("người quản trị cuối cùng");
    press("Escape");
    await soon(() => expect(find("person-sheet")).toBe(null));
    await push("person-add");
    await put("person-name", "Đỗ Thị Lan");
    press("Escape");
    await push("person-add");
    expect(((await seen("person-name")) as HTMLInputElement).value).toBe("Đỗ Thị Lan");
  });

  it("who takes their own way in away is out", async () => {
    await open("in=supervisor");
    await desk.changePerson("clerk", "Trần Thị Ngọc Ánh", "administrator");
    await settings("people");
    (await of("person-remove", "supervisor")).click();
    expect(text(await seen("person-sheet"))).toContain("Đây là chính bạn");
    await push("person-save");
    await seen("sign-in-password");
    await soon(() => expect(find("sign-in-user-supervisor")).toBe(null));
    expect(find("locked")).toBe(null);
  });

  it("a card on the reader closes no dialog", async () => {
    await open("in=supervisor");
    await settings("people");
    await push("person-add");
    const name = (await seen("person-name")) as HTMLInputElement;
    await soon(() => expect(focused()).toBe("person-name"));
    name.dispatchEvent(new InputEvent("beforeinput", { bubbles: true, inputType: "insertFromPaste" }));
    name.setRangeText("099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Số 1, đường Mẫu|01052021");
    name.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
    await soon(() => expect(notices.event?.text).toContain("Đóng bảng đang mở"));
    expect([name.value, find("person-sheet") !== null]).toEqual(["", true]);
  });
});

describe("the key for the safe", () => {
  const banner = () => document.querySelector<HTMLElement>("[data-banner=recovery]");

  it("that is missing on a real station is told to who administers, and leads to where it is made", async () => {
    await open("in=supervisor&real");
    await soon(() => expect(text(banner())).toContain("Máy này chưa có khóa khôi phục."));
    await push("banner-open");
    expect((await seen("recovery-state")).dataset.state).toBe("none");
    await soon(() => expect(document.activeElement?.id).toBe("settings-safety"));
  });

  for (const [who, options] of [
    ["a clerk", "in&real"],
    ["a training station", "in=supervisor"],
    ["a station that has one", "in=supervisor&real&key"],
  ] as const) {
    it(`is no matter for ${who}`, async () => {
      await open(options);
      await soon(() => expect(safety.view).not.toBe(null));
      await new Promise((done) => setTimeout(done, 30));
      expect(banner()).toBe(null);
    });
  }

  it("is shown once, and goes only when its first group was typed", async () => {
    await open("in=supervisor&real");
    await settings("safety");
    await push("recovery-new");
    expect(text(await seen("recovery-key"))).toBe(KEY.replaceAll("-", " "));
    await soon(() => expect(focused()).toBe("recovery-noted"));
    press("Escape");
    await seen("recovery-proof");
    expect(find("recovery-key"), "what is asked is not in sight").toBe(null);
    await put("recovery-proof", "Q2XA");
    await push("recovery-proof-submit");
    await seen("recovery-proof-error");
    press("Escape");
    await seen("recovery-key");
    await push("recovery-noted");
    await put("recovery-proof", "7k3m");
    await push("recovery-proof-submit");
    await soon(() => expect(find("recovery-sheet")).toBe(null));
    await soon(() => expect([find("recovery-state")?.dataset.state, banner()]).toEqual(["made", null]));
    expect(document.body.textContent).not.toContain("7K3M");
  });

  it("that went off the screen unproven is not taken for one", async () => {
    await open("in=supervisor&real");
    await settings("safety");
    await push("recovery-new");
    await seen("recovery-key");
    press("l", { code: "KeyL", ctrlKey: true });
    await seen("locked");
    expect(document.body.textContent).not.toContain("7K3M");
    await put("sign-in-password", "tap-huan");
    await push("sign-in-submit");
    await soon(() => expect(find("recovery-state")?.dataset.state).toBe("unproven"));
    await soon(() => expect(text(banner())).toContain("chưa được xác nhận"));
  });

  it("is not made anew by one press: the sheet in the safe would be worth nothing", async () => {
    await open("in=supervisor&real&key");
    const made = vi.spyOn(desk, "newRecoveryKey");
    await settings("safety");
    await push("recovery-new");
    await soon(() => expect(focused()).toBe("recovery-cancel"));
    expect(made).not.toHaveBeenCalled();
    await push("recovery-make");
    await seen("recovery-key");
  });

  it("is printed alone, and where nothing prints it is to be written down", async () => {
    await open("in=supervisor&real");
    await settings("safety");
    await push("recovery-new");
    await seen("recovery-key");
    const slip = document.querySelector<HTMLElement>("body > .slip");
    for (const part of ["Trung tâm Phục vụ hành chính công phường Mẫu", "Quầy 03", "7K3M Q2XA", "Người tạo khóa", "Người giữ két"]) expect(text(slip)).toContain(part);
    const print = vi.spyOn(window, "print").mockImplementation(() => void window.dispatchEvent(new Event("beforeprint")));
    await push("recovery-print");
    expect(print).toHaveBeenCalled();
    await soon(() => expect(focused()).toBe("recovery-noted"));
    expect(find("recovery-cannot-print")).toBe(null);
    print.mockImplementation(() => undefined);
    await push("recovery-print");
    await seen("recovery-cannot-print");
    print.mockRestore();
  });

  it("sets a new password at the sign-in screen; every mistake is told at its field", async () => {
    await open("empty");
    await push("forgot");
    await soon(() => expect(focused()).toBe("recover-key"));
    await put("recover-key", "7k3m q2xa");
    expect((find("recover-key") as HTMLInputElement).value).toBe("7K3M-Q2XA");
    await push("recover-submit");
    await soon(() => expect([under("recover-key"), under("recover-new")]).toEqual(["Mới có 8/32 ký tự. Gõ đủ tám nhóm trên phiếu.", "Chưa nhập."]));
    await put("recover-key", KEY.replace("7K3M", "7K3N"));
    await put("recover-new", FRESH);
    await put("recover-again", FRESH);
    await push("recover-submit");
    await soon(() => expect(under("recover-key")).toContain("không mở được máy Quầy 03"));
    await put("recover-key", ` ${KEY.toLowerCase().replaceAll("-", " ")}\n`);
    const who = (await seen("recover-person")) as HTMLSelectElement;
    who.value = "supervisor";
    who.dispatchEvent(new Event("change", { bubbles: true }));
    await push("recover-submit");
    expect(text(await seen("recovered"))).toBe("Đã đặt mật khẩu mới cho Lê Hoàng Yến. Đăng nhập bằng mật khẩu đó.");
    await put("sign-in-password", FRESH);
    await push("sign-in-submit");
    await seen("received-row").catch(() => seen("new-dossier"));
    expect(find("recover-key")).toBe(null);
  });

  it("Esc leaves it", async () => {
    await open("empty");
    await push("forgot");
    await put("recover-key", KEY);
    press("Escape");
    await seen("sign-in-password");
    await push("forgot");
    expect(((await seen("recover-key")) as HTMLInputElement).value, "typed keys do not stay").toBe("");
  });
});

it("how long a desk may stand alone is chosen, and what that means is said", async () => {
  await open("in=supervisor");
  await settings("safety");
  (await seen("idle-select")).querySelector<HTMLInputElement>("input[value='0']")?.click();
  await soon(async () => expect((await desk.safety()).idle_minutes).toBe(0));
  await soon(() => expect(text(find("idle-select")?.parentElement)).toContain("Rời bàn phải bấm Ctrl+L"));
});
