//! English.

use super::{Attempts, Delivery, Door, Events, Failures, Frame, Order, Orders, Statuses, Words};

/// The English catalogue.
pub(super) const WORDS: Words = Words {
    frame: Frame {
        skip: "Skip to content",
        orders: "Orders",
        language: "Language",
        log_out: "Log out",
        logged_in_as: "Logged in as",
        loading: "Loading…",
        try_again: "Try again",
        not_found: "There is no such page",
        not_found_hint: "The address is out of date or has a typo.",
        to_orders: "To the orders",
        close: "Close",
    },
    door: Door {
        log_in: "Log in",
        enter: "Log in",
        log_in_hint: "Orders and their way to the print house",
        logging_in: "Logging in…",
        name: "Login name",
        password: "Password",
        show_password: "Show password",
        first_time: "First time here?",
        first_time_hint: "The server prints the setup link to its log when it starts.",
        wrong: "The name or the password is wrong.",
        ended: "The session has ended. Log in again.",
        set_up: "First set-up",
        set_up_hint: "Create the administrator. The link works once.",
        create: "Create and log in",
        creating: "Creating…",
        new_password: "New password",
        again: "Password again",
        rules: "The password",
        rule_length: "has at least 12 characters; a phrase of several words is best",
        rule_name: "is not the login name",
        rule_again: "is the same both times",
        rule_holds: "done",
        rule_fails: "not yet",
        strength: "Strength",
        weak: "weak, easily guessed",
        fair: "fair",
        strong: "strong",
        name_missing: "Enter a name.",
        name_refused: "This name will not do or is taken.",
        password_missing: "Enter the password.",
        password_refused: "This password will not do, choose another.",
        not_repeated: "The passwords differ.",
        fix_rules: "The password will not do yet: see the rules below it.",
        token_missing: "The link is incomplete",
        token_missing_hint: "Open the whole link from the server’s log, with the part after the # sign.",
        token_refused: "The link no longer works",
        token_refused_hint: "It was used or is too old. If there is an administrator already, just log in; if not, restart the server and it prints a new link.",
    },
    orders: Orders {
        title: "Orders",
        number: "Number",
        placed: "Time",
        customer: "Customer",
        status: "Status",
        total: "Total",
        deliveries: "To the print house",
        no_deliveries: "not sent",
        empty: "No orders yet",
        empty_hint: "The first one appears here by itself as soon as a buyer places it.",
        refresh: "Refresh",
        updated: "Updated at",
        stale: "No connection to the server. This is how it was at",
        more: "Show more",
        loading_more: "Loading…",
        end: "These are all orders.",
        arrived: new_orders,
    },
    order: Order {
        title: "Order",
        placed: "Placed",
        buyers_page: "The buyer’s page",
        customer: "Customer",
        person: "Private person",
        organisation: "Organisation",
        phone: "Phone",
        email: "E-mail",
        shipping: "Shipping",
        address: "Address",
        recipient: "Recipient",
        issue_date: "Wanted on",
        consent: "Consent to data processing",
        pickup: "Picked up",
        courier: "Courier",
        carrier: "Transport company",
        post: "Post",
        comment: "Comment",
        lines: "Items",
        run: "pcs",
        total: "Total",
        history: "History",
        gone: "There is no such order",
        gone_hint: "Perhaps the link belongs to another installation.",
        attention,
        attention_link: "To the delivery",
    },
    delivery: Delivery {
        title: "To the print house",
        none: "The order goes nowhere: there are no connections.",
        queued: "Queued",
        retrying: "Will retry",
        paused: "Paused",
        sending: "Sending",
        checking: "Checking",
        arrived: "Accepted",
        failed: "Not sent",
        called_off: "Cancelled",
        queued_hint: "Goes out by itself when its turn comes.",
        retrying_hint: "An attempt failed. The next one comes by itself, nothing to do.",
        paused_hint: "The connection is paused and nothing is sent. Remove the cause and send again: the other orders go with it.",
        sending_hint: "Being sent right now.",
        checking_hint: "There was no answer, so nobody knows whether it was accepted. Before sending again we look whether the print house has it.",
        arrived_hint: "The print house accepted the order.",
        failed_hint: "It will not go out by itself any more. Remove the cause and send it again, or cancel.",
        called_off_hint: "Cancelled by hand.",
        remote_number: "Number at the print house",
        next_attempt: "Next attempt",
        pause_reason: "Cause",
        last_error: "Last error",
        attempts,
        attempt: "No.",
        started: "Started",
        took: "Took",
        outcome: "Outcome",
        milliseconds: "ms",
        send_again: "Send again",
        send_now: "Send now",
        check_now: "Check now",
        cancel: "Cancel sending",
        cancel_title: "Cancel sending?",
        cancel_body,
        cancel_yes: "Cancel sending",
        cancel_no: "Keep it",
        retried,
        cancelled,
    },
    statuses: Statuses {
        draft: "Draft",
        placed: "Placed",
        awaiting_payment: "Awaiting payment",
        in_design: "In design",
        approved: "Approved",
        in_production: "In production",
        ready: "Ready",
        shipped: "Shipped",
        delivered: "Delivered",
        cancelled: "Cancelled",
        refused: "Refused",
    },
    events: Events {
        placed: "Order placed",
        status: "Status changed",
        delivered: "Accepted by the print house",
        delivery_dead: "Sending failed",
        delivery_retried: "Sent again by hand",
        delivery_cancelled: "Sending cancelled",
        delivery_adopted: "Found at the print house by hand",
        delivery_duplicated: "The print house has two orders",
    },
    attempts: Attempts {
        running: "running",
        done: "accepted",
        unauthorized: "the key is refused",
        blocked: "the server’s rules forbid the address",
        not_found: "no such address or method",
        conflict: "what the order refers to has changed at the print house",
        not_supported: "the system cannot do this",
        rejected: "the print house refused the order",
        rate_limited: "too many requests, asked to wait",
        unavailable: "the print house is out of reach",
        outcome_unknown: "no answer, outcome unknown",
        bad_response: "unreadable answer",
        failing: "the print house has not answered for long",
        no_look_up: "outcome unknown, only a person can check",
        pace: "put off to keep the agreed pace",
        stopping: "put off: the server was stopping",
        interrupted: "interrupted: the server stopped",
    },
    failures: Failures {
        no_answer: "The server does not answer. Check the connection and try again.",
        unreadable: "The server’s answer makes no sense. Try again.",
        rate_limited: "Too many attempts. Wait a minute and try again.",
        forbidden: "You may not do this. Log in again.",
        conflict: "The state has changed meanwhile. Have another look.",
        not_found: "This no longer exists.",
        unavailable: "The server cannot cope right now. Nothing was changed, try a little later.",
        internal: "A fault of the server. Nothing was changed; its log has the details.",
        refused: "The server refused:",
    },
};

fn counted(count: u64, one: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {one}{ending}")
}

fn attempts(count: u32) -> String {
    counted(u64::from(count), "attempt")
}

fn new_orders(count: usize) -> String {
    counted(count as u64, "new order")
}

fn attention(target: &str) -> String {
    format!("The order did not reach {target}: it needs your decision.")
}

fn cancel_body(number: &str, target: &str) -> String {
    format!("Order {number} will not go to {target}. The order itself stays.")
}

fn retried(target: &str) -> String {
    format!("Sending to {target} has started.")
}

fn cancelled(target: &str) -> String {
    format!("Sending to {target} is cancelled.")
}
