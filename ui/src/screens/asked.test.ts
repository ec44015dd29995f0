/** What a procedure asks for beside papers: under the checklist, kept at each field, no wall (C5). */
import { afterEach, expect, it, vi } from "vitest";
import { intake } from "../features/intake/controller.svelte";
import { accept, draft, fill, find, openWindow, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
afterEach(() => close());
vi.setConfig({ testTimeout: 30_000 });

const value = (key: string) => intake.dossier?.fields.find((one) => one.key === key)?.value;

it("is typed under the checklist, said where it does not fit, and seen afterwards", async () => {
  close = await openWindow("in&empty");
  await draft("khai sinh", "1.001193");
  expect(find("asked-missing")?.textContent).toBe("còn 3 mục cần khai");
  const name = (await seen("field-child_name")) as HTMLInputElement;
  name.focus();
  fill(name, "Nguyễn Thị ");
  await soon(() => expect(value("child_name")).toBe("Nguyễn Thị"));
  expect(name.value, "nothing is tidied under the hand").toBe("Nguyễn Thị ");
  fill(name, "Nguyễn Thị Mẫu");
  name.blur();
  const day = (await seen("field-child_birth")) as HTMLInputElement;
  day.focus();
  fill(day, "31/02/2026");
  day.blur();
  await soon(() => expect(find("field-child_birth-warning")?.textContent).toContain("Không có ngày này"));
  day.focus();
  fill(day, "5/3/2026");
  day.blur();
  await soon(() => expect(value("child_birth")).toBe("2026-03-05"));
  await soon(() => expect(day.value).toBe("05/03/2026"));
  await accept();
  press("Escape");
  expect((await seen("asked")).textContent, "a field that is missing is no wall").toContain("Nguyễn Thị Mẫu");
});

it("is not there for a procedure that asks for papers alone", async () => {
  close = await openWindow("in&empty");
  await draft("ket hon", "1.000894");
  expect(find("asked") === null).toBe(true);
});
