//! What readers make of identity card codes, row by row, and what the counter makes of it (T-52, D§6.1–6.3).
//!
//! Everybody here is made up, under the province 099 that does not exist; so every card carries that warning.

#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use chrono::NaiveDate;
use domain::citizen_card::{CardWarning, UnreadableCard, looks_like_card, number_warnings};
use domain::{CitizenCard, Sex};
use proptest::prelude::*;

use CardWarning::{BirthYearMismatch, IssuedBeforeBirth, NoDiacritics, NoIssueDate, SexMismatch, UnknownProvince};

/// What a reading must come to.
enum Reads {
    /// The man of the sample, whole.
    Man,
    /// The man, but for what the function changes.
    ManBut(fn(&mut CitizenCard)),
    /// The woman of the sample, whole.
    Woman,
    /// The woman, but for what the function changes.
    WomanBut(fn(&mut CitizenCard)),
    /// No card, and no field is filled.
    Nothing,
}

use Reads::{Man, ManBut, Nothing, Woman, WomanBut};

#[rustfmt::skip] // A row is a line.
const ROWS: &[(&str, &str, Reads)] = &[
    // How many fields there are.
    ("7 fields", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021", Man),
    ("7 fields, no old number", "099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021", Woman),
    ("6 fields", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu", ManBut(undated)),
    ("6 fields and a last |", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|", ManBut(undated)),
    ("8 fields", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021|", ManBut(|card| more(card, &[""]))),
    ("9 fields with parents", "099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021|TRẦN VĂN CHA|LÊ THỊ MẸ", WomanBut(|card| more(card, &["TRẦN VĂN CHA", "LÊ THỊ MẸ"]))),
    ("a canceled number", "099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021|099199000009", WomanBut(|card| more(card, &["099199000009"]))),
    ("11 fields", "099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021||||x", WomanBut(|card| more(card, &["", "", "", "x"]))),
    ("5 fields", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam", Nothing),
    ("1 field", "099099000000", Nothing),
    ("separators alone", "||||||", Nothing),
    ("nothing", "", Nothing),
    ("white space", " \r\n\t ", Nothing),
    // The number and the older number.
    ("11 digits", "09909900000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("13 digits", "0990990000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("a letter in the number", "09909900000O|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("no number", "|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("old number of 8 digits", "099099000000|09900000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("old number with a letter", "099099000000|09900000B|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("old number of spaces", "099199000001|  |TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021", Woman),
    ("digits of other scripts", "٠٩٩٠٩٩٠٠٠٠٠٠||NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("number row of a French layout", "àçççççàààààà||NGUYỄN VĂN MẪU|à&à&&ççç|Nam|Thôn 1, xã Mẫu|à&à(éàé&", Nothing),
    // Dates.
    ("slashed dates", "099099000000|099000000|NGUYỄN VĂN MẪU|01/01/1999|Nam|Thôn 1, xã Mẫu|01/05/2021", Man),
    ("day 00", "099099000000|099000000|NGUYỄN VĂN MẪU|00011999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("day and month 00", "099099000000|099000000|NGUYỄN VĂN MẪU|00001999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("day 00 with slashes", "099099000000|099000000|NGUYỄN VĂN MẪU|00/01/1999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("month 13", "099099000000|099000000|NGUYỄN VĂN MẪU|01131999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("February 30", "099099000000|099000000|NGUYỄN VĂN MẪU|30021999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("year alone", "099099000000|099000000|NGUYỄN VĂN MẪU|1999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("year first", "099099000000|099000000|NGUYỄN VĂN MẪU|19990101|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("short slashed date", "099099000000|099000000|NGUYỄN VĂN MẪU|1/1/1999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("born tomorrow", "099226000000||NGUYỄN VĂN MẪU|24112026|Nam|Thôn 1, xã Mẫu|", Nothing),
    ("born in 1899", "099099000000||NGUYỄN VĂN MẪU|31121899|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("no birth date", "099099000000|099000000|NGUYỄN VĂN MẪU||Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("issued tomorrow", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|24112026", Nothing),
    ("issue date of day 00", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|00052021", Nothing),
    ("issued before birth", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|31121998", ManBut(|card| {
        card.issue_date = NaiveDate::from_ymd_opt(1998, 12, 31);
        card.warnings.push(IssuedBeforeBirth);
    })),
    // Case.
    ("lower case", "099099000000|099000000|nguyễn văn mẫu|01011999|nam|thôn 1, xã mẫu|01052021", ManBut(|card| {
        card.name = "nguyễn văn mẫu".into();
        card.address = "thôn 1, xã mẫu".into();
    })),
    ("upper case", "099199000001||TRẦN THỊ MẪU|02011999|NỮ|TỔ 5, PHƯỜNG MẪU|02052021", WomanBut(|card| card.address = "TỔ 5, PHƯỜNG MẪU".into())),
    ("names as cards write them", "099099000000|099000000|Nguyễn Văn Mẫu|01011999|Nam|Thôn 1, xã Mẫu|01052021", ManBut(|card| card.name = "Nguyễn Văn Mẫu".into())),
    ("Caps Lock, man", "099099000000|099000000|nguyễn văn mẫu|01011999|nAM|tHÔN 1, XÃ mẪU|01052021", Man),
    ("Caps Lock, woman", "099199000001||trần thị mẫu|02011999|nỮ|tỔ 5, PHƯỜNG mẪU|02052021", Woman),
    // Letters beyond ASCII.
    ("decomposed letters", "099099000000|099000000|NGUYE\u{302}\u{303}N VA\u{306}N MA\u{302}\u{303}U|01011999|Nam|Tho\u{302}n 1, xa\u{303} Ma\u{302}\u{303}u|01052021", Man),
    ("byte order mark", "\u{feff}099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021", Man),
    ("hard spaces", "099099000000|099000000|NGUYỄN\u{a0}VĂN\u{a0}MẪU|01011999|Nam|Thôn\u{a0}1, xã Mẫu|01052021", Man),
    ("diacritics lost", "099099000000|099000000|NGUYEN VAN MAU|01011999|Nam|Thon 1, xa Mau|01052021", ManBut(plain)),
    ("letters lost", "099099000000|099000000|NGUYN VN MU|01011999|Nam|Thn 1, x Mu|01052021", ManBut(|card| {
        card.name = "NGUYN VN MU".into();
        card.address = "Thn 1, x Mu".into();
        card.warnings.push(NoDiacritics);
    })),
    ("woman without diacritics", "099199000001||TRAN THI MAU|02011999|Nu|To 5, phuong Mau|02052021", WomanBut(|card| {
        card.name = "TRAN THI MAU".into();
        card.address = "To 5, phuong Mau".into();
        card.warnings.push(NoDiacritics);
    })),
    ("question marks for letters", "099099000000|099000000|NGUY?N V?N M?U|01011999|Nam|Th?n 1, x? M?u|01052021", Nothing),
    ("question mark in the address alone", "099099000000|099000000|AN BINH|01011999|Nam|Th?n 1, xa Mau|01052021", Nothing),
    ("replacement signs", "099099000000|099000000|NGUY\u{fffd}N VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("replacement sign in the address alone", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Th\u{fffd}n 1|01052021", Nothing),
    ("UTF-8 taken for Windows-1252", "099099000000|099000000|NGUYá»„N VÄ‚N MáºªU|01011999|Nam|ThÃ´n 1, xÃ£ Máº«u|01052021", Nothing),
    ("the same in the address alone", "099099000000|099000000|AN BINH|01011999|Nam|ThÃ´n 1, Máº«u|01052021", Nothing),
    ("a control sign", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn\u{1} 1|01052021", Nothing),
    // Input methods.
    ("Telex keys, man", "099099000000|099000000|NGUYEENX VAWN MAAUX|01011999|Nam|Thoon 1, xax Maaux|01052021", ManBut(|card| {
        card.name = "NGUYEENX VAWN MAAUX".into();
        card.address = "Thoon 1, xax Maaux".into();
        card.warnings.push(NoDiacritics);
    })),
    ("Telex keys, woman", "099199000001||TRAANF THIJ MAAUX|02011999|Nuwx|Toor 5, phuwowngf Maaux|02052021", WomanBut(|card| {
        card.name = "TRAANF THIJ MAAUX".into();
        card.address = "Toor 5, phuwowngf Maaux".into();
        card.warnings.push(NoDiacritics);
    })),
    ("VNI keys: digits in a name may be another field", "099099000000|099000000|NGUYE64N VA8N MA64U|01011999|Nam|Tho6n 1, xa4 Ma64u|01052021", Nothing),
    ("VNI turned digits into marks", "099099000000|099000000|NGUYỄN VĂN MẪU|0101199|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    // Ends of readings, and readings that run together.
    ("Enter at the end", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021\r\n", Man),
    ("Tab at the end", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021\t", Man),
    ("Enter in front", "\r\n099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021", Man),
    ("spaces around fields", " 099099000000 | 099000000 | NGUYỄN  VĂN MẪU | 01011999 | Nam | Thôn 1, xã Mẫu | 01052021 ", Man),
    ("read twice", "099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021\r\n099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021\r\n", Woman),
    ("read twice, Tab between", "099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021\t099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021\t", Woman),
    ("read twice without an end", "099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021", Woman),
    ("6 fields twice without an end", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu", ManBut(undated)),
    ("two people", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021\r\n099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021\r\n", Nothing),
    ("two people without an end", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021", Nothing),
    ("two people of 6 fields", "099099000000||NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu", Nothing),
    ("two people, the first of 8 fields", "099099000000||NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021|x099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu", Nothing),
    ("a whole card and half of it", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021\r\n0990990000", Nothing),
    // Cut readings.
    ("cut in the number", "099099", Nothing),
    ("cut in the name", "099099000000|099000000|NGUYỄN V", Nothing),
    ("cut in the birth date", "099099000000|099000000|NGUYỄN VĂN MẪU|010119", Nothing),
    ("cut in the sex", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Na", Nothing),
    ("cut before the address", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|", Nothing),
    ("cut in the address", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, x", ManBut(|card| {
        undated(card);
        card.address = "Thôn 1, x".into();
    })),
    ("cut in the issue date", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|0105", Nothing),
    ("cut in front", "00000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    // Names and sexes.
    ("no name", "099099000000|099000000||01011999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("a name of one letter", "099099000000|099000000|Y|01011999|Nam|Thôn 1, xã Mẫu|01052021", Nothing),
    ("a highland name", "099199000001||H'HEN NIÊ-MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021", WomanBut(|card| card.name = "H'HEN NIÊ-MẪU".into())),
    ("no sex", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999||Thôn 1, xã Mẫu|01052021", Nothing),
    ("sex in English", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Male|Thôn 1, xã Mẫu|01052021", Nothing),
    // The number against the rest: warnings, never walls.
    ("sex against the number", "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nữ|Thôn 1, xã Mẫu|01052021", ManBut(|card| {
        card.sex = Sex::Female;
        card.warnings.push(SexMismatch);
    })),
    ("year against the number", "099099000000|099000000|NGUYỄN VĂN MẪU|01011998|Nam|Thôn 1, xã Mẫu|01052021", ManBut(|card| {
        card.birth_date = NaiveDate::from_ymd_opt(1998, 1, 1).unwrap();
        card.warnings.push(BirthYearMismatch);
    })),
    ("century against the number", "099299000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021", ManBut(|card| {
        card.number = "099299000000".into();
        card.warnings.push(BirthYearMismatch);
    })),
    ("a century to come", "099899000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1, xã Mẫu|01052021", ManBut(|card| {
        card.number = "099899000000".into();
        card.warnings.push(BirthYearMismatch);
    })),
    ("a child of this century", "099316000003||TRẦN THỊ MẪU|02012016|Nữ|Tổ 5, phường Mẫu|02052021", WomanBut(|card| {
        card.number = "099316000003".into();
        card.birth_date = NaiveDate::from_ymd_opt(2016, 1, 2).unwrap();
    })),
    // Other codes that lie on a counter.
    ("a link", "https://example.vn/?a=099099000000|1|2|3|4|5|6", Nothing),
    ("our own receipt", "MC1|H99.1-261123-0007|1.001193|099099000000|Giấy tiếp nhận|Một Cửa|2026-11-23T08:00:00+07:00|2026-11-23T17:00:00+07:00", Nothing),
    ("a transfer code", "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F", Nothing),
];

fn man() -> CitizenCard {
    CitizenCard {
        number: "099099000000".into(),
        old_number: Some("099000000".into()),
        name: "NGUYỄN VĂN MẪU".into(),
        birth_date: NaiveDate::from_ymd_opt(1999, 1, 1).unwrap(),
        sex: Sex::Male,
        address: "Thôn 1, xã Mẫu".into(),
        issue_date: NaiveDate::from_ymd_opt(2021, 5, 1),
        extras: Vec::new(),
        warnings: vec![UnknownProvince],
    }
}

fn woman() -> CitizenCard {
    CitizenCard {
        number: "099199000001".into(),
        old_number: None,
        name: "TRẦN THỊ MẪU".into(),
        birth_date: NaiveDate::from_ymd_opt(1999, 1, 2).unwrap(),
        sex: Sex::Female,
        address: "Tổ 5, phường Mẫu".into(),
        issue_date: NaiveDate::from_ymd_opt(2021, 5, 2),
        extras: Vec::new(),
        warnings: vec![UnknownProvince],
    }
}

fn undated(card: &mut CitizenCard) {
    card.issue_date = None;
    card.warnings.push(NoIssueDate);
}

fn plain(card: &mut CitizenCard) {
    card.name = "NGUYEN VAN MAU".into();
    card.address = "Thon 1, xa Mau".into();
    card.warnings.push(NoDiacritics);
}

fn more(card: &mut CitizenCard, extras: &[&str]) {
    card.extras = extras.iter().map(|extra| (*extra).to_owned()).collect();
}

fn but(mut card: CitizenCard, change: fn(&mut CitizenCard)) -> CitizenCard {
    change(&mut card);
    card
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

// T-52
#[test]
fn every_reading_comes_to_what_it_must() {
    assert!(ROWS.len() >= 60, "{} rows", ROWS.len());
    for (why, reading, reads) in ROWS {
        let expected = match reads {
            Man => Ok(man()),
            ManBut(change) => Ok(but(man(), *change)),
            Woman => Ok(woman()),
            WomanBut(change) => Ok(but(woman(), *change)),
            Nothing => Err(UnreadableCard),
        };
        assert_eq!(CitizenCard::parse(reading, today()), expected, "{why}");
        if expected.is_ok() {
            assert!(looks_like_card(reading), "{why}: a reading the window must notice");
        }
    }
}

/// The 63 codes of D§6.3, typed again from the source rather than taken from the program.
#[test]
fn the_province_table_is_the_one_of_2025_and_before() {
    let known = "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 \
                 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 \
                 083 084 086 087 089 091 092 093 094 095 096";
    let known: Vec<&str> = known.split_whitespace().collect();
    assert_eq!(known.len(), 63);
    let born = NaiveDate::from_ymd_opt(1999, 1, 1).unwrap();
    for code in (0..=999).map(|code| format!("{code:03}")) {
        let warned = number_warnings(&format!("{code}099000000"), born, Sex::Male).contains(&UnknownProvince);
        assert_eq!(warned, !known.contains(&code.as_str()), "{code}");
    }
}

/// Century and sex digit over every value of it (D§6.3): 0 and 1 for the 20th century, 2 and 3 for the 21st, and so on.
#[test]
fn the_digit_of_century_and_sex_is_held_against_both() {
    for digit in 0..10 {
        for (year, sex) in [(1999, Sex::Male), (1999, Sex::Female), (2003, Sex::Male), (2003, Sex::Female)] {
            let born = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let warnings = number_warnings(&format!("099{digit}{:02}000000", year % 100), born, sex);
            assert_eq!(warnings.contains(&BirthYearMismatch), 1900 + digit / 2 * 100 + year % 100 != year, "{digit}");
            assert_eq!(warnings.contains(&SexMismatch), (digit % 2 == 0) != (sex == Sex::Male), "{digit} {sex:?}");
        }
    }
}

/// A made-up card's fields: number, old number, name, birth date, sex, residence, issue date, extras.
fn fields() -> impl Strategy<Value = (String, String, String, NaiveDate, bool, String, NaiveDate, Vec<String>)> {
    let day = |from: i32, to: i32| {
        (from..=to, 1_u32..=12, 1_u32..=28).prop_map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d).unwrap())
    };
    (
        "099[0-9]{9}",
        "(099[0-9]{6})?",
        "[A-ZĐĂÂÊÔƠƯ][a-zàáạảãâấậẩẫăắặđèéẹẻẽêếệểễìíịỉĩòóọỏõôốộổỗơớợởỡùúụủũưứựửữỳýỵỷỹ]{1,6}( [A-ZĐ][a-zạảãấậ]{1,5}){1,4}",
        day(1930, 2020),
        any::<bool>(),
        "(Số [1-9][0-9]{0,2}, )?(thôn|tổ|phố) [A-ZĐ][a-zạảãấậ]{1,8}, xã [A-ZĐ][a-zấậ]{1,8}",
        day(2021, 2025),
        proptest::collection::vec("[A-ZĐ][a-zấậ]{2,8}( [A-ZĐ][a-zấậ]{1,6})?", 0..4),
    )
}

proptest! {
    /// T-52: both forms of dates, any number of fields from 7 on, spaces around the bars, whatever ends the reading, a byte
    /// order mark, letters in pieces, read once or twice: it is the same card, and extras are kept as they came.
    #[test]
    fn however_it_is_written_it_is_the_same_card(
        (number, old, name, born, man, address, issued, extras) in fields(),
        slashed in any::<bool>(), spaced in any::<bool>(), marked in any::<bool>(), pieces in any::<bool>(), twice in any::<bool>(),
        end in prop_oneof![Just(""), Just("\r"), Just("\n"), Just("\r\n"), Just("\t")],
    ) {
        use unicode_normalization::UnicodeNormalization;
        let date = |day: NaiveDate| day.format(if slashed { "%d/%m/%Y" } else { "%d%m%Y" }).to_string();
        let sex = if man { "Nam" } else { "Nữ" };
        let mut parts = vec![number.clone(), old.clone(), name.clone(), date(born), sex.to_owned(), address.clone(), date(issued)];
        parts.extend(extras.iter().cloned());
        let mut text = parts.join(if spaced { " | " } else { "|" });
        if pieces {
            text = text.nfd().collect();
        }
        text.push_str(end);
        if twice && !end.is_empty() {
            text = text.repeat(2);
        }
        if marked {
            text.insert(0, '\u{feff}');
        }
        let card = CitizenCard::parse(&text, today()).unwrap();
        prop_assert_eq!((&card.number, card.old_number.as_deref().unwrap_or("")), (&number, old.as_str()));
        prop_assert_eq!((&card.name, &card.address, &card.extras), (&name, &address, &extras));
        prop_assert_eq!((card.birth_date, card.issue_date), (born, Some(issued)));
        prop_assert_eq!(card.sex, if man { Sex::Male } else { Sex::Female });
        prop_assert!(card.warnings.contains(&UnknownProvince), "099 is no province");
    }

    /// Torn anywhere, or with another card run into it, it fills nothing or only what is the card's own.
    #[test]
    fn torn_or_mixed_it_is_never_another_person(one in fields(), other in fields(), cut in 0_usize..200) {
        let text = |(number, old, name, born, man, address, issued, _): &(String, String, String, NaiveDate, bool, String, NaiveDate, Vec<String>)| {
            let date = |day: &NaiveDate| day.format("%d%m%Y").to_string();
            let sex = if *man { "Nam" } else { "Nữ" };
            [number.as_str(), old, name, &date(born), sex, address, &date(issued)].join("|")
        };
        let (first, second) = (text(&one), text(&other));
        let torn: String = first.chars().take(cut).collect();
        for reading in [torn.clone(), format!("{torn}{second}"), format!("{torn}\r\n{second}")] {
            if let Ok(card) = CitizenCard::parse(&reading, today()) {
                let whose = if card.number == one.0 { &one } else { &other };
                prop_assert_eq!((&card.number, &card.name, card.birth_date), (&whose.0, &whose.2, whose.3), "{}", reading);
            }
        }
    }
}
