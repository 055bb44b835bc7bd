//! Answers that do not count as given, in words.

use tirage_pricing::decimal::canonical;
use tirage_pricing::{Answer, Notice};

use super::Words;

impl Words<'_> {
    /// What was done to an answer that could not stay.
    #[must_use]
    pub fn notice(self, notice: &Notice) -> String {
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
#[must_use]
pub fn shown(answer: &Answer) -> String {
    match answer {
        Answer::Flag(flag) => flag.to_string(),
        Answer::Number(number) => canonical(*number),
        Answer::Text(text) => format!("`{text}`"),
        Answer::List(keys) => format!("`{}`", keys.join(", ")),
    }
}
