/** The people of the station, as somebody who administers sees and changes them. */
import type { NewPerson } from "../../bindings/NewPerson";
import type { PersonView } from "../../bindings/PersonView";
import type { Role } from "../../bindings/Role";
import { desk } from "../../lib/desk";
import { lock } from "../lock/controller.svelte";
import { attempt } from "../notices/controller.svelte";
import { safety } from "../safety/controller.svelte";
import { session } from "../session/controller.svelte";

const BY_NAME = new Intl.Collator("vi");

/** A login as the program takes it. */
export function isLogin(login: string): boolean {
  return /^[a-z0-9._-]{1,40}$/.test(login);
}

class People {
  list = $state.raw<PersonView[] | null>(null);

  async load(): Promise<void> {
    const list = await attempt(desk.people());
    if (list) this.#show(list);
  }

  /** These reject with the program's own words. */
  async add(person: NewPerson): Promise<void> {
    await this.#after(desk.addPerson(person));
  }

  async change(login: string, name: string, role: Role): Promise<void> {
    await this.#after(desk.changePerson(login, name, role));
  }

  /** Whoever takes their own way in away is out. */
  async remove(login: string): Promise<void> {
    const self = login === session.user?.login;
    const list = await desk.removePerson(login);
    if (self) await lock.leave();
    else this.#show(list);
    await this.#refresh();
  }

  forget(): void {
    this.list = null;
  }

  async #after(asked: Promise<PersonView[]>): Promise<void> {
    this.#show(await asked);
    await this.#refresh();
  }

  /** The sign-in screen, the frame and what may be done here follow. */
  async #refresh(): Promise<void> {
    await attempt(session.load());
    if (session.user) await safety.load();
  }

  #show(list: PersonView[]): void {
    this.list = [...list].sort((a, b) => Number(b.active) - Number(a.active) || BY_NAME.compare(a.name, b.name));
  }
}

export const people = new People();
