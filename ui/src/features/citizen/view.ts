/** What of the work on the table its citizen sees: their own data, what is to be paid, the appointment. */
import type { ApplicantForm } from "../../bindings/ApplicantForm";
import type { CitizenFact } from "../../bindings/CitizenFact";
import type { CitizenView } from "../../bindings/CitizenView";
import type { DossierView } from "../../bindings/DossierView";
import type { FeesView } from "../../bindings/FeesView";
import type { StationView } from "../../bindings/StationView";
import type { TransferCode } from "../../bindings/TransferCode";
import { date, idNumber, moment } from "../../lib/format";
import { messages } from "../../lib/say.svelte";

/** The citizen reads Vietnamese, whatever the clerk chose. */
const words = messages("vi");

function facts(form: ApplicantForm): [string, string][] {
  const { citizen } = words;
  return [
    [citizen.name, form.name],
    [citizen.idNumber, idNumber(form.id_number)],
    [citizen.taxCode, form.tax_code],
    [citizen.birthDate, form.birth_date ? date(form.birth_date) : ""],
    [citizen.sex, form.sex ? words.sexes[form.sex] : ""],
    [citizen.address, form.address],
    [citizen.phone, form.phone],
    [citizen.email, form.email],
  ];
}

/** Nobody's data without a dossier on the table. */
export function citizenView(station: StationView, dossier: DossierView | null, fees: FeesView | null, code: TransferCode | null): CitizenView {
  const head = { office: station.office, station: station.station, training: station.training };
  if (!dossier || dossier.status === "refused" || dossier.status === "withdrawn") return { ...head, dossier: null, code: null };
  const own = fees?.dossier === dossier.id ? fees : null;
  return {
    ...head,
    code,
    dossier: {
      code: dossier.code,
      procedure: dossier.procedure?.name ?? "",
      facts: [...facts(dossier.applicant), [words.applicant.representative, dossier.representative?.form.name ?? ""]]
        .filter(([, value]) => value?.trim())
        .map(([label = "", value = ""]): CitizenFact => ({ label, value })),
      papers: dossier.components
        .filter((one) => one.originals + one.copies + one.certified > 0 || one.pages.some((page) => page.disposition === "kept"))
        .map((one) => one.name),
      due: dossier.due ? moment(dossier.due.due) : null,
      fee: own?.left_visit || own?.left || null,
    },
  };
}
