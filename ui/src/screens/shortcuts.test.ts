/** Keys are changed by pressing others; what is pressed, shown and told of follows. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { catalogue, changed, refusal, takenBy } from "../features/keys/catalogue";
import { keyboard } from "../features/keys/controller.svelte";
import { chords } from "../lib/chords.svelte";
import { accept, draft, fill, find, focused, openWindow, press, seen, soon } from "./hands";

let close: () => void;
vi.setConfig({ testTimeout: 30_000 });
beforeEach(async () => {
  chords.map = {};
  close = await openWindow("empty&in=supervisor");
});
afterEach(() => {
  chords.map = {};
  close();
});

async function change(chord: string, key: string, more: KeyboardEventInit = {}): Promise<void> {
  const button = await seen(`shortcut-${chord}`);
  button.focus();
  button.click();
  await soon(() => expect(button.textContent).toContain("phím mới"));
  press(key, more);
}

it("a key is changed by pressing another, and every hint says so", async () => {
  (await seen("nav-settings")).click();
  await change("F2", "F1");
  await soon(() => expect(chords.of("F2")).toBe("F1"));
  expect(find("f-key-F2")?.textContent).toContain("F1");
  expect(find("new-dossier")?.getAttribute("aria-keyshortcuts")).toBe("F1");
  press("F2");
  expect(find("applicant-id-number"), "the old key does nothing now").toBe(null);
  press("F1");
  await seen("applicant-id-number");
  press("?");
  // Typed into a field the sign is a letter; out of it, the sheet comes.
  (document.activeElement as HTMLElement).blur();
  press("?");
  expect((await seen("key-sheet")).textContent).toContain("F1");
});

it("a key that is taken is offered in exchange; a reserved one is refused with a sentence", async () => {
  (await seen("nav-settings")).click();
  await change("F5", "F6");
  expect((await seen("shortcut-told")).textContent).toContain("Thành phần kế");
  press("Enter");
  await soon(() => expect([chords.of("F5"), chords.of("F6")]).toEqual(["F6", "F5"]));
  await change("F9", "x");
  expect((await seen("shortcut-told")).textContent).toContain("Phím chữ");
  press("ArrowDown");
  expect((await seen("shortcut-told")).textContent).toContain("đi lại");
  press("Escape");
  await soon(() => expect(find("shortcut-told")).toBe(null));
  expect(chords.of("F9"), "Esc changes nothing").toBe("F9");
  expect(find("settings-nav-look"), "and leaves no screen").not.toBe(null);
  (await seen("shortcut-reset-F5")).click();
  await soon(() => expect(chords.map).toEqual({}));
});

it("no key stands for two, whatever is changed in whatever order", () => {
  const all = catalogue();
  let map: Record<string, string> = {};
  for (const [from, to] of [["F5", "F6"], ["F6", "F9"], ["F9", "F1"], ["F5", "Alt+X"], ["Ctrl+K", "F5"]] as const) {
    map = changed(map, from, to, all);
    const pressed = all.map((one) => map[one.chord] ?? one.chord);
    expect(new Set(pressed).size, `${from} to ${to}`).toBe(pressed.length);
  }
  expect(takenBy("F5", "F2", map, all)?.chord).toBe("Ctrl+K");
  for (const bad of ["Escape", "Tab", "Enter", "Ctrl+C", "Ctrl+Z", "Alt+F4", "Ctrl+Alt+Delete", "A", "Space", "Dead", "?"]) {
    expect(refusal(bad, "F5"), bad).toBeTruthy();
  }
  for (const good of ["F8", "F1", "Ctrl+J", "Alt+S", "Ctrl+Shift+K"]) expect(refusal(good, "F5"), good).toBe(null);
  expect(refusal("T", "R"), "a bare key may stand for a bare key").toBe(null);
});

/** A key that works and is not in the list could be changed by nobody, and be given away twice. */
it("every key of every screen is in the list", async () => {
  const known = new Set(catalogue().map((one) => one.chord));
  const fixed = new Set(["Escape", "Enter", "?", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "ArrowDown", "Alt+ArrowLeft", "Alt+ArrowRight", "Ctrl+Enter", "Ctrl+=", "Ctrl++", "Ctrl+-", "Ctrl+0"]);
  const missing = new Set<string>();
  const look = () => keyboard.actions.forEach(({ chord }) => known.has(chord) || fixed.has(chord) || missing.add(chord));
  for (const screen of ["nav-today", "nav-dossiers", "nav-settings", "status-sync"]) {
    (await seen(screen)).click();
    await soon(look);
  }
  await draft("khai sinh", "1.001193");
  look();
  await accept();
  look();
  press("Escape");
  look();
  expect([...missing]).toEqual([]);
});

it("the sheet of keys is searched by typing, without marks", async () => {
  await seen("new-dossier");
  press("?");
  await soon(() => expect(focused()).toBe("key-sheet-filter"));
  fill(await seen("key-sheet-filter"), "ho so moi");
  await soon(() => expect(find("key-sheet")?.querySelectorAll("dt").length).toBe(1));
  fill(await seen("key-sheet-filter"), "khong co dau");
  await soon(() => expect(find("key-sheet")).toBe(null));
});
