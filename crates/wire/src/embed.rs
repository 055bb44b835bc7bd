//! What the scripts of earlier embeds ask, and shortcodes expanded by the service.

use tirage_pricing::Texts;

record! { open
    /// What an earlier embed says, and the product that it means.
    pub struct EarlierProduct {
        /// Which of the calculators; none for all of them.
        optional calculator: String,
        /// Number or name of the category.
        required category: String,
        /// Number or name of the product in it; none for any.
        optional material: String,
        /// Name of the calculator's view; none for any.
        optional config: String,
        /// The product's key here.
        required product: String,
        /// The product's name.
        required name: Texts,
    }
}

record! { open
    /// A language by the number that earlier embeds call it.
    pub struct EarlierLanguage {
        /// The number.
        required id: String,
        /// The language, such as `ru`.
        required locale: String,
    }
}

record! { open
    /// What earlier embeds call products and languages.
    pub struct Embeds {
        /// The shop's settings, and after them every product by its own key.
        required products: Vec<EarlierProduct>,
        /// The shop's settings.
        required languages: Vec<EarlierLanguage>,
    }
}

record! { strict
    /// A page's text with shortcodes.
    pub struct ShortcodesRequest {
        /// The text.
        required html: String,
    }
}

record! { open
    /// A shortcode that was left as it is.
    pub struct ShortcodeProblem {
        /// All of it.
        required shortcode: String,
        /// Why.
        required message: String,
    }
}

record! { open
    /// A page's text with elements in the place of shortcodes.
    pub struct Shortcodes {
        /// The text.
        required html: String,
        /// What was left as it is, and why.
        required problems: Vec<ShortcodeProblem>,
    }
}
