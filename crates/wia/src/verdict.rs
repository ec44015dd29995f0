//! What WIA's codes mean.
//!
//! The end of the paper comes as an error too (T-21). No other error is ever taken for it: that would lose sheets
//! silently (T-13).

use devices::{Ended, ScanError, Source};

/// An `HRESULT`.
pub type Code = i32;

/// Done.
pub const DONE: Code = 0;
/// `S_FALSE`: a transfer that was cancelled, by us or at the device.
pub const CANCELLED: Code = 1;

const PAPER_JAM: Code = wia(2);
const PAPER_EMPTY: Code = wia(3);
const PAPER_PROBLEM: Code = wia(4);
const OFFLINE: Code = wia(5);
const BUSY: Code = wia(6);
const WARMING_UP: Code = wia(7);
const USER_INTERVENTION: Code = wia(8);
const DEVICE_COMMUNICATION: Code = wia(0x0A);
const DEVICE_LOCKED: Code = wia(0x0D);
const DRIVER_EXCEPTION: Code = wia(0x0E);
const COVER_OPEN: Code = wia(0x10);
const LAMP_OFF: Code = wia(0x11);
const NETWORK_RESERVATION: Code = wia(0x13);
const MULTI_FEED: Code = wia(0x14);
/// No device is there; of a transfer the counter of an endorser is full.
const NO_DEVICE: Code = wia(0x15);
const ACCESS_DENIED: Code = hresult(0x8007_0005);
const INVALID_ARGUMENT: Code = hresult(0x8007_0057);
/// The service that runs the drivers was not there or went away.
const SERVICE_GONE: [Code; 4] =
    [hresult(0x8007_06BA), hresult(0x8007_06BE), hresult(0x8001_0108), hresult(0x8007_0422)];

const fn wia(number: u32) -> Code {
    hresult(0x8021_0000 | number)
}

const fn hresult(code: u32) -> Code {
    code.cast_signed()
}

/// Whether `code` tells a fault; successes other than [`DONE`] are remarks.
#[must_use]
pub const fn is_fault(code: Code) -> bool {
    code < 0
}

/// Whether the same may well succeed in a while (T-10).
#[must_use]
pub fn is_passing(code: Code) -> bool {
    matches!(code, BUSY | WARMING_UP | DEVICE_LOCKED | LAMP_OFF | NETWORK_RESERVATION)
}

/// Why opening or setting up the scanner `device` failed.
#[must_use]
pub fn opening(code: Code, device: &str) -> ScanError {
    match code {
        // An id that Windows no longer knows is an invalid argument.
        NO_DEVICE | INVALID_ARGUMENT | OFFLINE => ScanError::NotFound { device: device.to_owned() },
        other => fault(other, device),
    }
}

/// How a transfer from `source` ended that gave `pages` pages and then `code`.
///
/// # Errors
/// With the fault that ended it.
pub fn ending(code: Code, pages: u32, source: Source, device: &str) -> Result<Ended, ScanError> {
    match code {
        CANCELLED => Ok(Ended::Cancelled),
        PAPER_EMPTY if pages > 0 && source != Source::Glass => Ok(Ended::Empty),
        PAPER_EMPTY => Err(ScanError::FeederEmpty),
        code if is_fault(code) => Err(fault(code, device)),
        // A feeder that is content with having scanned nothing had nothing in it.
        _ if pages > 0 => Ok(Ended::Empty),
        _ if source != Source::Glass => Err(ScanError::FeederEmpty),
        code => Err(failed("the scanner gave no page", code)),
    }
}

fn fault(code: Code, device: &str) -> ScanError {
    match code {
        PAPER_JAM => ScanError::Jam,
        PAPER_EMPTY => ScanError::FeederEmpty,
        COVER_OPEN => ScanError::CoverOpen,
        code if is_passing(code) => ScanError::Busy,
        OFFLINE | DEVICE_COMMUNICATION => ScanError::NotFound { device: device.to_owned() },
        ACCESS_DENIED => ScanError::AccessDenied,
        MULTI_FEED => failed("two sheets were drawn in at once", code),
        PAPER_PROBLEM => failed("the paper does not pass", code),
        USER_INTERVENTION => failed("the scanner wants something done at its panel", code),
        DRIVER_EXCEPTION => failed("the scanner's driver crashed inside Windows", code),
        code if SERVICE_GONE.contains(&code) => failed("the Windows Image Acquisition service does not run", code),
        code => failed("WIA", code),
    }
}

/// The code stays in the words: it is what a vendor or an administrator can look up.
fn failed(what: &str, code: Code) -> ScanError {
    ScanError::Failed { message: format!("{what} (0x{code:08X})"), code: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEVICE: &str = "wia:{6BDD1FC6-810F-11D0-BEC7-08002BE2092F}\\0001";

    fn after(code: u32, pages: u32) -> Result<Ended, ScanError> {
        ending(hresult(code), pages, Source::Feeder, DEVICE)
    }

    #[test]
    fn the_end_of_the_paper_is_an_error_only_where_there_was_none() {
        // T-21
        assert!(matches!(after(0x8021_0003, 7), Ok(Ended::Empty)));
        assert!(matches!(after(0x8021_0003, 0), Err(ScanError::FeederEmpty)));
        assert!(matches!(after(0, 7), Ok(Ended::Empty)));
        assert!(matches!(after(0x0021_0001, 7), Ok(Ended::Empty)), "end of media is a success");
        assert!(matches!(after(0, 0), Err(ScanError::FeederEmpty)));
        assert!(matches!(after(1, 3), Ok(Ended::Cancelled)), "cancelled at the device's own panel");
        let glass = |code: u32, pages| ending(hresult(code), pages, Source::Glass, DEVICE);
        assert!(matches!(glass(0, 1), Ok(Ended::Empty)));
        assert!(matches!(glass(0, 0), Err(ScanError::Failed { .. })), "a glass has no paper to run out of");
    }

    #[test]
    fn no_other_fault_is_the_end_of_the_paper() {
        // T-13: all codes of WIA and some of the system, after pages and before any.
        let codes = (1..=0x20).filter(|number| *number != 3).map(|number| 0x8021_0000 | number);
        for code in codes.chain([0x8000_4005, 0x8000_FFFF, 0x8007_0005, 0x8007_001F, 0x8007_06BA, 0x8001_0108]) {
            for pages in [0, 1, 50] {
                assert!(after(code, pages).is_err(), "0x{code:08X} after {pages} pages");
            }
        }
    }

    #[test]
    fn every_code_has_its_fault() {
        assert!(matches!(after(0x8021_0002, 3), Err(ScanError::Jam)));
        assert!(matches!(after(0x8021_0010, 3), Err(ScanError::CoverOpen)));
        assert!(matches!(after(0x8007_0005, 0), Err(ScanError::AccessDenied)));
        assert!(matches!(after(0x8021_000A, 3), Err(ScanError::NotFound { device }) if device == DEVICE));
        for passing in [0x8021_0006, 0x8021_0007, 0x8021_000D] {
            assert!(matches!(after(passing, 0), Err(ScanError::Busy)) && is_passing(hresult(passing)), "{passing:X}");
        }
        let Err(ScanError::Failed { message, .. }) = after(0x8021_0014, 3) else { panic!("a double feed is a fault") };
        assert_eq!(message, "two sheets were drawn in at once (0x80210014)");
        assert!(matches!(opening(hresult(0x8007_0057), DEVICE), ScanError::NotFound { .. }), "an id of long ago");
        assert!(matches!(opening(hresult(0x8021_0015), DEVICE), ScanError::NotFound { .. }), "unplugged");
    }
}
