//! A question before something that cannot be undone: the browser's own modal dialog, which
//! keeps the focus, closes on Escape and gives the focus back.

use leptos::html;
use leptos::prelude::*;

/// The question.
#[component]
pub(crate) fn Confirm(
    /// Whether it is asked now.
    open: RwSignal<bool>,
    /// The question in short.
    #[prop(into)]
    title: Signal<&'static str>,
    /// What it means.
    #[prop(into)]
    body: Signal<String>,
    /// What the button that goes on says.
    #[prop(into)]
    yes: Signal<&'static str>,
    /// What the button that leaves things as they are says.
    #[prop(into)]
    no: Signal<&'static str>,
    /// What to do then.
    #[prop(into)]
    on_yes: Callback<()>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if !open.get() {
            dialog.close();
        } else if !dialog.open() {
            // It fails only for a dialog that is open already.
            let _ = dialog.show_modal();
        }
    });
    let accept = move |_| {
        open.set(false);
        on_yes.run(());
    };
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-labelledby="confirm-title"
            on:close=move |_| open.set(false)
        >
            <Show when=move || open.get()>
                <h2 id="confirm-title">{title}</h2>
                <p>{body}</p>
                <div class="dialog-actions">
                    <button class="button" type="button" autofocus on:click=move |_| open.set(false)>
                        {no}
                    </button>
                    <button class="button" data-kind="danger" type="button" on:click=accept>
                        {yes}
                    </button>
                </div>
            </Show>
        </dialog>
    }
}
