//! Every option of a device, from `scanimage --all-options`, for people who need one that the program does not know.

use super::options::NOT_EXTRA;
use crate::device::DeviceOption;

/// Reads the listing. Options stand four columns in, what they are for stands deeper.
pub(super) fn options(listing: &str) -> Vec<DeviceOption> {
    let mut all: Vec<DeviceOption> = Vec::new();
    for line in listing.lines() {
        let text = line.trim_start();
        let depth = line.len() - text.len();
        if depth <= 4
            && let Some(name) = text.strip_prefix('-')
        {
            all.extend(option(name.strip_prefix('-').unwrap_or(name)));
        } else if depth > 4
            && let Some(last) = all.last_mut()
        {
            let space = if last.about.is_empty() { "" } else { " " };
            last.about.extend([space, text.trim_end()]);
        }
    }
    all.retain(|option| !NOT_EXTRA.contains(&option.name.as_str()));
    all
}

fn option(line: &str) -> Option<DeviceOption> {
    let end = line.find([' ', '[']).unwrap_or(line.len());
    let (name, rest) = line.split_at(end);
    let (mut values, mut current, mut active) = (rest.trim(), None, true);
    while values.ends_with(']')
        && let Some(at) = values.rfind(" [").or_else(|| values.starts_with('[').then_some(0))
        && !values[at..].trim_start().starts_with("[=")
    {
        match values[at..].trim().trim_matches(['[', ']']) {
            "inactive" | "read-only" => active = false,
            "advanced" | "hardware" => {}
            now => current = Some(now.to_owned()),
        }
        values = values[..at].trim_end();
    }
    let values = values.trim_start_matches("[=(").trim_end_matches(")]").to_owned();
    (!name.is_empty()).then(|| DeviceOption { name: name.to_owned(), values, current, active, about: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_is_read_with_what_it_may_be() {
        let all = options(
            "All options specific to device `test:0':\n  Scan Mode:\n    --mode Gray|Color [Gray]\n        Selects the mode,\n        \
             such as color.\n    --hand-scanner[=(yes|no)] [no]\n    --three-pass-order RGB|RBG [inactive]\n    --button-1[=(yes|no)] [no] [hardware]\n    -x 0..200mm (in steps of 1) [80]\n",
        );
        let told: Vec<_> =
            all.iter().map(|o| (o.name.as_str(), o.values.as_str(), o.current.as_deref(), o.active)).collect();
        assert_eq!(
            told,
            [
                ("mode", "Gray|Color", Some("Gray"), true),
                ("hand-scanner", "yes|no", Some("no"), true),
                ("three-pass-order", "RGB|RBG", None, false),
                ("button-1", "yes|no", Some("no"), true),
                ("x", "0..200mm (in steps of 1)", Some("80"), true),
            ]
        );
        assert_eq!(all[0].about, "Selects the mode, such as color.");
    }
}
