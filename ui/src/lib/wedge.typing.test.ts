/**
 * B1, T-52: a reader is told from a person whatever stands between the keys and the field: Telex and VNI, by a program that
 * takes letters back and types others (as UniKey does), or by composing in place (as ibus does); and Caps Lock.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { attachWedge } from "./wedge.dom";

const CARD = "099099000000|099000000|NGUYỄN VĂN ĐƯỜNG|01011999|Nam|Số 1, đường Mẫu, phường Ví Dụ, TP Cần Thơ|01052021";

type Method = "telex" | "vni";

const MARKS: Record<Method, Record<string, string>> = {
  telex: { "\u0302": "=", "\u0306": "w", "\u031b": "w", "\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j", đ: "d" },
  vni: { "\u0302": "6", "\u0306": "8", "\u031b": "7", "\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5", đ: "9" },
};

/** The keys for a letter, each with what stands there after it. */
function strokes(letter: string, method: Method): { key: string; makes: string }[] {
  if (/đ/i.test(letter)) {
    const base = letter === "Đ" ? "D" : "d";
    const mark = MARKS[method]["đ"] ?? "";
    return [{ key: base, makes: base }, { key: mark === "d" ? base : mark, makes: letter }];
  }
  const [base = "", ...marks] = letter.normalize("NFD");
  // The shape of a vowel first, then its tone, as people learn it.
  marks.sort((a, b) => Number("\u0302\u0306\u031b".includes(b)) - Number("\u0302\u0306\u031b".includes(a)));
  let makes = base;
  return [
    { key: base, makes },
    ...marks.map((mark) => {
      makes = (makes + mark).normalize("NFC");
      const key = MARKS[method][mark] ?? "";
      return { key: key === "=" ? base : key, makes };
    }),
  ];
}

let now = 0;
let cards: string[] = [];
let pressed: string[] = [];
let detach = (): void => undefined;

function pass(gap: number): void {
  now += gap;
  vi.advanceTimersByTime(gap);
}

function down(key: string, more: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  return (document.activeElement ?? document.body).dispatchEvent(event);
}

/** What the engine does to the field that has the focus then. */
function put(text: string, inputType: string, from?: number, isComposing = false): void {
  const target = document.activeElement;
  if (!(target instanceof HTMLInputElement)) return;
  const told = { data: text, inputType, isComposing, bubbles: true };
  target.dispatchEvent(new InputEvent("beforeinput", { ...told, cancelable: true }));
  const end = target.selectionEnd ?? target.value.length;
  target.setRangeText(text, from ?? target.selectionStart ?? end, end, "end");
  target.dispatchEvent(new InputEvent("input", told));
}

const key = (char: string) => down(char) && put(char, "insertText");

/** A program between keyboard and window: takes letters back with Backspace and types others. */
function typeHooked(text: string, method: Method, gap: number): void {
  for (const letter of text) {
    strokes(letter, method).forEach(({ makes }, index) => {
      pass(gap);
      if (index > 0 && down("Backspace")) {
        const caret = (document.activeElement as HTMLInputElement).selectionStart ?? 0;
        put("", "deleteContentBackward", caret - 1);
      }
      key(makes);
    });
  }
}

/** An input method that composes a word in place until something ends it. */
function typeComposed(text: string, method: Method, gap: number): void {
  let word = "";
  const commit = () => {
    if (word === "") return;
    const at = (document.activeElement as HTMLInputElement).selectionEnd ?? 0;
    put(word, "insertFromComposition", at - word.length);
    document.activeElement?.dispatchEvent(new CompositionEvent("compositionend", { data: word, bubbles: true }));
    word = "";
  };
  for (const letter of text) {
    if (!/\p{L}/u.test(letter)) {
      pass(gap);
      commit();
      key(letter);
      continue;
    }
    for (const [index, { makes }] of strokes(letter, method).entries()) {
      pass(gap);
      down("Process", { isComposing: true });
      const before = word;
      word = (index === 0 ? word : word.slice(0, -1)) + makes;
      const caret = (document.activeElement as HTMLInputElement | null)?.selectionEnd ?? 0;
      if (before === "") document.activeElement?.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
      put(word, "insertCompositionText", caret - before.length, true);
    }
  }
  pass(gap);
  commit();
}

function press(name: string, gap: number): void {
  pass(gap);
  if (down(name)) pressed.push(name);
}

function field(value = ""): HTMLInputElement {
  document.body.innerHTML = "";
  const input = document.createElement("input");
  input.type = "text";
  input.value = value;
  document.body.append(input);
  detach = attachWedge((text) => cards.push(text));
  input.focus();
  input.setSelectionRange(value.length, value.length);
  return input;
}

beforeEach(() => {
  now = 10_000;
  cards = [];
  pressed = [];
  vi.useFakeTimers({ now, toFake: ["setTimeout", "clearTimeout"] });
  vi.spyOn(performance, "now").mockImplementation(() => now);
  vi.spyOn(Event.prototype, "timeStamp", "get").mockImplementation(() => now);
});
afterEach(() => {
  detach();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const engines = { "a program that retypes": typeHooked, "an input method that composes": typeComposed };

for (const [engine, type] of Object.entries(engines)) {
  for (const method of ["telex", "vni"] as const) {
    describe(`${method} by ${engine}`, () => {
      it("a reader that types the keys of the input method is read whole, and nothing of it stays", () => {
        const input = field("Lê Văn");
        type(CARD, method, 4);
        press("Enter", 4);
        expect(cards).toEqual([CARD]);
        expect(input.value).toBe("Lê Văn");
        expect(pressed, "its Enter presses nothing").toEqual([]);
      });

      it("a reader that types whole letters is read whole too", () => {
        const input = field("Lê Văn");
        for (const char of CARD) {
          pass(4);
          key(char);
        }
        pass(250);
        expect(cards).toEqual([CARD]);
        expect(input.value).toBe("Lê Văn");
      });

      it("a person in a hurry keeps every letter and every key", () => {
        const input = field();
        type("Đặng Thị Ngọc Mẫu | 0912 | Số 5", method, 55);
        press("Enter", 90);
        pass(500);
        expect(input.value).toBe("Đặng Thị Ngọc Mẫu | 0912 | Số 5");
        expect(cards).toEqual([]);
        expect(pressed).toEqual(["Enter"]);
      });
    });
  }
}

it("under Caps Lock the reader is known by its shape, and the letters go on as they came", () => {
  const input = field("Lê");
  const swapped = [...CARD].map((char) => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase())).join("");
  for (const char of swapped) {
    pass(4);
    key(char);
  }
  press("Enter", 4);
  expect(cards).toEqual([swapped]);
  expect(input.value).toBe("Lê");
});

it("under Caps Lock a person's letters stay as they are typed", () => {
  const input = field();
  typeHooked("nGUYỄN vĂN mẪU", "telex", 70);
  press("Tab", 80);
  expect([input.value, cards.length, pressed]).toEqual(["nGUYỄN vĂN mẪU", 0, ["Tab"]]);
});

it("in the middle of a word that is being composed, the reading is whole and the word stays", () => {
  const input = field();
  typeComposed("Trần Th", "telex", 80);
  pass(400);
  typeHooked(CARD, "telex", 4);
  press("Enter", 4);
  expect(cards).toEqual([CARD]);
  expect(input.value).toBe("Trần Th");
});
