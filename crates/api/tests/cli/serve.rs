//! What a shop's settings are refused for at start, when the templates are read.

use crate::support::{Folder, Ran, template};

/// Serves `t.json` under these settings, which are wrong.
fn refused(template: &str, settings: &str) -> Ran {
    let folder = Folder::with(template);
    let own = "[server]\nlisten = \"127.0.0.1:0\"\n\
               [database]\nkind = \"sqlite\"\npath = \"t.db\"\n";
    let settings = format!("{own}{settings}");
    std::fs::write(folder.path("t.toml"), settings).unwrap();
    folder.tirage(&["serve", "--config", "t.toml"])
}

/// The template with a question for a file that has to be answered: always, or by a rule.
fn asking(required: &str) -> String {
    let file = format!(
        r#""default": 10 }}, {{ "key": "layout", "kind": "file", "name": "Layout", "required": {required} }}]"#
    );
    template("2", "").replace("\"default\": 10 }]", &file)
}

#[test]
fn a_file_that_has_to_be_given_and_is_never_asked_for_is_refused() {
    let category = "[[products]]\nkey = \"p\"\ntemplate = \"t.json\"\n\
                    [[categories]]\nkey = \"c\"\nname = \"C\"\nproducts = [\"p\"]\n";
    for (required, settings, place) in [
        (
            "true",
            "[[products]]\nkey = \"p\"\ntemplate = \"t.json\"\noptions = { files = false }\n"
                .to_owned(),
            "its own options leave",
        ),
        (
            "\"run > 5\"",
            format!("{category}options = {{ files = false }}\n"),
            "the view `page` of category `c` leaves",
        ),
        (
            "true",
            format!(
                "{category}[[categories.views]]\nkey = \"sale\"\noptions = {{ files = false }}\n"
            ),
            "the view `sale` of category `c` leaves",
        ),
    ] {
        let ran = refused(&asking(required), &settings);
        assert_eq!(
            ran.err,
            format!(
                "tirage: cannot publish the products: the product `p` cannot be ordered: {place} \
                 files out (`files = false`), but its parameter `layout` has to be answered; \
                 expected a file that may be missing, or a parameter that is hidden and answered \
                 by the page itself\n"
            )
        );
        assert_eq!(ran.code, 1);
    }
}
