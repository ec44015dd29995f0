/** The desk in memory: who stands behind a dossier. */
import type { ApplicantForm } from "../bindings/ApplicantForm";
import type { CheckState } from "../bindings/CheckState";
import type { CardOffer } from "../bindings/CardOffer";
import type { KnownPerson } from "../bindings/KnownPerson";
import type { KnownView } from "../bindings/KnownView";
import type { CardAnswer } from "../bindings/CardAnswer";
import type { DossierView } from "../bindings/DossierView";
import type { ReaderView } from "../bindings/ReaderView";
import type { RepresentativeForm } from "../bindings/RepresentativeForm";
import type { RepresentativeView } from "../bindings/RepresentativeView";
import type { Seat } from "../bindings/Seat";
import type { UserError } from "../bindings/UserError";
import type { Desk } from "./desk";

export const NOBODY: ApplicantForm = { kind: "person", tax_code: "", id_number: "", name: "", birth_date: null, sex: null, address: "", phone: "", email: "" };

const NEWCOMER: RepresentativeForm = {
  id_number: "",
  name: "",
  birth_date: null,
  sex: null,
  address: "",
  phone: "",
  email: "",
  basis: "authorization",
  paper_number: "",
  paper_date: null,
  relation: "",
};

/** What the parts share with the desk they belong to. */
interface Hands {
  get: (id: string) => DossierView;
  change: (id: string, edit: (view: DossierView) => void) => Promise<DossierView>;
  /** Whether people are known and scanned pages show a card. */
  known?: boolean;
}

const seatedAs = (form: RepresentativeForm, card: boolean): RepresentativeView => ({ form, from_card: card, warnings: [], ground: form.relation });

function personOf(text: string): ApplicantForm {
  const [number, , name, born, sex, address] = text.split("|");
  if (!/^\d{12}$/.test(number ?? "") || !name || !/^\d{8}$/.test(born ?? "") || !address) {
    throw { code: "unreadable_id", message: "Không đọc được mã trên thẻ.", hint: "Đọc lại thẻ hoặc nhập tay.", reference: "k3f9" } satisfies UserError;
  }
  const birth = `${born?.slice(4)}-${born?.slice(2, 4)}-${born?.slice(0, 2)}`;
  return { ...NOBODY, id_number: number ?? "", name, birth_date: birth, sex: sex === "Nam" ? "male" : "female", address };
}

const KNOWN_PEOPLE: KnownPerson[] = [
  { dossier: "d1", seat: "owner", name: "", birth_date: "1990-02-01", number_end: "0001", code: "H99.01.02-261102-0007", received_at: "2026-11-02T08:00:00+07:00", consent: true },
  { dossier: "d2", seat: "representative", name: "", birth_date: null, number_end: "0418", code: "H99.01.02-260915-0112", received_at: "2026-09-15T08:00:00+07:00", consent: null },
];
const ON_PAGE: CardOffer = {
  component: 1,
  number: 1,
  text: "099199000002||LÊ THỊ HAI|03031999|Nữ|Thôn 9, xã Mẫu|01052021",
  card: { ...NOBODY, id_number: "099199000002", name: "LÊ THỊ HAI", birth_date: "1999-03-03", sex: "female", address: "Thôn 9, xã Mẫu" },
  warnings: ["unknown_province"],
};
const KNOWN: KnownView = { consent: null, dossiers: [], contact: null, papers: [] };
type Parts = Pick<Desk, "known" | "setConsent" | "reusePaper" | "confirmIdentity" | "reopenIdentity" | "population" | "setPopulation" | "findKnown" | "takeKnown" | "cardOffers" | "cardsDropped" | "pickCardPicture" | "readers" | "chooseReader" | "offerCard" | "readCard" | "saveRepresentative" | "switchParty">;

export function fakeApplicant({ get, change, known = false }: Hands): Parts {
  const fill = (view: DossierView, person: ApplicantForm, seat: Seat): void => {
    if (seat === "owner") {
      const same = view.applicant.id_number === "" || view.applicant.id_number === person.id_number;
      const { phone, email } = same ? view.applicant : NOBODY;
      view.applicant = { ...person, phone, email };
      view.from_card = true;
      view.warnings = person.id_number.startsWith("099") ? ["unknown_province"] : [];
    } else {
      const { kind: _kind, tax_code: _code, ...card } = person;
      view.representative = seatedAs({ ...NEWCOMER, ...view.representative?.form, ...card }, true);
    }
  };
  const settle = (id: string, seat: Seat, state: CheckState, reason: string) =>
    change(id, (view) => {
      view.identity = view.identity.map((one) => (one.seat === seat ? { ...one, state, reason, by: "Trần Thị Ngọc Ánh" } : one));
    });
  const copy = <T>(value: T): T => structuredClone(value);
  let reader: ReaderView = {
    ports: [{ id: "/dev/ttyACM0", name: "Mau Scanner MS-2D" }, { id: "/dev/ttyS0", name: null }],
    line: null,
    status: "off",
    read: 0,
    last: null,
  };
  return {
    known: async () => ({ ...KNOWN }),
    setConsent: async (_id, _seat, given) => ({ ...KNOWN, consent: given }),
    findKnown: async (name) => ({ people: known ? KNOWN_PEOPLE.map((one) => ({ ...one, name })) : [], ms: 0 }),
    takeKnown: (id) => change(id, () => undefined),
    cardOffers: async (id) => (known && get(id).pages.kept > 0 ? [ON_PAGE] : []),
    cardsDropped: async () => [],
    pickCardPicture: async () => [],
    readers: async () => copy(reader),
    chooseReader: async (line) => copy((reader = { ...reader, line, status: line ? "ready" : "off" })),
    reusePaper: (id) => change(id, () => undefined),
    confirmIdentity: (id, seat, reason) => settle(id, seat, "confirmed", reason),
    reopenIdentity: (id, seat) => settle(id, seat, "unchecked", ""),
    population: async () => ({ url: null }),
    setPopulation: async (url) => ({ url }),
    offerCard: async (id, text, inHand): Promise<CardAnswer> => {
      const person = personOf(text);
      const view = get(id);
      const free = (number: string | undefined) => number === "" || number === person.id_number;
      const rep = view.representative?.form.id_number;
      const owner = view.applicant.kind === "person" && free(view.applicant.id_number);
      const second = view.representative !== null && free(rep);
      const seat: Seat | null = second && inHand === "representative" ? "representative" : owner ? "owner" : second ? "representative" : null;
      if (seat === null) {
        const seats: Seat[] = view.applicant.kind === "person" ? ["representative", "owner"] : ["representative"];
        return { dossier: await change(id, () => undefined), question: { card: person, seats }, seat: null };
      }
      return { dossier: await change(id, (one) => fill(one, person, seat)), question: null, seat };
    },
    readCard: async (id, text, seat) => {
      const person = personOf(text);
      return change(id, (view) => fill(view, person, seat));
    },
    saveRepresentative: (id, form) => change(id, (view) => void (view.representative = form ? seatedAs(form, view.representative?.from_card ?? false) : null)),
    switchParty: (id, kind) =>
      change(id, (view) => {
        if (view.applicant.kind === kind) return;
        if (kind === "organization") {
          const { kind: _kind, tax_code: _code, ...person } = view.applicant;
          view.representative ??= seatedAs({ ...NEWCOMER, ...person, basis: "introduction" }, view.from_card);
          view.applicant = { ...NOBODY, kind };
        } else {
          const { basis: _basis, paper_number: _number, paper_date: _date, relation: _relation, ...person } = view.representative?.form ?? NEWCOMER;
          view.applicant = { ...NOBODY, ...person };
          view.representative = null;
        }
        view.from_card = false;
        view.warnings = [];
      }),
  };
}
