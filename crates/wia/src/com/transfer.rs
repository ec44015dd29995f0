//! A transfer: the service asks for a stream for each page, and gets the next one only when this page is kept (G13).

use super::Page;
use super::device::Item;
use crate::handover::Giving;
use crate::patience::Patience;
use crate::picture::{self, NoPage};
use crate::verdict::{self, Code};
use devices::{Cancel, ScanError};
use std::sync::{Mutex, MutexGuard, PoisonError};
use windows::Win32::Devices::ImageAcquisition::{
    IWiaTransferCallback, IWiaTransferCallback_Impl, WIA_TRANSFER_MSG_DEVICE_STATUS, WIA_TRANSFER_MSG_END_OF_STREAM,
    WiaTransferParams,
};
use windows::Win32::Foundation::{HGLOBAL, S_FALSE};
use windows::Win32::System::Com::StructuredStorage::CreateStreamOnHGlobal;
use windows::Win32::System::Com::{IStream, STREAM_SEEK_END, STREAM_SEEK_SET};
use windows::core::{BSTR, ComObject, Error, HRESULT, Interface, Result, implement};

/// A page beyond this is no page of paper.
const MOST_BYTES: u64 = 512 << 20;
/// What one call reads.
const BLOCK: usize = 1 << 20;

/// How a transfer ended.
pub(super) struct Outcome {
    /// What it answered.
    pub(super) code: Code,
    /// Pages that were kept.
    pub(super) pages: u32,
    /// Whoever keeps pages wanted no more.
    pub(super) broken: bool,
}

/// Takes pages from `item` until it ends.
pub(super) fn run(
    item: &Item,
    giving: Giving<Page>,
    cancel: &Cancel,
    dpi: Option<u32>,
) -> std::result::Result<Outcome, ScanError> {
    let state = State { stream: None, giving, dpi, broken: false, fault: None, half: None };
    let callback = ComObject::new(Callback { state: Mutex::new(state), cancel: cancel.clone() });
    let called: IWiaTransferCallback = callback.to_interface();
    let answered = Patience::USUAL.with(&|| cancel.is_cancelled(), || {
        // SAFETY: both objects live until the call returns; the flags are not used and have to be 0. The function is
        // called by its place in the table because the wrapper drops the code of a success, which tells a cancel.
        let answer = unsafe { (item.transfer.vtable().Download)(item.transfer.as_raw(), 0, called.as_raw()) };
        let state = callback.state();
        let code = state.fault.unwrap_or(answer.0);
        // Once a page came it is not asked again: the sheet in work would be counted twice.
        let again = verdict::is_passing(code) && state.giving.given() == 0 && !state.broken;
        if again { Err(code) } else { Ok(code) }
    });
    let code = match answered {
        Ok(code) => code.unwrap_or(verdict::CANCELLED),
        Err(code) => code,
    };
    let mut state = callback.state();
    // Not every driver says that its last page is done. Where it failed, what lies there is half a page.
    if !verdict::is_fault(code) && code != verdict::CANCELLED {
        state.finish();
    }
    let outcome = Outcome { code, pages: state.giving.given(), broken: state.broken };
    match state.half {
        Some(half) if !verdict::is_fault(code) && code != verdict::CANCELLED && !outcome.broken => {
            let message = format!("the scanner gave what is no whole page ({half:?})");
            Err(ScanError::Failed { message, code: None })
        }
        _ => Ok(outcome),
    }
}

/// What the service calls.
#[implement(IWiaTransferCallback)]
struct Callback {
    state: Mutex<State>,
    cancel: Cancel,
}

struct State {
    /// What the driver writes into now.
    stream: Option<IStream>,
    giving: Giving<Page>,
    dpi: Option<u32>,
    broken: bool,
    /// A fault of the device that was told during the transfer.
    fault: Option<Code>,
    /// Why a page was none, which ends the transfer.
    half: Option<NoPage>,
}

impl Callback {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that panics leaves it half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `S_FALSE` is how a callback cancels.
    fn go_on(&self, state: &State) -> Result<()> {
        let stop = self.cancel.is_cancelled() || state.broken || state.half.is_some();
        if stop { Err(Error::from_hresult(S_FALSE)) } else { Ok(()) }
    }
}

impl IWiaTransferCallback_Impl for Callback_Impl {
    fn TransferCallback(&self, _flags: i32, told: *const WiaTransferParams) -> Result<()> {
        // SAFETY: the service passes what it tells, or null; it is read before the call returns.
        let (message, status) = unsafe { told.as_ref() }.map_or((0, HRESULT(0)), |it| (it.lMessage, it.hrErrorStatus));
        let mut state = self.state();
        if message == WIA_TRANSFER_MSG_DEVICE_STATUS.cast_signed() && status.is_err() {
            // There is nobody at a worker to ask; the transfer ends with it.
            state.fault = Some(status.0);
            return Err(Error::from_hresult(status));
        }
        if message == WIA_TRANSFER_MSG_END_OF_STREAM.cast_signed() {
            state.finish();
        }
        self.go_on(&state)
    }

    fn GetNextStream(&self, _flags: i32, _item: &BSTR, _full_item: &BSTR) -> Result<IStream> {
        let mut state = self.state();
        state.finish();
        self.go_on(&state)?;
        // SAFETY: no memory is passed, so that the stream makes its own, and frees it.
        let stream = unsafe { CreateStreamOnHGlobal(HGLOBAL::default(), true) }?;
        state.stream = Some(stream.clone());
        Ok(stream)
    }
}

impl State {
    /// Hands over the page that was being written, and comes back when it is kept.
    fn finish(&mut self) {
        let Some(stream) = self.stream.take() else { return };
        let written = read(&stream).map_err(|_| NoPage::Broken);
        drop(stream);
        match written.and_then(picture::page) {
            Ok(bytes) if !self.broken => {
                let page = Page { bytes, dpi: self.dpi };
                self.broken = self.giving.give(page).is_break();
            }
            // A stream that was asked for and left empty: the paper ended where a page was expected.
            Ok(_) | Err(NoPage::Empty) => {}
            Err(half) => self.half = Some(half),
        }
    }
}

/// All that was written into `stream`.
fn read(stream: &IStream) -> Result<Vec<u8>> {
    let mut length = 0;
    // SAFETY: room for the place is told, and is there.
    unsafe { stream.Seek(0, STREAM_SEEK_END, Some(&mut length)) }?;
    // SAFETY: no pointer is passed.
    unsafe { stream.Seek(0, STREAM_SEEK_SET, None) }?;
    let mut bytes = vec![0; usize::try_from(length.min(MOST_BYTES + 1))?];
    let mut filled = 0;
    while filled < bytes.len() {
        let rest = &mut bytes[filled..];
        let (room, mut count) = (rest.len().min(BLOCK), 0);
        // SAFETY: so many bytes as are told lie at the place, and the count has its room.
        unsafe { stream.Read(rest.as_mut_ptr().cast(), u32::try_from(room)?, Some(&mut count)) }.ok()?;
        if count == 0 {
            break;
        }
        filled += count as usize;
    }
    bytes.truncate(filled);
    if bytes.len() as u64 > MOST_BYTES { Err(Error::from_hresult(S_FALSE)) } else { Ok(bytes) }
}
