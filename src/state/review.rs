//! Lines of the cart priced again by the template in force: another quantity, or what a revision
//! has changed.

use tirage_pricing::Answer;

use super::calculator::Calculator;
use super::cart::CartItem;
use super::checkout::Change;
use super::field::{is_asked, remark};
use super::problem;
use super::words::Words;

/// The line with another quantity, or a sentence that says why there is none.
///
/// # Errors
/// What keeps the price away, in words.
pub fn with_run(
    item: &CartItem,
    revision: &str,
    typed: &str,
    (calculator, words): (&mut Calculator, &Words<'_>),
) -> Result<CartItem, String> {
    let texts = words.locale.cart_texts();
    let Some(run) = words.locale.read_number(typed) else {
        return Err(texts.not_a_number.to_owned());
    };
    let template = calculator.template();
    let key = template
        .quantity()
        .and_then(|at| template.parameters().get(at));
    let Some(key) = key.map(|parameter| parameter.key.clone()) else {
        return Err(texts.not_computable.to_owned());
    };
    let mut answers = item.answers.clone();
    answers.set(&key, Answer::Number(run));
    calculator.answer_all(answers);
    match priced(item, revision, calculator) {
        Some(item) => Ok(item),
        None => Err(why(calculator, words)),
    }
}

/// The line as the calculator's answers have it now; none without a price.
fn priced(item: &CartItem, revision: &str, calculator: &Calculator) -> Option<CartItem> {
    let current = calculator.current()?;
    let price = current.price.as_ref()?;
    let mut item = item.clone();
    item.answers = calculator.effective_answers();
    item.summary = calculator.summary();
    item.run = current.run;
    item.total = price.total;
    revision.clone_into(&mut item.template);
    Some(item)
}

fn why(calculator: &Calculator, words: &Words<'_>) -> String {
    let of_run = calculator.current().map(|run| run.problems.as_slice());
    let mut problems = calculator.quote().problems.iter();
    let first = problems.next();
    let first = first.or_else(|| of_run.unwrap_or_default().first());
    first.map_or_else(
        || words.locale.cart_texts().not_computable.to_owned(),
        |found| problem::at_field(found, calculator.template(), words),
    )
}

/// What a revision made of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Review {
    /// Nothing that the buyer would notice: the line only gets the new revision.
    Same(Box<CartItem>),
    /// Something the buyer has to agree to.
    Changed(Change),
}

/// Prices the line by the template in force; none when it is the one the line has.
pub fn review(
    item: &CartItem,
    line: usize,
    revision: &str,
    (calculator, words): (&mut Calculator, &Words<'_>),
) -> Option<Review> {
    if item.template == revision {
        return None;
    }
    calculator.answer_all(item.answers.clone());
    let new = priced(item, revision, calculator);
    if let Some(new) = &new
        && new.total == item.total
        && new.answers == item.answers
    {
        return Some(Review::Same(Box::new(new.clone())));
    }
    let mut notes = Vec::new();
    let template = calculator.template();
    for notice in &calculator.quote().notices {
        if let Some((index, sentence)) = remark(template, notice, words)
            && let Some(parameter) = template.parameters().get(index)
        {
            notes.push([words.of(&parameter.name), ". ", &sentence].concat());
        }
    }
    if new.is_none() {
        notes.push(why(calculator, words));
    }
    notes.extend(added(item, calculator, words));
    Some(Review::Changed(Change {
        line,
        total: new.as_ref().map(|new| new.total),
        revision: revision.to_owned(),
        answers: new.map(|new| (new.answers, new.summary)),
        notes,
    }))
}

/// Questions that the line had no answer to, with the answer they have now.
fn added(item: &CartItem, calculator: &Calculator, words: &Words<'_>) -> Vec<String> {
    let mut added = Vec::new();
    let now = calculator.effective_answers();
    for parameter in calculator.template().parameters() {
        let new = item.answers.answer(&parameter.key).is_none() && is_asked(parameter);
        let answer = now.answer(&parameter.key).filter(|_| new);
        if let Some(answer) = answer.filter(|answer| **answer != Answer::Flag(false)) {
            let value = super::field::in_words(parameter, answer, words.locale.tag);
            added.push([words.of(&parameter.name), ": ", &value].concat());
        }
    }
    added
}

#[cfg(test)]
mod tests {
    use super::super::cart::tests::item;
    use super::super::words::tests::words;
    use super::*;
    use tirage_pricing::{Answers, Template};

    const CARDS: &str = include_str!("../../examples/business-cards.json");

    fn line(answers: &[(&str, Answer)]) -> (CartItem, Calculator) {
        let answers: Answers = answers.iter().cloned().collect();
        let calculator = Calculator::new(Template::parse(CARDS).unwrap().for_good(), answers);
        let old = priced(&item("a", 0), "old", &calculator).unwrap();
        (old, calculator)
    }

    #[test]
    fn another_quantity_is_priced_by_the_engine() {
        let (old, mut calculator) = line(&[
            ("run", Answer::Number(100.into())),
            ("rounded", Answer::Flag(true)),
        ]);
        let words = words("ru");
        let new = with_run(&old, "new", "600", (&mut calculator, &words)).unwrap();
        assert_eq!(new.total, 2928.into());
        assert_eq!(
            (new.run, &*new.template, &*new.id),
            (600.into(), "new", "a")
        );
        for typed in ["", "сто", "0", "-5", "1,5"] {
            let why = with_run(&old, "new", typed, (&mut calculator, &words)).unwrap_err();
            assert!(!why.is_empty(), "{typed}");
        }
    }

    #[test]
    fn a_revision_that_changes_nothing_for_a_line_asks_nothing() {
        let (old, mut calculator) = line(&[("run", Answer::Number(600.into()))]);
        let words = words("ru");
        assert_eq!(review(&old, 0, "old", (&mut calculator, &words)), None);
        let Some(Review::Same(new)) = review(&old, 0, "new", (&mut calculator, &words)) else {
            panic!("not the same");
        };
        assert_eq!(new.template, "new");
        assert_eq!(new.total, old.total);
    }

    #[test]
    fn a_revision_that_changes_a_line_says_what() {
        let (mut old, mut calculator) = line(&[("run", Answer::Number(600.into()))]);
        let words = words("ru");
        old.total = 1.into();
        old.answers.set("rounded", Answer::Text("odd".to_owned()));
        let Some(Review::Changed(change)) = review(&old, 3, "new", (&mut calculator, &words))
        else {
            panic!("not changed");
        };
        assert_eq!(change.line, 3);
        assert_eq!(change.revision, "new");
        old.answers.remove("rounded");
        let Some(Review::Changed(change)) = review(&old, 0, "new", (&mut calculator, &words))
        else {
            panic!("not changed");
        };
        assert!(change.total.is_some());
        assert_eq!(change.notes, [""; 0]);
    }
}
