//! What of the widget is loaded later: each chunk is a WebAssembly file of its own, with the code
//! and the texts that only it needs.

use std::rc::Rc;

use tirage_pricing::{Answers, Template};
use wasm_bindgen::prelude::*;

use crate::components::calculator::{Act, Button, Session};
use crate::components::remote::Priced;
use crate::components::shelf::Found;
use crate::components::{cart, compare, keep, order, page, reason, remote, share, shelf, undo};
use crate::embed::Mounted;
use crate::error::WidgetError;
use crate::state::calculator::Calculator;
use crate::state::parts::Rearrange;
use crate::state::price::{Figure, outcome};
use crate::state::words::Words;
use crate::ui::{El, browser};

tirage_split::chunk! {
    /// Carts, offers and orders.
    pub(crate) struct Cart in "cart";
    /// Shows the cart.
    1: fn show_cart(mounted: &Rc<Mounted>) = cart::start;
    /// Loads the order and shows it.
    2: fn show_order(mounted: &Rc<Mounted>) = order::start;
}

tirage_split::chunk! {
    /// What comes right after the price: what the page's own code may ask, and aids for the buyer.
    pub(crate) struct More in "more";
    /// The schema or the quote; empty for a name that is neither.
    1: fn read(session: &Rc<Session>, what: &str) -> String = page::read;
    /// Takes over what the page or a script of ours writes, and says in the console what it could not.
    2: fn write(session: &Rc<Session>, answers: &JsValue, all: bool, source: &str) = page::write;
    /// Holds the buyer back under a name, with the reason; without one, no longer.
    3: fn hold(session: &Rc<Session>, name: &str, message: Option<String>) = page::hold;
    /// Shows counts at texts, possible days, and the controls of questions for files.
    4: fn begin(session: &Rc<Session>) = page::begin;
    /// Remembers how the calculator stands before this.
    5: fn remember(session: &Rc<Session>, act: &Act) = undo::remember;
    /// Moves a part of the repeating detail of this section, or takes it out.
    7: fn rearrange(session: &Rc<Session>, section: usize, how: Rearrange) = page::rearrange;
    /// Copies a link to the answers.
    8: fn share(session: &Rc<Session>) = share::copy;
    /// Stands like another one, because the buyer wants it.
    9: fn turn(session: &Rc<Session>, to: &Calculator) = undo::turn;
    /// A calculator that stands as this one does now.
    0: fn copy(session: &Rc<Session>) -> Rc<Calculator> = undo::copy;
    /// Offers ways back from what rules changed since.
    6: fn offer(session: &Rc<Session>) = undo::offer;
}

tirage_split::chunk! {
    /// What a buyer keeps: lines of the cart, and answers in an address.
    pub(crate) struct Keep in "keep";
    /// Puts answers into the cart, as far as the button does that, and leaves if it does that.
    1: fn put(session: &Rc<Session>, answers: &Answers, button: Button) = keep::put;
    /// The answers that the page's address asks for.
    2: fn find(product: &str, template: &Template) -> Found = shelf::find;
}

tirage_split::chunk! {
    /// How the price is made up.
    pub(crate) struct Why in "why";
    /// Shows it inside these details, and opens them.
    1: fn open(session: &Rc<Session>, details: El) = reason::open;
    /// What a configuration comes to besides its price.
    2: fn outcome(calculator: &Calculator, words: &Words<'_>) -> Vec<Figure> = outcome;
}

tirage_split::chunk! {
    /// Configurations beside each other.
    pub(crate) struct Compare in "compare";
    /// Shows what is kept beside the answers of now, and keeps those too if it is asked to.
    1: fn compare(session: &Rc<Session>, keeps: bool) = compare::show;
}

tirage_split::chunk! {
    /// Prices that the print house computes.
    pub(crate) struct Remote in "remote";
    /// Begins to ask for the prices of a calculator.
    1: fn begin(session: &Rc<Session>) = remote::begin;
    /// Asks for the prices of one line of a cart.
    2: fn price(mounted: &Mounted, product: &str, calculator: &Calculator, done: Priced) = remote::price;
}

/// What is loaded without a calculator that could say what went wrong.
macro_rules! loaded {
    ($($chunk:ident)*) => {
        $(impl $chunk {
            /// Calls `done` once the chunk is there, or could not be loaded; never after the
            /// element went.
            pub(crate) fn load(mounted: &Mounted, done: impl FnOnce(Result<Self, WidgetError>) + 'static) {
                let done = move |loaded: Loaded| done(loaded.map(Self));
                load(mounted, Self::NAME, Box::new(done));
            }
        })*
    };
}

loaded! { Cart Keep Remote }

/// What a calculator brings when the buyer or the page asks for it.
macro_rules! brought {
    ($($chunk:ident)*) => {
        $(impl $chunk {
            /// Calls `then` once the chunk is there; if it does not come, that is said, with a way
            /// to try again.
            pub(crate) fn bring(session: &Rc<Session>, then: impl Fn(&Rc<Session>, Self) + 'static) {
                bring(session, Self::NAME, Rc::new(move |session| then(session, Self(()))));
            }
        })*
    };
}

brought! { Compare Keep More Remote Why }

/// Loads the script that shows the controls of questions for files, and has it do so.
pub(crate) fn load_files(mounted: &Mounted, done: impl FnOnce(Loaded) + 'static) {
    load(mounted, "files", Box::new(done));
}

type Then = Rc<dyn Fn(&Rc<Session>)>;
type Loaded = Result<(), WidgetError>;

fn bring(session: &Rc<Session>, name: &'static str, then: Then) {
    let own = Rc::clone(session);
    let done = move |loaded: Loaded| match loaded {
        Ok(()) => then(&own),
        Err(error) => {
            let again = Rc::clone(&own);
            own.lack(&error, move || bring(&again, name, Rc::clone(&then)));
        }
    };
    load(&session.mounted, name, Box::new(done));
}

fn load(mounted: &Mounted, name: &str, done: Box<dyn FnOnce(Loaded)>) {
    let told = Closure::once_into_js(move |failure: Option<String>| {
        // The element is gone: nobody waits any more.
        if failure.as_deref() != Some("") {
            done(failure.map_or(Ok(()), |failure| Err(WidgetError::Chunk(failure))));
        }
    });
    browser::chunk(&mounted.options().whole, name, &mounted.api().life, told);
}
