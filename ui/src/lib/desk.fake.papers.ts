/** The fake desk's forms: which a dossier has, and a picture that stands for each. */
import type { DossierView } from "../bindings/DossierView";
import type { EventKind } from "../bindings/EventKind";
import type { Form } from "../bindings/Form";
import type { FormsView } from "../bindings/FormsView";
import type { PaperOffer } from "../bindings/PaperOffer";
import type { Desk } from "./desk";
import { MIDDLE, lines, svg, text } from "./desk.fake.samples";
import { vi } from "./messages/vi";

const OF_STEP: Partial<Record<EventKind, Form>> = { refused: "refusal", supplement_asked: "supplement", stopped: "stop", done: "result-receipt", returned: "result-receipt" };

type Papers = Pick<Desk, "papersOf" | "paper" | "printPaper" | "openPaper" | "forms" | "setOffice" | "setRegulation" | "setForm" | "pickLogo" | "clearLogo">;

export function fakePapers(find: (id: string) => DossierView | undefined, wait: () => Promise<unknown>): Papers {
  const printed = new Map<string, number>();
  const prints = (form: Form, about: string): number => printed.get(`${form} ${about}`) ?? 0;
  const title = (form: Form): string => vi.papers.forms[form];
  const all = Object.keys(vi.papers.forms) as Form[];
  const chosen: FormsView = {
    office: {
      parent: "Ủy ban nhân dân phường Mẫu",
      name: "Trung tâm Phục vụ hành chính công phường Mẫu",
      place: "Phường Mẫu",
      address: "Số 1 đường Mẫu, phường Mẫu",
      phone: "0292 000 0000",
      lookup_url: "https://tracuu.example",
      system: "Một Cửa",
    },
    regulation: "tt03",
    logo: false,
    forms: all.map((form, index) => ({
      title: title(form),
      number: index < 7 ? `Mẫu số 0${index + 1}` : null,
      fixed: ["control", "history", "handover", "handover-results", "tracking-book", "visit-receipt", "cover-sheet"].includes(form),
      choice: { form, paper: null, printer: null, copies: 1 },
    })),
  };
  const copy = (_change?: unknown): FormsView => structuredClone(chosen);
  return {
    papersOf: async (id) => {
      const view = find(id);
      if (!view) return [];
      const covers: PaperOffer = { form: "cover-sheet", about: id, title: title("cover-sheet"), prints: 0 };
      if (view.status === "draft") return view.components.length > 0 ? [covers] : [];
      const steps = view.history.map((entry) => OF_STEP[entry.step]).filter((form) => form !== undefined);
      const usual: Form[] = view.code ? ["receipt", "control", "history"] : [];
      const forms = [...new Set<Form>([...steps.reverse(), ...usual])];
      return forms.map((form): PaperOffer => ({ form, about: id, title: title(form), prints: prints(form, id) }));
    },
    paper: async (form, about) => ({ form, about, title: title(form), pages: 1, bytes: 41_200, reprint: prints(form, about) > 0, prints: prints(form, about) }),
    printPaper: async (form, about, printer) => {
      await wait();
      const before = prints(form, about);
      printed.set(`${form} ${about}`, before + 1);
      return { job: "HP-118", printer: printer ?? "HP-LaserJet-Quay3", finished: true, reprint: before > 0 };
    },
    openPaper: async () => undefined,
    forms: async () => copy(),
    setOffice: async (office) => copy((chosen.office = office)),
    setRegulation: async (regulation) => copy((chosen.regulation = regulation)),
    setForm: async (choice) => {
      const one = chosen.forms.find((one) => one.choice.form === choice.form);
      if (one) one.choice = choice;
      return copy();
    },
    pickLogo: async () => copy((chosen.logo = true)),
    clearLogo: async () => copy((chosen.logo = false)),
  };
}

export function formPicture(key: string): string {
  const form = key.split("/")[0] as Form;
  const heading = vi.papers.forms[form]?.toUpperCase() ?? "";
  return svg(1240, 1754, text(60, 70, 14, "UBND PHƯỜNG MẪU") + text(60, 90, 14, "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG") + text(310, 170, 20, heading, MIDDLE) + lines(220, 20));
}
