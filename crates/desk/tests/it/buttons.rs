//! The key on the scanner (G6): told once a press, only where it was chosen, and never asked for while pages come.

use crate::feeder::{FEEDER, Step};
use crate::world::{Station, draft, request};
use desk::Preferences;
use desk::view::DeskEvent;
use std::sync::{Arc, mpsc};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(10);

#[test]
fn a_press_is_told_once_and_nobody_asks_while_pages_come() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let (tell, pressed) = mpsc::channel();
    desk.listen(move |event| {
        if matches!(event, DeskEvent::ScannerButton) {
            let _ = tell.send(());
        }
    });
    station.feeder.key(true);
    let watching = Arc::clone(&desk);
    let watcher = std::thread::spawn(move || watching.keep_watching_buttons());
    std::thread::sleep(Duration::from_millis(1_500));
    assert_eq!(station.feeder.looked(), 0, "nobody chose that, and the device is not opened");

    let chosen = Preferences { scanner: Some(FEEDER.into()), device_button: true, ..desk.preferences().unwrap() };
    desk.set_preferences(&chosen).unwrap();
    assert!(pressed.recv_timeout(Duration::from_millis(2_500)).is_err(), "nobody knows since when it is down");
    station.feeder.key(false);
    std::thread::sleep(Duration::from_millis(1_500));
    station.feeder.key(true);
    pressed.recv_timeout(SOON).expect("a press is told");
    assert!(pressed.recv_timeout(Duration::from_millis(2_500)).is_err(), "held down it is one press");

    station.feeder.load([Step::Hang]);
    std::thread::scope(|scope| {
        let run = scope.spawn(|| desk.scan(id, 1, &request(), &mut |_| {}).unwrap());
        std::thread::sleep(Duration::from_millis(1_500));
        let before = station.feeder.looked();
        std::thread::sleep(Duration::from_millis(2_500));
        assert_eq!(station.feeder.looked(), before, "a scanner that is asked meanwhile may lose pages");
        desk.cancel_run();
        drop(run.join());
    });
    desk.stop_watching();
    watcher.join().unwrap();
}
