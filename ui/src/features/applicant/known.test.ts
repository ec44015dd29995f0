/** People known from before, cards on pictures, a serial reader: offered by keys, never filled in by themselves (B3, B5, T-52). */
import { afterEach, describe, expect, it } from "vitest";
import type { CardOffer } from "../../bindings/CardOffer";
import type { DeskEvent } from "../../bindings/DeskEvent";
import type { IdentityView } from "../../bindings/IdentityView";
import type { KnownPerson } from "../../bindings/KnownPerson";
import type { KnownView } from "../../bindings/KnownView";
import type { UserError } from "../../bindings/UserError";
import type { Desk } from "../../lib/desk";
import { CARD, accept, draft, fill, find, focused, openWindow, paste, press, seen, soon } from "../../screens/hands";
import { intake } from "../intake/controller.svelte";
import { notices } from "../notices/controller.svelte";

const OTHER = "099199000002||LÊ THỊ HAI|03031999|Nữ|Thôn 9, xã Mẫu|01052021";
const alt = (key: string) => press(key, { altKey: true, code: `Key${key.toUpperCase()}` });
let close = (): void => undefined;
let desk: Desk;
let tell: (event: DeskEvent) => void = () => undefined;
afterEach(() => close());

async function open(change: (desk: Desk) => void = () => undefined): Promise<void> {
  close = await openWindow("empty&in", (one) => {
    desk = one;
    change(one);
  });
  tell = (globalThis as unknown as { deskEvent: (event: DeskEvent) => void }).deskEvent;
}

async function begin(change: (desk: Desk) => void = () => undefined): Promise<HTMLElement> {
  await open(change);
  await seen("new-dossier");
  press("F2");
  return seen("applicant-id-number");
}

const offer = (text: string, more: Partial<CardOffer> = {}): CardOffer => {
  const [id_number = "", , name = ""] = text.split("|");
  const card = { kind: "person" as const, tax_code: "", id_number, name, birth_date: "1999-01-01", sex: null, address: "", phone: "", email: "" };
  return { component: null, number: 1, text, card, warnings: [], ...more };
};

describe("a known owner", () => {
  const dossiers = [{ id: "d1", code: "H99.01-261101-0007", procedure: "Kết hôn", received_at: "2026-11-01T08:00:00+07:00", state: "returned" as const }];
  const form = { ...offer(CARD).card, phone: "0912345678", email: "", address: "Thôn 1" };
  const contact = { form, code: "H99.01-261101-0007" };
  const asked: KnownView = { consent: null, dossiers, contact: null, papers: [] };
  const agreed: KnownView = { consent: true, dossiers, contact, papers: [] };

  it("is asked for consent before anything is offered, and one key fills in what undo takes back", async () => {
    const said: boolean[] = [];
    paste(
      await begin((one) => {
        one.known = async () => (said.at(-1) ? agreed : asked);
        one.setConsent = async (_id, _seat, given) => (said.push(given), given ? agreed : { ...asked, consent: false });
      }),
      CARD,
    );
    expect((await seen("known")).textContent).toContain("H99.01-261101-0007");
    expect(find("known-take"), "nothing is offered before they agreed").toBeNull();
    alt("y");
    await seen("known-take");
    expect(said).toEqual([true]);
    expect(intake.form.phone).toBe("");
    alt("l");
    await soon(() => expect(intake.form.phone).toBe("0912345678"));
    notices.undoLatest();
    await soon(() => expect(intake.form.phone).toBe(""));
    (await seen("consent-withdrawn")).click();
    await soon(() => expect(find("known-take")).toBeNull());
    expect(said).toEqual([true, false]);
  });
});

describe("a known name", () => {
  const person = (more: Partial<KnownPerson> = {}): KnownPerson => ({
    dossier: "d1",
    seat: "owner",
    name: "Đặng Thị Mẫu",
    birth_date: "1990-02-01",
    number_end: "0001",
    code: "H99.01-261101-0007",
    received_at: "2026-11-01T08:00:00+07:00",
    consent: null,
    ...more,
  });

  it("is looked for while no number is known, and taken by a key that says they agree", async () => {
    const taken: unknown[] = [];
    await begin((one) => {
      one.findKnown = async (name) => ({ people: name.startsWith("dang") ? [person(), person({ dossier: "d2", number_end: "0002", consent: true })] : [], ms: 1 });
      const plain = one.saveApplicant;
      one.takeKnown = async (id, seat, from, fromSeat, agreed) => {
        taken.push([seat, from, fromSeat, agreed]);
        return plain(id, { ...offer(CARD).card, name: "Đặng Thị Mẫu" });
      };
    });
    fill(await seen("applicant-name"), "dang thi");
    const names = await seen("known-names");
    expect(names.textContent).toContain("…0001");
    expect(names.querySelectorAll('[data-testid="known-name"]')).toHaveLength(2);
    alt("y");
    await soon(() => expect(intake.form.id_number).toBe("099099000000"));
    expect(taken).toEqual([["owner", "d1", "owner", true]]);
    await soon(() => expect(find("known-names"), "with a number nobody is looked for").toBeNull());
    await soon(() => expect(focused()).toBe("procedure-search"));
  });

  it("is not looked for by a family name alone, nor beside a number", async () => {
    let asked = 0;
    paste(await begin((one) => void (one.findKnown = async () => ((asked += 1), { people: [person()], ms: 1 }))), CARD);
    await soon(() => expect(intake.form.name).toBe("NGUYỄN VĂN MẪU"));
    await new Promise((done) => setTimeout(done, 400));
    expect([asked, find("known-names")]).toEqual([0, null]);
  });
});

describe("a card on a picture", () => {
  it("among scanned pages is offered and waits; a key takes it like a reader's", async () => {
    await begin((one) => {
      const found = one.openDossier;
      one.cardOffers = async (id) => ((await found(id)).pages.kept > 0 ? [offer(CARD, { component: 2, number: 1 })] : []);
    });
    fill(await seen("applicant-name"), "Ai");
    press("F4");
    fill(await seen("procedure-search"), "khai sinh");
    (await seen("procedure-hit-1.001193")).click();
    await seen("component-1");
    await soon(() => expect((find("f-key-F5") as HTMLButtonElement).disabled).toBe(false));
    press("F5");
    await soon(() => expect(intake.dossier?.pages.received).toBeGreaterThan(0));
    await soon(() => expect(intake.run.active).toBe(false));
    expect((await seen("card-offer")).textContent).toContain("NGUYỄN VĂN MẪU");
    expect(intake.form.id_number, "nothing is filled in by itself").toBe("");
    alt("q");
    await soon(() => expect(intake.form.id_number).toBe("099099000000"));
    await soon(() => expect(find("card-offer")).toBeNull());
  });

  it("can be left, and undo offers it again", async () => {
    await begin((one) => void (one.cardOffers = async () => [offer(OTHER)]));
    (await seen("card-offer-leave")).click();
    await soon(() => expect(find("card-offer")).toBeNull());
    notices.undoLatest();
    await seen("card-offer");
  });

  it("that is picked is read at once when it is one, and chosen of when they are several", async () => {
    let files = [offer(CARD)];
    await begin((one) => void (one.pickCardPicture = async () => files));
    alt("i");
    await soon(() => expect(intake.form.name).toBe("NGUYỄN VĂN MẪU"));
    press("F2");
    await soon(() => expect(intake.form.name).toBe(""));
    files = [offer(OTHER), offer(CARD)];
    alt("i");
    await seen("card-offer");
    expect(document.querySelectorAll('[data-testid="card-offer"]')).toHaveLength(2);
    expect(intake.form.name).toBe("");
  });

  it("without a code is told of, and nothing changes", async () => {
    const error: UserError = { code: "no_card_code", message: "Không thấy mã QR của thẻ căn cước trên ảnh.", hint: "Quét lại.", reference: "k3f9" };
    await begin((one) => void (one.pickCardPicture = () => Promise.reject(error)));
    fill(await seen("applicant-name"), "Ai");
    alt("i");
    expect((await seen("card-error")).textContent).toContain("Không thấy mã QR");
    expect(intake.form.name).toBe("Ai");
  });

  it("dropped before there are papers is taken for a card", async () => {
    const dropped: number[] = [];
    await begin((one) => void (one.cardsDropped = async (drop) => (dropped.push(drop), [offer(CARD)])));
    document.elementFromPoint = () => null;
    tell({ kind: "dropped", drop: 7, names: ["the.jpg"], x: 500, y: 500 });
    await soon(() => expect(intake.form.name).toBe("NGUYỄN VĂN MẪU"));
    expect(dropped).toEqual([7]);
  });
});

describe("a serial reader", () => {
  it("fills the form as one that types does", async () => {
    await begin();
    tell({ kind: "read", text: CARD });
    await soon(() => expect(intake.form.name).toBe("NGUYỄN VĂN MẪU"));
    await soon(() => expect(focused()).toBe("procedure-search"));
  });

  it("starts a dossier from any screen, and a torn reading is told of", async () => {
    await open();
    await seen("new-dossier");
    tell({ kind: "read", text: CARD.slice(0, 30) });
    await seen("card-error");
    tell({ kind: "read", text: CARD });
    await soon(() => expect(intake.form.name).toBe("NGUYỄN VĂN MẪU"));
  });

  it("is chosen among the ports in the settings, with speed and code page, and its state is seen", async () => {
    await open();
    await seen("new-dossier");
    const { frame } = await import("../frame/controller.svelte");
    await frame.go({ name: "settings", part: "reader" });
    const port = (await seen("reader-port")) as HTMLSelectElement;
    expect([...port.options].map((one) => one.value)).toEqual(["", "/dev/ttyACM0", "/dev/ttyS0"]);
    port.value = "/dev/ttyACM0";
    port.dispatchEvent(new Event("change", { bubbles: true }));
    expect((await seen("reader-status")).dataset.status).toBe("ready");
    expect((await desk.readers()).line).toEqual({ port: "/dev/ttyACM0", speed: 9_600, encoding: "auto" });
    tell({ kind: "reader", status: "missing" });
    await soon(() => expect(find("reader-status")?.dataset.status).toBe("missing"));
    const speed = (await seen("reader-speed")) as HTMLSelectElement;
    speed.value = "115200";
    speed.dispatchEvent(new Event("change", { bubbles: true }));
    await soon(async () => expect((await desk.readers()).line?.speed).toBe(115_200));
  });
});

describe("whoever was not held against the register", () => {
  const row = (more: Partial<IdentityView> = {}): IdentityView => ({
    seat: "owner",
    name: "NGUYỄN VĂN MẪU",
    birth_date: "1999-01-01",
    state: "mismatched",
    fault: null,
    next: null,
    register_name: "NGUYỄN VĂN MÀU",
    register_birth_date: "1999-01-01",
    by: null,
    reason: "",
    at: null,
    ...more,
  });

  it("is shown with both values, and confirmed with a reason that undo takes back", async () => {
    await open((one) => {
      const plain = one.accept;
      one.accept = async (id) => {
        const view = await plain(id);
        return { ...view, identity: [row()] };
      };
      let state = row();
      const shown = async (id: string) => ({ ...(await one.openDossier(id)), identity: [state] });
      one.confirmIdentity = async (id, _seat, reason) => ((state = row({ state: "confirmed", reason, by: "Trần Thị Ngọc Ánh" })), shown(id));
      one.reopenIdentity = async (id) => ((state = row()), shown(id));
      const opened = one.openDossier;
      one.openDossier = async (id) => ({ ...(await opened(id)), identity: [state] });
    });
    await draft("khai sinh", "1.001193");
    await accept();
    const owner = await seen("identity-owner");
    expect(owner.textContent).toContain("NGUYỄN VĂN MÀU");
    (await seen("identity-confirm")).click();
    fill(await seen("identity-reason"), "Đã tra tại công an xã");
    (await seen("identity-done")).click();
    await soon(() => expect(find("identity-owner")?.dataset.state).toBe("confirmed"));
    notices.undoLatest();
    await soon(() => expect(find("identity-owner")?.dataset.state).toBe("mismatched"));
  });
});
