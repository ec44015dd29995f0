/** T-52 in the window: the focused element gets back what it had, and nothing is pressed. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { attachWedge } from "./wedge.dom";

const CARD = "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Số 1, đường Mẫu, phường Mẫu, TP Cần Thơ|01052021";

let cards: string[] = [];
let detach = (): void => undefined;
let pressed = 0;
let now = 0;

/** Types as a browser does: keydown, then the text goes to whatever has the focus, then input. */
function type(text: string, gap = 6): void {
  for (const char of text) {
    now += gap;
    vi.setSystemTime(now);
    const down = new KeyboardEvent("keydown", { key: char, bubbles: true, cancelable: true });
    (document.activeElement ?? document.body).dispatchEvent(down);
    const target = document.activeElement;
    if (down.defaultPrevented || !(target instanceof HTMLInputElement) || !/^(text|password)$/.test(target.type)) continue;
    target.setRangeText(char, target.selectionStart ?? 0, target.selectionEnd ?? 0, "end");
    target.dispatchEvent(new InputEvent("input", { data: char, inputType: "insertText", bubbles: true }));
  }
}

function press(key: string): void {
  now += 6;
  const down = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  (document.activeElement ?? document.body).dispatchEvent(down);
  if (!down.defaultPrevented) pressed += 1;
}

function field(value: string): HTMLInputElement {
  document.body.innerHTML = "";
  const input = document.createElement("input");
  input.type = "text";
  input.value = value;
  document.body.append(input);
  return input;
}

beforeEach(() => {
  cards = [];
  pressed = 0;
  now = 10_000;
  vi.useFakeTimers({ now, toFake: ["setTimeout", "clearTimeout", "Date"] });
  vi.spyOn(performance, "now").mockImplementation(() => now);
  vi.spyOn(Event.prototype, "timeStamp", "get").mockImplementation(() => now);
});
afterEach(() => {
  detach();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("a reading into a password", () => {
  it("types nothing into it and does not sign in", () => {
    const input = field("mật khẩu");
    input.type = "password";
    detach = attachWedge((text) => cards.push(text));
    input.focus();
    type(CARD);
    press("Enter");
    expect(cards).toEqual([CARD]);
    expect([input.value, pressed]).toEqual(["mật khẩu", 0]);
    expect(document.activeElement === input).toBe(true);
  });

  it("a password typed by a person passes, bars and all", () => {
    const input = field("");
    input.type = "password";
    detach = attachWedge((text) => cards.push(text));
    input.focus();
    type("12345|67|8", 90);
    press("Enter");
    expect([input.value, pressed, cards]).toEqual(["12345|67|8", 1, []]);
  });
});

describe("a reading into a field", () => {
  for (const end of ["Enter", "Tab"]) {
    it(`that ends with ${end} leaves value, caret and selection as they were`, () => {
      const input = field("Lê Văn Tám");
      detach = attachWedge((text) => cards.push(text));
      input.focus();
      input.setSelectionRange(3, 6);
      type(CARD);
      press(end);
      expect(cards).toEqual([CARD]);
      expect(input.value, "what was typed before stays whole").toBe("Lê Văn Tám");
      expect([input.selectionStart, input.selectionEnd]).toEqual([3, 6]);
      expect(document.activeElement === input, "the focus is back").toBe(true);
      expect(pressed, `${end} of the reader presses nothing`).toBe(0);
    });
  }

  it("that ends with nothing is read after a silence", () => {
    const input = field("");
    detach = attachWedge((text) => cards.push(text));
    input.focus();
    type(CARD);
    expect(cards, "the reader may still be typing").toEqual([]);
    now += 200;
    vi.advanceTimersByTime(200);
    expect(cards).toEqual([CARD]);
    expect(input.value).toBe("");
  });

  it("that is held up in its middle types nothing elsewhere, and its late Enter presses nothing", () => {
    const input = field("Lê");
    const next = document.createElement("input");
    next.type = "text";
    document.body.append(next);
    // As the desk does: what is read leads on to the next field.
    detach = attachWedge((text) => (cards.push(text), next.focus()));
    input.focus();
    const half = CARD.lastIndexOf("|") + 3;
    type(CARD.slice(0, half));
    now += 600;
    vi.advanceTimersByTime(600);
    expect(cards, "half a card fills no form").toEqual([]);
    type(CARD.slice(half));
    now += 200;
    vi.advanceTimersByTime(200);
    expect(cards).toEqual([CARD]);
    press("Enter");
    expect([input.value, next.value, pressed]).toEqual(["Lê", "", 0]);
    now += 400;
    press("Enter");
    expect(pressed, "a person's Enter").toBe(1);
  });

  it("tells listeners of the field its former value", () => {
    const input = field("Lê");
    detach = attachWedge((text) => cards.push(text));
    let seen = "";
    input.addEventListener("input", () => (seen = input.value));
    input.focus();
    input.setSelectionRange(2, 2);
    type(CARD);
    press("Enter");
    expect(seen, "bound state must not keep half a card").toBe("Lê");
  });

  it("pasted whole is a card", () => {
    const input = field("Lê");
    detach = attachWedge((text) => cards.push(text));
    input.focus();
    input.setSelectionRange(2, 2);
    input.dispatchEvent(new InputEvent("beforeinput", { inputType: "insertFromPaste", bubbles: true }));
    input.setRangeText(CARD, 2, 2, "end");
    input.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste", bubbles: true }));
    expect(cards).toEqual([CARD]);
    expect(input.value).toBe("Lê");
  });
});

describe("a reading while a button has the focus", () => {
  it("presses no button and comes back to it", () => {
    document.body.innerHTML = "<button>Tiếp nhận</button>";
    const button = document.querySelector("button") as HTMLButtonElement;
    let clicks = 0;
    button.addEventListener("click", () => (clicks += 1));
    detach = attachWedge((text) => cards.push(text));
    button.focus();
    type(CARD);
    press("Enter");
    expect(cards).toEqual([CARD]);
    expect(clicks).toBe(0);
    expect(pressed).toBe(0);
    expect(document.activeElement === button, "the focus is back").toBe(true);
  });
});

describe("a person", () => {
  it("typing slowly with bars keeps every letter", () => {
    const input = field("");
    detach = attachWedge((text) => cards.push(text));
    input.focus();
    type("12 | 34 | 56", 160);
    press("Enter");
    now += 500;
    vi.advanceTimersByTime(500);
    expect(input.value).toBe("12 | 34 | 56");
    expect(cards).toEqual([]);
    expect(pressed).toBe(1);
  });

  it("gets back a fast text with one bar", () => {
    const input = field("Số ");
    detach = attachWedge((text) => cards.push(text));
    input.focus();
    input.setSelectionRange(3, 3);
    type("12345|6", 5);
    now += 200;
    vi.advanceTimersByTime(200);
    expect(input.value).toBe("Số 12345|6");
    expect(cards).toEqual([]);
  });
});
