/** The sentences in the language that is chosen; reading them in a template follows a change of language. */
import type { Locale } from "../bindings/Locale";
import { en } from "./messages/en";
import { vi, type Messages } from "./messages/vi";

const LANGUAGES: Record<Locale, Messages> = { vi, en };

let chosen = $state<Locale>("vi");

/** The sentences of the chosen language. */
export function m(): Messages {
  return LANGUAGES[chosen];
}

/** The sentences of one language, whatever is chosen. */
export function messages(locale: Locale): Messages {
  return LANGUAGES[locale];
}

/** Chooses the language, for the eye and for a screen reader. */
export function speak(locale: Locale): void {
  chosen = locale;
  document.documentElement.lang = locale;
}
