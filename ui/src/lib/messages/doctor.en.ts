/** The scanner doctor in English. */
import type { doctorVi } from "./doctor.vi";

export const doctorEn: typeof doctorVi = {
  title: "Scanner doctor",
  open: "Examine the scanner",
  why: "Scanners are only asked; no paper moves, and pages that came stay as they are.",
  looking: (seen) => (seen === 0 ? "Looking for scanners…" : `Looking, ${seen} seen so far…`),
  stop: "Stop",
  stopping: "Stopping after this one…",
  stopped: "Stopped; the ones after it were not looked at.",
  again: "Try again",
  all: "Examine all",
  fine: "ready",
  wrong: "needs a hand",
  detail: (words) => `The driver says: ${words}`,
  report: "Findings for whoever helps",
  copy: "Copy the findings",
  copied: "Copied. There is no person, dossier or path in it.",
  copyBySelf: "The system did not let it be copied. The text is selected: press Ctrl+C.",
};
