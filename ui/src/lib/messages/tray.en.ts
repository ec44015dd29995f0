/** Sentences about watched folders and what waits in them, in English. */
import type { tray as vietnamese } from "./tray.vi";

export const tray: typeof vietnamese = {
  title: "Tray",
  button: (n) => (n > 0 ? `Tray (${n})` : "Tray"),
  key: "Tray: scans that wait in folders",
  into: (component) => `into ${component}`,
  pages: (n) => (n === 1 ? "1 page" : `${n} pages`),
  take: "Take",
  takeOne: (name, pages) => `Take ${name}, pages: ${pages}`,
  takeAll: (n) => (n === 1 ? "Take this file" : `Take all ${n} files`),
  takenBefore: "taken before",
  newer: "newer, same name",
  empty: "No scan waits. Scan at the office's machine; a file shows here once it is whole.",
  noFolder: "No folder is watched. Choose the one that the office's machine scans into.",
  toSettings: "Choose a folder",
  awayShort: "cannot be opened",
  away: (path) => `${path}: cannot be opened now. Check the network or the disk; it is tried again, no file is lost.`,
  settings: "Folders of office machines",
  pick: "Choose a folder…",
  why: "Choose the folder that the office's machine scans into. Whole files show in a dossier's tray; a file leaves the folder only when its pages are in the dossier.",
  none: "No folder is watched.",
  done: { move: "Move to da-nhan", delete: "Delete" },
  doneLabel: (name) => `Once taken, files in ${name}`,
  doneHint: "Once taken a file moves into the folder da-nhan inside, or is deleted. To watch no longer touches no file.",
  remove: "Watch no longer",
  removeOne: (name) => `Watch ${name} no longer`,
};
