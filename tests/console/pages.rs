//! Pages changed in place by the real program: each step a process of its own, so that undo outlives restarts.

use anyhow::Result;
use serde_json::Value;
use tests::station::Station;

fn first(shown: &Value) -> Vec<String> {
    let pages = shown["components"][0]["pages"].as_array().into_iter().flatten();
    pages
        .filter(|page| page["disposition"] == "kept")
        .filter_map(|page| Some(page["id"].as_str()?.to_owned()))
        .collect()
}

/// T-06: turning, setting aside and scanning again are each taken back; received stays kept and set aside throughout.
#[test]
fn pages_are_changed_in_place_and_taken_back() -> Result<()> {
    let station = Station::at_console()?;
    let made = station.answer(["draft", "--procedure", "1.000894"])?;
    let dossier = made["id"].as_str().unwrap();
    let scan = ["scan", "--device", "virtual:training", "--component", "1", "--dossier", dossier];
    station.answer(scan)?;
    let shown = station.answer(["pages", dossier])?;
    let came = first(&shown);
    assert_eq!(came.len(), 3, "{shown}");

    let turned = station.answer(["pages", dossier, "turn", &came[0]])?;
    assert_eq!(turned["components"][0]["pages"][0]["edit"]["turns"], 1, "{turned}");
    let aside = station.answer(["pages", dossier, "aside", &came[1]])?;
    assert_eq!((&aside["pages"]["kept"], &aside["pages"]["set_aside"]), (&2.into(), &1.into()), "{aside}");
    let back = station.answer(["pages", dossier, "undo"])?;
    assert_eq!((&back["undone"], first(&back)), (&"aside".into(), came.clone()), "{back}");
    let plain = station.answer(["pages", dossier, "undo"])?;
    assert_eq!(
        (&plain["undone"], &plain["components"][0]["pages"]),
        (&"turn".into(), &shown["components"][0]["pages"])
    );
    assert_eq!(station.answer(["pages", dossier, "redo"])?["redone"], "turn");

    station.answer(scan.into_iter().chain(["--replace", came[1].as_str()]))?;
    let again = station.answer(["pages", dossier])?;
    let kept = first(&again);
    assert_eq!((kept.len(), &kept[0], &kept[4]), (5, &came[0], &came[2]), "the new ones stand in its place: {again}");
    assert_eq!((&again["pages"]["received"], &again["pages"]["set_aside"]), (&6.into(), &1.into()), "{again}");
    let undone = station.answer(["pages", dossier, "undo"])?;
    assert_eq!((&undone["undone"], first(&undone)), (&"replace".into(), came), "{undone}");
    assert_eq!((&undone["pages"]["received"], &undone["pages"]["set_aside"]), (&6.into(), &3.into()), "{undone}");
    Ok(())
}
