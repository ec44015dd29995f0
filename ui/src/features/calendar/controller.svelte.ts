/** The working calendar in the window: which month of whose, what is chosen in it, and whose date moved with it. */
import type { CalendarView } from "../../bindings/CalendarView";
import type { MovedView } from "../../bindings/MovedView";
import type { NewCalendarDay } from "../../bindings/NewCalendarDay";
import { desk } from "../../lib/desk";
import { date as sayDate } from "../../lib/format";
import { m } from "../../lib/say.svelte";
import { attempt, notices } from "../notices/controller.svelte";

class Calendar {
  view = $state.raw<CalendarView | null>(null);
  moved = $state.raw<MovedView | null>(null);
  /** The day that is looked at. */
  day = $state("");
  busy = $state(false);

  async load(month = this.view?.month ?? "", agency = this.view?.agency ?? null): Promise<void> {
    const view = await attempt(desk.calendar(month, agency));
    if (view) this.#show(view);
  }

  #show(view: CalendarView): void {
    this.view = view;
    if (!this.day.startsWith(view.month)) this.day = view.today.startsWith(view.month) ? view.today : `${view.month}-01`;
  }

  /** Goes to a day, in another month where it has to. */
  async go(day: string): Promise<void> {
    this.day = day;
    if (!day.startsWith(this.view?.month ?? "-")) await this.load(day.slice(0, 7));
  }

  /** Whose date moved is asked for anew: the answer takes a while where many dossiers are open. */
  async look(): Promise<void> {
    const moved = await attempt(desk.movedAppointments());
    if (moved) this.moved = moved;
  }

  async #change<T>(asked: Promise<T>): Promise<T | null> {
    if (this.busy) return null;
    this.busy = true;
    const answer = await attempt(asked);
    this.busy = false;
    return answer;
  }

  async set(day: NewCalendarDay): Promise<boolean> {
    const view = await this.#change(desk.setCalendarDay(day));
    if (!view) return false;
    this.#show(view);
    const change = view.days.find((one) => one.date === day.date)?.change;
    const words = m().calendar;
    notices.tell(words.saved(sayDate(day.date)), change ? { run: async () => void (await this.undo(change, words.undoNow)) } : null);
    await this.look();
    return true;
  }

  async undo(change: string, reason: string): Promise<boolean> {
    const done = await this.#change(desk.undoCalendarChange(change, reason).then(() => true));
    if (!done) return false;
    notices.tell(m().calendar.undoneSaid);
    await this.load();
    await this.look();
    return true;
  }

  async import(reason: string): Promise<boolean> {
    const done = await this.#change(desk.pickCalendar(reason));
    if (!done) return false;
    notices.tell(m().calendar.importSaid);
    await this.load();
    await this.look();
    return true;
  }

  async export(): Promise<void> {
    if (await this.#change(desk.exportCalendar())) notices.tell(m().calendar.exportSaid);
  }

  async correct(ids: string[], reason: string): Promise<boolean> {
    const done = await this.#change(desk.correctAppointments(ids, reason));
    if (!done) return false;
    notices.tell(m().calendar.corrected(done.corrected));
    await this.look();
    return true;
  }

  /** The next person at the desk begins with this month. */
  forget(): void {
    this.view = null;
    this.moved = null;
    this.day = "";
  }
}

export const calendar = new Calendar();
