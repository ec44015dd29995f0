//! Properties of a device or an item: numbers, texts and format names, and what they may be.

use super::code;
use crate::choice::Allowed;
use crate::verdict::Code;
use windows::Win32::Devices::ImageAcquisition::{IWiaPropertyStorage, WIA_PROP_FLAG, WIA_PROP_LIST, WIA_PROP_RANGE};
use windows::Win32::System::Com::StructuredStorage::{
    InitPropVariantFromCLSID, PROPSPEC, PROPSPEC_0, PROPVARIANT, PRSPEC_PROPID,
};
use windows::Win32::System::Variant::{VT_CLSID, VT_I4, VT_UI4, VT_VECTOR};
use windows::core::{BSTR, GUID};

/// Names that this file makes up for properties begin here; the service wants the first free one told.
const FIRST_OWN_NAME: u32 = 2;

/// What a device or an item says of itself.
pub(super) struct Properties(IWiaPropertyStorage);

impl Properties {
    pub(super) fn new(storage: IWiaPropertyStorage) -> Self {
        Self(storage)
    }

    pub(super) fn number(&self, id: u32) -> Option<i32> {
        i32::try_from(&self.read(id)?).ok()
    }

    pub(super) fn text(&self, id: u32) -> Option<String> {
        let text = BSTR::try_from(&self.read(id)?).ok()?.to_string();
        Some(text).filter(|text| !text.is_empty())
    }

    pub(super) fn set(&self, id: u32, value: i32) -> Result<(), Code> {
        self.write(id, &PROPVARIANT::from(value))
    }

    pub(super) fn set_format(&self, id: u32, format: &GUID) -> Result<(), Code> {
        // SAFETY: `format` is a GUID that outlives the call, which copies it.
        let value = unsafe { InitPropVariantFromCLSID(format) }.map_err(code)?;
        self.write(id, &value)
    }

    /// What property `id` may be.
    pub(super) fn allowed(&self, id: u32) -> Allowed {
        let Some((flags, told)) = self.attributes(id) else { return Allowed::Unsaid };
        let told = numbers(&told);
        match flags {
            flags if flags & WIA_PROP_LIST != 0 => Allowed::list(&told),
            flags if flags & WIA_PROP_RANGE != 0 => Allowed::range(&told),
            flags if flags & WIA_PROP_FLAG != 0 => Allowed::flags(&told),
            _ => Allowed::Unsaid,
        }
    }

    /// Formats that property `id` may be.
    pub(super) fn formats(&self, id: u32) -> Vec<GUID> {
        self.attributes(id).map_or_else(Vec::new, |(_, told)| guids(&told))
    }

    fn read(&self, id: u32) -> Option<PROPVARIANT> {
        let mut value = PROPVARIANT::default();
        // SAFETY: one name and room for one value are told, and one of each is there; both outlive the call.
        unsafe { self.0.ReadMultiple(1, &name(id), &mut value) }.ok()?;
        Some(value).filter(|value| !value.is_empty())
    }

    fn write(&self, id: u32, value: &PROPVARIANT) -> Result<(), Code> {
        // SAFETY: one name and one value are told, and one of each is there; both outlive the call.
        unsafe { self.0.WriteMultiple(1, &name(id), value, FIRST_OWN_NAME) }.map_err(code)
    }

    fn attributes(&self, id: u32) -> Option<(u32, PROPVARIANT)> {
        let (mut flags, mut told) = (0, PROPVARIANT::default());
        // SAFETY: one name and room for one answer of each kind are told, and are there; all outlive the call.
        unsafe { self.0.GetPropertyAttributes(1, &name(id), &mut flags, &mut told) }.ok()?;
        Some((flags, told))
    }
}

fn name(id: u32) -> PROPSPEC {
    PROPSPEC { ulKind: PRSPEC_PROPID, Anonymous: PROPSPEC_0 { propid: id } }
}

/// The numbers of a vector; none where it is something else.
fn numbers(value: &PROPVARIANT) -> Vec<i32> {
    let kind = value.vt().0;
    if kind != VT_VECTOR.0 | VT_I4.0 && kind != VT_VECTOR.0 | VT_UI4.0 {
        return Vec::new();
    }
    // SAFETY: the kind says that a vector of 32-bit numbers is what lies there; signed and unsigned are laid out alike.
    let vector = unsafe { value.Anonymous.Anonymous.Anonymous.cal };
    // SAFETY: whoever filled the value has put so many elements there; they are copied before `value` frees them.
    unsafe { copied(vector.pElems, vector.cElems) }
}

/// The GUIDs of a vector, with those in front that WIA uses to tell their number and the usual one.
fn guids(value: &PROPVARIANT) -> Vec<GUID> {
    if value.vt().0 != VT_VECTOR.0 | VT_CLSID.0 {
        return Vec::new();
    }
    // SAFETY: the kind says that a vector of GUIDs is what lies there.
    let vector = unsafe { value.Anonymous.Anonymous.Anonymous.cauuid };
    // SAFETY: whoever filled the value has put so many elements there; they are copied before `value` frees them.
    unsafe { copied(vector.pElems, vector.cElems) }
}

/// # Safety
/// `count` elements lie at `first`, or it is null.
unsafe fn copied<T: Copy>(first: *const T, count: u32) -> Vec<T> {
    if first.is_null() || count == 0 {
        return Vec::new();
    }
    // SAFETY: by the caller's promise; the kinds used here are plain numbers, and are aligned as COM allocates.
    unsafe { std::slice::from_raw_parts(first, count as usize) }.to_vec()
}
