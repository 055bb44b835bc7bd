//! Configurations of one product beside each other: what differs between them, in words.

use tirage_pricing::decimal::{self, canonical};
use tirage_pricing::{Answer, Decimal, Price};

use super::calculator::Calculator;
use super::field::{in_words, is_asked};
use super::price::Figure;
use super::words::Words;

/// What stands where a configuration has nothing to say.
const NOTHING: &str = "—";

/// One thing that is compared, with what each configuration says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub name: String,
    /// A text for each configuration, in their order.
    pub cells: Vec<String>,
}

/// The questions that are not answered alike.
#[must_use]
pub fn answers(all: &[&Calculator], words: &Words<'_>) -> Vec<Row> {
    let Some(first) = all.first() else {
        return Vec::new();
    };
    let template = first.template();
    let mut rows = Vec::new();
    for (index, parameter) in template.parameters().iter().enumerate() {
        if !is_asked(parameter) {
            continue;
        }
        let cells: Vec<String> = all.iter().map(|one| answer(one, index, words)).collect();
        if differ(&cells) {
            let name = words.of(&parameter.name).to_owned();
            let name = match template.part_of(index) {
                Some((part, number)) => {
                    let number = canonical(number.into());
                    [words.of(part), " ", &number, ": ", &name].concat()
                }
                None => name,
            };
            rows.push(Row { name, cells });
        }
    }
    rows
}

fn answer(calculator: &Calculator, index: usize, words: &Words<'_>) -> String {
    let parameter = calculator.template().parameters().get(index);
    let field = calculator.quote().fields.get(index);
    let counts = field.filter(|field| field.available);
    let answer = counts.and_then(|field| parameter?.answer(field.answer.as_ref()?));
    let (Some(parameter), Some(answer)) = (parameter, answer) else {
        return NOTHING.to_owned();
    };
    let text = match &answer {
        Answer::Number(number) => {
            match parameter.kind.numeric().and_then(|own| own.unit.as_ref()) {
                Some(unit) => words.count(*number, Some(unit)),
                None => words.format.number(*number),
            }
        }
        Answer::Text(day) if calculator.is_date(index) => words.format.day(day),
        answer => in_words(parameter, answer, words.locale.tag),
    };
    if text.is_empty() {
        return NOTHING.to_owned();
    }
    text
}

/// Totals, prices of one, and how far each total is from that of the first.
#[must_use]
pub fn prices(all: &[&Calculator], words: &Words<'_>) -> Vec<Row> {
    let texts = words.locale.compare_texts();
    let money = |price: Option<Decimal>, none: &str| {
        price.map_or_else(|| none.to_owned(), |price| words.format.money(price))
    };
    let total = |one: &&Calculator| money(price(one).map(|price| price.total), texts.no_price);
    let each = |one: &&Calculator| money(price(one).map(|price| price.unit_price), NOTHING);
    let row = |name: &str, cells: Vec<String>| Row {
        name: name.to_owned(),
        cells,
    };
    let mut rows = vec![row(texts.total, all.iter().map(total).collect())];
    let now = all.first().and_then(|one| price(one));
    if let Some(now) = now {
        let apart = |one: &&Calculator| difference(now.total, price(one), words);
        let mut cells: Vec<String> = all.iter().map(apart).collect();
        if let Some(own) = cells.first_mut() {
            NOTHING.clone_into(own);
        }
        rows.push(row(texts.difference, cells));
    }
    let unit: Vec<String> = all.iter().map(each).collect();
    if all.iter().any(|one| is_of_several(one)) {
        rows.push(row(texts.per_piece, unit));
    }
    rows
}

/// Whether the price of one is another one than the total.
fn is_of_several(calculator: &Calculator) -> bool {
    let run = calculator.current().map(|current| current.run);
    calculator.template().quantity().is_some() && run.is_some_and(|run| run != Decimal::ONE)
}

fn price(calculator: &Calculator) -> Option<&Price> {
    calculator.current()?.price.as_ref()
}

fn difference(now: Decimal, other: Option<&Price>, words: &Words<'_>) -> String {
    let apart = other.and_then(|other| decimal::subtract(other.total, now));
    match apart {
        None => NOTHING.to_owned(),
        Some(apart) if canonical(apart) == "0" => {
            words.locale.compare_texts().same_price.to_owned()
        }
        Some(apart) if apart.is_sign_negative() => words.format.money(apart),
        Some(apart) => ["+", &words.format.money(apart)].concat(),
    }
}

/// The figures of each configuration, those of one name beside each other.
#[must_use]
pub fn outcomes(all: &[Vec<Figure>]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (at, figures) in all.iter().enumerate() {
        for Figure { name, figure } in figures {
            let known = rows.iter().position(|row| row.name == *name);
            let row = known.unwrap_or(rows.len());
            if known.is_none() {
                rows.push(Row {
                    name: name.clone(),
                    cells: vec![NOTHING.to_owned(); all.len()],
                });
            }
            rows[row].cells[at].clone_from(figure);
        }
    }
    rows
}

fn differ(cells: &[String]) -> bool {
    cells.windows(2).any(|pair| pair[0] != pair[1])
}

#[cfg(test)]
mod tests {
    use super::super::calculator::Input;
    use super::super::words::tests::words;
    use super::*;
    use tirage_pricing::{Answers, Template};

    fn cards(answers: &[(&str, Answer)]) -> Calculator {
        let text = include_str!("../../examples/business-cards.json");
        let template = Template::parse(text).unwrap().for_good();
        let answers: Answers = answers.iter().cloned().collect();
        Calculator::new(template, answers)
    }

    fn run(run: i64) -> (&'static str, Answer) {
        ("run", Answer::Number(run.into()))
    }

    #[test]
    fn only_what_differs_is_told_in_words_of_the_language() {
        let (now, kept) = (
            cards(&[run(600)]),
            cards(&[run(960), ("rounded", Answer::Flag(true))]),
        );
        let rows = answers(&[&now, &kept], &words("en"));
        let told: Vec<(&str, &str)> = rows
            .iter()
            .map(|row| (row.cells[0].as_str(), row.cells[1].as_str()))
            .collect();
        assert!(told.contains(&("no", "yes")), "{rows:?}");
        assert_eq!(rows.len(), 2, "{rows:?}");
        assert!(rows.iter().any(|row| row.cells[0].starts_with("600")));
        let russian = answers(&[&now, &kept], &words("ru"));
        assert!(russian.iter().any(|row| row.cells == ["нет", "да"]));
        assert_eq!(answers(&[&now, &now], &words("en")), []);
        assert_eq!(answers(&[], &words("en")), []);
    }

    #[test]
    fn prices_stand_beside_each_other_with_the_exact_difference_from_now() {
        let (now, kept) = (cards(&[run(600)]), cards(&[run(960)]));
        let total = |one: &Calculator| price(one).unwrap().total;
        let rows = prices(&[&now, &kept, &now], &words("en"));
        let apart = canonical(decimal::subtract(total(&kept), total(&now)).unwrap());
        assert_eq!(rows[0].cells[0], format!("{} ₽", canonical(total(&now))));
        assert_eq!(rows[1].cells, ["—", &format!("+{apart} ₽"), "same price"]);
        let back = prices(&[&kept, &now], &words("en"));
        assert_eq!(back[1].cells, ["—", &format!("-{apart} ₽")]);
        assert_eq!(rows[2].cells.len(), 3);
    }

    #[test]
    fn without_a_price_there_is_no_difference() {
        let kept = cards(&[run(600)]);
        let mut now = cards(&[run(600)]);
        let quantity = now.template().quantity().unwrap();
        now.input(quantity, Input::Typed("none".to_owned()), &words("en"));
        let rows = prices(&[&now, &kept], &words("en"));
        assert_eq!(rows[0].cells[0], "No price");
        assert!(rows.iter().all(|row| row.name != "Difference from now"));
        let other = prices(&[&kept, &now], &words("en"));
        assert_eq!(other[1].cells, ["—", "—"]);
    }

    #[test]
    fn figures_of_one_name_are_one_row() {
        let figure = |name: &str, figure: &str| Figure {
            name: name.to_owned(),
            figure: figure.to_owned(),
        };
        let all = [
            vec![figure("Weight", "1 kg")],
            vec![figure("Production", "2 days"), figure("Weight", "3 kg")],
        ];
        let rows = outcomes(&all);
        assert_eq!(rows[0].cells, ["1 kg", "3 kg"]);
        assert_eq!(rows[1].cells, ["—", "2 days"]);
    }
}
