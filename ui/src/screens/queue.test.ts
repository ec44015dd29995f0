/** The queue before the counter by the keyboard: called, tied to what is filled in, handed out (A4). */
import { afterEach, expect, it, vi } from "vitest";
import { intake } from "../features/intake/controller.svelte";
import { notices } from "../features/notices/controller.svelte";
import { queue } from "../features/queue/controller.svelte";
import { draft, fill, find, openWindow, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
afterEach(() => {
  close();
  queue.view = null;
  queue.typed = "";
});
vi.setConfig({ testTimeout: 30_000 });

const text = (id: string) => (find(id)?.textContent ?? "").replace(/\s+/g, " ").trim();

it("one key calls the next, and the dossier that is opened then is theirs without another step", async () => {
  close = await openWindow("in&empty&queue");
  await seen("queue-waiting");
  expect(text("queue-waiting")).toContain("6 người chờ tiếp theo A019, A017");
  press("F2", { shiftKey: true });
  await soon(() => expect(text("queue-serving")).toBe("A019"));
  await draft("ket hon", "1.000894");
  expect(intake.dossier?.ticket?.label).toBe("A019");
  await soon(() => expect(find("queue-apart")?.textContent ?? "").toBe(""));
  const name = intake.form.name;
  press("F2", { shiftKey: true });
  await soon(() => expect(text("queue-serving")).toBe("A017"));
  expect(text("queue-apart"), "the dossier stays whose it was").toBe("hồ sơ này của số A019");
  expect(intake.form.name).toBe(name);
  (await seen("queue-tie")).click();
  await soon(() => expect(intake.dossier?.ticket?.label).toBe("A017"));
});

it("a number is typed, and a wrong one says what to do", async () => {
  close = await openWindow("in&empty");
  const field = await seen("queue-number");
  fill(field, "khách");
  field.focus();
  press("Enter");
  await soon(() => expect(notices.toasts.at(-1)?.text ?? "").toContain("không phải số thứ tự"));
  fill(field, "b5");
  press("Enter");
  await soon(() => expect(text("queue-serving")).toBe("B5"));
  (await seen("queue-absent")).click();
  await soon(() => expect(find("queue-serving") === null).toBe(true));
});

it("hands out numbers, and shows the figures to a supervisor alone", async () => {
  close = await openWindow("in&empty");
  await seen("queue-take");
  expect(find("queue-figures") === null).toBe(true);
  press("F4", { shiftKey: true });
  await soon(() => expect(text("queue-waiting")).toContain("1 người chờ tiếp theo 001"));
  close();
  close = await openWindow("in=supervisor&empty&queue");
  await seen("queue-figures");
  expect(text("queue-figures")).toContain("Chờ trung bình");
});

it("is not in the way of an intake where no numbers are in use", async () => {
  close = await openWindow("in&empty");
  await draft("ket hon", "1.000894");
  expect(find("queue") === null).toBe(true);
});
