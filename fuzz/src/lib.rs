//! What must hold of every template and every quote, whatever bytes they came from.

use tirage_pricing::{Answers, Decimal, Quote, Template};

/// Quotes a template for its defaults and for several runs, and checks what has to hold.
pub fn exercise(template: &Template, answers: &Answers) {
    let runs = [1, 7, 1_000_000].map(Decimal::from);
    for runs in [&[][..], &runs] {
        let quote = template.quote(answers, runs);
        check(template, &quote);
        let again = template.quote(answers, runs);
        assert_eq!(quote, again, "the same answers, another quote");
    }
}

/// A price or a problem, and lines that sum to the total.
fn check(template: &Template, quote: &Quote) {
    assert_eq!(quote.fields.len(), template.parameters().len());
    let _effective = template.effective_answers(quote);
    for run in &quote.runs {
        let problems = !run.problems.is_empty() || !quote.problems.is_empty();
        assert_eq!(run.price.is_none(), problems, "a price or a problem");
        if let Some(price) = &run.price {
            let mut amounts = price.lines.iter().map(|line| line.amount);
            let sum = amounts.try_fold(Decimal::ZERO, Decimal::checked_add);
            assert_eq!(sum, Some(price.total), "lines sum to the total");
        }
    }
}

/// A template and its compiled form say the same.
pub fn same_when_packed(template: &Template, answers: &Answers) {
    let packed = template.pack();
    let Ok(unpacked) = Template::unpack(&packed) else {
        panic!("what was packed is not read again");
    };
    let (before, after) = (template.quote(answers, &[]), unpacked.quote(answers, &[]));
    assert_eq!(before, after, "another quote after packing");
}
