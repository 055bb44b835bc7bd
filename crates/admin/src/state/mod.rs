//! What the pages know and decide, without a browser.

pub mod failure;
pub mod loading;
pub mod moment;
pub mod order_list;
pub mod password;
pub mod screen;
pub mod standing;
