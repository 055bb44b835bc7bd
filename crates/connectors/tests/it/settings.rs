//! Settings of connections: what is refused, all at once, and without telling secrets.

use serde_json::json;
use tirage_connectors::ConnectorKind;
use tirage_connectors::asystem::Profile;
use tirage_connectors::registry::ConnectorConfig;

use crate::setup::{KEY, patient, settings, try_connect};

fn problems(more: &serde_json::Value) -> Vec<String> {
    let error = try_connect(&settings("http://127.0.0.1", more), &patient()).unwrap_err();
    assert!(!format!("{error} {error:?}").contains(KEY));
    error
        .problems
        .into_iter()
        .map(|problem| problem.field)
        .collect()
}

#[test]
fn the_least_settings_are_enough() {
    let least = json!({ "kind": "asystem", "api_host": "https://8.8.8.8", "api_key": KEY });
    let connector = try_connect(&least.to_string(), &patient()).unwrap();
    assert_eq!(connector.kind(), ConnectorKind::Asystem);
    assert!(connector.capabilities().find_orders);
    assert_eq!(connector.capabilities().settle.as_secs(), 120);
    let memory = try_connect(r#"{"kind":"memory"}"#, &patient()).unwrap();
    assert_eq!(memory.kind(), ConnectorKind::Memory);
}

#[test]
fn everything_that_is_wrong_is_reported_at_once() {
    let found = problems(&json!({
        "api_host": "http://user:password@10.0.0.1/path",
        "api_key": "ключ",
        "network": { "allow": ["10.0.0.0/99", "127.0.0.1", "a b"], "certificate_sha256": "00" },
        "profile": {
            "key_header": "not a header",
            "identifiers": { "method": "GET IT", "path": "identifiers" },
            "order": { "price": "/total/sum", "currency": "/total" },
        },
    }));
    let expected = [
        "/network/allow/0",
        "/network/allow/2",
        "/network/certificate_sha256",
        "/api_host",
        "/profile/key_header",
        "/api_key",
        "/profile/identifiers/method",
        "/profile/identifiers/path",
        "/profile/order/currency",
    ];
    assert_eq!(found, expected);
}

#[test]
fn plain_http_needs_a_word_of_its_own() {
    let strict = json!({ "network": { "allow": ["127.0.0.1"] } });
    assert_eq!(problems(&strict), ["/api_host"]);
}

#[test]
fn a_search_for_a_number_that_is_never_sent_is_refused() {
    let blind = json!({ "profile": { "order": { "external_number": null } } });
    assert_eq!(problems(&blind), ["/profile/order/external_number"]);
    let held = json!({ "profile": { "order": { "external_number": null }, "find_order": null } });
    let held = settings("http://127.0.0.1", &held);
    assert!(
        !try_connect(&held, &patient())
            .unwrap()
            .capabilities()
            .find_orders
    );
}

#[test]
fn a_misspelled_setting_is_refused_by_name() {
    for (more, named) in [
        (json!({ "manger_id": "7" }), "manger_id"),
        (json!({ "profile": { "base": "/" } }), "base"),
        (
            json!({ "profile": { "order": { "prize": "/p" } } }),
            "prize",
        ),
        (json!({ "network": { "insecure": true } }), "insecure"),
        (json!({ "profile": { "found": "items" } }), "JSON pointer"),
    ] {
        let error = ConnectorConfig::from_json(&settings("http://127.0.0.1", &more)).unwrap_err();
        assert!(error.to_string().contains(named), "{error}");
    }
    let unknown = r#"{"kind":"fax"}"#;
    assert!(
        ConnectorConfig::from_json(unknown)
            .unwrap_err()
            .to_string()
            .contains("fax")
    );
}

#[test]
fn no_secret_is_told_by_settings_or_their_mistakes() {
    let config = ConnectorConfig::from_json(&settings("http://127.0.0.1", &json!({}))).unwrap();
    assert!(!format!("{config:?}").contains(KEY));
    let secret = json!({ "api_key": { "text": "canary-9b1c7e" } });
    let error = ConnectorConfig::from_json(&settings("http://127.0.0.1", &secret)).unwrap_err();
    assert!(!format!("{error:?}").contains(KEY));
    let number = json!({ "api_key": 918_273_645 });
    let error = ConnectorConfig::from_json(&settings("http://127.0.0.1", &number)).unwrap_err();
    assert!(!format!("{error:?}").contains("918273645"), "{error}");
    assert!(error.to_string().contains("api_key"));
    let password = json!({ "api_host": "https://user:canary-9b1c7e@erp.example" });
    assert_eq!(problems(&password), ["/api_host"]);
}

#[test]
fn the_documented_profile_is_the_default_one() {
    let page = include_str!("../../../../docs/connectors.md");
    let (_, profile) = page
        .split_once("<!-- default-profile -->\n```json\n")
        .unwrap();
    let (profile, _) = profile.split_once("```").unwrap();
    let documented: serde_json::Value = serde_json::from_str(profile).unwrap();
    assert_eq!(
        documented,
        serde_json::to_value(Profile::default()).unwrap()
    );
    let read: Profile = serde_json::from_value(documented).unwrap();
    assert_eq!(read, Profile::default());
}
