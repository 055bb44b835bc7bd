//! The settings as a whole: the layers over each other, and every problem at once.

use std::path::Path;

use super::*;

fn sources(directory: &Path, file: &str, environment: &[(&str, &str)]) -> Sources {
    let path = directory.join("tirage.toml");
    std::fs::write(&path, file).unwrap();
    let environment = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Sources {
        file: Some(path),
        environment,
    }
}

fn load(file: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let directory = tempfile::tempdir().unwrap();
    Config::load(&sources(directory.path(), file, environment))
}

fn problems(file: &str, environment: &[(&str, &str)]) -> Vec<String> {
    let error = load(file, environment).unwrap_err();
    error.0.iter().map(ToString::to_string).collect()
}

const CONNECTION: &str = r#"
[[connections]]
id = "print-house"
kind = "asystem"
api_host = "https://print-house.example"
api_key = "from-file"
"#;

#[test]
fn the_defaults_are_complete_and_valid() {
    let config = Config::load(&Sources::default()).unwrap();
    assert_eq!(config.server.listen.port(), 8080);
    assert!(matches!(config.database, DatabaseSection::Sqlite { .. }));
    assert!(config.products.is_empty());
}

#[test]
fn a_file_lies_over_the_defaults_and_the_environment_over_both() {
    let config = load(
        "[server]\nlisten = \"127.0.0.1:1\"\ndemo = true\n[shop]\nname = \"File\"",
        &[
            ("TIRAGE__SERVER__LISTEN", "127.0.0.1:2"),
            ("TIRAGE__OUTBOX__WORKERS", "7"),
            (
                "TIRAGE__SHOP__ALLOWED_ORIGINS",
                "[\"https://shop.example\"]",
            ),
            ("HOME", "/root"),
        ],
    )
    .unwrap();
    assert_eq!(config.server.listen.port(), 2);
    assert!(config.server.demo);
    assert_eq!(config.shop.name, "File");
    assert_eq!(config.outbox.workers, 7);
    assert_eq!(config.shop.allowed_origins, ["https://shop.example"]);
}

#[test]
fn another_database_leaves_nothing_of_the_default_one() {
    let environment = [
        ("TIRAGE__DATABASE__URL", "postgres://u:p@h/d"),
        ("TIRAGE__DATABASE__KIND", "postgres"),
    ];
    let config = load("", &environment).unwrap();
    assert!(matches!(config.database, DatabaseSection::Postgres { .. }));
}

#[test]
fn half_a_database_cannot_be_written_down() {
    let both = problems("[database]\nkind = \"postgres\"\npath = \"x.db\"", &[]);
    assert_eq!(both.len(), 1, "{both:?}");
    assert!(both[0].starts_with("database: "), "{both:?}");
}

#[test]
fn the_environment_reaches_into_a_connection_by_its_id() {
    use secrecy::ExposeSecret as _;
    use tirage_connectors::registry::ConnectorConfig;
    let key = [("TIRAGE__CONNECTIONS__PRINT_HOUSE__API_KEY", "12345")];
    let config = load(CONNECTION, &key).unwrap();
    let ConnectorConfig::Asystem(asystem) = &config.connections[0].connector else {
        panic!("{:?}", config.connections);
    };
    assert_eq!(asystem.api_key.expose_secret(), "12345");
}

#[test]
fn all_problems_are_told_at_once() {
    let found = problems(
        "[server]\nlisten = 8080\n[shop]\nkey = \"Main\"\nnumber_prefix = \"\"\n[outbox]\nworkrs = 3\n[sever]\n",
        &[
            ("TIRAGE__LOG__FORMAT", "xml"),
            ("TIRAGE__CONNECTIONS__NOBODY__KEY", "k"),
        ],
    );
    let places = [
        "TIRAGE__CONNECTIONS__NOBODY__KEY",
        "server",
        "outbox",
        "log",
        "sever",
    ];
    for place in places {
        let named = found
            .iter()
            .any(|problem| problem.starts_with(&format!("{place}: ")));
        assert!(named, "{place} is missing in {found:#?}");
    }
    assert!(
        found.iter().any(|problem| problem.contains("`workrs`")),
        "{found:#?}"
    );
}

#[test]
fn what_types_cannot_say_is_told_at_once_too() {
    let found = problems(
        "[server]\npublic_url = \"https://x/y\"\n[shop]\nallowed_origins = [\"https://a.example/\", \"*\"]\n[log]\nfilter = \"a=b=c\"",
        &[],
    );
    assert_eq!(found.len(), 4, "{found:#?}");
}

#[test]
fn a_syntax_error_names_the_line() {
    let found = problems("[server]\nlisten = = 3\n", &[]);
    assert!(found[0].contains("tirage.toml: line 2: "), "{found:?}");
}

#[test]
fn the_same_connection_twice_is_refused() {
    let found = problems(&format!("{CONNECTION}{CONNECTION}"), &[]);
    assert!(found[0].contains("each connection once"), "{found:?}");
}

#[test]
fn a_connector_checks_its_own_settings() {
    let plain = CONNECTION
        .replace("https:", "http:")
        .replace("from-file", "k");
    let found = problems(&plain, &[]);
    let places = ["connections[0].api_host", "connections[0].api_key"];
    for place in places {
        let named = found.iter().any(|problem| problem.starts_with(place));
        assert!(named, "{place} is missing in {found:#?}");
    }
}

#[test]
fn a_connector_s_settings_may_stand_in_a_document_of_their_own() {
    use tirage_connectors::registry::ConnectorConfig;
    let directory = tempfile::tempdir().unwrap();
    let document = directory.path().join("print-house.json");
    let text =
        r#"{ "api_key": "from-document", "profile": { "find_order": null }, "settle_seconds": 1 }"#;
    std::fs::write(&document, text).unwrap();
    let file = CONNECTION.replace(
        "api_key = \"from-file\"",
        &format!("settings = {document:?}"),
    );
    let config = load(&format!("{file}settle_seconds = 2\n"), &[]).unwrap();
    let ConnectorConfig::Asystem(asystem) = &config.connections[0].connector else {
        panic!("{:?}", config.connections);
    };
    assert!(asystem.profile.find_order.is_none());
    assert_eq!(asystem.settle_seconds, 2);
    std::fs::write(&document, "{ \"api_key\": \"canary").unwrap();
    let found = problems(&file, &[]);
    assert!(found[0].contains("line 1, column 20"), "{found:?}");
    assert!(!found[0].contains("canary"), "{found:?}");
}

#[test]
fn no_secret_is_printed_or_debugged() {
    let file =
        format!("{CONNECTION}\n[database]\nkind = \"postgres\"\nurl = \"postgres://u:canary@h/d\"");
    let file = file.replace("from-file", "canary");
    let directory = tempfile::tempdir().unwrap();
    let sources = sources(directory.path(), &file, &[]);
    let shown = effective(&sources).unwrap();
    let debugged = format!("{:?}", Config::load(&sources).unwrap());
    assert!(!shown.contains("canary"), "{shown}");
    assert!(!debugged.contains("canary"), "{debugged}");
    assert!(shown.contains("print-house"), "{shown}");
}

#[test]
fn a_wrong_secret_is_not_quoted() {
    let found = problems(&CONNECTION.replace("\"from-file\"", "4444"), &[]);
    assert!(!found[0].contains("4444"), "{found:?}");
}

#[test]
fn every_setting_of_the_default_file_is_explained() {
    let text = include_str!("../../config.default.toml");
    let mut explained = false;
    for line in text.lines() {
        match line.chars().next() {
            Some('#') => explained = true,
            Some('[') | None => explained = false,
            // A comment may speak of several settings below it.
            Some(_) => assert!(explained, "no comment above `{line}`"),
        }
    }
}

#[test]
fn earlier_embeds_are_named_by_number_or_text_and_checked() {
    let entry =
        "[[compatibility.products]]\ncategory = 982756\nmaterial = \"a5\"\nproduct = \"flyers\"\n";
    let config = load(entry, &[]).unwrap();
    let [product] = config.compatibility.products.as_slice() else {
        panic!("{:?}", config.compatibility);
    };
    assert_eq!(product.category, Name("982756".to_owned()));
    assert_eq!(product.material, Some(Name("a5".to_owned())));

    let found = problems(
        "[[compatibility.products]]\ncalculator = \"excel\"\ncategory = \"\"\nproduct = \"A5\"\n",
        &[],
    );
    for place in ["calculator", "category", "product"] {
        let place = format!("compatibility.products[0].{place}: ");
        assert!(found.iter().any(|it| it.starts_with(&place)), "{found:#?}");
    }
}
