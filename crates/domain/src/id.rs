//! Ids: one newtype over UUIDv7 per kind of thing, made by one macro.
//!
//! What a person reads (mã hồ sơ) is another type, [`crate::DossierCode`].

/// An id that can be made of a time and randomness, both brought in by the caller.
pub trait Id: Sized {
    /// A UUIDv7: milliseconds since 1970, then `random`. Ids made later sort later.
    fn from_parts(unix_millis: u64, random: [u8; 10]) -> Self;
}

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// Rebuilds an id from its 16 bytes.
            #[must_use]
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(uuid::Uuid::from_bytes(bytes))
            }

            /// The 16 bytes, as the store keeps them.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl Id for $name {
            fn from_parts(unix_millis: u64, random: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(unix_millis, &random).into_uuid())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id_type!(
    /// Names a dossier (hồ sơ) for ever, before it has a code and after the code changes.
    DossierId
);
id_type!(
    /// Names one page image of a dossier (trang).
    PageId
);
id_type!(
    /// Names one entry of a dossier's event log (diễn biến).
    EventId
);
id_type!(
    /// Names one command of the outbox; it is the idempotency key and never changes over retries.
    CommandId
);
id_type!(
    /// Names a member of staff (cán bộ một cửa).
    StaffId
);
id_type!(
    /// Names a station, one installed copy of the program (máy trạm).
    StationId
);
id_type!(
    /// Names one request to print a form (lượt in).
    PrintJobId
);
id_type!(
    /// Names one stack of paper that went through a scanner (xấp giấy).
    StackId
);
