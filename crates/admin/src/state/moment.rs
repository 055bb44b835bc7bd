//! How far away a moment is, in the unit a person would use.

/// A unit of `Intl.RelativeTimeFormat`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
}

impl Unit {
    /// The unit's name for `Intl.RelativeTimeFormat`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }
}

/// The distance to a moment: negative when it is past, rounded towards now.
#[must_use]
pub fn distance(from_ms: i64, to_ms: i64) -> (i32, Unit) {
    let seconds = to_ms.saturating_sub(from_ms) / 1000;
    let (amount, unit) = match seconds.unsigned_abs() {
        0..60 => (seconds, Unit::Second),
        60..3_600 => (seconds / 60, Unit::Minute),
        3_600..86_400 => (seconds / 3_600, Unit::Hour),
        _ => (seconds / 86_400, Unit::Day),
    };
    let nearest = if amount < 0 { i32::MIN } else { i32::MAX };
    (i32::try_from(amount).unwrap_or(nearest), unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_grows_with_the_distance() {
        for (seconds, expected) in [
            (0, (0, Unit::Second)),
            (59, (59, Unit::Second)),
            (60, (1, Unit::Minute)),
            (3_599, (59, Unit::Minute)),
            (7_300, (2, Unit::Hour)),
            (-200_000, (-2, Unit::Day)),
        ] {
            assert_eq!(distance(5, 5 + seconds * 1000), expected, "{seconds}");
        }
    }
}
