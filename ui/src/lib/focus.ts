/** Puts the focus somewhere sensible after what is on the screen has changed. */
import { tick } from "svelte";

/** Focuses an element by id once it is there; a field's text is selected on request. */
export async function focusOn(id: string, select = false): Promise<void> {
  await tick();
  const element = document.getElementById(id);
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
  if (select && element instanceof HTMLInputElement) element.select();
}
