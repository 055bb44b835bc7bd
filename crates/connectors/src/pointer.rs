//! JSON pointers (RFC 6901) as settings: where in a vendor's document a field is read or written.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use tirage_pricing::json::Json;

/// A place in a JSON document.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Pointer {
    tokens: Vec<String>,
}

/// A text that is no JSON pointer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a JSON pointer such as `/order/id`, found `{}`", found.escape_debug())]
pub struct InvalidPointer {
    /// The text.
    pub found: String,
}

impl Pointer {
    /// The place of a field of the outermost object.
    pub(crate) fn field(name: &str) -> Self {
        Self {
            tokens: vec![name.to_owned()],
        }
    }

    /// The value at this place.
    pub(crate) fn find<'j>(&self, document: &'j Json) -> Option<&'j Json> {
        self.tokens
            .iter()
            .try_fold(document, |value, token| match value {
                Json::Object(_) => value.get(token),
                Json::List(items) => items.get(token.parse::<usize>().ok()?),
                Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => None,
            })
    }

    /// Writes a value at this place, making the objects on the way.
    ///
    /// A value on the way that is no object is replaced: [`Pointer::collides`] finds such pairs
    /// of settings before anything is written.
    pub(crate) fn put(&self, document: &mut Json, value: Json) {
        let mut target = document;
        for token in &self.tokens {
            if !matches!(target, Json::Object(_)) {
                *target = Json::Object(Vec::new());
            }
            let Json::Object(fields) = target else {
                return;
            };
            let at = fields
                .iter()
                .position(|(name, _)| name == token)
                .unwrap_or_else(|| {
                    fields.push((token.clone(), Json::Null));
                    fields.len() - 1
                });
            let Some((_, slot)) = fields.get_mut(at) else {
                return;
            };
            target = slot;
        }
        *target = value;
    }

    /// Whether writing to both places would lose one of the values.
    pub(crate) fn collides(&self, other: &Self) -> bool {
        self.tokens.starts_with(&other.tokens) || other.tokens.starts_with(&self.tokens)
    }
}

impl TryFrom<String> for Pointer {
    type Error = InvalidPointer;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let tokens = match text.split_once('/') {
            None if text.is_empty() => Vec::new(),
            Some(("", rest)) => rest
                .split('/')
                .map(|token| token.replace("~1", "/").replace("~0", "~"))
                .collect(),
            Some(_) | None => return Err(InvalidPointer { found: text }),
        };
        Ok(Self { tokens })
    }
}

impl Serialize for Pointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for token in &self.tokens {
            write!(f, "/{}", token.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointer(text: &str) -> Pointer {
        text.to_owned().try_into().unwrap()
    }

    #[test]
    fn a_value_is_found_in_objects_and_lists() {
        let document = Json::parse(r#"{"a": [{"b/c": 1}, {"~": 2}], "": 3}"#).unwrap();
        let found = |text: &str| pointer(text).find(&document).map(ToString::to_string);
        assert_eq!(found("/a/0/b~1c").as_deref(), Some("1"));
        assert_eq!(found("/a/1/~0").as_deref(), Some("2"));
        assert_eq!(found("/").as_deref(), Some("3"));
        assert_eq!(found("").as_deref(), Some(document.to_string().as_str()));
        assert_eq!(found("/a/2"), None);
        assert_eq!(found("/a/x"), None);
        assert_eq!(found("/a/0/b~1c/d"), None);
    }

    #[test]
    fn what_is_put_somewhere_is_found_there() {
        let mut document = Json::Object(Vec::new());
        for place in ["/order/id", "/order/price", "/x~1y"] {
            pointer(place).put(&mut document, Json::text(place));
        }
        for place in ["/order/id", "/order/price", "/x~1y"] {
            assert_eq!(pointer(place).find(&document), Some(&Json::text(place)));
            assert_eq!(pointer(place).to_string(), place);
        }
    }

    #[test]
    fn two_places_collide_when_one_is_inside_the_other() {
        assert!(pointer("/a").collides(&pointer("/a")));
        assert!(pointer("/a").collides(&pointer("/a/b")));
        assert!(pointer("/a/b").collides(&pointer("/a")));
        assert!(!pointer("/a/b").collides(&pointer("/a/c")));
        assert!(!pointer("/a").collides(&pointer("/ab")));
    }

    #[test]
    fn a_text_without_a_leading_slash_is_refused() {
        assert!(Pointer::try_from("id".to_owned()).is_err());
        assert!(Pointer::try_from("a/b".to_owned()).is_err());
    }
}
