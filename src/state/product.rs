//! A product as the service describes it to a page.

use tirage_pricing::Texts;
use tirage_pricing::json::Json;

use super::read;

/// A product and its template in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The product's key.
    pub key: String,
    /// The product's name.
    pub name: Texts,
    /// ISO 4217 code of the prices.
    pub currency: String,
    /// Revision of the template.
    pub revision: String,
    /// Path of the compiled template.
    pub program: String,
}

/// Reads a product as the service sends it (`tirage_wire::calculator::Calculator`).
#[must_use]
pub fn read(json: &Json) -> Option<Product> {
    let template = json.get("template")?;
    Some(Product {
        key: read::text(json, "product"),
        name: read::texts(json, "name")?,
        currency: read::text(json, "currency"),
        revision: read::text(template, "revision"),
        program: read::text(template, "program"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tirage_pricing::json::ToJson;
    use tirage_wire::calculator::{Calculator, TemplateRef};

    #[test]
    fn the_page_reads_what_the_service_writes() {
        let sent = Calculator {
            product: "business-cards".to_owned(),
            shop: "main".to_owned(),
            name: Texts::neutral("Визитки"),
            currency: "RUB".to_owned(),
            template: TemplateRef {
                revision: "ab".repeat(32),
                url: "/v1/templates/ab".to_owned(),
                program: Some("/v1/programs/01234567/ab".to_owned()),
            },
        };
        let product = read(&sent.to_json()).unwrap();
        assert_eq!(product.key, sent.product);
        assert_eq!(product.name, sent.name);
        assert_eq!(product.revision, sent.template.revision);
        assert_eq!(Some(product.program), sent.template.program);
        assert_eq!(read(&Json::Null), None);
    }
}
