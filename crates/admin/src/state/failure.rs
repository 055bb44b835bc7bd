//! Why a request brought nothing.

use tirage_pricing::json::{FromJson, Json, Node};
use tirage_wire::problem::{Problem, ProblemCode};

/// A request that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// There was no answer: the network or the service is down.
    NoAnswer,
    /// There was an answer nobody could make sense of.
    Unreadable {
        /// Its HTTP status.
        status: u16,
    },
    /// The service refused.
    Refused(Box<Problem>),
}

impl Failure {
    /// Reads the body of an answer that is not a success.
    #[must_use]
    pub fn from_answer(status: u16, body: &str) -> Self {
        let problem = Json::parse(body)
            .ok()
            .and_then(|json| Problem::from_json(&Node::root(&json)).ok());
        problem.map_or(Self::Unreadable { status }, |problem| {
            Self::Refused(Box::new(problem))
        })
    }

    /// The code of a refusal.
    #[must_use]
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::NoAnswer | Self::Unreadable { .. } => None,
        }
    }

    /// Whether logging in again would help.
    #[must_use]
    pub fn needs_login(&self) -> bool {
        self.code() == Some(ProblemCode::Unauthorized)
    }

    /// Whether the service objects to one field of the request.
    #[must_use]
    pub fn concerns(&self, pointer: &str) -> bool {
        let Self::Refused(problem) = self else {
            return false;
        };
        let errors = problem.errors.as_deref().unwrap_or_default();
        errors.iter().any(|error| error.pointer == pointer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSAL: &str = r#"{"type":"urn:tirage:problem:validation","title":"t","status":422,
        "code":"validation","detail":"d",
        "errors":[{"pointer":"/password","expected":"12 characters or more","found":"4"}]}"#;

    #[test]
    fn a_refusal_tells_which_field_it_is_about() {
        let failure = Failure::from_answer(422, REFUSAL);
        assert_eq!(failure.code(), Some(ProblemCode::Validation));
        assert!(failure.concerns("/password"));
        assert!(!failure.concerns("/name"));
    }

    #[test]
    fn the_page_of_a_proxy_is_unreadable_and_not_a_refusal() {
        let failure = Failure::from_answer(502, "<html>Bad Gateway</html>");
        assert_eq!(failure, Failure::Unreadable { status: 502 });
        assert_eq!(failure.code(), None);
    }

    #[test]
    fn only_a_missing_session_asks_for_a_login() {
        let unauthorized = REFUSAL.replace("\"validation\"", "\"unauthorized\"");
        assert!(Failure::from_answer(401, &unauthorized).needs_login());
        assert!(!Failure::from_answer(422, REFUSAL).needs_login());
        assert!(!Failure::NoAnswer.needs_login());
    }
}
