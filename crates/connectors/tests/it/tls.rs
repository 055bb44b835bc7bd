//! Certificates: a server that has signed its own, and others that pretend to be it.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::{TLS12, TLS13};
use rustls::{ServerConfig, SupportedProtocolVersion};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tirage_connectors::conformance::everything_told;
use tirage_connectors::http::Http;
use tirage_connectors::{Connector, Reason};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::script::{Script, Step, answer};
use crate::setup::{hasty, patient, push, settings, try_connect};

struct Identity {
    certificate: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
}

impl Identity {
    fn new() -> Self {
        let own = rcgen::generate_simple_self_signed(["asystem.local".to_owned()]).unwrap();
        Self {
            certificate: own.cert.der().clone(),
            key: PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap(),
        }
    }

    fn fingerprint(&self) -> String {
        let digest: [u8; 32] = Sha256::digest(&self.certificate).into();
        digest.map(|byte| format!("{byte:02X}")).join(":")
    }
}

/// Serves one answer per connection for as long as the test runs, and says where.
async fn serve(certificate: &Identity, key: &Identity) -> String {
    serve_by(certificate, key, rustls::ALL_VERSIONS).await
}

async fn serve_by(
    certificate: &Identity,
    key: &Identity,
    versions: &[&'static SupportedProtocolVersion],
) -> String {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let signer = provider
        .key_provider
        .load_private_key(key.key.clone_key())
        .unwrap();
    // Built by hand, because the usual way refuses a certificate with another's key.
    let shown = rustls::sign::CertifiedKey::new(vec![certificate.certificate.clone()], signer);
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(rustls::sign::SingleCertAndKey::from(shown)));
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    return;
                };
                let mut request = vec![0; 64 * 1024];
                let _ = stream.read(&mut request).await;
                let _ = stream
                    .write_all(&answer("200 OK", "", r#"{"id":"1"}"#))
                    .await;
                let _ = stream.shutdown().await;
            });
        }
    });
    url
}

fn connect(url: &str, pinned: Option<&str>, http: &Http) -> Arc<dyn Connector> {
    let network = json!({ "allow": ["127.0.0.1"], "certificate_sha256": pinned });
    try_connect(&settings(url, &json!({ "network": network })), http).unwrap()
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_refused_and_shown() {
    let own = Identity::new();
    let url = serve(&own, &own).await;
    let error = push(connect(&url, None, &patient()).as_ref())
        .await
        .unwrap_err();
    assert_eq!(error.reason, Reason::Unavailable);
    let told = error.explained();
    assert!(told.contains(&own.fingerprint()), "{told}");
}

#[tokio::test]
async fn the_trusted_certificate_is_accepted_whatever_its_name() {
    let own = Identity::new();
    let url = serve(&own, &own).await;
    let connector = connect(&url, Some(&own.fingerprint()), &patient());
    assert_eq!(push(connector.as_ref()).await.unwrap().id, "1");
}

#[tokio::test]
async fn any_other_certificate_is_refused() {
    let (own, other) = (Identity::new(), Identity::new());
    let url = serve(&other, &other).await;
    let connector = connect(&url, Some(&own.fingerprint()), &patient());
    let error = push(connector.as_ref()).await.unwrap_err();
    assert_eq!(error.reason, Reason::Unavailable);
    let told = everything_told(&error);
    assert!(
        told.contains(&own.fingerprint()) && told.contains(&other.fingerprint()),
        "{told}"
    );
}

#[tokio::test]
async fn a_copy_of_the_trusted_certificate_without_its_key_is_refused() {
    let (own, thief) = (Identity::new(), Identity::new());
    for version in [&TLS12, &TLS13] {
        let url = serve_by(&own, &own, &[version]).await;
        let connector = connect(&url, Some(&own.fingerprint()), &patient());
        assert_eq!(
            push(connector.as_ref()).await.unwrap().id,
            "1",
            "{version:?}"
        );

        let url = serve_by(&own, &thief, &[version]).await;
        let connector = connect(&url, Some(&own.fingerprint()), &patient());
        let error = push(connector.as_ref()).await.unwrap_err();
        assert_eq!(error.reason, Reason::Unavailable, "{version:?}");
    }
}

#[tokio::test]
async fn a_handshake_that_breaks_or_never_ends_means_nothing_was_sent() {
    for step in [Step::ResetReading(1), Step::ResetReading(50), Step::Silence] {
        let script = Script::start(step.clone()).await;
        let url = script.url.replace("http:", "https:");
        let error = push(connect(&url, None, &hasty()).as_ref())
            .await
            .unwrap_err();
        assert_eq!(error.reason, Reason::Unavailable, "{step:?}");
    }
    let plain = Script::start(Step::Answer(answer("400 Bad Request", "", ""))).await;
    let url = plain.url.replace("http:", "https:");
    let error = push(connect(&url, None, &hasty()).as_ref())
        .await
        .unwrap_err();
    assert_eq!(error.reason, Reason::Unavailable);
}
