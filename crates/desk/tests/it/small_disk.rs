//! A disk that is really full: a file system of a few megabytes, mounted for the test. Needs the right to mount; without it the
//! crash tests alone hold the row, whose disk calls fail on demand.

use crate::feeder::Step;
use crate::world::{PASSWORD, Station, draft, office, scan};
use desk::{Desk, ErrorCode, NewStation};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use tempfile::TempDir;

/// A file system of its own, which goes with it.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// None where nobody may mount.
    fn new(megabytes: u32) -> Option<Self> {
        let dir = TempDir::new().unwrap();
        mount(&["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"], dir.path()).then(|| Self(dir))
    }

    fn grow(&self, megabytes: u32) {
        assert!(mount(&["-o", &format!("remount,size={megabytes}m")], self.0.path()), "made larger");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

fn mount(arguments: &[&str], place: &Path) -> bool {
    let done = Command::new("mount").args(arguments).arg(place).output();
    done.is_ok_and(|output| output.status.success())
}

/// A picture as heavy as a colored page: noise does not shrink.
fn noise(width: u32) -> Vec<u8> {
    let mut state = u64::from(width);
    let next = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u8::try_from(state >> 56).unwrap()
    });
    let pixels: Vec<u8> = next.take(width as usize * 800).collect();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 95).encode(&pixels, width, 800, ExtendedColorType::L8).unwrap();
    bytes
}

/// T-05, T-07: the disk fills up in the middle of a stack. What was told is there and whole, the rest is told, nothing half is
/// taken for a page, everything else goes on; once there is room the same stack is gone on with.
#[test]
fn a_full_disk_ends_the_stack_and_keeps_every_page_before_it() {
    let Some(disk) = SmallDisk::new(24) else { return };
    let (station, _) = Station::created();
    let data = disk.0.path().join("station");
    let new = NewStation { office: office(), station: "Quầy 1".into(), training: true, password: PASSWORD.into() };
    let desk = Arc::new(Desk::create(&data, &new, station.parts()).unwrap());
    desk.sign_in("clerk", PASSWORD).unwrap();
    let id = draft(&desk, 1);
    let sheet = |n: u32| Step::Side(noise(1_000 + n));
    station.feeder.load((0..40).map(sheet));
    let full = scan(&desk, id, 1).unwrap();
    assert_eq!(full.error.map(|error| error.code), Some(ErrorCode::DiskFull));
    let came = full.received;
    assert!((1..40).contains(&came), "{came}");
    let view = desk.open_dossier(id).unwrap();
    assert_eq!(view.pages.received, came, "what was told, and no more");
    for page in &view.components[0].pages {
        assert!(desk.page_picture(page.id).unwrap().len() > 1_000, "a whole page");
    }
    // Signing out and in needs no room.
    assert!(desk.sign_out().is_ok() && desk.sign_in("clerk", PASSWORD).is_ok());

    station.feeder.clear();
    disk.grow(64);
    station.feeder.load((40..43).map(sheet));
    let goes_on = scan(&desk, id, 1).unwrap();
    assert_eq!((goes_on.received, goes_on.error, goes_on.stack), (3, None, full.stack));
    let view = desk.open_dossier(id).unwrap();
    let order: Vec<u32> = view.components[0].pages.iter().map(|page| page.width - 1_000).collect();
    assert_eq!(order, (0..came).chain(40..43).collect::<Vec<_>>());
    let checked = desk.check(true, &mut |_| true).unwrap();
    assert!(checked.finished && checked.bad.is_empty(), "{checked:?}");
}
