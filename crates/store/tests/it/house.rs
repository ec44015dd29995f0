//! A store in a temporary folder, and made-up things to put in it.

use chrono::{DateTime, FixedOffset};
use domain::calendar::Calendar;
use domain::deadline::{Deadline, Limit};
use domain::id::Id;
use domain::{Dossier, DossierCode, DossierId, Procedure, Role, Staff, StaffId, Status};
use std::path::Path;
use store::{NewSlot, Store, Vault};

pub(crate) const PASSWORD: &str = "mật khẩu";

pub(crate) fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-23T09:15:00+07:00").unwrap()
}

pub(crate) fn id<I: Id>(n: u8) -> I {
    I::from_parts(1_700_000_000_000 + u64::from(n), [n; 10])
}

pub(crate) fn create(dir: &Path) -> (Vault, Store) {
    let (vault, store) = Vault::create(dir, &[NewSlot { login: "clerk", name: "Cán bộ", password: PASSWORD }]).unwrap();
    store.write(|tx| tx.put_staff(&staff())).unwrap();
    (vault, store)
}

pub(crate) fn staff() -> Staff {
    Staff { id: id::<StaffId>(1), login: "clerk".into(), name: "Cán bộ".into(), role: Role::Clerk, active: true }
}

pub(crate) fn procedure() -> Procedure {
    serde_json::from_str(
        r#"{"code":"1.001193","name":"Đăng ký khai sinh","field":"Hộ tịch","aliases":["ks"],"valid_from":"2026-01-01",
            "cases":[{"id":"thuong","limit":"sd","limit_text":"Trong ngày"}],
            "components":[{"name":"Tờ khai","handling":"submit","required":true}]}"#,
    )
    .unwrap()
}

pub(crate) fn draft(n: u8, name: &str) -> Dossier {
    let mut dossier = Dossier::draft(id::<DossierId>(n), staff().id, now());
    dossier.applicant.name = name.into();
    dossier
}

pub(crate) fn received(n: u8, name: &str) -> Dossier {
    let calendar = Calendar::from_json(include_str!("../../../../assets/calendars/vn.json")).unwrap();
    let mut dossier = draft(n, name);
    dossier.choose(procedure(), None);
    dossier.status = Status::Received;
    dossier.code = Some(DossierCode::official(&"H99.1".parse().unwrap(), now().date_naive(), u32::from(n)));
    dossier.received_at = Some(now());
    dossier.deadline = Some(Deadline::compute(now(), Limit::WorkingDays(3), &calendar).unwrap());
    dossier
}
