//! Which scan profile (kiểu quét) a paper is scanned with, by itself: profiles are bound to kinds of paper, by words of
//! their names, and to one scanner or any (G4).
//!
//! Publications name the same paper in many ways (`Giấy chứng nhận quyền sử dụng đất đã cấp (bản gốc)`), and no list of
//! kinds is kept anywhere; so words decide, without diacritics, and the profile that says most of the name wins.

use crate::fold::fold;

/// Stands for every paper.
pub const EVERY_PAPER: &str = "*";

/// What a profile is bound to.
#[derive(Debug, Clone, Copy)]
pub struct Binding<'a> {
    /// Words of papers' names, one of which the name holds; none where the profile is only taken by hand.
    pub papers: &'a [String],
    /// The one scanner that it is for.
    pub device: Option<&'a str>,
}

impl Binding<'_> {
    /// How much this says of a paper called `name` on `device`: letters of the name, and whether it is for that scanner
    /// alone. None where it is not for it.
    fn says(&self, name: &str, device: &str) -> Option<(usize, bool)> {
        if self.device.is_some_and(|own| own != device) {
            return None;
        }
        let name = format!(" {} ", fold(name));
        let held = |words: &String| {
            let folded = fold(words);
            match folded.as_str() {
                "" => (words.trim() == EVERY_PAPER).then_some(0),
                folded => name.contains(&format!(" {folded} ")).then(|| folded.chars().count()),
            }
        };
        let most = self.papers.iter().filter_map(held).max()?;
        Some((most, self.device.is_some()))
    }
}

/// The place among `all` of the profile that a paper called `name` is scanned with on `device`: the one that says most of
/// its name, then the one that is for this scanner alone, then the first.
#[must_use]
pub fn applies<'a>(all: impl IntoIterator<Item = Binding<'a>>, name: &str, device: &str) -> Option<usize> {
    let said = all.into_iter().enumerate().filter_map(|(at, one)| Some((one.says(name, device)?, at)));
    said.max_by_key(|(said, at)| (*said, usize::MAX - at)).map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(all: &[&str]) -> Vec<String> {
        all.iter().map(|one| (*one).to_owned()).collect()
    }

    #[test]
    fn the_profile_that_says_most_of_the_name_applies() {
        let [land, certificate, form, any] =
            [words(&["quyền sử dụng đất"]), words(&["giấy chứng nhận"]), words(&["đơn", "tờ khai"]), words(&["*"])];
        let all = || [&land, &certificate, &form, &any].map(|papers| Binding { papers, device: None });
        let of = |name| applies(all(), name, "sane:x");
        assert_eq!(of("Giấy chứng nhận quyền sử dụng đất đã cấp (bản gốc)"), Some(0));
        assert_eq!(of("Giấy Chứng nhận kết hôn"), Some(1));
        assert_eq!(of("TỜ KHAI đăng ký khai sinh"), Some(2));
        assert_eq!(of("Hóa đơn tiền điện"), Some(2), "a word is a word wherever it stands");
        assert_eq!(of("Đơnxin"), Some(3), "and part of a word is none");
        assert_eq!(applies(all().into_iter().take(3), "Ảnh 3x4", "sane:x"), None);
    }

    #[test]
    fn a_profile_of_another_scanner_does_not_apply_and_that_of_this_one_goes_before() {
        let papers = words(&["giấy chứng sinh"]);
        let all = [None, Some("escl:a"), Some("escl:b")].map(|device| Binding { papers: &papers, device });
        assert_eq!(applies(all, "Giấy chứng sinh", "escl:b"), Some(2));
        assert_eq!(applies(all, "Giấy chứng sinh", "sane:x"), Some(0));
        assert_eq!(applies(all.into_iter().skip(1), "Giấy chứng sinh", "sane:x"), None);
    }

    #[test]
    fn a_profile_that_names_no_paper_is_only_taken_by_hand() {
        let none = words(&[]);
        let empty = words(&["", " . "]);
        let all = [&none, &empty].map(|papers| Binding { papers, device: None });
        assert_eq!(applies(all, "Tờ khai", "sane:x"), None);
    }

    proptest! {
        // Of several that say the same, the first; and what applies holds words of the name.
        #[test]
        fn the_first_of_equals_applies(copies in 1usize..5, word in "[a-zđơưê]{2,8}", rest in "[a-z ]{0,20}") {
            let papers = vec![word.clone()];
            let all = vec![Binding { papers: &papers, device: None }; copies];
            let name = format!("{rest} {word} {rest}");
            prop_assert_eq!(applies(all.clone(), &name, "x"), Some(0));
            let other = format!("{word}q {rest}z");
            let held = format!(" {} ", fold(&other)).contains(&format!(" {} ", fold(&word)));
            prop_assert_eq!(applies(all, &other, "x").is_some(), held);
        }
    }
}
