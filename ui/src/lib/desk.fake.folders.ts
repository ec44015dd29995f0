/** Watched folders of the desk in memory: `?folders` has some with files in them, one of them growing. */
import type { DeskEvent } from "../bindings/DeskEvent";
import type { FolderView } from "../bindings/FolderView";
import type { IncomingView } from "../bindings/IncomingView";
import type { Desk, OnProgress } from "./desk";
import type { RunOutcome } from "../bindings/RunOutcome";

interface Hands {
  options: URLSearchParams;
  now: string;
  tell: (event: DeskEvent) => void;
  run: (key: string, component: number, total: number, heard: OnProgress) => Promise<RunOutcome>;
}

const FOLDER: FolderView = { id: "f1", name: "quet-phong-mot-cua", path: "/srv/may-in/quet-phong-mot-cua", done: "move", there: true };

export function fakeFolders({ options, now, tell, run }: Hands): Pick<Desk, "folders" | "pickFolder" | "setFolderDone" | "forgetFolder" | "tray" | "takeIncoming"> {
  const some = options.has("folders");
  let folders: FolderView[] = some ? [FOLDER, { ...FOLDER, id: "f2", name: "scan", path: "\\\\may-chu\\scan", there: false }] : [];
  const file = (id: string, name: string, change: Partial<IncomingView> = {}): IncomingView => ({
    id,
    folder: FOLDER.name,
    device: "folder:f1",
    name,
    bytes: 1_834_221,
    at: now,
    ready: true,
    waiting: false,
    pages: 2,
    taken_before: false,
    newer: false,
    why: null,
    told: null,
    ...change,
  });
  let items: IncomingView[] = some
    ? [
        file("i1", "SCAN_20261123_0812.pdf"),
        file("i2", "Giấy xác nhận tình trạng hôn nhân của ông Nguyễn Phước Bảo Long và bà Công Tằng Tôn Nữ Diễm Quỳnh.pdf", { pages: 14, taken_before: true }),
        file("i3", "SCAN_20261123_0815.pdf", { ready: false, waiting: true, pages: null, why: "growing", told: "Đang được ghi vào; chờ ghi xong." }),
        file("i4", "bang-ke.docx", { ready: false, pages: null, why: "kind", told: "Không phải JPEG, PNG, TIFF hay PDF. Đặt máy quét lưu một trong các dạng này." }),
      ]
    : [];
  const edit = async (change: (all: FolderView[]) => FolderView[]) => (folders = change(folders));
  return {
    folders: async () => folders,
    pickFolder: () => edit((all) => (all.some((one) => one.id === FOLDER.id) ? all : [...all, FOLDER])),
    setFolderDone: (id, done) => edit((all) => all.map((one) => (one.id === id ? { ...one, done } : one))),
    forgetFolder: (id) => edit((all) => all.filter((one) => one.id !== id)),
    tray: async () => ({ items, away: folders.filter((one) => !one.there).map((one) => one.path) }),
    takeIncoming: async (key, component, files, heard) => {
      const taken = items.filter((item) => files.includes(item.id) && item.ready);
      const outcome = await run(key, component, taken.reduce((sum, item) => sum + (item.pages ?? 1), 0), heard);
      items = items.filter((item) => !taken.includes(item));
      tell({ kind: "tray", ready: items.filter((item) => item.ready).length, arriving: items.filter((item) => !item.ready).length });
      return { ...outcome, fed: null };
    },
  };
}
