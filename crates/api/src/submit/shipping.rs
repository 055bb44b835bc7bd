//! How an order is handed over and when: an address where one is needed, a day that can still come.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use tirage_storage::Millis;
use tirage_wire::cart::{Recipient, Shipping, ShippingMethod};
use tirage_wire::problem::FieldError;

use super::check::{is_hidden, quoted};
use super::customer::{name, phone};
use super::wrong;

const LONGEST_ADDRESS: usize = 500;
/// A day further away than this is a slip of the keyboard.
const LATEST_DAYS: i64 = 730;

/// The shipping as it is stored; what is wrong is added to `errors`.
pub(super) fn check(shipping: &Shipping, errors: &mut Vec<FieldError>) -> Option<Shipping> {
    let address = address(shipping, errors);
    let recipient = match &shipping.recipient {
        Some(given) => recipient(given, errors).map(Some),
        None => Some(None),
    };
    Some(Shipping {
        method: shipping.method,
        address: address?,
        recipient: recipient?,
    })
}

fn address(shipping: &Shipping, errors: &mut Vec<FieldError>) -> Option<Option<String>> {
    let given = shipping.address.as_deref().unwrap_or_default().trim();
    let expected = match shipping.method {
        ShippingMethod::Pickup if given.is_empty() => return Some(None),
        ShippingMethod::Pickup => "no address, because the order is picked up".to_owned(),
        ShippingMethod::Courier | ShippingMethod::Carrier | ShippingMethod::Post => {
            let fits = (1..=LONGEST_ADDRESS).contains(&given.chars().count());
            let hidden = |char: char| is_hidden(char) && char != '\n';
            let text = given.replace("\r\n", "\n");
            if fits && !text.contains(hidden) {
                return Some(Some(text));
            }
            format!("an address of 1 to {LONGEST_ADDRESS} characters")
        }
    };
    errors.push(wrong("/shipping/address", expected, quoted(given)));
    None
}

fn recipient(given: &Recipient, errors: &mut Vec<FieldError>) -> Option<Recipient> {
    let place = "/shipping/recipient";
    let name = name(&given.name, &format!("{place}/name"), errors);
    let phone = match given.phone.as_deref() {
        None => Some(None),
        Some(text) => phone(text, &format!("{place}/phone"), errors).map(Some),
    };
    Some(Recipient {
        name: name?,
        phone: phone?,
    })
}

/// A day from today on, wherever on Earth the buyer is.
pub(super) fn issue_date(text: &str, now: Millis, errors: &mut Vec<FieldError>) -> Option<String> {
    if is_possible(text, now) {
        return Some(text.to_owned());
    }
    let expected = "a day from today to two years ahead, such as \"2026-12-01\"";
    errors.push(wrong("/issue_date", expected, quoted(text)));
    None
}

fn is_possible(text: &str, now: Millis) -> bool {
    // Only the one written form: the same day is the same text everywhere.
    let day = text
        .parse::<Date>()
        .ok()
        .filter(|day| day.to_string() == text);
    let today = jiff::Timestamp::from_millisecond(now)
        .map(|instant| TimeZone::UTC.to_datetime(instant).date())
        .ok();
    let (Some(day), Some(today)) = (day, today) else {
        return false;
    };
    let Ok(ahead) = today.until((jiff::Unit::Day, day)) else {
        return false;
    };
    // West of Greenwich it may still be yesterday.
    (-1..=LATEST_DAYS).contains(&i64::from(ahead.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(shipping: &Shipping) -> Result<Shipping, Vec<String>> {
        let mut errors = Vec::new();
        let checked = check(shipping, &mut errors);
        checked.ok_or_else(|| errors.into_iter().map(|error| error.pointer).collect())
    }

    fn shipping(method: ShippingMethod, address: Option<&str>) -> Shipping {
        Shipping {
            method,
            address: address.map(str::to_owned),
            recipient: None,
        }
    }

    #[test]
    fn every_method_but_pickup_needs_an_address() {
        let pickup = shipping(ShippingMethod::Pickup, Some(" "));
        assert_eq!(checked(&pickup).unwrap().address, None);
        let odd = shipping(ShippingMethod::Pickup, Some("Москва"));
        assert_eq!(checked(&odd).unwrap_err(), ["/shipping/address"]);
        for method in [
            ShippingMethod::Courier,
            ShippingMethod::Carrier,
            ShippingMethod::Post,
        ] {
            let sent = shipping(method, Some(" Москва,\r\nТверская, 1 "));
            let address = checked(&sent).unwrap().address;
            assert_eq!(address.as_deref(), Some("Москва,\nТверская, 1"));
            for address in [None, Some(" "), Some("a\u{0}b")] {
                let wrong = shipping(method, address);
                assert_eq!(checked(&wrong).unwrap_err(), ["/shipping/address"]);
            }
        }
    }

    #[test]
    fn a_recipient_has_a_name_and_a_phone_of_one_written_form() {
        let with = |name: &str, phone: Option<&str>| Shipping {
            recipient: Some(Recipient {
                name: name.to_owned(),
                phone: phone.map(str::to_owned),
            }),
            ..shipping(ShippingMethod::Pickup, None)
        };
        let recipient = checked(&with(" Олег ", Some("8 900 000-00-00"))).unwrap();
        let recipient = recipient.recipient.unwrap();
        assert_eq!(recipient.name, "Олег");
        assert_eq!(recipient.phone.as_deref(), Some("+79000000000"));
        assert!(checked(&with("Олег", None)).is_ok());
        let errors = checked(&with("", Some("call"))).unwrap_err();
        let places = ["/shipping/recipient/name", "/shipping/recipient/phone"];
        assert_eq!(errors, places);
    }

    #[test]
    fn a_day_is_one_that_can_still_come() {
        // 2026-09-21T14:13:20Z
        let now = 1_790_000_000_000;
        for day in ["2026-09-20", "2026-09-21", "2026-12-01", "2028-09-19"] {
            assert!(is_possible(day, now), "{day}");
        }
        for day in [
            "2026-09-19",
            "2028-10-01",
            "2026-02-30",
            "20261201",
            "1.12.2026",
            "",
        ] {
            assert!(!is_possible(day, now), "{day}");
        }
    }
}
