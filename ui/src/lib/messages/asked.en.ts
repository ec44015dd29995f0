/** Sentences about what a procedure asks for beside papers, in English. */
import type { Messages } from "./vi";

export const askedEn: Messages["asked"] = {
  title: "What is declared",
  missing: (n) => `${n} still needed`,
  choose: "Not chosen",
  warnings: {
    missing: "The procedure asks for this.",
    not_a_number: "Not a number: digits only, such as 2 or 1.500.",
    not_a_date: "There is no such day: type day/month/year.",
    not_a_choice: "Choose one of the list.",
    not_a_citizen_number: "Look at the number again: 12 digits, with a province's code.",
  },
};
