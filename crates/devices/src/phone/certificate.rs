//! A certificate for one link: made when it is opened, kept nowhere.

use super::PhoneError;
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::net::IpAddr;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// What the link is served with.
pub(super) struct Certificate {
    pub(super) acceptor: TlsAcceptor,
    pub(super) fingerprint: String,
}

pub(super) fn make(address: IpAddr) -> Result<Certificate, PhoneError> {
    let failed = |_| PhoneError::Certificate;
    let made = rcgen::generate_simple_self_signed([address.to_string()]).map_err(failed)?;
    let der = made.cert.der().clone();
    let fingerprint = fingerprint(&der);
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let failed = |_| PhoneError::Certificate;
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .with_no_client_auth()
        .with_single_cert(vec![der], key)
        .map_err(failed)?;
    Ok(Certificate { acceptor: TlsAcceptor::from(Arc::new(config)), fingerprint })
}

/// SHA-256 in pairs of digits, as browsers show it.
fn fingerprint(der: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(der) {
        let _ = write!(text, "{}{byte:02X}", if text.is_empty() { "" } else { ":" });
    }
    text
}
