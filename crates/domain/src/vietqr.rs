//! VietQR (mã QR chuyển khoản): the text of a transfer code, written and read back.
//!
//! EMVCo merchant-presented QR as NAPAS profiles it (D§7.3): tag, length, value, closed by a CRC. Reading back is
//! stricter than banking programs are: a code that does not say exactly one payee is refused, since money follows it.

use crate::DossierId;
use crate::fold::without_marks;
use crate::money::Dong;

/// NAPAS's application identifier in tag 38.
const NAPAS: &str = "A000000727";
/// Transfer to an account (chuyển nhanh đến tài khoản).
const TO_ACCOUNT: &str = "QRIBFTTA";
/// Transfer to a card (chuyển nhanh đến thẻ).
const TO_CARD: &str = "QRIBFTTC";
/// The longest purpose (nội dung chuyển khoản).
pub const LONGEST_PURPOSE: usize = 25;

/// What a transfer for a draft is marked with: `HS` and the first sixteen figures of its id, which begin with its moment and so
/// are the beginning of an index.
#[must_use]
pub fn mark(dossier: DossierId) -> String {
    let id: String = dossier.to_string().chars().filter(char::is_ascii_hexdigit).take(MARK).collect();
    format!("HS {}", id.to_uppercase())
}

/// The ids that such a mark stands for, the first and the last one, wherever it stands in the text of a transfer: banks take
/// signs out and put words before it.
#[must_use]
pub fn marked(text: &str) -> Option<(DossierId, DossierId)> {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let digits = |at: usize| plain.get(at + 2..at + 2 + MARK).filter(|id| id.bytes().all(|b| b.is_ascii_hexdigit()));
    let figures = plain.match_indices("HS").find_map(|(at, _)| digits(at))?;
    let ends = ["0", "f"].map(|rest| {
        let all = format!("{figures}{}", rest.repeat(32 - MARK));
        u128::from_str_radix(&all, 16).ok().map(|id| DossierId::from_bytes(id.to_be_bytes()))
    });
    Some((ends[0]?, ends[1]?))
}

/// Figures of an id in a mark.
const MARK: usize = 16;

/// Where the money goes (tài khoản hoặc thẻ nhận tiền).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payee {
    /// An account, up to 19 letters and digits (số tài khoản).
    Account(String),
    /// A card, 16 to 19 digits (số thẻ).
    Card(String),
}

impl Payee {
    /// Takes what was typed: a number of 16 or 19 digits that begins with the bank's own BIN is a card's,
    /// anything else an account's. Accounts do not begin with their bank's BIN.
    #[must_use]
    pub fn typed(bin: &str, number: &str) -> Self {
        let number: String = number.chars().filter(|sign| *sign != ' ').collect();
        if matches!(number.len(), 16 | 19) && is_digits(&number) && number.starts_with(bin) {
            Self::Card(number)
        } else {
            Self::Account(number)
        }
    }

    fn number(&self) -> &str {
        match self {
            Self::Account(number) | Self::Card(number) => number,
        }
    }

    fn service(&self) -> &'static str {
        match self {
            Self::Account(_) => TO_ACCOUNT,
            Self::Card(_) => TO_CARD,
        }
    }
}

/// What a transfer code asks the payer's bank to do (nội dung mã VietQR).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VietQr {
    bin: String,
    payee: Payee,
    amount: Option<Dong>,
    purpose: Option<String>,
}

/// A part does not fit a transfer code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadVietQr {
    /// The BIN is no six digits (mã ngân hàng).
    #[error("the bank's BIN is six digits")]
    Bin,
    /// The account or card number does not fit.
    #[error("an account has 1 to 19 letters and digits, a card 16 to 19 digits")]
    Payee,
    /// The amount is nought, negative or longer than 13 digits.
    #[error("the amount is at least 1 đ and at most 13 digits long")]
    Amount,
}

/// A text that is no VietQR code, or a damaged one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableVietQr {
    /// A tag, a length or a value is cut or malformed.
    #[error("not tag, length, value")]
    Structure,
    /// The checksum is missing, not at the end, or another.
    #[error("the checksum does not fit")]
    Checksum,
    /// The same tag stands twice, so that two readers could see two payees.
    #[error("tag {0} stands twice")]
    Twice(u8),
    /// A tag is missing or holds what a VietQR in đồng never does.
    #[error("tag {0} does not fit")]
    Tag(u8),
    /// The parts read, but they are no transfer.
    #[error(transparent)]
    Content(#[from] BadVietQr),
}

impl VietQr {
    /// A transfer code. The purpose is folded to signs and length that every bank takes; see [`folded_purpose`].
    ///
    /// # Errors
    /// [`BadVietQr`] names the part that does not fit.
    pub fn new(bin: &str, payee: Payee, amount: Option<Dong>, purpose: Option<&str>) -> Result<Self, BadVietQr> {
        if bin.len() != 6 || !is_digits(bin) {
            return Err(BadVietQr::Bin);
        }
        let fits = match &payee {
            Payee::Account(number) => {
                (1..=19).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric())
            }
            Payee::Card(number) => (16..=19).contains(&number.len()) && is_digits(number),
        };
        if !fits {
            return Err(BadVietQr::Payee);
        }
        if amount.is_some_and(|amount| !(1..10_i64.pow(13)).contains(&amount.value())) {
            return Err(BadVietQr::Amount);
        }
        let purpose = purpose.map(folded_purpose).filter(|purpose| !purpose.is_empty());
        Ok(Self { bin: bin.to_owned(), payee, amount, purpose })
    }

    /// The bank's BIN, six digits (mã ngân hàng thụ hưởng).
    #[must_use]
    pub fn bin(&self) -> &str {
        &self.bin
    }

    /// Where the money goes.
    #[must_use]
    pub fn payee(&self) -> &Payee {
        &self.payee
    }

    /// How much, where the code says so (số tiền).
    #[must_use]
    pub fn amount(&self) -> Option<Dong> {
        self.amount
    }

    /// The purpose (nội dung chuyển khoản). Offline nothing calls back, so the dossier's number belongs here.
    #[must_use]
    pub fn purpose(&self) -> Option<&str> {
        self.purpose.as_deref()
    }

    /// The text that goes into the picture.
    #[must_use]
    pub fn payload(&self) -> String {
        let beneficiary = format!("{}{}", field(0, &self.bin), field(1, self.payee.number()));
        let account = format!("{}{}{}", field(0, NAPAS), field(1, &beneficiary), field(2, self.payee.service()));
        let mut text = field(0, "01");
        text.push_str(&field(1, if self.amount.is_some() { "12" } else { "11" }));
        text.push_str(&field(38, &account));
        text.push_str(&field(53, "704"));
        if let Some(amount) = self.amount {
            text.push_str(&field(54, &amount.value().to_string()));
        }
        text.push_str(&field(58, "VN"));
        if let Some(purpose) = &self.purpose {
            text.push_str(&field(62, &field(8, purpose)));
        }
        text.push_str("6304");
        let sum = crc(text.as_bytes());
        format!("{text}{sum:04X}")
    }

    /// Reads a code's text back. Tags that a transfer does not need (names, cities) are passed over.
    ///
    /// # Errors
    /// [`UnreadableVietQr`] when it is damaged, ambiguous or no transfer in đồng.
    pub fn parse(text: &str) -> Result<Self, UnreadableVietQr> {
        use UnreadableVietQr as Bad;
        let text = text.trim_end_matches(['\r', '\n', ' ']);
        // The sum is looked at first: of a damaged text nothing else is worth saying.
        let (summed, sum) = text.len().checked_sub(4).and_then(|at| text.split_at_checked(at)).ok_or(Bad::Structure)?;
        let fits = summed.ends_with("6304") && u16::from_str_radix(sum, 16) == Ok(crc(summed.as_bytes()));
        if !fits || !sum.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Bad::Checksum);
        }
        let fields = Fields::read(text)?;
        let is = |tag: u8, value: &str| if fields.get(tag) == Some(value) { Ok(()) } else { Err(Bad::Tag(tag)) };
        is(0, "01")?;
        is(53, "704")?;
        is(58, "VN")?;
        if !matches!(fields.get(1), Some("11" | "12")) {
            return Err(Bad::Tag(1));
        }
        let account = Fields::read(fields.get(38).ok_or(Bad::Tag(38))?)?;
        if account.get(0) != Some(NAPAS) {
            return Err(Bad::Tag(38));
        }
        let beneficiary = Fields::read(account.get(1).ok_or(Bad::Tag(38))?)?;
        let number = beneficiary.get(1).ok_or(Bad::Tag(38))?.to_owned();
        let payee = match account.get(2) {
            Some(TO_ACCOUNT) => Payee::Account(number),
            Some(TO_CARD) => Payee::Card(number),
            _ => return Err(Bad::Tag(38)),
        };
        let amount = match fields.get(54) {
            Some(digits) if is_digits(digits) => Some(Dong::new(digits.parse().map_err(|_| Bad::Tag(54))?)),
            Some(_) => return Err(Bad::Tag(54)),
            None => None,
        };
        let additional = fields.get(62).map(Fields::read).transpose()?;
        let purpose = additional.as_ref().and_then(|fields| fields.get(8));
        Ok(Self::new(beneficiary.get(0).ok_or(Bad::Tag(38))?, payee, amount, purpose)?)
    }
}

/// A purpose in letters, digits and single spaces, without diacritics, at most 25 signs: banks turn down or
/// replace the rest, and a purpose that comes back changed cannot be held against its dossier.
#[must_use]
pub fn folded_purpose(text: &str) -> String {
    let plain: String =
        without_marks(text).chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { ' ' }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LONGEST_PURPOSE).collect::<String>().trim_end().to_owned()
}

/// CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, not reflected (D§7.3).
#[must_use]
pub fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |sum, byte| {
        (0..8).fold(
            sum ^ (u16::from(*byte) << 8),
            |sum, _| {
                if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 }
            },
        )
    })
}

/// One field. Values are ASCII and, by the checks of [`VietQr::new`], far shorter than 99.
fn field(tag: u8, value: &str) -> String {
    format!("{tag:02}{:02}{value}", value.len())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The fields of one level.
struct Fields<'a>(Vec<(u8, &'a str)>);

impl<'a> Fields<'a> {
    fn read(mut text: &'a str) -> Result<Self, UnreadableVietQr> {
        let mut fields: Vec<(u8, &str)> = Vec::new();
        while !text.is_empty() {
            let head = text.get(..4).filter(|head| is_digits(head)).ok_or(UnreadableVietQr::Structure)?;
            let number = |digits: &str| digits.parse::<u8>().map_err(|_| UnreadableVietQr::Structure);
            let (tag, len) = (number(&head[..2])?, usize::from(number(&head[2..])?));
            let value = text.get(4..4 + len).ok_or(UnreadableVietQr::Structure)?;
            if fields.iter().any(|(known, _)| *known == tag) {
                return Err(UnreadableVietQr::Twice(tag));
            }
            fields.push((tag, value));
            text = &text[4 + len..];
        }
        Ok(Self(fields))
    }

    fn get(&self, tag: u8) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| *known == tag).map(|(_, value)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CARD: &str =
        "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52";
    const ACCOUNT: &str =
        "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F";
    const DYNAMIC: &str = "00020101021238570010A00000072701270006970436011300000000000000208QRIBFTTA53037045405160005802VN62180814LP 0975 2610086304AA75";

    fn account(number: &str) -> Payee {
        Payee::Account(number.into())
    }

    #[test]
    fn the_sum_is_the_one_of_the_catalogue() {
        assert_eq!(crc(b"123456789"), 0x29B1);
    }

    #[test]
    fn published_codes_are_written_and_read() {
        for (payload, qr) in [
            (CARD, VietQr::new("970403", Payee::Card("9704031101234567".into()), None, None)),
            (ACCOUNT, VietQr::new("970403", account("0011012345678"), None, None)),
            (DYNAMIC, VietQr::new("970436", account("0000000000000"), Some(Dong::new(16_000)), Some("LP 0975 261008"))),
        ] {
            let qr = qr.unwrap();
            assert_eq!(qr.payload(), payload);
            assert_eq!(VietQr::parse(payload).unwrap(), qr);
        }
    }

    /// NAPAS prints an account code whose inner length says 12 where the account has 13 digits: its sum is right,
    /// its structure is not. We hold the sum against it, refuse the text, and write the right length (D§7.3, D§12.13).
    #[test]
    fn the_published_account_code_has_a_wrong_length_and_is_refused() {
        let published =
            "00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN6304F4E5";
        assert_eq!(crc(&published.as_bytes()[..published.len() - 4]), 0xF4E5);
        assert_eq!(VietQr::parse(published), Err(UnreadableVietQr::Structure));
    }

    #[test]
    fn a_number_that_begins_with_its_bank_is_a_card() {
        assert_eq!(Payee::typed("970403", "9704 0311 0123 4567"), Payee::Card("9704031101234567".into()));
        assert_eq!(Payee::typed("970403", "0011012345678"), account("0011012345678"));
        assert_eq!(Payee::typed("970403", "1234567890123456"), account("1234567890123456"));
    }

    #[test]
    fn purposes_are_folded_to_what_banks_take() {
        for (typed, folded) in [
            ("LP 0975 261008", "LP 0975 261008"),
            ("Lệ phí hồ sơ 0975", "Le phi ho so 0975"),
            ("H99.1-261123-0007", "H99 1 261123 0007"),
            ("  Đặng   Thị\tẮt ", "Dang Thi At"),
            ("Lệ phí chứng thực bản sao 0975", "Le phi chung thuc ban sao"),
            ("một hai ba bốn năm sáu bảy", "mot hai ba bon nam sau ba"),
            ("1234567890 1234567890123 x", "1234567890 1234567890123"),
            ("😀 phí", "phi"),
            ("…", ""),
        ] {
            assert_eq!(folded_purpose(typed), folded, "{typed}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let some = |amount| Some(Dong::new(amount));
        for (bin, payee, amount, why) in [
            ("97043", account("1"), None, BadVietQr::Bin),
            ("97043x", account("1"), None, BadVietQr::Bin),
            ("970403", account(""), None, BadVietQr::Payee),
            ("970403", account("12345678901234567890"), None, BadVietQr::Payee),
            ("970403", account("12-34"), None, BadVietQr::Payee),
            ("970403", account("tàikhoản"), None, BadVietQr::Payee),
            ("970403", Payee::Card("970403110123456".into()), None, BadVietQr::Payee),
            ("970403", account("1"), some(0), BadVietQr::Amount),
            ("970403", account("1"), some(-1), BadVietQr::Amount),
            ("970403", account("1"), some(10_000_000_000_000), BadVietQr::Amount),
        ] {
            assert_eq!(VietQr::new(bin, payee, amount, None), Err(why));
        }
        assert!(VietQr::new("970403", account("1"), some(9_999_999_999_999), None).is_ok());
    }

    #[test]
    fn damaged_and_foreign_codes_are_told_apart() {
        let summed = |text: &str| format!("{text}6304{:04X}", crc(format!("{text}6304").as_bytes()));
        let napas = "38570010A00000072701270006970403011300110123456780208QRIBFTTA";
        for (text, why) in [
            (String::new(), UnreadableVietQr::Structure),
            ("0002".into(), UnreadableVietQr::Checksum),
            (ACCOUNT.replace("970403", "970404"), UnreadableVietQr::Checksum),
            (ACCOUNT[..ACCOUNT.len() - 1].into(), UnreadableVietQr::Checksum),
            (summed(&format!("000201010211{napas}53038405802VN")), UnreadableVietQr::Tag(53)),
            (summed(&format!("000201010211{napas}{napas}53037045802VN")), UnreadableVietQr::Twice(38)),
            (summed("00020101021153037045802VN"), UnreadableVietQr::Tag(38)),
            (summed(&format!("000201010211{napas}530370454041.505802VN")), UnreadableVietQr::Tag(54)),
            (summed(&format!("000201010211{napas}5303704540105802VN")), UnreadableVietQr::Content(BadVietQr::Amount)),
        ] {
            assert_eq!(VietQr::parse(&text), Err(why), "{text}");
        }
        let named = summed(&format!("000201010211{napas}53037045802VN5903ABC6005HANOI"));
        assert_eq!(VietQr::parse(&named).unwrap().payee(), &account("0011012345678"), "a name does no harm");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            bin in "[0-9]{6}",
            card in any::<bool>(),
            account in "[0-9A-Za-z]{1,19}",
            digits in "[0-9]{16,19}",
            amount in proptest::option::of(1i64..10_000_000_000_000),
            purpose in proptest::option::of(any::<String>()),
        ) {
            let payee = if card { Payee::Card(digits) } else { Payee::Account(account) };
            let qr = VietQr::new(&bin, payee, amount.map(Dong::new), purpose.as_deref()).unwrap();
            let payload = qr.payload();
            prop_assert!(payload.is_ascii());
            prop_assert_eq!(VietQr::parse(&payload).unwrap(), qr);
        }

        #[test]
        fn folding_a_purpose_twice_changes_nothing(text in any::<String>()) {
            let once = folded_purpose(&text);
            prop_assert!(once.is_ascii() && once.len() <= LONGEST_PURPOSE);
            prop_assert_eq!(folded_purpose(&once), once);
        }

        #[test]
        fn one_changed_sign_never_passes(at in 0..DYNAMIC.len(), sign in "[0-9A-Z]") {
            let mut text = DYNAMIC.to_owned();
            text.replace_range(at..=at, &sign);
            prop_assert_eq!(VietQr::parse(&text).is_ok(), text == DYNAMIC);
        }

        #[test]
        fn any_text_is_answered_without_a_panic(text in any::<String>()) {
            let _ = VietQr::parse(&text);
        }
    }
}
