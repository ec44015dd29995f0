import { expect, it } from "vitest";
import { badgeWidth, columnsOf, fixedWidths, type Shown } from "./columns";

/** What a table of 1366 × 768 has for its columns: the window less the rail, the padding and six gaps. */
const ROOM = 1366 - 76 - 2 * 16 - 6 * 16;
/** "Nguyễn Hoàng Phương Thảo Nguyên", 600 at 14 px. */
const LONG_NAME = 254;

const day: Shown = {
  codes: ["000.00.02.H99-261123-0009"],
  beside: [],
  today: true,
  states: ["Đã tiếp nhận"],
  sendings: ["Trung tâm đã nhận", "Chờ gửi"],
};

it("a long name has its room on a small screen, beside codes and dates at their longest", () => {
  for (const shown of [day, { ...day, today: false }, { ...day, today: false, beside: ["mã tạm"] }]) {
    // The least widths: a column in pixels, or the first number of its minmax.
    const least = [...columnsOf(shown).matchAll(/(\d+)px/g)].map((hit) => Number(hit[1]));
    expect(least.length).toBe(7);
    expect(least[1]).toBeGreaterThanOrEqual(LONG_NAME);
    expect(least.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(ROOM);
  }
});

it("a column is no wider than its longest word, with or without marks set apart", () => {
  expect(badgeWidth(["Chờ gửi"])).toBeLessThan(badgeWidth(["Chờ nghĩa vụ tài chính"]));
  expect(badgeWidth(["Chờ gửi".normalize("NFD")])).toBe(badgeWidth(["Chờ gửi".normalize("NFC")]));
  const [short] = fixedWidths({ ...day, codes: ["H99.1-261123-0001"] });
  const [long] = fixedWidths(day);
  expect(short).toBeLessThan(long);
  expect(fixedWidths({ ...day, beside: ["mã tạm"] })[0]).toBeGreaterThan(long);
  expect(fixedWidths({ ...day, today: false })[1]).toBeGreaterThan(fixedWidths(day)[1]);
});
