/** Status of the serial reader, told while a question about it is on its way. */
import { expect, it } from "vitest";
import { fakeDesk } from "../../lib/desk.fake";
import { useDesk } from "../../lib/desk";
import { readers } from "./readers.svelte";

it("what is told while the answer is on its way is not lost", async () => {
  const desk = fakeDesk(new URLSearchParams("in"), { answer: 0, page: 1, send: 20 });
  const view = await desk.readers();
  let answer: () => void = () => undefined;
  desk.readers = () => new Promise((resolve) => (answer = () => resolve({ ...view, status: "missing" })));
  useDesk(desk);
  const loading = readers.load();
  readers.hear("ready");
  answer();
  await loading;
  expect(readers.view?.status).toBe("ready");
});
