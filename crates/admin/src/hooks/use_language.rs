//! The language of the pages: kept for the next visit, and told to the document.

use leptos::prelude::*;

use crate::browser::dom::{browser_languages, store_language, stored_language};
use crate::words::{Language, Words};

/// What the pages say, in the language of the moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wording(RwSignal<Language>);

impl Wording {
    /// The catalogue; reading it in a view keeps the view in the right language.
    pub(crate) fn words(self) -> &'static Words {
        self.0.get().words()
    }

    /// The catalogue for something that is said once.
    pub(crate) fn words_now(self) -> &'static Words {
        self.0.get_untracked().words()
    }

    /// The language.
    pub(crate) fn language(self) -> Language {
        self.0.get()
    }

    /// Changes the language and keeps it.
    pub(crate) fn choose(self, language: Language) {
        store_language(language.tag());
        self.0.set(language);
    }
}

/// Chooses the language to begin with.
pub(crate) fn provide_language() -> Wording {
    let browser = browser_languages();
    let first = Language::choose(
        stored_language().as_deref(),
        browser.iter().map(String::as_str),
    );
    let wording = Wording(RwSignal::new(first));
    Effect::new(move || {
        if let Some(root) = document().document_element() {
            // Setting a plain attribute fails for no name we use.
            let _ = root.set_attribute("lang", wording.language().tag());
        }
    });
    provide_context(wording);
    wording
}

/// The language of the pages.
pub(crate) fn use_language() -> Wording {
    expect_context()
}
