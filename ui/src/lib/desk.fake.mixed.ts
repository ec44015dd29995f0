/** A mixed stack of the desk in memory: two dossiers, and pages that no sheet names. */
import type { DossierView } from "../bindings/DossierView";
import type { MixedLeaf } from "../bindings/MixedLeaf";
import type { MixedTaken } from "../bindings/MixedTaken";
import type { MixedView } from "../bindings/MixedView";
import type { Desk, OnMixed } from "./desk";

type Part = Pick<Desk, "mixedStacks" | "mixedStack" | "scanMixed" | "pickMixed" | "mixedDropped" | "readMixed" | "splitMixed" | "undoSplit" | "giveLoose" | "setLooseAside">;

export function fakeMixed(all: () => DossierView[], id: () => string, now: () => string): Part {
  const stacks: MixedView[] = [];
  const leaves = (view: MixedView) => view.groups.flatMap((group) => group.pages);
  const count = (view: MixedView): MixedView => {
    const pages = leaves(view);
    view.waiting = pages.filter((page) => page.waits).length;
    view.ready = view.groups.filter((group) => group.dossier !== null).flatMap((group) => group.pages).filter((page) => page.waits).length;
    view.kept = pages.filter((page) => page.placed && page.disposition === "kept").length;
    view.aside = view.received - view.kept - view.waiting;
    view.state = view.waiting > 0 ? "open" : "saved";
    return structuredClone(view);
  };
  const get = (stack: string): MixedView => stacks.find((one) => one.stack === stack) as MixedView;
  const holding = (page: string): MixedView => stacks.find((one) => leaves(one).some((leaf) => leaf.id === page)) as MixedView;
  const take = (source: string, covers: number | null, heard: OnMixed): MixedTaken => {
    const drafts = all().filter((view) => view.status === "draft" && view.components.length > 0);
    let number = 0;
    const leaf = (sheet: boolean): MixedLeaf => ({
      id: id(),
      number: ++number,
      waits: true,
      placed: false,
      disposition: sheet ? "set_aside" : "kept",
      aside: sheet ? "separator" : null,
      sheet,
    });
    const group = (view: DossierView | undefined, pages: MixedLeaf[]): MixedView["groups"][number] => ({
      dossier: view?.id ?? null,
      code: view?.code ?? null,
      applicant: view?.applicant.name ?? "",
      component: view ? (view.components[0]?.index ?? null) : null,
      name: view?.components[0]?.name ?? "",
      pages,
    });
    const groups = [group(undefined, [leaf(false), leaf(false)]), ...drafts.slice(0, 3).map((view) => group(view, [leaf(true), leaf(false), leaf(false), leaf(false)]))];
    for (let done = 1; done <= number; done++) heard({ kind: "looking", done, total: number });
    const view: MixedView = {
      stack: id(),
      started_at: now(),
      source,
      state: "open",
      received: number,
      waiting: number,
      fed: number,
      ended: "empty",
      kept: 0,
      aside: 0,
      covers,
      sheets: groups.length - 1,
      unread: 0,
      ready: 0,
      alarms: ["2 trang nằm trước tờ bìa đầu tiên: cho biết chúng thuộc hồ sơ và thành phần nào"],
      reason: null,
      groups,
    };
    stacks.unshift(view);
    const run = { fed: number, received: number, kept: 0, refused: 0, set_aside: 0, stack: view.stack, note: null, ended: "empty" as const, error: null };
    return { run, stack: count(view) };
  };
  return {
    mixedStacks: async () => stacks.map((view) => structuredClone(view)),
    mixedStack: async (stack) => count(get(stack)),
    scanMixed: async (request, covers, heard) => take(request.device, covers, heard),
    pickMixed: async (covers, heard) => take("may-photo-0001.pdf", covers, heard),
    mixedDropped: async (_drop, covers, heard) => take("may-photo-0002.pdf", covers, heard),
    readMixed: async (stack) => count(get(stack)),
    splitMixed: async (stack, _blank, reason) => {
      const view = get(stack);
      view.reason = reason || view.reason;
      for (const page of view.groups.filter((group) => group.dossier !== null).flatMap((group) => group.pages)) Object.assign(page, { waits: false, placed: true });
      return count(view);
    },
    undoSplit: async (stack) => {
      for (const page of leaves(get(stack)).filter((page) => page.placed)) Object.assign(page, { waits: true, placed: false });
      return count(get(stack));
    },
    giveLoose: async (pages) => {
      const view = holding(pages[0] ?? "");
      for (const page of leaves(view).filter((page) => pages.includes(page.id))) Object.assign(page, { waits: false, placed: true });
      return count(view);
    },
    setLooseAside: async (pages, aside) => {
      const view = holding(pages[0] ?? "");
      for (const page of leaves(view).filter((page) => pages.includes(page.id))) {
        Object.assign(page, { waits: !aside, disposition: aside ? "set_aside" : "kept", aside: aside ? "clerk" : null });
      }
      return count(view);
    },
  };
}
