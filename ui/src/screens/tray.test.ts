/** Watched folders in the window: chosen, shown with a count, taken into the selected paper, and no file goes unsaid. T-08, T-22, T-23. */
import { afterEach, expect, it, vi } from "vitest";
import { frame } from "../features/frame/controller.svelte";
import { intake } from "../features/intake/controller.svelte";
import { tray } from "../features/tray/controller.svelte";
import { desk } from "../lib/desk";
import { find, focused, openWindow, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
afterEach(() => close());
vi.setConfig({ testTimeout: 30_000 });

const all = (id: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
const text = (id: string) => (find(id)?.textContent ?? "").replace(/\s+/g, " ").trim();

/** A draft with papers on the table. */
async function draft(options: string): Promise<void> {
  close = await openWindow(options);
  await seen("nav-mixed");
  const view = await desk.newDossier();
  const [hit] = await desk.findProcedures("", 1);
  await desk.chooseProcedure(view.id, hit?.code ?? "", null);
  await intake.open(view.id);
  await frame.go({ name: "intake" });
  await seen("tray-open");
}

it("what waits is counted, taken into the selected paper by keys, and what is not whole stays with its reason", async () => {
  await draft("in&folders");
  await soon(() => expect(text("tray-open")).toContain("(2)"));
  press("k", { altKey: true });
  await seen("tray");
  await soon(() => expect(focused()).toBe("tray-item"));
  expect(all("tray-waiting").map((one) => one.dataset.why)).toEqual(["growing", "kind"]);
  expect(text("tray")).toContain("đã nhận trước đây");
  expect(text("tray-away")).toContain("không tệp nào mất");
  press("Enter");
  document.activeElement?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  await soon(() => expect(all("tray-item").length).toBe(1));
  expect(intake.component?.pages.length).toBe(2);
  press("Enter", { ctrlKey: true });
  await soon(() => expect(all("tray-item").length).toBe(0));
  expect(intake.component?.pages.length).toBe(16);
  expect(all("tray-waiting").length, "what was not whole is still there").toBe(2);
  press("Escape");
  await soon(() => expect(find("tray")).toBeNull());
});

it("a folder is chosen in the settings, told what becomes of its files, and watched no longer", async () => {
  await draft("in");
  press("k", { altKey: true });
  (await seen("tray-settings")).click();
  await seen("folders-none");
  (await seen("folder-pick")).click();
  await seen("folder");
  expect(find("folder")?.dataset.done).toBe("move");
  await tray.setDone(tray.folders?.[0]?.id ?? "", "delete");
  await soon(() => expect(find("folder")?.dataset.done).toBe("delete"));
  (await seen("folder-remove")).click();
  await seen("folders-none");
});

it("a folder that is refused says why, and what is watched stays", async () => {
  close = await openWindow("in&folders", (desk) => {
    desk.pickFolder = () => Promise.reject({ code: "folder_unfit", message: "Không nhận bản quét từ thư mục này được.", hint: "Chọn thư mục khác.", reference: "" });
  });
  await seen("nav-mixed");
  await frame.go({ name: "settings", part: "folders" });
  await soon(() => expect(all("folder").length).toBe(2));
  (await seen("folder-pick")).click();
  await soon(() => expect(document.body.textContent).toContain("Không nhận bản quét từ thư mục này được."));
  expect(all("folder").length).toBe(2);
});
