/** Both sides by a scanner that sees one, in English. */
import type { DuplexMessages } from "./duplex.vi";

export const duplexEn: DuplexMessages = {
  key: "Scan both sides: fronts, turn the stack, backs",
  button: "Both sides",
  hint: "This scanner sees one side: scan all fronts, turn the whole stack, then scan the backs",
  title: (name) => `Both sides: ${name}`,
  fronts: (pages) => `Fronts: ${pages}`,
  turn: "Turn the whole stack",
  backs: (pages) => `Backs: ${pages}`,
  backsToCome: "Backs",
  way: "Joined as",
  ways: { turned: "Stack turned", same_order: "Sheets turned one by one", appended: "Backs at the end" },
  order: "Order of the pages when joined",
  front: "front",
  back: "back",
  frontAlt: (n) => `Page ${n}, a front`,
  backAlt: (n) => `Page ${n}, a back`,
  steps: { backs: "Scan the backs", join: "Join the passes", again: "Scan the backs again" },
  moreFronts: "More fronts",
  moreBacks: "More backs",
  joinAnyway: (way) => `Join all the same: ${way.toLowerCase()}`,
  joined: (pages) => `${pages} pages of both sides joined.`,
};
