/** Stacks of paper of the desk in memory: what a run leaves, and what a person makes of it. */
import type { DossierView } from "../bindings/DossierView";
import type { StackView } from "../bindings/StackView";
import type { Desk } from "./desk";

/** Stacks that wait stand in the way of acceptance. */
export function settleStacks(view: DossierView): void {
  if (view.status !== "draft") return;
  for (const stack of view.stacks) {
    const place = { stack: stack.id, component: stack.component ?? 1, name: stack.name };
    if (stack.mismatch && stack.reason === null && stack.state !== "discarded") view.obstacles.push({ kind: "miscount", ...place, mismatch: stack.mismatch });
    else if (stack.state === "open") view.obstacles.push({ kind: "open_stack", ...place });
  }
}

/** What a run added: to the stack that was broken off at this component, or to a new one. */
export function addRun(view: DossierView, component: number, received: number, end: { fed: number; jam: boolean }, id: string, now: string): StackView {
  const name = view.components.find((one) => one.index === component)?.name ?? "";
  let stack = view.stacks.find((one) => one.state === "open" && one.component === component);
  if (!stack) {
    stack = {
      id,
      dossier: view.id,
      applicant: view.applicant.name,
      component,
      name,
      state: "open",
      running: false,
      expected: null,
      fed: null,
      sides: 1,
      duplex: false,
      received: 0,
      kept: 0,
      aside: [],
      ended: null,
      mismatch: null,
      said: null,
      reason: null,
      started_at: now,
    };
    view.stacks.push(stack);
  }
  stack.received += received;
  stack.kept += received;
  stack.ended = end.jam ? "jam" : "empty";
  stack.fed = end.jam ? null : end.fed;
  const agrees = stack.fed === null || stack.fed === stack.received;
  stack.mismatch = agrees ? null : { kind: "fed", sheets: end.fed, pages: end.fed, received: stack.received };
  stack.said = agrees ? null : `máy đã kéo ${end.fed} tờ (${end.fed} trang), nhận được ${stack.received} trang`;
  stack.state = end.jam || !agrees ? "open" : "saved";
  return stack;
}

export function fakeStacks(all: () => DossierView[], change: (key: string, edit: (view: DossierView) => void) => Promise<DossierView>): Pick<Desk, "endStack" | "explainStack" | "scannerAddresses" | "addScanner" | "removeScanner"> {
  let addresses = ["http://192.0.2.14/eSCL/"];
  const holder = (stack: string) => all().find((view) => view.stacks.some((one) => one.id === stack))?.id ?? "";
  const edit = (stack: string, how: (one: StackView, view: DossierView) => void) =>
    change(holder(stack), (view) => view.stacks.filter((one) => one.id === stack).forEach((one) => how(one, view)));
  return {
    scannerAddresses: async () => addresses,
    addScanner: async (address) => (addresses = [...addresses, `http://${address}/eSCL/`]),
    removeScanner: async (address) => (addresses = addresses.filter((one) => one !== address)),
    endStack: (stack, choice) =>
      edit(stack, (one, view) => {
        one.state = choice === "discard" ? "discarded" : "saved";
        for (const page of view.components.flatMap((part) => part.pages).filter((page) => page.stack === stack)) {
          if (choice === "discard" && page.disposition === "kept") Object.assign(page, { disposition: "set_aside", aside: "discarded" });
          if (choice === "restore" && page.aside === "discarded") Object.assign(page, { disposition: "kept", aside: null });
        }
      }),
    explainStack: (stack, reason) =>
      edit(stack, (one) => {
        one.reason = reason.trim() || null;
        if (one.reason && one.state === "open") one.state = "saved";
      }),
  };
}
