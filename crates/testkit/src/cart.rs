//! Carts as a client writes them: JSON that a test may bend as it likes.

use serde_json::{Value, json};

/// A cart under construction.
#[derive(Debug, Clone)]
pub struct CartBuilder(Value);

/// A private person.
#[must_use]
pub fn customer() -> Value {
    json!({
        "kind": "person",
        "name": "Анна Печатникова",
        "phone": "+7 900 000-00-00",
        "email": "anna@example.com"
    })
}

impl CartBuilder {
    /// An empty cart of a private person.
    #[must_use]
    pub fn new() -> Self {
        Self(json!({ "customer": customer(), "locale": "ru", "lines": [], "total": "0" }))
    }

    /// With one more line; the cart's total stays as it is.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "`json!` reads best without a `&`"
    )]
    #[must_use]
    pub fn line(mut self, product: &str, template: &str, answers: Value, total: &str) -> Self {
        let line = json!({
            "product": product,
            "template": template,
            "answers": answers,
            "total": total
        });
        if let Some(lines) = self.0["lines"].as_array_mut() {
            lines.push(line);
        }
        self
    }

    /// With this total.
    #[must_use]
    pub fn total(self, total: &str) -> Self {
        self.with("/total", json!(total))
    }

    /// With another value at a JSON pointer, which may name a new field of an object.
    #[must_use]
    pub fn with(mut self, pointer: &str, value: Value) -> Self {
        let (parent, field) = pointer.rsplit_once('/').unwrap_or(("", pointer));
        match self.0.pointer_mut(parent) {
            Some(Value::Array(items)) => {
                let index: usize = field.parse().expect("an index");
                items[index] = value;
            }
            Some(parent) => parent[field] = value,
            None => panic!("a cart has no `{parent}`"),
        }
        self
    }

    /// Without the field at a JSON pointer.
    #[must_use]
    pub fn without(mut self, pointer: &str) -> Self {
        let (parent, field) = pointer.rsplit_once('/').unwrap_or(("", pointer));
        let parent = self.0.pointer_mut(parent).and_then(Value::as_object_mut);
        parent
            .and_then(|parent| parent.remove(field))
            .expect("a field to remove");
        self
    }

    /// The cart.
    #[must_use]
    pub fn json(&self) -> Value {
        self.0.clone()
    }

    /// The cart's text.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.to_string()
    }
}

impl Default for CartBuilder {
    fn default() -> Self {
        Self::new()
    }
}
