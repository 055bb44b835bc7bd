//! What a page needs before it can show the calculator of a product.

use tirage_pricing::Texts;

use crate::options::Options;

record! { open
    /// Where a template is, by its content.
    pub struct TemplateRef {
        /// SHA-256 of the template's text, in lower-case hexadecimal digits.
        required revision: String,
        /// Path of the template; what it answers never changes.
        required url: String,
        /// Path of what the service's own widget loads of the product.
        optional program: String,
    }
}

record! { open
    /// A product's calculator.
    pub struct Calculator {
        /// The product's key.
        required product: String,
        /// The shop's key.
        required shop: String,
        /// The product's name.
        required name: Texts,
        /// ISO 4217 code of the prices.
        required currency: String,
        /// The template in force.
        required template: TemplateRef,
        /// How the shop shows it.
        required options: Options,
    }
}

record! { open
    /// The products of a shop, in its order.
    pub struct Catalogue {
        /// One entry per product.
        required products: Vec<Calculator>,
    }
}
