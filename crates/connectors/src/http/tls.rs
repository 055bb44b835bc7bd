//! Which certificate a server may show.
//!
//! Normally one that the machine's root certificates vouch for. A server on a print house's own
//! premises shows one it has signed itself: then the connection names that very certificate by
//! its fingerprint. There is no switch that accepts any certificate.

use std::fmt::{self, Write as _};
use std::str::FromStr;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, OtherError,
    SignatureScheme,
};
use rustls_platform_verifier::Verifier as PlatformVerifier;
use sha2::{Digest as _, Sha256};

/// SHA-256 of a server's own certificate, as browsers show it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fingerprint([u8; 32]);

/// Which certificate a connection asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// One the machine's roots vouch for.
    Vouched,
    /// This one.
    Pinned(Fingerprint),
    /// None: the connection is not encrypted, and loading the roots would be for nothing.
    Never,
}

/// Why a server's certificate is accepted.
#[derive(Debug)]
enum Trust {
    /// It is this one. Its names and dates do not matter: nothing else is being vouched for.
    Pinned(Fingerprint),
    /// The machine's roots vouch for it.
    Roots(PlatformVerifier),
    /// There are no roots, so nothing can be vouched for.
    Nothing(TlsError),
}

#[derive(Debug)]
struct Verifier {
    trust: Trust,
    algorithms: WebPkiSupportedAlgorithms,
}

/// A certificate that was not accepted. Shows its fingerprint, so that a person can compare it.
#[derive(thiserror::Error)]
#[error("the server's certificate has the fingerprint {found}, {cause}")]
struct Untrusted {
    found: Fingerprint,
    cause: Cause,
}

#[derive(thiserror::Error, Debug)]
enum Cause {
    #[error("the connection trusts only {0}")]
    NotPinned(Fingerprint),
    #[error("and nothing vouches for it: {0}")]
    NotVouchedFor(TlsError),
}

/// The TLS settings of one connection.
pub(super) fn tls_settings(
    provider: &Arc<CryptoProvider>,
    asked: Asked,
) -> Result<ClientConfig, TlsError> {
    let trust = match asked {
        Asked::Pinned(fingerprint) => Trust::Pinned(fingerprint),
        Asked::Never => Trust::Nothing(TlsError::UnsupportedNameType),
        Asked::Vouched => match PlatformVerifier::new(Arc::clone(provider)) {
            Ok(roots) => Trust::Roots(roots),
            Err(error) => Trust::Nothing(error),
        },
    };
    let verifier = Verifier {
        trust,
        algorithms: provider.signature_verification_algorithms,
    };
    Ok(ClientConfig::builder_with_provider(Arc::clone(provider))
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let found = Fingerprint::of(end_entity);
        let cause = match &self.trust {
            Trust::Pinned(pinned) if *pinned == found => {
                return Ok(ServerCertVerified::assertion());
            }
            Trust::Pinned(pinned) => Cause::NotPinned(*pinned),
            Trust::Nothing(error) => Cause::NotVouchedFor(error.clone()),
            Trust::Roots(roots) => {
                let verified = roots.verify_server_cert(
                    end_entity,
                    intermediates,
                    server_name,
                    ocsp_response,
                    now,
                );
                match verified {
                    Ok(verified) => return Ok(verified),
                    Err(error) => Cause::NotVouchedFor(error),
                }
            }
        };
        let untrusted = OtherError(Arc::new(Untrusted { found, cause }));
        Err(CertificateError::Other(untrusted).into())
    }

    // Without these two a copy of the certificate would do, without its private key.
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        rustls::crypto::verify_tls12_signature(message, certificate, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        rustls::crypto::verify_tls13_signature(message, certificate, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

impl Fingerprint {
    fn of(certificate: &CertificateDer<'_>) -> Self {
        Self(Sha256::digest(certificate.as_ref()).into())
    }
}

impl FromStr for Fingerprint {
    type Err = &'static str;

    /// Reads 64 hexadecimal digits, with or without colons or spaces between the bytes.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "a SHA-256 fingerprint of 64 hexadecimal digits";
        let digits: Vec<u8> = text
            .chars()
            .filter(|char| !matches!(char, ':' | ' '))
            .map(|char| char.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()
            .ok_or(EXPECTED)?;
        let bytes: Vec<u8> = digits
            .chunks_exact(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect();
        match <[u8; 32]>::try_from(bytes) {
            Ok(bytes) if digits.len() == 64 => Ok(Self(bytes)),
            Ok(_) | Err(_) => Err(EXPECTED),
        }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_char(':')?;
            }
            write!(f, "{byte:02X}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

// TLS errors show what they carry by `Debug`; a person has to read it.
impl fmt::Debug for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_every_program_writes_it() {
        let plain = "00ff".repeat(16);
        let colons = ["00:FF"; 16].join(":");
        let read: Fingerprint = plain.parse().unwrap();
        assert_eq!(read, colons.parse().unwrap());
        assert_eq!(read.to_string(), colons);
        for wrong in [
            "",
            "00ff",
            &plain[1..],
            &format!("{plain}0"),
            &plain.replace('f', "g"),
        ] {
            assert!(wrong.parse::<Fingerprint>().is_err(), "{wrong}");
        }
    }
}
