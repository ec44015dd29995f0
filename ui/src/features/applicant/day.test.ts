/** R1: a date is typed as people write it, without a mouse; half a date stays as typed, and no card is lost in it. */
import { afterEach, expect, it, vi } from "vitest";
import { CARD, fill, find, focused, openWindow, paste, press, seen, soon } from "../../screens/hands";
import { intake } from "../intake/controller.svelte";

vi.setConfig({ testTimeout: 30_000 });
let close = (): void => undefined;
afterEach(() => close());

async function birthDate(): Promise<HTMLInputElement> {
  close = await openWindow("empty&in");
  await seen("new-dossier");
  press("F2");
  await soon(() => expect(focused()).toBe("applicant-id-number"));
  press("Enter");
  await soon(() => expect(focused()).toBe("applicant-name"));
  press("Enter");
  await soon(() => expect(focused()).toBe("applicant-birth-date"));
  return find("applicant-birth-date") as HTMLInputElement;
}

it("is typed with or without signs, and Enter goes on to the next field", async () => {
  for (const typed of ["2/1/1999", "02011999", "02-01-1999", "2.1.1999"]) {
    const field = await birthDate();
    fill(field, typed);
    expect(field.value, "it stays as it is typed").toBe(typed);
    press("Enter");
    await soon(() => expect(document.activeElement?.id, typed).toBe("applicant-sex"));
    await soon(() => expect(intake.form.birth_date).toBe("1999-01-02"));
    expect(field.value, "left, it is written as everywhere").toBe("02/01/1999");
    close();
  }
});

it("that is no day says so beside the field once it is left, and keeps what was typed", async () => {
  const field = await birthDate();
  fill(field, "31/02/1999");
  expect(field.getAttribute("aria-invalid"), "not while it is typed").toBe("false");
  press("Enter");
  await soon(() => expect(field.getAttribute("aria-invalid")).toBe("true"));
  const said = document.getElementById(field.getAttribute("aria-describedby") ?? "");
  expect(said?.textContent, "it says what to type").toMatch(/\d/);
  expect(field.value).toBe("31/02/1999");
  expect(intake.form.birth_date).toBe(null);
});

it("takes a card over what is half typed in it", async () => {
  const field = await birthDate();
  fill(field, "2/1");
  paste(field, CARD);
  await soon(() => expect(intake.form.birth_date).toBe("1999-01-01"));
  expect(field.value).toBe("01/01/1999");
});
