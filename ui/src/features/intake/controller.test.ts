/** Typing is never lost: not to a late answer, not to a refusal, not to leaving the screen. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { fakeDesk } from "../../lib/desk.fake";
import { useDesk, type Desk } from "../../lib/desk";
import { notices } from "../notices/controller.svelte";
import { pages } from "../pages/controller.svelte";
import { intake } from "./controller.svelte";
import { PAUSE } from "./saver";

const CARD = "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Số 1, đường Mẫu, phường Mẫu|01052021";

let desk: Desk;

beforeEach(async () => {
  vi.useRealTimers();
  desk = fakeDesk(new URLSearchParams("empty&in"), { answer: 0, page: 0, send: 0 });
  useDesk(desk);
  notices.toasts = [];
  intake.dossier = null;
  expect(await intake.startNew()).toBe(true);
});

/** Holds an answer back until `go` is called. */
function hold<A extends unknown[], R>(ask: (...args: A) => Promise<R>) {
  let go = (): void => undefined;
  let asked = false;
  const gate = new Promise<void>((open) => (go = open));
  const held = async (...args: A): Promise<R> => {
    asked = true;
    const answer = await ask(...args);
    await gate;
    return answer;
  };
  return { ask: held, asked: () => asked, go: () => go() };
}

describe("saving", () => {
  it("waits for a pause, then writes once", async () => {
    const saved = vi.spyOn(desk, "saveApplicant");
    for (const name of ["L", "Lê", "Lê ", "Lê A"]) intake.edit("name", name);
    expect(saved).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(saved).toHaveBeenCalled(), { timeout: PAUSE * 20 });
    expect(saved).toHaveBeenCalledTimes(1);
    expect(saved.mock.lastCall?.[1].name).toBe("Lê A");
  });

  it("a late answer does not overwrite newer typing", async () => {
    const slow = hold(desk.saveApplicant);
    vi.spyOn(desk, "saveApplicant").mockImplementationOnce(slow.ask);
    intake.edit("name", "Lê");
    const flushed = intake.flush();
    await vi.waitFor(() => expect(slow.asked()).toBe(true));
    intake.edit("name", "Lê Thị");
    slow.go();
    await flushed;
    expect(intake.form.name, "what was typed meanwhile stays").toBe("Lê Thị");
    await intake.flush();
    expect((await desk.openDossier(intake.dossier?.id ?? "")).applicant.name).toBe("Lê Thị");
  });

  it("a tidied answer does not touch the field in hand", async () => {
    intake.focusField("name");
    intake.edit("name", "Lê ");
    await intake.flush();
    expect(intake.form.name, "the space before the next word is not eaten").toBe("Lê ");
  });

  it("a refused save keeps the text, says so, and stops acceptance", async () => {
    vi.spyOn(desk, "saveApplicant").mockRejectedValue({ code: "disk_full", message: "Ổ đĩa đầy.", hint: null, reference: "x" });
    intake.edit("name", "Lê");
    await intake.flush();
    await intake.refresh();
    expect(intake.form.name, "an older answer must not undo what could not be saved").toBe("Lê");
    expect(intake.saveState).toBe("failed");
    expect(await intake.accept()).toBe(false);
  });

  it("leaving writes what is still waiting", async () => {
    const id = intake.dossier?.id ?? "";
    intake.edit("address", "Thôn 1");
    await intake.close();
    expect((await desk.openDossier(id)).applicant.address).toBe("Thôn 1");
  });

  it("an untouched draft is not left lying about", async () => {
    const id = intake.dossier?.id ?? "";
    await intake.close();
    expect((await desk.openDossier(id)).status).toBe("discarded");
  });

  it("counts being typed survive answers to other questions", async () => {
    await intake.chooseProcedure("1.001193", null);
    const slow = hold(desk.setPapers);
    vi.spyOn(desk, "setPapers").mockImplementationOnce(slow.ask);
    intake.editCounts(1, { originals: 1 });
    const flushed = intake.flush();
    await vi.waitFor(() => expect(slow.asked()).toBe(true));
    intake.editCounts(1, { originals: 12 });
    slow.go();
    await flushed;
    expect(intake.dossier?.components[0]?.originals).toBe(12);
    await intake.flush();
    expect((await desk.openDossier(intake.dossier?.id ?? "")).components[0]?.originals).toBe(12);
  });
});

describe("a card", () => {
  it("fills the form at once, over what was typed before", async () => {
    intake.focusField("name");
    intake.edit("name", "Lê");
    expect(await intake.readCard(CARD)).toBe(true);
    expect(intake.form).toMatchObject({ name: "NGUYỄN VĂN MẪU", id_number: "099099000000", birth_date: "1999-01-01" });
  });

  it("that cannot be read changes no field", async () => {
    intake.edit("name", "Lê");
    expect(await intake.readCard("099099000000|torn")).toBe(false);
    expect(intake.cardError?.code).toBe("unreadable_id");
    expect(intake.form).toMatchObject({ name: "Lê", id_number: "" });
    expect(await intake.readCard(CARD), "the next reading clears the message").toBe(true);
    expect(intake.cardError).toBeNull();
  });
});

describe("pages", () => {
  beforeEach(async () => {
    await intake.chooseProcedure("1.001193", null);
  });

  it("show as they come, and the next component is selected", async () => {
    const shown: number[] = [];
    const ask = desk.scan;
    vi.spyOn(desk, "scan").mockImplementation((id, component, request, heard) =>
      ask(id, component, request, (progress) => {
        heard(progress);
        shown.push(intake.dossier?.components[0]?.pages.length ?? 0);
      }),
    );
    const { devices } = await import("../devices/controller.svelte");
    await devices.loadScanners();
    await intake.run.scan();
    expect(shown, "each page is there before the run is over").toEqual([1, 2]);
    expect(intake.selected).toBe(2);
    expect(intake.dossier?.pages).toEqual({ received: 2, kept: 2, set_aside: 0 });
  });

  it("told behind the answer do not take the next paper's place", async () => {
    const late: (() => void)[] = [];
    const ask = desk.scan;
    vi.spyOn(desk, "scan").mockImplementation((id, component, request, heard) =>
      ask(id, component, request, (progress) => (late.length > 0 ? heard(progress) : late.push(() => heard(progress)))),
    );
    const { devices } = await import("../devices/controller.svelte");
    await devices.loadScanners();
    await intake.run.scan();
    expect(intake.selected).toBe(2);
    late.forEach((told) => told());
    expect(intake.selected, "what is scanned now goes into the second paper").toBe(2);
    expect(intake.dossier?.components.map((one) => one.pages.length).slice(0, 2)).toEqual([2, 0]);
    expect(intake.run.pages).toEqual([]);
  });

  it("set aside come back by undo", async () => {
    await intake.run.drop(1);
    const id = intake.pageId;
    await pages.toggleAside();
    expect(intake.dossier?.pages).toEqual({ received: 1, kept: 0, set_aside: 1 });
    expect(notices.undoLatest()).toBe(true);
    await vi.waitFor(() => expect(intake.dossier?.pages.kept).toBe(1));
    expect(intake.dossier?.components[0]?.pages[0]?.id).toBe(id);
  });

  it("move over the edge of a component and back by undo", async () => {
    await intake.run.drop(1);
    const id = intake.pageId;
    await pages.move(1);
    expect(intake.dossier?.components.map((one) => one.pages.length).slice(0, 2)).toEqual([0, 1]);
    expect(intake.selected).toBe(2);
    notices.undoLatest();
    await vi.waitFor(() => expect(intake.dossier?.components[0]?.pages[0]?.id).toBe(id));
  });

  it("that were refused are told by name, and the others stay", async () => {
    await intake.run.pick();
    expect(intake.run.refused.map((file) => file.name)).toContain("so-ho-khau-cu.pdf");
    expect(intake.dossier?.pages.received).toBe(1);
  });

  it("do not go into another dossier that is opened meanwhile", async () => {
    const slow = hold(desk.importDropped);
    vi.spyOn(desk, "importDropped").mockImplementationOnce(slow.ask);
    const running = intake.run.drop(1);
    const first = intake.dossier?.id;
    const other = await desk.newDossier();
    intake.dossier = other;
    slow.go();
    await running;
    expect(intake.dossier?.id).not.toBe(first);
    expect(intake.dossier?.pages.received).toBe(0);
  });
});
