//! A quote as the text of the wire's JSON, written in one go.
//!
//! The same bytes as `tirage-wire` has for it, without the values in between: the module is
//! measured, and a page has `JSON.parse`.

use tirage_pricing::decimal::canonical;
use tirage_pricing::json::write_text;
use tirage_pricing::{
    Answer, Basis, Coordinate, Decimal, Field, Line, Lookup, Notice, Parameter, Price, Problem,
    Quote, RunQuote, Template, Texts, TimeUnit,
};

/// The quote as JSON.
#[must_use]
pub fn written(template: &Template, quote: &Quote) -> String {
    let mut writer = Writer {
        template,
        text: String::new(),
    };
    writer.quote(quote);
    writer.text
}

struct Writer<'t> {
    template: &'t Template,
    text: String,
}

impl Writer<'_> {
    /// Between one thing and the next; none before the first.
    fn comma(&mut self) {
        if !matches!(self.text.as_bytes().last(), Some(b'{' | b'[')) {
            self.text.push(',');
        }
    }

    fn key(&mut self, key: &str) {
        self.comma();
        self.quoted(key);
        self.text.push(':');
    }

    fn quoted(&mut self, text: &str) {
        write_text(text, &mut self.text);
    }

    fn field(&mut self, key: &str, text: &str) {
        self.key(key);
        self.quoted(text);
    }

    fn flag(&mut self, key: &str, flag: bool) {
        self.key(key);
        self.text.push_str(if flag { "true" } else { "false" });
    }

    fn number(&mut self, key: &str, number: Decimal) {
        self.number_if_any(key, Some(number));
    }

    #[inline(never)]
    fn number_if_any(&mut self, key: &str, number: Option<Decimal>) {
        if let Some(number) = number {
            self.field(key, &canonical(number));
        }
    }

    fn texts(&mut self, key: &str, texts: Option<&Texts>) {
        let Some(texts) = texts else {
            return;
        };
        self.key(key);
        if let Some(text) = texts.neutral_text() {
            return self.quoted(text);
        }
        self.text.push('{');
        for (language, text) in texts.iter() {
            self.field(language, text);
        }
        self.text.push('}');
    }

    fn list<T>(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = T>,
        item: impl Fn(&mut Self, T),
    ) {
        self.key(key);
        self.text.push('[');
        for each in items {
            self.comma();
            self.text.push('{');
            item(self, each);
            self.text.push('}');
        }
        self.text.push(']');
    }

    fn answer(&mut self, key: &str, answer: &Answer) {
        self.key(key);
        match answer {
            Answer::Flag(flag) => self.text.push_str(if *flag { "true" } else { "false" }),
            Answer::Number(number) => {
                let text = canonical(*number);
                if text.bytes().any(|byte| byte == b'.') {
                    self.quoted(&text);
                } else {
                    self.text.push_str(&text);
                }
            }
            Answer::Text(text) => self.quoted(text),
            Answer::List(keys) => {
                self.text.push('[');
                for key in keys {
                    self.comma();
                    self.quoted(key);
                }
                self.text.push(']');
            }
        }
    }

    #[inline(never)]
    fn quote(&mut self, quote: &Quote) {
        self.text.push('{');
        self.field("currency", self.template.currency());
        let template = self.template;
        let fields = template.parameters().iter().zip(&quote.fields);
        self.list("fields", fields, |writer, (parameter, field)| {
            writer.field_of(parameter, field);
        });
        self.list("notices", &quote.notices, Self::notice);
        self.list("problems", &quote.problems, Self::problem);
        self.list("runs", &quote.runs, Self::run);
        self.text.push('}');
    }

    #[inline(never)]
    fn field_of(&mut self, parameter: &Parameter, field: &Field) {
        self.field("parameter", &parameter.key);
        self.flag("available", field.available);
        self.flag("required", field.required);
        let answer = field.answer.as_ref();
        if let Some(answer) = answer.and_then(|answer| parameter.answer(answer)) {
            self.answer("answer", &answer);
        }
        let values = parameter
            .kind
            .choice()
            .map_or(&[][..], |choice| &choice.values);
        self.list("unavailable_values", field.unavailable(), |writer, gone| {
            writer.field("value", &values[gone.value].key);
            writer.texts("reason", gone.reason.as_ref());
        });
    }

    fn parameter(&mut self, index: usize) {
        self.field("parameter", &self.template.parameters()[index].key);
    }

    #[inline(never)]
    fn notice(&mut self, notice: &Notice) {
        let (from, to) = match notice {
            Notice::Dropped { parameter, from } => {
                self.parameter(*parameter);
                (from, None)
            }
            Notice::Replaced {
                parameter,
                from,
                to,
            } => {
                self.parameter(*parameter);
                (from, Some(to))
            }
            Notice::Unknown { path, from } => {
                self.field("parameter", path);
                (from, None)
            }
        };
        self.field("code", notice.code());
        self.answer("from", from);
        if let Some(to) = to {
            self.answer("to", to);
        }
    }

    #[inline(never)]
    fn problem(&mut self, problem: &Problem) {
        if let Some(parameter) = problem.parameter {
            self.parameter(parameter);
        }
        self.field("code", problem.code.as_str());
        self.key("arguments");
        self.text.push('{');
        for (name, value) in &problem.arguments {
            self.field(name, value);
        }
        self.text.push('}');
        self.texts("message", problem.message.as_ref());
    }

    #[inline(never)]
    fn run(&mut self, run: &RunQuote) {
        self.number("run", run.run);
        if let Some(price) = &run.price {
            self.number("total", price.total);
            self.number("unit_price", price.unit_price);
            self.number_if_any("total_before_discount", price.total_before_discount);
            self.number_if_any("vat", price.vat);
            self.number_if_any("weight", price.weight);
            match self.template.production() {
                Some(TimeUnit::Days) => self.number_if_any("production_days", price.production),
                Some(TimeUnit::Hours) => self.number_if_any("production_hours", price.production),
                None => {}
            }
        }
        let price = run.price.as_ref();
        let lines = price.map_or(&[][..], |price| &price.lines);
        self.list("lines", lines, |writer, line| writer.line(line, price));
        let values = price.map_or(&[][..], |price| &price.values);
        let values = self.template.values().iter().zip(values);
        let values = values.filter_map(|(info, value)| Some((info, (*value)?)));
        self.list("values", values, |writer, (info, value)| {
            writer.field("key", &info.key);
            writer.number("value", value);
            if info.date {
                writer.field("date", &tirage_pricing::date::written(value));
            }
        });
        self.list("problems", &run.problems, Self::problem);
    }

    #[inline(never)]
    fn line(&mut self, line: &Line, price: Option<&Price>) {
        let info = &self.template.lines()[line.line];
        self.field("key", &info.key);
        self.texts("name", Some(&info.name));
        self.number("amount", line.amount);
        if let Some(price) = price {
            self.list("lookups", price.lookups.of(line), Self::lookup);
        }
        self.key(match line.basis {
            Basis::Charge { .. } => "charge",
            Basis::Percent { .. } => "percentage",
            Basis::Rounding { .. } => "rounding",
            Basis::Minimum { .. } => "minimum",
            Basis::Vat { .. } => "vat",
        });
        self.text.push('{');
        match line.basis {
            Basis::Charge { price, times } => {
                self.number("price", price);
                self.number_if_any("times", times);
                self.texts("unit", info.unit.as_ref());
                if let Some(per) = info.per {
                    self.field("per", per.as_str());
                }
            }
            Basis::Percent { percent, of } => {
                self.number("percent", percent);
                self.number("of", of);
            }
            Basis::Rounding {
                step,
                direction,
                from,
            } => {
                self.number("step", step);
                self.field("direction", direction.as_str());
                self.number("from", from);
            }
            Basis::Minimum { minimum, from } => {
                self.number("minimum", minimum);
                self.number("from", from);
            }
            Basis::Vat {
                rate,
                of,
                tax,
                included,
            } => {
                self.number("rate", rate);
                self.number("of", of);
                self.number("tax", tax);
                self.flag("included", included);
            }
        }
        self.text.push('}');
        if info.discount {
            self.flag("discount", true);
        }
    }

    #[inline(never)]
    fn lookup(&mut self, lookup: Lookup<'_>) {
        let table = &self.template.tables()[lookup.table];
        self.field("table", &table.key);
        let places = table.axes.iter().zip(lookup.spots);
        self.list("coordinates", places, |writer, (axis, spot)| {
            writer.field("axis", &axis.key);
            let (from, to, at) = match axis.coordinate(spot) {
                Coordinate::Key(key) => return writer.field("key", key),
                Coordinate::Range { from, to, at } => (from, to, at),
                Coordinate::Between { from, to, at } => (from, Some(to), at),
            };
            writer.number("from", from);
            writer.number_if_any("to", to);
            writer.number("at", at);
            if spot.between {
                writer.flag("interpolated", true);
            }
        });
        self.number("cell", lookup.cell);
        self.number_if_any("times", lookup.times);
    }
}
