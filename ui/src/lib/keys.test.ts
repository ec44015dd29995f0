import { expect, it } from "vitest";
import { chordOf, isBrowserKey, takesText } from "./keys";

const press = (key: string, more: KeyboardEventInit = {}) => chordOf(new KeyboardEvent("keydown", { key, ...more }));

it("keys have one name each, whatever Telex or Caps Lock make of the letter", () => {
  expect(press("F2")).toBe("F2");
  expect(press("k", { ctrlKey: true, code: "KeyK" })).toBe("Ctrl+K");
  expect(press("K", { ctrlKey: true, code: "KeyK" })).toBe("Ctrl+K");
  expect(press("Process", { ctrlKey: true, code: "KeyK" })).toBe("Ctrl+K");
  expect(press("ArrowUp", { altKey: true })).toBe("Alt+ArrowUp");
  expect(press("?", { shiftKey: true })).toBe("?");
  // A Vietnamese layout has letters on its digits.
  expect(press("\u0103", { altKey: true, code: "Digit1" })).toBe("Alt+1");
  expect(press("!", { altKey: true, shiftKey: true, code: "Digit1" })).toBe("Alt+Shift+1");
  expect(press("1", { code: "Digit1" })).toBe("1");
  expect(press(" ")).toBe("Space");
  expect(press("F2", { shiftKey: true })).toBe("Shift+F2");
});

it("the web view's own keys are known", () => {
  for (const chord of ["F5", "F3", "Ctrl+R", "Ctrl+P", "Alt+ArrowLeft"]) expect(isBrowserKey(chord), chord).toBe(true);
  for (const chord of ["Ctrl+C", "Ctrl+V", "Ctrl+Z", "Tab", "F12", "Escape"]) expect(isBrowserKey(chord), chord).toBe(false);
});

it("only fields that can be typed into take text", () => {
  const input = document.createElement("input");
  expect(takesText(input)).toBe(true);
  input.readOnly = true;
  expect(takesText(input)).toBe(false);
  const radio = document.createElement("input");
  radio.type = "radio";
  expect(takesText(radio)).toBe(false);
  expect(takesText(document.createElement("button"))).toBe(false);
});
