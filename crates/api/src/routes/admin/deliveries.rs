//! Deliveries for the administrator, and what an operator may do with one.

use std::sync::Arc;

use anyhow::Context as _;
use axum::extract::State;
use http::StatusCode;
use tirage_pricing::json::Json;
use tirage_storage::outbox::{Changed, DeliveryState as State_, Resend};
use tirage_storage::{DeliveryId, DeliverySummary, TargetId};
use tirage_wire::admin::{
    Attempt, Delivery, DeliveryAction, DeliveryCommand, DeliveryState, DeliveryView, OrderEvent,
};
use tirage_wire::problem::ProblemCode;

use crate::admin::session::Administrator;
use crate::app::App;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::http::body::{Answer, Step, WireJson};

pub(super) async fn command(
    State(app): State<Arc<App>>,
    Administrator(user): Administrator,
    Step(id): Step<String>,
    WireJson(command): WireJson<DeliveryCommand>,
) -> Result<Answer<Delivery>, ApiError> {
    let outbox = app.storage.outbox();
    let (id, now) = (DeliveryId::new(id), app.clock.now());
    let changed = match command.action {
        DeliveryAction::Retry => {
            resume_target(&app, &id).await?;
            outbox
                .retry_now(&id, Resend::AfterCheck, &user.name, now)
                .await?
        }
        DeliveryAction::Cancel => outbox.cancel(&id, &user.name, now).await?,
    };
    match changed {
        Changed::Yes => {
            let delivery = outbox.delivery(&id).await?;
            let summary = delivery.ok_or_else(|| ApiError::not_found("such delivery"))?;
            let pauses = Pauses::load(&app).await?;
            Ok(Answer(self::delivery(&summary, &pauses)?))
        }
        Changed::NotFound => Err(ApiError::not_found("such delivery")),
        Changed::NotAllowed(state) => Err(ApiError::new(
            StatusCode::CONFLICT,
            ProblemCode::Conflict,
            format!("the delivery is `{}` by now", state.as_str()),
        )),
    }
}

/// Whoever says "try again" after fixing a key means the target as well.
async fn resume_target(app: &App, id: &DeliveryId) -> Result<(), ApiError> {
    let outbox = app.storage.outbox();
    let Some(delivery) = outbox.delivery(id).await? else {
        return Ok(());
    };
    let target = outbox.target(&delivery.target).await?;
    if target.is_some_and(|target| target.paused.is_some()) {
        outbox.resume(&delivery.target).await?;
    }
    Ok(())
}

/// The targets to which nothing is sent now, and why.
#[derive(Debug)]
pub(super) struct Pauses(Vec<(TargetId, String)>);

impl Pauses {
    pub(super) async fn load(app: &App) -> Result<Self, ApiError> {
        let targets = app.storage.outbox().targets().await?;
        let paused = targets.into_iter().filter_map(|target| {
            let pause = target.paused?;
            Some((target.settings.id, pause.reason))
        });
        Ok(Self(paused.collect()))
    }

    fn reason(&self, target: &TargetId) -> Option<String> {
        let mut pauses = self.0.iter();
        pauses
            .find(|(id, _)| id == target)
            .map(|(_, reason)| reason.clone())
    }
}

/// A delivery in a list.
pub(super) fn delivery(summary: &DeliverySummary, pauses: &Pauses) -> Result<Delivery, ApiError> {
    let waits = matches!(summary.state, State_::Pending | State_::Unknown);
    let ended_well = matches!(summary.state, State_::Done);
    let error = summary
        .error
        .clone()
        .or_else(|| summary.error_class.clone());
    Ok(Delivery {
        id: summary.id.as_str().to_owned(),
        target: summary.target.as_str().to_owned(),
        state: DeliveryState::from_name(summary.state.as_str())
            .context("a delivery's state is unknown to the wire")
            .map_err(ApiError::internal)?,
        attempt: number(summary.attempt),
        next_at: waits.then(|| rfc3339(summary.next_at)),
        remote_number: summary.remote_number.clone(),
        error: error.filter(|_| !ended_well),
        paused: pauses.reason(&summary.target).filter(|_| waits),
    })
}

/// A delivery with its attempts.
pub(super) async fn view(
    app: &App,
    summary: &DeliverySummary,
    pauses: &Pauses,
) -> Result<DeliveryView, ApiError> {
    let attempts = app.storage.outbox().attempts(&summary.id).await?;
    let last = attempts.last().map(|attempt| attempt.lease_token);
    let attempt = |attempt: &tirage_storage::outbox::Attempt| {
        let runs = summary.state == State_::Leased && last == Some(attempt.lease_token);
        Attempt {
            attempt: number(attempt.attempt),
            started: rfc3339(attempt.started),
            took_ms: number(attempt.ms.unwrap_or_default()),
            class: class(attempt, runs),
            error: attempt.excerpt.clone(),
        }
    };
    Ok(DeliveryView {
        delivery: delivery(summary, pauses)?,
        attempts: attempts.iter().map(attempt).collect(),
    })
}

/// A failure's kind; without one, how the attempt ended.
fn class(attempt: &tirage_storage::outbox::Attempt, runs: bool) -> String {
    let failure = attempt.class.clone().filter(|class| !class.is_empty());
    let end = if runs { "running" } else { "interrupted" };
    failure
        .or_else(|| attempt.outcome.clone())
        .unwrap_or_else(|| end.to_owned())
}

/// An entry of an order's history; its particulars in one line.
pub(super) fn event(event: &tirage_storage::OrderEvent) -> Result<OrderEvent, ApiError> {
    let json = Json::parse(&event.data).map_err(ApiError::internal)?;
    let told = ["by", "target", "remote_number", "class", "from", "to"];
    let detail: Vec<String> = told
        .into_iter()
        .filter_map(|name| match json.get(name) {
            Some(Json::Text(text)) if !text.is_empty() => Some(text.clone()),
            _ => None,
        })
        .collect();
    Ok(OrderEvent {
        at: rfc3339(event.at),
        kind: event.kind.clone(),
        detail: (!detail.is_empty()).then(|| detail.join(" · ")),
    })
}

fn number(value: i64) -> u32 {
    u32::try_from(value).unwrap_or_default()
}
