//! The pages.

mod login;
mod order;
mod orders;
mod setup;

pub(crate) use login::LoginPage;
pub(crate) use order::OrderPage;
pub(crate) use orders::OrdersPage;
pub(crate) use setup::SetupPage;
