//! The lists of texts; each language has one constant of each type.
//!
//! What only a chunk says is a list of its own, which comes with it.

macro_rules! catalog {
    ($($key:ident,)* $(; $(#[$about:meta])* $list:ident { $($own:ident,)* })*) => {
        /// Every text of the calculator in one language.
        #[derive(Debug)]
        pub struct Catalog {
            $(#[doc = concat!("Text `", stringify!($key), "`.")] pub $key: &'static str,)*
        }

        #[cfg(test)]
        impl Catalog {
            pub(super) fn entries(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($key), self.$key),)*]
            }
        }

        $(
            $(#[$about])*
            #[derive(Debug)]
            pub struct $list {
                pub(super) others: &'static Catalog,
                $(#[doc = concat!("Text `", stringify!($own), "`.")] pub $own: &'static str,)*
            }

            #[cfg(test)]
            impl $list {
                pub(super) fn entries(&self) -> Vec<(&'static str, &'static str)> {
                    vec![$((stringify!($own), self.$own),)*]
                }
            }

            impl std::ops::Deref for $list {
                type Target = Catalog;

                fn deref(&self) -> &Catalog {
                    self.others
                }
            }
        )*
    };
}

/// The texts of one language: `TEXTS`, and a constant for each list beside it.
macro_rules! texts {
    ($($key:ident: $text:literal,)* $(; $name:ident: $list:ident { $($own:ident: $words:literal,)* })*) => {
        pub(super) static TEXTS: Catalog = Catalog { $($key: $text,)* };
        $(pub(super) static $name: $list = $list { others: &TEXTS, $($own: $words,)* };)*

        /// Every text by its name.
        #[cfg(test)]
        pub(super) fn entries() -> Vec<(&'static str, &'static str)> {
            let mut entries = TEXTS.entries();
            $(entries.extend($name.entries());)*
            entries
        }
    };
}

catalog! {
    // Calculator
    optional, choose, yes, no, less, more, piece_unit, from_to, step_of,
    changed, dropped, nothing,
    // Price panel
    total, unit_price, how_made, quantity, sum, per_piece, no_price, price_is, prices_by_quantity,
    choose_quantity, cheaper, little_more, pieces_more, add_to_cart, save_changes, added, in_cart,
    open_cart, reason_below,
    // Problems
    required_missing, required_here, not_a_number, no_such_value, between, not_before, not_after, multiple_of, whole_only,
    too_long, no_combination, outside, forbidden, unavailable_value, ask_for_quote, one_of, priced_remotely, not_computable,
    // Loading
    load_failed, missing, outdated, try_again,
    // Parts and figures
    part_up, part_down, part_remove, other_size, other_inks, width, height, millimetres, face, back,
    // Sharing
    share,
    ;
    /// Every text of what comes right after the price in one language, and through it the others.
    MoreCatalog {
        shared, share_failed, undo_change, undone_change, used_of, characters_left, possible, possible_days,
        keep_to_compare,
    };
    /// Every text of prices that the print house computes in one language, and through it the others.
    RemoteCatalog {
        asking, preliminary, confirmed, no_answer, goes_on,
    };
    /// Every text of how a price is made up in one language, and through it the others.
    WhyCatalog {
        times, percent_of, raised_to, contained, rounded_to, cell_of, table_row, from_only, vat,
        weight, kilograms, production, working_days, working_hours,
    };
    /// Every text of configurations beside each other in one language, and through it the others.
    CompareCatalog {
        comparison, question, of_now, of_kept, difference, same_price, kept,
        kept_already, kept_full, same_answers, back_to_kept, is_back, undo_back, undone_back, remove_kept,
        removed_kept,
    };
    /// Every text of carts, offers and orders in one language, and through it the others.
    CartCatalog {
        // Cart
        cart, cart_empty, cart_empty_hint, lines_in_cart, edit, remove, removed, contact, person,
        organisation, contact_name, organisation_name, phone, phone_hint, email, comment,
        comment_hint, place_order, placing, agree_total, fill_name, fill_organisation, fill_phone,
        fill_email, check_form, shipping, pickup, courier, carrier, post, address, address_hint,
        other_receives, recipient_name, recipient_phone, issue_date, issue_date_hint, consent,
        consent_link, fill_address, fill_recipient, fill_date, fill_consent, wrong_fields, run_of,
        save_for_later, saved_title, order_now, saved_line, undo, undone, accept_line, accepted_line,
        line_changed, settle_lines, source_silent, not_confirmed,
        // Offers
        offer, offer_link, offer_from, offer_until, offer_note, print,
        position, unit_of_offer,
        // Answers to a submit
        network, service_busy, refused, changed_title, changed_price, line_not_priced, was, now,
        accept, reused, placed_title, placed_text, order_page, thanks,
        // Order
        order_number, ordered_at, status, forward_none, forward_sending, forward_arrived,
        forward_arrived_numbered, forward_attention, order_missing,
        status_draft, status_placed, status_awaiting_payment, status_in_design, status_approved,
        status_in_production, status_ready, status_shipped, status_delivered, status_cancelled,
        status_refused,
    }
}
