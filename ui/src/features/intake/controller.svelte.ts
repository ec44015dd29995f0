/**
 * The dossier on the table. What the clerk types lives here and is written behind it; an answer that comes late never
 * overwrites newer typing. Commands answer with the whole dossier, which replaces what is shown except those edits.
 */
import type { CardQuestion } from "../../bindings/CardQuestion";
import type { Joining } from "../../bindings/Joining";
import type { KnownPaper } from "../../bindings/KnownPaper";
import type { KnownPerson } from "../../bindings/KnownPerson";
import type { PartyKind } from "../../bindings/PartyKind";
import type { RepresentativeForm } from "../../bindings/RepresentativeForm";
import type { Seat } from "../../bindings/Seat";
import type { ApplicantForm } from "../../bindings/ApplicantForm";
import type { Channel } from "../../bindings/Channel";
import type { ComponentView } from "../../bindings/ComponentView";
import type { DossierView } from "../../bindings/DossierView";
import type { EventKind } from "../../bindings/EventKind";
import type { PageAct } from "../../bindings/PageAct";
import type { PageUndone } from "../../bindings/PageUndone";
import type { PageView } from "../../bindings/PageView";
import type { PaperCounts } from "../../bindings/PaperCounts";
import type { PaperEdges } from "../../bindings/PaperEdges";
import type { PaperVerdict } from "../../bindings/PaperVerdict";
import type { PhotoPaper } from "../../bindings/PhotoPaper";
import type { StackChoice } from "../../bindings/StackChoice";
import type { StackView } from "../../bindings/StackView";
import type { UserError } from "../../bindings/UserError";
import { desk } from "../../lib/desk";
import { m } from "../../lib/say.svelte";
import { asUserError, attempt, notices } from "../notices/controller.svelte";
import { Edits } from "./edits";
import { PageRun } from "./run.svelte";
import { Saver } from "./saver";

const BLANK: ApplicantForm = {
  kind: "person",
  tax_code: "",
  id_number: "",
  name: "",
  birth_date: null,
  sex: null,
  address: "",
  phone: "",
  email: "",
};

export type FormField = keyof ApplicantForm;
const FORM_FIELDS = Object.keys(BLANK) as FormField[];

const BLANK_REP: RepresentativeForm = {
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
export type RepField = keyof RepresentativeForm;
const REP_FIELDS = Object.keys(BLANK_REP) as RepField[];
const inRep = (field: RepField) => `rep_${field}` as const;
type Field = FormField | ReturnType<typeof inRep> | "note";

/** A card that would push somebody out of a seat: where does it go? */
export interface AskedCard {
  text: string;
  question: CardQuestion;
}

/** A dossier that was put down while somebody works on it, with what is typed and not written. */
export interface Held {
  id: string;
  selected: number;
  page: string | null;
  typed: Partial<ApplicantForm>;
  rep: Partial<RepresentativeForm>;
  note: string | null;
  counts: Map<number, PaperCounts>;
  answers: Map<string, string>;
}

export type SaveState = "saved" | "saving" | "failed";

/** Papers counted and pages kept: what stands against "missing". */
function papersOf(component: ComponentView): number {
  const { originals, copies, certified, pages } = component;
  return originals + copies + certified + pages.filter((page) => page.disposition === "kept").length;
}

class Intake {
  dossier = $state.raw<DossierView | null>(null);
  form = $state<ApplicantForm>({ ...BLANK });
  /** Who hands in for the owner, while somebody does. */
  rep = $state<RepresentativeForm>({ ...BLANK_REP });
  askedCard = $state.raw<AskedCard | null>(null);
  note = $state("");
  /** The component that F5 scans into. */
  selected = $state(1);
  /** The page in view. */
  pageId = $state<string | null>(null);
  cardError = $state.raw<UserError | null>(null);
  /** Counts readings that filled the form, so that the panel can say so each time. */
  cardsRead = $state(0);
  accepting = $state(false);
  saveState = $state<SaveState>("saved");
  readonly run = new PageRun(this);

  #edits = new Edits<Field>();
  #counts = new Map<number, PaperCounts>();
  /** What was told of the procedure's fields and is not written yet. */
  #answers = new Map<string, string>();
  #focused: Field | null = null;
  #failed = false;
  /** The fields as a carried-over dossier began with them; it is untouched while they stay so. */
  #begun: string | null = null;
  #saver = new Saver(() => this.#showSaving());

  draft = $derived(this.dossier?.status === "draft");
  component = $derived(this.dossier?.components.find((one) => one.index === this.selected) ?? null);
  page = $derived(this.#findPage(this.pageId));

  /** Puts a dossier on the table. */
  show(view: DossierView): void {
    if (view.id !== this.dossier?.id) this.#forgetUndo();
    this.#edits.clear();
    this.#counts.clear();
    this.#answers.clear();
    this.#focused = null;
    this.run.reset();
    this.cardError = null;
    this.askedCard = null;
    this.saveState = "saved";
    this.#failed = false;
    this.#begun = null;
    this.dossier = view;
    this.form = { ...view.applicant };
    this.rep = { ...(view.representative?.form ?? BLANK_REP) };
    this.note = view.note;
    this.selected = view.components[0]?.index ?? 1;
    this.pageId = view.components.flatMap((one) => one.pages)[0]?.id ?? null;
  }

  async startNew(): Promise<boolean> {
    return this.#replace(() => desk.newDossier());
  }

  /** Puts a new draft on the table that was made of the dossier there. */
  async startFrom(ask: () => Promise<DossierView>): Promise<boolean> {
    await this.#saver.flush();
    if (this.#failed || !(await this.#replace(ask))) return false;
    if (this.dossier && !this.dossier.procedure) this.#begun = this.#carried();
    return true;
  }

  /** Asks something about the dossier on the table, once all that is typed is written. */
  ask<T>(question: (id: string) => Promise<T>): Promise<T> {
    const id = this.dossier?.id ?? "";
    return this.#saver.after(() => question(id));
  }

  async open(id: string): Promise<boolean> {
    return this.#replace(() => desk.openDossier(id));
  }

  /** Brings the shown dossier up to date, without touching what is being typed. */
  async refresh(): Promise<void> {
    await this.#command((id) => desk.openDossier(id));
  }

  /** Writes everything down; an untouched new dossier is taken off the table again. */
  async leave(): Promise<void> {
    if (await this.#discardUntouched()) this.dossier = null;
  }

  /** Pages can be put back only while their draft is on the table. */
  #forgetUndo(): void {
    if (this.dossier) notices.forget(this.dossier.id);
  }

  /** Leaves and clears the table. */
  async close(): Promise<void> {
    await this.leave();
    this.#forgetUndo();
    this.dossier = null;
  }

  /** Writes down what it can and clears the table; nothing is discarded. The answer is for `takeUp`. */
  async putDown(): Promise<Held | null> {
    await this.#saver.flush();
    const view = this.dossier;
    if (!view) return null;
    const typed = Object.fromEntries(FORM_FIELDS.filter((field) => this.#edits.dirty(field)).map((field) => [field, this.form[field]]));
    const rep = Object.fromEntries(REP_FIELDS.filter((field) => this.#edits.dirty(inRep(field))).map((field) => [field, this.rep[field]]));
    const note = this.#edits.dirty("note") ? this.note : null;
    const held = { id: view.id, selected: this.selected, page: this.pageId, typed, rep, note, counts: new Map(this.#counts), answers: new Map(this.#answers) };
    this.#forgetUndo();
    this.#edits.clear();
    this.#counts.clear();
    this.#answers.clear();
    this.#failed = false;
    this.dossier = null;
    this.form = { ...BLANK };
    this.rep = { ...BLANK_REP };
    this.note = "";
    return held;
  }

  /** Puts a dossier back on the table as it was put down. False when it may not be opened. */
  async takeUp(held: Held): Promise<boolean> {
    const view = await desk.openDossier(held.id).catch(() => null);
    if (!view) return false;
    this.show(view);
    if (view.components.some((one) => one.index === held.selected)) this.selected = held.selected;
    if (this.#findPage(held.page)) this.pageId = held.page;
    if (!this.draft) return true;
    for (const field of FORM_FIELDS) {
      const value = held.typed[field];
      if (value !== undefined) this.edit(field, value);
    }
    for (const field of REP_FIELDS) {
      const value = held.rep[field];
      if (value !== undefined) this.editRep(field, value);
    }
    if (held.note !== null) this.editNote(held.note);
    for (const [component, counts] of held.counts) this.editCounts(component, counts);
    for (const [key, value] of held.answers) this.editAnswer(key, value);
    return true;
  }

  // ---- what the clerk types

  edit<F extends FormField>(field: F, value: ApplicantForm[F]): void {
    this.form[field] = value;
    this.#edits.touch(field);
    this.#soon("applicant", FORM_FIELDS, (id) => desk.saveApplicant(id, { ...this.form }));
  }

  editRep<F extends RepField>(field: F, value: RepresentativeForm[F]): void {
    this.rep[field] = value;
    this.#edits.touch(inRep(field));
    this.#soon("representative", REP_FIELDS.map(inRep), (id) => desk.saveRepresentative(id, { ...this.rep }));
  }

  editNote(text: string): void {
    this.note = text;
    this.#edits.touch("note");
    this.#soon("note", ["note"], (id) => desk.saveNote(id, this.note));
  }

  editCounts(component: number, change: Partial<PaperCounts>): void {
    const shown = this.dossier?.components.find((one) => one.index === component);
    if (!this.dossier || !shown) return;
    const { originals, copies, certified } = { ...shown, ...change };
    this.#counts.set(component, { originals, copies, certified });
    this.dossier = this.#withEdits(this.dossier);
    this.#soon(`papers ${component}`, [], async (id) => {
      const counts = this.#counts.get(component) ?? { originals, copies, certified };
      const view = await desk.setPapers(id, component, counts);
      if (this.#counts.get(component) === counts) this.#counts.delete(component);
      return view;
    });
  }

  /** What was told of one field of the procedure. */
  editAnswer(key: string, value: string): void {
    if (!this.dossier) return;
    this.#answers.set(key, value);
    this.dossier = this.#withEdits(this.dossier);
    this.#soon(`field ${key}`, [], async (id) => {
      const told = this.#answers.get(key) ?? value;
      const view = await desk.saveField(id, key, told);
      if (this.#answers.get(key) === told) this.#answers.delete(key);
      return view;
    });
  }

  /** A field has the focus: its text is not touched from outside, not even to tidy it. */
  focusField(field: Field | null): void {
    this.#focused = field;
    if (field === null) void this.#saver.flush();
  }

  async flush(): Promise<void> {
    await this.#saver.flush();
  }

  // ---- what the clerk does

  /** A card was read. All or nothing: on a refusal or a question no field changes. */
  async readCard(text: string): Promise<boolean> {
    const inHand: Seat | null = this.#focused === null || this.#focused === "note" ? null : this.#focused.startsWith("rep_") ? "representative" : "owner";
    this.askedCard = null;
    let asked: AskedCard | null = null;
    let took: Seat | null = null;
    const ask = async (id: string) => {
      const answer = await desk.offerCard(id, text, inHand);
      asked = answer.question && { text, question: answer.question };
      took = answer.seat;
      return answer.dossier;
    };
    const done = await this.#command(ask, () => (took ? "card" : "desk"));
    if (asked) {
      this.askedCard = asked;
      this.cardError = null;
    }
    if (done && !asked) this.cardsRead += 1;
    return done && !asked;
  }

  /** Says where the card goes that was asked about; whoever sat there can be put back. */
  async seatCard(seat: Seat): Promise<boolean> {
    const asked = this.askedCard;
    if (!asked) return false;
    this.askedCard = null;
    const undo = this.#partiesAsTheyAre();
    const done = await this.#command((id) => desk.readCard(id, asked.text, seat), () => "card");
    if (!done) return false;
    this.cardsRead += 1;
    notices.tell(m().applicant.seated(asked.question.card.name, seat), { run: undo, of: this.dossier?.id });
    return true;
  }

  /** Makes the owner a person or an organization; can be taken back whole. */
  async switchParty(kind: PartyKind): Promise<void> {
    if (!this.draft || kind === this.form.kind) return;
    const undo = this.#partiesAsTheyAre();
    const touched = this.form.name !== "" || this.form.tax_code !== "" || this.form.id_number !== "";
    if (!(await this.#command((id) => desk.switchParty(id, kind), () => "card"))) return;
    if (touched) notices.tell(m().applicant.switched(kind), { run: undo, of: this.dossier?.id });
  }

  /** Takes over what a known person told before; the person agreed to it now, or earlier. Can be taken back whole. */
  async takeKnown(person: KnownPerson): Promise<boolean> {
    const undo = this.#partiesAsTheyAre();
    const done = await this.#command((id) => desk.takeKnown(id, "owner", person.dossier, person.seat, person.consent !== true), () => "card");
    if (done) notices.tell(m().known.taken(person.code), { run: undo, of: this.dossier?.id });
    return done;
  }

  /** Takes a paper of an earlier dossier over into a component. */
  async reusePaper(component: number, paper: KnownPaper): Promise<boolean> {
    const done = await this.#command((id) => desk.reusePaper(id, component, paper.dossier, paper.component));
    if (done) this.selectComponent(component);
    return done;
  }

  /** Sets the pages aside that a component took over from a dossier. */
  async setAsideReused(component: number, code: string): Promise<void> {
    const pages = this.dossier?.components.find((one) => one.index === component)?.pages ?? [];
    const taken = pages.filter((one) => one.reused && one.source === code && one.disposition === "kept").map((one) => one.id);
    if (taken.length > 0) await this.changePages({ act: "aside", pages: taken });
  }

  /** Opens the seat of who hands in for the owner, or closes it; can be taken back whole. */
  async toggleRepresentative(): Promise<void> {
    if (!this.draft || !this.dossier) return;
    const open = this.dossier.representative !== null;
    const undo = this.#partiesAsTheyAre();
    const typed = this.rep.name !== "" || this.rep.id_number !== "" || this.rep.paper_number !== "";
    const fresh: RepresentativeForm = { ...BLANK_REP, basis: this.form.kind === "organization" ? "introduction" : "authorization" };
    if (!(await this.#command((id) => desk.saveRepresentative(id, open ? null : fresh), () => "card"))) return;
    if (open && typed) notices.tell(m().applicant.alone, { run: undo, of: this.dossier.id });
  }

  /** What puts owner and representative back as they are now. */
  #partiesAsTheyAre(): () => Promise<void> {
    const owner = { ...this.form };
    const rep = this.dossier?.representative ? { ...this.rep } : null;
    return async () => {
      await this.#command((id) => desk.saveRepresentative(id, rep), () => "card");
      await this.#command((id) => desk.saveApplicant(id, owner), () => "card");
    };
  }

  chooseProcedure(code: string, caseId: string | null): Promise<boolean> {
    return this.#command((id) => desk.chooseProcedure(id, code, caseId)).then((done) => {
      if (done) this.selected = this.dossier?.components[0]?.index ?? 1;
      return done;
    });
  }

  setChannel(channel: Channel): Promise<boolean> {
    return this.#command((id) => desk.setChannel(id, channel));
  }

  /** Keeps what was found on looking at papers. */
  checkPapers(verdicts: PaperVerdict[], remember = false): Promise<boolean> {
    return this.#command((id) => desk.checkPapers(id, verdicts, remember));
  }

  /** Writes all, then accepts. False when something is missing or refused; the panel shows what. */
  async accept(reason: string | null = null): Promise<boolean> {
    if (this.accepting || !this.draft || this.run.active) return false;
    this.accepting = true;
    try {
      await this.#saver.flush();
      if (this.#failed || (this.dossier?.obstacles.length ?? 1) > 0) return false;
      const done = await this.#command((id) => (reason === null ? desk.accept(id) : desk.acceptTwice(id, reason)));
      if (done) this.#forgetUndo();
      return done;
    } finally {
      this.accepting = false;
    }
  }

  /** Moves the dossier on; what is typed into a draft is written first. */
  async moveOn(step: EventKind, reason: string): Promise<boolean> {
    await this.#saver.flush();
    return !this.#failed && this.#command((id) => desk.moveDossier(id, step, reason));
  }

  /** Appoints another date for what was received. */
  async appoint(day: string, time: string, reason: string): Promise<boolean> {
    return this.#command((id) => desk.appoint(id, day, time, reason));
  }

  /** Throws the draft away; it can be brought back. */
  async discard(): Promise<void> {
    const view = this.dossier;
    if (!view || !this.draft) return;
    await this.#saver.flush();
    if ((await attempt(desk.discardDraft(view.id))) === null) return;
    this.#forgetUndo();
    this.dossier = null;
  }

  // ---- pages

  selectComponent(index: number): void {
    this.selected = index;
    const first = this.component?.pages[0];
    if (first && !this.component?.pages.some((page) => page.id === this.pageId)) this.pageId = first.id;
  }

  selectNextComponent(wrap: boolean): void {
    const all = this.dossier?.components ?? [];
    const at = all.findIndex((one) => one.index === this.selected);
    const next = all[at + 1] ?? (wrap ? all[0] : undefined);
    if (next) this.selectComponent(next.index);
  }

  /** Steps through the pages of the dossier in order. */
  stepPage(by: 1 | -1): void {
    const all = (this.dossier?.components ?? []).flatMap((one) => one.pages.map((page) => ({ page, in: one.index })));
    const at = all.findIndex(({ page }) => page.id === this.pageId);
    const next = all[at === -1 ? 0 : at + by];
    if (!next) return;
    this.pageId = next.page.id;
    this.selected = next.in;
  }

  /** Does something to pages of the draft. */
  changePages(act: PageAct): Promise<boolean> {
    return this.#command((id) => desk.editPages(id, act));
  }

  /** Lays a photograph of the draft flat by corners said by hand. */
  layFlat(page: string, corners: PaperEdges["corners"], paper: PhotoPaper): Promise<boolean> {
    return this.#command(() => desk.layFlat(page, corners, paper));
  }

  /** Takes the last action on pages back, or does it again; nothing where there is none. */
  async reversePages(redo: boolean): Promise<PageUndone | null> {
    let done: PageUndone | null = null;
    await this.#command(async (id) => (done = await (redo ? desk.redoPages(id) : desk.undoPages(id))).dossier);
    return done;
  }

  /** Goes on with a stack: its paper is in the feeder again. */
  async continueStack(stack: StackView): Promise<void> {
    if (stack.component !== null) this.selected = stack.component;
    await this.run.scan(stack.id);
  }

  /** Saves or discards a stack; a discarded one can come back. */
  async endStack(stack: StackView, choice: StackChoice): Promise<void> {
    if (!(await this.#command(() => desk.endStack(stack.id, choice)))) return;
    if (choice !== "discard") return;
    const back = () => this.#command(() => desk.endStack(stack.id, "restore")).then(() => undefined);
    notices.tell(m().stacks.discarded(stack.kept), { run: back, of: this.dossier?.id });
  }

  /** Joins both passes of a stack. */
  joinSides(stack: string, joining: Joining): Promise<boolean> {
    return this.#command(() => desk.joinDuplex(stack, joining));
  }

  /** Says why a stack's numbers are right although they do not agree. */
  async explainStack(stack: StackView, reason: string): Promise<void> {
    await this.#command(() => desk.explainStack(stack.id, reason));
  }

  /** Another number of the queue; what is being typed stays. */
  showTicket(view: DossierView): void {
    if (this.dossier?.id === view.id) this.dossier = { ...this.dossier, ticket: view.ticket };
  }

  /** A page came in: shown at once, before the run is over. */
  addPage(component: number, page: PageView): void {
    if (!this.dossier) return;
    this.dossier = this.#withEdits(this.dossier);
    this.selected = component;
    this.pageId = page.id;
  }

  /** Puts another dossier in the place of this one, without an empty table between. */
  async #replace(ask: () => Promise<DossierView>): Promise<boolean> {
    const gone = await this.#discardUntouched();
    const view = await attempt(ask());
    if (view) this.show(view);
    else if (gone) this.dossier = null;
    return view !== null;
  }

  /** What a next dossier takes over from the one before. */
  #carried(): string {
    return JSON.stringify([this.form, this.rep]);
  }

  async #discardUntouched(): Promise<boolean> {
    await this.#saver.flush();
    const view = this.dossier;
    if (!view || view.status !== "draft" || this.run.active) return false;
    const filled = FORM_FIELDS.some((field) => field !== "kind" && this.form[field] !== null && this.form[field] !== "");
    const carried = this.#begun !== null && this.#begun === this.#carried();
    if (this.#answers.size > 0 || this.note !== "" || view.procedure || view.pages.received > 0) return false;
    if ((filled || view.representative) && !carried) return false;
    await desk.discardDraft(view.id).catch(() => undefined);
    return true;
  }

  #findPage(id: string | null): { page: PageView; number: number; component: ComponentView } | null {
    for (const component of this.dossier?.components ?? []) {
      const at = component.pages.findIndex((page) => page.id === id);
      const page = component.pages[at];
      if (page) return { page, number: at + 1, component };
    }
    return null;
  }

  #soon(name: string, fields: readonly Field[], ask: (id: string) => Promise<DossierView>): void {
    const id = this.dossier?.id;
    if (!id) return;
    this.#saver.soon(name, async () => {
      const sent = this.#edits.mark();
      try {
        const view = await ask(id);
        this.#failed = false;
        this.#edits.settle(sent, fields);
        this.#apply(view);
      } catch (reason) {
        this.#failed = true;
        notices.fail(asUserError(reason));
      }
    });
  }

  /** `from` says, once the answer is there, whether it fills the form as a card does: then over what has the focus too. */
  async #command(ask: (id: string) => Promise<DossierView>, from: () => "desk" | "card" = () => "desk"): Promise<boolean> {
    const id = this.dossier?.id;
    if (!id) return false;
    return this.#saver.after(async () => {
      const sent = this.#edits.mark();
      try {
        const view = await ask(id);
        if (from() === "card") {
          this.cardError = null;
          this.#focused = null;
          this.#edits.settle(sent, [...FORM_FIELDS, ...REP_FIELDS.map(inRep)]);
        }
        this.#apply(view);
        return true;
      } catch (reason) {
        if (asUserError(reason).code === "unreadable_id") this.cardError = asUserError(reason);
        else notices.fail(asUserError(reason));
        return false;
      }
    });
  }

  /** Takes over an answer, except what is typed and not yet written, and the field in hand. */
  #apply(view: DossierView): void {
    if (view.id !== this.dossier?.id) return;
    this.dossier = this.#withEdits(view);
    for (const field of FORM_FIELDS) {
      const leave = this.#edits.dirty(field) || this.#focused === field || this.form[field] === view.applicant[field];
      if (!leave) (this.form[field] as ApplicantForm[FormField]) = view.applicant[field];
    }
    const rep = view.representative?.form ?? BLANK_REP;
    for (const field of REP_FIELDS) {
      const leave = this.#edits.dirty(inRep(field)) || this.#focused === inRep(field) || this.rep[field] === rep[field];
      if (!leave) (this.rep[field] as RepresentativeForm[RepField]) = rep[field];
    }
    if (!this.#edits.dirty("note") && this.#focused !== "note") this.note = view.note;
    if (!view.components.some((one) => one.index === this.selected)) this.selected = view.components[0]?.index ?? 1;
  }

  /** The dossier as answered, with the counts being edited and the pages that came in meanwhile. */
  #withEdits(view: DossierView): DossierView {
    if (this.#answers.size > 0) view = { ...view, fields: view.fields.map((one) => ({ ...one, value: this.#answers.get(one.key) ?? one.value })) };
    const known = new Set(view.components.flatMap((one) => one.pages.map((page) => page.id)));
    const fresh = this.run.dossier === view.id ? this.run.pages.filter((page) => !known.has(page.id)) : [];
    if (this.#counts.size === 0 && fresh.length === 0) return view;
    const components = view.components.map((one) => {
      const counted = { ...one, ...this.#counts.get(one.index) };
      if (fresh.length === 0 || one.index !== this.run.component) return counted;
      const kept = one.pages.filter((page) => page.disposition === "kept");
      const aside = one.pages.filter((page) => page.disposition !== "kept");
      return { ...counted, pages: [...kept, ...fresh, ...aside] };
    });
    const freshKept = fresh.filter((page) => page.disposition === "kept").length;
    const pages = {
      received: view.pages.received + fresh.length,
      kept: view.pages.kept + freshKept,
      set_aside: view.pages.set_aside + fresh.length - freshKept,
    };
    const have = new Set(components.filter((one) => papersOf(one) > 0).map((one) => one.index));
    const obstacles = view.obstacles.filter((one) => one.kind !== "missing_paper" || !have.has(one.component));
    return { ...view, components, pages, obstacles };
  }

  #showSaving(): void {
    this.saveState = this.#saver.busy ? "saving" : this.#failed ? "failed" : "saved";
  }
}

export const intake = new Intake();
