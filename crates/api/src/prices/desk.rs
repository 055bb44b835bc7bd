//! Asks one source: equal questions once, so many at a time, and never for longer than it may take.
//!
//! A question goes on when whoever asked has gone: its answer serves the next one. What is known
//! from before is answered while the source is slow or down, and says so.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::join_all;
use tirage_connectors::ConnectorError;
use tirage_connectors::prices::{PriceAnswer, PriceQuestion, PriceSource};
use tirage_pricing::json::ToJson as _;
use tirage_pricing::{Answers, Decimal};
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;

use super::shelf::{Key, Shelf};
use crate::catalogue::Stored;
use crate::clock::Clock;
use crate::config::PricesConfig;

/// Whose word is good enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// A fresh one from before, and an older one while the source does not answer: to look at.
    Known,
    /// Only the source's own of now: to order by.
    Source,
}

/// What there is to say about one run.
#[derive(Debug)]
pub(super) enum Word {
    /// The source's word of now.
    Confirmed(Arc<PriceAnswer>),
    /// Its word of some time ago.
    Preliminary(Arc<PriceAnswer>),
    /// Nothing.
    Unavailable,
}

/// The answers that count for one run, how many among them.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) answers: Answers,
    pub(super) run: Decimal,
}

/// Where one source is asked.
#[derive(Debug)]
pub(super) struct Desk {
    source: Arc<dyn PriceSource>,
    settings: PricesConfig,
    clock: Arc<dyn Clock>,
    permits: Semaphore,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    shelf: Shelf,
    /// What is being asked right now.
    under_way: HashMap<Key, Heard>,
}

/// What a question under way comes to: at first nothing, then a word or that there is none.
type Heard = watch::Receiver<Option<Option<Arc<PriceAnswer>>>>;
type Tell = watch::Sender<Option<Option<Arc<PriceAnswer>>>>;

/// A run of a question, and whom to tell.
struct Pending {
    key: Key,
    tell: Tell,
}

/// How one run gets its word.
enum Way {
    /// It is there.
    Known(Arc<PriceAnswer>),
    /// It is being asked for; meanwhile there is this one.
    Asked(Heard, Option<Arc<PriceAnswer>>),
    /// Too much is being asked already.
    Full(Option<Arc<PriceAnswer>>),
}

impl Desk {
    pub(super) fn new(
        source: Arc<dyn PriceSource>,
        settings: PricesConfig,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let state = State {
            shelf: Shelf::new(settings.kept),
            under_way: HashMap::new(),
        };
        Self {
            source,
            permits: Semaphore::new(settings.concurrent),
            settings,
            clock,
            state: Mutex::new(state),
        }
    }

    /// A word for each run that is asked, in their order.
    pub(super) async fn ask<'a>(
        self: &Arc<Self>,
        stored: &Stored,
        asked: impl Iterator<Item = &'a Asked>,
        trust: Trust,
    ) -> Vec<Word> {
        let mut questions: Vec<(PriceQuestion, Vec<Pending>)> = Vec::new();
        let mut ways = Vec::new();
        for asked in asked {
            let answers = asked.answers.to_json().to_string();
            let key = Key::new(stored.revision.as_str(), &answers);
            let (way, tell) = self.way(&key, trust);
            ways.push(way);
            if let Some(tell) = tell {
                let question = question(stored, asked);
                let same = |(known, _): &(PriceQuestion, _)| known.answers == question.answers;
                let at = questions.iter().position(same).unwrap_or_else(|| {
                    questions.push((question, Vec::new()));
                    questions.len() - 1
                });
                questions[at].0.runs.push(asked.run);
                questions[at].1.push(Pending { key, tell });
            }
        }
        for (question, pending) in questions {
            tokio::spawn(Arc::clone(self).inquire(question, pending));
        }
        join_all(ways.into_iter().map(|way| self.wait(way, trust))).await
    }

    /// How a run gets its word, and whom to tell once a new question is answered.
    fn way(&self, key: &Key, trust: Trust) -> (Way, Option<Tell>) {
        let mut state = self.state();
        let told = state.shelf.get(key);
        let age = |at| self.clock.now().saturating_sub(at);
        let fresh = told.is_some_and(|told| age(told.at) < self.settings.fresh());
        let known = told.map(|told| Arc::clone(&told.answer));
        if let (Some(answer), true, Trust::Known) = (&known, fresh, trust) {
            return (Way::Known(Arc::clone(answer)), None);
        }
        // One whose asking ended without a word tells nobody any more.
        let heard = state.under_way.get(key).cloned();
        if let Some(heard) = heard.filter(|heard| heard.has_changed().is_ok()) {
            return (Way::Asked(heard, known), None);
        }
        if state.under_way.len() >= self.settings.waiting {
            return (Way::Full(known), None);
        }
        let (tell, heard) = watch::channel(None);
        state.under_way.insert(key.clone(), heard.clone());
        (Way::Asked(heard, known), Some(tell))
    }

    async fn wait(&self, way: Way, trust: Trust) -> Word {
        let known = match way {
            Way::Known(answer) => return Word::Confirmed(answer),
            Way::Full(known) => known,
            Way::Asked(heard, known) => {
                let known = known.filter(|_| trust == Trust::Known);
                let heard = match &known {
                    Some(_) => timeout(self.settings.patience(), outcome(heard))
                        .await
                        .unwrap_or_default(),
                    None => outcome(heard).await,
                };
                match heard {
                    Some(answer) => return Word::Confirmed(answer),
                    None => known,
                }
            }
        };
        match known.filter(|_| trust == Trust::Known) {
            Some(answer) => Word::Preliminary(answer),
            None => Word::Unavailable,
        }
    }

    /// Asks the source, keeps what it says and tells whoever waits.
    async fn inquire(self: Arc<Self>, question: PriceQuestion, pending: Vec<Pending>) {
        let answers = self.answers(&question).await;
        let now = self.clock.now();
        let mut state = self.state();
        for (at, Pending { key, tell }) in pending.into_iter().enumerate() {
            let answer = answers
                .as_ref()
                .and_then(|answers| answers.get(at))
                .cloned();
            if let Some(answer) = &answer {
                state.shelf.put(key.clone(), Arc::clone(answer), now);
            }
            state.under_way.remove(&key);
            // Nobody may be waiting any more.
            let _ = tell.send(Some(answer));
        }
    }

    /// What the source says; nothing where that is no answer to the question.
    async fn answers(&self, question: &PriceQuestion) -> Option<Vec<Arc<PriceAnswer>>> {
        let asking = async {
            let _permit = self.permits.acquire().await.ok()?;
            Some(self.source.prices(question).await)
        };
        let why = match timeout(self.settings.timeout(), asking).await {
            Ok(Some(Ok(answers))) if is_proper(question, &answers) => {
                return Some(answers.into_iter().map(Arc::new).collect());
            }
            Ok(Some(Ok(_))) => "the prices do not fit the question".to_owned(),
            Ok(Some(Err(error))) => ConnectorError::explained(&error),
            Ok(None) => "the service stops".to_owned(),
            Err(_) => "no answer in time".to_owned(),
        };
        tracing::warn!(revision = question.revision, error = why, "no prices");
        None
    }

    // A panic elsewhere cannot leave it half changed: every change is one insertion or removal.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The question about one run, without the run.
fn question(stored: &Stored, asked: &Asked) -> PriceQuestion {
    let template = &stored.template;
    let quantity = template.counting().map(|parameter| parameter.key.clone());
    let mut answers = asked.answers.clone();
    if let Some(quantity) = &quantity {
        answers.remove(quantity);
    }
    PriceQuestion {
        revision: stored.revision.as_str().to_owned(),
        currency: template.currency().to_owned(),
        answers,
        quantity,
        runs: Vec::new(),
    }
}

async fn outcome(mut heard: Heard) -> Option<Arc<PriceAnswer>> {
    let told = heard.wait_for(Option::is_some).await.ok()?;
    told.clone().flatten()
}

/// Whether there is an answer for each run, and the lines of each add up.
fn is_proper(question: &PriceQuestion, answers: &[PriceAnswer]) -> bool {
    let adds_up = |answer: &PriceAnswer| match answer {
        PriceAnswer::Refused(_) => true,
        PriceAnswer::Price(price) => {
            let mut amounts = price.lines.iter().map(|line| line.amount);
            let sum = amounts.try_fold(Decimal::ZERO, Decimal::checked_add);
            price.lines.is_empty() || sum == Some(price.total)
        }
    };
    answers.len() == question.runs.len() && answers.iter().all(adds_up)
}
