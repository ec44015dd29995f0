/** Owner, organization and who hands in: each in a seat of their own, by keys, and nothing typed is lost (T-52, A9, B6). */
import { afterEach, describe, expect, it } from "vitest";
import { CARD, fill, find, focused, openWindow, paste, press, seen, soon } from "../../screens/hands";
import { intake } from "../intake/controller.svelte";
import { notices } from "../notices/controller.svelte";

const OTHER = "099199000002||LÊ THỊ HAI|03031999|Nữ|Thôn 9, xã Mẫu|01052021";
let close = (): void => undefined;
afterEach(() => close());

async function begin(): Promise<HTMLElement> {
  close = await openWindow("empty&in");
  await seen("new-dossier");
  press("F2");
  return seen("applicant-id-number");
}
const alt = (key: string, code: string) => press(key, { altKey: true, code });

describe("a second card", () => {
  it("asks where it goes, changes nothing meanwhile, and one key seats it", async () => {
    paste(await begin(), CARD);
    await soon(() => expect(intake.form.name).toBe("NGUYỄN VĂN MẪU"));
    paste(await seen("procedure-search"), OTHER);
    expect((await seen("card-question")).textContent).toContain("LÊ THỊ HAI");
    expect(intake.form.name, "the first person stays").toBe("NGUYỄN VĂN MẪU");
    alt("1", "Digit1");
    await seen("representative");
    await soon(() => expect(intake.rep.name).toBe("LÊ THỊ HAI"));
    expect(intake.form.name).toBe("NGUYỄN VĂN MẪU");
    notices.undoLatest();
    await soon(() => expect(intake.dossier?.representative).toBeNull());
  });

  it("goes to the open seat that has the focus", async () => {
    paste(await begin(), CARD);
    await soon(() => expect(intake.form.name).toBe("NGUYỄN VĂN MẪU"));
    alt("n", "KeyN");
    const number = await seen("representative-id-number");
    await soon(() => expect(focused()).toBe("representative-id-number"));
    paste(number, OTHER);
    await soon(() => expect(intake.rep.id_number).toBe("099199000002"));
    expect(find("card-question")).toBeNull();
    expect(intake.form.name).toBe("NGUYỄN VĂN MẪU");
  });

  it("is left alone with Esc", async () => {
    paste(await begin(), CARD);
    await soon(() => expect(intake.form.name).toBe("NGUYỄN VĂN MẪU"));
    paste(await seen("procedure-search"), OTHER);
    await seen("card-question");
    press("Escape");
    await soon(() => expect(find("card-question")).toBeNull());
    expect(intake.dossier?.representative).toBeNull();
  });
});

describe("an organization", () => {
  it("comes by one key, the person who was read is who came, and undo brings both back", async () => {
    paste(await begin(), CARD);
    await soon(() => expect(intake.form.name).toBe("NGUYỄN VĂN MẪU"));
    fill(await seen("applicant-phone"), "0912345678");
    alt("o", "KeyO");
    await seen("applicant-tax-code");
    await soon(() => expect(focused()).toBe("applicant-tax-code"));
    expect([intake.rep.name, intake.rep.phone, intake.rep.basis]).toEqual(["NGUYỄN VĂN MẪU", "0912345678", "introduction"]);
    const missing = intake.dossier?.obstacles.map((one) => ("field" in one ? one.field : one.kind));
    expect(missing).toEqual(["name", "tax_code", "address", "no_procedure"]);
    notices.undoLatest();
    await soon(() => expect([intake.form.name, intake.form.phone]).toEqual(["NGUYỄN VĂN MẪU", "0912345678"]));
    expect(intake.form.kind).toBe("person");
  });
});
