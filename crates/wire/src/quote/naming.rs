//! From the engine's quote, which speaks in indices of a template, to the wire's, which names things.

use tirage_pricing as pricing;
use tirage_pricing::{Basis, Template, TimeUnit};

use super::{
    Arguments, Charge, Coordinate, Field, Line, Lookup, Minimum, NamedValue, Notice, Percentage,
    Problem, Quote, Rounding, RunQuote, UnavailableValue, Vat,
};

impl Quote {
    /// Names everything in a quote of this template.
    #[must_use]
    pub fn of(template: &Template, quote: &pricing::Quote) -> Self {
        let names = Names { template };
        Self {
            currency: template.currency().to_owned(),
            fields: template
                .parameters()
                .iter()
                .zip(&quote.fields)
                .map(|(parameter, field)| Names::field(parameter, field))
                .collect(),
            notices: quote
                .notices
                .iter()
                .map(|notice| names.notice(notice))
                .collect(),
            problems: names.problems(&quote.problems),
            runs: quote.runs.iter().map(|run| names.run(run)).collect(),
        }
    }
}

struct Names<'a> {
    template: &'a Template,
}

impl Names<'_> {
    fn parameter(&self, index: usize) -> String {
        self.template
            .parameters()
            .get(index)
            .map(|parameter| parameter.key.clone())
            .unwrap_or_default()
    }

    fn field(parameter: &pricing::Parameter, field: &pricing::Field) -> Field {
        let unavailable = |value: &pricing::Unavailable| UnavailableValue {
            value: parameter
                .kind
                .choice()
                .and_then(|choice| choice.values.get(value.value))
                .map(|value| value.key.clone())
                .unwrap_or_default(),
            reason: value.reason.clone(),
        };
        Field {
            parameter: parameter.key.clone(),
            available: field.available,
            required: field.required,
            answer: field
                .answer
                .as_ref()
                .and_then(|effective| parameter.answer(effective)),
            unavailable_values: field.unavailable().iter().map(unavailable).collect(),
        }
    }

    fn notice(&self, notice: &pricing::Notice) -> Notice {
        let code = notice.code().to_owned();
        match notice {
            pricing::Notice::Dropped { parameter, from } => {
                let parameter = self.parameter(*parameter);
                Notice {
                    parameter,
                    code,
                    from: from.clone(),
                    to: None,
                }
            }
            pricing::Notice::Replaced {
                parameter,
                from,
                to,
            } => {
                let parameter = self.parameter(*parameter);
                Notice {
                    parameter,
                    code,
                    from: from.clone(),
                    to: Some(to.clone()),
                }
            }
            pricing::Notice::Unknown { path, from } => Notice {
                parameter: path.clone(),
                code,
                from: from.clone(),
                to: None,
            },
        }
    }

    fn problems(&self, problems: &[pricing::Problem]) -> Vec<Problem> {
        problems
            .iter()
            .map(|problem| Problem {
                parameter: problem.parameter.map(|index| self.parameter(index)),
                code: problem.code.as_str().to_owned(),
                arguments: Arguments(
                    problem
                        .arguments
                        .iter()
                        .map(|(name, value)| ((*name).to_owned(), value.clone()))
                        .collect(),
                ),
                message: problem.message.clone(),
            })
            .collect()
    }

    fn run(&self, run: &pricing::RunQuote) -> RunQuote {
        let price = run.price.as_ref();
        RunQuote {
            run: run.run,
            total: price.map(|price| price.total),
            unit_price: price.map(|price| price.unit_price),
            total_before_discount: price.and_then(|price| price.total_before_discount),
            vat: price.and_then(|price| price.vat),
            weight: price.and_then(|price| price.weight),
            production_days: price.and_then(|price| self.production(price, TimeUnit::Days)),
            production_hours: price.and_then(|price| self.production(price, TimeUnit::Hours)),
            standing: None,
            lines: price.map(|price| self.lines(price)).unwrap_or_default(),
            values: price.map(|price| self.values(price)).unwrap_or_default(),
            problems: self.problems(&run.problems),
        }
    }

    /// How long production takes, if it is counted in this unit.
    fn production(&self, price: &pricing::Price, unit: TimeUnit) -> Option<pricing::Decimal> {
        let counted = self.template.production() == Some(unit);
        price.production.filter(|_| counted)
    }

    fn values(&self, price: &pricing::Price) -> Vec<NamedValue> {
        let named = |(info, value): (&pricing::ValueInfo, &Option<_>)| {
            value.map(|value| NamedValue {
                key: info.key.clone(),
                value,
                date: info.date.then(|| pricing::date::written(value)),
            })
        };
        self.template
            .values()
            .iter()
            .zip(&price.values)
            .filter_map(named)
            .collect()
    }

    fn lines(&self, price: &pricing::Price) -> Vec<Line> {
        price
            .lines
            .iter()
            .filter_map(|line| self.line(price, line))
            .collect()
    }

    fn line(&self, price: &pricing::Price, line: &pricing::Line) -> Option<Line> {
        let info = self.template.lines().get(line.line)?;
        let mut named = Line {
            key: info.key.clone(),
            name: info.name.clone(),
            amount: line.amount,
            lookups: price
                .lookups
                .of(line)
                .filter_map(|lookup| self.lookup(&lookup))
                .collect(),
            charge: None,
            percentage: None,
            rounding: None,
            minimum: None,
            vat: None,
            discount: info.discount.then_some(true),
        };
        match &line.basis {
            Basis::Charge { price, times } => {
                named.charge = Some(Charge {
                    price: *price,
                    times: *times,
                    unit: info.unit.clone(),
                    per: info.per.map(|per| per.as_str().to_owned()),
                });
            }
            Basis::Percent { percent, of } => {
                named.percentage = Some(Percentage {
                    percent: *percent,
                    of: *of,
                });
            }
            Basis::Rounding {
                step,
                direction,
                from,
            } => {
                named.rounding = Some(Rounding {
                    step: *step,
                    direction: direction.as_str().to_owned(),
                    from: *from,
                });
            }
            Basis::Minimum { minimum, from } => {
                named.minimum = Some(Minimum {
                    minimum: *minimum,
                    from: *from,
                });
            }
            Basis::Vat {
                rate,
                of,
                tax,
                included,
            } => {
                named.vat = Some(Vat {
                    rate: *rate,
                    of: *of,
                    tax: *tax,
                    included: *included,
                });
            }
        }
        Some(named)
    }

    fn lookup(&self, lookup: &pricing::Lookup) -> Option<Lookup> {
        let table = self.template.tables().get(lookup.table)?;
        let coordinate = |(axis, spot): (&pricing::AxisInfo, &pricing::Spot)| {
            let mut named = Coordinate {
                axis: axis.key.clone(),
                key: None,
                from: None,
                to: None,
                at: None,
                interpolated: None,
            };
            match axis.coordinate(spot) {
                pricing::Coordinate::Key(key) => named.key = Some(key.to_string()),
                pricing::Coordinate::Range { from, to, at } => {
                    (named.from, named.to, named.at) = (Some(from), to, Some(at));
                }
                pricing::Coordinate::Between { from, to, at } => {
                    (named.from, named.to, named.at) = (Some(from), Some(to), Some(at));
                    named.interpolated = Some(true);
                }
            }
            named
        };
        Some(Lookup {
            table: table.key.clone(),
            coordinates: table
                .axes
                .iter()
                .zip(lookup.spots)
                .map(coordinate)
                .collect(),
            cell: lookup.cell,
            times: lookup.times,
        })
    }
}
