//! Answers to sizes and inks: a listed value, or figures within bounds.

use super::answers::{Checked, Reading, not_an_answer};
use super::bounds::Bounds;
use super::keys::ChoiceKeys;
use crate::figures::{inks, size};
use crate::{Answer, Choice, Decimal, Effective, INK_FIGURES, Inks, SIZE_FIGURES, Sizes};

/// How a size or inks are read when they need not be listed.
#[derive(Debug, Clone)]
pub(crate) struct Figures {
    keys: ChoiceKeys,
    /// By listed value.
    listed: Box<[Box<[Decimal]>]>,
    /// The bounds of each figure, with its name.
    bounds: Box<[(&'static str, Bounds)]>,
    read: fn(&str) -> Option<Vec<Decimal>>,
}

impl Figures {
    pub(super) fn of_size(sizes: &Sizes) -> Reading {
        let bounds = sizes.free.as_ref().map(|free| {
            let sides = [&free.width, &free.height].map(Bounds::new);
            SIZE_FIGURES.into_iter().zip(sides).collect()
        });
        Self::of(&sizes.choice, &SIZE_FIGURES, bounds, size)
    }

    pub(super) fn of_inks(listed: &Inks) -> Reading {
        let bounds = listed.free.map(|free| {
            let most = [free.max_cmyk, free.max_pantone].map(Decimal::from);
            let most = most.into_iter().cycle();
            let bounds = most.map(|most| Bounds::whole(Decimal::ZERO, most));
            INK_FIGURES.into_iter().zip(bounds).collect()
        });
        Self::of(&listed.choice, &INK_FIGURES, bounds, inks)
    }

    fn of(
        choice: &Choice,
        names: &[&str],
        bounds: Option<Box<[(&'static str, Bounds)]>>,
        read: fn(&str) -> Option<Vec<Decimal>>,
    ) -> Reading {
        let keys = ChoiceKeys::of(choice);
        let Some(bounds) = bounds else {
            return Reading::Choice { keys, many: false };
        };
        let figures = choice.values.iter().map(|value| {
            let figure = |name: &&str| {
                let found = value.numbers.iter().find(|(known, _)| known == name);
                found.map_or(Decimal::ZERO, |(_, number)| *number)
            };
            names.iter().map(figure).collect()
        });
        Reading::Figures(Box::new(Self {
            listed: figures.collect(),
            keys,
            bounds,
            read,
        }))
    }

    /// How many values are listed.
    pub(super) fn listed(&self) -> usize {
        self.keys.len()
    }

    /// A key of a listed value, or figures; the figures of a listed value are that value.
    pub(super) fn read(&self, text: &str, into: &mut Option<Effective>) -> Checked {
        *into = self.keys.index(text).map(Effective::Value);
        if into.is_some() {
            return Ok(());
        }
        let Some(figures) = (self.read)(text) else {
            return not_an_answer(&Answer::Text(text.to_owned()));
        };
        if let Some(value) = self.listed.iter().position(|listed| **listed == *figures) {
            *into = Some(Effective::Value(value));
            return Ok(());
        }
        let mut checked = Ok(());
        for ((name, bounds), figure) in self.bounds.iter().zip(&figures) {
            if let Err(mut problem) = bounds.check(*figure) {
                problem.arguments.push(("figure", (*name).to_owned()));
                checked = Err(problem);
                break;
            }
        }
        *into = Some(Effective::Figures(figures));
        checked
    }
}
