/** Pages of the desk in memory, changed in place, with a journal of what was there before and after. */
import type { Crop } from "../bindings/Crop";
import type { DossierView } from "../bindings/DossierView";
import type { PageAct } from "../bindings/PageAct";
import type { PagePlace } from "../bindings/PagePlace";
import type { PageView } from "../bindings/PageView";
import type { PageWhat } from "../bindings/PageWhat";
import type { UserError } from "../bindings/UserError";
import type { Desk } from "./desk";

type Lists = [number, PageView[]][];
interface Action {
  what: PageWhat;
  pages: string[];
  before: Lists;
  after: Lists;
}
type Change = (key: string, edit: (view: DossierView) => void) => Promise<DossierView>;

const lists = (view: DossierView): Lists => structuredClone(view.components.map((one) => [one.index, one.pages]));
const put = (view: DossierView, to: Lists) => view.components.forEach((one) => (one.pages = structuredClone(to.find(([index]) => index === one.index)?.[1] ?? one.pages)));

function refuse(code: UserError["code"], message: string): never {
  throw { code, message, hint: null, reference: "k3f9" } satisfies UserError;
}

/** The same part of a page that is turned clockwise. */
function turned(crop: Crop, quarters: number): Crop {
  let { left, top, right, bottom } = crop;
  for (let n = 0; n < quarters; n += 1) [left, top, right, bottom] = [10_000 - bottom, left, 10_000 - top, right];
  return { left, top, right, bottom };
}

function part(of: Crop, inner: Crop): Crop {
  const at = (from: number, to: number, place: number) => from + Math.floor(((to - from) * place) / 10_000);
  return { left: at(of.left, of.right, inner.left), right: at(of.left, of.right, inner.right), top: at(of.top, of.bottom, inner.top), bottom: at(of.top, of.bottom, inner.bottom) };
}

function relocate(view: DossierView, ids: readonly string[], component: number, before: string | null): void {
  const going = view.components.flatMap((one) => one.pages).filter((page) => ids.includes(page.id));
  for (const one of view.components) one.pages = one.pages.filter((page) => !ids.includes(page.id));
  const to = view.components.find((one) => one.index === component) ?? refuse("component_not_found", "Không thấy thành phần.");
  const at = to.pages.findIndex((page) => page.id === before);
  to.pages.splice(at === -1 ? to.pages.length : at, 0, ...going);
}

/** Does `act` to the pages of `view`; the answer is what it touched. */
export function actOn(view: DossierView, act: PageAct): string[] {
  const all = view.components.flatMap((one) => one.pages);
  const named = (ids: readonly string[]) => all.filter((page) => ids.includes(page.id));
  const home = (id: string) => view.components.find((one) => one.pages.some((page) => page.id === id)) ?? refuse("page_not_found", "Không thấy trang.");
  switch (act.act) {
    case "turn":
      for (const page of named(act.pages)) page.edit = { ...page.edit, turns: (page.edit.turns + act.quarters) % 4, crop: page.edit.crop && turned(page.edit.crop, act.quarters) };
      return act.pages;
    case "crop":
      for (const page of named([act.page])) page.edit = { ...page.edit, crop: act.crop && page.edit.crop ? part(page.edit.crop, act.crop) : act.crop };
      return [act.page];
    case "flatten":
      for (const page of named([act.page])) page.edit = { ...page.edit, flat: act.flat, crop: null };
      return [act.page];
    case "move":
      relocate(view, act.pages, act.component, act.before);
      return act.pages;
    case "aside":
      for (const page of named(act.pages)) Object.assign(page, { disposition: "set_aside", aside: "clerk" });
      return act.pages;
    case "back":
      for (const page of named(act.pages)) Object.assign(page, { disposition: "kept", aside: null });
      return act.pages;
    case "replace":
      relocate(view, act.with, home(act.page).index, act.page);
      for (const page of named([act.page])) Object.assign(page, { disposition: "set_aside", aside: "replaced" });
      return [...act.with, act.page];
    case "split": {
      const there = home(act.from).pages.map((page) => page.id);
      const going = there.slice(there.indexOf(act.from));
      relocate(view, going, act.component, null);
      return going;
    }
    case "merge": {
      const going = (view.components.find((one) => one.index === act.from)?.pages ?? []).map((page) => page.id);
      relocate(view, going, act.into, null);
      return going;
    }
    case "reverse": {
      const one = view.components.find((part) => part.index === act.component);
      one?.pages.reverse();
      return (one?.pages ?? []).map((page) => page.id);
    }
  }
}

export function fakePages(get: (key: string) => DossierView, all: () => Iterable<DossierView>, change: Change) {
  const done = new Map<string, Action[]>();
  const undone = new Map<string, Action[]>();
  const of = (map: Map<string, Action[]>, key: string) => map.get(key) ?? map.set(key, []).get(key) ?? [];
  const reverse = async (key: string, from: Action[], to: Action[], side: "before" | "after") => {
    get(key);
    const action = from.pop() ?? refuse("nothing_to_undo", "Không còn thao tác trang nào để hoàn tác hay làm lại.");
    to.push(action);
    return { dossier: await change(key, (view) => put(view, action[side])), what: action.what, pages: action.pages };
  };
  const desk: Pick<Desk, "paperEdges" | "layFlat" | "editPages" | "undoPages" | "redoPages"> = {
    editPages: (key, act) =>
      change(key, (view) => {
        const before = lists(view);
        const pages = actOn(view, act);
        of(done, key).push({ what: act.act, pages, before, after: lists(view) });
        undone.set(key, []);
      }),
    paperEdges: async () => ({ corners: [[1200, 900], [8700, 1100], [9000, 9300], [900, 9100]], found: true, paper: "a4" }),
    layFlat: (page, corners, paper) => {
      const view = [...all()].find((one) => one.components.some((part) => part.pages.some((known) => known.id === page))) ?? refuse("page_not_found", "Không thấy trang.");
      if (corners[1][0] - corners[0][0] < 3000) refuse("photo_coarse", "Ảnh chụp chỉ đạt 150 dpi.");
      const [width, height] = { a4: [2100, 2970], a5: [1480, 2100], a3: [2970, 4200], card: [856, 540] }[paper] as [number, number];
      return desk.editPages(view.id, { act: "flatten", page, flat: { corners, width, height } });
    },
    undoPages: (key) => reverse(key, of(done, key), of(undone, key), "before"),
    redoPages: (key) => reverse(key, of(undone, key), of(done, key), "after"),
  };

  /** Puts what a run brings where it is wanted. Taking that back sets the new pages aside: no page is ever unmade. */
  const putAt = async <T>(key: string, place: PagePlace | null, run: () => Promise<T>): Promise<T> => {
    const known = new Set(get(key).components.flatMap((one) => one.pages.map((page) => page.id)));
    const outcome = await run();
    if (!place || place.at === "append") return outcome;
    const view = get(key);
    const came = view.components.flatMap((one) => one.pages).filter((page) => !known.has(page.id));
    if (came.length === 0) return outcome;
    for (const page of came) Object.assign(page, { disposition: "set_aside", aside: "clerk" });
    const before = lists(view);
    for (const page of came) Object.assign(page, { disposition: "kept", aside: null });
    const ids = came.map((page) => page.id);
    const home = view.components.find((one) => one.pages.some((page) => page.id === place.page))?.index ?? 1;
    actOn(view, place.at === "replace" ? { act: "replace", page: place.page, with: ids } : { act: "move", pages: ids, component: home, before: place.page });
    of(done, key).push({ what: place.at === "replace" ? "replace" : "insert", pages: ids, before, after: lists(view) });
    undone.set(key, []);
    return outcome;
  };
  return { desk, putAt };
}
