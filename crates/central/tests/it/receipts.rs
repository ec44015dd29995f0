//! Numbers of fee receipts (T-49) and the receipts that come with them: no number is two receipts.

use crate::world::received;
use central::{Central, Station};
use domain::StationId;
use protocol::{EnrollRequest, ProblemCode, SerialLease, SerialRequest};
use serde_json::{Value, json};

fn enrolled(central: &Central, office: &str, tag: u8) -> Station {
    let token = central.enroll_token(&office.parse().unwrap(), "Máy").unwrap();
    let station = StationId::from_bytes([tag; 16]);
    let request = EnrollRequest { token, office: None, station, former: None, name: String::new() };
    central.authenticate(&central.enroll(&request).unwrap().secret).unwrap()
}

fn ask(central: &Central, station: &Station, after: u32) -> SerialLease {
    let request = SerialRequest { template: "01BLP2-001".into(), sign: "28AA-26T".into(), after };
    central.lease_serials(station, &request).unwrap()
}

fn send(central: &Central, station: &Station, command: &Value) -> Result<String, ProblemCode> {
    let sent = central.accept(station, command["id"].as_str().unwrap(), command.to_string().as_bytes());
    match sent {
        Ok(acceptance) => Ok(acceptance.code.to_string()),
        Err(central::Failure::Refused(refusal)) => Err(refusal.0.code),
        Err(other) => panic!("{other:?}"),
    }
}

/// What a station says of a receipt for the dossier in `of`.
fn receipt(n: u32, of: &Value, serial: u32, total: i64) -> Value {
    json!({"id": format!("00000000-0000-7000-8000-0000000{n:05}"), "at": "2026-11-23T09:20:00+07:00", "body": {
        "kind": "fee_receipt", "dossier": of["body"]["dossier"], "template": "01BLP2-001", "sign": "28AA-26T",
        "serial": serial, "lines": [{"name": "Phí", "amount": total}], "total": total, "share": total,
        "method": "cash", "paid_at": "2026-11-23T09:20:00+07:00", "payer": "TRẦN THỊ MẪU", "clerk": "Cán bộ"}})
}

#[test]
fn blocks_of_a_series_are_one_stations_each() {
    let dir = tempfile::TempDir::new().unwrap();
    let central = Central::open(dir.path()).unwrap();
    let (one, two, elsewhere) =
        (enrolled(&central, "H99.1", 1), enrolled(&central, "H99.1", 2), enrolled(&central, "H99.2", 3));
    let first = ask(&central, &one, 0);
    assert_eq!((first.first, first.last), (1, 200));
    assert_eq!(ask(&central, &two, 0).first, 201);
    assert_eq!(ask(&central, &one, 1_000).first, 1_001, "what the station knows to be given out is stepped over");
    assert_eq!(ask(&central, &elsewhere, 0).first, 1, "another office has a series of its own");
    for (template, sign, after) in [("", "28AA-26T", 0), ("01BLP2-001", " ", 0), ("01BLP2-001", "28AA-26T", 9_999_900)]
    {
        let request = SerialRequest { template: template.into(), sign: sign.into(), after };
        assert!(central.lease_serials(&one, &request).is_err(), "{request:?}");
    }
}

#[test]
fn a_number_is_one_receipt() {
    let dir = tempfile::TempDir::new().unwrap();
    let central = Central::open(dir.path()).unwrap();
    let (one, two) = (enrolled(&central, "H99.1", 1), enrolled(&central, "H99.1", 2));
    let dossier = received("H99.1-261123-0001", false, &[]);
    assert_eq!(send(&central, &one, &receipt(1, &dossier, 1, 8_000)), Err(ProblemCode::Malformed), "never received");
    send(&central, &one, &dossier).unwrap();
    ask(&central, &one, 0);
    assert_eq!(send(&central, &one, &receipt(1, &dossier, 1, 8_000)).unwrap(), "H99.1-261123-0001");
    assert_eq!(send(&central, &one, &receipt(1, &dossier, 1, 8_000)).unwrap(), "H99.1-261123-0001", "sent again");
    assert_eq!(send(&central, &one, &receipt(2, &dossier, 1, 9_000)), Err(ProblemCode::CodeTaken), "another sum");
    assert_eq!(send(&central, &two, &receipt(3, &dossier, 2, 8_000)), Err(ProblemCode::CodeTaken), "another's block");
    let mut void = receipt(4, &dossier, 1, 8_000);
    void["body"]["void"] =
        json!({"reason": "sai tên", "at": "2026-11-23T10:00:00+07:00", "clerk": "Cán bộ", "money": "refunded"});
    send(&central, &one, &void).unwrap();
    for (serial, total) in [(0, 8_000), (10_000_000, 8_000), (5, 0), (5, -1)] {
        assert_eq!(send(&central, &one, &receipt(5, &dossier, serial, total)), Err(ProblemCode::Malformed), "{serial}");
    }
}
