/** F7: what reaches the citizen's screen is the dossier on the table, and nobody's once there is none. */
import { expect, test } from "vitest";
import type { DossierView } from "../../bindings/DossierView";
import type { FeesView } from "../../bindings/FeesView";
import { fakeDesk } from "../../lib/desk.fake";
import { idNumber } from "../../lib/format";
import { citizenView } from "./view";

async function onTheTable() {
  const desk = fakeDesk(new URLSearchParams("in"));
  const dossier = await desk.newDossier();
  const form = { ...dossier.applicant, name: "TRẦN THỊ NGỌC MẪU", id_number: "099199000001", birth_date: "1999-01-02" };
  return { station: await desk.station(), dossier: { ...dossier, applicant: form, note: "ghi riêng" } as DossierView };
}

test("the citizen's own data, each with its label, and nothing of the clerk's", async () => {
  const { station, dossier } = await onTheTable();
  const view = citizenView(station, dossier, null, null);
  expect(view.dossier?.facts.map((fact) => fact.value)).toEqual(["TRẦN THỊ NGỌC MẪU", idNumber("099199000001"), "02/01/1999"]);
  expect(JSON.stringify(view)).not.toContain("ghi riêng");
});

test("without a dossier, or once it was refused, nobody's data", async () => {
  const { station, dossier } = await onTheTable();
  expect(citizenView(station, null, null, null).dossier).toBeNull();
  expect(citizenView(station, { ...dossier, status: "refused" }, null, null).dossier).toBeNull();
});

test("what is to be paid is this dossier's, not that of the one before", async () => {
  const { station, dossier } = await onTheTable();
  const other = { dossier: "another", left: 8_000, left_visit: 8_000 } as FeesView;
  expect(citizenView(station, dossier, other, null).dossier?.fee).toBeNull();
  expect(citizenView(station, dossier, { ...other, dossier: dossier.id }, null).dossier?.fee).toBe(8_000);
});
