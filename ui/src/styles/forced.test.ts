/** Windows' high contrast (forced colors): it draws every border, also those nobody was to see, and takes every ground away. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** A border around a button or a field that has none is welcome there; dots keep their colors. */
const WELCOME = ["src/parts/Button.svelte: ", "src/features/intake/ComponentItem.svelte: .input", "src/features/frame/StatusBar.svelte: .dot"];

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((file) => `src/${file.replaceAll("\\", "/")}`)
  .filter((file) => /\.(svelte|css)$/.test(file));

/** Rules as selector and declarations; of nested blocks the innermost. */
function rules(text: string): { selector: string; body: string; forced: boolean }[] {
  const css = text.replace(/\/\*[\s\S]*?\*\//g, "");
  const from = css.indexOf("@media (forced-colors: active)");
  return [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map((hit) => ({
    selector: (hit[1] ?? "").trim().replace(/\s+/g, " "),
    body: hit[2] ?? "",
    forced: from >= 0 && hit.index > from,
  }));
}

it("a border that is not to be seen says what it is where the system draws it", () => {
  const left: string[] = [];
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const all = rules(file.endsWith(".css") ? text : text.slice(text.lastIndexOf("<style>") + "<style>".length));
    const hidden = all.filter((rule) => !rule.forced && /border(-\w+)*:[^;(]*\btransparent\b/.test(rule.body));
    for (const rule of hidden) {
      const answered = all.some((other) => other.forced && other.selector.includes(rule.selector) && /border/.test(other.body));
      const said = `${file}: ${rule.selector}`;
      if (!answered && !WELCOME.some((one) => said.startsWith(one))) left.push(said);
    }
  }
  expect(left).toEqual([]);
});

it("what a ground tells is told by an edge", () => {
  const forced = rules(readFileSync("src/styles/base.css", "utf8")).filter((rule) => rule.forced);
  const body = (selector: string) => forced.filter((rule) => rule.selector.includes(selector)).map((rule) => rule.body).join();
  for (const selector of [".on", ".chosen", '[aria-selected="true"]', '[aria-pressed="true"]', "[aria-current]"]) expect(body(selector), selector).toContain("outline");
  expect(body('[class*="tone-"]')).toContain("!important");
  expect(body('.input[aria-invalid="true"]')).toContain("dashed");
  for (const mark of [".dot", ".needed"]) expect(body(mark), mark).toContain("forced-color-adjust: none");
});
