//! A stand-in for the population database in training mode: the sample people, and what a real one does besides.
//!
//! It keeps nothing and knows nobody real; a central system that was not started for training has no such path.

use domain::fold::fold;
use protocol::{PopulationAnswer, PopulationOutcome, PopulationQuery};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
struct Sample {
    number: String,
    name: String,
    birth_date: chrono::NaiveDate,
    /// Asks for a one-time code instead of an answer.
    #[serde(default)]
    one_time_code: bool,
}

/// The sample people by number.
pub(crate) struct Population(HashMap<String, Sample>);

impl Population {
    pub(crate) fn samples() -> Self {
        let samples: Vec<Sample> = serde_json::from_str(include_str!("../../../assets/training/population.json"))
            .expect("the sample people are part of the program and tested");
        Self(samples.into_iter().map(|sample| (sample.number.clone(), sample)).collect())
    }

    pub(crate) fn check(&self, query: &PopulationQuery) -> PopulationAnswer {
        let plain = |outcome| PopulationAnswer { outcome, name: None, birth_date: None };
        let Some(sample) = self.0.get(query.number.trim()) else { return plain(PopulationOutcome::Unknown) };
        if sample.one_time_code {
            return plain(PopulationOutcome::OneTimeCode);
        }
        let same_day = query.birth_date.is_none_or(|day| day == sample.birth_date);
        if same_day && fold(&query.name) == fold(&sample.name) {
            return plain(PopulationOutcome::Match);
        }
        PopulationAnswer {
            outcome: PopulationOutcome::Mismatch,
            name: Some(sample.name.clone()),
            birth_date: Some(sample.birth_date),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sample_people_are_answered_for_as_a_register_would() {
        let population = Population::samples();
        let ask = |number: &str, name: &str, day: &str| {
            let query = PopulationQuery { number: number.into(), name: name.into(), birth_date: day.parse().ok() };
            population.check(&query)
        };
        assert_eq!(ask("099099000000", "Nguyễn Văn Mẫu", "1999-01-01").outcome, PopulationOutcome::Match);
        let other = ask("099099000000", "Nguyễn Văn Khác", "1999-01-01");
        assert_eq!((other.outcome, other.name.as_deref()), (PopulationOutcome::Mismatch, Some("NGUYỄN VĂN MẪU")));
        assert_eq!(ask("099099000000", "Nguyễn Văn Mẫu", "1999-01-02").outcome, PopulationOutcome::Mismatch);
        assert_eq!(ask("099199000003", "LÊ THỊ BA", "1999-03-03").outcome, PopulationOutcome::OneTimeCode);
        assert_eq!(ask("099099999999", "Ai đó", "1999-01-01").outcome, PopulationOutcome::Unknown);
        assert!(population.0.keys().all(|number| number.starts_with("099")), "nobody real");
    }
}
