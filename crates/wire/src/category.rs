//! Categories of a shop: products that are sold side by side, and how they are shown.

use tirage_pricing::Texts;
use tirage_pricing::json::{FromJson, Json, JsonError, Node, ToJson};

use crate::calculator::TemplateRef;
use crate::options::Options;

record! { open
    /// What products of a category differ in, for a buyer who chooses by that.
    pub struct Attribute {
        /// Its key.
        required key: String,
        /// Its name.
        required name: Texts,
        /// What it may be, in the order of the shop.
        required values: Vec<AttributeValue>,
    }
}

record! { open
    /// One of the things that an attribute may be.
    pub struct AttributeValue {
        /// Its key.
        required key: String,
        /// Its name.
        required name: Texts,
    }
}

record! { open
    /// A way to show a category, such as one for the shop's pages and one for an editor.
    pub struct View {
        /// Its key.
        required key: String,
        /// What it shows in another way than the category.
        optional options: Options,
        /// Keys of the products it shows; without it all of them.
        optional products: Vec<String>,
    }
}

record! { open
    /// A product in a category.
    pub struct CategoryProduct {
        /// The product's key.
        required product: String,
        /// The product's name.
        required name: Texts,
        /// The value of each of the category's attributes.
        required attributes: AttributeValues,
        /// ISO 4217 code of the prices.
        required currency: String,
        /// The template in force.
        required template: TemplateRef,
    }
}

record! { open
    /// A category.
    pub struct Category {
        /// The category's key.
        required category: String,
        /// The shop's key.
        required shop: String,
        /// The category's name.
        required name: Texts,
        /// The products, in the order of the shop.
        required products: Vec<CategoryProduct>,
        /// What they differ in; without any, a buyer chooses from a list.
        required attributes: Vec<Attribute>,
        /// How its calculators are shown.
        required options: Options,
        /// The other ways to show it.
        required views: Vec<View>,
    }
}

record! { open
    /// The categories of a shop, in its order.
    pub struct Categories {
        /// One entry per category.
        required categories: Vec<Category>,
    }
}

/// Keys of values by keys of attributes: an object of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttributeValues(pub Vec<(String, String)>);

impl AttributeValues {
    /// The value of an attribute.
    #[must_use]
    pub fn get(&self, attribute: &str) -> Option<&str> {
        let mut pairs = self.0.iter();
        let found = pairs.find(|(key, _)| key == attribute);
        found.map(|(_, value)| value.as_str())
    }
}

impl ToJson for AttributeValues {
    fn to_json(&self) -> Json {
        let pairs = self.0.iter();
        Json::Object(
            pairs
                .map(|(key, value)| (key.clone(), Json::text(value.as_str())))
                .collect(),
        )
    }
}

impl FromJson for AttributeValues {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        let pairs = node.fields()?;
        let pairs = pairs.map(|(key, value)| Ok((key.to_owned(), value.text()?.to_owned())));
        pairs.collect::<Result<_, _>>().map(Self)
    }
}
