//! Which page is on the screen: the address proposes, the session decides.

use super::failure::Failure;
use crate::route::Route;

/// Whether somebody is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Not known yet.
    Asking,
    /// It could not be found out.
    Failed(Failure),
    /// Nobody is.
    Out {
        /// A session was there and has ended by itself.
        ended: bool,
    },
    /// Somebody is, under this name.
    In(String),
}

/// A page on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screen {
    /// Nothing yet.
    Waiting,
    /// The service does not answer.
    Down(Failure),
    /// Logging in; the address stays, so that afterwards the page asked for appears.
    Login,
    /// Making the first administrator.
    Setup,
    /// The list of orders.
    Orders,
    /// One order.
    Order(String),
    /// The address leads nowhere.
    NotFound,
}

impl Screen {
    /// The page for an address and a session.
    #[must_use]
    pub fn of(route: &Route, access: &Access) -> Self {
        match (route, access) {
            (Route::Setup, _) => Self::Setup,
            (_, Access::Asking) => Self::Waiting,
            (_, Access::Failed(failure)) => Self::Down(failure.clone()),
            (_, Access::Out { .. }) => Self::Login,
            (Route::Login | Route::Orders, Access::In(_)) => Self::Orders,
            (Route::Order(id), Access::In(_)) => Self::Order(id.clone()),
            (Route::Unknown, Access::In(_)) => Self::NotFound,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_session_every_page_but_the_setup_asks_for_a_login() {
        let out = Access::Out { ended: false };
        for route in [
            Route::Orders,
            Route::Order("1".to_owned()),
            Route::Login,
            Route::Unknown,
        ] {
            assert_eq!(Screen::of(&route, &out), Screen::Login, "{route:?}");
        }
        assert_eq!(Screen::of(&Route::Setup, &out), Screen::Setup);
    }

    #[test]
    fn nothing_is_shown_before_the_session_is_known() {
        assert_eq!(
            Screen::of(&Route::Order("1".to_owned()), &Access::Asking),
            Screen::Waiting
        );
    }

    #[test]
    fn who_is_logged_in_is_not_asked_again() {
        let access = Access::In("anna".to_owned());
        assert_eq!(Screen::of(&Route::Login, &access), Screen::Orders);
        assert_eq!(Screen::of(&Route::Unknown, &access), Screen::NotFound);
    }
}
