//! Something that is fetched once and refreshed from then on.

use super::failure::Failure;

/// What is there, and why it may be old.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loading<T> {
    /// The last answer; a failed refresh does not take it away.
    pub value: Option<T>,
    /// Why the last request failed, when it did.
    pub failure: Option<Failure>,
}

impl<T> Default for Loading<T> {
    fn default() -> Self {
        Self {
            value: None,
            failure: None,
        }
    }
}

impl<T> Loading<T> {
    /// Takes in the outcome of a request.
    pub fn settle(&mut self, outcome: Result<T, Failure>) {
        match outcome {
            Ok(value) => {
                self.value = Some(value);
                self.failure = None;
            }
            Err(failure) => self.failure = Some(failure),
        }
    }

    /// Whether there is nothing to show yet, neither a value nor a failure.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.value.is_none() && self.failure.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_refresh_keeps_what_was_there() {
        let mut loading = Loading::default();
        assert!(loading.is_waiting());
        loading.settle(Ok(1));
        loading.settle(Err(Failure::NoAnswer));
        assert_eq!(loading.value, Some(1));
        assert_eq!(loading.failure, Some(Failure::NoAnswer));
        loading.settle(Ok(2));
        assert_eq!(loading.failure, None);
    }
}
