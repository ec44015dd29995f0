/** The chosen scanner lent to other counters: switched on, its address shown and changed, switched off. G15. */
import { afterEach, expect, it, vi } from "vitest";
import { find, openWindow, seen, soon } from "./hands";

let close: () => void = () => undefined;
afterEach(() => close());
vi.setConfig({ testTimeout: 30_000 });

const address = () => (find("share-address") as HTMLInputElement | null)?.value;

it("a scanner is lent at an address that can be changed, and no longer", async () => {
  close = await openWindow("in");
  (await seen("nav-settings")).click();
  const on = (await seen("share-on")) as HTMLInputElement;
  expect(on.checked).toBe(false);
  expect(find("share-address"), "nothing is shown of what is not lent").toBeNull();
  on.click();
  await soon(() => expect(address()).toMatch(/^https:\/\/192\.0\.2\.7:9443\/\w{32}\/eSCL$/));
  expect(find("share-code")?.dataset.payload).toBe(address());
  const before = address();
  find("share-renew")?.click();
  await soon(() => expect(address()).not.toBe(before));
  find("share-on")?.click();
  await soon(() => expect(find("share-address")).toBeNull());
});
