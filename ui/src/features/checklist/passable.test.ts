import { expect, it } from "vitest";
import type { ComponentView } from "../../bindings/ComponentView";
import { fitting, lastPart, passable, withReason } from "./passable";

const component = (index: number, more: Partial<ComponentView>): ComponentView => ({
  index, name: `Giấy ${index}`, handling: "submit", required: false, originals: 0, copies: 0, certified: 0, pages: [], digitized: false, check: null, ...more,
});
const check = (verdict: "passed" | "failed") => ({ verdict, reason: "", at: "", by: "" });

it("one key passes what is there and nobody has found wanting", () => {
  const all = [
    component(1, { required: true }),
    component(2, {}),
    component(3, { copies: 1 }),
    component(4, { required: true, check: check("failed") }),
    component(5, { required: true, check: check("passed") }),
    component(6, { required: true, handling: "show" }),
  ];
  expect(passable(all)).toEqual([1, 3, 6]);
});

it("reasons are found without marks, one after the other", () => {
  const bank = ["Thiếu chữ ký", "Bản sao chưa chứng thực", "Đã hết hiệu lực"];
  expect(fitting(bank, "chu ky")).toEqual(["Thiếu chữ ký"]);
  expect(fitting(bank, "da het")).toEqual(["Đã hết hiệu lực"]);
  expect(fitting(bank, "")).toEqual(bank);
  expect(fitting(bank, "Thiếu chữ ký; chung")).toEqual(["Bản sao chưa chứng thực"]);
  expect(lastPart("Thiếu chữ ký; chung")).toBe("chung");
  expect(withReason("Thiếu chữ ký; chung", "Bản sao chưa chứng thực")).toBe("Thiếu chữ ký; Bản sao chưa chứng thực");
  expect(withReason("chu", "Thiếu chữ ký")).toBe("Thiếu chữ ký");
});
