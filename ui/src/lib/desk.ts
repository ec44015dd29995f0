/**
 * The one door to the program behind the window: every command and the one event, typed.
 * No other file imports `@tauri-apps`. Tests and a plain browser put another desk behind it with `useDesk`.
 */
import { Channel, convertFileSrc, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { ApplicantForm } from "../bindings/ApplicantForm";
import type { CalendarView } from "../bindings/CalendarView";
import type { CardAnswer } from "../bindings/CardAnswer";
import type { CardOffer } from "../bindings/CardOffer";
import type { Channel as ArrivalChannel } from "../bindings/Channel";
import type { CitizenView } from "../bindings/CitizenView";
import type { DeskEvent } from "../bindings/DeskEvent";
import type { DeviceView } from "../bindings/DeviceView";
import type { CatalogueStep } from "../bindings/CatalogueStep";
import type { CatalogueTaken } from "../bindings/CatalogueTaken";
import type { CatalogueView } from "../bindings/CatalogueView";
import type { CheckView } from "../bindings/CheckView";
import type { CareView } from "../bindings/CareView";
import type { CareStep } from "../bindings/CareStep";
import type { BackupView } from "../bindings/BackupView";
import type { CashBundle } from "../bindings/CashBundle";
import type { SerialRun } from "../bindings/SerialRun";
import type { SharesView } from "../bindings/SharesView";
import type { StackChoice } from "../bindings/StackChoice";
import type { ShiftView } from "../bindings/ShiftView";
import type { TrayView } from "../bindings/TrayView";
import type { TransferCode } from "../bindings/TransferCode";
import type { VoidedMoney } from "../bindings/VoidedMoney";
import type { WorkList } from "../bindings/WorkList";
import type { BulkMove } from "../bindings/BulkMove";
import type { BulkView } from "../bindings/BulkView";
import type { ListCounts } from "../bindings/ListCounts";
import type { CodeRead } from "../bindings/CodeRead";
import type { CorrectedView } from "../bindings/CorrectedView";
import type { DossierView } from "../bindings/DossierView";
import type { QueueView } from "../bindings/QueueView";
import type { TicketStep } from "../bindings/TicketStep";
import type { TicketTaken } from "../bindings/TicketTaken";
import type { EventKind } from "../bindings/EventKind";
import type { FeeBookView } from "../bindings/FeeBookView";
import type { FeeChoice } from "../bindings/FeeChoice";
import type { FeePayment } from "../bindings/FeePayment";
import type { FeeReceiptView } from "../bindings/FeeReceiptView";
import type { FeeSettings } from "../bindings/FeeSettings";
import type { FeesView } from "../bindings/FeesView";
import type { FolderDone } from "../bindings/FolderDone";
import type { FolderView } from "../bindings/FolderView";
import type { Form } from "../bindings/Form";
import type { FormChoice } from "../bindings/FormChoice";
import type { FormsView } from "../bindings/FormsView";
import type { KeyView } from "../bindings/KeyView";
import type { KnownNames } from "../bindings/KnownNames";
import type { KnownView } from "../bindings/KnownView";
import type { PopulationView } from "../bindings/PopulationView";
import type { Locale } from "../bindings/Locale";
import type { MixedRow } from "../bindings/MixedRow";
import type { DuplexPass } from "../bindings/DuplexPass";
import type { DuplexView } from "../bindings/DuplexView";
import type { Joining } from "../bindings/Joining";
import type { MixedStep } from "../bindings/MixedStep";
import type { MixedTaken } from "../bindings/MixedTaken";
import type { MixedView } from "../bindings/MixedView";
import type { BlankPolicy } from "../bindings/BlankPolicy";
import type { MovedView } from "../bindings/MovedView";
import type { NewCalendarDay } from "../bindings/NewCalendarDay";
import type { NewPerson } from "../bindings/NewPerson";
import type { OfficeForm } from "../bindings/OfficeForm";
import type { OutboxItemView } from "../bindings/OutboxItemView";
import type { PageAct } from "../bindings/PageAct";
import type { PageProgress } from "../bindings/PageProgress";
import type { PagePlace } from "../bindings/PagePlace";
import type { PageUndone } from "../bindings/PageUndone";
import type { PaperEdges } from "../bindings/PaperEdges";
import type { PhotoPaper } from "../bindings/PhotoPaper";
import type { PaperVerdict } from "../bindings/PaperVerdict";
import type { PaperCounts } from "../bindings/PaperCounts";
import type { PaperOffer } from "../bindings/PaperOffer";
import type { PhoneProgress } from "../bindings/PhoneProgress";
import type { PhoneRequest } from "../bindings/PhoneRequest";
import type { PaperView } from "../bindings/PaperView";
import type { PartyKind } from "../bindings/PartyKind";
import type { ReaderLine } from "../bindings/ReaderLine";
import type { ReaderView } from "../bindings/ReaderView";
import type { RepresentativeForm } from "../bindings/RepresentativeForm";
import type { Seat } from "../bindings/Seat";
import type { PersonView } from "../bindings/PersonView";
import type { ProfilesView } from "../bindings/ProfilesView";
import type { ScannerExamination } from "../bindings/ScannerExamination";
import type { ScannerFinding } from "../bindings/ScannerFinding";
import type { ScanProfile } from "../bindings/ScanProfile";
import type { Preferences } from "../bindings/Preferences";
import type { PrinterView } from "../bindings/PrinterView";
import type { PrintView } from "../bindings/PrintView";
import type { ProcedureHit } from "../bindings/ProcedureHit";
import type { Regulation } from "../bindings/Regulation";
import type { Role } from "../bindings/Role";
import type { RunOutcome } from "../bindings/RunOutcome";
import type { SafetyView } from "../bindings/SafetyView";
import type { ScanRequest } from "../bindings/ScanRequest";
import type { SearchView } from "../bindings/SearchView";
import type { SilentView } from "../bindings/SilentView";
import type { StaffView } from "../bindings/StaffView";
import type { StationView } from "../bindings/StationView";
import type { SyncView } from "../bindings/SyncView";
import type { Theme } from "../bindings/Theme";
import type { UnreadView } from "../bindings/UnreadView";
import type { VisitAccepted } from "../bindings/VisitAccepted";
import type { TodayView } from "../bindings/TodayView";

/** Hears of pages while they come in. */
export type OnProgress = (progress: PageProgress) => void;

/** What a picture is of. A page of a form is `FORM/ABOUT/N`, from 0. */
export type PictureKind = "thumb" | "page" | "whole" | "loose_thumb" | "loose" | "paper";

/** Hears how far a mixed stack has come while it is taken in. */
export type OnMixed = (step: MixedStep) => void;

/** Hears what a phone does that takes photographs. */
export type OnPhone = (told: PhoneProgress) => void;

/** Hears how far a check or a backup has come. */
export type OnCare = (step: CareStep) => void;

function channel<T>(onProgress: (step: T) => void): Channel<T> {
  const progress = new Channel<T>();
  progress.onmessage = onProgress;
  return progress;
}

/** First part of every picture's address, new at each sign-in; kept here and nowhere else. */
let pictures = "";

async function station(): Promise<StationView> {
  const view = await invoke<StationView>("station");
  pictures = view.pictures ?? "";
  return view;
}

async function signIn(login: string, password: string): Promise<StaffView> {
  const user = await invoke<StaffView>("sign_in", { login, password });
  await station();
  return user;
}

const tauri = {
  /** Tells the window that its first screen is painted; it is shown only then. */
  windowReady: () => invoke<void>("window_ready"),
  station,
  signIn,
  signOut: () => invoke<void>("sign_out"),
  /** Somebody moved a key or the pointer: the desk does not lock. */
  stayAwake: () => invoke<void>("stay_awake"),
  people: () => invoke<PersonView[]>("people"),
  addPerson: (person: NewPerson) => invoke<PersonView[]>("add_person", { person }),
  changePerson: (login: string, name: string, role: Role) => invoke<PersonView[]>("change_person", { login, name, role }),
  removePerson: (login: string) => invoke<PersonView[]>("remove_person", { login }),
  resetPassword: (login: string, password: string) => invoke<void>("reset_password", { login, password }),
  changePassword: (old: string, fresh: string) => invoke<void>("change_password", { old, new: fresh }),
  safety: () => invoke<SafetyView>("safety"),
  /** Shown once, for the agency's safe; the one before holds no more. */
  newRecoveryKey: () => invoke<string>("new_recovery_key"),
  recover: (recoveryKey: string, login: string, password: string) => invoke<void>("recover", { recoveryKey, login, password }),
  care: () => invoke<CareView>("care"),
  /** Nothing where no folder was chosen. */
  pickBackup: (onProgress: OnCare) => invoke<BackupView | null>("pick_backup", { progress: channel(onProgress) }),
  backUp: (onProgress: OnCare) => invoke<BackupView>("back_up", { progress: channel(onProgress) }),
  check: (onProgress: OnCare) => invoke<CheckView>("check", { progress: channel(onProgress) }),
  cancelCare: () => invoke<void>("cancel_care"),
  catalogue: () => invoke<CatalogueView>("catalogue"),
  /** Nothing where no file was chosen. */
  pickCatalogue: (onProgress: (step: CatalogueStep) => void) => invoke<CatalogueTaken | null>("pick_catalogue", { progress: channel(onProgress) }),
  cancelCatalogue: () => invoke<void>("cancel_catalogue"),
  unreadItems: (field: string | null, text: string) => invoke<UnreadView[]>("unread_items", { field, text }),
  starProcedure: (code: string, starred: boolean) => invoke<void>("star_procedure", { code, starred }),
  silentCases: (code: string) => invoke<SilentView>("silent_cases", { code }),
  setCaseLimit: (code: string, caseId: string, limit: string, reason: string) => invoke<void>("set_case_limit", { code, case: caseId, limit, reason }),
  dropCaseLimit: (code: string, caseId: string) => invoke<CatalogueView>("drop_case_limit", { code, case: caseId }),
  trustKey: (key: string, name: string) => invoke<KeyView>("trust_key", { key, name }),
  distrustKey: (key: string) => invoke<CatalogueView>("distrust_key", { key }),
  /** A month of the counter's calendar, or of an agency's; no month is this one. */
  calendar: (month: string, agency: string | null) => invoke<CalendarView>("calendar", { month, agency }),
  setCalendarDay: (day: NewCalendarDay) => invoke<CalendarView>("set_calendar_day", { day }),
  undoCalendarChange: (id: string, reason: string) => invoke<void>("undo_calendar_change", { id, reason }),
  /** False where no file was chosen. */
  pickCalendar: (reason: string) => invoke<boolean>("pick_calendar", { reason }),
  exportCalendar: () => invoke<boolean>("export_calendar"),
  /** Open dossiers whose date is another by the calendar in force. */
  movedAppointments: () => invoke<MovedView>("moved_appointments"),
  correctAppointments: (ids: string[], reason: string) => invoke<CorrectedView>("correct_appointments", { ids, reason }),
  /** Another date by hand: `day` is `yyyy-mm-dd`, `time` is `hh:mm`. */
  appoint: (id: string, day: string, time: string, reason: string) => invoke<DossierView>("appoint", { id, day, time, reason }),
  setIdleMinutes: (minutes: number) => invoke<void>("set_idle_minutes", { minutes }),
  setLocale: (locale: Locale) => invoke<StationView>("set_locale", { locale }),
  setZoom: (zoom: number) => invoke<StationView>("set_zoom", { zoom }),
  setTheme: (theme: Theme) => invoke<StationView>("set_theme", { theme }),
  preferences: () => invoke<Preferences>("preferences"),
  setPreferences: (preferences: Preferences) => invoke<Preferences>("set_preferences", { preferences }),

  /** Keys that stand for others at this station. */
  shortcuts: () => invoke<Record<string, string>>("shortcuts"),
  setShortcuts: (shortcuts: Record<string, string>) => invoke<Record<string, string>>("set_shortcuts", { shortcuts }),

  today: () => invoke<TodayView>("today"),
  workList: (list: WorkList, limit: number) => invoke<SearchView>("work_list", { list, limit }),
  listCounts: () => invoke<ListCounts>("list_counts"),
  /** The steps that some of these dossiers may take. */
  bulkMoves: (ids: string[]) => invoke<BulkMove[]>("bulk_moves", { ids }),
  moveMany: (ids: string[], step: EventKind, reason: string) => invoke<BulkView>("move_many", { ids, step, reason }),
  search: (text: string, limit: number) => invoke<SearchView>("search", { text, limit }),
  /** What a reader's text leads to: the dossier of a paper of ours, perhaps a card, or nothing. */
  readCode: (text: string) => invoke<CodeRead>("read_code", { text }),

  queue: () => invoke<QueueView>("queue"),
  /** Hands out the next number; its slip is the form `queue-ticket`. */
  takeTicket: (priority: boolean) => invoke<TicketTaken>("take_ticket", { priority }),
  /** Takes in a number that a queue machine printed. */
  addTicket: (text: string, priority: boolean) => invoke<QueueView>("add_ticket", { text, priority }),
  callNext: () => invoke<QueueView>("call_next"),
  callTicket: (text: string) => invoke<QueueView>("call_ticket", { text }),
  stepTicket: (text: string, step: TicketStep) => invoke<QueueView>("step_ticket", { text, step }),
  /** Ties a dossier to a number; to none where it is empty. */
  setTicket: (id: string, text: string) => invoke<DossierView>("set_ticket", { id, text }),
  setQueuePrefix: (text: string) => invoke<QueueView>("set_queue_prefix", { text }),

  newDossier: () => invoke<DossierView>("new_dossier"),
  openDossier: (id: string) => invoke<DossierView>("open_dossier", { id }),
  saveApplicant: (id: string, form: ApplicantForm) => invoke<DossierView>("save_applicant", { id, form }),
  /** Reads a card into the seat it belongs to, or asks which; `inHand` is the seat whose field has the focus. */
  offerCard: (id: string, text: string, inHand: Seat | null) => invoke<CardAnswer>("offer_card", { id, text, inHand }),
  readCard: (id: string, text: string, seat: Seat) => invoke<DossierView>("read_card", { id, text, seat }),
  /** Cards on the pages of the paper that proves who somebody is; to be read with `offerCard`, never by themselves. */
  cardOffers: (id: string) => invoke<CardOffer[]>("card_offers", { id }),
  cardsDropped: (drop: number) => invoke<CardOffer[]>("cards_dropped", { drop }),
  /** Nothing where no picture was chosen. */
  pickCardPicture: () => invoke<CardOffer[]>("pick_card_picture"),
  readers: () => invoke<ReaderView>("readers"),
  chooseReader: (line: ReaderLine | null) => invoke<ReaderView>("choose_reader", { line }),
  /** Nothing for an owner who comes alone. */
  saveRepresentative: (id: string, form: RepresentativeForm | null) => invoke<DossierView>("save_representative", { id, form }),
  known: (id: string, seat: Seat) => invoke<KnownView>("known", { id, seat }),
  setConsent: (id: string, seat: Seat, given: boolean) => invoke<KnownView>("set_consent", { id, seat, given }),
  findKnown: (name: string, kind: PartyKind) => invoke<KnownNames>("find_known", { name, kind }),
  /** Takes over what somebody told in an earlier dossier; `agreed` says that the person agreed just now. */
  takeKnown: (id: string, seat: Seat, from: string, fromSeat: Seat, agreed: boolean) => invoke<DossierView>("take_known", { id, seat, from, fromSeat, agreed }),
  reusePaper: (id: string, component: number, from: string, fromComponent: number) =>
    invoke<DossierView>("reuse_paper", { id, component, from, fromComponent }),
  confirmIdentity: (id: string, seat: Seat, reason: string) => invoke<DossierView>("confirm_identity", { id, seat, reason }),
  reopenIdentity: (id: string, seat: Seat) => invoke<DossierView>("reopen_identity", { id, seat }),
  population: () => invoke<PopulationView>("population"),
  setPopulation: (url: string) => invoke<PopulationView>("set_population", { url }),
  switchParty: (id: string, kind: PartyKind) => invoke<DossierView>("switch_party", { id, kind }),
  findProcedures: (text: string, limit: number) => invoke<ProcedureHit[]>("find_procedures", { text, limit }),
  chooseProcedure: (id: string, code: string, caseId: string | null) =>
    invoke<DossierView>("choose_procedure", { id, code, case: caseId }),
  setPapers: (id: string, component: number, counts: PaperCounts) =>
    invoke<DossierView>("set_papers", { id, component, counts }),
  /** What was found on looking at papers; with `remember` new reasons go into the bank. */
  checkPapers: (id: string, verdicts: PaperVerdict[], remember: boolean) => invoke<DossierView>("check_papers", { id, verdicts, remember }),
  paperReasons: () => invoke<string[]>("paper_reasons"),
  setPaperReasons: (reasons: string[]) => invoke<string[]>("set_paper_reasons", { reasons }),
  saveNote: (id: string, note: string) => invoke<DossierView>("save_note", { id, note }),
  /** What was told for one field that the procedure asks for beside papers. */
  saveField: (id: string, key: string, value: string) => invoke<DossierView>("save_field", { id, key, value }),
  setChannel: (id: string, channel: ArrivalChannel) => invoke<DossierView>("set_channel", { id, channel }),
  discardDraft: (id: string) => invoke<DossierView>("discard_draft", { id }),
  restoreDraft: (id: string) => invoke<DossierView>("restore_draft", { id }),
  accept: (id: string) => invoke<DossierView>("accept", { id }),
  /** Although the same person handed in the same lately. */
  acceptTwice: (id: string, reason: string) => invoke<DossierView>("accept_twice", { id, reason }),
  nextInVisit: (id: string) => invoke<DossierView>("next_in_visit", { id }),
  acceptVisit: (id: string) => invoke<VisitAccepted>("accept_visit", { id }),
  copyDossier: (id: string) => invoke<DossierView>("copy_dossier", { id }),
  settleTwins: (id: string, reason: string) => invoke<DossierView>("settle_twins", { id, reason }),
  moveDossier: (id: string, step: EventKind, reason: string) => invoke<DossierView>("move_dossier", { id, step, reason }),

  devices: () => invoke<DeviceView[]>("devices"),
  scan: (id: string, component: number, request: ScanRequest, onProgress: OnProgress) =>
    invoke<RunOutcome>("scan", { id, component, request, progress: channel(onProgress) }),
  /** Asks every scanner, or one, how it is; no paper moves. `cancelScan` stops it. */
  examineScanners: (device: string | null, onFound: (one: ScannerFinding) => void) =>
    invoke<ScannerExamination>("examine_scanners", { device, found: channel(onFound) }),
  cancelScan: () => invoke<void>("cancel_scan"),
  /** Opens a link for a phone; `cancelScan` ends it. */
  scanByPhone: (id: string, component: number, request: PhoneRequest, onTold: OnPhone) =>
    invoke<RunOutcome>("scan_by_phone", { id, component, request, progress: channel(onTold) }),
  /** Behind the last page where no place is said. */
  pickFiles: (id: string, component: number, place: PagePlace | null, onProgress: OnProgress) =>
    invoke<RunOutcome>("pick_files", { id, component, place, progress: channel(onProgress) }),
  importDropped: (drop: number, id: string, component: number, onProgress: OnProgress) =>
    invoke<RunOutcome>("import_dropped", { drop, id, component, progress: channel(onProgress) }),
  /** The scan profiles, and which of them each paper of a dossier is scanned with on a scanner. */
  scanProfiles: (dossier: string | null, device: string | null) => invoke<ProfilesView>("scan_profiles", { dossier, device }),
  setScanProfile: (profile: ScanProfile) => invoke<ProfilesView>("set_scan_profile", { profile }),
  lockScanProfile: (id: number, locked: boolean) => invoke<ProfilesView>("lock_scan_profile", { id, locked }),
  removeScanProfile: (id: number) => invoke<ProfilesView>("remove_scan_profile", { id }),
  scannerAddresses: () => invoke<string[]>("scanner_addresses"),
  addScanner: (address: string) => invoke<string[]>("add_scanner", { address }),
  removeScanner: (address: string) => invoke<string[]>("remove_scanner", { address }),
  /** The scanners of this station that are lent to other counters, with the addresses that open them. */
  shares: () => invoke<SharesView>("shares"),
  shareScanner: (device: string, on: boolean) => invoke<SharesView>("share_scanner", { device, on }),
  renewShare: (device: string) => invoke<SharesView>("renew_share", { device }),
  endStack: (stack: string, choice: StackChoice) => invoke<DossierView>("end_stack", { stack, choice }),
  explainStack: (stack: string, reason: string) => invoke<DossierView>("explain_stack", { stack, reason }),
  /** Does something to pages of a draft; the bytes never change. */
  editPages: (id: string, act: PageAct) => invoke<DossierView>("edit_pages", { id, act }),
  /** Where the paper lies on the whole picture of a page. */
  paperEdges: (page: string) => invoke<PaperEdges>("paper_edges", { page }),
  layFlat: (page: string, corners: PaperEdges["corners"], paper: PhotoPaper) => invoke<DossierView>("lay_flat", { page, corners, paper }),
  undoPages: (id: string) => invoke<PageUndone>("undo_pages", { id }),
  redoPages: (id: string) => invoke<PageUndone>("redo_pages", { id }),

  /** What a dossier and its visit owe, what was paid, and the number of the next receipt. */
  fees: (id: string) => invoke<FeesView>("fees", { id }),
  setFee: (id: string, choice: FeeChoice) => invoke<FeesView>("set_fee", { id, choice }),
  takePayment: (id: string, how: FeePayment) => invoke<FeesView>("take_payment", { id, how }),
  transferCode: (id: string, wholeVisit: boolean, part: number | null) => invoke<TransferCode>("transfer_code", { id, wholeVisit, part }),
  voidReceipt: (about: string, reason: string, money: VoidedMoney) => invoke<FeeReceiptView>("void_receipt", { about, reason, money }),
  setReceiptsAside: (run: SerialRun, reason: string) => invoke<FeeBookView>("set_receipts_aside", { run, reason }),
  addReceiptBook: (run: SerialRun) => invoke<FeeBookView>("add_receipt_book", { run }),
  /** Today's receipts, and the account of every number in use. */
  feeBook: () => invoke<FeeBookView>("fee_book"),
  /** The open shift; nothing where none is open. */
  shift: () => invoke<ShiftView | null>("shift"),
  shifts: () => invoke<ShiftView[]>("shifts"),
  openShift: (float: number) => invoke<ShiftView>("open_shift", { float }),
  closeShift: (notes: CashBundle[], reason: string) => invoke<ShiftView>("close_shift", { notes, reason }),
  feeSettings: () => invoke<FeeSettings>("fee_settings"),
  setFeeSettings: (settings: FeeSettings) => invoke<FeeSettings>("set_fee_settings", { settings }),
  /** How many rules the table has that was picked; nothing where no file was chosen. */
  pickFeeTable: () => invoke<number | null>("pick_fee_table"),

  /** Folders that office machines scan into. */
  folders: () => invoke<FolderView[]>("folders"),
  /** The folder is chosen on the other side; without one nothing changes. */
  pickFolder: () => invoke<FolderView[]>("pick_folder"),
  setFolderDone: (id: string, done: FolderDone) => invoke<FolderView[]>("set_folder_done", { id, done }),
  forgetFolder: (id: string) => invoke<FolderView[]>("forget_folder", { id }),
  /** What waits in the folders. */
  tray: () => invoke<TrayView>("tray"),
  takeIncoming: (id: string, component: number, files: string[], onProgress: OnProgress) =>
    invoke<RunOutcome>("take_incoming", { id, component, files, progress: channel(onProgress) }),

  /** Stacks of many dossiers, and their pages that lie in none yet. */
  mixedStacks: () => invoke<MixedRow[]>("mixed_stacks"),
  mixedStack: (stack: string) => invoke<MixedView>("mixed_stack", { stack }),
  duplex: (stack: string) => invoke<DuplexView>("duplex", { stack }),
  scanFronts: (id: string, component: number, request: ScanRequest, onProgress: OnMixed) => invoke<DuplexPass>("scan_fronts", { id, component, request, progress: channel(onProgress) }),
  scanBacks: (stack: string, request: ScanRequest, again: boolean, onProgress: OnMixed) => invoke<DuplexPass>("scan_backs", { stack, request, again, progress: channel(onProgress) }),
  joinDuplex: (stack: string, joining: Joining | null) => invoke<DossierView>("join_duplex", { stack, joining }),
  scanMixed: (request: ScanRequest, covers: number | null, onProgress: OnMixed) => invoke<MixedTaken>("scan_mixed", { request, covers, progress: channel(onProgress) }),
  /** No stack where no file was chosen. */
  pickMixed: (covers: number | null, onProgress: OnMixed) => invoke<MixedTaken>("pick_mixed", { covers, progress: channel(onProgress) }),
  mixedDropped: (drop: number, covers: number | null, onProgress: OnMixed) => invoke<MixedTaken>("mixed_dropped", { drop, covers, progress: channel(onProgress) }),
  readMixed: (stack: string, onProgress: OnMixed) => invoke<MixedView>("read_mixed", { stack, progress: channel(onProgress) }),
  splitMixed: (stack: string, blank: BlankPolicy, reason: string) => invoke<MixedView>("split_mixed", { stack, blank, reason }),
  undoSplit: (stack: string) => invoke<MixedView>("undo_split", { stack }),
  giveLoose: (pages: string[], dossier: string, component: number) => invoke<MixedView>("give_loose", { pages, dossier, component }),
  setLooseAside: (pages: string[], aside: boolean) => invoke<MixedView>("set_loose_aside", { pages, aside }),

  printers: () => invoke<PrinterView[]>("printers"),
  /** The sheets that a dossier has as it stands. */
  papersOf: (id: string) => invoke<PaperOffer[]>("papers_of", { id }),
  paper: (form: Form, about: string) => invoke<PaperView>("paper", { form, about }),
  printPaper: (form: Form, about: string, printer: string | null) => invoke<PrintView>("print_paper", { form, about, printer }),
  openPaper: (form: Form, about: string) => invoke<void>("open_paper", { form, about }),
  /** What the office chooses for its forms. */
  forms: () => invoke<FormsView>("forms"),
  setOffice: (office: OfficeForm) => invoke<FormsView>("set_office", { office }),
  setRegulation: (regulation: Regulation) => invoke<FormsView>("set_regulation", { regulation }),
  setForm: (choice: FormChoice) => invoke<FormsView>("set_form", { choice }),
  /** The file is picked on the other side; without one nothing changes. */
  pickLogo: () => invoke<FormsView>("pick_logo"),
  clearLogo: () => invoke<FormsView>("clear_logo"),

  syncState: () => invoke<SyncView>("sync_state"),
  outbox: () => invoke<OutboxItemView[]>("outbox"),
  syncNow: () => invoke<SyncView>("sync_now"),
  outboxRetry: (id: string) => invoke<SyncView>("outbox_retry", { id }),
  enroll: (url: string, token: string) => invoke<SyncView>("enroll", { url, token }),
  openCitizen: () => invoke<void>("open_citizen"),
  closeCitizen: () => invoke<void>("close_citizen"),
  showCitizen: (view: CitizenView) => invoke<void>("show_citizen", { view }),
  citizenView: () => invoke<CitizenView>("citizen_view"),
  /** In the citizen's window: hears of what it is to show; the answer stops it. */
  onCitizen: (hear: (view: CitizenView) => void): Promise<() => void> => listen<CitizenView>("citizen", (event) => hear(event.payload)),
  reportFault: (message: string) => invoke<void>("report_fault", { message }),

  /** Hears of what concerns every screen; the answer stops it. */
  onDeskEvent: (hear: (event: DeskEvent) => void): Promise<() => void> =>
    listen<DeskEvent>("desk", (event) => hear(event.payload)),

  /** The address of a picture. `convertFileSrc` would escape the slashes, so it makes only the front part. */
  pictureUrl: (kind: PictureKind, id: string): string => `${convertFileSrc("", "page")}${pictures}/${kind}/${id}`,
};

/** Everything the program can be asked. */
export type Desk = typeof tauri;

/** The desk in use. */
export let desk: Desk = tauri;

/** Puts another desk behind the door: in tests, and when looking at screens in a plain browser. */
export function useDesk(other: Desk): void {
  desk = other;
}
