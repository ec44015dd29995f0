/** Pages changed in place: several at once, and each action taken back as a whole. H6, T-06. */
import { beforeEach, expect, it, vi } from "vitest";
import { fakeDesk } from "../../lib/desk.fake";
import { useDesk, type Desk } from "../../lib/desk";
import { notices } from "../notices/controller.svelte";
import { intake } from "../intake/controller.svelte";
import { pages } from "./controller.svelte";
import { pageUrl, seenSize } from "./picture";

let desk: Desk;
const order = () => intake.dossier?.components.map((one) => one.pages.map((page) => page.id)) ?? [];
const account = () => ({ ...intake.dossier?.pages });

beforeEach(async () => {
  desk = fakeDesk(new URLSearchParams("empty&in"), { answer: 0, page: 0, send: 0 });
  useDesk(desk);
  notices.toasts = [];
  intake.dossier = null;
  await intake.startNew();
  await intake.chooseProcedure("1.001193", null);
  for (let n = 0; n < 4; n += 1) await intake.run.drop(1);
  pages.press(order()[0]?.[0] ?? "", "alone");
});

it("a range and single ones are chosen; stepping on lets go of them", () => {
  const [a = "", b = "", c = "", d = ""] = order()[0] ?? [];
  pages.press(c, "range");
  expect(pages.ids).toEqual([a, b, c]);
  pages.look(b);
  pages.press(b, "more");
  expect(pages.ids).toEqual([a, c]);
  expect(pages.step(c, 1, false)).toBe(d);
  expect(pages.ids).toEqual([d]);
  expect(pages.step(d, -1, true)).toBe(c);
  expect(pages.ids).toEqual([c, d]);
  expect(pages.unchoose()).toBe(true);
  expect(pages.ids).toEqual([c]);
  expect(pages.unchoose(), "one page is always in hand").toBe(false);
});

it("a page that the wheel of pages left is not chosen any more", () => {
  const [a = "", b = "", c = ""] = order()[0] ?? [];
  pages.press(b, "range");
  expect(pages.ids).toEqual([a, b]);
  intake.stepPage(1);
  expect(pages.ids).toEqual([c]);
});

it("turning, setting aside and moving go to all that is chosen, and each is taken back in one step", async () => {
  const [a = "", b = "", c = "", d = ""] = order()[0] ?? [];
  pages.press(b, "range");
  await pages.turn(1);
  expect(pages.targets.map((page) => page.edit.turns)).toEqual([1, 1]);
  await pages.move(1);
  expect(order()[0]).toEqual([c, a, b, d]);
  await pages.toggleAside();
  expect(account()).toEqual({ received: 4, kept: 2, set_aside: 2 });
  expect(notices.event?.text).toContain("để riêng 2 trang");
  for (let n = 0; n < 3; n += 1) await pages.reverse(false);
  expect(order()[0]).toEqual([a, b, c, d]);
  expect(intake.dossier?.components[0]?.pages.map((page) => page.edit.turns)).toEqual([0, 0, 0, 0]);
  expect(account()).toEqual({ received: 4, kept: 4, set_aside: 0 });
  await pages.reverse(true);
  expect(intake.dossier?.components[0]?.pages.map((page) => page.edit.turns)).toEqual([1, 1, 0, 0]);
});

it("only the last notice takes back, so that an old one cannot undo what came after it", async () => {
  await pages.turn(1);
  await pages.turn(3);
  expect(notices.toasts.filter((toast) => toast.undo)).toHaveLength(1);
  const undo = vi.spyOn(desk, "undoPages");
  notices.undoLatest();
  await vi.waitFor(() => expect(undo).toHaveBeenCalledTimes(1));
  await vi.waitFor(() => expect(pages.targets[0]?.edit.turns).toBe(1));
});

it("when nothing is left to take back, it is said and nothing is lost", async () => {
  const before = order();
  await pages.reverse(false);
  expect(notices.failure?.text).toContain("Không còn thao tác trang");
  expect(order()).toEqual(before);
});

it("several pages move over the edge of a component in their order", async () => {
  const [a = "", b = "", c = "", d = ""] = order()[0] ?? [];
  pages.press(c, "alone");
  pages.press(d, "range");
  await pages.move(1);
  expect(order().slice(0, 2)).toEqual([[a, b], [c, d]]);
  expect(intake.selected).toBe(intake.dossier?.components[1]?.index);
  await pages.move(-1);
  expect(order().slice(0, 2)).toEqual([[a, b, c, d], []]);
});

it("a picture's address says how it is read, so that no old one is shown", async () => {
  const plain = pages.targets[0];
  if (!plain) throw new Error("no page");
  const before = pageUrl("thumb", plain);
  await pages.turn(1);
  const turned = pages.targets[0];
  if (!turned) throw new Error("no page");
  expect(pageUrl("thumb", turned)).not.toBe(before);
  expect(seenSize(turned)).toEqual({ width: plain.height, height: plain.width });
  const crop = { left: 0, top: 5000, right: 2500, bottom: 10_000 };
  expect(seenSize({ ...turned, edit: { ...turned.edit, crop } })).toEqual({ width: plain.height / 4, height: plain.width / 2 });
});
