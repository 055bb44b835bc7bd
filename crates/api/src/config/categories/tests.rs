//! Categories as they are written, right and wrong.

use crate::config::{Config, Sources};

const PRODUCTS: &str = "[[products]]\nkey = \"cards\"\ntemplate = \"c.json\"\n\
                        [[products]]\nkey = \"flyers\"\ntemplate = \"f.json\"\n";

const CATEGORY: &str = r#"
[[categories]]
key = "paper"
name = { ru = "Бумага", en = "Paper" }
products = [
  { key = "cards", attributes = { size = "small" } },
  { key = "flyers", attributes = { size = "large" } },
]
attributes = [
  { key = "size", name = "Size", values = [{ key = "small", name = "S" }, { key = "large", name = "L" }] },
]
options = { files = false, style_page = "/shop.css", theme = "compact dark" }
[[categories.views]]
key = "editor"
options = { style_editor = "https://shop.example/editor.css" }
products = ["cards"]
"#;

fn problems(settings: &str) -> Vec<String> {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("tirage.toml");
    std::fs::write(&file, format!("{PRODUCTS}{settings}")).unwrap();
    let sources = Sources {
        file: Some(file),
        environment: Vec::new(),
    };
    let error = Config::load(&sources).err();
    let problems = error.into_iter().flat_map(|error| error.0);
    problems.map(|problem| problem.to_string()).collect()
}

#[test]
fn a_category_with_everything_is_right() {
    assert_eq!(problems(CATEGORY), Vec::<String>::new());
    let plain = "[[categories]]\nkey = \"all\"\nname = \"All\"\nproducts = [\"cards\"]\n";
    assert_eq!(problems(plain), Vec::<String>::new());
}

#[test]
fn each_mistake_is_told_with_its_place_its_value_and_what_was_expected() {
    for (right, wrong, problem) in [
        (
            "key = \"paper\"",
            "key = \"Paper\"",
            "categories[0].key: expected 1 to 64 of a-z, 0-9, `-` and `_`, found `Paper`",
        ),
        (
            "name = { ru = \"Бумага\", en = \"Paper\" }",
            "name = \" \"",
            "categories[0].name: expected 1 to 100 characters, found ` `",
        ),
        (
            "{ key = \"cards\", ",
            "{ key = \"mugs\", ",
            "categories[0].products[0]: expected the key of one of `[[products]]`, found `mugs`",
        ),
        (
            "{ key = \"cards\", ",
            "{ key = \"flyers\", ",
            "categories[0].products[1]: expected each key once, found `flyers`",
        ),
        (
            "size = \"small\"",
            "size = \"tiny\"",
            "categories[0].products[0].attributes.size: expected one of small, large, found `tiny`",
        ),
        (
            "size = \"small\"",
            "size = \"large\"",
            "categories[0].products[1]: expected other values than `cards` has, found `flyers`",
        ),
        (
            "size = \"small\"",
            "size = \"small\", colour = \"red\"",
            "categories[0].products[0].attributes: expected keys of the category's attributes, found `colour`",
        ),
        (
            "{ size = \"small\" }",
            "\"small\"",
            "categories[0].products[0].attributes: expected an object, found the text \"small\"",
        ),
        (
            "{ key = \"large\", name = \"L\" }",
            "{ key = \"small\", name = \"L\" }",
            "categories[0].attributes[0].values[1].key: expected each key once, found `small`",
        ),
        (
            "files = false",
            "files = \"no\"",
            "categories[0].options.files: expected true or false, found the text \"no\"",
        ),
        (
            "files = false",
            "flies = false",
            "categories[0].options.flies: expected a name that there is, found false",
        ),
        (
            "\"/shop.css\"",
            "\"//shop.example/shop.css\"",
            "categories[0].options.style_page: expected an address that begins with https://, http:// or one /, found `//shop.example/shop.css`",
        ),
        (
            "\"https://shop.example/editor.css\"",
            "\"javascript:alert(1)\"",
            "categories[0].views[0].options.style_editor: expected an address that begins with https://, http:// or one /, found `javascript:alert(1)`",
        ),
        (
            "\"compact dark\"",
            "\"dark light\"",
            "categories[0].options.theme: expected one of neutral, contrast, compact, one of light, dark, auto, or one of each, found `dark light`",
        ),
        (
            "products = [\"cards\"]",
            "products = [\"mugs\"]",
            "categories[0].views[0].products[0]: expected one of the category's products, found `mugs`",
        ),
    ] {
        let settings = CATEGORY.replacen(right, wrong, 1);
        assert_ne!(settings, CATEGORY, "{right}");
        let found = problems(&settings);
        assert!(found.contains(&problem.to_owned()), "{problem}\n{found:#?}");
    }
}

#[test]
fn what_is_missing_or_twice_is_told() {
    let found = problems("[[categories]]\nkey = \"a\"\nname = \"A\"\n");
    assert_eq!(
        found,
        ["categories[0]: expected a field `products`, found none"]
    );
    let found = problems("[[categories]]\nkey = \"a\"\nname = \"A\"\nproducts = []\n");
    assert_eq!(
        found,
        ["categories[0].products: expected at least one product, found `[]`"]
    );
    let found = problems(&format!("{CATEGORY}{CATEGORY}"));
    assert_eq!(
        found,
        ["categories[1].key: expected each key once, found `paper`"]
    );
}

#[test]
fn a_product_s_own_options_are_checked_in_the_same_way() {
    let product = "[[products]]\nkey = \"mugs\"\ntemplate = \"m.json\"\n";
    for (options, problem) in [
        (
            "{ unit_price = 1 }",
            "products[2].options.unit_price: expected true or false, found the number 1",
        ),
        (
            "{ order_page = \"cart\" }",
            "products[2].options.order_page: expected an address that begins with https://, http:// or one /, found `cart`",
        ),
    ] {
        let found = problems(&format!("{product}options = {options}\n"));
        assert_eq!(found, [problem]);
    }
}
