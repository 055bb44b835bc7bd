//! How many connections each address has open. The table is as small as the open connections.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The open connections by address.
#[derive(Debug, Clone)]
pub(super) struct PerIp {
    most: u32,
    open: Arc<Mutex<HashMap<IpAddr, u32>>>,
}

/// One open connection; dropping it gives the place back.
#[derive(Debug)]
pub(super) struct Place {
    address: IpAddr,
    of: PerIp,
}

impl PerIp {
    pub(super) fn new(most: u32) -> Self {
        Self {
            most,
            open: Arc::default(),
        }
    }

    /// A place for one more connection, unless the address has them all.
    pub(super) fn take(&self, address: IpAddr) -> Option<Place> {
        let address = subscriber(address);
        let mut open = self.lock();
        let count = open.entry(address).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Place {
            address,
            of: self.clone(),
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, u32>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.of.lock();
        if let Some(count) = open.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.address);
            }
        }
    }
}

/// A provider gives a customer a whole /64 of IPv6, so that is what counts as one address.
fn subscriber(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let network = u128::from(address) & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from(network))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_given_back_and_the_table_shrinks() {
        let per_ip = PerIp::new(2);
        let address: IpAddr = "192.0.2.1".parse().unwrap();
        let places = (per_ip.take(address), per_ip.take(address));
        assert!(places.0.is_some() && places.1.is_some());
        assert!(per_ip.take(address).is_none());
        assert!(per_ip.take("192.0.2.2".parse().unwrap()).is_some());
        drop(places);
        assert!(per_ip.lock().is_empty());
    }

    #[test]
    fn a_network_of_ipv6_and_a_mapped_address_count_as_one() {
        let per_ip = PerIp::new(1);
        let take = |text: &str| per_ip.take(text.parse().unwrap());
        let first = take("2001:db8::1");
        assert!(first.is_some());
        assert!(take("2001:db8::ffff:1").is_none());
        assert!(take("2001:db8:0:1::1").is_some());
        let _v4 = take("192.0.2.1");
        assert!(take("::ffff:192.0.2.1").is_none());
    }
}
