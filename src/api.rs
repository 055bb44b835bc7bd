//! The service, as the widget asks it. Callbacks instead of futures: three requests are not worth
//! an executor.

use std::cell::RefCell;

use js_sys::{Object, Reflect};
use tirage_pricing::json::Json;
use tirage_pricing::{ProgramError, Template};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

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
    pub(crate) signal: AbortSignal,
}

impl Api {
    /// A product's calculator with its template.
    pub(crate) fn calculator(
        &self,
        product: &str,
        done: impl FnOnce(Result<(product::Product, &'static Template), WidgetError>) + 'static,
    ) {
        let api = self.clone();
        let path = ["/v1/calculators/", &encode(product)].concat();
        self.get(
            &path,
            Box::new(move |status, answer| {
                let calculator = match read(status, &answer, product::read) {
                    Ok(calculator) => calculator,
                    Err(error) => return done(Err(error)),
                };
                let path = calculator.program.clone();
                if let Some(template) = known(&path) {
                    return done(Ok((calculator, template)));
                }
                api.get(
                    &path,
                    Box::new(move |status, program| {
                        let template = take_up(&calculator.program, status, &program);
                        done(template.map(|template| (calculator, template)));
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
            Box::new(move |status, answer| done(read(status, &answer, order::read))),
        );
    }

    /// Submits a cart.
    pub(crate) fn submit(&self, key: &str, body: &str, done: impl FnOnce(u16, String) + 'static) {
        let request = self.request("POST", "/v1/orders");
        set(&request, "key", key);
        set(&request, "body", body);
        let answered = move |status, answer| {
            done(status, String::from_utf8(answer).unwrap_or_default());
        };
        self.send(&request, Box::new(answered));
    }

    fn get(&self, path: &str, done: Box<dyn FnOnce(u16, Vec<u8>)>) {
        self.send(&self.request("GET", path), done);
    }

    fn request(&self, method: &str, path: &str) -> Object {
        let request = Object::new();
        set(&request, "method", method);
        set(&request, "url", &[&self.base, path].concat());
        request
    }

    fn send(&self, request: &Object, done: Box<dyn FnOnce(u16, Vec<u8>)>) {
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

thread_local! {
    /// The templates that this page has taken up, by the paths of their revisions: each stays for
    /// good, so none is taken up twice.
    static TEMPLATES: RefCell<Vec<(String, &'static Template)>> = const { RefCell::new(Vec::new()) };
}

fn known(path: &str) -> Option<&'static Template> {
    TEMPLATES.with_borrow(|templates| {
        let mut templates = templates.iter();
        let found = templates.find(|(known, _)| known == path);
        found.map(|(_, template)| *template)
    })
}

/// The compiled template; a service of another build has another one, or no longer this one.
fn take_up(path: &str, status: u16, program: &[u8]) -> Result<&'static Template, WidgetError> {
    match status {
        200 => {}
        404 => return Err(WidgetError::Outdated),
        status => return Err(WidgetError::of_status(status)),
    }
    // Two elements may have asked for it at the same time.
    if let Some(template) = known(path) {
        return Ok(template);
    }
    let template = Template::unpack_for_good(program).map_err(|error| match error {
        ProgramError::Engine { .. } => WidgetError::Outdated,
        other => WidgetError::Unreadable(other.to_string()),
    })?;
    TEMPLATES.with_borrow_mut(|templates| templates.push((path.to_owned(), template)));
    Ok(template)
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
