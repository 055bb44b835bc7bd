//! How a calculator stood before the buyer's last act, for what rules changed because of it.

use super::calculator::Standing;
use super::field::{Change, FieldView};

/// Before the buyer's last act.
#[derive(Debug)]
pub struct Before {
    /// What was answered.
    pub standing: Standing,
    /// The fields that said something, and what; in their order.
    notices: Vec<(usize, Change)>,
    /// The field that is typed in: whatever is typed there next is the same act.
    typing: Option<usize>,
}

impl Before {
    /// As it stands now; `notices` are the fields that say something, and what.
    #[must_use]
    pub fn new(standing: Standing, notices: Vec<(usize, Change)>, typing: Option<usize>) -> Self {
        Self {
            standing,
            notices,
            typing,
        }
    }

    /// Whether what is done now goes on with the same act.
    #[must_use]
    pub fn goes_on(&self, typing: Option<usize>) -> bool {
        typing.is_some() && self.typing == typing
    }

    /// The field was left: what is typed there next is another act.
    pub fn end(&mut self) {
        self.typing = None;
    }

    /// Whether a field says since the act that a rule changed its answer.
    #[must_use]
    pub fn is_news(&self, index: usize, view: &FieldView) -> bool {
        if view.notice.is_none() || !view.error.is_empty() {
            return false;
        }
        let said = self.notices.binary_search_by_key(&index, |(at, _)| *at);
        said.ok().map(|at| &self.notices[at].1) != view.notice.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::super::calculator::{Calculator, Input};
    use super::super::field::views;
    use super::super::words::tests::words;
    use super::*;
    use tirage_pricing::{Answers, Template};

    const CARDS: &str = include_str!("../../examples/business-cards.json");

    fn index(calculator: &Calculator, key: &str) -> usize {
        let parameters = calculator.template().parameters();
        parameters.iter().position(|one| one.key == key).unwrap()
    }

    fn before(calculator: &Calculator, typing: Option<usize>) -> Before {
        let views = views(calculator, &words("en")).into_iter().enumerate();
        let said = views.filter_map(|(index, view)| Some((index, view.notice?)));
        Before::new(calculator.standing(), said.collect(), typing)
    }

    fn news(before: &Before, calculator: &Calculator) -> Vec<usize> {
        let views = views(calculator, &words("en"));
        let found = views.iter().enumerate();
        let found = found.filter(|(index, view)| before.is_news(*index, view));
        found.map(|(index, _)| index).collect()
    }

    #[test]
    fn what_rules_changed_since_an_act_can_be_taken_back_with_it() {
        let template = Template::parse(CARDS).unwrap().for_good();
        let mut cards = Calculator::new(template, Answers::new());
        let (run, method) = (index(&cards, "run"), index(&cards, "method"));
        let paper = index(&cards, "paper");
        cards.input(paper, Input::Value(0), &words("en"));
        cards.input(run, Input::Typed("96o".to_owned()), &words("en"));
        let was = (cards.standing(), cards.quote().clone());
        let act = before(&cards, None);
        let offset = template.parameters()[method]
            .kind
            .choice()
            .unwrap()
            .index("offset");
        cards.input(method, Input::Value(offset.unwrap()), &words("en"));
        let changed = news(&act, &cards);
        assert!(changed.contains(&paper), "{changed:?}");
        assert_ne!(*cards.quote(), was.1);

        let later = before(&cards, None);
        assert_eq!(
            news(&later, &cards),
            Vec::<usize>::new(),
            "it was said before"
        );

        cards.restore(act.standing);
        assert_eq!((cards.standing(), cards.quote().clone()), was);
        assert_eq!(cards.typed(run), Some("96o"));
    }

    #[test]
    fn typing_is_one_act_until_the_field_is_left() {
        let template = Template::parse(CARDS).unwrap().for_good();
        let cards = Calculator::new(template, Answers::new());
        let mut act = before(&cards, Some(0));
        assert!(act.goes_on(Some(0)));
        assert!(!act.goes_on(Some(1)));
        act.end();
        assert!(!act.goes_on(Some(0)));
        assert!(!before(&cards, None).goes_on(None));
    }
}
