//! `[[categories]]`: products that are sold side by side, what they differ in, and how pages and
//! editors show them.

use std::collections::BTreeSet;
use std::hash::Hash;

use tirage_pricing::Texts;
use tirage_pricing::json::{FromJson, Json, JsonError, Node};
use tirage_wire::category::{Attribute, AttributeValues, View};
use tirage_wire::options::Options;
use toml::Table;

use super::options::{self, check_texts, strictly};
use super::shop::{KEY, is_key};
use super::{Problem, ProductConfig};

/// A category of the shop.
#[derive(Debug, Clone)]
pub struct CategoryConfig {
    /// Its key in addresses.
    pub key: String,
    /// Its name.
    pub name: Texts,
    /// Its products, in the order in which they are shown.
    pub products: Vec<CategoryMember>,
    /// What they differ in.
    pub attributes: Vec<Attribute>,
    /// How their calculators are shown.
    pub options: Options,
    /// Other ways to show the category.
    pub views: Vec<View>,
}

/// A product of a category.
#[derive(Debug, Clone)]
pub struct CategoryMember {
    /// The product's key.
    pub key: String,
    /// The value of each of the category's attributes.
    pub attributes: AttributeValues,
}

impl CategoryConfig {
    /// Where this product may be shown: in the category itself, or in one of its views.
    pub(crate) fn shows(&self, product: &str, view: Option<&View>) -> bool {
        let listed = view.and_then(|view| view.products.as_ref());
        self.products.iter().any(|member| member.key == product)
            && listed.is_none_or(|listed| listed.iter().any(|key| key == product))
    }
}

impl FromJson for CategoryConfig {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        node.only(&["key", "name", "products", "attributes", "options", "views"])?;
        let optional = |name: &str| node.optional(name);
        Ok(Self {
            key: node.field("key")?.text()?.to_owned(),
            name: Texts::from_json(&node.field("name")?)?,
            products: node.field("products")?.list()?,
            attributes: optional("attributes")?.map_or(Ok(Vec::new()), |it| strictly(&it))?,
            options: optional("options")?.map_or(Ok(Options::default()), |it| strictly(&it))?,
            views: optional("views")?.map_or(Ok(Vec::new()), |it| strictly(&it))?,
        })
    }
}

impl FromJson for CategoryMember {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        if let Json::Text(key) = node.value() {
            return Ok(Self {
                key: key.clone(),
                attributes: AttributeValues::default(),
            });
        }
        node.only(&["key", "attributes"])?;
        let attributes = node.optional("attributes")?;
        Ok(Self {
            key: node.field("key")?.text()?.to_owned(),
            attributes: attributes.map_or(Ok(AttributeValues::default()), |it| {
                AttributeValues::from_json(&it)
            })?,
        })
    }
}

pub(super) fn read(entries: Vec<Table>, problems: &mut Vec<Problem>) -> Vec<CategoryConfig> {
    let entries = entries.into_iter().enumerate();
    entries
        .filter_map(|(index, entry)| {
            options::read(&entry.into(), &format!("categories[{index}]"), problems)
        })
        .collect()
}

pub(super) fn check(
    categories: &[CategoryConfig],
    products: &[ProductConfig],
    problems: &mut Vec<Problem>,
) {
    let place = |index: usize| format!("categories[{index}]");
    let keys = categories.iter().map(|category| category.key.as_str());
    check_keys(keys, |index| format!("{}.key", place(index)), problems);
    for (index, category) in categories.iter().enumerate() {
        let mut check = Check {
            category,
            place: place(index),
            problems,
        };
        check.names();
        check.products(products);
        check.attributes();
        check.views();
    }
}

/// Keys of one list: of the right form, and each of them once.
fn check_keys<'k>(
    keys: impl Iterator<Item = &'k str>,
    place: impl Fn(usize) -> String,
    problems: &mut Vec<Problem>,
) {
    let mut seen = BTreeSet::new();
    for (index, key) in keys.enumerate() {
        if !is_key(key) {
            problems.push(Problem::new(place(index), KEY, key));
        }
        if !seen.insert(key) {
            problems.push(Problem::new(place(index), "each key once", key));
        }
    }
}

struct Check<'c> {
    category: &'c CategoryConfig,
    place: String,
    problems: &'c mut Vec<Problem>,
}

impl Check<'_> {
    fn names(&mut self) {
        let place = &self.place;
        check_texts(&self.category.name, &format!("{place}.name"), self.problems);
        options::check(
            &self.category.options,
            &format!("{place}.options"),
            self.problems,
        );
    }

    fn products(&mut self, products: &[ProductConfig]) {
        let place = &self.place;
        let members = &self.category.products;
        let at = |index: usize| format!("{place}.products[{index}]");
        let keys = members.iter().map(|member| member.key.as_str());
        check_keys(keys, at, self.problems);
        if members.is_empty() {
            let expected = "at least one product";
            let problem = Problem::new(format!("{place}.products"), expected, "[]");
            self.problems.push(problem);
        }
        let is_known = |key: &str| products.iter().any(|product| product.key == key);
        for (index, member) in members.iter().enumerate() {
            if !is_known(&member.key) {
                let expected = "the key of one of `[[products]]`";
                self.problems
                    .push(Problem::new(at(index), expected, &member.key));
            }
        }
        let values = members.iter().map(|member| self.values(member)).collect();
        if let Some((first, second)) = (!self.category.attributes.is_empty())
            .then(|| twins(values))
            .flatten()
        {
            let expected = format!("other values than `{}` has", members[first].key);
            let found = &members[second].key;
            self.problems
                .push(Problem::new(at(second), expected, found));
        }
    }

    /// A product's values in the order of the attributes.
    fn values<'m>(&self, member: &'m CategoryMember) -> Vec<Option<&'m str>> {
        let attributes = self.category.attributes.iter();
        attributes
            .map(|attribute| member.attributes.get(&attribute.key))
            .collect()
    }

    fn attributes(&mut self) {
        let place = &self.place;
        let attributes = &self.category.attributes;
        let at = |index: usize| format!("{place}.attributes[{index}]");
        let keys = attributes.iter().map(|attribute| attribute.key.as_str());
        check_keys(keys, |index| format!("{}.key", at(index)), self.problems);
        for (index, attribute) in attributes.iter().enumerate() {
            let at = at(index);
            check_texts(&attribute.name, &format!("{at}.name"), self.problems);
            let keys = attribute.values.iter().map(|value| value.key.as_str());
            let value_at = |index: usize| format!("{at}.values[{index}].key");
            check_keys(keys, value_at, self.problems);
            for (index, value) in attribute.values.iter().enumerate() {
                let name = format!("{at}.values[{index}].name");
                check_texts(&value.name, &name, self.problems);
            }
        }
        for (index, member) in self.category.products.iter().enumerate() {
            let at = format!("{place}.products[{index}].attributes");
            check_member(&member.attributes, attributes, &at, self.problems);
        }
    }

    fn views(&mut self) {
        let place = &self.place;
        let views = &self.category.views;
        let at = |index: usize| format!("{place}.views[{index}]");
        let keys = views.iter().map(|view| view.key.as_str());
        check_keys(keys, |index| format!("{}.key", at(index)), self.problems);
        for (index, view) in views.iter().enumerate() {
            let at = at(index);
            if let Some(own) = &view.options {
                options::check(own, &format!("{at}.options"), self.problems);
            }
            let Some(listed) = &view.products else {
                continue;
            };
            let keys = listed.iter().map(String::as_str);
            check_keys(keys, |i| format!("{at}.products[{i}]"), self.problems);
            for (index, key) in listed.iter().enumerate() {
                if !self.category.shows(key, None) {
                    let expected = "one of the category's products";
                    let place = format!("{at}.products[{index}]");
                    self.problems.push(Problem::new(place, expected, key));
                }
            }
        }
    }
}

/// A product has exactly one of the values of each attribute.
fn check_member(
    values: &AttributeValues,
    attributes: &[Attribute],
    place: &str,
    problems: &mut Vec<Problem>,
) {
    for attribute in attributes {
        let keys: Vec<&str> = attribute.values.iter().map(|it| it.key.as_str()).collect();
        let value = values.get(&attribute.key).unwrap_or_default();
        if !keys.contains(&value) {
            let expected = format!("one of {}", keys.join(", "));
            let place = format!("{place}.{}", attribute.key);
            problems.push(Problem::new(place, expected, value));
        }
    }
    for (key, _) in &values.0 {
        if !attributes.iter().any(|attribute| attribute.key == *key) {
            let expected = "keys of the category's attributes";
            problems.push(Problem::new(place, expected, key));
        }
    }
}

/// The first two that are equal.
fn twins<T: Hash + Eq>(items: Vec<T>) -> Option<(usize, usize)> {
    let mut seen = std::collections::HashMap::new();
    items
        .into_iter()
        .enumerate()
        .find_map(|(index, item)| seen.insert(item, index).map(|first| (first, index)))
}

#[cfg(test)]
mod tests;
