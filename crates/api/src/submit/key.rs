//! The client's name for one submit, so that a repeated one makes no second order.

use axum::extract::FromRequestParts;
use http::StatusCode;
use http::request::Parts;
use tirage_wire::problem::ProblemCode;

use crate::error::ApiError;

/// 8 to 255 visible ASCII characters, made by the client when the cart is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IdempotencyKey(String);

impl IdempotencyKey {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let fits = (8..=255).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic);
        let text = std::str::from_utf8(bytes).ok().filter(|_| fits)?;
        Some(Self(text.to_owned()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let mut values = parts.headers.get_all("idempotency-key").iter();
        let only = values.next().filter(|_| values.next().is_none());
        only.and_then(|value| Self::read(value.as_bytes()))
            .ok_or_else(|| {
                ApiError::new(
                    StatusCode::BAD_REQUEST,
                    ProblemCode::IdempotencyKeyMissing,
                    "expected one header `Idempotency-Key` of 8 to 255 visible ASCII characters",
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_visible_ascii_of_a_sensible_length() {
        assert!(IdempotencyKey::read(b"01JD9Z3R").is_some());
        assert!(IdempotencyKey::read(&[b'k'; 255]).is_some());
        let refused: [&[u8]; 5] = [
            b"",
            b"1234567",
            b"with space",
            "ключключ".as_bytes(),
            &[b'k'; 256],
        ];
        for key in refused {
            assert!(IdempotencyKey::read(key).is_none(), "{key:?}");
        }
    }
}
