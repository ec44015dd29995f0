/** Both sides by a scanner that sees one, of the desk in memory. */
import type { DossierView } from "../bindings/DossierView";
import type { DuplexPass } from "../bindings/DuplexPass";
import type { DuplexView } from "../bindings/DuplexView";
import type { Joining } from "../bindings/Joining";
import type { PageView } from "../bindings/PageView";
import type { StackView } from "../bindings/StackView";
import type { Desk, OnMixed } from "./desk";
import { addRun } from "./desk.fake.stacks";

interface World {
  options: URLSearchParams;
  get: (key: string) => DossierView;
  change: (key: string, edit: (view: DossierView) => void) => Promise<DossierView>;
  page: (id: string) => PageView;
  id: () => string;
  now: string;
}

/** With `uneven` the first pass of backs loses a sheet. */
export function fakeDuplex({ options, get, change, page, id, now }: World): Pick<Desk, "duplex" | "scanFronts" | "scanBacks" | "joinDuplex"> {
  const passes = new Map<string, DuplexView>();
  let skips = options.has("uneven");
  const told = (view: DuplexView): DuplexView => {
    const [fronts, backs] = [view.fronts, view.backs];
    view.agrees = fronts.length === backs.length;
    const sheets = (back: (at: number) => string | undefined) => fronts.flatMap((front, at) => [front, back(at)]).filter((one) => one !== undefined);
    const ways: [Joining, string[]][] = [
      ["turned", sheets((at) => backs[backs.length - 1 - at])],
      ["same_order", sheets((at) => backs[at])],
      ["appended", [...fronts, ...backs]],
    ];
    view.ways = backs.length > 0 ? ways.map(([joining, pages]) => ({ joining, pages })) : [];
    if (backs.length === 0) view.next = `Đã có ${fronts.length} mặt trước. Lấy cả xấp ra, giữ nguyên thứ tự, lật úp cả xấp rồi đặt lại vào khay: mặt sau của tờ cuối được quét trước. Sau đó quét mặt sau.`;
    else if (view.agrees) view.next = `${fronts.length} mặt trước, ${backs.length} mặt sau: đủ. Ghép hai lượt.`;
    else view.next = `${fronts.length} mặt trước nhưng ${backs.length} mặt sau. Chưa ghép, không trang nào bị bỏ. Quét lại mặt sau, hoặc xem cả hai lượt rồi tự chọn: vẫn ghép, hay nối mặt sau vào cuối.`;
    return structuredClone(view);
  };
  const pass = (view: DuplexView, side: "fronts" | "backs", count: number, heard: OnMixed): DuplexPass => {
    for (let done = 1; done <= count; done++) {
      view[side].push(id());
      heard({ kind: "receiving", done, total: null });
    }
    const run = { fed: count, received: count, kept: 0, refused: 0, set_aside: 0, stack: view.stack, note: null, ended: "empty" as const, error: null };
    return { run, duplex: told(view) };
  };
  const waiting = (view: DuplexView, received = view.fronts.length): Pick<StackView, "kept" | "aside"> => {
    const count = view.fronts.length + view.backs.length;
    const replaced = received - count;
    return { kept: 0, aside: [{ reason: "unplaced", count }, ...(replaced > 0 ? [{ reason: "replaced" as const, count: replaced }] : [])] };
  };
  const held = (stack: string): DuplexView => passes.get(stack) as DuplexView;
  const count = Number(options.get("pages") ?? 3);
  return {
    duplex: async (stack) => told(held(stack)),
    scanFronts: async (key, component, request, heard) => {
      const known = request.stack ? passes.get(request.stack) : undefined;
      const stack = known ?? { stack: id(), dossier: key, component, fronts: [], backs: [], agrees: false, ways: [], next: "" };
      passes.set(stack.stack, stack);
      const came = pass(stack, "fronts", count, heard);
      await change(key, (view) => {
        const row = view.stacks.find((one) => one.id === stack.stack) ?? addRun(view, component, 0, { fed: 0, jam: true }, stack.stack, now);
        Object.assign(row, { duplex: true, state: "open", ended: "empty", received: stack.fronts.length, ...waiting(stack) });
      });
      return came;
    },
    scanBacks: async (stack, _request, again, heard) => {
      const view = held(stack);
      if (again) view.backs = [];
      const came = pass(view, "backs", skips ? count - 1 : view.fronts.length, heard);
      skips = false;
      await change(view.dossier, (dossier) => dossier.stacks.filter((one) => one.id === stack).forEach((one) => Object.assign(one, { received: one.received + came.run.received, ...waiting(view, one.received + came.run.received) })));
      return came;
    },
    joinDuplex: (stack, joining) => {
      const view = held(stack);
      const pages = view.ways.find((one) => one.joining === (joining ?? "turned"))?.pages ?? [];
      return change(get(view.dossier).id, (dossier) => {
        const part = dossier.components.find((one) => one.index === view.component);
        for (const one of pages) part?.pages.push({ ...page(one), stack });
        dossier.stacks.filter((one) => one.id === stack).forEach((one) => Object.assign(one, { state: "saved", kept: pages.length, aside: one.aside.filter((some) => some.reason !== "unplaced") }));
      });
    },
  };
}
