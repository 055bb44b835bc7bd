//! What a template promises of its prices: nothing computes by it, but it can be held to it.

#[cfg(feature = "compile")]
use crate::{Decimal, Effective, Parameter, Price, Quote, Template};

/// How a figure moves while one number grows and all other answers stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// It grows or stays.
    NeverFalls,
    /// It shrinks or stays.
    NeverRises,
}

impl Trend {
    #[cfg(feature = "compile")]
    pub(crate) const ALL: [Self; 2] = [Self::NeverFalls, Self::NeverRises];

    /// The name in templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NeverFalls => "never-falls",
            Self::NeverRises => "never-rises",
        }
    }

    /// Whether the figure of a smaller number and that of a larger one keep to it.
    #[cfg(feature = "compile")]
    fn holds(self, smaller: Decimal, larger: Decimal) -> bool {
        match self {
            Self::NeverFalls => smaller <= larger,
            Self::NeverRises => smaller >= larger,
        }
    }
}

/// The figure of a price that a promise is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promised {
    /// The total.
    Total,
    /// The price of one piece, as buyers read it. Sheets and packs make it rise a little between
    /// the numbers that are offered, so it is promised of those, of the suggested ones and of the
    /// bounds only.
    UnitPrice,
    /// What a line adds, by its index; nothing where it does not exist.
    Line(usize),
}

/// What is promised while one number grows and all other answers stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// The index of the parameter that grows.
    pub with: usize,
    /// What is promised of which figures.
    pub trends: Vec<(Promised, Trend)>,
}

/// A promise that two prices do not keep.
#[cfg(feature = "compile")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The figure it was made of.
    pub promised: Promised,
    /// What was promised.
    pub trend: Trend,
    /// The figure of the smaller number.
    pub smaller: Decimal,
    /// The figure of the larger number.
    pub larger: Decimal,
}

#[cfg(feature = "compile")]
impl Promise {
    /// What two quotes for a smaller and a larger number do not keep of it; none when they cannot
    /// be compared, because one has no price or another answer counts differently.
    #[must_use]
    pub fn broken(
        &self,
        template: &Template,
        smaller: &Quote,
        larger: &Quote,
    ) -> Option<Vec<Broken>> {
        let price = |quote: &'_ Quote| quote.runs.first().and_then(|run| run.price.clone());
        let (before, after) = (price(smaller)?, price(larger)?);
        let mut fields = smaller.fields.iter().zip(&larger.fields).enumerate();
        if fields.any(|(index, (one, other))| index != self.with && one.answer != other.answer) {
            return None;
        }
        let parameter = &template.parameters()[self.with];
        let offered = [smaller, larger].iter().all(|quote| {
            let answer = quote.fields[self.with].answer.as_ref();
            matches!(answer, Some(Effective::Number(number)) if is_offered(parameter, *number))
        });
        let applies = |promised: &Promised| offered || *promised != Promised::UnitPrice;
        let trends = self.trends.iter().filter(|(promised, _)| applies(promised));
        let broken = trends.filter_map(|(promised, trend)| {
            let [smaller, larger] = [&before, &after].map(|price| promised.figure(price));
            (!trend.holds(smaller, larger)).then_some(Broken {
                promised: *promised,
                trend: *trend,
                smaller,
                larger,
            })
        });
        Some(broken.collect())
    }
}

/// Whether buyers are led to a number: it is listed, suggested or a bound.
#[cfg(feature = "compile")]
fn is_offered(parameter: &Parameter, number: Decimal) -> bool {
    parameter.kind.numeric().is_some_and(|numeric| {
        let named = numeric.only.iter().chain(&numeric.suggest);
        let mut offered = named.chain([&numeric.min, &numeric.max]);
        offered.any(|offered| *offered == number)
    })
}

#[cfg(feature = "compile")]
impl Promised {
    /// The figure in a price.
    fn figure(self, price: &Price) -> Decimal {
        match self {
            Self::Total => price.total,
            Self::UnitPrice => price.unit_price,
            Self::Line(index) => {
                let mut lines = price.lines.iter();
                let line = lines.find(|line| line.line == index);
                line.map_or(Decimal::ZERO, |line| line.amount)
            }
        }
    }
}
