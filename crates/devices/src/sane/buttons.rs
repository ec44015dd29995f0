//! The keys on a device, from the listing of its options: a yes-or-no that the driver calls `[hardware]`. Sensors look the
//! same (paper loaded, cover open), so the keys are known by the names that SANE gives them.

use crate::button::Button;

const KEYS: [&str; 5] = ["scan", "start", "copy", "file", "email"];

/// Reads the listing; a device without keys has none.
pub(super) fn read(listing: &str) -> Vec<Button> {
    listing.lines().filter_map(button).collect()
}

fn button(line: &str) -> Option<Button> {
    let option = line.trim_start().strip_prefix("--")?;
    let (name, rest) = option.split_at(option.find([' ', '['])?);
    let is_key = KEYS.contains(&name) || name.starts_with("button-") && name != "button-controlled";
    let told = is_key && rest.contains("yes|no") && rest.contains("[hardware]") && !rest.contains("[inactive]");
    told.then(|| Button { name: name.to_owned(), pressed: rest.contains("[yes]") })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As fujitsu, genesys and pixma list them.
    const LISTING: &str = "  Sensors:\n    --top-edge[=(yes|no)] [no] [hardware]\n    --page-loaded[=(yes|no)] [yes] [hardware]\n    \
        --scan[=(yes|no)] [yes] [hardware]\n        Scan button\n    --email[=(yes|no)] [no] [hardware]\n    \
        --button-1[=(yes|no)] [no] [hardware]\n    --button-2[=(yes|no)] [inactive] [hardware]\n    \
        --button-controlled[=(yes|no)] [no]\n    --button-update\n    --function 0..10 [0] [hardware]\n    --mode Gray|Color [Gray]\n";

    #[test]
    fn keys_are_told_from_sensors_and_settings() {
        let told: Vec<(String, bool)> = read(LISTING).into_iter().map(|one| (one.name, one.pressed)).collect();
        assert_eq!(told, [("scan".to_owned(), true), ("email".to_owned(), false), ("button-1".to_owned(), false)]);
        assert!(read("    --mode Gray|Color [Gray]\n    --swap[=(yes|no)] [no]\n").is_empty());
    }
}
