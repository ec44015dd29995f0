/** What is said of pages that are changed in place, in English. */
import type { PageWhat } from "../../bindings/PageWhat";
import type { PagesMessages } from "./pages.vi";

const some = (n: number) => (n === 1 ? "1 page" : `${n} pages`);
const did: Record<PageWhat, (n: number) => string> = {
  turn: (n) => `${some(n)} turned`,
  crop: (n) => `${some(n)} cropped`,
  flatten: (n) => `${some(n)} laid flat`,
  move: (n) => `${some(n)} moved`,
  aside: (n) => `${some(n)} set aside`,
  back: (n) => `${some(n)} taken back`,
  replace: () => "page replaced",
  insert: (n) => `${some(n)} inserted`,
  split: (n) => `${some(n)} split off`,
  merge: (n) => `${some(n)} merged`,
  reverse: (n) => `${some(n)} put into reverse order`,
};
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const pagesEn: PagesMessages = {
  chosen: (n) => `${some(n)} chosen`,
  chosenOne: "chosen",
  done: (what, n) => `${capital(did[what](n))}.${what === "aside" ? " Nothing is lost." : ""}`,
  undone: (what, n) => `Undone: ${did[what](n)}. Ctrl+Shift+Z does it again.`,
  redone: (what, n) => `Done again: ${did[what](n)}.`,
  turnRight: "Turn right",
  turnLeft: "Turn left",
  turnOver: "Turn upside down",
  turned: (quarters) => `turned ${quarters * 90}°`,
  cropped: "cropped",
  redo: "Redo",
  tools: "Page tools",
  page: (n) => `Page ${n}`,
  aside: "Set aside",
  back: "Take back",
  insert: "Insert before this page",
  replace: "Scan again, replace this page",
  insertTitle: (n, name) => `Insert before page ${n}: ${name}`,
  replaceTitle: (n, name) => `Replace page ${n}: ${name}`,
  insertHow: "New pages stand right before the page in view; this can be undone.",
  replaceHow: "The old page is set aside; it is kept and can be taken back.",
  byScan: "Scan",
  byScanAgain: "Scan again",
  byFiles: "Choose files",
  noScanner: "No scanner: choose files, or plug one in.",
  blankOnly: "Only blank pages came: the pages before stay as they are. Turn the sheet over and scan again.",
  crop: "Crop page",
  cropHow: "Drag a frame around what stays",
  cropKeeps: (width, height) => `keeps ${width}% × ${height}%`,
  cropApply: "Crop",
  cropCancel: "Cancel",
  cropBack: "Give back what was cut off",
  cropEdges: { left: "Left edge", top: "Upper edge", right: "Right edge", bottom: "Lower edge" },
};
