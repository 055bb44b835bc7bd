//! The parts pages are made of: properties in, view out.

mod badge;
mod confirm;
mod failure_note;
mod field;
mod header;
mod notice_area;
mod time;

pub(crate) use badge::{DeliveryBadge, StatusBadge};
pub(crate) use confirm::Confirm;
pub(crate) use failure_note::FailureNote;
pub(crate) use field::{Field, FieldKind};
pub(crate) use header::Header;
pub(crate) use notice_area::NoticeArea;
pub(crate) use time::{Countdown, Time};
