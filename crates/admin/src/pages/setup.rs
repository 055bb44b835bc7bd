//! Making the first administrator, through the link the server prints when there is none.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use tirage_wire::admin::Setup;
use tirage_wire::problem::ProblemCode;

use crate::browser::client;
use crate::browser::dom::focus_soon;
use crate::components::{Field, FieldKind};
use crate::hooks::{use_language, use_route, use_session, use_title};
use crate::route::{Route, setup_token};
use crate::state::failure::Failure;
use crate::state::password::{Rules, Strength};

/// The page.
#[component]
pub(crate) fn SetupPage() -> impl IntoView {
    let wording = use_language();
    use_title(move || wording.words().door.set_up.to_owned());
    let token = setup_token(&location_hash().unwrap_or_default());
    let refused = RwSignal::new(false);
    let body = move || match (token.clone(), refused.get()) {
        (Some(token), false) => view! { <SetupForm token refused /> }.into_any(),
        (token, _) => view! { <DeadLink given=token.is_some() /> }.into_any(),
    };
    view! { <section class="door">{body}</section> }
}

/// The link leads nowhere (any more).
#[component]
fn DeadLink(given: bool) -> impl IntoView {
    let wording = use_language();
    let title = move || match given {
        true => wording.words().door.token_refused,
        false => wording.words().door.token_missing,
    };
    let hint = move || match given {
        true => wording.words().door.token_refused_hint,
        false => wording.words().door.token_missing_hint,
    };
    focus_soon("main h1");
    view! {
        <h1 tabindex="-1">{title}</h1>
        <p>{hint}</p>
        <a class="button" href="/admin/login">
            {move || wording.words().door.enter}
        </a>
    }
}

/// What is typed, and what came of it.
#[derive(Debug, Clone, Copy)]
struct Typed {
    name: RwSignal<String>,
    password: RwSignal<String>,
    again: RwSignal<String>,
    tried: RwSignal<bool>,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
}

impl Typed {
    fn new() -> Self {
        Self {
            name: RwSignal::default(),
            password: RwSignal::default(),
            again: RwSignal::default(),
            tried: RwSignal::default(),
            busy: RwSignal::default(),
            failure: RwSignal::default(),
        }
    }

    fn rules(self) -> Rules {
        Rules::of(&self.name.get(), &self.password.get(), &self.again.get())
    }

    fn is_refused(self, pointer: &str) -> bool {
        self.failure
            .with(|failure| failure.as_ref().is_some_and(|one| one.concerns(pointer)))
    }

    fn name_is_missing(self) -> bool {
        self.name.with(|name| name.trim().is_empty())
    }
}

#[component]
fn SetupForm(token: String, refused: RwSignal<bool>) -> impl IntoView {
    let wording = use_language();
    let session = use_session();
    let navigator = use_route();
    let typed = Typed::new();
    focus_soon("main input");

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        typed.tried.set(true);
        if untrack(|| typed.name_is_missing() || !typed.rules().hold()) {
            focus_soon("[aria-invalid]");
            return;
        }
        if typed.busy.get_untracked() {
            return;
        }
        typed.busy.set(true);
        typed.failure.set(None);
        let setup = Setup {
            token: token.clone(),
            name: typed.name.with_untracked(|name| name.trim().to_owned()),
            password: typed.password.get_untracked(),
        };
        spawn_local(async move {
            match client::set_up(&setup).await {
                Ok(opened) => {
                    session.enter(opened.name);
                    // Replaced, so that the used link does not stay in the history.
                    navigator.replace(Route::Orders);
                }
                Err(failure) if is_about_link(&failure) => refused.set(true),
                Err(failure) => {
                    typed.failure.set(Some(failure));
                    focus_soon("[aria-invalid]");
                }
            }
            typed.busy.set(false);
        });
    };
    view! {
        <h1 tabindex="-1">{move || wording.words().door.set_up}</h1>
        <p class="quiet">{move || wording.words().door.set_up_hint}</p>
        <form class="form" novalidate on:submit=submit>
            <Refusal typed />
            <Fields typed />
            <button class="button" data-kind="main" type="submit" aria-disabled=move || typed.busy.get().to_string()>
                {move || match typed.busy.get() {
                    true => wording.words().door.creating,
                    false => wording.words().door.create,
                }}
            </button>
        </form>
    }
}

/// Whether the link itself is what the service does not like.
fn is_about_link(failure: &Failure) -> bool {
    let by_code = matches!(
        failure.code(),
        Some(ProblemCode::Unauthorized | ProblemCode::Forbidden | ProblemCode::NotFound)
    );
    by_code || failure.concerns("/token")
}

/// A refusal that is not about one of the fields.
#[component]
fn Refusal(typed: Typed) -> impl IntoView {
    let wording = use_language();
    let text = move || {
        if typed.is_refused("/name") || typed.is_refused("/password") {
            return None;
        }
        typed
            .failure
            .with(|failure| failure.as_ref().map(|one| wording.words().failures.of(one)))
    };
    view! {
        <div role="alert">
            {move || text().map(|text| view! { <p class="note" data-tone="bad">{text}</p> })}
        </div>
    }
}

#[component]
fn Fields(typed: Typed) -> impl IntoView {
    let wording = use_language();
    let name_error = Signal::derive(move || {
        let words = &wording.words().door;
        if typed.tried.get() && typed.name_is_missing() {
            return Some(words.name_missing);
        }
        typed.is_refused("/name").then_some(words.name_refused)
    });
    let password_error = Signal::derive(move || {
        let (words, rules) = (&wording.words().door, typed.rules());
        if typed.tried.get() && !(rules.long_enough && rules.differs_from_name) {
            return Some(words.fix_rules);
        }
        typed
            .is_refused("/password")
            .then_some(words.password_refused)
    });
    let again_error = Signal::derive(move || {
        let rules = typed.rules();
        let wrong = typed.tried.get() && rules.long_enough && !rules.repeated;
        wrong.then(|| wording.words().door.not_repeated)
    });
    view! {
        <Field
            id="name"
            kind=FieldKind::Name
            label=Signal::derive(move || wording.words().door.name)
            value=typed.name
            error=name_error
        />
        <Field
            id="password"
            kind=FieldKind::NewPassword
            label=Signal::derive(move || wording.words().door.new_password)
            value=typed.password
            error=password_error
            described_by="password-rules"
        />
        <Field
            id="again"
            kind=FieldKind::NewPassword
            label=Signal::derive(move || wording.words().door.again)
            value=typed.again
            error=again_error
        />
        <PasswordRules typed />
    }
}

/// The rules in words, ticked off as they are met, and how well the password would stand.
#[component]
fn PasswordRules(typed: Typed) -> impl IntoView {
    let wording = use_language();
    let strength = move || {
        let password = typed.password.get();
        (!password.is_empty()).then(|| Strength::of(&typed.name.get(), &password))
    };
    let hint = move || {
        let words = &wording.words().door;
        strength().map(|one| format!("{}: {}", words.strength, words.strength_word(one)))
    };
    view! {
        <div class="rules">
            <div class="strength" data-strength=move || strength().map(Strength::as_str)>
                <span></span>
                <span></span>
                <span></span>
            </div>
            <p class="rules-hint" aria-live="polite">{hint}</p>
            <p class="rules-title">{move || wording.words().door.rules}</p>
            <ul id="password-rules">
                <Rule holds=Signal::derive(move || typed.rules().long_enough)>
                    {move || wording.words().door.rule_length}
                </Rule>
                <Rule holds=Signal::derive(move || typed.rules().differs_from_name)>
                    {move || wording.words().door.rule_name}
                </Rule>
                <Rule holds=Signal::derive(move || typed.rules().repeated)>
                    {move || wording.words().door.rule_again}
                </Rule>
            </ul>
        </div>
    }
}

#[component]
fn Rule(holds: Signal<bool>, children: Children) -> impl IntoView {
    let wording = use_language();
    let word = move || match holds.get() {
        true => wording.words().door.rule_holds,
        false => wording.words().door.rule_fails,
    };
    view! {
        <li data-holds=move || holds.get().to_string()>
            {children()}
            <span class="only-read">" — " {word}</span>
        </li>
    }
}
