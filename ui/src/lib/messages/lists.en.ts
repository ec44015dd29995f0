/** Sentences about lists that are worked through, and one step for several dossiers, in English. */
import type { listsVi } from "./lists.vi";

export const listsEn: typeof listsVi = {
  workLists: {
    received: "Today",
    due_today: "Due today",
    overdue: "Overdue",
    waiting: "Waiting",
    supplement: "Wants papers",
    paused: "Paused",
    done: "To return",
    unsent: "Not sent",
    unchecked: "Not checked",
    twins: "Perhaps twice",
  },
  left: "Left",
  leftDays: (n) => (n === 1 ? "1 day" : `${n} days`),
  leftHours: (hours, minutes) => (hours === 0 ? `${minutes} min` : minutes === 0 ? `${hours} h` : `${hours} h ${minutes}`),
  late: (time) => `${time} late`,
  chosen: (n) => `${n} chosen`,
  choose: "Choose the row, or not",
  chooseAll: "Choose all",
  moveMany: "Move on",
  stepFor: (step, n, all) => (n === all ? step : `${step} (${n})`),
  moved: (n, step) => `${step}: ${n} dossiers.`,
  refused: (n) => `${n} could not be moved on:`,
  noMoves: "No step is open to these dossiers.",
  unchoose: "Choose none",
};
