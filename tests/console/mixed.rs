//! Stacks of many dossiers and manual duplex by the real program: each step a process of its own, so that each is a restart.

use anyhow::Result;
use serde_json::Value;
use tests::station::Station;

fn ids(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|id| Some(id.as_str()?.to_owned())).collect()
}

fn draft(station: &Station) -> Result<String> {
    let made = station.answer(["draft", "--procedure", "1.000894"])?;
    Ok(made["id"].as_str().unwrap().to_owned())
}

/// T-28, T-30: a stack without a sheet of ours is kept and told; its pages wait, are given by hand and taken back.
#[test]
fn loose_pages_wait_over_restarts_and_are_given() -> Result<()> {
    let station = Station::at_console()?;
    let dossier = draft(&station)?;
    let taken = station.answer(["scan", "--device", "virtual:training", "--mixed"])?;
    let stack = taken["stack"]["stack"].as_str().unwrap().to_owned();
    assert_eq!((&taken["run"]["received"], &taken["stack"]["waiting"]), (&3.into(), &3.into()), "{taken}");
    let refused = station.motcua(["mixed", "split", &stack])?;
    assert_eq!(tests::programs::json(&refused)?["error"]["code"], "split_doubtful");
    let shown = station.answer(["mixed", "show", &stack])?;
    let pages: Vec<Value> = shown["groups"][0]["pages"].as_array().unwrap().clone();
    let first = pages[0]["id"].as_str().unwrap();
    let given = station.answer(["mixed", "give", first, "--dossier", &dossier, "--component", "1"])?;
    assert_eq!((&given["kept"], &given["waiting"]), (&1.into(), &2.into()), "{given}");
    assert_eq!(station.answer(["unsplit", &stack])?["setAside"], 1);
    assert_eq!(station.answer(["mixed", "list"])?["stacks"][0]["waiting"], 3);
    Ok(())
}

/// T-25: fronts and backs are two programs, and joining them a third.
#[test]
fn a_manual_duplex_is_joined_by_the_third_program() -> Result<()> {
    let station = Station::at_console()?;
    let dossier = draft(&station)?;
    let scan = ["scan", "--device", "virtual:training", "--manual-duplex", "--component", "1", "--dossier"];
    let fronts = station.answer(scan.into_iter().chain([dossier.as_str()]))?;
    let stack = fronts["duplex"]["stack"].as_str().unwrap().to_owned();
    let backs = station.answer(["duplex", "backs", &stack, "--device", "virtual:training"])?;
    assert_eq!(backs["duplex"]["agrees"], true, "{backs}");
    let (front, back) = (ids(&backs["duplex"]["fronts"]), ids(&backs["duplex"]["backs"]));
    assert_eq!((front.len(), back.len()), (3, 3));
    let joined = station.answer(["duplex", "join", &stack])?;
    assert_eq!(joined["pages"]["received"], 6, "{joined}");
    let account = station.answer(["stack", "show", &stack])?;
    assert_eq!((&account["stack"]["received"], &account["stack"]["state"]), (&6.into(), &"saved".into()), "{account}");
    Ok(())
}
