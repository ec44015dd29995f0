/** Several procedures of one person, copies, and the same matter twice, all by the keyboard. */
import { afterEach, expect, it, vi } from "vitest";
import { devices } from "../features/devices/controller.svelte";
import { intake } from "../features/intake/controller.svelte";
import { visit } from "../features/visit/controller.svelte";
import { accept, CARD, draft, fill, find, focused, openWindow, paste, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
afterEach(() => {
  close();
  visit.outcome = null;
  visit.asking = null;
});
vi.setConfig({ testTimeout: 30_000 });

const text = (id: string) => (find(id)?.textContent ?? "").replace(/\s+/g, " ").trim();
const tabs = () => [...document.querySelectorAll<HTMLElement>('[data-testid="visit-dossier"]')];

/** Chooses a procedure for the draft on the table and counts what it asks for. */
async function fillIn(typed: string, code: string): Promise<void> {
  fill(await seen("procedure-search"), typed);
  (await seen(`procedure-hit-${code}`)).click();
  await seen("component-1");
  for (const one of intake.dossier?.obstacles ?? []) {
    if (one.kind === "missing_paper") intake.editCounts(one.component, { originals: 1 });
  }
  await soon(() => expect(intake.dossier?.obstacles).toEqual([]));
}

it("F3 begins the next procedure of the same person; a key moves between both; one key accepts what is ready", async () => {
  close = await openWindow("in&empty");
  await draft("ket hon", "1.000894");
  const first = intake.dossier?.id;
  press("F3");
  await soon(() => expect(intake.dossier?.id).not.toBe(first));
  await soon(() => expect(focused(), "the person stands; the procedure is asked for").toBe("procedure-search"));
  expect(intake.form.name).toBe("NGUYỄN VĂN MẪU");
  expect(tabs().length).toBe(2);
  await fillIn("khai sinh", "1.001193");
  press("PageUp", { ctrlKey: true });
  await soon(() => expect(intake.dossier?.id).toBe(first));
  press("F9", { shiftKey: true });
  await soon(() => expect(tabs().map((tab) => tab.dataset.state)).toEqual(["draft", "received"]));
  expect(text("visit-left"), "what is not accepted is named, with why").toContain("Chưa tiếp nhận được");
  expect(intake.draft, "and stays on the table").toBe(true);
});

it("a next procedure that was begun by mistake leaves no draft behind", async () => {
  close = await openWindow("in&empty");
  await draft("ket hon", "1.000894");
  press("F3");
  await soon(() => expect(tabs().length).toBe(2));
  const second = intake.dossier?.id;
  press("PageDown", { ctrlKey: true });
  await soon(() => expect(intake.dossier?.id).not.toBe(second));
  await soon(() => expect(tabs().length, "alone again").toBe(0));
});

it("the same matter twice asks for a reason, leads to the other dossier and back, and goes on", async () => {
  close = await openWindow("in&empty");
  await draft("ket hon", "1.000894");
  await accept();
  const first = intake.dossier?.code;
  // Right from the receipt, as the key beside it says.
  press("F2");
  await soon(() => expect(find("applicant-id-number")?.tagName).toBe("INPUT"));
  paste(await seen("applicant-id-number"), CARD);
  await soon(() => expect(focused()).toBe("procedure-search"));
  fill(await seen("procedure-search"), "ket hon");
  (await seen("procedure-hit-1.000894")).click();
  await seen("twice");
  expect(text("twice")).toContain(first ?? "?");
  const mine = intake.dossier?.id;
  press("t", { ctrlKey: true, code: "KeyT" });
  await soon(() => expect(intake.dossier?.code).toBe(first));
  press("z", { ctrlKey: true, code: "KeyZ" });
  await soon(() => expect(intake.dossier?.id, "and back to what is being filled in").toBe(mine));
  for (const one of intake.dossier?.obstacles ?? []) if (one.kind === "missing_paper") intake.editCounts(one.component, { originals: 1 });
  await soon(() => expect(intake.dossier?.obstacles).toEqual([]));
  press("F9");
  await soon(() => expect(focused()).toBe("twice-reason"));
  expect(intake.draft, "not without one").toBe(true);
  fill(find("twice-reason") as HTMLElement, "Cho em gái");
  press("Enter");
  await soon(() => expect(intake.dossier?.history.at(-1)?.reason).toBe("Cho em gái"));
});

it("Ctrl+D copies the dossier into a new draft, and undo throws the copy away", async () => {
  close = await openWindow("in&empty");
  await draft("ket hon", "1.000894");
  await accept();
  press("Escape");
  const model = intake.dossier?.id;
  press("d", { ctrlKey: true, code: "KeyD" });
  await soon(() => expect(intake.draft).toBe(true));
  expect(intake.dossier?.procedure?.code).toBe("1.000894");
  expect(intake.dossier?.pages.received).toBe(0);
  press("z", { ctrlKey: true, code: "KeyZ" });
  await soon(() => expect(intake.dossier?.id).toBe(model));
});

it("F11 accepts, prints behind and begins the next dossier, on the same procedure if so chosen", async () => {
  const printed: string[] = [];
  close = await openWindow("in&empty", (desk) => {
    const print = desk.printPaper;
    desk.printPaper = (form, about, printer) => (printed.push(`${form} ${printer}`), print(form, about, printer));
  });
  await draft("ket hon", "1.000894");
  devices.choosePrinter("Brother-HL-L2350");
  devices.keepProcedure(true);
  for (const one of intake.dossier?.obstacles ?? []) if (one.kind === "missing_paper") intake.editCounts(one.component, { originals: 1 });
  await soon(() => expect(intake.dossier?.obstacles).toEqual([]));
  const first = intake.dossier?.id;
  press("F11");
  await soon(() => expect(intake.dossier?.id).not.toBe(first));
  await soon(() => expect(intake.dossier?.procedure?.code).toBe("1.000894"));
  await soon(() => expect(focused()).toBe("applicant-id-number"));
  expect(intake.form.name, "the next person").toBe("");
  expect(printed).toEqual(["receipt Brother-HL-L2350"]);
});

it("a dossier that another station received too says so with both codes, until somebody has looked into it", async () => {
  close = await openWindow("in&twin");
  await seen("today-due");
  const row = await soon(() => {
    const found = document.querySelector<HTMLElement>('[data-testid="row-twin"]');
    if (!found) throw new Error("no row says so");
    return found;
  });
  row.closest<HTMLElement>('[role="row"]')?.click();
  expect((await seen("twin-code")).dataset.code).toBe("000.00.02.H99-261123-0977");
  (await seen("twin-settle")).click();
  await soon(() => expect(focused()).toBe("twin-reason"));
  fill(find("twin-reason") as HTMLElement, "Hai người con");
  press("Enter");
  await soon(() => expect(find("twin")).toBeNull());
});
