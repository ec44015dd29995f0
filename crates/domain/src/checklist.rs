//! What the clerk finds on looking at the papers (kiểm tra thành phần hồ sơ, A6), and what follows from it.
//!
//! A dossier is received complete and valid, or the applicant is told once, completely and exactly what it lacks
//! (NĐ 61/2018 art 15.3, 17.1). So a required paper that failed stands in the way of acceptance until the clerk finds
//! otherwise, and everything that failed or is missing is one list: the slip's.

use crate::form::FailedPaper;
use crate::procedure::Handling;
use crate::{Component, Dossier, StaffId, Status};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// What was found. A component nobody has looked at has none (chưa xem).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is as it should be (đạt); of a paper that is only shown: compared with its original (đã đối chiếu bản chính).
    Passed,
    /// It is not (chưa đạt).
    Failed,
}

/// What somebody found on looking at a component, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperCheck {
    /// What was found.
    pub verdict: Verdict,
    /// Why it failed; empty where it passed.
    #[serde(default)]
    pub reason: String,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// By whom.
    pub by: StaffId,
}

/// Something the applicant still has to bring or to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The component's index.
    pub component: u32,
    /// Its name.
    pub name: String,
    /// Why, in the words of the slip.
    pub reason: String,
}

/// The reason of a paper that was not handed in.
const NOT_HANDED_IN: &str = "chưa có trong hồ sơ";
/// The reason of a paper that was not shown.
const NOT_SHOWN: &str = "chưa xuất trình bản chính để đối chiếu";

impl Component {
    /// What was found, if somebody looked.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        self.check.as_ref().map(|check| check.verdict)
    }

    /// Why it did not pass; none where it passed or nobody looked.
    #[must_use]
    pub fn failing(&self) -> Option<&str> {
        let failed = self.check.as_ref().filter(|check| check.verdict == Verdict::Failed);
        failed.map(|check| check.reason.as_str())
    }
}

impl Dossier {
    /// All that failed or is missing, in the order of the list. `pages` says how many kept pages the component of an
    /// index has. What was received counts as handed in and shown, so that later only what failed is named.
    #[must_use]
    pub fn lacking(&self, pages: impl Fn(u32) -> usize) -> Vec<Lacking> {
        let open = matches!(self.status, Status::Draft | Status::Registered);
        let why = |component: &Component| {
            if let Some(reason) = component.failing() {
                return Some(reason.to_owned());
            }
            if !open || !component.required {
                return None;
            }
            match component.handling {
                Handling::Show => component.check.is_none().then(|| NOT_SHOWN.to_owned()),
                Handling::Submit => {
                    (component.papers() == 0 && pages(component.index) == 0).then(|| NOT_HANDED_IN.to_owned())
                }
            }
        };
        let lacking = |component: &Component| {
            why(component).map(|reason| Lacking { component: component.index, name: component.name.clone(), reason })
        };
        self.components.iter().filter_map(lacking).collect()
    }

    /// Where the dossier stands so that its papers may be looked at.
    #[must_use]
    pub fn can_be_checked(&self) -> bool {
        match self.status {
            Status::Draft
            | Status::Registered
            | Status::Received
            | Status::Processing
            | Status::Supplement
            | Status::Finance
            | Status::Stopped => true,
            Status::Refused | Status::Withdrawn | Status::Done | Status::Returned | Status::Discarded => false,
        }
    }
}

impl Lacking {
    /// As one entry of a step's reason, which [`crate::form::notice`] parts at semicolons.
    #[must_use]
    pub fn entry(&self) -> String {
        format!("{}: {}", self.name, self.reason).replace([';', '\n'], ",")
    }
}

impl From<Lacking> for FailedPaper {
    fn from(lacking: Lacking) -> Self {
        Self { name: lacking.name, reason: lacking.reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::Obstacle;
    use crate::id::Id;
    use crate::{DossierId, Procedure};

    fn at() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-24T09:00:00+07:00").unwrap()
    }

    /// Two papers handed in, one of them required; one shown.
    fn dossier() -> Dossier {
        let spec = |name: &str, handling: &str, required: bool| serde_json::json!({ "name": name, "originals": 1, "handling": handling, "required": required });
        let procedure = serde_json::json!({
            "code": "1.000000", "name": "Thủ tục mẫu", "field": "", "valid_from": "2026-01-01",
            "cases": [{ "id": "a", "limit": "5wd", "limit_text": "" }],
            "components": [
                spec("Tờ khai", "submit", true),
                spec("Văn bản ủy quyền; bản sao", "submit", false),
                spec("Thẻ căn cước", "show", true),
            ],
        });
        let procedure: Procedure = serde_json::from_value(procedure).unwrap();
        let mut dossier = Dossier::draft(DossierId::from_parts(1, [0; 10]), StaffId::from_parts(1, [0; 10]), at());
        dossier.choose(procedure, None);
        dossier
    }

    fn found(dossier: &mut Dossier, index: usize, verdict: Verdict, reason: &str) {
        let by = StaffId::from_parts(1, [0; 10]);
        dossier.components[index].check = Some(PaperCheck { verdict, reason: reason.into(), at: at(), by });
    }

    fn lacking(dossier: &Dossier, pages: usize) -> Vec<(u32, String)> {
        dossier.lacking(|_| pages).into_iter().map(|one| (one.component, one.reason)).collect()
    }

    #[test]
    fn what_failed_and_what_is_missing_is_one_list() {
        let mut dossier = dossier();
        assert_eq!(lacking(&dossier, 0), [(1, NOT_HANDED_IN.to_owned()), (3, NOT_SHOWN.to_owned())]);
        found(&mut dossier, 0, Verdict::Passed, "");
        assert_eq!(lacking(&dossier, 0).len(), 2, "a paper that is not there did not pass");
        found(&mut dossier, 1, Verdict::Failed, "Thiếu chữ ký; bản chụp mờ");
        found(&mut dossier, 2, Verdict::Passed, "");
        assert_eq!(lacking(&dossier, 1), [(2, "Thiếu chữ ký; bản chụp mờ".to_owned())], "optional papers too");
        dossier.status = Status::Processing;
        dossier.components[2].check = None;
        assert_eq!(lacking(&dossier, 0).len(), 1, "what was received was there");
    }

    /// The reason of a step is parted at semicolons, so that an entry has none of its own.
    #[test]
    fn an_entry_of_a_step_stays_one_entry() {
        let mut dossier = dossier();
        found(&mut dossier, 1, Verdict::Failed, "Thiếu chữ ký; bản chụp mờ");
        let entry = dossier.lacking(|_| 1)[0].entry();
        assert_eq!(entry, "Văn bản ủy quyền, bản sao: Thiếu chữ ký, bản chụp mờ");
    }

    /// Only a required paper stands in the way, and only until it passes.
    #[test]
    fn a_required_paper_that_failed_stands_in_the_way() {
        let stands = |dossier: &Dossier| {
            let all = dossier.obstacles(|_| 1).into_iter();
            all.filter(|one| matches!(one, Obstacle::FailedPaper { .. })).count()
        };
        let mut dossier = dossier();
        found(&mut dossier, 1, Verdict::Failed, "Bản chụp mờ");
        assert_eq!(stands(&dossier), 0, "nobody has to hand it in");
        found(&mut dossier, 0, Verdict::Failed, "Thiếu chữ ký");
        found(&mut dossier, 2, Verdict::Failed, "Hết hiệu lực");
        assert_eq!(stands(&dossier), 2, "shown papers as well");
        found(&mut dossier, 0, Verdict::Passed, "");
        found(&mut dossier, 2, Verdict::Passed, "");
        assert_eq!(stands(&dossier), 0);
    }

    /// A dossier kept before there were verdicts still reads.
    #[test]
    fn a_component_without_a_verdict_reads() {
        let old = r#"{"index":1,"name":"Tờ khai","handling":"submit","required":true,"originals":1,"copies":0,
            "certified":0,"digitized":null}"#;
        assert_eq!(serde_json::from_str::<Component>(old).unwrap().verdict(), None);
    }
}
