//! Money: whole đồng, grouped the Vietnamese way, and in words as receipts need it.
//!
//! Đồng has no fraction and amounts are never floating point. Sums are checked: an amount that does not fit is an
//! error of the caller's to report, never a wrapped number.

use serde::{Deserialize, Serialize};

/// An amount in whole đồng (số tiền). Negative only as a difference, such as cash that is short.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(type = "number")]
pub struct Dong(i64);

/// How an empty place of tens is read: `một trăm linh năm` in the North, `một trăm lẻ năm` in the South.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum EmptyTens {
    /// Linh.
    #[default]
    Linh,
    /// Lẻ.
    Le,
}

impl Dong {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many đồng.
    #[must_use]
    pub const fn new(value: i64) -> Self {
        Self(value)
    }

    /// The number of đồng.
    #[must_use]
    pub const fn value(self) -> i64 {
        self.0
    }

    /// Sum, or nothing where it does not fit.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Difference, or nothing where it does not fit.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// So many times the amount, or nothing where it does not fit.
    #[must_use]
    pub fn times(self, count: u32) -> Option<Self> {
        self.0.checked_mul(i64::from(count)).map(Self)
    }

    /// Sum of all, or nothing where it does not fit.
    #[must_use]
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// The amount in words, as a receipt writes it: `Hai mươi nghìn đồng` (số tiền bằng chữ, NĐ 123/2020 art 32).
    #[must_use]
    pub fn in_words(self, empty_tens: EmptyTens) -> String {
        let mut words = if self.0 < 0 { vec!["âm"] } else { Vec::new() };
        say(self.0.unsigned_abs(), false, empty_tens, &mut words);
        words.push("đồng");
        let text = words.join(" ");
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

impl std::fmt::Display for Dong {
    /// `20.000 đ`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        let mut text = String::with_capacity(digits.len() * 4 / 3 + 4);
        if self.0 < 0 {
            text.push('-');
        }
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push('.');
            }
            text.push(digit);
        }
        f.pad(&format!("{text} đ"))
    }
}

/// A text that is no amount in whole đồng.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no amount in whole đồng: write 20000 or 20.000")]
pub struct BadAmount(pub String);

impl std::str::FromStr for Dong {
    type Err = BadAmount;

    /// Reads `20000`, `20.000`, `20.000 đ` and `20,000`, but not `20.00`: groups are whole, or there are none.
    fn from_str(text: &str) -> Result<Self, BadAmount> {
        let bad = || BadAmount(text.to_owned());
        let amount = text.trim().trim_end_matches(['đ', 'Đ', '₫']).trim_end();
        let (sign, amount) = amount.strip_prefix('-').map_or((1, amount), |amount| (-1, amount));
        let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
        let separator = if amount.contains('.') { '.' } else { ',' };
        let mut groups = amount.split(separator);
        let first = groups.next().filter(|group| digits(group)).ok_or_else(bad)?;
        let mut whole = first.to_owned();
        for group in groups {
            if group.len() != 3 || first.len() > 3 || !digits(group) {
                return Err(bad());
            }
            whole.push_str(group);
        }
        whole.parse::<i64>().map(|value| Self(sign * value)).map_err(|_| bad())
    }
}

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// Says `number`. `inner` is true after a higher group, where a group names its empty hundreds.
/// What lies above a billion is said first and closed by `tỷ`, so that 10¹⁸ is `một tỷ tỷ`.
fn say(number: u64, inner: bool, empty_tens: EmptyTens, words: &mut Vec<&'static str>) {
    const BILLION: u64 = 1_000_000_000;
    let (billions, rest) = (number / BILLION, number % BILLION);
    if billions > 0 {
        say(billions, inner, empty_tens, words);
        words.push("tỷ");
    }
    let mut after_higher = inner || billions > 0;
    for (size, name) in [(1_000_000, Some("triệu")), (1_000, Some("nghìn")), (1, None)] {
        let group = rest / size % 1_000;
        if group > 0 {
            say_group(group, after_higher, empty_tens, words);
            words.extend(name);
            after_higher = true;
        }
    }
    if number == 0 {
        words.push(digit(0));
    }
}

/// Says one group of three digits that is not nought.
fn say_group(group: u64, after_higher: bool, empty_tens: EmptyTens, words: &mut Vec<&'static str>) {
    let (hundreds, tens, ones) = (group / 100, group / 10 % 10, group % 10);
    let with_hundreds = hundreds > 0 || after_higher;
    if with_hundreds {
        words.extend([digit(hundreds), "trăm"]);
    }
    match tens {
        0 if with_hundreds && ones > 0 => words.push(match empty_tens {
            EmptyTens::Linh => "linh",
            EmptyTens::Le => "lẻ",
        }),
        0 => {}
        1 => words.push("mười"),
        tens => words.extend([digit(tens), "mươi"]),
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        (_, ones) => words.push(digit(ones)),
    }
}

/// The word of one digit.
fn digit(value: u64) -> &'static str {
    usize::try_from(value).ok().and_then(|index| DIGITS.get(index)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads words back by another way than they are written: one pass from the left that knows the value of
    /// each word and nothing of groups of three, with `tỷ` multiplying all that was said.
    fn listen(words: &str) -> Option<i128> {
        let words = words.to_lowercase();
        let mut words: Vec<&str> = words.split(' ').collect();
        let sign = if words.first() == Some(&"âm") { -1 } else { 1 };
        words.retain(|word| *word != "âm");
        (words.pop() == Some("đồng")).then_some(())?;
        let (mut billions, mut below, mut group, mut last) = (0i128, 0i128, 0i128, None::<i128>);
        for word in words {
            let value = match word {
                "không" => 0,
                "một" | "mốt" => 1,
                "hai" => 2,
                "ba" => 3,
                "bốn" | "tư" => 4,
                "năm" | "lăm" => 5,
                "sáu" => 6,
                "bảy" => 7,
                "tám" => 8,
                "chín" => 9,
                "linh" | "lẻ" => {
                    last = None;
                    continue;
                }
                "mười" => {
                    group += 10;
                    continue;
                }
                "mươi" | "trăm" => {
                    group += last.take()? * if word == "trăm" { 100 } else { 10 };
                    continue;
                }
                "nghìn" | "triệu" => {
                    below += (group + last.take().unwrap_or(0)) * if word == "triệu" { 1_000_000 } else { 1_000 };
                    group = 0;
                    continue;
                }
                "tỷ" => {
                    billions = (billions + below + group + last.take().unwrap_or(0)) * 1_000_000_000;
                    (below, group) = (0, 0);
                    continue;
                }
                _ => return None,
            };
            // Two digits never follow each other without a word between them.
            if last.replace(value).is_some() {
                return None;
            }
        }
        Some(sign * (billions + below + group + last.unwrap_or(0)))
    }

    #[test]
    fn amounts_are_said_as_receipts_say_them() {
        for (amount, words) in [
            (0, "Không đồng"),
            (1, "Một đồng"),
            (4, "Bốn đồng"),
            (5, "Năm đồng"),
            (10, "Mười đồng"),
            (11, "Mười một đồng"),
            (14, "Mười bốn đồng"),
            (15, "Mười lăm đồng"),
            (20, "Hai mươi đồng"),
            (21, "Hai mươi mốt đồng"),
            (24, "Hai mươi tư đồng"),
            (25, "Hai mươi lăm đồng"),
            (55, "Năm mươi lăm đồng"),
            (100, "Một trăm đồng"),
            (101, "Một trăm linh một đồng"),
            (104, "Một trăm linh bốn đồng"),
            (105, "Một trăm linh năm đồng"),
            (110, "Một trăm mười đồng"),
            (111, "Một trăm mười một đồng"),
            (115, "Một trăm mười lăm đồng"),
            (121, "Một trăm hai mươi mốt đồng"),
            (555, "Năm trăm năm mươi lăm đồng"),
            (1_000, "Một nghìn đồng"),
            (1_005, "Một nghìn không trăm linh năm đồng"),
            (1_010, "Một nghìn không trăm mười đồng"),
            (1_015, "Một nghìn không trăm mười lăm đồng"),
            (8_000, "Tám nghìn đồng"),
            (15_000, "Mười lăm nghìn đồng"),
            (20_000, "Hai mươi nghìn đồng"),
            (21_000, "Hai mươi mốt nghìn đồng"),
            (24_500, "Hai mươi tư nghìn năm trăm đồng"),
            (105_000, "Một trăm linh năm nghìn đồng"),
            (200_000, "Hai trăm nghìn đồng"),
            (1_000_000, "Một triệu đồng"),
            (1_000_005, "Một triệu không trăm linh năm đồng"),
            (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
            (1_050_000, "Một triệu không trăm năm mươi nghìn đồng"),
            (1_250_000, "Một triệu hai trăm năm mươi nghìn đồng"),
            (21_021_021, "Hai mươi mốt triệu không trăm hai mươi mốt nghìn không trăm hai mươi mốt đồng"),
            (1_000_000_000, "Một tỷ đồng"),
            (1_000_000_001, "Một tỷ không trăm linh một đồng"),
            (1_000_001_000, "Một tỷ không trăm linh một nghìn đồng"),
            (1_001_000_000, "Một tỷ không trăm linh một triệu đồng"),
            (15_000_000_000, "Mười lăm tỷ đồng"),
            (1_000_000_000_000, "Một nghìn tỷ đồng"),
            (1_000_005_000_000_000, "Một triệu không trăm linh năm tỷ đồng"),
            (1_000_000_000_000_000_000, "Một tỷ tỷ đồng"),
            (-5_000, "Âm năm nghìn đồng"),
        ] {
            let said = Dong::new(amount).in_words(EmptyTens::Linh);
            assert_eq!(said, words, "{amount}");
            assert_eq!(listen(&said), Some(i128::from(amount)), "{said}");
        }
        assert_eq!(Dong::new(105_000).in_words(EmptyTens::Le), "Một trăm lẻ năm nghìn đồng");
    }

    #[test]
    fn amounts_are_grouped_by_points_and_read_back() {
        for (amount, text) in [
            (0, "0 đ"),
            (999, "999 đ"),
            (1_000, "1.000 đ"),
            (20_000, "20.000 đ"),
            (1_234_567, "1.234.567 đ"),
            (-5_000, "-5.000 đ"),
            (i64::MAX, "9.223.372.036.854.775.807 đ"),
        ] {
            assert_eq!(Dong::new(amount).to_string(), text);
            assert_eq!(text.parse(), Ok(Dong::new(amount)));
        }
        for (text, amount) in [("20000", 20_000), (" 20,000đ", 20_000), ("1.000.000 ₫", 1_000_000), ("-7", -7)] {
            assert_eq!(text.parse(), Ok(Dong::new(amount)), "{text}");
        }
        for bad in ["", "đ", "20.00", "2000.000", "1.000,5", "1e3", "+5", "20 000", "..", "1..000", "--1", "١٢"] {
            assert!(bad.parse::<Dong>().is_err(), "{bad}");
        }
    }

    #[test]
    fn sums_that_do_not_fit_are_none() {
        let most = Dong::new(i64::MAX);
        assert_eq!(most.plus(Dong::new(1)), None);
        assert_eq!(most.times(2), None);
        assert_eq!(Dong::new(i64::MIN).minus(Dong::new(1)), None);
        assert_eq!(Dong::sum([most, Dong::new(1)]), None);
        assert_eq!(Dong::sum([Dong::new(2), Dong::new(3)]), Some(Dong::new(5)));
        assert_eq!(serde_json::to_string(&Dong::new(5)).unwrap(), "5");
    }

    proptest! {
        #[test]
        fn what_is_said_is_heard(amount in any::<i64>(), small in -2_000_000i64..2_000_000, south in any::<bool>()) {
            let style = if south { EmptyTens::Le } else { EmptyTens::Linh };
            for amount in [amount, small, small * 1_000, amount / 1_000_000_000 * 1_000_000_000] {
                let said = Dong::new(amount).in_words(style);
                prop_assert_eq!(listen(&said), Some(i128::from(amount)), "{}", said);
            }
        }

        #[test]
        fn what_is_written_reads_back(amount in any::<i64>()) {
            prop_assume!(amount != i64::MIN);
            prop_assert_eq!(Dong::new(amount).to_string().parse(), Ok(Dong::new(amount)));
        }
    }
}
