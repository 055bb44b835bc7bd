//! `Retry-After`, which comes as seconds, as a date, or as nonsense.
//!
//! A date is measured against the answer's own `Date`, so neither our clock nor theirs has to be
//! right; without `Date` it says nothing we could rely on and is passed over.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, HeaderName, RETRY_AFTER};

/// No answer may hold orders back for longer: beyond it the outbox's own schedule is better.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// When the server wants to be asked again, or `None` when it did not say so intelligibly.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let asked = text(headers, RETRY_AFTER)?;
    let wait = if !asked.is_empty() && asked.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are still a number, only a very long one.
        asked.parse().map_or(LONGEST, Duration::from_secs)
    } else {
        let then = date(asked)?;
        let now = date(text(headers, DATE)?)?;
        // A moment that has passed means now.
        then.duration_since(now).unwrap_or_default()
    };
    Some(wait.min(LONGEST))
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

fn date(text: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE_OF_ANSWER: &str = "Tue, 24 Nov 2026 10:00:00 GMT";

    fn parsed(value: &str, date: Option<&str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, value.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        retry_after(&headers).map(|wait| wait.as_secs())
    }

    #[test]
    fn every_form_means_a_wait_of_at_most_an_hour_or_nothing() {
        let table = [
            ("0", Some(0)),
            ("1", Some(1)),
            ("007", Some(7)),
            (" 30 ", Some(30)),
            ("3600", Some(3600)),
            ("3601", Some(3600)),
            ("1000000000000", Some(3600)),
            ("18446744073709551616", Some(3600)),
            ("9999999999999999999999999999999", Some(3600)),
            ("-1", None),
            ("-1000000000000", None),
            ("+5", None),
            ("1.5", None),
            ("1e3", None),
            ("0x10", None),
            ("5 seconds", None),
            ("٣", None),
            ("", None),
            ("soon", None),
            ("NaN", None),
            ("Tue, 24 Nov 2026 10:00:30 GMT", Some(30)),
            ("Tue, 24 Nov 2026 10:00:00 GMT", Some(0)),
            ("Tue, 24 Nov 2026 09:59:59 GMT", Some(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
            ("Tuesday, 24-Nov-26 10:05:00 GMT", Some(300)),
            ("Tue Nov 24 10:05:00 2026", Some(300)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(3600)),
            ("Tue, 32 Nov 2026 10:00:00 GMT", None),
            ("2026-11-24T10:00:30Z", None),
        ];
        for (value, expected) in table {
            assert_eq!(parsed(value, Some(DATE_OF_ANSWER)), expected, "{value:?}");
        }
    }

    #[test]
    fn a_date_needs_the_date_of_the_answer() {
        let asked = "Tue, 24 Nov 2026 10:00:30 GMT";
        assert_eq!(parsed(asked, None), None);
        assert_eq!(parsed(asked, Some("yesterday")), None);
        assert_eq!(parsed("30", None), Some(30));
    }

    #[test]
    fn bytes_that_are_no_text_mean_nothing() {
        let mut headers = HeaderMap::new();
        let bytes = http::HeaderValue::from_bytes(b"\xff30").unwrap();
        headers.insert(RETRY_AFTER, bytes);
        assert_eq!(retry_after(&headers), None);
    }

    #[test]
    fn any_number_of_digits_is_the_number_up_to_an_hour() {
        for digits in 1..40 {
            for lead in '1'..='9' {
                let value: String = std::iter::once(lead)
                    .chain(std::iter::repeat_n('0', digits - 1))
                    .collect();
                let expected = value.parse().map_or(3600, |seconds: u64| seconds.min(3600));
                assert_eq!(parsed(&value, None), Some(expected), "{value}");
                assert_eq!(parsed(&format!("-{value}"), None), None, "-{value}");
            }
        }
    }
}
