//! Lines of the cart priced again by the template in force: another quantity, or what a revision
//! has changed.

use std::rc::Rc;

use tirage_pricing::{Answer, Answers, Decimal, ProblemCode, Texts, date};

use super::calculator::Calculator;
use super::cart::CartItem;
use super::checkout::Change;
use super::field::{is_asked, remark};
use super::problem;
use super::remote::Told;
use super::words::Words;

/// A line with another quantity.
#[derive(Debug, Clone, PartialEq)]
pub enum WithRun {
    /// It has its price.
    Priced(Box<CartItem>),
    /// The print house has to be asked for it.
    Asked(Asked),
}

/// A line whose price the print house has to be asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The line's answers.
    pub answers: Answers,
}

/// The line with another quantity, or a sentence that says why there is none.
///
/// # Errors
/// What keeps the price away, in words.
pub fn with_run(
    item: &CartItem,
    (revision, today): (&str, &str),
    typed: &str,
    (calculator, words): (&mut Calculator, &Words<'_>),
) -> Result<WithRun, String> {
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
    let mut answers = counted_from(item, today, calculator).unwrap_or(item.answers.clone());
    answers.set(&key, Answer::Number(run));
    if let Some(asked) = asked(answers.clone(), calculator) {
        return Ok(WithRun::Asked(asked));
    }
    calculator.answer_all(answers);
    match priced(item, revision, calculator) {
        Some(item) => Ok(WithRun::Priced(Box::new(item))),
        None => Err(why(calculator, words)),
    }
}

/// What to ask the print house for these answers; none where the template prices them, or where
/// more than the price is missing.
#[must_use]
pub fn asked(answers: Answers, calculator: &mut Calculator) -> Option<Asked> {
    calculator.tell(None);
    calculator.answer_all(answers);
    // The engine says so only where nothing else is wrong.
    let problem = calculator.current()?.problems.first()?;
    (problem.code == ProblemCode::PricedRemotely).then(|| Asked {
        answers: calculator.answers().clone(),
    })
}

/// The line at the price that was told, or a sentence that says why there is none.
///
/// # Errors
/// What keeps the price away, in words.
pub fn with_told(
    item: &CartItem,
    revision: &str,
    (asked, told): (&Asked, Rc<dyn Told>),
    (calculator, words): (&mut Calculator, &Words<'_>),
) -> Result<CartItem, String> {
    calculator.answer_all(asked.answers.clone());
    calculator.tell(Some(told));
    let new = priced(item, revision, calculator);
    let new = new.ok_or_else(|| why(calculator, words));
    calculator.tell(None);
    new
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

/// The answers of a line with today in the place of every earlier day that the template counts
/// from; none where there is no such day.
#[must_use]
pub fn counted_from(item: &CartItem, today: &str, calculator: &Calculator) -> Option<Answers> {
    let mut counted = None;
    for parameter in calculator.template().parameters() {
        // Days as they are written sort as they come. A later one is that of a buyer in the east.
        if parameter.is_today()
            && let Some(Answer::Text(day)) = item.answers.answer(&parameter.key)
            && day.as_str() < today
        {
            let answers = counted.get_or_insert_with(|| item.answers.clone());
            answers.set(&parameter.key, Answer::Text(today.to_owned()));
        }
    }
    counted
}

/// What to ask the print house before the line can be looked at; none where nothing is to be asked.
#[must_use]
pub fn to_ask(
    item: &CartItem,
    (revision, today): (&str, &str),
    calculator: &mut Calculator,
) -> Option<Asked> {
    let counted = counted_from(item, today, calculator);
    if item.template == revision && counted.is_none() {
        return None;
    }
    asked(counted.unwrap_or(item.answers.clone()), calculator)
}

/// Prices the line by the template in force and the day of today; none where both are those of
/// the line.
pub fn review(
    item: &CartItem,
    line: usize,
    (revision, today): (&str, &str),
    (calculator, words): (&mut Calculator, &Words<'_>),
) -> Option<Review> {
    let counted = counted_from(item, today, calculator);
    let same_template = item.template == revision;
    if same_template && counted.is_none() {
        return None;
    }
    calculator.answer_all(item.answers.clone());
    let before = figures(calculator);
    let answers = counted.unwrap_or(item.answers.clone());
    calculator.answer_all(answers.clone());
    let new = priced(item, revision, calculator);
    let mut notes = Vec::new();
    // By another template the old answers have no price that the buyer saw.
    if let (Some(before), true) = (before, same_template) {
        notes = moved(&before, calculator, words);
    }
    if let Some(new) = &new
        && new.total == item.total
        && new.answers == answers
        && notes.is_empty()
    {
        return Some(Review::Same(Box::new(new.clone())));
    }
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

/// What a price is made up of: the amount of every line of the template, and its named values.
type Figures = (Vec<Decimal>, Vec<Option<Decimal>>);

fn figures(calculator: &Calculator) -> Option<Figures> {
    let price = calculator.current()?.price.as_ref()?;
    let mut amounts = vec![Decimal::ZERO; calculator.template().lines().len()];
    for line in &price.lines {
        if let Some(amount) = amounts.get_mut(line.line) {
            *amount = line.amount;
        }
    }
    Some((amounts, price.values.clone()))
}

/// What another day makes of a price: days that the template names, and lines with their amounts.
fn moved(before: &Figures, calculator: &Calculator, words: &Words<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(now) = figures(calculator) else {
        return notes;
    };
    let mut note = |name: &Texts, figure: String| {
        notes.push([words.of(name), ": ", &figure].concat());
    };
    let template = calculator.template();
    let values = now.1.iter().zip(&before.1);
    for (info, (now, before)) in template.values().iter().zip(values) {
        if let (Some(name), Some(day), true) = (&info.name, now, info.date)
            && now != before
        {
            note(name, words.format.day(&date::written(*day)));
        }
    }
    let amounts = now.0.iter().zip(&before.0);
    for (info, (now, before)) in template.lines().iter().zip(amounts) {
        if now != before {
            note(&info.name, words.format.money(*now));
        }
    }
    notes
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
    use tirage_pricing::Template;

    const CARDS: &str = include_str!("../../examples/business-cards.json");
    const CALENDARS: &str = include_str!("../../examples/wall-calendars.json");
    const DAY: &str = "2026-12-01";

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
        let new = with_run(&old, ("new", DAY), "600", (&mut calculator, &words)).unwrap();
        let WithRun::Priced(new) = new else {
            panic!("nobody is to be asked");
        };
        assert_eq!(new.total, 2928.into());
        assert_eq!(
            (new.run, &*new.template, &*new.id),
            (600.into(), "new", "a")
        );
        for typed in ["", "сто", "0", "-5", "1,5"] {
            let why = with_run(&old, ("new", DAY), typed, (&mut calculator, &words)).unwrap_err();
            assert!(!why.is_empty(), "{typed}");
        }
    }

    #[test]
    fn a_revision_that_changes_nothing_for_a_line_asks_nothing() {
        let (old, mut calculator) = line(&[("run", Answer::Number(600.into()))]);
        let words = words("ru");
        assert_eq!(
            review(&old, 0, ("old", DAY), (&mut calculator, &words)),
            None
        );
        let Some(Review::Same(new)) = review(&old, 0, ("new", DAY), (&mut calculator, &words))
        else {
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
        let Some(Review::Changed(change)) =
            review(&old, 3, ("new", DAY), (&mut calculator, &words))
        else {
            panic!("not changed");
        };
        assert_eq!(change.line, 3);
        assert_eq!(change.revision, "new");
        old.answers.remove("rounded");
        let Some(Review::Changed(change)) =
            review(&old, 0, ("new", DAY), (&mut calculator, &words))
        else {
            panic!("not changed");
        };
        assert!(change.total.is_some());
        assert_eq!(change.notes, [""; 0]);
    }

    #[test]
    fn a_line_of_another_day_says_what_the_day_changes() {
        let answers = [("today", DAY), ("ready", "2026-12-08")];
        let answers = answers.map(|(key, day)| (key, Answer::Text(day.to_owned())));
        let template = Template::parse(CALENDARS).unwrap().for_good();
        let mut calculator = Calculator::new(template, answers.into_iter().collect());
        let line = priced(&item("a", 0), "r", &calculator).unwrap();
        let words = words("en");
        assert_eq!(
            review(&line, 0, ("r", DAY), (&mut calculator, &words)),
            None
        );

        let later = ("r", "2026-12-03");
        let Some(Review::Changed(change)) = review(&line, 0, later, (&mut calculator, &words))
        else {
            panic!("not changed");
        };
        assert!(change.total.unwrap() > line.total);
        assert!(
            change.notes[0].starts_with("Urgency: "),
            "{:?}",
            change.notes
        );
        let (answers, _) = change.answers.unwrap();
        assert_eq!(
            answers.answer("today"),
            Some(&Answer::Text("2026-12-03".to_owned()))
        );

        let too_late = ("r", "2026-12-09");
        let Some(Review::Changed(change)) = review(&line, 0, too_late, (&mut calculator, &words))
        else {
            panic!("not changed");
        };
        assert_eq!(change.total, None);

        // Where the day changes nothing, nothing is asked; a day to come is left alone.
        let mut calm = line;
        calm.answers.remove("ready");
        calculator.answer_all(calm.answers.clone());
        let calm = priced(&calm, "r", &calculator).unwrap();
        let found = review(&calm, 0, later, (&mut calculator, &words));
        let Some(Review::Same(new)) = found else {
            panic!("not the same: {found:?}");
        };
        assert_eq!(
            new.answers.answer("today"),
            Some(&Answer::Text("2026-12-03".to_owned()))
        );
        let earlier = ("r", "2026-11-30");
        assert_eq!(review(&calm, 0, earlier, (&mut calculator, &words)), None);
    }
}
