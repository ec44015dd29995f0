//! The service's list of devices, and the parts of one: glass and feeder are items below it.

use super::properties::Properties;
use super::{PREFIX, code};
use crate::choice::Allowed;
use crate::verdict::Code;
use devices::{Caps, Device, DeviceKind, Mode, ScanError, ScanSettings, Source};
use windows::Win32::Devices::ImageAcquisition::{
    ALL_PAGES, DUP, DUPLEX, FRONT_ONLY, IWiaDevMgr2, IWiaItem2, IWiaPropertyStorage, IWiaTransfer, WIA_CATEGORY_FEEDER,
    WIA_CATEGORY_FLATBED, WIA_DEVINFO_ENUM_LOCAL, WIA_DIP_DEV_DESC, WIA_DIP_DEV_ID, WIA_DIP_DEV_NAME, WIA_DIP_DEV_TYPE,
    WIA_DPS_DOCUMENT_HANDLING_CAPABILITIES, WIA_IPA_DATATYPE, WIA_IPA_FORMAT, WIA_IPA_TYMED,
    WIA_IPS_DOCUMENT_HANDLING_SELECT, WIA_IPS_PAGE_SIZE, WIA_IPS_PAGES, WIA_IPS_XEXTENT, WIA_IPS_XPOS, WIA_IPS_XRES,
    WIA_IPS_YEXTENT, WIA_IPS_YPOS, WIA_IPS_YRES, WIA_PAGE_A4, WIA_PAGE_AUTO, WiaDevMgr2, WiaImgFmt_BMP, WiaImgFmt_JPEG,
    WiaImgFmt_PNG,
};
use windows::Win32::System::Com::{
    CLSCTX_LOCAL_SERVER, COINIT_APARTMENTTHREADED, CoCreateInstance, CoInitializeEx, CoUninitialize, TYMED_FILE,
};
use windows::core::{BSTR, GUID, Interface};

const USUAL_DPI: i32 = 300;
/// A device's type stands in the upper half of the property; 1 is a scanner.
const IS_SCANNER: i32 = 1;

/// This thread within COM; left when dropped.
pub(super) struct Apartment(());

impl Apartment {
    /// An apartment of one thread, as Windows' own samples have it: the service calls back on the thread that waits.
    pub(super) fn enter() -> Result<Self, Code> {
        // SAFETY: no pointer is passed; every success is answered by one `CoUninitialize` when this is dropped.
        let entered = unsafe { CoInitializeEx(None, COINIT_APARTMENTTHREADED) };
        if entered.is_ok() { Ok(Self(())) } else { Err(entered.0) }
    }
}

impl Drop for Apartment {
    fn drop(&mut self) {
        // SAFETY: it was entered on this thread, which it cannot leave, since it is bound first and dropped last.
        unsafe { CoUninitialize() };
    }
}

/// The service that runs the drivers.
pub(super) struct Manager(IWiaDevMgr2);

impl Manager {
    pub(super) fn get() -> Result<Self, Code> {
        // SAFETY: the thread is in an apartment, and the class gives this interface.
        unsafe { CoCreateInstance(&WiaDevMgr2, None, CLSCTX_LOCAL_SERVER) }.map(Self).map_err(code)
    }

    /// The scanners; one that cannot be opened now is listed with what is known of it, which is its name.
    pub(super) fn devices(&self) -> Result<Vec<Device>, Code> {
        // SAFETY: no pointer is passed.
        let list = unsafe { self.0.EnumDeviceInfo(WIA_DEVINFO_ENUM_LOCAL.cast_signed()) }.map_err(code)?;
        let next = || {
            let (mut info, mut count) = (None, 0);
            // SAFETY: room for one device and a count is told, and is there.
            unsafe { list.Next(1, &mut info, &mut count) }.ok().and(info)
        };
        Ok(std::iter::from_fn(next).filter_map(|info| self.device(&Properties::new(info))).collect())
    }

    fn device(&self, info: &Properties) -> Option<Device> {
        if info.number(WIA_DIP_DEV_TYPE)? >> 16 != IS_SCANNER {
            return None;
        }
        let id = info.text(WIA_DIP_DEV_ID)?;
        let name = info.text(WIA_DIP_DEV_NAME).or_else(|| info.text(WIA_DIP_DEV_DESC)).unwrap_or_else(|| id.clone());
        let caps = self.open(&id).map(|opened| opened.caps()).unwrap_or_default();
        Some(Device { id: format!("{PREFIX}{id}"), name, kind: DeviceKind::Wia, caps })
    }

    pub(super) fn open(&self, id: &str) -> Result<Opened, Code> {
        // SAFETY: the text outlives the call.
        unsafe { self.0.CreateDevice(0, &BSTR::from(id)) }.map(Opened::of).map_err(code)
    }
}

/// A device that is ours for now.
pub(super) struct Opened {
    root: IWiaItem2,
    glass: Option<Item>,
    feeder: Option<Item>,
}

impl Opened {
    fn of(root: IWiaItem2) -> Self {
        let items = children(&root);
        let of = |category: GUID| {
            let item = items.iter().find(|item| {
                // SAFETY: no pointer is passed; the answer is returned by value.
                unsafe { item.GetItemCategory() }.is_ok_and(|is| is == category)
            })?;
            Item::of(item.clone())
        };
        let (glass, feeder) = (of(WIA_CATEGORY_FLATBED), of(WIA_CATEGORY_FEEDER));
        Self { root, glass, feeder }
    }

    /// Where it takes paper from, the feeder first.
    pub(super) fn sources(&self) -> Vec<Source> {
        let feeder = self.feeder.as_ref().map(|_| Source::Feeder);
        let duplex = self.feeder.as_ref().filter(|feeder| self.is_duplex(feeder)).map(|_| Source::Duplex);
        let glass = self.glass.as_ref().map(|_| Source::Glass);
        [feeder, duplex, glass].into_iter().flatten().collect()
    }

    pub(super) fn item(&self, source: Source) -> Option<&Item> {
        match source {
            Source::Glass => self.glass.as_ref(),
            Source::Feeder | Source::Duplex => self.feeder.as_ref(),
        }
    }

    /// The feeder says so itself, or the device does where its driver is older.
    fn is_duplex(&self, feeder: &Item) -> bool {
        if feeder.properties.allowed(WIA_IPS_DOCUMENT_HANDLING_SELECT).holds(DUPLEX.cast_signed()) {
            return true;
        }
        let root = self.root.cast::<IWiaPropertyStorage>().ok().map(Properties::new);
        let able = root.and_then(|root| root.number(WIA_DPS_DOCUMENT_HANDLING_CAPABILITIES)).unwrap_or_default();
        able & DUP.cast_signed() != 0
    }

    fn caps(&self) -> Caps {
        let sources = self.sources();
        let told = sources.first().and_then(|&first| self.item(first)).map(|item| &item.properties);
        let of = |id| told.map_or(Allowed::Unsaid, |told| told.allowed(id));
        Caps {
            sources,
            resolutions: of(WIA_IPS_XRES).resolutions(),
            modes: of(WIA_IPA_DATATYPE).modes(),
            ..Caps::default()
        }
    }
}

fn children(root: &IWiaItem2) -> Vec<IWiaItem2> {
    // SAFETY: no category is passed, which asks for all.
    let Ok(list) = (unsafe { root.EnumChildItems(None) }) else { return Vec::new() };
    let next = || {
        let (mut item, mut count) = (None, 0);
        // SAFETY: room for one item and a count is told, and is there.
        unsafe { list.Next(1, &mut item, &mut count) }.ok().and(item)
    };
    std::iter::from_fn(next).collect()
}

/// The glass or the feeder.
pub(super) struct Item {
    pub(super) transfer: IWiaTransfer,
    properties: Properties,
}

impl Item {
    fn of(item: IWiaItem2) -> Option<Self> {
        let properties = Properties::new(item.cast().ok()?);
        Some(Self { transfer: item.cast().ok()?, properties })
    }

    /// Sets it up and tells what it took: resolution and mode, where it has a choice.
    pub(super) fn set(
        &self,
        source: Source,
        settings: &ScanSettings,
    ) -> Result<(Option<u32>, Option<Mode>), ScanError> {
        let own = &self.properties;
        // A device without a property refuses it, and does by itself what it can.
        let set = |id, value| {
            let _ = own.set(id, value);
        };
        if source != Source::Glass {
            let sides = if source == Source::Duplex { DUPLEX } else { FRONT_ONLY };
            own.set(WIA_IPS_DOCUMENT_HANDLING_SELECT, sides.cast_signed()).or_else(|code| match source {
                // One side scanned where both were asked for would lose every second page.
                Source::Duplex => Err(crate::verdict::opening(code, "")),
                Source::Feeder | Source::Glass => Ok(()),
            })?;
            set(WIA_IPS_PAGES, ALL_PAGES.cast_signed());
        }
        let mode = own.allowed(WIA_IPA_DATATYPE).mode(settings.mode.unwrap_or(Mode::Color));
        let mode = mode.filter(|&(_, value)| own.set(WIA_IPA_DATATYPE, value).is_ok()).map(|(mode, _)| mode);
        let wanted = settings.dpi.and_then(|dpi| i32::try_from(dpi).ok()).unwrap_or(USUAL_DPI);
        for id in [WIA_IPS_XRES, WIA_IPS_YRES] {
            if let Some(dpi) = own.allowed(id).nearest(wanted) {
                set(id, dpi);
            }
        }
        self.set_area(source);
        self.set_format(mode);
        for (name, value) in &settings.extra {
            self.set_extra(name, value)?;
        }
        // Read back: the driver may have held it to what it can do.
        let dpi = own.number(WIA_IPS_XRES).and_then(|dpi| u32::try_from(dpi).ok()).filter(|&dpi| dpi > 0);
        Ok((dpi, mode))
    }

    /// The whole glass; of the feeder the sheet as it is, or A4 where the device cannot find its edges.
    fn set_area(&self, source: Source) {
        let own = &self.properties;
        if source != Source::Glass {
            let sizes = own.allowed(WIA_IPS_PAGE_SIZE);
            let size = [WIA_PAGE_AUTO, WIA_PAGE_A4].map(u32::cast_signed).into_iter().find(|&size| sizes.holds(size));
            if let Some(size) = size {
                let _ = own.set(WIA_IPS_PAGE_SIZE, size);
            }
            return;
        }
        for (place, extent) in [(WIA_IPS_XPOS, WIA_IPS_XEXTENT), (WIA_IPS_YPOS, WIA_IPS_YEXTENT)] {
            let _ = own.set(place, 0);
            if let Some(most) = own.allowed(extent).most() {
                let _ = own.set(extent, most);
            }
        }
    }

    /// JPEG where it is offered and not black and white, which JPEG would blur; PNG, or the bitmap that all drivers have.
    fn set_format(&self, mode: Option<Mode>) {
        let own = &self.properties;
        let offered = own.formats(WIA_IPA_FORMAT);
        let wanted: &[GUID] = match mode {
            Some(Mode::Bw) => &[WiaImgFmt_PNG, WiaImgFmt_BMP],
            Some(Mode::Color | Mode::Gray) | None => &[WiaImgFmt_JPEG, WiaImgFmt_PNG, WiaImgFmt_BMP],
        };
        // What does not come as asked for is told when the page is looked at.
        let taken = wanted.iter().find(|format| offered.contains(format)).unwrap_or(&WiaImgFmt_BMP);
        let _ = own.set_format(WIA_IPA_FORMAT, taken);
        // A stream a page, and not all pages in one.
        let _ = own.set(WIA_IPA_TYMED, TYMED_FILE.0);
    }

    /// An option is a property by its number.
    fn set_extra(&self, name: &str, value: &str) -> Result<(), ScanError> {
        let refused = || ScanError::Failed { message: format!("the option {name}={value} was refused"), code: None };
        let (id, value) = (name.parse().map_err(|_| refused())?, value.parse().map_err(|_| refused())?);
        self.properties.set(id, value).map_err(|_| refused())
    }
}
