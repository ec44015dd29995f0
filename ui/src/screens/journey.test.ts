/** The straight path through the whole window, with the keys a clerk uses, against the desk in memory. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CARD, fill, find, focused, openWindow, paste, press, seen, soon } from "./hands";

let close: () => void;

vi.setConfig({ testTimeout: 30_000 });

beforeEach(async () => {
  close = await openWindow("empty");
});
afterEach(() => close());

it("sign in, new, card, procedure, scan, accept, print, sent", async () => {
  (await seen("sign-in-user-clerk")).click();
  fill(await seen("sign-in-password"), "tap-huan");
  (await seen("sign-in-submit")).click();
  await seen("new-dossier");
  expect(find("f-key-F2") !== null, "the key bar says how to begin").toBe(true);

  press("F2");
  paste(await seen("applicant-id-number"), CARD);
  await soon(() => expect((find("applicant-name") as HTMLTextAreaElement).value).toBe("NGUYỄN VĂN MẪU"));
  await soon(() => expect(focused(), "the hand goes on with the procedure").toBe("procedure-search"));

  fill(await seen("procedure-search"), "dang ky khai sinh");
  await seen("procedure-hit-1.001193");
  press("Enter");
  await seen("component-1");
  expect((await seen("due-date")).textContent).toContain("26/11/2026");

  await soon(() => expect((find("f-key-F5") as HTMLButtonElement).disabled).toBe(false));
  press("F5");
  await soon(() => expect(find("component-2")?.dataset.selected, "the next component is selected").toBe("true"));
  await soon(() => expect((find("f-key-F5") as HTMLButtonElement).disabled).toBe(false));
  press("F5");
  await soon(() => expect(find("page-account")?.dataset.received).toBe("4"));
  await soon(() => expect(find("accept")?.getAttribute("aria-disabled")).toBe("false"));

  press("F9");
  expect((await seen("dossier-code")).dataset.code).toMatch(/^000\.00\.02\.H99-261123-\d{4}$/);
  await soon(() => expect(find("receipt-preview")?.dataset.ready).toBe("true"));
  press("F9");
  await soon(() => expect(find("receipt-print-outcome")?.dataset.state).toBe("printed"));
  await soon(() => expect(find("status-sync")?.dataset.state).toBe("accepted"));
});

it("F9 with something missing leads to what is missing, and accepts nothing", async () => {
  fill(await seen("sign-in-password"), "tap-huan");
  (await seen("sign-in-submit")).click();
  await seen("new-dossier");
  press("F2");
  await seen("applicant-name");
  press("F9");
  await soon(() => expect(focused()).toBe("applicant-name"));
  expect(find("dossier-code") === null).toBe(true);
});

it("a wrong password is told beside the field, and the keys of the web view do nothing", async () => {
  fill(await seen("sign-in-password"), "sai");
  (await seen("sign-in-submit")).click();
  expect((await seen("sign-in-error")).textContent).toContain("không đúng");
  expect(press("F5").defaultPrevented, "F5 must not load the page again").toBe(true);
});
