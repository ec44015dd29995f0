/** What is wrong with a password that is typed twice, in words; the program has the last one. */
import { m } from "../../lib/say.svelte";

export interface Faults {
  fresh: string | null;
  again: string | null;
}

export const NO_FAULTS: Faults = { fresh: null, again: null };

/** `least` is not known before somebody has signed in. */
export function faultsOf(fresh: string, again: string, least: number | null): Faults {
  const words = m().passwords;
  if (fresh === "") return { fresh: words.missing, again: null };
  if (least !== null && [...fresh].length < least) return { fresh: words.tooShort(least), again: null };
  return { fresh: null, again: again === fresh ? null : words.differs };
}
