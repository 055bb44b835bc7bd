//! Quotes in words, in Russian and English.

use tirage_pricing::decimal::canonical;
use tirage_pricing::{
    Answer, Decimal, Direction, Kind, Notice, Parameter, Per, Problem, ProblemCode, Rows, Template,
    Texts,
};

/// A language of the tools' output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Locale {
    Ru,
    En,
}

/// Says things about one template in one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'t> {
    pub(crate) template: &'t Template,
    pub(crate) locale: Locale,
}

impl<'t> Words<'t> {
    /// The sentence of the language.
    pub(crate) fn say<T>(self, ru: T, en: T) -> T {
        match self.locale {
            Locale::Ru => ru,
            Locale::En => en,
        }
    }

    pub(crate) fn text(self, texts: &'t Texts) -> &'t str {
        texts.get(self.say("ru", "en"))
    }

    pub(crate) fn number(self, number: Decimal) -> String {
        self.pointed(canonical(number))
    }

    /// At least two decimals, and more where there are more: nothing is rounded for show.
    pub(crate) fn money(self, amount: Decimal) -> String {
        let mut text = canonical(amount);
        match text.split_once('.') {
            None => text.push_str(".00"),
            Some((_, fraction)) if fraction.len() == 1 => text.push('0'),
            Some(_) => {}
        }
        self.pointed(text)
    }

    fn pointed(self, text: String) -> String {
        match self.locale {
            Locale::Ru => text.replace('.', ","),
            Locale::En => text,
        }
    }

    pub(crate) fn range(self, from: Decimal, to: Option<Decimal>) -> String {
        match to {
            Some(to) if to == from => self.number(from),
            Some(to) => format!("{}–{}", self.number(from), self.number(to)),
            None => self.say(
                format!("от {}", self.number(from)),
                format!("{} and more", self.number(from)),
            ),
        }
    }

    /// What a price is charged for each of.
    pub(crate) fn per(self, per: Per) -> String {
        let word = match per {
            Per::Piece => self.say("за штуку", "per piece"),
            Per::Sheet => self.say("за лист", "per sheet"),
            Per::Page => self.say("за страницу", "per page"),
            Per::Area => self.say("за м²", "per m²"),
            Per::Metre => self.say("за метр", "per metre"),
            Per::Character => self.say("за знак", "per character"),
            Per::Run => self.say("за тираж", "per run"),
            Per::SetUp => self.say("за приладку", "per set-up"),
        };
        format!(" {word}")
    }

    pub(crate) fn direction(self, direction: Direction) -> &'static str {
        match direction {
            Direction::Up => self.say("вверх", "up"),
            Direction::Down => self.say("вниз", "down"),
            Direction::HalfUp => {
                self.say("до ближайшего, половина вверх", "to the nearest, a half up")
            }
            Direction::HalfEven => self.say(
                "до ближайшего, половина к чётному",
                "to the nearest, a half to even",
            ),
        }
    }

    /// What keeps a price from being computed: the parameter, what was expected and found.
    pub(crate) fn problem(self, problem: &Problem) -> String {
        let parameter = problem
            .parameter
            .and_then(|index| self.template.parameters().get(index));
        let sentence = self.sentence(problem, parameter);
        match parameter {
            Some(parameter) => format!(
                "`{}` ({}): {sentence}",
                parameter.key,
                self.text(&parameter.name)
            ),
            None => sentence,
        }
    }

    fn sentence(self, problem: &Problem, parameter: Option<&'t Parameter>) -> String {
        if let Some(message) = &problem.message {
            return message.get(self.say("ru", "en")).to_owned();
        }
        let said = |name| argument(problem, name).unwrap_or_default();
        let number = |name| self.pointed(said(name).to_owned());
        let line = argument(problem, "line");
        match problem.code {
            ProblemCode::RequiredAnswerMissing => {
                let expected = parameter.map(|parameter| self.expected(parameter));
                self.expectation(&expected.unwrap_or_default(), self.say("пусто", "none"))
            }
            ProblemCode::NotAnAnswer => {
                let expected = parameter.map(|parameter| self.expected(parameter));
                self.expectation(
                    &expected.unwrap_or_default(),
                    &format!("`{}`", said("value")),
                )
            }
            ProblemCode::OutOfBounds => {
                let (min, max) = (number("min"), number("max"));
                let expected = self.say(
                    format!("число от {min} до {max}"),
                    format!("a number from {min} to {max}"),
                );
                self.expectation(&expected, &number("value"))
            }
            ProblemCode::NotAMultiple => {
                let multiple = number("multiple");
                let expected = self.say(
                    format!("кратное {multiple}"),
                    format!("a multiple of {multiple}"),
                );
                self.expectation(&expected, &number("value"))
            }
            ProblemCode::NotWhole => {
                self.expectation(self.say("целое число", "a whole number"), &number("value"))
            }
            ProblemCode::NotOffered => {
                let offered = said("offered");
                let expected = self.say(format!("одно из {offered}"), format!("one of {offered}"));
                self.expectation(&expected, &number("value"))
            }
            ProblemCode::PricedRemotely => self
                .say(
                    "цену считает система типографии",
                    "the print house's system computes the price",
                )
                .to_owned(),
            ProblemCode::TooLong => {
                let expected = parameter.map(|parameter| self.expected(parameter));
                let found = self.say("более длинный", "a longer one");
                self.expectation(&expected.unwrap_or_default(), found)
            }
            ProblemCode::NoSuchCombination => self.say(
                format!("в таблице `{}` нет цены для таких ответов", said("table")),
                format!(
                    "the table `{}` has no price for these answers",
                    said("table")
                ),
            ),
            ProblemCode::OutsideTheIntervals => self.outside(problem),
            ProblemCode::ForbiddenCombination => self
                .say("такое сочетание запрещено", "this combination is forbidden")
                .to_owned(),
            ProblemCode::ValueUnavailable => self
                .say(
                    "выбранное недоступно для этого тиража",
                    "what is chosen cannot be had for this run",
                )
                .to_owned(),
            ProblemCode::OutOfRange => self.in_line(
                self.say("число слишком велико", "a number grew too large"),
                line,
            ),
            ProblemCode::DivisionByZero => {
                self.in_line(self.say("деление на ноль", "a division by zero"), line)
            }
            ProblemCode::AskForAQuote => self.asked(problem),
            other => other.as_str().to_owned(),
        }
    }

    fn expectation(self, expected: &str, found: &str) -> String {
        self.say(
            format!("ожидалось {expected}, получено {found}"),
            format!("expected {expected}, found {found}"),
        )
    }

    fn in_line(self, what: &str, line: Option<&str>) -> String {
        match line {
            Some(line) => self.say(
                format!("{what} в строке `{line}`"),
                format!("{what} in the line `{line}`"),
            ),
            None => what.to_owned(),
        }
    }

    /// Why a person prices it: the sum, or the table that has no such row.
    fn asked(self, problem: &Problem) -> String {
        let said = |name| argument(problem, name).map(|text| self.pointed(text.to_owned()));
        if let (Some(sum), Some(maximum)) = (said("sum"), said("maximum")) {
            return self.say(
                format!("цена по запросу: сумма {sum} больше {maximum}"),
                format!("the price is on request: the sum {sum} is above {maximum}"),
            );
        }
        let table = argument(problem, "table").unwrap_or_default();
        self.say(
            format!("цена по запросу: в таблице `{table}` такого нет"),
            format!("the price is on request: it is not in the table `{table}`"),
        )
    }

    fn outside(self, problem: &Problem) -> String {
        let said = |name| argument(problem, name).unwrap_or_default();
        let (table, axis) = (said("table"), said("axis"));
        let rows = self
            .template
            .tables()
            .iter()
            .find(|info| info.key == table)
            .and_then(|info| info.axes.iter().find(|info| info.key == axis))
            .map(|info| &info.rows);
        let rows = match rows {
            Some(Rows::Ranges(ranges)) => joined(ranges, |(from, to)| self.range(*from, *to)),
            Some(Rows::Numbers(numbers)) => joined(numbers, |number| self.number(*number)),
            Some(Rows::Keys(keys)) => joined(keys, ToString::to_string),
            None => String::new(),
        };
        let expected = self.say(
            format!("для `{axis}` в таблице `{table}` одно из {rows}"),
            format!("one of {rows} for `{axis}` in the table `{table}`"),
        );
        self.expectation(&expected, &self.pointed(said("at").to_owned()))
    }

    /// What a parameter accepts.
    fn expected(self, parameter: &Parameter) -> String {
        match &parameter.kind {
            Kind::Choice(choice) => {
                let keys = joined(&choice.values, |value| value.key.clone());
                self.say(format!("одно из {keys}"), format!("one of {keys}"))
            }
            Kind::YesNo => self.say("true или false", "true or false").to_owned(),
            Kind::Number(numeric) | Kind::Run(numeric) | Kind::Pages(numeric) => {
                let (min, max) = (self.number(numeric.min), self.number(numeric.max));
                self.say(
                    format!("число от {min} до {max}"),
                    format!("a number from {min} to {max}"),
                )
            }
            Kind::Text(limits) => {
                let most = limits.max_length;
                let lines = if limits.multiline {
                    self.say("", "")
                } else {
                    self.say(" в одну строку", " on one line")
                };
                self.say(
                    format!("текст до {most} символов{lines}"),
                    format!("a text of at most {most} characters{lines}"),
                )
            }
            Kind::Size(sizes) => {
                let keys = joined(&sizes.choice.values, |value| value.key.clone());
                self.say(
                    format!("размер: {keys} или ширина и высота в мм, например 210x297"),
                    format!("a size: {keys} or width and height in mm such as 210x297"),
                )
            }
            Kind::Inks(inks) => {
                let keys = joined(&inks.choice.values, |value| value.key.clone());
                self.say(
                    format!("красочность: {keys} или, например, 4+0"),
                    format!("inks: {keys} or such as 4+0"),
                )
            }
            Kind::Date(_) => self
                .say("дата, например 2027-03-01", "a date such as 2027-03-01")
                .to_owned(),
            Kind::File(_) => self.say("файл", "a file").to_owned(),
            Kind::Constant(_) | Kind::PassThrough => self.say("ответ", "an answer").to_owned(),
        }
    }

    /// What was done to an answer that could not stay.
    pub(crate) fn notice(self, notice: &Notice) -> String {
        let key = |index: &usize| {
            let parameter = self.template.parameters().get(*index);
            parameter.map_or("", |parameter| parameter.key.as_str())
        };
        match notice {
            Notice::Dropped { parameter, from } => self.say(
                format!(
                    "`{}`: ответ {} не учтён: параметр сейчас недоступен",
                    key(parameter),
                    shown(from)
                ),
                format!(
                    "`{}`: the answer {} does not count: the parameter is unavailable now",
                    key(parameter),
                    shown(from)
                ),
            ),
            Notice::Replaced {
                parameter,
                from,
                to,
            } => self.say(
                format!(
                    "`{}`: {} сейчас недоступно, учтено {}",
                    key(parameter),
                    shown(from),
                    shown(to)
                ),
                format!(
                    "`{}`: {} is unavailable now, {} counts instead",
                    key(parameter),
                    shown(from),
                    shown(to)
                ),
            ),
            Notice::Unknown { path, .. } => self.say(
                format!("`{path}`: такого параметра нет"),
                format!("`{path}`: there is no such parameter"),
            ),
        }
    }
}

/// An answer as it would be written on the command line.
pub(crate) fn shown(answer: &Answer) -> String {
    match answer {
        Answer::Flag(flag) => flag.to_string(),
        Answer::Number(number) => canonical(*number),
        Answer::Text(text) => format!("`{text}`"),
        Answer::List(keys) => format!("`{}`", keys.join(", ")),
    }
}

fn argument<'p>(problem: &'p Problem, name: &str) -> Option<&'p str> {
    let mut arguments = problem.arguments.iter();
    arguments
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.as_str())
}

/// At most twelve, so that one mistake does not fill the screen.
fn joined<T>(items: &[T], show: impl Fn(&T) -> String) -> String {
    const MOST: usize = 12;
    let mut shown: Vec<String> = items.iter().take(MOST).map(show).collect();
    if items.len() > MOST {
        shown.push(format!("… ({})", items.len()));
    }
    shown.join(", ")
}
