//! The checks themselves. Every order gets a number of its own, so they do not disturb each other.

use sha2::{Digest as _, Sha256};

use super::rig::{Rig, Situation};
use super::{Violation, everything_told, sample_order};
use crate::connector::{Connector, OrderKey, RemoteOrder};
use crate::error::ConnectorError;

/// A system in good health: one order however often it is sent, and a look-up to be believed.
///
/// `prefix` keeps the orders of one run apart from those of every other.
///
/// # Errors
/// The first rule that is broken.
pub async fn sound(connector: &dyn Connector, prefix: &str) -> Result<(), Violation> {
    let rule = "the connection check succeeds";
    connector
        .probe()
        .await
        .map_err(|error| broken(rule, &error))?;

    let (number, key) = key_of(prefix, "sound")?;
    let order = sample_order(&number)?;
    let find = async |rule| {
        connector
            .find_order(&key)
            .await
            .map_err(|error| broken(rule, &error))
    };

    let rule = "an order that was never sent is not found";
    if let Some(found) = find(rule).await? {
        return Err(unexpected(rule, &found));
    }
    let rule = "an order can be sent";
    let sent = connector
        .push_order(&order, &key)
        .await
        .map_err(|error| broken(rule, &error))?;

    let rule = "a sent order is found";
    let found = find(rule).await?.ok_or_else(|| missing(rule))?;
    same(rule, &sent, &found)?;

    let rule = "the same key twice is the same order";
    let again = connector
        .push_order(&order, &key)
        .await
        .map_err(|error| broken(rule, &error))?;
    same(rule, &sent, &again)?;

    let rule = "the same key twice leaves one order behind";
    let found = find(rule).await?.ok_or_else(|| missing(rule))?;
    if found.duplicates.is_empty() {
        Ok(())
    } else {
        Err(unexpected(rule, &found))
    }
}

/// Every situation is sorted rightly, and a look-up afterwards tells whether the order was taken.
///
/// # Errors
/// The first rule that is broken.
pub async fn sorted(rig: &dyn Rig) -> Result<(), Violation> {
    for (index, situation) in Situation::ALL.into_iter().enumerate() {
        let (number, key) = key_of("sorted", &index.to_string())?;
        let error = meet(rig, situation, &number, &key).await?;

        let disposition = error.reason.disposition();
        if !situation.expected().is(disposition) {
            return Err(Violation {
                rule: "every failure is sorted by whether the order can have been taken",
                found: format!("{situation:?} came out as {disposition:?} of {error}"),
            });
        }
        rig.recover().await;
        after(rig, situation, &number, &key).await?;
    }
    Ok(())
}

/// What follows a failed attempt: look up, send only what is not there, end with one order.
async fn after(
    rig: &dyn Rig,
    situation: Situation,
    number: &str,
    key: &OrderKey,
) -> Result<(), Violation> {
    let rule = "a look-up tells whether the order was taken";
    let found = rig
        .connector()
        .find_order(key)
        .await
        .map_err(|error| broken(rule, &error))?;
    if found.is_some() != situation.takes_the_order() {
        return Err(Violation {
            rule,
            found: format!("{found:?} after {situation:?}"),
        });
    }
    let rule = "an order that was not taken can be sent again";
    if found.is_none() {
        let order = sample_order(number)?;
        let sent = rig.connector().push_order(&order, key).await;
        sent.map_err(|error| broken(rule, &error))?;
    }
    let orders = rig.orders(number).await;
    if orders == 1 {
        Ok(())
    } else {
        Err(Violation {
            rule: "one order is left behind",
            found: format!("{orders} orders after {situation:?}"),
        })
    }
}

/// No error tells a secret or what the customer wrote, in any of its forms.
///
/// # Errors
/// The first rule that is broken.
pub async fn discreet(rig: &dyn Rig) -> Result<(), Violation> {
    let mut secrets = rig.secrets();
    let customer = sample_order("any")?.customer;
    secrets.extend([customer.name, customer.phone, customer.email]);
    let connector = format!("{:?}", rig.connector());
    tells_nothing(&secrets, "the connector", &connector)?;

    for (index, situation) in Situation::ALL.into_iter().enumerate() {
        let (number, key) = key_of("discreet", &index.to_string())?;
        let error = meet(rig, situation, &number, &key).await?;
        tells_nothing(
            &secrets,
            &format!("{situation:?}"),
            &everything_told(&error),
        )?;
        rig.recover().await;
    }
    Ok(())
}

fn tells_nothing(secrets: &[String], what: &str, told: &str) -> Result<(), Violation> {
    // The secret itself stays out of this report as well.
    match secrets.iter().position(|secret| told.contains(secret)) {
        None => Ok(()),
        Some(index) => Err(Violation {
            rule: "no secret is told",
            found: format!("{what} tells secret number {index}"),
        }),
    }
}

async fn meet(
    rig: &dyn Rig,
    situation: Situation,
    number: &str,
    key: &OrderKey,
) -> Result<ConnectorError, Violation> {
    let order = sample_order(number)?;
    rig.arrange(situation).await;
    match rig.connector().push_order(&order, key).await {
        Err(error) => Ok(error),
        Ok(sent) => Err(unexpected(
            "a situation that fails is told as a failure",
            &sent,
        )),
    }
}

fn key_of(prefix: &str, name: &str) -> Result<(String, OrderKey), Violation> {
    let number = format!("{prefix}-{name}");
    // Numbers may be in any script; keys may not.
    let digest = Sha256::digest(&number);
    let idempotency_key: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let key = OrderKey::new(idempotency_key, &number).map_err(|error| Violation {
        rule: "the prefix makes a key",
        found: error.to_string(),
    })?;
    Ok((number, key))
}

fn same(rule: &'static str, first: &RemoteOrder, second: &RemoteOrder) -> Result<(), Violation> {
    if first.id == second.id {
        Ok(())
    } else {
        Err(Violation {
            rule,
            found: format!("`{}` and `{}`", first.id, second.id),
        })
    }
}

fn broken(rule: &'static str, error: &ConnectorError) -> Violation {
    Violation {
        rule,
        found: error.to_string(),
    }
}

fn unexpected(rule: &'static str, found: &RemoteOrder) -> Violation {
    Violation {
        rule,
        found: format!("{found:?}"),
    }
}

fn missing(rule: &'static str) -> Violation {
    Violation {
        rule,
        found: "nothing".to_owned(),
    }
}
