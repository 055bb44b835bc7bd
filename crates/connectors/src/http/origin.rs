//! Scheme, host and port of a connection, as an administrator types them.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

/// Where a connection goes. Holds no user, password or path: keys travel in headers.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    url: Url,
}

impl Origin {
    /// Reads `https://host:port`; the scheme may be left out, and the port too.
    pub(crate) fn parse(text: &str, default_port: u16) -> Result<Self, &'static str> {
        const EXPECTED: &str = "`https://host:port` without a path";
        let text = text.trim();
        let full = if text.contains("://") {
            text.to_owned()
        } else {
            format!("https://{text}")
        };
        let mut url = Url::parse(&full).map_err(|_| EXPECTED)?;
        let bare = url.username().is_empty()
            && url.password().is_none()
            && matches!(url.path(), "" | "/")
            && url.query().is_none()
            && url.fragment().is_none();
        if !matches!(url.scheme(), "http" | "https") || !bare || url.host_str().is_none() {
            return Err(EXPECTED);
        }
        // `Url` forgets a port that is its scheme's own, but somebody who typed 443 meant 443.
        if !names_port(&full) {
            url.set_port(Some(default_port)).map_err(|()| EXPECTED)?;
        }
        Ok(Self { url })
    }

    pub(crate) fn is_plain(&self) -> bool {
        self.url.scheme() == "http"
    }

    /// The host, when it is an address and not a name. All the ways to write an IPv4 address
    /// (`0x7f.1`, `2130706433`, `127.1`) have become one by now.
    pub(crate) fn address(&self) -> Option<IpAddr> {
        let host = self.url.host_str()?;
        host.trim_matches(['[', ']']).parse().ok()
    }

    pub(crate) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The address of a path on this host.
    pub(crate) fn join(&self, path_and_query: &str) -> Result<Url, &'static str> {
        const EXPECTED: &str = "a path beginning with `/`";
        if !path_and_query.starts_with('/') {
            return Err(EXPECTED);
        }
        let origin = self.url.as_str().trim_end_matches('/');
        let joined = Url::parse(&format!("{origin}{path_and_query}")).map_err(|_| EXPECTED)?;
        if joined.origin() == self.url.origin() {
            Ok(joined)
        } else {
            Err(EXPECTED)
        }
    }
}

fn names_port(full: &str) -> bool {
    let authority = full.split_once("://").map_or(full, |(_, rest)| rest);
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    let after_host = authority.rsplit(']').next().unwrap_or_default();
    matches!(after_host.rsplit_once(':'), Some((_, port)) if !port.is_empty())
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let origin = Origin::parse(text, 3000).ok()?;
        Some(origin.join("/api/v1/orders?x=1").unwrap().to_string())
    }

    #[test]
    fn the_port_is_the_default_one_only_when_it_is_left_out() {
        let table = [
            ("https://192.168.7.5", "https://192.168.7.5:3000"),
            ("https://192.168.7.5:3001/", "https://192.168.7.5:3001"),
            ("https://erp.example:443", "https://erp.example"),
            ("http://erp.example:80", "http://erp.example"),
            ("http://erp.example", "http://erp.example:3000"),
            ("erp.example", "https://erp.example:3000"),
            ("erp.example:8443", "https://erp.example:8443"),
            ("https://[fd00::1]", "https://[fd00::1]:3000"),
            ("https://[fd00::1]:443", "https://[fd00::1]"),
            (" https://ERP.Example:1 ", "https://erp.example:1"),
        ];
        for (text, expected) in table {
            let expected = format!("{expected}/api/v1/orders?x=1");
            assert_eq!(read(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn anything_but_scheme_host_and_port_is_refused() {
        for text in [
            "",
            "https://",
            "ftp://erp.example",
            "https://user@erp.example",
            "https://user:pass@erp.example",
            "https://erp.example/api",
            "https://erp.example?x",
            "https://erp.example#x",
            "https://erp example",
            "https://erp.example:99999",
            "file:///etc/passwd",
            "javascript:alert(1)",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_is_seen_through_every_spelling() {
        for text in [
            "https://127.0.0.1",
            "https://2130706433",
            "https://0x7f000001",
            "https://0177.0.0.1",
            "https://127.1",
            "https://127.0.0.1.",
            "https://0x7f.0.1",
            "https://１２７.0.0.1",
        ] {
            let address = Origin::parse(text, 3000).unwrap().address();
            assert_eq!(address, Some("127.0.0.1".parse().unwrap()), "{text}");
        }
        let v6 = Origin::parse("https://[::ffff:127.0.0.1]", 3000).unwrap();
        assert_eq!(v6.address(), Some("::ffff:127.0.0.1".parse().unwrap()));
        let name = Origin::parse("https://erp.example", 3000).unwrap();
        assert_eq!(name.address(), None);
    }

    #[test]
    fn a_path_cannot_change_the_host() {
        let origin = Origin::parse("https://erp.example", 3000).unwrap();
        for path in [
            "//evil.example/x",
            "/\\evil.example",
            "/@evil.example",
            "/..//evil.example",
        ] {
            let joined = origin.join(path).unwrap();
            assert_eq!(joined.host_str(), Some("erp.example"), "{path}");
        }
        assert!(origin.join("@evil.example/").is_err());
        assert!(origin.join(".evil.example/").is_err());
    }
}
