/** R3: axe-core over every screen, panel and dialog; colors are looked at in the real window by the journeys. */
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { intake } from "../features/intake/controller.svelte";
import { accept, CARD, draft, fill, find, focused, openWindow, paste, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
/** Told together, so that one run shows all. */
let all: string[] = [];
vi.setConfig({ testTimeout: 60_000 });
beforeEach(() => {
  all = [];
  document.title = "Một Cửa";
});
afterEach(() => {
  close();
  expect(all).toEqual([]);
});

async function clean(what: string): Promise<void> {
  const { violations } = await axe.run(document, { resultTypes: ["violations"], rules: { "color-contrast": { enabled: false } } });
  const found = violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}`));
  all.push(...found.map((one) => `${what}: ${one}`));
}
const open = async (options: string) => {
  close = await openWindow(options);
};

it("the sign-in, the lists and the settings", async () => {
  await open("");
  await seen("sign-in-password");
  await clean("sign-in");
  close();
  await open("in=supervisor");
  await seen("received-row");
  await clean("the day");
  (await seen("nav-dossiers")).click();
  await seen("dossier-row");
  await clean("dossiers");
  (await seen("status-sync")).click();
  await seen("outbox-row");
  await clean("outbox");
  (await seen("nav-settings")).click();
  await seen("paper-reasons-text");
  await clean("settings");
  press("?");
  await seen("key-sheet-filter");
  await clean("keys");
  press("Escape");
  press("k", { ctrlKey: true, code: "KeyK" });
  await clean("search");
});

it("the intake from empty to accepted, with its panels and dialogs", async () => {
  await open("empty&in");
  await seen("new-dossier");
  await clean("an empty day");
  press("F2");
  await seen("applicant-id-number");
  await clean("empty intake");
  press("o", { altKey: true, code: "KeyO" });
  await seen("applicant-tax-code");
  await clean("organization");
  press("o", { altKey: true, code: "KeyO" });
  await seen("applicant-id-number");
  press("n", { altKey: true, code: "KeyN" });
  await seen("representative");
  await clean("representative");
  press("n", { altKey: true, code: "KeyN" });
  paste(await seen("applicant-id-number"), CARD);
  await soon(() => expect(focused()).toBe("procedure-search"));
  fill(await seen("procedure-search"), "khai");
  await seen("procedure-hit-1.001193");
  await clean("procedure search");
  (await seen("procedure-hit-1.001193")).click();
  await seen("component-1");
  await clean("components");
  press("c", { altKey: true, code: "KeyC" });
  await seen("paper-reason");
  await clean("a reason");
  press("Escape");
  press("F7");
  await seen("lacking");
  await clean("what is lacking");
  press("Escape");
  press("F5");
  await soon(() => expect(intake.dossier?.pages.received).toBeGreaterThan(0));
  await soon(() => expect(intake.run.active).toBe(false));
  await clean("pages");
  press("F3");
  await soon(() => expect(document.querySelectorAll("[data-testid=visit-dossier]").length).toBe(2));
  await clean("a visit");
  close();
  await open("empty&in");
  await draft("ket hon", "1.000894");
  await accept();
  await clean("receipt");
  press("Escape");
  await soon(() => expect(find("receipt-preview")).toBe(null));
  await clean("accepted");
  (await seen("move-processing")).click();
  (await seen("move-supplement_asked")).click();
  await seen("life-reason");
  await clean("a step with a reason");
});
