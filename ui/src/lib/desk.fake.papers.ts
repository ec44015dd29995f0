/** The fake desk's forms: which a dossier has, and a picture that stands for each. */
import type { DossierView } from "../bindings/DossierView";
import type { EventKind } from "../bindings/EventKind";
import type { Form } from "../bindings/Form";
import type { PaperOffer } from "../bindings/PaperOffer";
import type { Desk } from "./desk";
import { MIDDLE, lines, svg, text } from "./desk.fake.samples";
import { vi } from "./messages/vi";

const OF_STEP: Partial<Record<EventKind, Form>> = { refused: "refusal", supplement_asked: "supplement", stopped: "stop", done: "result-receipt", returned: "result-receipt" };

type Papers = Pick<Desk, "papersOf" | "paper" | "printPaper" | "openPaper">;

export function fakePapers(find: (id: string) => DossierView | undefined, wait: () => Promise<unknown>): Papers {
  const printed = new Map<string, number>();
  const prints = (form: Form, about: string): number => printed.get(`${form} ${about}`) ?? 0;
  const title = (form: Form): string => vi.papers.forms[form];
  return {
    papersOf: async (id) => {
      const view = find(id);
      if (!view || view.status === "draft") return [];
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
  };
}

export function formPicture(key: string): string {
  const form = key.split("/")[0] as Form;
  const heading = vi.papers.forms[form]?.toUpperCase() ?? "";
  return svg(1240, 1754, text(60, 70, 14, "UBND PHƯỜNG MẪU") + text(60, 90, 14, "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG") + text(310, 170, 20, heading, MIDDLE) + lines(220, 20));
}
