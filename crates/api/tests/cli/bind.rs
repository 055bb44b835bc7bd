//! Templates fitted to products from the command line.

use crate::support::{EXAMPLE, Folder, Ran, template};

fn bind(folder: &Folder, binding: &str, more: &[&str]) -> Ran {
    let command = ["template", "bind", "t.json", "--binding", "-"];
    folder.give(&[&command, more].concat(), binding)
}

#[test]
fn the_fitted_template_is_written_and_the_template_stays() {
    let text = template("2", EXAMPLE);
    let folder = Folder::with(&text);
    let binding = r#"{"format":1,"key":"p","parameters":{"run":{"fixed":30,"name":"Count"}},
        "examples":[{"name":"thirty","answers":{},"expect":{"total":60}}]}"#;
    let ran = bind(&folder, binding, &["--out", "new.json"]);
    assert_eq!(
        ran.out,
        "-: the template `p`\n\
         \u{20} `run`: fixed, name\n\
         left out, because it does not hold any more: the example \"ten\"\n\
         written to new.json\n"
    );
    assert_eq!(folder.file("t.json"), text);
    let ran = folder.tirage(&["template", "test", "new.json"]);
    assert_eq!(ran.out, "1 example: 1 passed, 0 failed\n");
}

#[test]
fn own_prices_are_told() {
    let binding = r#"{"format":1,"prices":{"lines":[{"key":"all","name":"All","price":7}]}}"#;
    let ran = bind(&Folder::with(&template("2", "")), binding, &["--out", "-"]);
    assert!(ran.err.contains("  its own prices: 1 line"), "{ran:?}");
    assert!(ran.out.starts_with(r#"{"format":1,"key":"t","#), "{ran:?}");
}

#[test]
fn a_mistake_is_told_with_its_place_in_the_binding_and_nothing_is_written() {
    let text = template("2", "");
    let folder = Folder::with(&text);
    for (binding, said) in [
        (
            "{\"format\": 1,\n \"parameters\": { \"rum\": {} }}",
            "-:2:25: expected the path of a parameter, a detail or an operation: one of run, found `rum`\n",
        ),
        (
            "{\"format\": 1,\n \"parameters\": { \"run\": { \"default\": 500 } }}",
            "-:2:38: expected a whole number from 1 to 100, found the number 500\n",
        ),
        (
            "{\"format\": 1,",
            "-:1:14: expected a key in quotes, found the end of the text\n",
        ),
        (
            "{\"format\": 1, \"prices\": { \"lines\": [{ \"key\": \"x\", \"name\": \"X\", \"price\": \"rum\" }] }}",
            "-:1:74: expected a parameter or a named value, found the unknown name `rum`\n",
        ),
    ] {
        let ran = bind(&folder, binding, &["--out", "t.json"]);
        assert!(ran.out.starts_with(said), "{ran:?}");
        assert_eq!(ran.code, 1);
        assert_eq!(folder.file("t.json"), text);
    }
}
