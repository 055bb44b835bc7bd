//! The service, as the widget asks it. Callbacks instead of futures: three requests are not worth
//! an executor.

use tirage_pricing::Template;
use tirage_pricing::json::Json;
use wasm_bindgen::prelude::*;

use crate::error::WidgetError;
use crate::state::order;
use crate::state::product;
use crate::ui::browser;

/// The service at a base address.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    /// Origin and path in front of `/v1`.
    pub(crate) base: String,
    /// Ends every request when the element goes away.
    pub(crate) life: JsValue,
}

impl Api {
    /// A product's calculator with its template; `shown` says where it is shown.
    pub(crate) fn calculator(
        &self,
        product: &str,
        shown: &str,
        done: impl FnOnce(Result<(product::Product, &'static Template), WidgetError>) + 'static,
    ) {
        let path = product::path(&browser::encode(product), shown);
        let product = product.to_owned();
        self.get(
            &path,
            Box::new(move |status, answer| {
                done(match status {
                    200 => product::take_up(&product, &answer),
                    404 => Err(missing(&answer)),
                    status => Err(WidgetError::of_status(status)),
                });
            }),
        );
    }

    /// An order's page.
    pub(crate) fn order(
        &self,
        token: &str,
        done: impl FnOnce(Result<order::Order, WidgetError>) + 'static,
    ) {
        let path = ["/v1/orders/", &browser::encode(token)].concat();
        self.get(
            &path,
            Box::new(move |status, answer| done(read(status, &answer, order::read))),
        );
    }

    /// Submits a cart.
    pub(crate) fn submit(&self, key: &str, body: &str, done: impl FnOnce(u16, String) + 'static) {
        let answered = move |status, answer| {
            done(status, String::from_utf8(answer).unwrap_or_default());
        };
        self.send("/v1/orders", Some((key, body)), Box::new(answered));
    }

    /// Asks for prices.
    pub(crate) fn quote(&self, body: &str, done: impl FnOnce(u16, Vec<u8>) + 'static) {
        self.send("/v1/quote", Some(("", body)), Box::new(done));
    }

    fn get(&self, path: &str, done: Box<dyn FnOnce(u16, Vec<u8>)>) {
        self.send(path, None, done);
    }

    /// Asks for a path or, with a key against doubling and a body, posts to it.
    fn send(&self, path: &str, post: Option<(&str, &str)>, done: Box<dyn FnOnce(u16, Vec<u8>)>) {
        let url = [&self.base, path].concat();
        let done = Closure::once_into_js(move |status: u16, answer: Vec<u8>| {
            if status != GONE {
                done(status, answer);
            }
        });
        let (key, body) = post.unzip();
        browser::send(&url, key, body, &self.life, done);
    }
}

/// In the place of a status when the element went while an answer was on its way.
const GONE: u16 = 1;

/// Why there is no product: the service has none of this key, or none for a widget of this build.
fn missing(answer: &[u8]) -> WidgetError {
    let code = b"engine_not_served";
    if answer.windows(code.len()).any(|part| part == code) {
        WidgetError::Outdated
    } else {
        WidgetError::of_status(404)
    }
}

fn read<T>(status: u16, answer: &[u8], read: fn(&Json) -> Option<T>) -> Result<T, WidgetError> {
    if status != 200 {
        return Err(WidgetError::of_status(status));
    }
    let text = std::str::from_utf8(answer).unwrap_or_default();
    let json = Json::parse(text).ok();
    json.and_then(|json| read(&json))
        .ok_or_else(|| WidgetError::Unreadable("an answer of another shape".to_owned()))
}
