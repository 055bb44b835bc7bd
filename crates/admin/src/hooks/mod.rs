//! One effect on the browser per file, undone when its page goes.

mod use_language;
mod use_notices;
mod use_now;
mod use_orders;
mod use_poll;
mod use_route;
mod use_session;
mod use_title;

pub(crate) use use_language::{Wording, provide_language, use_language};
pub(crate) use use_notices::{Notices, provide_notices, use_notices};
pub(crate) use use_now::use_now;
pub(crate) use use_orders::{OrdersStore, provide_orders, use_orders};
pub(crate) use use_poll::use_poll;
pub(crate) use use_route::{provide_route, use_route};
pub(crate) use use_session::{SessionStore, provide_session, use_session};
pub(crate) use use_title::use_title;
