//! The catalogue as it comes in: the national records, hostile files, signed packages; and what the office completes.

use crate::world::{MARRIAGE, PASSWORD, Station, bring_in, person};
use chrono::TimeDelta;
use desk::view::CatalogueStep;
use desk::{CatalogueImport, Desk, Error, ErrorCode, NewPackage, PackageMade};
use domain::dossier::Obstacle;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A training station with the supervisor at it.
fn station() -> (Station, Arc<Desk>) {
    let (station, desk) = Station::created();
    desk.sign_in("supervisor", PASSWORD).unwrap();
    (station, desk)
}

fn national() -> Option<PathBuf> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../../shared/data/procedures.jsonl.gz"].iter().collect();
    path.is_file().then_some(path)
}

/// Said where the data of the tests is not there; counted as skipped.
#[expect(clippy::print_stderr, reason = "the runner counts what says that it was skipped")]
fn skipped() {
    eprintln!("skipped: no ../shared/data");
}

fn import(desk: &Desk, path: &Path) -> Result<CatalogueImport, Error> {
    desk.import_catalogue(path, &mut |_| true)
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(text).unwrap();
    gzip.finish().unwrap()
}

fn record(code: &str, name: &str, ways: &str) -> String {
    json!({
        "ma_thu_tuc": code, "ten_thu_tuc": name, "linh_vuc": "Hộ tịch", "ket_qua_xu_ly": "Mã: KQ.G15.000031",
        "cach_thuc_thuc_hien": format!("Hình thức nộpThời gianPhí, lệ phíMô tả{ways}"),
        "thanh_phan_ho_so": "Tên giấy tờMẫu đơn, tờ khaiSố lượngTờ khai1 bản chính",
    })
    .to_string()
}

/// A procedure that says everything, and one whose limit nobody can read.
fn two_records() -> String {
    [
        record("9.000001", "Thủ tục đọc được", "Trực tiếp3 Ngày làm việcMiễn phí"),
        record("9.000002", "Thủ tục không ghi thời hạn", "Trực tiếpKhông có thông tinMiễn phí"),
    ]
    .join("\n")
}

/// C1: all 2,642 real records come in, or are listed by name; the second time nothing is new.
#[test]
fn the_national_records_come_in_and_nothing_is_lost() {
    let Some(path) = national() else { return skipped() };
    let (station, desk) = station();
    let before = desk.catalogue().unwrap().procedures;
    let mut steps: Vec<CatalogueStep> = Vec::new();
    let got = desk
        .import_catalogue(&path, &mut |step| {
            steps.push(step);
            true
        })
        .unwrap();
    let last = *steps.last().unwrap();
    assert!(last.done == last.total && last.total > 5_200, "each is read and each is kept: {last:?}");
    assert!(steps.windows(2).all(|pair| pair[0].done < pair[1].done));
    let listed = |field: &str| got.unread.iter().filter(|one| one.field == field).count() as u32;
    let refused = listed("code") + listed("name") + listed("record");
    // The training catalogue's own codes are there already; the records hold each code once.
    assert_eq!(got.imported + got.updated + got.older + got.same + refused, 2_642);
    let view = desk.catalogue().unwrap();
    assert_eq!(view.procedures, before + got.imported);
    assert_eq!(view.unread.iter().map(|one| one.count).sum::<u32>() as usize, got.unread.len(), "the list is kept");
    assert!(view.unread.iter().any(|one| one.field == "limit" && one.count > 100), "{:?}", view.unread);
    let few = desk.unread_items(Some("limit"), "dat dai").unwrap();
    assert!(few.iter().all(|one| one.field == "limit" && !one.reason.is_empty()));

    station.wall.pass(TimeDelta::days(2));
    let again = import(&desk, &path).unwrap();
    assert_eq!((again.imported, again.updated, again.coming), (0, 0, 0), "read again on another day");
    assert_eq!(again.unread.len(), got.unread.len());
}

/// The 70 procedures that were read by hand (procedures-seed.tsv): what the parser says of channel, time and fee is
/// what a person read, or it is listed.
#[test]
fn the_seed_that_was_read_by_hand_says_the_same() {
    let Some(path) = national() else { return skipped() };
    let seed = std::fs::read_to_string(path.with_file_name("procedures-seed.tsv")).unwrap();
    let (_station, desk) = station();
    import(&desk, &path).unwrap();
    let mut compared = 0;
    for line in seed.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [code, name, field, _, decision, rows, results, ..] = cells[..] else { panic!("{line}") };
        let shown = desk.show_procedure(code).unwrap();
        // Where the training catalogue has the code too, the publication's version is the latest.
        let text = serde_json::to_value(&shown.procedure).unwrap();
        assert_eq!(text["code"], code);
        if text["decision"] != decision {
            continue;
        }
        compared += 1;
        let composed = |text: &str| Value::from(domain::fold::tidy(text));
        assert_eq!((&text["name"], &text["field"]), (&composed(name), &composed(field)));
        let codes: Vec<&str> = results.split(',').filter(|code| !code.is_empty()).collect();
        assert_eq!(text["results"], json!(codes), "{code}");
        let ways: Vec<&Value> =
            text["cases"].as_array().unwrap().iter().flat_map(|case| case["ways"].as_array().unwrap()).collect();
        for row in rows.split(" ; ").filter(|row| row.matches(':').count() == 2) {
            let [channel, time, fee] = row.splitn(3, ':').collect::<Vec<_>>()[..] else { panic!("{row}") };
            let fee = if fee == "Không có thông tin" { "" } else { fee };
            let channel = match channel {
                "Trực tiếp" => "counter",
                "Trực tuyến" => "online",
                "Dịch vụ bưu chính" => "post",
                _ => continue,
            };
            let said = |way: &&&Value| way["channel"] == channel && way["fee_text"].as_str().unwrap().starts_with(fee);
            let way = ways.iter().find(|way| {
                said(way)
                    && (!time.contains("làm việc")
                        || way["limit_text"].as_str().unwrap().eq_ignore_ascii_case(&time.to_lowercase()))
            });
            let listed = shown.unread.iter().any(|one| ["ways", "limit", "fee", "cases"].contains(&one.field.as_str()));
            assert!(way.is_some() || listed, "{code}: {row} is neither read nor listed: {ways:?}");
        }
    }
    assert!(compared >= 60, "only {compared} of the seed were compared");
}

#[test]
fn an_import_that_is_stopped_leaves_everything_as_it_was() {
    let (station, desk) = station();
    let path = station.papers().join("records.jsonl");
    let records: Vec<String> =
        (0..200).map(|n| record(&format!("9.{n:06}"), "Thủ tục", "Trực tiếp3 Ngày làm việcMiễn phí")).collect();
    std::fs::write(&path, records.join("\n")).unwrap();
    let before = desk.catalogue().unwrap();
    // While it reads, and while it writes.
    for most in [100, 300] {
        let stopped = desk.import_catalogue(&path, &mut |step| step.done < most).unwrap();
        assert_eq!(stopped, CatalogueImport::default());
        assert_eq!(desk.catalogue().unwrap(), before, "stopped at {most}");
    }
    assert_eq!(import(&desk, &path).unwrap().imported, 200);
}

/// Whatever the file is: refused by name, nothing changed, nothing of the file in the log (T-58).
#[test]
fn hostile_files_are_refused_by_name() {
    let (station, desk) = station();
    let before = desk.catalogue().unwrap();
    let many = format!("[{}0]", "0,".repeat(60_000));
    let signs = format!("[{}0]", "[],".repeat(3_000_000));
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let long = format!("{}\n{}", record("9.000001", "a", ""), record("9.000002", &"x".repeat(3 << 20), ""));
    let bomb = packed(&vec![b' '; 200 << 20]);
    let twice = packed(&bomb);
    let torn = packed(two_records().as_bytes());
    let files: [(&str, Vec<u8>, ErrorCode); 14] = [
        ("empty", Vec::new(), ErrorCode::BadCatalogue),
        ("blank", b" \n\n".to_vec(), ErrorCode::BadCatalogue),
        ("number", b"17".to_vec(), ErrorCode::BadCatalogue),
        ("half", b"[{\"code\": ".to_vec(), ErrorCode::BadCatalogue),
        ("binary", vec![0xFF; 5_000], ErrorCode::BadCatalogue),
        ("deep", deep.into_bytes(), ErrorCode::BadCatalogue),
        ("many", many.into_bytes(), ErrorCode::CatalogueTooLarge),
        ("signs", signs.into_bytes(), ErrorCode::CatalogueTooLarge),
        ("long record", long.into_bytes(), ErrorCode::CatalogueTooLarge),
        ("bomb", bomb, ErrorCode::CatalogueTooLarge),
        ("bomb in a bomb", twice, ErrorCode::BadCatalogue),
        ("torn", torn[..torn.len() / 2].to_vec(), ErrorCode::BadCatalogue),
        ("package without an end", b"mot-cua-catalogue 1\nkey ".to_vec(), ErrorCode::BadCatalogue),
        ("package of another kind", b"mot-cua-catalogue 2\n".to_vec(), ErrorCode::BadCatalogue),
    ];
    for (name, bytes, code) in files {
        let path = station.papers().join(name);
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(import(&desk, &path).unwrap_err().code().0, code, "{name}");
        assert_eq!(desk.catalogue().unwrap(), before, "{name}");
    }
    assert_eq!(import(&desk, &station.papers()).unwrap_err().code().0, ErrorCode::BadCatalogue, "a folder");
}

/// A record that does not read stands beside those that do, with its line; of two of one code the later one holds.
#[test]
fn what_does_not_read_is_listed_beside_what_does() {
    let (_station, desk) = station();
    let lines = [
        &two_records(),
        "{\"ma_thu_tuc\": 7}",
        "no JSON",
        &record("9.1", "Mã sai", ""),
        &record("9.000001", "Tên sau", "Trực tiếp3 Ngày làm việcMiễn phí"),
    ]
    .join("\n");
    let got = bring_in(&desk, &lines).unwrap();
    assert_eq!(got.imported, 2);
    let fields: Vec<(&str, &str)> = got.unread.iter().map(|one| (one.code.as_str(), one.field.as_str())).collect();
    assert_eq!(fields, [("9.000002", "limit"), ("#3", "record"), ("#4", "record"), ("9.1", "code")]);
    assert_eq!(desk.show_procedure("9.000001").unwrap().procedure.unwrap().name, "Tên sau");
    let own = json!([
        { "code": "9.000003", "name": "Của mình", "field": "x", "valid_from": "2026-01-01", "components": [],
          "cases": [{ "id": "a", "limit": "sd", "limit_text": "" }] },
        { "code": "9.000004", "name": "Không trường hợp", "field": "x", "valid_from": "2026-01-01", "components": [], "cases": [] },
        { "code": "9.000005", "name": 5 },
    ]);
    let got = bring_in(&desk, &own.to_string()).unwrap();
    assert_eq!((got.imported, got.unread.len()), (1, 2), "{:?}", got.unread);
    let pulled = json!({ "error_code": 0, "result": [{ "MATTHC": "9.000006", "TENTTHC": "Kéo về",
        "LINHVUCTHUCHIEN": [{ "TENLINHVUC": "Hộ tịch" }],
        "CACHTHUCTHUCHIEN": [{ "KENH": "1", "THOIGIAN": [{ "THOIGIANGIAIQUYET": 3, "DONVITINH": "Ngày làm việc" }] }] }] });
    assert_eq!(bring_in(&desk, &pulled.to_string()).unwrap().imported, 1);
}

/// C4, T-45: the new law's version takes over on its day, by itself; who came before stays on the old one.
#[test]
fn a_version_of_tomorrow_takes_over_tomorrow() {
    let (station, desk) = station();
    let text = include_str!("../../../../assets/training/catalogue.json");
    let mut all: Vec<Value> = serde_json::from_str(text).unwrap();
    all.retain(|one| one["code"] == MARRIAGE);
    all[0]["valid_from"] = "2026-11-24".into();
    all[0]["cases"][0]["limit"] = "3wd".into();
    let got = bring_in(&desk, &Value::from(all).to_string()).unwrap();
    assert_eq!((got.coming, got.updated), (1, 0));
    let today = crate::world::accepted(&desk, 1);
    let draft = crate::world::counted(&desk, 2);
    station.wall.pass(TimeDelta::days(1));
    let due = |view: &desk::view::DossierView| view.due.as_ref().unwrap().due[..10].to_owned();
    assert_eq!(due(&today), "2026-11-23");
    assert_eq!(
        due(&crate::world::accepted(&desk, 3)),
        "2026-11-28".replace("28", "27"),
        "the new limit of three working days"
    );
    assert_eq!(due(&desk.accept(draft).unwrap()), "2026-11-25", "a draft of yesterday keeps yesterday's limit");
    let shown = desk.show_procedure(MARRIAGE).unwrap();
    let current: Vec<_> = shown.versions.iter().map(|one| (one.from.as_str(), one.current)).collect();
    assert_eq!(current, [("2026-11-24", true), ("2026-07-01", false)]);
}

/// The obstacle of a limit that nobody published names the place where it is set, and goes once it is.
#[test]
fn the_office_completes_a_limit_and_open_drafts_get_it() {
    let (_station, desk) = station();
    bring_in(&desk, &two_records()).unwrap();
    desk.sign_in("clerk", PASSWORD).unwrap();
    let id = desk.new_dossier().unwrap().id;
    desk.save_applicant(id, &person(1)).unwrap();
    let view = desk.choose_procedure(id, "9.000002", None).unwrap();
    assert!(view.obstacles.contains(&Obstacle::NoLimit), "{:?}", view.obstacles);
    let case = view.procedure.unwrap().cases[0].id.clone();
    desk.set_papers(id, 1, desk::view::PaperCounts { originals: 1, ..Default::default() }).unwrap();
    let told = desk.explain(&desk.accept(id).unwrap_err());
    assert!(told.message.contains("thời hạn") && told.message.contains("motcua catalogue limit"), "{}", told.message);

    let set = |limit: &str, reason: &str| {
        desk.set_case_limit("9.000002", &case, limit, reason).map_err(|error| error.code().0)
    };
    assert_eq!(set("3 ngày", "x"), Err(ErrorCode::BadInput));
    assert_eq!(set("3wd", "  "), Err(ErrorCode::ReasonMissing));
    assert_eq!(desk.set_case_limit("9.000001", "chung", "3wd", "x").unwrap_err().code().0, ErrorCode::LimitPublished);
    assert_eq!(desk.set_case_limit("9.000002", "khac", "3wd", "x").unwrap_err().code().0, ErrorCode::CaseNotFound);
    set("3wd", "Quy trình nội bộ số 12").unwrap();
    set("5wd", "Quy trình nội bộ số 13").unwrap();
    let view = desk.open_dossier(id).unwrap();
    assert!(!view.obstacles.contains(&Obstacle::NoLimit), "the draft that was open has it: {:?}", view.obstacles);
    let view = desk.choose_procedure(id, "9.000002", Some(&case)).unwrap();
    assert!(desk.accept(view.id).unwrap().due.is_some());
    let set = &desk.catalogue().unwrap().limits[0];
    assert_eq!(
        (set.limit.as_str(), set.reason.as_str(), set.by.as_str()),
        ("5wd", "Quy trình nội bộ số 13", "Lê Thị Thu Hằng")
    );
    assert!(desk.show_procedure("9.000002").unwrap().procedure.unwrap().cases[0].limit.is_some());
    desk.drop_case_limit("9.000002", &case).unwrap();
    assert!(desk.show_procedure("9.000002").unwrap().procedure.unwrap().cases[0].limit.is_none());
    desk.sign_in("postal", PASSWORD).unwrap();
    let postal = desk.set_case_limit("9.000002", &case, "3wd", "x");
    assert!(matches!(postal, Err(Error::NotAllowed)), "who receives for the post decides no limit");
}

struct Publisher {
    desk: Arc<Desk>,
    station: Station,
    key: PathBuf,
    public: String,
}

impl Publisher {
    fn new() -> Self {
        let (station, desk) = station();
        let key = station.papers().join("secret");
        let public = desk::new_package_key(&key).unwrap();
        assert!(desk::new_package_key(&key).is_err(), "no key is written over");
        Self { desk, station, key, public }
    }

    fn made(&self, name: &str, base: &[&PathBuf], serial: Option<u32>) -> (PathBuf, PackageMade) {
        let out = self.station.papers().join(name);
        let base = base.iter().map(|path| (*path).clone()).collect();
        let new =
            NewPackage {
                key: self.key.clone(), series: "an-mau".into(), issuer: "Sở Tư pháp".into(), base, serial
            };
        let made = self.desk.make_package(&new, &out).unwrap();
        (out, made)
    }
}

/// C1: only what a trusted key signed comes in, whole, and a delta only upon its base.
#[test]
fn signed_packages_come_in_from_trusted_keys_and_in_their_order() {
    let publisher = Publisher::new();
    let (one, first) = publisher.made("one", &[], None);
    bring_in(&publisher.desk, &two_records()).unwrap();
    let (two, second) = publisher.made("two", &[&one], None);
    publisher.desk.set_case_limit("9.000002", "chung", "3wd", "ở nơi phát hành").unwrap();
    bring_in(&publisher.desk, &record("9.000001", "Tên mới", "Trực tiếp3 Ngày làm việcMiễn phí")).unwrap();
    let (three, third) = publisher.made("three", &[&one, &two], None);
    assert_eq!((first.serial, second.serial, third.serial), (1, 2, 3));
    assert_eq!((second.procedures, third.procedures, third.repealed), (2, 1, 0), "a delta holds what changed");

    let (_station, desk) = station();
    let code = |path: &PathBuf| import(&desk, path).map_err(|error| error.code().0);
    let before = desk.catalogue().unwrap();
    assert_eq!(code(&one), Err(ErrorCode::PackageKeyUnknown));
    let told = desk.explain(&import(&desk, &one).unwrap_err());
    assert!(told.message.contains(&publisher.public), "the key is named, so that it can be compared");
    desk.trust_key(&publisher.public.to_uppercase(), "Sở Tư pháp").unwrap();
    assert_eq!(code(&two), Err(ErrorCode::PackageBase), "a delta upon nothing");
    let mut forged = std::fs::read(&one).unwrap();
    let at = forged.len() - 40;
    forged[at] ^= 1;
    let forged_path = publisher.station.papers().join("forged");
    std::fs::write(&forged_path, forged).unwrap();
    assert_eq!(code(&forged_path), Err(ErrorCode::PackageForged));
    assert_eq!(desk.catalogue().unwrap().procedures, before.procedures, "nothing changed so far");

    assert_eq!(code(&one).unwrap().same, before.procedures, "the training catalogue, which is here too");
    assert_eq!(code(&three), Err(ErrorCode::PackageBase), "one is missing between");
    assert_eq!(code(&two).unwrap().imported, 2);
    assert_eq!(code(&two).unwrap().same, 2, "again is no harm");
    assert_eq!(code(&one), Err(ErrorCode::PackageOld), "no way back to an older catalogue");
    assert_eq!(code(&three).unwrap().updated, 1);
    let shown = |code: &str| desk.show_procedure(code).unwrap().procedure.unwrap();
    assert_eq!(shown("9.000001").name, "Tên mới");
    assert!(shown("9.000002").cases[0].limit.is_none(), "a limit by hand is the office's own, and stays there");
    assert_eq!(desk.unread_items(None, "9.000002").unwrap().len(), 1, "what did not read comes along");

    desk.distrust_key(&publisher.public).unwrap();
    let (four, _) = publisher.made("four", &[], Some(9));
    assert_eq!(code(&four), Err(ErrorCode::PackageKeyUnknown));
    desk.trust_key(&publisher.public, "Sở Tư pháp").unwrap();
    assert!(code(&four).is_ok());
}

#[test]
fn favourites_are_each_persons_own() {
    let (_station, desk) = station();
    desk.star_procedure("2.000815", true).unwrap();
    assert_eq!(desk.find_procedures("", 20).unwrap()[0].code, "2.000815");
    assert!(desk.find_procedures("chung thuc", 20).unwrap()[0].starred);
    assert!(matches!(desk.star_procedure("9.999999", true), Err(Error::ProcedureNotFound)));
    desk.sign_in("clerk", PASSWORD).unwrap();
    assert!(desk.find_procedures("", 20).unwrap().iter().all(|hit| !hit.starred));
    crate::world::draft(&desk, 1);
    let hits = desk.find_procedures("", 20).unwrap();
    assert_eq!((hits[0].code.as_str(), hits[0].used, hits.len()), (MARRIAGE, true, 20));
}
