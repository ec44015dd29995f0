/**
 * A desk between two people. Nothing of the work is on the screen, and after any sign-in all of it is there again:
 * the same screen, the same dossier, the same field. It is remembered here and nowhere else.
 */
import type { Form } from "../../bindings/Form";
import { desk } from "../../lib/desk";
import { focusOn } from "../../lib/focus";
import { frame, type Place } from "../frame/controller.svelte";
import { intake, type Held } from "../intake/controller.svelte";
import { notices } from "../notices/controller.svelte";
import { papers } from "../papers/controller.svelte";
import { session } from "../session/controller.svelte";

/** `itself`: nobody was there for a while, and the program has signed them out already. */
export type Why = "by hand" | "itself";

interface Work {
  place: Place;
  dossier: Held | null;
  /** The form of it that was shown. */
  paper: Form | null;
  /** The field in hand. */
  focus: string;
}

class Lock {
  why = $state<Why | null>(null);
  /** Who was at the desk. */
  login = $state<string | null>(null);
  #work: Work | null = null;
  #leaving: Promise<void> = Promise.resolve();

  constructor() {
    notices.whenNobody(() => this.lock("itself"));
  }

  /** The screen is gone at once; writing down and signing out go on behind the sign-in screen. */
  lock(why: Why): void {
    if (!session.user) return;
    this.why = why;
    this.login = session.user.login;
    const paper = papers.about(intake.dossier?.id) ? (papers.sheet?.form ?? null) : null;
    const work: Work = { place: frame.place, dossier: null, paper, focus: document.activeElement?.id ?? "" };
    this.#work = work;
    notices.toasts = [];
    frame.jump();
    session.user = null;
    this.#leaving = this.#leave(work, why);
  }

  /** Rejects with the program's own words when the password is wrong; the desk stays locked then. */
  async signIn(login: string, password: string): Promise<void> {
    await this.#leaving;
    const user = await desk.signIn(login, password);
    const work = this.#work;
    this.#work = null;
    const back = work !== null && (await this.#takeUp(work));
    session.user = user;
    this.why = null;
    if (work && back && frame.screen.name === "intake") await this.#focus(work);
  }

  /** Whoever was here is signed out for good: the next begins at the day. */
  async leave(): Promise<void> {
    await intake.putDown();
    this.why = null;
    this.login = null;
    this.#work = null;
    notices.toasts = [];
    frame.jump();
    session.user = null;
  }

  async #leave(work: Work, why: Why): Promise<void> {
    work.dossier = await intake.putDown();
    if (why === "by hand") await desk.signOut().catch(() => undefined);
  }

  /** Whoever may not open the dossier begins at the day. */
  async #takeUp({ place, dossier, paper }: Work): Promise<boolean> {
    const opened = dossier === null || (await intake.takeUp(dossier));
    if (!opened && place.screen.name === "intake") return false;
    frame.jump(place);
    if (opened && dossier && paper) void papers.show(paper, dossier.id);
    return true;
  }

  async #focus({ paper, focus }: Work): Promise<void> {
    if (paper) return focusOn("receipt-main");
    await focusOn(focus || "components");
    if (document.activeElement === document.body) await focusOn("components");
  }
}

export const lock = new Lock();
