/** One key for the end of one dossier and the beginning of the next: accept, print behind, a fresh form. */
import { focusOn } from "../../lib/focus";
import { devices } from "../devices/controller.svelte";
import { intake } from "../intake/controller.svelte";
import { visit } from "./controller.svelte";

/** False when it was not accepted; the panel shows why. */
export async function acceptAndNext(onopen: (id: string) => void): Promise<boolean> {
  if (!(await intake.accept(visit.given))) return false;
  const done = intake.dossier;
  if (!done?.code) return false;
  visit.printBehind(done.id, done.code, onopen);
  if (!(await intake.startNew())) return false;
  if (devices.choice.keep_procedure && done.procedure) await intake.chooseProcedure(done.procedure.code, done.case);
  await focusOn("applicant-id_number");
  return true;
}
