//! Shown when something could not be loaded: what it is, and a way to try again.

use crate::error::WidgetError;
use crate::locale::Locale;
use crate::ui::{El, el};

pub(crate) fn show(error: &WidgetError, locale: &'static Locale, again: impl Fn() + 'static) -> El {
    let texts = locale.texts;
    let message = match error {
        WidgetError::Missing => texts.missing,
        WidgetError::Outdated => texts.outdated,
        WidgetError::Unreachable { .. } | WidgetError::Chunk(_) | WidgetError::Unreadable(_) => {
            texts.load_failed
        }
    };
    let button = el("button|type=button|class=quiet|part=retry")
        .text(texts.try_again)
        .on("click", again);
    el("div|class=failure|part=failure|role=alert").with(&[el("p").text(message), button])
}
