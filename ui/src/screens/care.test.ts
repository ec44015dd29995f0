/** Backup and check in the window: started, watched, stopped, and told to whoever can do something about it. */
import { afterEach, expect, it, vi } from "vitest";
import { frame } from "../features/frame/controller.svelte";
import { find, openWindow, seen, soon } from "./hands";
import type { Desk } from "../lib/desk";

let close: () => void = () => undefined;
afterEach(() => close());
vi.setConfig({ testTimeout: 30_000 });

const text = (id: string) => (find(id)?.textContent ?? "").replace(/\s+/g, " ").trim();
const click = async (id: string) => (await seen(id)).click();
/** In the safety part, as whoever administers. */
async function safety(options: string, change?: (desk: Desk) => void): Promise<void> {
  close = await openWindow(options, change);
  await frame.go({ name: "settings", part: "safety" });
}

it("asks for a place once, backs up there and says what it came to", async () => {
  await safety("in=supervisor&empty&samedisk");
  expect((await seen("backup-state")).dataset.state).toBe("none");
  await click("backup-pick");
  await soon(() => expect(find("backup-state")?.dataset.state).toBe("made"));
  expect(text("backup-folder")).toContain("SAO-LUU");
  expect(text("backup-said")).toMatch(/Đã sao lưu 9 hồ sơ.*chính ổ đĩa/);
  expect(find("backup-pick"), "it is known now").toBeNull();
  await click("backup-now");
  await soon(() => expect(text("backup-said")).toContain("Đã sao lưu"));
});

it("a check that finds damage names the dossiers, and everybody is told until it is mended", async () => {
  await safety("in=supervisor&empty&damaged");
  await click("check-now");
  await soon(() => expect(text("check-said")).toContain("000.00.02.H99-261123-0004"));
  expect(find("check-state")?.dataset.state).toBe("bad");
  await frame.go({ name: "today" });
  await soon(() => expect(document.body.textContent).toContain("không còn như lúc nhận"));
});

it("a run can be stopped, and the next goes on", async () => {
  await safety("in=supervisor&empty", (desk) => {
    const check = desk.check;
    desk.check = (heard) => check((step) => (heard(step), step.done > 0 && void desk.cancelCare()));
  });
  await click("check-now");
  await soon(() => expect(text("check-said")).toContain("Đã dừng kiểm tra"));
});
