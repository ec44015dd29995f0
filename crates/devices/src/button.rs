//! The keys on a scanner (nút trên máy quét), where its driver tells of them, and when one was pressed (G6).

use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// A key on a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// Its name, as the driver has it.
    pub name: String,
    /// Whether it is down, or was pressed since it was last asked for: drivers do either.
    pub pressed: bool,
}

/// Tells a press from a key that is held, look by look.
#[derive(Debug, Default)]
pub struct ButtonWatch {
    down: Option<HashSet<String>>,
}

impl ButtonWatch {
    /// The keys that were pressed since the look before. What is down at the first look may have been pressed long ago.
    pub fn look(&mut self, buttons: &[Button]) -> Vec<String> {
        let down: HashSet<String> = buttons.iter().filter(|one| one.pressed).map(|one| one.name.clone()).collect();
        let mut fresh: Vec<String> = match &self.down {
            None => Vec::new(),
            Some(before) => down.difference(before).cloned().collect(),
        };
        fresh.sort();
        self.down = Some(down);
        fresh
    }

    /// Another device, or one that was away: the next look is a first one.
    pub fn forget(&mut self) {
        self.down = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(pressed: &[&str]) -> Vec<Button> {
        ["button-1", "scan"].map(|name| Button { name: name.into(), pressed: pressed.contains(&name) }).into()
    }

    #[test]
    fn a_press_is_told_once_however_long_the_key_is_held() {
        let mut watch = ButtonWatch::default();
        assert!(watch.look(&keys(&["scan"])).is_empty(), "nobody knows since when it is down");
        assert!(watch.look(&keys(&["scan"])).is_empty());
        assert!(watch.look(&keys(&[])).is_empty());
        assert_eq!(watch.look(&keys(&["scan"])), ["scan"]);
        assert!(watch.look(&keys(&["scan"])).is_empty(), "held");
        assert_eq!(watch.look(&keys(&["scan", "button-1"])), ["button-1"]);
        watch.forget();
        assert!(watch.look(&keys(&["button-1"])).is_empty());
    }
}
