//! How a shop shows its calculators: options of products, categories and views of categories.

use tirage_pricing::Texts;

record! { open
    /// How a calculator is shown. What is missing is left to whoever is asked next, and in the end
    /// to the calculator itself.
    #[derive(Default)]
    pub struct Options {
        /// Caption of the button that goes on.
        optional continue_label: Texts,
        /// Whether the button that adds to the cart is shown.
        optional cart_button: bool,
        /// Whether the button that orders at once is shown.
        optional order_button: bool,
        /// Caption of that button.
        optional order_label: Texts,
        /// Where that button leads once the line is in the cart.
        optional order_page: String,
        /// Whether questions for files are shown.
        optional files: bool,
        /// Whether the price of one piece is shown.
        optional unit_price: bool,
        /// The shop's own styles, on pages.
        optional style_page: String,
        /// The shop's own styles, in an editor.
        optional style_editor: String,
        /// Theme, colour scheme, or both with a space between them.
        optional theme: String,
    }
}

/// What [`Options::theme`] may name: a theme …
pub const THEMES: [&str; 3] = ["neutral", "contrast", "compact"];
/// … and a colour scheme.
pub const SCHEMES: [&str; 3] = ["light", "dark", "auto"];

impl Options {
    /// These options, and where they say nothing what `below` says.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self {
            continue_label: self.continue_label.or(below.continue_label),
            cart_button: self.cart_button.or(below.cart_button),
            order_button: self.order_button.or(below.order_button),
            order_label: self.order_label.or(below.order_label),
            order_page: self.order_page.or(below.order_page),
            files: self.files.or(below.files),
            unit_price: self.unit_price.or(below.unit_price),
            style_page: self.style_page.or(below.style_page),
            style_editor: self.style_editor.or(below.style_editor),
            theme: self.theme.or(below.theme),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_above_counts_and_gaps_show_what_lies_below() {
        let above = Options {
            files: Some(false),
            ..Options::default()
        };
        let below = Options {
            files: Some(true),
            theme: Some("compact dark".to_owned()),
            continue_label: Some(Texts::neutral("Next")),
            ..Options::default()
        };
        let both = above.over(below.clone());
        assert_eq!(both.files, Some(false));
        assert_eq!(
            (both.theme, both.continue_label),
            (below.theme, below.continue_label)
        );
    }
}
