/** What is held before the reader: a paper of ours opens its dossier from anywhere, and somebody else's code does nothing. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { frame } from "../features/frame/controller.svelte";
import { intake } from "../features/intake/controller.svelte";
import { notices } from "../features/notices/controller.svelte";
import { desk } from "../lib/desk";
import { accept, draft, find, openWindow, paste, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
vi.setConfig({ testTimeout: 30_000 });
beforeEach(async () => (close = await openWindow("in")));
afterEach(() => close());

const paper = (code: string) => `MC1|${code}|1.001193|099099000000|Giấy tiếp nhận hồ sơ và hẹn trả kết quả|Hệ thống|2026-11-23T09:15:00+07:00|2026-11-27T09:15:00+07:00`;
const told = () => notices.toasts.map((toast) => toast.text).join(" ");

async function receipt(): Promise<string> {
  await draft("khai sinh", "1.001193");
  await accept();
  const code = intake.dossier?.code ?? "";
  expect(code).not.toBe("");
  press("F2");
  await soon(() => expect(intake.dossier?.code ?? null).toBe(null));
  return code;
}

it("a receipt before the reader opens its dossier, from a half-filled draft, the lists and the search box", async () => {
  const code = await receipt();
  const half = intake.dossier?.id;
  paste(await seen("applicant-name"), paper(code).toLowerCase());
  await soon(() => expect(intake.dossier?.code).toBe(code));
  expect((await desk.openDossier(half ?? "")).applicant.name, "the draft that was on the table holds nothing of it").toBe("");

  await frame.go({ name: "dossiers", text: "" });
  paste(await seen("dossier-filter"), paper(code));
  await soon(() => expect([frame.screen.name, intake.dossier?.code]).toEqual(["intake", code]));

  await frame.go({ name: "today" });
  press("k", { ctrlKey: true });
  paste(await seen("search-all"), paper(code));
  await soon(() => expect([frame.searching, frame.screen.name, intake.dossier?.code]).toEqual([false, "intake", code]));
});

it("a receipt of another station and a code of somebody else do nothing but say so", async () => {
  await draft("khai sinh", "1.001193");
  const before = JSON.stringify(intake.dossier);
  paste(await seen("applicant-address"), paper("H99.1-261123-9999"));
  await soon(() => expect(told()).toContain("H99.1-261123-9999"));
  paste(await seen("applicant-address"), "1|Quán cà phê|mật khẩu ở trên bàn, xin hỏi người bán hàng|x");
  await soon(() => expect(told()).toContain("không làm gì"));
  expect(JSON.stringify(intake.dossier)).toBe(before);
  expect(find("dossier-code")).toBe(null);
});
