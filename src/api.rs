//! The service, as the widget asks it. Callbacks instead of futures: three requests are not worth
//! an executor.

use js_sys::{Object, Reflect};
use tirage_pricing::Template;
use tirage_pricing::json::Json;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use crate::error::WidgetError;
use crate::state::{order, product};
use crate::ui::browser;

/// The service at a base address.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    /// Origin and path in front of `/v1`.
    pub(crate) base: String,
    /// Ends every request when the element goes away.
    pub(crate) signal: AbortSignal,
}

impl Api {
    /// A product's calculator with its template.
    pub(crate) fn calculator(
        &self,
        product: &str,
        done: impl FnOnce(Result<(product::Product, Template), WidgetError>) + 'static,
    ) {
        let api = self.clone();
        let path = ["/v1/calculators/", &encode(product)].concat();
        self.get(
            &path,
            Box::new(move |status, text| {
                let calculator = match read(status, &text, product::read) {
                    Ok(calculator) => calculator,
                    Err(error) => return done(Err(error)),
                };
                let path = calculator.url.clone();
                api.get(
                    &path,
                    Box::new(move |status, text| {
                        if status != 200 {
                            return done(Err(WidgetError::of_status(status)));
                        }
                        match Template::parse(&text) {
                            Ok(template) => done(Ok((calculator, template))),
                            Err(error) => done(Err(WidgetError::Unreadable(error.to_string()))),
                        }
                    }),
                );
            }),
        );
    }

    /// An order's page.
    pub(crate) fn order(
        &self,
        token: &str,
        done: impl FnOnce(Result<order::Order, WidgetError>) + 'static,
    ) {
        let path = ["/v1/orders/", &encode(token)].concat();
        self.get(
            &path,
            Box::new(move |status, text| done(read(status, &text, order::read))),
        );
    }

    /// Submits a cart.
    pub(crate) fn submit(&self, key: &str, body: &str, done: impl FnOnce(u16, String) + 'static) {
        let request = self.request("POST", "/v1/orders");
        set(&request, "key", key);
        set(&request, "body", body);
        self.send(&request, Box::new(done));
    }

    fn get(&self, path: &str, done: Box<dyn FnOnce(u16, String)>) {
        self.send(&self.request("GET", path), done);
    }

    fn request(&self, method: &str, path: &str) -> Object {
        let request = Object::new();
        set(&request, "method", method);
        set(&request, "url", &[&self.base, path].concat());
        request
    }

    fn send(&self, request: &Object, done: Box<dyn FnOnce(u16, String)>) {
        browser::send(request, &self.signal, Closure::once_into_js(done));
    }
}

fn set(object: &Object, name: &str, value: &str) {
    // Only fails for a frozen object.
    let _never = Reflect::set(object, &name.into(), &value.into());
}

fn encode(step: &str) -> String {
    js_sys::encode_uri_component(step).into()
}

fn read<T>(status: u16, text: &str, read: fn(&Json) -> Option<T>) -> Result<T, WidgetError> {
    if status != 200 {
        return Err(WidgetError::of_status(status));
    }
    let json = Json::parse(text).ok();
    json.and_then(|json| read(&json))
        .ok_or_else(|| WidgetError::Unreadable("an answer of another shape".to_owned()))
}
