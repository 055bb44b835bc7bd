//! A product as the service hands it to a page: its revision, its options and its compiled template
//! in one.

use std::cell::RefCell;

use tirage_pricing::{ENGINE, ProgramError, Template, Texts};

use crate::error::WidgetError;

/// How many digits a revision has: SHA-256 in hexadecimal.
const DIGITS: usize = 64;

/// A product and its template in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The product's key.
    pub key: String,
    /// The product's name.
    pub name: Texts,
    /// ISO 4217 code of the prices.
    pub currency: String,
    /// Revision of the template.
    pub revision: String,
    /// How the shop shows it, as JSON.
    pub options: String,
}

/// Where the service has a product for this build's engine; `product` as a step of a path, and
/// `shown` as what follows it.
#[must_use]
pub fn path(product: &str, shown: &str) -> String {
    let mut path = String::from("/v1/programs/");
    for place in (0..8).rev() {
        path.extend(char::from_digit((ENGINE >> (place * 4)) & 15, 16));
    }
    path.push('/');
    path.push_str(product);
    path.push_str(shown);
    path
}

thread_local! {
    /// The templates that this page has taken up, by their revisions: each stays for good, so none
    /// is taken up twice.
    static TEMPLATES: RefCell<Vec<(String, &'static Template)>> = const { RefCell::new(Vec::new()) };
}

/// Takes up what is there.
///
/// # Errors
/// When it is of another build of the service, or not whole.
pub fn take_up(key: &str, answer: &[u8]) -> Result<(Product, &'static Template), WidgetError> {
    let (revision, options, program) =
        divided(answer).ok_or_else(|| unreadable(ProgramError::Foreign))?;
    let text = |bytes| std::str::from_utf8(bytes).unwrap_or_default().to_owned();
    let revision = text(revision);
    let template = match known(&revision) {
        Some(template) => template,
        None => {
            let template = Template::unpack_for_good(program).map_err(unreadable)?;
            TEMPLATES.with_borrow_mut(|all| all.push((revision.clone(), template)));
            template
        }
    };
    let product = Product {
        key: key.to_owned(),
        name: template.name().clone(),
        currency: template.currency().to_owned(),
        options: text(options),
        revision,
    };
    Ok((product, template))
}

/// Revision, options and program.
fn divided(answer: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let (revision, rest) = answer.split_at_checked(DIGITS)?;
    let (length, rest) = rest.split_first_chunk()?;
    let length = u32::from_le_bytes(*length) as usize;
    let (options, program) = rest.split_at_checked(length)?;
    Some((revision, options, program))
}

fn known(revision: &str) -> Option<&'static Template> {
    TEMPLATES.with_borrow(|all| {
        let mut all = all.iter();
        let found = all.find(|(known, _)| known == revision);
        found.map(|(_, template)| *template)
    })
}

fn unreadable(error: ProgramError) -> WidgetError {
    match error {
        ProgramError::Engine { .. } => WidgetError::Outdated,
        ProgramError::Damaged => WidgetError::Unreadable("missing or changed bytes".to_owned()),
        _ => WidgetError::Unreadable("bytes of another kind".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARDS: &str = include_str!("../../crates/testkit/templates/cards.json");

    #[test]
    fn a_product_is_its_revision_and_its_template() {
        let revision = "ab".repeat(32);
        let template = Template::parse(CARDS).unwrap();
        let answer = [revision.as_bytes(), b"\x02\0\0\0{}", &template.pack()].concat();
        let (product, taken_up) = take_up("cards", &answer).unwrap();
        assert_eq!(product.key, "cards");
        assert_eq!(product.revision, revision);
        assert_eq!(product.options, "{}");
        assert_eq!(product.name, *template.name());
        assert_eq!(product.currency, template.currency());
        assert_eq!(taken_up.pack(), template.pack());
    }

    #[test]
    fn another_build_asks_to_load_the_page_again_and_other_bytes_are_refused() {
        let template = Template::parse(CARDS).unwrap();
        let head = [&[b'0'; DIGITS], b"\x02\0\0\0{}".as_slice()].concat();
        let mut answer = [head.as_slice(), template.pack().as_slice()].concat();
        answer[head.len() + 4] ^= 1;
        let refusal = take_up("cards", &answer).unwrap_err();
        assert!(matches!(refusal, WidgetError::Outdated), "{refusal:?}");
        let longer = [&[b'0'; DIGITS], b"\xff\xff\xff\xff{}".as_slice()].concat();
        for other in [&answer[..DIGITS - 1], &head[..DIGITS + 3], &longer, b"{}"] {
            let refusal = take_up("cards", other).unwrap_err();
            assert!(matches!(refusal, WidgetError::Unreadable(_)), "{refusal:?}");
        }
    }

    #[test]
    fn the_path_names_the_engine_as_the_service_does() {
        let programs = format!("/v1/programs/{ENGINE:08x}");
        assert_eq!(path("cards", ""), format!("{programs}/cards"));
        assert_eq!(path("cards", "?view=a"), format!("{programs}/cards?view=a"));
    }
}
