//! A made-up dossier, so that whoever sets the forms up sees them as they will be printed. It is kept nowhere and printed
//! nowhere.

use super::dossier::Loaded;
use crate::fault::Error;
use crate::station::Desk;
use chrono::TimeDelta;
use domain::{Deadline, Dossier, DossierCode, Event, EventKind, Limit, Procedure, Right};

/// What a sheet is about that is only looked at.
pub(crate) const SAMPLE: &str = "sample";

impl Desk {
    pub(super) fn sample(&self) -> Result<Loaded, Error> {
        let staff = self.require(Right::Read)?;
        let now = self.now();
        // The same every time, so that a sheet that has not changed is not drawn anew.
        let id = domain::DossierId::from_bytes([0; 16]);
        let mut dossier = Dossier::draft(id, staff.id, now);
        dossier.applicant.name = "Nguyễn Thị Mẫu".to_owned();
        dossier.applicant.id_number = "099199000001".to_owned();
        dossier.applicant.address = "Thôn Mẫu, xã Mẫu, tỉnh Mẫu".to_owned();
        dossier.applicant.phone = "0900000000".to_owned();
        dossier.choose(procedure()?, None);
        for component in &mut dossier.components {
            component.originals = u32::from(component.required);
        }
        dossier.code = Some(DossierCode::official(&self.office()?.code, now.date_naive(), 1));
        dossier.received_at = Some(now);
        let deadline = Deadline::compute(now, Limit::WorkingDays(5), self.calendars().base())?;
        let due = deadline.due;
        dossier.deadline = Some(deadline);
        let steps = [
            (EventKind::Received, ""),
            (EventKind::Refused, "Hồ sơ không thuộc thẩm quyền giải quyết"),
            (EventKind::Processing, ""),
            (EventKind::SupplementAsked, "Giấy chứng sinh: thiếu chữ ký; Giấy ủy quyền: chưa chứng thực"),
            (EventKind::Stopped, "Theo đề nghị của người nộp hồ sơ"),
            (EventKind::Appointed, "Chờ kết quả xác minh"),
            (EventKind::Done, "Giấy khai sinh"),
        ];
        let log = (0_u8..).zip(steps).map(|(n, (kind, reason))| Event {
            id: domain::EventId::from_bytes([n; 16]),
            kind,
            at: now + TimeDelta::minutes(i64::from(n)),
            by: staff.id,
            reason: reason.to_owned(),
            due: match kind {
                EventKind::Received => Some(due),
                EventKind::Appointed => Some(due + TimeDelta::days(7)),
                _ => None,
            },
        });
        let log = log.collect();
        Ok(Loaded { dossier, log, people: vec![staff], former_codes: Vec::new(), book_number: Some(1) })
    }
}

fn procedure() -> Result<Procedure, Error> {
    let text = include_str!("sample.json");
    serde_json::from_str(text).map_err(|error| Error::Internal(error.to_string()))
}
