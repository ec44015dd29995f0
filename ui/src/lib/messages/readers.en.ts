/** Sentences about code readers on a serial port, in English. */
import type { readers as vietnamese } from "./readers.vi";

export const readers: typeof vietnamese = {
  title: "Code reader",
  typing: "A reader that types like a keyboard works at once, without any setting. This is for readers on a serial port (COM, USB serial).",
  port: "Port",
  none: "No reader on a serial port",
  noPorts: "There is no serial port. Plug the reader in, in USB serial mode (USB COM), then look again.",
  denied: "Another program holds the port, or this account may not open it. Close that program, or have the account allowed to (on Linux: the group dialout).",
  speed: "Speed",
  bits: (n) => `${n} bit/s`,
  encoding: "Code page",
  encodings: { auto: "By itself", utf8: "UTF-8", cp1258: "Windows-1258" },
  states: { off: "not used", ready: "listening", missing: "not plugged in", denied: "port cannot be opened" },
  last: (at, n) => `${n} codes read since the program started, the last at ${at}.`,
  never: "No code was read since the program started. Hold a card to the reader to try.",
};
