//! Folding (bỏ dấu): text is matched without diacritics, the letter đ included.
//!
//! Unicode decomposition turns `ễ` into `e` but leaves `đ` alone, so `dang` would never find
//! `Đặng` (performance.md C measured 0 hits). The index and the query are folded by this one function.

use unicode_normalization::UnicodeNormalization;

/// Lower-case, without diacritics, `đ` as `d`, runs of anything but letters and digits as one space.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfd().flat_map(char::to_lowercase) {
        match letter {
            'đ' => folded.push('d'),
            letter if unicode_normalization::char::is_combining_mark(letter) => {}
            letter if letter.is_alphanumeric() => folded.push(letter),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Words at the beginning of procedures' names that say nothing about which one it is, folded.
const OPENINGS: [&str; 8] = ["thu tuc", "dang ky", "cap lai", "cap doi", "cap", "xac nhan", "chung thuc", "thong bao"];

/// The initials people type for a procedure: of its whole name, and without each of the words before the matter itself.
/// `Thủ tục đăng ký khai sinh` gives `ttdkks dkks ks`.
#[must_use]
pub fn initials(name: &str) -> String {
    let folded = fold(name);
    let mut rest = folded.as_str();
    let mut all: Vec<String> = Vec::new();
    loop {
        let letters: String = rest.split(' ').filter_map(|word| word.chars().next()).take(24).collect();
        if letters.chars().count() > 1 {
            all.push(letters);
        }
        let opened = OPENINGS.iter().find_map(|opening| rest.strip_prefix(opening)?.strip_prefix(' '));
        match opened {
            Some(after) => rest = after,
            None => return all.join(" "),
        }
    }
}

/// Without diacritics and `đ` as `d`, everything else as it was, for outside systems that take plain letters only.
#[must_use]
pub fn without_marks(text: &str) -> String {
    let plain = text.nfd().filter(|letter| !unicode_normalization::char::is_combining_mark(*letter));
    plain
        .map(|letter| {
            if letter == 'đ' {
                'd'
            } else if letter == 'Đ' {
                'D'
            } else {
                letter
            }
        })
        .collect()
}

/// The composed form (NFC) in which every text is kept, with outer white space gone and inner runs as one space.
#[must_use]
pub fn tidy(text: &str) -> String {
    text.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_letter_folds_to_ascii() {
        let letters = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";
        for letter in letters.chars().chain(letters.to_uppercase().chars()) {
            let folded = fold(&letter.to_string());
            assert!(folded.len() == 1 && folded.is_ascii(), "{letter} became {folded}");
        }
    }

    #[test]
    fn initials_of_the_whole_and_of_the_matter() {
        assert_eq!(initials("Thủ tục đăng ký khai sinh"), "ttdkks dkks ks");
        assert_eq!(initials("Cấp lại Giấy phép xây dựng"), "clgpxd gpxd");
        assert_eq!(initials("Tách hộ"), "th");
        assert_eq!(initials("  "), "");
    }

    #[test]
    fn marks_go_and_case_stays() {
        assert_eq!(without_marks("Đặng Thị đẹp, H99.1"), "Dang Thi dep, H99.1");
    }

    #[test]
    fn composed_and_decomposed_fold_alike() {
        assert_eq!(fold("Đặng Thị  Nguyễn-Hà"), "dang thi nguyen ha");
        assert_eq!(fold(&"Đặng".nfd().collect::<String>()), "dang");
        assert_eq!(fold("  1.001193 / hộ tịch. "), "1 001193 ho tich");
    }
}
