import { describe, expect, it } from "vitest";
import type { DossierView } from "../../bindings/DossierView";
import type { StackView } from "../../bindings/StackView";
import { stacksVi } from "../../lib/messages/stacks.vi";
import { accountLine, waits } from "./account";

const STACK: StackView = {
  id: "s",
  dossier: "d",
  applicant: "",
  component: 1,
  name: "Tờ khai",
  state: "saved",
  running: false,
  expected: null,
  fed: 4,
  duplex: false,
  sides: 2,
  received: 8,
  kept: 7,
  aside: [{ reason: "blank", count: 1 }],
  ended: "empty",
  mismatch: null,
  said: null,
  reason: null,
  started_at: "2026-11-23T08:00:00+07:00",
};

const view = (stacks: StackView[]): DossierView =>
  ({
    stacks,
    pages: { received: 8, kept: 7, set_aside: 1 },
    components: [{ pages: [{ disposition: "kept", aside: null }, { disposition: "set_aside", aside: "blank" }] }],
  }) as unknown as DossierView;

describe("the account of a stack", () => {
  it("says what was fed, received, kept and set aside, with the reasons", () => {
    expect(accountLine(view([STACK]), stacksVi)).toBe("đã nạp 4 tờ · nhận 8 · giữ 7 · để riêng 1 (trang trắng 1)");
  });

  it("says nothing of sheets where one stack did not count them", () => {
    expect(accountLine(view([STACK, { ...STACK, fed: null, expected: 3, kept: 2 }]), stacksVi)).toBe("cần 10 · nhận 8 · giữ 7 · để riêng 1 (trang trắng 1)");
  });

  it("counts sides that wait to be joined, and those that others took the place of", () => {
    const sides: StackView = { ...STACK, id: "t", duplex: true, state: "open", fed: null, received: 9, kept: 0, aside: [{ reason: "unplaced", count: 6 }, { reason: "replaced", count: 3 }] };
    expect(accountLine(view([sides]), stacksVi)).toBe("nhận 17 · giữ 7 · chờ ghép 6 · để riêng 4 (trang trắng 1, đã quét lại 3)");
  });

  it("waits for a person while it is broken off or unexplained", () => {
    const mismatch = { kind: "fed", sheets: 4, pages: 8, received: 7 } as const;
    expect(waits(STACK)).toBe(false);
    expect(waits({ ...STACK, state: "open" })).toBe(true);
    expect(waits({ ...STACK, state: "open", running: true })).toBe(false);
    expect(waits({ ...STACK, mismatch })).toBe(true);
    expect(waits({ ...STACK, mismatch, reason: "tờ lót" })).toBe(false);
    expect(waits({ ...STACK, mismatch, state: "discarded" })).toBe(false);
  });
});
