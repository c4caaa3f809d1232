//! Protected wires: rustls with ring, the certificates that this computer trusts, and those of the company's own
//! authority where the definition names a file.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls_platform_verifier::Verifier;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::super::{SystemError, SystemFault};
use super::Server;

/// The library that ciphers, once for the program: drivers that choose for themselves take it too.
pub(super) fn provider() -> Arc<CryptoProvider> {
    // Refused where somebody was first: with the same one, there is no other in the program.
    let _ = ring::default_provider().install_default();
    CryptoProvider::get_default().cloned().unwrap_or_else(|| Arc::new(ring::default_provider()))
}

/// The certificates of the company's own authority.
///
/// # Errors
/// `Setting` where the file cannot be read or holds none.
pub(super) fn own_authority(server: &Server) -> Result<Vec<CertificateDer<'static>>, SystemError> {
    let Some(path) = &server.database.ca_file else { return Ok(Vec::new()) };
    let wrong = |reason: String| SystemError::from(SystemFault::Setting { setting: "ca_file", reason });
    let found = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    match found {
        Ok(found) if found.is_empty() => Err(wrong(format!("{path} holds no certificate in PEM form"))),
        Ok(found) => Ok(found),
        Err(error) => Err(wrong(format!("{path} cannot be read: {error}"))),
    }
}

/// Which versions of TLS a protocol can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Versions {
    /// 1.2 and 1.3.
    Usual,
    /// 1.2.
    OnlyTls12,
}

/// What checks a server's certificate.
///
/// # Errors
/// `Setting` where the file of the own authority is not usable; `Tls`.
fn connector(server: &Server, versions: Versions) -> Result<TlsConnector, SystemError> {
    let fault = |error: rustls::Error| server.error(SystemFault::Tls { at: server.at() }, &error.to_string());
    let verifier = Verifier::new_with_extra_roots(own_authority(server)?, provider()).map_err(fault)?;
    let versions = match versions {
        Versions::Usual => rustls::DEFAULT_VERSIONS,
        Versions::OnlyTls12 => &[&rustls::version::TLS12],
    };
    let mut config = ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(versions)
        .map_err(fault)?
        .dangerous()
        // Not less than usual: the operating system's own check, as browsers use it.
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    // Every conversation is one of its own.
    config.resumption = rustls::client::Resumption::disabled();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// What protects the wires to one server.
pub(super) struct Guard {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl Guard {
    /// # Errors
    /// `Setting` where the host cannot have a certificate; as for the certificates.
    pub(super) fn new(server: &Server, versions: Versions) -> Result<Self, SystemError> {
        let wrong = |_| {
            let reason = format!("“{}” is no name of a computer", server.database.host);
            SystemError::from(SystemFault::Setting { setting: "host", reason })
        };
        let name = ServerName::try_from(server.database.host.clone()).map_err(wrong)?;
        Ok(Self { connector: connector(server, versions)?, name })
    }

    /// Protects a wire.
    ///
    /// # Errors
    /// What rustls says.
    pub(super) async fn wrap<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: S,
    ) -> std::io::Result<TlsStream<S>> {
        self.connector.connect(self.name.clone(), stream).await
    }
}

/// The certificates that this computer trusts, for a driver that takes no verifier, with those of the own authority.
///
/// # Errors
/// `Setting` where the file of the own authority is not usable; `Tls` where there are none at all.
pub(super) fn trusted(server: &Server) -> Result<Vec<CertificateDer<'static>>, SystemError> {
    let mut trusted = own_authority(server)?;
    let found = rustls_native_certs::load_native_certs();
    let mut store = rustls::RootCertStore::empty();
    // The driver gives up at the first that it cannot read; a computer may well hold some of those.
    trusted.extend(found.certs.into_iter().filter(|certificate| store.add(certificate.clone()).is_ok()));
    if trusted.is_empty() {
        let detail = found.errors.first().map(ToString::to_string).unwrap_or_default();
        return Err(server.error(SystemFault::Tls { at: server.at() }, &detail));
    }
    Ok(trusted)
}
