//! How the wire is protected: rustls with ring, the authorities that this computer knows, and the company's own.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::system::{Blank, SystemError, SystemFault};

/// What checks certificates. `ca_file` has the certificates of the company's own authority (PEM). `is_used`: the wire
/// will be protected, so that a computer without any authority is a fault.
///
/// # Errors
/// [`SystemFault::Setting`] for a file that cannot be used, [`SystemFault::Local`] where the computer knows no authority.
pub(crate) fn config(ca_file: Option<&str>, is_used: bool) -> Result<ClientConfig, SystemError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let own = ca_file.map(authority).transpose()?.unwrap_or_default();
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| local(&error))?;
    match Verifier::new_with_extra_roots(own, provider) {
        Ok(verifier) => {
            Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
        }
        Err(error) if is_used => Err(local(&error)),
        Err(_) => Ok(builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth()),
    }
}

fn authority(path: &str) -> Result<Vec<CertificateDer<'static>>, SystemError> {
    let setting = |reason: String| SystemError::from(SystemFault::Setting { setting: "ca_file", reason });
    let pem = std::fs::read(path).map_err(|error| setting(format!("{path} cannot be read: {error}")))?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let certificates = certificates.map_err(|_| setting(format!("{path} is not a PEM file")))?;
    if certificates.is_empty() {
        return Err(setting(format!("{path} holds no certificate")));
    }
    Ok(certificates)
}

fn local(error: &dyn std::error::Error) -> SystemError {
    SystemError::new(SystemFault::Local, &error.to_string(), &Blank::default())
}
