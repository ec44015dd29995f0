//! S4, L3: the station comes back on another machine, whatever stopped the last backup, and doubles nothing.

use crate::capital::Capital;
use crate::check::{page_file, scanned};
use crate::world::{PASSWORD, Station, accepted, enroll, look_inside};
use chrono::TimeDelta;
use desk::view::Link;
use desk::{BackupReport, Desk, Error, ErrorCode, Form, RestoreReport};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn back_up(desk: &Desk, disk: &Path) -> BackupReport {
    desk.back_up(disk, false, &mut |_| true).unwrap()
}

/// The machine that takes over: its folder is empty.
fn spare() -> Station {
    let (spare, made) = Station::created();
    drop(made);
    std::fs::remove_dir_all(spare.data()).unwrap();
    *spare.machine.lock().unwrap() = Some("may-2".into());
    spare
}

fn try_restore(disk: &Path, spare: &Station, password: &str) -> Result<RestoreReport, Error> {
    Desk::restore(disk, &spare.data(), ("clerk", password), &spare.parts(), &mut |_| {})
}

fn restore(disk: &Path, spare: &Station) -> (RestoreReport, Arc<Desk>) {
    let report = try_restore(disk, spare, PASSWORD).unwrap();
    (report, open(spare))
}

fn open(spare: &Station) -> Arc<Desk> {
    let desk = Desk::open(&spare.data(), spare.parts()).unwrap();
    desk.sign_in("clerk", PASSWORD).unwrap();
    Arc::new(desk)
}

fn code(error: &Error) -> ErrorCode {
    error.code().0
}

/// The one station's folder on a backup disk.
fn place(disk: &Path) -> PathBuf {
    let mut entries = std::fs::read_dir(disk).unwrap().map(|entry| entry.unwrap().path());
    let place = entries.next().unwrap();
    assert_eq!(entries.next(), None);
    place
}

fn sets(disk: &Path) -> Vec<PathBuf> {
    let mut sets: Vec<_> =
        std::fs::read_dir(place(disk).join("sets")).unwrap().map(|entry| entry.unwrap().path()).collect();
    sets.sort();
    sets
}

fn walk(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn everything_comes_back_on_another_machine() {
    let (station, desk) = Station::new();
    let disk = station.dir.path().join("disk");
    let done = scanned(&station, &desk, 1, 1..4);
    let draft = crate::world::draft(&desk, 2);
    let report = back_up(&desk, &disk);
    assert_eq!((report.dossiers, report.files, report.sets, report.finished), (2, 4, 1, true));
    assert!(report.bytes >= report.copied && report.copied > 0 && report.bad.is_empty() && report.same_disk);
    let picture = desk.page_picture(done.components[0].pages[1].id).unwrap();
    drop((desk, std::fs::remove_dir_all(station.data())));

    let spare = spare();
    let (back, desk) = restore(&disk, &spare);
    assert_eq!((back.dossiers, back.files, back.skipped, back.bytes), (2, 4, 0, report.bytes));
    assert_eq!(desk.open_dossier(done.id).unwrap().code, done.code);
    assert_eq!(desk.page_picture(done.components[0].pages[1].id).unwrap(), picture);
    assert_eq!(desk.today_view().unwrap().drafts[0].id, draft);
    assert!(!desk.paper_pdf(Form::Receipt, &done.id.to_string(), None).unwrap().is_empty());
    assert_eq!(desk.verify_log().unwrap().first_broken, None);
    let check = desk.check(true, &mut |_| true).unwrap();
    assert_eq!((check.bad, check.orphans, check.database), (vec![], 0, desk::Database::Whole));
    assert_eq!(desk.outbox().unwrap().len(), 1, "what waited waits");
    assert!(matches!(try_restore(&disk, &spare, PASSWORD), Err(Error::Store(store::Error::Exists(_)))));
}

/// What was accepted after the backup is known to the central system alone: no number is given out twice, what is sent
/// again is recognised, nothing is doubled (T-38, T-49).
#[tokio::test(flavor = "multi_thread")]
async fn a_restored_station_doubles_nothing_and_repeats_no_number() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    let disk = station.dir.path().join("disk");
    let sent = scanned(&station, &desk, 1, 1..3);
    desk.sync_now().await.unwrap();
    // Waits in the backup, and is accepted by the central system only afterwards.
    let waiting = scanned(&station, &desk, 2, 3..5);
    // Waits in the backup, and is sent by nobody before the machine is gone.
    back_up(&desk, &disk);
    desk.sync_now().await.unwrap();
    let later: Vec<_> = (3..6).map(|n| accepted(&desk, n)).collect();
    desk.sync_now().await.unwrap();
    assert_eq!(capital.stats().dossiers, 5);
    drop(desk);

    // The same machine with a new disk: its name alone must not make it the old station.
    for machine in ["may-2", "may-1"] {
        let spare = spare();
        *spare.machine.lock().unwrap() = Some(machine.into());
        let (_, desk) = restore(&disk, &spare);
        let state = desk.sync_state().unwrap();
        assert_eq!((state.link, state.waiting), (Link::NotEnrolled, 1));
        assert_eq!(state.central, Some(capital.url()), "the address is there to be offered again");
        assert!(desk.sync_now().await.is_err());
        let offline = accepted(&desk, 9);
        assert!(offline.provisional, "the numbers of the lost station are not its own");

        let before = capital.stats().dossiers;
        enroll(&desk, &capital, &capital.url()).await;
        let run = desk.sync_now().await.unwrap();
        assert_eq!((run.sent, run.accepted, run.blocked), (2, 2, 0));
        assert_eq!(capital.stats().dossiers, before + 1, "only the new one is new");
        for view in [&sent, &waiting] {
            assert_eq!(desk.open_dossier(view.id).unwrap().code, view.code);
        }
        let fresh: Vec<_> = (10..13).map(|n| accepted(&desk, n)).collect();
        for view in &fresh {
            assert!(!view.provisional && later.iter().all(|old| old.code != view.code), "{:?}", view.code);
        }
        assert_eq!(desk.sync_now().await.unwrap().blocked, 0);
        assert_eq!(capital.stats().dossiers, before + 4);
    }
}

/// A number given out offline before the backup belongs to the station that was: the central system knows the heir.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_sent_is_sent_by_the_restored_station() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    let waiting = scanned(&station, &desk, 1, 1..3);
    assert!(!waiting.provisional);
    let disk = station.dir.path().join("disk");
    back_up(&desk, &disk);
    drop(desk);
    let spare = spare();
    let (_, desk) = restore(&disk, &spare);
    enroll(&desk, &capital, &capital.url()).await;
    let run = desk.sync_now().await.unwrap();
    assert_eq!((run.accepted, run.blocked), (1, 0));
    assert_eq!(desk.open_dossier(waiting.id).unwrap().code, waiting.code, "the code on the receipt stands");
    assert_eq!(capital.stats().files, 1);
}

/// Files are copied once; a day's backup is the day's pages and the database.
#[test]
fn only_what_is_new_is_copied() {
    let (station, desk) = Station::new();
    let disk = station.dir.path().join("disk");
    scanned(&station, &desk, 1, 1..6);
    let first = back_up(&desk, &disk);
    let database = std::fs::metadata(sets(&disk)[0].join("motcua.db")).unwrap().len();
    assert!(first.copied > database);
    let second = back_up(&desk, &disk);
    let database = std::fs::metadata(sets(&disk)[1].join("motcua.db")).unwrap().len();
    assert_eq!(second.copied, database);
    assert_eq!((second.files, second.sets), (first.files, 2));
}

/// A disk in a drawer rots: every copy is read back now and then, and mended while the station still has the bytes.
#[test]
fn a_copy_that_rotted_is_made_again() {
    let (station, desk) = Station::new();
    let disk = station.dir.path().join("disk");
    scanned(&station, &desk, 1, 1..2);
    back_up(&desk, &disk);
    let copy =
        walk(&place(&disk).join("files")).into_iter().find(|path| path.ends_with(page_file(&station, 1).0.to_string()));
    let copy = copy.unwrap();
    let whole = std::fs::read(&copy).unwrap();
    let mut rotten = whole.clone();
    rotten[50] ^= 1;
    std::fs::write(&copy, &rotten).unwrap();
    let mended = (0..32).any(|_| {
        back_up(&desk, &disk);
        std::fs::read(&copy).unwrap() == whole
    });
    assert!(mended, "within 32 backups every copy was read once");
}

/// Writers go on: whatever a snapshot names has its bytes in the backup (T-02).
#[test]
fn a_backup_during_work_is_whole() {
    let (station, desk) = Station::new();
    let disk = station.dir.path().join("disk");
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 1..60 {
                scanned(&station, &desk, n, n * 2..n * 2 + 2);
            }
            ended.store(true, Ordering::Release);
        });
        let mut grown = 0;
        while !ended.load(Ordering::Acquire) {
            let report = back_up(&desk, &disk);
            grown += u32::from(report.files > 0);
            let spare = spare();
            let (back, restored) = restore(&disk, &spare);
            assert_eq!((back.bad.len(), back.files), (0, report.files));
            let check = restored.check(true, &mut |_| true).unwrap();
            assert_eq!((check.bad, check.database), (vec![], desk::Database::Whole));
        }
        assert!(grown > 1, "the test must have met work in progress");
    });
}

/// Stopped in the middle it leaves the backup before as it was, and what it copied need not be copied again.
#[test]
fn an_interrupted_backup_leaves_the_one_before() {
    let (station, desk) = Station::new();
    let disk = station.dir.path().join("disk");
    let first = scanned(&station, &desk, 1, 1..3);
    back_up(&desk, &disk);
    scanned(&station, &desk, 2, 3..9);
    let stopped = desk.back_up(&disk, false, &mut |step| step.done < 6).unwrap();
    assert!(!stopped.finished);
    assert_eq!(sets(&disk).len(), 1);
    // A kill leaves more behind than a stop: a set without its last file.
    std::fs::create_dir_all(place(&disk).join("sets/000007")).unwrap();
    std::fs::write(place(&disk).join("sets/000007/motcua.db"), b"half").unwrap();
    std::fs::create_dir_all(place(&disk).join("files/new")).unwrap();
    std::fs::write(place(&disk).join("files/new/half"), b"half").unwrap();
    let one = spare();
    let (back, desk_back) = restore(&disk, &one);
    assert_eq!((back.dossiers, back.skipped), (1, 0), "what was never finished was never a backup");
    assert_eq!(desk_back.open_dossier(first.id).unwrap().code, first.code);
    let done = back_up(&desk, &disk);
    assert!(done.finished && done.dossiers == 2 && done.sets == 2);
    assert!(!place(&disk).join("files/new/half").exists());
}

#[test]
fn a_damaged_newest_backup_falls_back_and_says_so() {
    let (station, desk) = Station::new();
    let disk = station.dir.path().join("disk");
    scanned(&station, &desk, 1, 1..3);
    for _ in 0..4 {
        back_up(&desk, &disk);
    }
    let sets = sets(&disk);
    let spoil = |set: usize, name: &str| {
        let path = sets[set].join(name);
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&path, bytes).unwrap();
    };
    spoil(3, "motcua.db");
    std::fs::write(sets[2].join("manifest.json"), b"{").unwrap();
    spoil(1, "keys.json");
    let (back, _) = restore(&disk, &spare());
    assert_eq!((back.dossiers, back.skipped), (1, 3));
    spoil(0, "station.json");
    let none = try_restore(&disk, &spare(), PASSWORD).unwrap_err();
    assert_eq!(code(&none), ErrorCode::NoBackup);
}

/// One rotten page in the backup must not keep the other thousand from coming back.
#[test]
fn a_damaged_file_in_the_backup_is_named_and_all_others_come_back() {
    let (station, desk) = Station::new();
    let disk = station.dir.path().join("disk");
    let view = scanned(&station, &desk, 1, 1..5);
    back_up(&desk, &disk);
    let (hash, _) = page_file(&station, 2);
    let copy = walk(&place(&disk).join("files")).into_iter().find(|path| path.ends_with(hash.to_string())).unwrap();
    let mut bytes = std::fs::read(&copy).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&copy, bytes).unwrap();
    let spare = spare();
    let (back, desk) = restore(&disk, &spare);
    assert_eq!((back.bad, back.files), (vec![hash], 4));
    assert_eq!(desk.care_state().unwrap().bad_files, 1);
    let check = desk.check(true, &mut |_| true).unwrap();
    assert_eq!((check.bad.len(), &check.bad[0].dossiers), (1, &vec![view.code.unwrap()]));
}

/// A file that is lost at the station comes back out of an older copy, and a backup is made all the same.
#[test]
fn what_the_station_lost_the_backup_still_has() {
    let (station, desk) = Station::new();
    let disk = station.dir.path().join("disk");
    scanned(&station, &desk, 1, 1..3);
    back_up(&desk, &disk);
    std::fs::remove_file(page_file(&station, 1).1).unwrap();
    scanned(&station, &desk, 2, 3..5);
    std::fs::remove_file(page_file(&station, 3).1).unwrap();
    let report = back_up(&desk, &disk);
    assert_eq!(report.bad, [page_file(&station, 3).0], "the other one lies in the backup");
    let spare = spare();
    let (back, desk) = restore(&disk, &spare);
    assert_eq!((back.bad, desk.care_state().unwrap().bad_files), (report.bad, 1));
}

#[test]
fn only_who_could_open_the_station_can_restore_it() {
    let (station, desk) = Station::new();
    let disk = station.dir.path().join("disk");
    accepted(&desk, 1);
    back_up(&desk, &disk);
    let spare = spare();
    let wrong = try_restore(&disk, &spare, "sai-mat-khau").unwrap_err();
    assert_eq!(code(&wrong), ErrorCode::SignInFailed);
    assert!(!spare.data().join("keys.json").exists());
    let nothing = try_restore(&station.papers(), &spare, PASSWORD).unwrap_err();
    assert_eq!(code(&nothing), ErrorCode::NoBackup);
    let nowhere = try_restore(&station.dir.path().join("no such disk"), &spare, PASSWORD).unwrap_err();
    assert_eq!(code(&nowhere), ErrorCode::BackupRefused);
    restore(&disk, &spare);
    // Nobody who may only read takes everything away with him.
    desk.sign_in("supervisor", PASSWORD).unwrap();
    desk.add_person(&desk::NewPerson {
        login: "thanh-tra".into(),
        name: "Thanh tra Mẫu".into(),
        role: desk::Role::Inspector,
        password: PASSWORD.into(),
    })
    .unwrap();
    desk.sign_in("thanh-tra", PASSWORD).unwrap();
    assert!(matches!(desk.back_up(&disk, false, &mut |_| true), Err(Error::NotAllowed)));
}

/// T-58: the disk that is carried about shows neither names nor pages.
#[test]
fn nothing_readable_lies_in_a_backup() {
    let (station, desk) = Station::new();
    let disk = station.dir.path().join("disk");
    scanned(&station, &desk, 1, 1..3);
    back_up(&desk, &disk);
    let page = crate::samples::jpeg(1);
    for path in walk(&disk) {
        let bytes = std::fs::read(&path).unwrap();
        for secret in ["Nguyễn Thị Mẫu".as_bytes(), b"0991900", b"SQLite format", &page[..64]] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{}", path.display());
        }
    }
}

#[test]
fn a_backup_inside_the_data_folder_is_refused() {
    let (station, desk) = Station::new();
    for folder in [station.data(), station.data().join("files/backup")] {
        let refused = desk.back_up(&folder, false, &mut |_| true).unwrap_err();
        assert_eq!(code(&refused), ErrorCode::BackupInside);
    }
    let check = desk.check(true, &mut |_| true).unwrap();
    assert_eq!((check.orphans, check.bad.len()), (0, 0));
    std::fs::write(station.dir.path().join("a file"), b"").unwrap();
    let refused = desk.back_up(&station.dir.path().join("a file"), false, &mut |_| true).unwrap_err();
    assert_eq!(code(&refused), ErrorCode::BackupRefused);
}

#[test]
fn the_last_seven_are_kept() {
    let (station, desk) = Station::new();
    let disk = station.dir.path().join("disk");
    for n in 1..=9 {
        accepted(&desk, n);
        assert_eq!(back_up(&desk, &disk).sets, usize::try_from(n.min(7)).unwrap());
    }
    assert!(sets(&disk)[0].ends_with("000003"));
}

/// Cut off in the middle, a restore is none, and is simply done again.
#[test]
fn an_interrupted_restore_counts_as_none() {
    let (station, desk) = Station::new();
    let disk = station.dir.path().join("disk");
    let view = scanned(&station, &desk, 1, 1..9);
    back_up(&desk, &disk);
    let spare = spare();
    let (data, parts) = (spare.data(), spare.parts());
    let cut = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let told = &mut |step: desk::BackupStep| assert!(step.done < 5, "the power goes");
        Desk::restore(&disk, &data, ("clerk", PASSWORD), &parts, told)
    }));
    assert!(cut.is_err());
    assert!(matches!(Desk::open(&data, spare.parts()), Err(Error::Store(store::Error::Missing(_)))));
    let (back, desk) = restore(&disk, &spare);
    assert_eq!((back.files, back.bad.len()), (9, 0));
    assert_eq!(desk.open_dossier(view.id).unwrap().code, view.code);
}

/// A disk that several counters share.
#[test]
fn several_stations_share_a_disk() {
    let (one, first) = Station::new();
    let (_two, second) = Station::new();
    let disk = one.dir.path().join("disk");
    let view = scanned(&one, &first, 1, 1..3);
    back_up(&first, &disk);
    let own = place(&disk);
    back_up(&second, &disk);
    let both = try_restore(&disk, &spare(), PASSWORD).unwrap_err();
    assert_eq!(code(&both), ErrorCode::ManyBackups);
    assert!(both.code().1.unwrap().contains(&*own.file_name().unwrap().to_string_lossy()), "they are named");
    let spare = spare();
    let (back, desk) = restore(&own, &spare);
    assert_eq!((back.dossiers, back.bad.len()), (1, 0));
    assert_eq!(desk.open_dossier(view.id).unwrap().code, view.code);
}

/// By itself, once a day, at a quiet moment, or after a day without one; never into the empty place of an unplugged disk.
#[test]
fn the_daily_backup_makes_itself() {
    let (station, desk) = Station::new();
    let disk = station.dir.path().join("disk");
    assert!(
        matches!(desk.back_up(&disk, true, &mut |_| true), Err(Error::NotAllowed)),
        "a clerk does not choose the disk"
    );
    desk.sign_in("supervisor", PASSWORD).unwrap();
    desk.back_up(&disk, true, &mut |_| true).unwrap();
    let count = || sets(&disk).len();
    let work = |hours: i64| {
        station.wall.pass(TimeDelta::hours(hours));
        desk.stay_awake();
        desk.care();
    };
    work(21);
    assert_eq!(count(), 1, "somebody works, and it is not urgent");
    station.wall.pass(TimeDelta::minutes(11));
    desk.care();
    assert_eq!(count(), 2, "a quiet moment");
    work(27);
    assert_eq!(count(), 3, "a day without one");

    let away = station.dir.path().join("in the drawer");
    std::fs::rename(&disk, &away).unwrap();
    std::fs::create_dir(&disk).unwrap();
    work(27);
    assert_eq!(std::fs::read_dir(&disk).unwrap().count(), 0);
    assert!(!desk.care_state().unwrap().backup_overdue, "training is worth no warning");
    std::fs::remove_dir(&disk).unwrap();
    std::fs::rename(&away, &disk).unwrap();
    desk.care();
    assert_eq!(count(), 3, "it is not looked for every few seconds");
    station.wall.pass(TimeDelta::minutes(15));
    desk.care();
    assert_eq!(count(), 4);
}

/// Three days without a good backup and people are told.
#[test]
fn a_backup_that_is_overdue_is_told() {
    let station = spare();
    let new = desk::NewStation {
        office: crate::world::office(),
        station: "Quầy 1".into(),
        training: false,
        password: PASSWORD.into(),
    };
    let desk = Desk::create(&station.data(), &new, station.parts()).unwrap();
    desk.sign_in("clerk", PASSWORD).unwrap();
    let overdue = || desk.care_state().unwrap().backup_overdue;
    assert!(overdue(), "never");
    back_up(&desk, &station.dir.path().join("disk"));
    assert!(!overdue());
    station.wall.pass(TimeDelta::hours(71));
    assert!(!overdue());
    station.wall.pass(TimeDelta::hours(2));
    assert!(overdue());
}

/// Q2: what carries everything away, and what brings it back, is in the log without a name.
#[test]
fn backup_restore_and_check_are_in_the_log() {
    let (station, desk) = Station::new();
    let disk = station.dir.path().join("disk");
    back_up(&desk, &disk);
    desk.check(false, &mut |_| true).unwrap();
    back_up(&desk, &disk);
    drop(desk);
    let spare = spare();
    drop(restore(&disk, &spare));
    let mut actions = Vec::new();
    look_inside(&spare.data(), |store| {
        store
            .read(|r| {
                r.audit(|entry| -> Result<(), store::Error> {
                    actions.push(entry.action);
                    Ok(())
                })
            })
            .unwrap();
    });
    for action in ["backup", "check", "station.restored", "restore"] {
        assert!(actions.iter().any(|done| done == action), "{action} is not in {actions:?}");
    }
}
