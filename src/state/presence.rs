//! Which details and operations are part of what is ordered, and what one of several is called.

use tirage_pricing::{Decimal, Effective, Texts, decimal};

use super::calculator::Calculator;
use super::words::Words;

/// Whether a section is ordered, with all that it is part of; what is in none always is.
#[must_use]
pub fn is_there(calculator: &Calculator, section: Option<usize>) -> bool {
    let sections = calculator.template().sections();
    let mut around = section.and_then(|at| sections.get(at));
    while let Some(own) = around {
        let taken = own.switch.is_none_or(|switch| is_taken(calculator, switch));
        let counted = own.repeated.is_none_or(|repeated| {
            let number = Decimal::from(repeated.number);
            decimal::at_most(number, how_many(calculator, repeated.count))
        });
        if !taken || !counted {
            return false;
        }
        around = own.parent.and_then(|at| sections.get(at));
    }
    true
}

/// A name, after the part that it is of where there are several: `Block 2: sheets`.
#[must_use]
pub fn name_of(
    calculator: &Calculator,
    section: Option<usize>,
    name: &Texts,
    words: &Words<'_>,
) -> String {
    let sections = calculator.template().sections();
    let mut around = section.and_then(|at| sections.get(at));
    while let Some(own) = around {
        if let Some(repeated) = own.repeated
            && how_many(calculator, repeated.count) > Decimal::ONE
        {
            let number = words.format.number(Decimal::from(repeated.number));
            return [words.of(&own.name), " ", &number, ": ", words.of(name)].concat();
        }
        around = own.parent.and_then(|at| sections.get(at));
    }
    words.of(name).to_owned()
}

fn answer(calculator: &Calculator, parameter: usize) -> Option<&Effective> {
    calculator.quote().fields.get(parameter)?.answer.as_ref()
}

fn is_taken(calculator: &Calculator, switch: usize) -> bool {
    matches!(answer(calculator, switch), Some(Effective::Flag(true)))
}

fn how_many(calculator: &Calculator, count: usize) -> Decimal {
    match answer(calculator, count) {
        Some(Effective::Number(number)) => *number,
        _ => Decimal::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use tirage_pricing::{Answer, Answers, Template};

    use super::*;
    use crate::state::price::explain;
    use crate::state::words::tests::words;

    /// What the explanation of brochures names, with so many blocks.
    fn told(blocks: u32) -> Vec<String> {
        let template = Template::parse(include_str!("../../examples/brochures.json"))
            .unwrap()
            .for_good();
        let answers: Answers = [("block", Answer::Number(Decimal::from(blocks)))]
            .into_iter()
            .collect();
        let told = explain(&Calculator::new(template, answers), &words("en"));
        let lines = told.lines.into_iter().map(|line| line.name);
        lines
            .chain(told.figures.into_iter().map(|own| own.name))
            .collect()
    }

    fn count(told: &[String], name: &str) -> usize {
        told.iter().filter(|own| *own == name).count()
    }

    #[test]
    fn what_is_not_ordered_is_not_told() {
        let told = told(1);
        assert_eq!(count(&told, "Sheets of the block"), 1, "{told:?}");
        assert_eq!(count(&told, "Printing the block"), 1, "{told:?}");
        assert_eq!(count(&told, "Packs"), 0, "{told:?}");
    }

    #[test]
    fn of_several_parts_each_is_told_by_its_number() {
        let told = told(2);
        for name in ["Sheets of the block", "Printing the block"] {
            assert_eq!(count(&told, name), 0, "{told:?}");
            for part in 1..=2 {
                let full = format!("Inner block {part}: {name}");
                assert_eq!(count(&told, &full), 1, "{full} of {told:?}");
            }
        }
    }
}
