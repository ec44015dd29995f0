/** The part of the desk in memory that knows who waits before the counter. */
import type { DossierView } from "../bindings/DossierView";
import type { QueueFigures } from "../bindings/QueueFigures";
import type { QueueView } from "../bindings/QueueView";
import type { TicketView } from "../bindings/TicketView";
import type { UserError } from "../bindings/UserError";
import type { Desk } from "./desk";

interface Lent {
  dossiers: Map<string, DossierView>;
  change: (key: string, edit: (view: DossierView) => void) => Promise<DossierView>;
  who: () => { name: string; role: string };
  now: string;
  /** People wait from the start. */
  filled: boolean;
}

const bad: UserError = { code: "bad_ticket", message: "Đây không phải số thứ tự của hôm nay.", hint: "Gõ lại số trên phiếu.", reference: "k3f9" };

export function fakeQueue({ dossiers, change, who, now, filled }: Lent) {
  const tickets: TicketView[] = [];
  let prefix = "";
  const ticket = (label: string, priority = false): TicketView => ({ label, priority, state: "waiting", taken: now, called: null, waited: 0, served: null, clerk: "", dossiers: [] });
  if (filled) {
    tickets.push(ticket("A017"), ticket("A018"), ticket("A019", true), ticket("A020"), ticket("A021"), ticket("A022"));
  }
  const own = () => tickets.find((one) => one.state === "serving" && one.clerk === who().name);
  const figures = (clerk: string): QueueFigures => {
    const mine = tickets.filter((one) => clerk === "" || one.clerk === clerk);
    const count = (state: TicketView["state"]) => mine.filter((one) => one.state === state).length;
    return { clerk, taken: mine.length, waiting: count("waiting"), served: count("served"), absent: count("absent"), mean_wait: 420, longest_wait: 1260, mean_serving: 385 };
  };
  const shown = (): QueueView => {
    const waiting = tickets.filter((one) => one.state === "waiting");
    const tied = (one: TicketView): TicketView => ({
      ...one,
      dossiers: [...dossiers.values()].filter((view) => view.ticket?.label === one.label && view.status !== "discarded").map((view) => ({ id: view.id, code: view.code, applicant: view.applicant.name })),
    });
    const serving = own();
    const clerks = [...new Set(tickets.map((one) => one.clerk).filter(Boolean))];
    return structuredClone({
      serving: serving ? tied(serving) : null,
      waiting: [...waiting.filter((one) => one.priority), ...waiting.filter((one) => !one.priority)],
      absent: tickets.filter((one) => one.state === "absent"),
      served: tickets.filter((one) => one.state === "served").length,
      prefix,
      figures: who().role === "supervisor" ? { day: now.slice(0, 10), all: figures(""), clerks: clerks.map(figures) } : null,
    });
  };
  const label = (text: string): string => {
    const read = (/^mcq\|/i.test(text) ? (text.split("|")[2] ?? "") : text.trim()).toUpperCase();
    if (!/^[A-Z0-9-]{1,12}$/.test(read) || !/\d/.test(read)) throw bad;
    return /^\d{1,2}$/.test(read) ? read.padStart(3, "0") : read;
  };
  const known = (text: string): TicketView => {
    const read = label(text);
    const found = tickets.find((one) => one.label === read);
    if (found) return found;
    const fresh = { ...ticket(read), taken: null, waited: null };
    tickets.push(fresh);
    return fresh;
  };
  const finish = (): void => {
    const one = own();
    if (one) Object.assign(one, { state: "served", served: 385 });
  };
  const call = (one: TicketView | undefined): QueueView => {
    if (one !== own()) finish();
    if (one) Object.assign(one, { state: "serving", called: now, clerk: who().name, served: 0 });
    return shown();
  };

  const desk: Pick<Desk, "queue" | "takeTicket" | "addTicket" | "callNext" | "callTicket" | "stepTicket" | "setTicket" | "setQueuePrefix"> = {
    queue: async () => shown(),
    takeTicket: async (priority) => {
      const fresh = ticket(`${prefix}${String(tickets.length + 1).padStart(3, "0")}`, priority);
      tickets.push(fresh);
      return { label: fresh.label, about: `${now.slice(0, 10)}:${fresh.label}`, queue: shown() };
    },
    addTicket: async (text, priority) => {
      known(text).priority = priority;
      return shown();
    },
    callNext: async () => call(shown().waiting.map((one) => tickets.find((other) => other.label === one.label))[0]),
    callTicket: async (text) => call(known(text)),
    stepTicket: async (text, step) => {
      const one = known(text);
      if (step === "put_back") Object.assign(one, { state: "waiting", called: null, clerk: "" });
      else Object.assign(one, { state: step === "finish" ? "served" : "absent" });
      return shown();
    },
    setTicket: async (key, text) => {
      const one = text.trim() === "" ? null : known(text);
      if (one?.state === "waiting" || one?.state === "absent") call(one);
      return change(key, (view) => (view.ticket = one ? { ...one } : null));
    },
    setQueuePrefix: async (text) => {
      prefix = text.trim().toUpperCase();
      return shown();
    },
  };
  /** A dossier that is opened while somebody is served is theirs. */
  const tie = (view: DossierView): DossierView => {
    const one = own();
    view.ticket = one ? { ...one } : null;
    return view;
  };
  return { desk, tie };
}
