//! The templates of `examples/` load, and come out as their own worked examples say.

use tirage_pricing::Template;

pub(crate) const TEMPLATES: [&str; 3] = [
    include_str!("../../../../examples/business-cards.json"),
    include_str!("../../../../examples/document-printing.json"),
    include_str!("../../../../examples/photo-printing.json"),
];

#[test]
fn the_example_templates_hold_to_their_worked_examples() {
    for text in TEMPLATES {
        let template = Template::parse(text).unwrap();
        assert!(template.examples().len() >= 4, "{}", template.key());
        assert_eq!(template.failing_examples(), [], "{}", template.key());
    }
}
