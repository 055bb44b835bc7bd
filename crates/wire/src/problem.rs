//! Every refusal: problem details (RFC 9457) with a stable code and exact places.

use tirage_pricing::json::JsonError;

use crate::calculator::TemplateRef;
use crate::quote::Quote;

words! {
    /// Why a request was refused; the code never changes its meaning.
    pub enum ProblemCode {
        /// The body is not JSON or not of the expected shape; `errors` names the places.
        Malformed = "malformed",
        /// The shape is right, the content is not; `errors` names the places.
        Validation = "validation",
        /// The header `Idempotency-Key` is missing or not 8 to 255 visible ASCII characters.
        IdempotencyKeyMissing = "idempotency_key_missing",
        /// The key was used for another cart.
        IdempotencyKeyReused = "idempotency_key_reused",
        /// A price differs from the one the buyer saw; `lines` has the new quotes.
        PriceChanged = "price_changed",
        /// A template was revised since; `lines` has the new quotes.
        TemplateChanged = "template_changed",
        /// A line counts from a day that is over; `lines` has the quotes of today.
        DayChanged = "day_changed",
        /// A line cannot be priced as answered; `lines` has the problems.
        NotPriced = "not_priced",
        /// The print house does not confirm prices now; nothing was changed.
        SourceUnavailable = "source_unavailable",
        /// There is no such thing.
        NotFound = "not_found",
        /// Templates are compiled for another engine by now: the widget is of another build.
        EngineNotServed = "engine_not_served",
        /// The path exists, the method does not.
        MethodNotAllowed = "method_not_allowed",
        /// The body is larger than allowed.
        TooLarge = "too_large",
        /// The body is not `application/json`.
        UnsupportedMediaType = "unsupported_media_type",
        /// Too many requests; `Retry-After` says when to come again.
        RateLimited = "rate_limited",
        /// Log in first.
        Unauthorized = "unauthorized",
        /// Not from this place, or not with these rights.
        Forbidden = "forbidden",
        /// The thing is in another state than the request needs.
        Conflict = "conflict",
        /// The service cannot answer now; nothing was changed.
        Unavailable = "unavailable",
        /// A fault of the service; nothing was changed.
        Internal = "internal",
    }
}

record! { open
    /// A place in the request that is not right.
    pub struct FieldError {
        /// JSON pointer of the place; empty for the whole document.
        required pointer: String,
        /// What was expected there.
        required expected: String,
        /// What was found.
        required found: String,
    }
}

record! { open
    /// A line of the cart as the service sees it.
    pub struct LineRefusal {
        /// Index of the line in the cart, from 0.
        required line: u32,
        /// `price_changed`, `template_changed`, `day_changed` or `not_priced`.
        required code: ProblemCode,
        /// The line's quote now.
        optional quote: Quote,
        /// The template now in force, when it is another.
        optional template: TemplateRef,
    }
}

record! { open
    /// Problem details.
    pub struct Problem {
        /// `urn:tirage:problem:` and the code.
        required r#type: String,
        /// The code in words, the same for every occurrence.
        required title: String,
        /// The HTTP status, repeated.
        required status: u32,
        /// The stable code.
        required code: ProblemCode,
        /// This occurrence in words.
        required detail: String,
        /// Places in the request.
        optional errors: Vec<FieldError>,
        /// Lines of the cart.
        optional lines: Vec<LineRefusal>,
    }
}

impl From<JsonError> for FieldError {
    fn from(error: JsonError) -> Self {
        Self {
            pointer: error.pointer,
            expected: error.expected,
            found: error.found,
        }
    }
}
