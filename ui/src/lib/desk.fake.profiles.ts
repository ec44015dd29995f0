/** Scan profiles of the desk in memory. Which paper one is for is decided by its words alone. */
import type { DossierView } from "../bindings/DossierView";
import type { ProfilesView } from "../bindings/ProfilesView";
import type { ScanProfile } from "../bindings/ScanProfile";
import type { Desk } from "./desk";

type Asked = Pick<Desk, "scanProfiles" | "setScanProfile" | "lockScanProfile" | "removeScanProfile">;

export function fakeProfiles(dossier: (key: string) => DossierView, mayLock: () => boolean): Asked {
  let all: ScanProfile[] = [];
  const view = (key: string | null): ProfilesView => {
    const papers = key ? dossier(key).components : [];
    const of = (name: string) => all.find((one) => one.papers.some((words) => words === "*" || name.toLowerCase().includes(words.toLowerCase())));
    const components = papers.flatMap((paper) => {
      const found = of(paper.name);
      return found ? [{ component: paper.index, profile: found.id }] : [];
    });
    return structuredClone({ profiles: all, may_lock: mayLock(), components });
  };
  return {
    scanProfiles: async (key) => view(key),
    setScanProfile: async (profile) => {
      const id = profile.id || Math.max(0, ...all.map((one) => one.id)) + 1;
      const fresh = { ...structuredClone(profile), id };
      all = profile.id ? all.map((one) => (one.id === id ? fresh : one)) : [...all, fresh];
      return view(null);
    },
    lockScanProfile: async (id, locked) => {
      all = all.map((one) => (one.id === id ? { ...one, locked } : one));
      return view(null);
    },
    removeScanProfile: async (id) => {
      all = all.filter((one) => one.id !== id);
      return view(null);
    },
  };
}
