//! The pages and their addresses.
//!
//! Four pages need no router: an address is parsed into a [`Route`], a route writes its address,
//! and the browser's history does the rest (`hooks::use_route`).

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The list of orders.
    Orders,
    /// One order, by its id.
    Order(String),
    /// Logging in.
    Login,
    /// Making the first administrator, through a link with a token.
    Setup,
    /// An address that leads nowhere.
    Unknown,
}

impl Route {
    /// The page at a path such as `/admin/orders/01J…`.
    #[must_use]
    pub fn parse(path: &str) -> Self {
        let mut segments = path.split('/').filter(|segment| !segment.is_empty());
        if segments.next() != Some("admin") {
            return Self::Unknown;
        }
        match (segments.next(), segments.next(), segments.next()) {
            (None | Some("orders"), None, None) => Self::Orders,
            (Some("orders"), Some(id), None) if is_id(id) => Self::Order(id.to_owned()),
            (Some("login"), None, None) => Self::Login,
            (Some("setup"), None, None) => Self::Setup,
            _ => Self::Unknown,
        }
    }

    /// Where the page is.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Orders | Self::Unknown => "/admin".to_owned(),
            Self::Order(id) => format!("/admin/orders/{id}"),
            Self::Login => "/admin/login".to_owned(),
            Self::Setup => "/admin/setup".to_owned(),
        }
    }
}

/// The one-time token in the fragment of the setup link, `#token=…`.
///
/// It is in the fragment because that part of an address reaches neither servers nor logs.
#[must_use]
pub fn setup_token(fragment: &str) -> Option<String> {
    fragment
        .trim_start_matches('#')
        .split('&')
        .find_map(|pair| pair.strip_prefix("token="))
        .filter(|token| !token.is_empty())
        .map(str::to_owned)
}

/// Ids go into request paths as they are, so nothing else may pass.
fn is_id(text: &str) -> bool {
    text.len() <= 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_its_page_and_back() {
        for route in [
            Route::Orders,
            Route::Login,
            Route::Setup,
            Route::Order("01J9-x_Y".to_owned()),
        ] {
            assert_eq!(Route::parse(&route.path()), route);
        }
    }

    #[test]
    fn slashes_at_the_end_do_not_matter() {
        for (path, route) in [
            ("/admin/", Route::Orders),
            ("/admin/orders/", Route::Orders),
            ("/admin/login/", Route::Login),
        ] {
            assert_eq!(Route::parse(path), route, "{path}");
        }
    }

    #[test]
    fn anything_else_is_unknown() {
        for path in [
            "/",
            "/adm",
            "/admin/users",
            "/admin/orders/1/2",
            "/admin/orders/a%2Fb",
            "/admin/orders/..?x",
        ] {
            assert_eq!(Route::parse(path), Route::Unknown, "{path}");
        }
    }

    #[test]
    fn the_setup_token_is_read_from_the_fragment() {
        for (fragment, token) in [
            ("#token=abc-1", Some("abc-1")),
            ("token=abc", Some("abc")),
            ("#lang=ru&token=t", Some("t")),
            ("#token=", None),
            ("#", None),
            ("", None),
        ] {
            assert_eq!(setup_token(fragment).as_deref(), token, "{fragment}");
        }
    }
}
