/** What is said of pages that are changed in place, in English. */
import type { PageWhat } from "../../bindings/PageWhat";
import type { PagesMessages } from "./pages.vi";

const some = (n: number) => (n === 1 ? "1 page" : `${n} pages`);
const did: Record<PageWhat, (n: number) => string> = {
  turn: (n) => `${some(n)} turned`,
  crop: (n) => `${some(n)} cropped`,
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
  crop: "Crop page",
  cropHow: "Drag a frame around what stays",
  cropKeeps: (width, height) => `keeps ${width}% × ${height}%`,
  cropApply: "Crop",
  cropCancel: "Cancel",
  cropBack: "Give back what was cut off",
  cropEdges: { left: "Left edge", top: "Upper edge", right: "Right edge", bottom: "Lower edge" },
};
