//! A text field with its label, its hint and what is wrong with it.

use leptos::prelude::*;

use crate::hooks::use_language;

/// What is typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// A login name.
    Name,
    /// A password that exists.
    Password,
    /// A password to be.
    NewPassword,
}

impl FieldKind {
    /// What the browser may fill in.
    fn autocomplete(self) -> &'static str {
        match self {
            Self::Name => "username",
            Self::Password => "current-password",
            Self::NewPassword => "new-password",
        }
    }

    fn is_secret(self) -> bool {
        self != Self::Name
    }
}

/// The field.
#[component]
pub(crate) fn Field(
    /// Its id in the document.
    id: &'static str,
    /// What is typed into it.
    kind: FieldKind,
    /// Its label.
    #[prop(into)]
    label: Signal<&'static str>,
    /// What was typed.
    value: RwSignal<String>,
    /// What is wrong with that.
    #[prop(into)]
    error: Signal<Option<&'static str>>,
    /// Id of something else that describes it.
    #[prop(optional)]
    described_by: Option<&'static str>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let input_type = move || match kind.is_secret() && !shown.get() {
        true => "password",
        false => "text",
    };
    let error_id = format!("{id}-error");
    let describing = {
        let error_id = error_id.clone();
        move || match (error.get().is_some(), described_by) {
            (true, Some(other)) => Some(format!("{error_id} {other}")),
            (true, None) => Some(error_id.clone()),
            (false, other) => other.map(str::to_owned),
        }
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="field-box">
                <input
                    id=id
                    name=id
                    type=input_type
                    autocomplete=kind.autocomplete()
                    autocapitalize="none"
                    spellcheck="false"
                    required
                    aria-invalid=move || error.get().is_some().then_some("true")
                    aria-describedby=describing
                    bind:value=value
                />
                {kind.is_secret().then(|| view! { <Reveal shown /> })}
            </div>
            <p class="field-error" id=error_id>
                {error}
            </p>
        </div>
    }
}

/// Shows what is typed into a password field.
#[component]
fn Reveal(shown: RwSignal<bool>) -> impl IntoView {
    let wording = use_language();
    let label = move || wording.words().door.show_password;
    view! {
        <button
            class="reveal"
            type="button"
            aria-pressed=move || shown.get().to_string()
            aria-label=label
            title=label
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
                <path d="M1.8 10S4.8 4.5 10 4.5 18.2 10 18.2 10 15.2 15.5 10 15.5 1.8 10 1.8 10Z" />
                <circle cx="10" cy="10" r="2.6" />
                <path class="reveal-stroke" d="M3.5 16.5 16.5 3.5" />
            </svg>
        </button>
    }
}
