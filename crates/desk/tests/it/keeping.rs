//! What leaves the machine and what is given out: only what is proven elsewhere, only what is asked for, nothing of
//! anybody in a bundle for support.

use crate::capital::Capital;
use crate::samples::{file, jpeg_of, png};
use crate::world::{PASSWORD, Station, draft, enroll, import, person};
use chrono::TimeDelta;
use desk::{Desk, Error, ErrorCode, Purged};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn files_on_disk(station: &Station) -> usize {
    let count = |dir: PathBuf| std::fs::read_dir(dir).map(|entries| entries.flatten().count()).unwrap_or_default();
    let folders = std::fs::read_dir(station.data().join("files")).unwrap().flatten();
    folders.filter(|folder| folder.file_name() != "new").map(|folder| count(folder.path())).sum()
}

/// An accepted dossier of one JPEG and, where asked for, one PNG.
fn scanned(station: &Station, desk: &Desk, n: u32, with_png: bool) -> desk::view::DossierView {
    let id = draft(desk, n);
    let dir = station.papers();
    let mut files = vec![file(&dir, &format!("{n}.jpg"), &jpeg_of(60 + n, 80))];
    if with_png {
        files.push(file(&dir, &format!("{n}.png"), &png(n)));
    }
    import(desk, id, 1, &files);
    desk.accept(id).unwrap()
}

/// O11, Q8: nothing goes before its days are over, before it is proven, or where nothing proves it.
#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_proven_and_old_leaves_the_machine() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    let plain = scanned(&station, &desk, 1, false);
    let mixed = scanned(&station, &desk, 2, true);
    desk.sync_now().await.unwrap();
    let waiting = scanned(&station, &desk, 3, false);
    assert!(matches!(desk.purge(false), Err(Error::NotAllowed)), "a clerk takes nothing away");
    desk.sign_in("supervisor", PASSWORD).unwrap();
    assert!(matches!(desk.purge(false), Err(Error::NoRetention)), "without a setting nothing ever goes");
    desk.set_retention_days(Some(30)).unwrap();
    assert_eq!(desk.purge(false).unwrap(), Purged::default(), "its days are not over");

    station.wall.pass(TimeDelta::days(31));
    desk.sign_in("supervisor", PASSWORD).unwrap();
    let before = files_on_disk(&station);
    let told = desk.purge(true).unwrap();
    assert_eq!((told.dossiers, told.files, told.unproven), (2, 4, 1), "{told:?}");
    assert_eq!(files_on_disk(&station), before, "asked only");
    assert_eq!(desk.purge(false).unwrap(), told);
    assert_eq!(files_on_disk(&station), before - 4);
    assert_eq!(desk.purge(false).unwrap().files, 0, "nothing goes twice");

    let page = plain.components[0].pages[0].id;
    assert_eq!(desk.page_picture(page).unwrap_err().code().0, ErrorCode::Purged);
    assert!(!desk.thumb(page).unwrap().is_empty(), "the small picture stays");
    let pages = desk.open_dossier(mixed.id).unwrap().components[0].pages.clone();
    assert!(desk.page_picture(pages[1].id).is_ok(), "a PNG's own bytes are nowhere else");
    let kept = desk.open_dossier(waiting.id).unwrap().components[0].pages[0].id;
    assert!(desk.page_picture(kept).is_ok(), "what the central system does not have stays, however old");
    assert_eq!(desk.verify_log().unwrap().first_broken, None);

    // The same paper comes again: its bytes are taken anew and count as here.
    desk.sign_in("clerk", PASSWORD).unwrap();
    let id = draft(&desk, 9);
    import(&desk, id, 1, &[station.papers().join("1.jpg")]);
    let again = desk.open_dossier(id).unwrap().components[0].pages[0].id;
    assert!(desk.page_picture(again).is_ok());
}

/// Q8: once days are set nobody has to think of it; while somebody works, and where none are set, nothing goes.
#[tokio::test(flavor = "multi_thread")]
async fn at_night_the_station_makes_room_by_itself() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    scanned(&station, &desk, 1, false);
    desk.sync_now().await.unwrap();
    station.wall.pass(TimeDelta::days(31));
    let before = files_on_disk(&station);
    desk.care();
    assert_eq!(files_on_disk(&station), before, "no days are set");
    desk.sign_in("supervisor", PASSWORD).unwrap();
    desk.set_retention_days(Some(30)).unwrap();
    desk.care();
    assert_eq!(files_on_disk(&station), before, "somebody works");
    desk.sign_out().unwrap();
    desk.care();
    assert_eq!(files_on_disk(&station), before - 2);
}

/// A page that another dossier shows too is not taken away from it.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_another_dossier_needs_stays() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    scanned(&station, &desk, 1, false);
    desk.sync_now().await.unwrap();
    let other = draft(&desk, 2);
    import(&desk, other, 1, &[station.papers().join("1.jpg")]);
    station.wall.pass(TimeDelta::days(2));
    desk.sign_in("supervisor", PASSWORD).unwrap();
    desk.set_retention_days(Some(1)).unwrap();
    assert_eq!(desk.purge(false).unwrap().files, 1, "the PDF alone");
    let page = desk.open_dossier(other).unwrap().components[0].pages[0].id;
    assert!(desk.page_picture(page).is_ok());
}

/// The right of the data subject: all of one person, nothing of another.
#[tokio::test(flavor = "multi_thread")]
async fn one_person_gets_everything_of_theirs_and_nothing_of_others() {
    let (station, desk) = Station::new();
    let mine = scanned(&station, &desk, 1, true);
    scanned(&station, &desk, 2, false);
    let out = station.dir.path().join("person");
    let number = person(1).id_number;
    assert!(matches!(desk.export_person(&number, &out), Err(Error::NotAllowed)));
    desk.sign_in("supervisor", PASSWORD).unwrap();
    assert!(matches!(desk.export_person("099190099999", &out), Err(Error::DossierNotFound)));
    let sum = desk.export_person(&number, &out).unwrap();
    assert_eq!((sum.dossiers, sum.files), (1, 3), "two pages and their PDF");
    assert!(desk.export_person(&number, &out).is_err(), "an export is not mixed with another");
    let text = std::fs::read_to_string(out.join("person.json")).unwrap();
    let told: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(told["dossiers"][0]["dossier"]["applicant"]["name"], person(1).name.as_str());
    assert!(told["log"].as_array().is_some_and(|log| log.iter().any(|entry| entry["action"] == "dossier.received")));
    assert!(!text.contains(&person(2).id_number) && !text.contains(&person(2).name));
    let page = told["dossiers"][0]["pages"][0]["file"].as_str().unwrap();
    assert_eq!(std::fs::read(out.join(page)).unwrap(), jpeg_of(61, 80), "the original bytes");
    assert!(out.join(mine.code.unwrap()).join("01.pdf").is_file());
}

/// Q10, T-58: whatever was typed, nothing of it is in the bundle, nor in its logs.
#[test]
fn a_bundle_for_support_names_nobody() {
    let (station, desk) = Station::new();
    let mut form = person(7);
    (form.phone, form.email) = ("0912345678".into(), "hoa.mau@vidu.vn".into());
    let id = draft(&desk, 7);
    desk.save_applicant(id, &form).unwrap();
    desk.save_note(id, "ghi chú kín đáo").unwrap();
    let logs = station.data().join("logs");
    std::fs::create_dir_all(&logs).unwrap();
    std::fs::write(logs.join("motcua.log"), format!("slip: {} {} {}\n", form.id_number, form.phone, form.email))
        .unwrap();
    let path = station.dir.path().join("bundle.zip");
    desk.support_bundle(&path).unwrap();
    let names = unzipped(&path);
    assert_eq!(names.len(), 2, "{:?}", names.iter().map(|(name, _)| name).collect::<Vec<_>>());
    for (name, text) in &names {
        let secrets = [&form.id_number, &form.name, &form.phone, &form.email, &form.address];
        for secret in secrets.into_iter().chain([&"ghi chú".to_owned(), &"Lê Thị Thu Hằng".to_owned()]) {
            assert!(!text.contains(secret.as_str()), "{secret} is in {name}");
        }
    }
    let about: serde_json::Value = serde_json::from_str(&names[0].1).unwrap();
    assert_eq!(about["dossiers"], serde_json::json!([["draft", 1]]));
}

fn unzipped(path: &Path) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let read = |n: usize| {
        let mut entry = zip.by_index(n).unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        (entry.name().to_owned(), text)
    };
    (0..2).map(read).collect()
}

/// A made-up station is large, whole, and the same for the same seed; a real one takes none of it.
#[test]
fn a_seeded_station_is_made_of_real_rows() {
    let plan = desk::SeedPlan { dossiers: 300, pages: 4, seed: 7 };
    let (_station, desk) = Station::new();
    let made = desk.seed(plan, &mut |_| {}).unwrap();
    assert_eq!((made.dossiers, made.pages), (300, 1_200));
    let hits = desk.search("nguyen", 50).unwrap().hits;
    assert!(hits.len() >= 40, "{}", hits.len());
    let view = desk.open_dossier(hits[0].id).unwrap();
    assert!(view.applicant.id_number.starts_with("099") && view.pages.kept == 4);
    assert!(desk.page_picture(view.components[0].pages[0].id).is_ok());
    assert!(!desk.thumb(view.components[0].pages[0].id).unwrap().is_empty(), "made when looked at");
    let (_other, twin) = Station::new();
    twin.seed(plan, &mut |_| {}).unwrap();
    let names = |desk: &Arc<Desk>| -> Vec<String> {
        desk.search("nguyen", 20).unwrap().hits.into_iter().map(|hit| hit.applicant).collect()
    };
    assert_eq!(names(&desk), names(&twin));
}
