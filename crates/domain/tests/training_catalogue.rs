//! The catalogue that ships for training: sound, and with the dossier that the budget of twelve keys is counted on.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use domain::Procedure;
use domain::procedure::Handling;

fn catalogue() -> Vec<Procedure> {
    serde_json::from_str(include_str!("../../../assets/training/catalogue.json")).unwrap()
}

#[test]
fn every_component_names_cases_that_there_are() {
    for procedure in catalogue() {
        assert!(!procedure.cases.is_empty(), "{}", procedure.code);
        for component in &procedure.components {
            let known = |id: &String| procedure.cases.iter().any(|case| case.id == *id);
            assert!(component.cases.iter().all(known), "{}: {}", procedure.code, component.name);
        }
    }
}

/// Five papers, a fixed fee and a limit in working days: from empty to the printed receipt in twelve actions.
#[test]
fn one_procedure_asks_for_five_papers_and_a_fixed_fee() {
    let all = catalogue();
    let boat = all.iter().find(|procedure| procedure.code == "1.004088").expect("registration of a boat");
    let case = boat.case(None).unwrap();
    let asked: Vec<_> = boat.components_of(case).collect();
    assert!(asked.iter().all(|component| component.required && component.handling == Handling::Submit));
    assert_eq!(
        (asked.len(), case.fee, case.limit.map(|limit| limit.to_string())),
        (5, Some(70_000), Some("2wd".into()))
    );
}
