//! Which addresses a connection may reach.
//!
//! An administrator types a host name, and without these rules that name could make the service
//! talk to its own network: databases, cloud metadata, neighbours. So only addresses of the
//! public internet are reached, unless the connection's own list says otherwise, because an
//! ASystem server does stand on a private network.
//!
//! The tables are IANA's special-purpose registries (read 2026-11).

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A block of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block {
    base: IpAddr,
    length: u8,
}

/// An exception from the rules, written as an address, a block (`10.0.0.0/8`) or a host name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AllowRule {
    /// These addresses, whatever they are.
    Block(AllowedBlock),
    /// This host, when it is on a private network or on this machine.
    ///
    /// A name is weaker than a block: whoever controls it must not be able to point it at
    /// link-local addresses, where clouds keep their metadata.
    Host(String),
}

/// A block of an [`AllowRule`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AllowedBlock(Block);

/// An address that was not connected to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{host}` leads to {address}, which this connection may not reach")]
pub(crate) struct Blocked {
    host: String,
    address: IpAddr,
}

/// The rules of one connection.
#[derive(Debug, Clone, Default)]
pub(crate) struct AddressRules {
    allowed: Vec<AllowRule>,
}

impl AddressRules {
    pub(crate) fn new(allowed: Vec<AllowRule>) -> Self {
        Self { allowed }
    }

    /// Whether `address`, to which `host` leads, may be connected to.
    pub(crate) fn check(&self, host: &str, address: IpAddr) -> Result<(), Blocked> {
        // ::ffff:127.0.0.1 is 127.0.0.1 to the operating system, so it is to us.
        let address = address.to_canonical();
        let permitted = is_public(address)
            || self.allowed.iter().any(|rule| match rule {
                AllowRule::Block(AllowedBlock(block)) => block.contains(address),
                AllowRule::Host(name) => *name == normal(host) && is_local(address),
            });
        if permitted {
            Ok(())
        } else {
            Err(Blocked {
                host: host.to_owned(),
                address,
            })
        }
    }
}

impl FromStr for AllowRule {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "an address, a block such as `10.0.0.0/8`, or a host name";
        if let Ok(address) = text.parse::<IpAddr>() {
            let length = if address.is_ipv4() { 32 } else { 128 };
            return Ok(Self::Block(AllowedBlock(Block {
                base: address.to_canonical(),
                length: if address.to_canonical().is_ipv4() {
                    32
                } else {
                    length
                },
            })));
        }
        if let Some((base, length)) = text.split_once('/') {
            let base: IpAddr = base.parse().map_err(|_| EXPECTED)?;
            let length: u8 = length.parse().map_err(|_| EXPECTED)?;
            let longest = if base.is_ipv4() { 32 } else { 128 };
            if length > longest {
                return Err(EXPECTED);
            }
            return Ok(Self::Block(AllowedBlock(Block { base, length })));
        }
        let host = normal(text);
        let named = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        if host.is_empty() || !host.bytes().all(named) {
            return Err(EXPECTED);
        }
        Ok(Self::Host(host))
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.length)
    }
}

impl Block {
    const fn v4(a: u8, b: u8, c: u8, length: u8) -> Self {
        Self {
            base: IpAddr::V4(Ipv4Addr::new(a, b, c, 0)),
            length,
        }
    }

    const fn v6(a: u16, b: u16, c: u16, length: u8) -> Self {
        Self {
            base: IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0)),
            length,
        }
    }

    fn contains(self, address: IpAddr) -> bool {
        match (self.base, address) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                let mask = u32::MAX
                    .checked_shl(32 - u32::from(self.length))
                    .unwrap_or(0);
                base.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                let mask = u128::MAX
                    .checked_shl(128 - u32::from(self.length))
                    .unwrap_or(0);
                base.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

/// Private networks and this machine: what a host name on the list may lead to.
const LOCAL: [Block; 7] = [
    Block::v4(10, 0, 0, 8),
    Block::v4(100, 64, 0, 10),
    Block::v4(127, 0, 0, 8),
    Block::v4(172, 16, 0, 12),
    Block::v4(192, 168, 0, 16),
    // fc00::/7, and ::1 as the block of one address that `is_local` adds.
    Block::v6(0xfc00, 0, 0, 7),
    Block::v6(0xfec0, 0, 0, 10),
];

/// IPv4 that is not the public internet.
const SPECIAL_V4: [Block; 14] = [
    Block::v4(0, 0, 0, 8),       // "this network"
    Block::v4(10, 0, 0, 8),      // private
    Block::v4(100, 64, 0, 10),   // behind a provider's address translation
    Block::v4(127, 0, 0, 8),     // this machine
    Block::v4(169, 254, 0, 16),  // link-local, cloud metadata
    Block::v4(172, 16, 0, 12),   // private
    Block::v4(192, 0, 0, 24),    // protocol assignments
    Block::v4(192, 0, 2, 24),    // documentation
    Block::v4(192, 88, 99, 24),  // 6to4 relays
    Block::v4(192, 168, 0, 16),  // private
    Block::v4(198, 18, 0, 15),   // benchmarks
    Block::v4(198, 51, 100, 24), // documentation
    Block::v4(203, 0, 113, 24),  // documentation
    Block::v4(224, 0, 0, 3),     // multicast, reserved, broadcast
];

/// All of IPv6 that is the public internet, but for the exceptions below.
const GLOBAL_V6: Block = Block::v6(0x2000, 0, 0, 3);

const SPECIAL_V6: [Block; 4] = [
    Block::v6(0x2001, 0, 0, 23), // protocol assignments, Teredo among them
    Block::v6(0x2001, 0xdb8, 0, 32), // documentation
    Block::v6(0x2002, 0, 0, 16), // 6to4: carries any IPv4 address
    Block::v6(0x3fff, 0, 0, 20), // documentation
];

fn is_public(address: IpAddr) -> bool {
    let within = |block: &Block| block.contains(address);
    match address {
        IpAddr::V4(_) => !SPECIAL_V4.iter().any(within),
        // Everything outside 2000::/3 is not global: ::1, ::, fe80::, fc00::, ff00::, and
        // 64:ff9b::, which leads to any IPv4 address.
        IpAddr::V6(_) => GLOBAL_V6.contains(address) && !SPECIAL_V6.iter().any(within),
    }
}

fn is_local(address: IpAddr) -> bool {
    address.is_loopback() || LOCAL.iter().any(|block| block.contains(address))
}

fn normal(host: &str) -> String {
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(allowed: &[&str]) -> AddressRules {
        AddressRules::new(allowed.iter().map(|rule| rule.parse().unwrap()).collect())
    }

    fn reaches(rules: &AddressRules, host: &str, address: &str) -> bool {
        rules.check(host, address.parse().unwrap()).is_ok()
    }

    #[test]
    fn only_the_public_internet_is_reached() {
        let inside = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.0.170",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "192.168.255.255",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:0:7f00:1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::8.8.8.8",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:0:7f00:1::",
            "2001:db8::1",
            "2001:2::1",
            "2001:10::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456:789a::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "ff0e::1",
        ];
        for address in inside {
            assert!(!reaches(&rules(&[]), "erp.example", address), "{address}");
        }
        let outside = [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "126.255.255.255",
            "128.0.0.1",
            "169.253.255.255",
            "169.255.0.1",
            "172.15.255.255",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.255.255",
            "192.169.0.1",
            "198.17.255.255",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:8.8.8.8",
            "2a00:1450:4010::1",
            "2001:4860:4860::8888",
            "2606:4700::1111",
            "2003::1",
        ];
        for address in outside {
            assert!(reaches(&rules(&[]), "erp.example", address), "{address}");
        }
    }

    #[test]
    fn a_block_on_the_list_is_reached_and_its_neighbours_are_not() {
        let rules = rules(&[
            "192.168.7.0/24",
            "127.0.0.1",
            "fd00:1::/32",
            "::ffff:10.0.0.9",
        ]);
        for address in [
            "192.168.7.1",
            "127.0.0.1",
            "::ffff:127.0.0.1",
            "fd00:1::5",
            "10.0.0.9",
        ] {
            assert!(reaches(&rules, "any.example", address), "{address}");
        }
        for address in ["192.168.8.1", "127.0.0.2", "::1", "fd00:2::5", "10.0.0.8"] {
            assert!(!reaches(&rules, "any.example", address), "{address}");
        }
    }

    #[test]
    fn a_host_on_the_list_may_be_local_but_not_link_local() {
        let rules = rules(&["ASystem.local."]);
        for address in ["10.0.0.1", "127.0.0.1", "::1", "fd00::1", "100.64.0.1"] {
            assert!(reaches(&rules, "asystem.local", address), "{address}");
            assert!(!reaches(&rules, "other.local", address), "{address}");
        }
        for address in [
            "169.254.169.254",
            "fe80::1",
            "0.0.0.0",
            "224.0.0.1",
            "2002:7f00:1::",
        ] {
            assert!(!reaches(&rules, "asystem.local", address), "{address}");
        }
    }

    #[test]
    fn the_widest_and_the_narrowest_block_work() {
        assert!(reaches(&rules(&["0.0.0.0/0"]), "x", "127.0.0.1"));
        assert!(reaches(&rules(&["::/0"]), "x", "fe80::1"));
        assert!(!reaches(&rules(&["0.0.0.0/0"]), "x", "fe80::1"));
        assert!(!reaches(&rules(&["10.0.0.1/32"]), "x", "10.0.0.2"));
    }

    #[test]
    fn a_rule_that_is_none_is_refused() {
        for rule in [
            "",
            "10.0.0.0/33",
            "::/129",
            "10.0.0/8",
            "10.0.0.0/-1",
            "a b",
            "http://x",
            "*",
        ] {
            assert!(rule.parse::<AllowRule>().is_err(), "{rule:?}");
        }
    }
}
