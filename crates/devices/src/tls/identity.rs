//! A certificate of this machine's own, with its key: made here, vouched for by nobody, told apart by its fingerprint.

use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// A certificate and its private key. Whoever keeps it keeps it where secrets are kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

/// No certificate can be made, or one that was kept does not read.
#[derive(Debug, thiserror::Error)]
#[error("no certificate")]
pub struct NoIdentity;

impl Identity {
    /// Makes one in the name of `host`.
    ///
    /// # Errors
    /// [`NoIdentity`] where the system gives no random numbers.
    pub fn make(host: &str) -> Result<Self, NoIdentity> {
        let made = rcgen::generate_simple_self_signed([host.to_owned()]).map_err(|_| NoIdentity)?;
        Ok(Self { certificate: made.cert.der().to_vec(), key: made.signing_key.serialize_der() })
    }

    /// SHA-256 of the certificate in pairs of digits, as browsers show it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut text = String::new();
        for byte in Sha256::digest(&self.certificate) {
            let _ = write!(text, "{}{byte:02X}", if text.is_empty() { "" } else { ":" });
        }
        text
    }

    pub(crate) fn acceptor(&self) -> Result<TlsAcceptor, NoIdentity> {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.clone()));
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|_| NoIdentity)?
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(self.certificate.clone())], key)
            .map_err(|_| NoIdentity)?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

/// Never the key.
impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identity({})", self.fingerprint())
    }
}
