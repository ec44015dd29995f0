/** The station, who is signed in, and the language and look they chose. */
import type { Locale } from "../../bindings/Locale";
import type { StaffView } from "../../bindings/StaffView";
import type { StationView } from "../../bindings/StationView";
import type { Theme } from "../../bindings/Theme";
import { desk } from "../../lib/desk";
import { speak } from "../../lib/say.svelte";
import { attempt } from "../notices/controller.svelte";

/** How large everything may be, in percent. */
export const ZOOMS: readonly number[] = [100, 110, 125, 150, 175, 200];

class Session {
  station = $state.raw<StationView | null>(null);
  user = $state.raw<StaffView | null>(null);

  async load(): Promise<void> {
    const station = await desk.station();
    this.#adopt(station);
    this.user = station.signed_in;
  }

  async signOut(): Promise<void> {
    if ((await attempt(desk.signOut().then(() => true))) === null) return;
    this.user = null;
  }

  async setLocale(locale: Locale): Promise<void> {
    const station = await attempt(desk.setLocale(locale));
    if (station) this.#adopt(station);
  }

  async setTheme(theme: Theme): Promise<void> {
    const station = await attempt(desk.setTheme(theme));
    if (station) this.#adopt(station);
  }

  /** One step larger or smaller; 0 is the usual size. */
  async zoomBy(step: 1 | -1 | 0): Promise<void> {
    const now = ZOOMS.findIndex((zoom) => zoom >= (this.station?.zoom ?? 100));
    const zoom = step === 0 ? 100 : ZOOMS[now + step];
    if (zoom) await this.setZoom(zoom);
  }

  async setZoom(zoom: number): Promise<void> {
    const station = await attempt(desk.setZoom(zoom));
    if (station) this.#adopt(station);
  }

  #adopt(station: StationView): void {
    this.station = station;
    speak(station.locale);
    if (station.theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = station.theme;
  }
}

export const session = new Session();
