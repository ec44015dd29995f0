/** Which part of a scanner a fault is about, for the picture. */
import type { ErrorCode } from "../../bindings/ErrorCode";

export type Part = "fine" | "tray" | "path" | "cover" | "cable" | "wait" | "whole";

export function partOf(code: ErrorCode | null, fine: boolean): Part {
  if (fine) return "fine";
  switch (code) {
    case "scanner_feeder_empty":
    case "scanner_no_source":
      return "tray";
    case "scanner_jam":
    case "scanner_double_feed":
      return "path";
    case "scanner_cover_open":
      return "cover";
    case "scanner_not_found":
    case "scanner_timeout":
    case "folder_away":
      return "cable";
    case "scanner_busy":
      return "wait";
    default:
      return "whole";
  }
}
