/** Opens the window. In development `vite --mode fake`, or `?fake`, puts a desk in memory behind it. */
import { mount } from "svelte";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import App from "./App.svelte";
import Citizen from "./screens/Citizen.svelte";
import { desk, useDesk } from "./lib/desk";

if (import.meta.env.DEV && (import.meta.env.MODE === "fake" || location.search.includes("fake"))) {
  const { fakeDesk } = await import("./lib/desk.fake");
  useDesk(fakeDesk(new URLSearchParams(location.search)));
}

/** Faults nobody caught go to the log; the window stays and says so. */
function report(what: unknown): void {
  const message = what instanceof Error ? `${what.name}: ${what.message}\n${what.stack ?? ""}` : String(what);
  desk.reportFault(message.slice(0, 8_000)).catch(() => undefined);
  window.dispatchEvent(new CustomEvent("motcua-fault"));
}
window.addEventListener("error", (event) => report(event.error ?? event.message));
window.addEventListener("unhandledrejection", (event) => report(event.reason));

const target = document.getElementById("app");
// The citizen's screen is the same program in a window that may ask for less.
if (target) mount(location.hash === "#citizen" ? Citizen : App, { target });
