//! Rules as trees to the words that pricing reads; see `program.rs` for what each word means.

use std::collections::HashMap;

use super::draft::{Ask, Charge, Draft, Forbid, Rule, Step};
use super::program::{Program, ask, charge, flag, head, line, number, place};
use super::{Asked, Cells, Keys};
use crate::decimal::Direction;
use crate::expression::{Arithmetic, Comparison, Compiled, Flag, LookupSite, Number, Place};
use crate::paths::Paths;
use crate::{Decimal, Parameter, Texts, names};

/// Makes the program of a template.
pub(crate) fn lower(draft: Draft, parameters: &[Parameter], cells: Vec<Cells>) -> Program {
    let mut lowering = Lowering::default();
    lowering.code.resize(head::COUNT, 0);
    lowering.rules(&draft);
    let (mut by_key, mut order) = (Paths::default(), Vec::new());
    for (key, index) in names::sorted(parameters.iter().map(|parameter| parameter.key.as_str())) {
        by_key.push(key);
        order.push(index);
    }
    let (mut keys, mut asks, mut values) = (Keys::default(), Vec::new(), Vec::new());
    for Parameter { kind, .. } in parameters {
        let order: Vec<u32> = Keys::of(kind)
            .all()
            .order()
            .map(|index| index as u32)
            .collect();
        let place = keys.add(kind, &order);
        let listed = keys.list(place);
        values.push(listed.len());
        values.extend(listed.order());
        asks.push(Asked::new(kind, place));
    }
    for (place, index) in order.iter().enumerate() {
        asks[*index].place = place as u32;
    }
    lowering.list(head::BY_KEY, order);
    lowering.list(head::VALUES_BY_KEY, values);
    let (mut defaults, mut fixed) = (Vec::new(), Vec::new());
    for ask in draft.asks {
        defaults.push(ask.default);
        fixed.push(ask.fixed.map(|(_, fixed)| fixed));
    }
    Program {
        asks,
        keys,
        by_key,
        defaults,
        fixed,
        cells,
        calendar: draft.calendar,
        code: lowering.code,
        numbers: lowering.numbers,
        strings: lowering.strings,
        messages: lowering.messages,
    }
}

/// A program that is being written.
#[derive(Default)]
struct Lowering {
    code: Vec<u32>,
    numbers: Vec<Decimal>,
    strings: Vec<String>,
    messages: Vec<Texts>,
    /// Where equal rules, constants and strings already are: the parts of a repeating detail have
    /// many in common.
    places: HashMap<Vec<u32>, usize>,
    /// By digits, sign and places.
    constants: HashMap<(u128, bool, u32), usize>,
    texts: HashMap<String, usize>,
}

/// Words of one rule.
type Words = Vec<u32>;

#[expect(
    clippy::cast_possible_truncation,
    reason = "a template's text is shorter than that"
)]
fn word(word: usize) -> u32 {
    word as u32
}

impl Lowering {
    fn rules(&mut self, draft: &Draft) {
        let values: Vec<usize> = draft.values.iter().map(|value| self.value(value)).collect();
        let asks: Vec<usize> = draft.asks.iter().map(|ask| self.ask(ask)).collect();
        let step = |step: &Step| match *step {
            Step::Parameter(index) => [2 * index, asks[index]],
            Step::Value(index) => [2 * index + 1, values[index]],
        };
        let steps: Vec<usize> = draft.steps.iter().flat_map(step).collect();
        let per_run: Vec<usize> = draft.per_run.iter().flat_map(step).collect();
        let changes: Vec<usize> = draft.changes.iter().copied().map(usize::from).collect();
        let mut required = Vec::new();
        for (parameter, rule) in &draft.required {
            required.extend([*parameter, self.condition(rule)]);
        }
        let mut forbids = Vec::new();
        for forbid in &draft.forbids {
            forbids.extend([usize::from(forbid.changes), self.forbid(forbid)]);
        }
        let lines: Vec<usize> = draft.rules.iter().map(|rule| self.line(rule)).collect();
        for (head, list) in [
            (head::STEPS, steps),
            (head::PER_RUN, per_run),
            (head::CHANGES, changes),
            (head::REQUIRED, required),
            (head::FORBIDS, forbids),
            (head::LINES, lines),
            (head::VALUES, values),
        ] {
            self.list(head, list);
        }
        self.code[head::QUANTITY] = word(draft.quantity.map_or(0, |quantity| quantity + 1));
        for (head, number) in [
            (head::WEIGHT, &draft.weight),
            (head::PRODUCTION, &draft.production),
        ] {
            if let Some(number) = number {
                let mut words = Words::new();
                self.number(number, &mut words);
                self.code[head] = word(self.place(words));
            }
        }
    }

    fn list(&mut self, head: usize, list: Vec<usize>) {
        let mut words = vec![word(list.len())];
        words.extend(list.into_iter().map(word));
        self.code[head] = word(self.place(words));
    }

    /// Where a rule is, written down unless an equal one is there.
    fn place(&mut self, words: Words) -> usize {
        let next = self.code.len();
        match self.places.get(&words) {
            Some(place) => *place,
            None => {
                self.code.extend(&words);
                self.places.insert(words, next);
                next
            }
        }
    }

    fn value(&mut self, value: &Compiled) -> usize {
        let mut words = Words::new();
        match value {
            Compiled::Number(number) => self.number(number, &mut words),
            Compiled::Flag(flag) => {
                words.push(word(number::FLAG));
                self.flag(flag, &mut words);
            }
        }
        self.place(words)
    }

    fn condition(&mut self, flag: &Flag) -> usize {
        let mut words = Words::new();
        self.flag(flag, &mut words);
        self.place(words)
    }

    fn ask(&mut self, rules: &Ask) -> usize {
        let mut words = vec![0];
        let mut parts = 0;
        match &rules.available {
            Some(Flag::Parameter(switch)) => {
                parts |= ask::SWITCHED;
                words.push(word(*switch));
            }
            Some(available) => {
                parts |= ask::AVAILABLE;
                self.flag(available, &mut words);
            }
            None => {}
        }
        if !rules.value_rules.is_empty() {
            parts |= ask::VALUES;
            words.push(word(rules.value_rules.len()));
            for (value, rule, reason) in &rules.value_rules {
                let reason = reason.as_ref().map_or(0, |reason| self.message(reason) + 1);
                words.extend([word(*value), word(reason)]);
                self.flag(rule, &mut words);
            }
        }
        if let Some((rule, _)) = &rules.fixed {
            parts |= ask::FIXED;
            self.flag(rule, &mut words);
        }
        if !rules.value_needs.is_empty() {
            parts |= ask::NEEDS;
            words.push(word(rules.value_needs.len()));
            for (value, rule) in &rules.value_needs {
                words.push(word(*value));
                self.flag(rule, &mut words);
            }
        }
        if parts == 0 {
            return 0;
        }
        words[0] = word(parts);
        self.place(words)
    }

    fn forbid(&mut self, forbid: &Forbid) -> usize {
        let concerned = forbid.parameters.len();
        let mut words = vec![word(self.message(&forbid.message)), word(concerned)];
        words.extend(forbid.parameters.iter().copied().map(word));
        self.flag(&forbid.when, &mut words);
        self.place(words)
    }

    fn line(&mut self, rule: &Rule) -> usize {
        let mut parts = if rule.discount { line::DISCOUNT } else { 0 };
        let mut words = vec![0];
        if let Some(when) = &rule.when {
            parts |= line::WHEN;
            self.flag(when, &mut words);
        }
        if let Some(round) = rule.round {
            parts |= line::ROUND;
            let step = self.constant(round.step);
            words.extend([word(step), direction(round.direction)]);
        }
        words[0] = word(parts);
        self.charge(&rule.charge, &mut words);
        words.push(word(rule.behind.len()));
        words.extend(rule.behind.iter().copied().map(word));
        self.place(words)
    }

    fn charge(&mut self, charge: &Charge, words: &mut Words) {
        match charge {
            Charge::Price { price, times } => {
                let kind = times.as_ref().map_or(charge::PRICE, |_| charge::TIMES);
                words.push(word(kind));
                self.number(price, words);
                if let Some(times) = times {
                    self.number(times, words);
                }
            }
            Charge::Percent { percent, of } => {
                words.push(word(charge::PERCENT));
                self.number(percent, words);
                lines(of.as_deref(), words);
            }
            Charge::Rounding {
                step,
                direction: way,
            } => {
                let step = self.constant(*step);
                words.extend([word(charge::ROUNDING), word(step), direction(*way)]);
            }
            Charge::Minimum(minimum) => {
                words.push(word(charge::MINIMUM));
                self.number(minimum, words);
            }
            Charge::Maximum(maximum) => {
                words.push(word(charge::MAXIMUM));
                self.number(maximum, words);
            }
            Charge::Vat { rate, of, included } => {
                let kind = if *included {
                    charge::VAT_WITHIN
                } else {
                    charge::VAT
                };
                words.push(word(kind));
                self.number(rate, words);
                lines(of.as_deref(), words);
            }
        }
    }

    fn number(&mut self, tree: &Number, words: &mut Words) {
        match tree {
            Number::Constant(constant) => {
                let constant = self.constant(*constant);
                words.extend([word(number::CONSTANT), word(constant)]);
            }
            Number::Parameter(index) => words.extend([word(number::PARAMETER), word(*index)]),
            Number::Value(index) => words.extend([word(number::VALUE), word(*index)]),
            Number::Attached(index, numbers) => {
                let numbers = self.constants(numbers);
                words.extend([word(number::ATTACHED), word(*index), word(numbers)]);
            }
            Number::Figure(index, numbers, place) => {
                let numbers = self.constants(numbers);
                let known = [word(number::FIGURE), word(*index), word(numbers)];
                words.extend(known);
                words.push(word(*place));
            }
            Number::Chain(first, rest) => self.measured(number::CHAIN, words, |own, words| {
                own.number(first, words);
                for (operator, operand) in rest {
                    words.push(arithmetic(*operator));
                    own.number(operand, words);
                }
            }),
            Number::Power(base, exponent) => {
                let exponent = exponent + number::ABOVE_EXPONENTS;
                words.extend([word(number::POWER), exponent.unsigned_abs()]);
                self.number(base, words);
            }
            Number::Negate(inner) => self.of(number::NEGATE, inner, words),
            Number::Absolute(inner) => self.of(number::ABSOLUTE, inner, words),
            Number::Minimum(items) => self.numbers(number::MINIMUM, items, words),
            Number::Maximum(items) => self.numbers(number::MAXIMUM, items, words),
            Number::Clamp(parts) => {
                words.push(word(number::CLAMP));
                parts.iter().for_each(|part| self.number(part, words));
            }
            Number::Round(parts, way) => {
                words.extend([word(number::ROUND), direction(*way)]);
                self.number(&parts.0, words);
                self.number(&parts.1, words);
            }
            Number::Whole(inner, way) => self.whole(inner, *way, words),
            Number::Count(index) => words.extend([word(number::COUNT), word(*index)]),
            Number::Length(index) => words.extend([word(number::LENGTH), word(*index)]),
            Number::Letters(index) => words.extend([word(number::LETTERS), word(*index)]),
            Number::Call(function, arguments) => {
                words.extend([word(number::CALL), *function as u32]);
                words.push(word(arguments.len()));
                arguments.iter().for_each(|item| self.number(item, words));
            }
            Number::Lookup(site) => self.look_up(site, words),
            Number::Subtotal(of) => {
                words.push(word(number::SUBTOTAL));
                lines(of.as_deref(), words);
            }
            Number::If(parts) => {
                words.push(word(number::IF));
                self.flag(&parts.0, words);
                self.branch(words, |own, words| own.number(&parts.1, words));
                self.branch(words, |own, words| own.number(&parts.2, words));
            }
        }
    }

    /// A quotient that is rounded to a whole number needs no division of decimals.
    fn whole(&mut self, inner: &Number, way: Direction, words: &mut Words) {
        if let Number::Chain(first, rest) = inner
            && let [(Arithmetic::Divide, by)] = &**rest
        {
            words.extend([word(number::QUOTIENT), direction(way)]);
            self.number(first, words);
            self.number(by, words);
        } else {
            words.extend([word(number::WHOLE), direction(way)]);
            self.number(inner, words);
        }
    }

    fn of(&mut self, kind: usize, inner: &Number, words: &mut Words) {
        words.push(word(kind));
        self.number(inner, words);
    }

    fn numbers(&mut self, kind: usize, items: &[Number], words: &mut Words) {
        self.measured(kind, words, |own, words| {
            items.iter().for_each(|item| own.number(item, words));
        });
    }

    fn look_up(&mut self, site: &LookupSite, words: &mut Words) {
        let parameter = site.places.iter().find_map(Place::parameter);
        self.measured(number::LOOK_UP, words, |own, words| {
            words.push(word(site.table));
            words.push(one_more(site.graduated));
            words.push(one_more(parameter));
            for looked in &site.places {
                match looked {
                    Place::Row(row) => words.extend([word(place::ROW), word(*row)]),
                    Place::Chosen(parameter, rows) => {
                        words.extend([word(place::CHOSEN), word(*parameter), word(rows.len())]);
                        words.extend(rows.iter().copied().map(one_more));
                    }
                    Place::At(number) => {
                        words.extend([word(place::AT), one_more(looked.parameter())]);
                        own.number(number, words);
                    }
                }
            }
        });
    }

    fn flag(&mut self, tree: &Flag, words: &mut Words) {
        match tree {
            Flag::Constant(true) => words.push(word(flag::ALWAYS)),
            Flag::Constant(false) => words.push(word(flag::NEVER)),
            Flag::Parameter(index) => words.extend([word(flag::PARAMETER), word(*index)]),
            Flag::Value(index) => words.extend([word(flag::VALUE), word(*index)]),
            Flag::Compare(comparison, sides) => {
                words.extend([word(flag::COMPARE), orders(*comparison)]);
                self.number(&sides.0, words);
                self.number(&sides.1, words);
            }
            Flag::Same(sides) => {
                words.push(word(flag::SAME));
                self.flag(&sides.0, words);
                self.flag(&sides.1, words);
            }
            Flag::Chosen(index, values) => {
                words.extend([word(flag::CHOSEN), word(*index), word(values.len())]);
                words.extend(values.iter().copied().map(word));
            }
            Flag::TextAmong(index, texts) => self.text_among(flag::TEXT, *index, texts, words),
            Flag::Code(index, codes) => self.text_among(flag::CODE, *index, codes, words),
            Flag::NumberAmong(subject, items) => self.measured(flag::AMONG, words, |own, words| {
                own.number(subject, words);
                items.iter().for_each(|item| own.number(item, words));
            }),
            Flag::Answered(index) => words.extend([word(flag::ANSWERED), word(*index)]),
            Flag::Not(inner) => {
                words.push(word(flag::NOT));
                self.flag(inner, words);
            }
            Flag::All(items) => self.flags(flag::ALL, items, words),
            Flag::Any(items) => self.flags(flag::ANY, items, words),
            Flag::If(parts) => {
                words.push(word(flag::IF));
                self.flag(&parts.0, words);
                self.branch(words, |own, words| own.flag(&parts.1, words));
                self.branch(words, |own, words| own.flag(&parts.2, words));
            }
        }
    }

    fn flags(&mut self, kind: usize, items: &[Flag], words: &mut Words) {
        self.measured(kind, words, |own, words| {
            items.iter().for_each(|item| own.flag(item, words));
        });
    }

    fn text_among(&mut self, kind: usize, index: usize, texts: &[String], words: &mut Words) {
        words.extend([word(kind), word(index), word(texts.len())]);
        for text in texts {
            let string = self.string(text);
            words.push(word(string));
        }
    }

    /// What begins with a word and says how long the rest is.
    fn measured(
        &mut self,
        kind: usize,
        words: &mut Words,
        rest: impl FnOnce(&mut Self, &mut Words),
    ) {
        words.push(word(kind));
        self.branch(words, rest);
    }

    /// Words with their number in front of them.
    fn branch(&mut self, words: &mut Words, rest: impl FnOnce(&mut Self, &mut Words)) {
        let before = words.len();
        words.push(0);
        rest(self, words);
        words[before] = word(words.len() - before - 1);
    }

    /// The place of a constant; equal numbers with other places are others.
    fn constant(&mut self, constant: Decimal) -> usize {
        let numbers = &mut self.numbers;
        let sign = constant.is_sign_negative();
        let written = (constant.digits(), sign, constant.scale());
        *self.constants.entry(written).or_insert_with(|| {
            numbers.push(constant);
            numbers.len() - 1
        })
    }

    /// The place of the first of several numbers.
    fn constants(&mut self, constants: &[Decimal]) -> usize {
        self.numbers.extend(constants);
        self.numbers.len() - constants.len()
    }

    fn string(&mut self, text: &str) -> usize {
        if let Some(known) = self.texts.get(text) {
            return *known;
        }
        self.texts.insert(text.to_owned(), self.strings.len());
        self.strings.push(text.to_owned());
        self.strings.len() - 1
    }

    fn message(&mut self, message: &Texts) -> usize {
        self.messages.push(message.clone());
        self.messages.len() - 1
    }
}

fn one_more(index: Option<usize>) -> u32 {
    word(index.map_or(0, |index| index + 1))
}

fn lines(of: Option<&[usize]>, words: &mut Words) {
    words.push(one_more(of.map(<[usize]>::len)));
    words.extend(of.unwrap_or_default().iter().copied().map(word));
}

fn direction(direction: Direction) -> u32 {
    match direction {
        Direction::Up => 0,
        Direction::Down => 1,
        Direction::HalfUp => 2,
        Direction::HalfEven => 3,
    }
}

fn arithmetic(operator: Arithmetic) -> u32 {
    match operator {
        Arithmetic::Add => 0,
        Arithmetic::Subtract => 1,
        Arithmetic::Multiply => 2,
        Arithmetic::Divide => 3,
        Arithmetic::Remainder => 4,
    }
}

/// A bit for each order that will do: less, equal, greater.
fn orders(comparison: Comparison) -> u32 {
    match comparison {
        Comparison::Equal => 0b010,
        Comparison::Unequal => 0b101,
        Comparison::Less => 0b001,
        Comparison::AtMost => 0b011,
        Comparison::Greater => 0b100,
        Comparison::AtLeast => 0b110,
    }
}
