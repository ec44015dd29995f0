/** T-52: what a reader types is never half-filled, what a person types is never eaten. */
import { describe, expect, it } from "vitest";
import { PATIENT, Wedge, looksLikeCard, looksLikePaper, type Verdict } from "./wedge";

const CARD = "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Số 1, đường Mẫu, phường Mẫu, TP Cần Thơ|01052021";

/** Types a text at a pace and gathers what is left in the field and what was read. */
class Bench {
  readonly wedge = new Wedge();
  field: string[] = [];
  cards: string[] = [];
  pressed: string[] = [];
  now = 0;

  settle(verdict: Verdict, text = ""): void {
    if (verdict.kind === "pass" && text) this.field.push(text);
    if (verdict.kind === "take") this.field.splice(this.field.length - (verdict.count - 1), verdict.count - 1);
    if (verdict.kind === "give_back") this.field.push(verdict.text);
    if (verdict.kind === "card") this.cards.push(verdict.text);
  }

  type(text: string, gap: number | ((index: number) => number)): this {
    [...text].forEach((char, index) => {
      this.now += typeof gap === "number" ? gap : gap(index);
      this.settle(this.wedge.idle(this.now));
      this.settle(this.wedge.type(char, this.now), char);
    });
    return this;
  }

  end(key: string, gap = 8): this {
    this.now += gap;
    const verdict = this.wedge.end(this.now);
    this.settle(verdict);
    if (!(verdict.kind === "eat" || (verdict.kind === "card" && verdict.eat))) this.pressed.push(key);
    return this;
  }

  wait(ms: number): this {
    this.now += ms;
    this.settle(this.wedge.idle(this.now));
    return this;
  }

  get text(): string {
    return this.field.join("");
  }
}

describe("a reader", () => {
  for (const [name, finish] of [
    ["Enter", (bench: Bench) => bench.end("Enter")],
    ["Tab", (bench: Bench) => bench.end("Tab")],
    ["nothing", (bench: Bench) => bench.wait(130)],
  ] as const) {
    it(`that ends with ${name} is read whole and leaves the field as it was`, () => {
      const bench = new Bench().type("Lê Văn", 140).wait(900);
      finish(bench.type(CARD, 8));
      expect(bench.cards, "the whole text goes to the program").toEqual([CARD]);
      expect(bench.text, "the focused field has its former text").toBe("Lê Văn");
      expect(bench.pressed, "the reader's key presses nothing").toEqual([]);
    });
  }

  it("may stumble once or twice", () => {
    const bench = new Bench().type(CARD, (index) => (index === 5 || index === 40 ? 118 : 20)).end("Enter");
    expect(bench.cards).toEqual([CARD]);
    expect(bench.text).toBe("");
  });

  it("may read twice in a row", () => {
    const second = CARD.replace("MẪU", "HAI");
    const bench = new Bench().type(CARD, 6).end("Enter").type(second, 6).end("Enter");
    expect(bench.cards, "neither reading swallows the other").toEqual([CARD, second]);
    const silent = new Bench().type(CARD, 6).wait(200).type(second, 6).wait(200);
    expect(silent.cards).toEqual([CARD, second]);
  });

  it("under Caps Lock passes its letters as they come", () => {
    const swapped = CARD.replace("NGUYỄN VĂN MẪU", "nguyễn văn mẫu").replace("Nam", "nAM");
    expect(new Bench().type(swapped, 10).end("Enter").cards).toEqual([swapped]);
  });

  it("whose end is lost is still a reading, so that it can be called unreadable", () => {
    expect(new Bench().type("099099000000|099|NGUY", 10).wait(PATIENT + 10).cards).toEqual(["099099000000|099|NGUY"]);
  });

  for (const at of [13, 20, 45, CARD.length - 8, CARD.length - 1]) {
    it(`that a busy machine holds up before character ${at} is one reading, and nothing of it is typed`, () => {
      const bench = new Bench().type("Lê", 150).wait(500).type(CARD, (index) => (index === at ? 700 : 8)).end("Enter");
      expect(bench.cards, "never a card whose rest goes into another field").toEqual([CARD]);
      expect(bench.text).toBe("Lê");
      expect(bench.pressed).toEqual([]);
    });
  }

  it("whose Enter comes late presses nothing with it, once", () => {
    const bench = new Bench().type(CARD, 8).wait(200).end("Enter", 100).end("Enter", 20);
    expect(bench.cards).toEqual([CARD]);
    expect(bench.pressed, "the next Enter is the person's").toEqual(["Enter"]);
  });

  it("makes no Enter its own once a person types", () => {
    expect(new Bench().type(CARD, 8).wait(140).type("k", 60).end("Enter", 60).pressed).toEqual(["Enter"]);
  });

  it("of a paper that is held up is one reading", () => {
    const paper = "MC1|H99.1-261123-0007|1.001193|099|Giấy|Hệ thống|2026-11-23T09:15:00+07:00|2026-11-27T09:15:00+07:00";
    expect(new Bench().type(paper, (index) => (index === 30 ? 600 : 8)).end("Enter").cards).toEqual([paper]);
    expect(new Bench().type(paper, 8).wait(130).cards, "and over at once at its end").toEqual([paper]);
  });

  it("whose front is lost is still a reading, and none of it stays in the field", () => {
    const bench = new Bench().type("Lê", 150).wait(500).type("ỄN VĂN MẪU|01011999|Nam|Thôn 1", 9).wait(130);
    expect(bench.cards).toEqual(["ỄN VĂN MẪU|01011999|Nam|Thôn 1"]);
    expect(bench.text).toBe("Lê");
  });

  it("right after a person's digits takes only its own twelve", () => {
    const bench = new Bench().type("09", 115).type(CARD, (index) => (index === 0 ? 110 : 7)).end("Enter");
    expect(bench.cards).toEqual([CARD]);
    expect(bench.text, "what the person typed stays").toBe("09");
  });

  it("that hands over pieces through an input method is read", () => {
    const bench = new Bench();
    for (const piece of [CARD.slice(0, 32), CARD.slice(32, 64), CARD.slice(64)]) {
      bench.now += 10;
      bench.settle(bench.wedge.type(piece, bench.now), piece);
    }
    expect(bench.wait(130).cards).toEqual([CARD]);
    expect(bench.text).toBe("");
  });
});

describe("a person", () => {
  it("typing slowly with bars loses nothing", () => {
    const bench = new Bench().type(CARD, 180).end("Enter", 200);
    expect(bench.cards, "this is typing, not a reading").toEqual([]);
    expect(bench.text).toBe(CARD);
    expect(bench.pressed, "Enter is the person's").toEqual(["Enter"]);
  });

  it("typing fast loses nothing", () => {
    const bench = new Bench().type("Nguyễn Thị Lụa | 0912|345|6", 60).end("Enter", 90);
    expect(bench.cards, "no person is a reader, however quick").toEqual([]);
    expect(bench.text).toBe("Nguyễn Thị Lụa | 0912|345|6");
    expect(bench.pressed).toEqual(["Enter"]);
  });

  it("pasting or being typed for by a program, without bars, loses nothing", () => {
    const bench = new Bench().type("099099000000", 1).end("Tab", 1);
    expect(bench.text).toBe("099099000000");
    expect(bench.pressed).toEqual(["Tab"]);
  });

  it("gets back a fast text with one bar that is no card", () => {
    const bench = new Bench().type("12345|abc", 5).wait(130);
    expect(bench.cards).toEqual([]);
    expect(bench.text).toBe("12345|abc");
  });

  it("pressing Enter right behind a text that was given back presses it", () => {
    const bench = new Bench().type("12345|abc", 5).wait(130).end("Enter", 60);
    expect([bench.text, bench.pressed]).toEqual(["12345|abc", ["Enter"]]);
  });

  it("pressing Enter long after a reading presses it", () => {
    const bench = new Bench().type(CARD, 8).end("Enter", 400);
    expect(bench.cards).toEqual([CARD]);
    expect(bench.pressed).toEqual(["Enter"]);
  });
});

it("a card begins with a digit and has two bars", () => {
  expect(looksLikeCard(CARD)).toBe(true);
  for (const text of ["", "|", "abc|d|e", "099099000000", "1|2", "NGUYỄN|1|2"]) expect(looksLikeCard(text)).toBe(false);
});

/** C, F1: the code in the corner of our papers, as a reader types it. */
describe("a paper of ours", () => {
  const PAPER = "MC1|H99.1-261123-0007|1.001193|099199000001|Giấy tiếp nhận hồ sơ và hẹn trả kết quả|Hệ thống tỉnh Mẫu|2026-11-23T09:15:00+07:00|2026-11-27T09:15:00+07:00";

  it("is read whole, from its first letter, and leaves the field as it was", () => {
    const bench = new Bench().type("Lê Văn", 140).wait(900).type(PAPER, 8).end("Enter");
    expect(bench.cards).toEqual([PAPER]);
    expect(bench.text).toBe("Lê Văn");
    expect(bench.pressed).toEqual([]);
  });

  it("is told from what others print", () => {
    expect(looksLikePaper(PAPER) && looksLikePaper(PAPER.toLowerCase())).toBe(true);
    for (const text of ["", "MC1|", "XMC1|a|b", "MC2|H99.1-261123-0007|x", CARD]) expect(looksLikePaper(text), text).toBe(false);
  });
});
