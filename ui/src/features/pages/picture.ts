/** What a page looks like: laid flat, turned and cut, at an address that changes with it. */
import type { PageEdit } from "../../bindings/PageEdit";
import type { PageView } from "../../bindings/PageView";
import { desk } from "../../lib/desk";

/** Says how a page is read, for its address; nothing where it is read as it came. */
function tag({ turns, crop, flat }: PageEdit): string {
  if (turns === 0 && !crop && !flat) return "";
  const cut = crop ? [crop.left, crop.top, crop.right, crop.bottom].join("-") : "";
  return `/${[turns, cut, flat ? [flat.corners.flat(), flat.width, flat.height].flat().join("-") : ""].join("_")}`;
}

export function pageUrl(kind: "thumb" | "page", page: PageView): string {
  return desk.pictureUrl(kind, `${page.id}${tag(page.edit)}`);
}

/** The whole picture of a page, turned as the page is; neither laid flat nor cut. */
export function wholeUrl(page: PageView): string {
  return desk.pictureUrl("whole", `${page.id}/${page.edit.turns}`);
}

/** Width and height as the page is read. */
export function seenSize({ width, height, edit }: Pick<PageView, "width" | "height" | "edit">): { width: number; height: number } {
  // A photograph that is laid flat has the shape of its paper.
  const laid = edit.flat ?? { width, height };
  const turned = edit.turns % 2 === 0 ? { width: laid.width, height: laid.height } : { width: laid.height, height: laid.width };
  if (!edit.crop) return turned;
  const { left, top, right, bottom } = edit.crop;
  return { width: (turned.width * (right - left)) / 10_000, height: (turned.height * (bottom - top)) / 10_000 };
}
