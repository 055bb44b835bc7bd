//! The `promises` of a template.

use super::limits;
use super::reader::Reader;
use crate::{LineInfo, Parameter, Promise, Promised, Section, Trend};

/// What promises speak of.
pub(super) struct About<'a> {
    pub(super) parameters: &'a [Parameter],
    pub(super) quantity: Option<usize>,
    pub(super) lines: &'a [LineInfo],
    pub(super) sections: &'a [Section],
    pub(super) remote: bool,
}

pub(super) fn read(root: &Reader<'_>, about: &About<'_>) -> Vec<Promise> {
    let mut promises = Vec::new();
    root.each("promises", limits::PROMISES, &mut |reader| {
        if about.remote {
            reader.refuse("no promises where prices are remote");
        }
        reader.only(&["with", "total", "unit_price", "lines"]);
        let with = with(&reader, about);
        let trends = trends(&reader, about, with);
        if trends.is_empty() {
            reader.missing("`total`, `unit_price` or `lines`");
        }
        promises.extend(with.map(|with| Promise { with, trends }));
    });
    promises
}

fn with(reader: &Reader<'_>, about: &About<'_>) -> Option<usize> {
    let field = reader.field("with")?;
    let key = field.as_text();
    // How many parts there are of a detail decides what else is asked, so nothing else stays.
    let counts_parts = |index: usize| {
        let mut repeated = about.sections.iter().filter_map(|section| section.repeated);
        repeated.any(|repeated| repeated.count == index)
    };
    let found = about.parameters.iter().position(|one| one.key == key);
    let found = found
        .filter(|index| about.parameters[*index].kind.numeric().is_some() && !counts_parts(*index));
    if found.is_none() {
        field.refuse("the path of a parameter of kind run, pages or number");
    }
    found
}

fn trends(reader: &Reader<'_>, about: &About<'_>, with: Option<usize>) -> Vec<(Promised, Trend)> {
    let mut trends = Vec::new();
    for (name, of) in [
        ("total", Promised::Total),
        ("unit_price", Promised::UnitPrice),
    ] {
        let Some(field) = reader.optional(name) else {
            continue;
        };
        if of == Promised::UnitPrice && with != about.quantity {
            field.refuse("no unit price where another number than that of the pieces grows");
        }
        trends.extend(trend(&field).map(|trend| (of, trend)));
    }
    reader.pairs("lines", &mut |key, field| {
        let line = about.lines.iter().position(|line| line.key == key);
        if line.is_none() {
            field.refuse("the key of a line, such as `print` or `cover.print`");
        }
        let line = line.map(Promised::Line);
        trends.extend(line.zip(trend(&field)));
    });
    trends
}

fn trend(field: &Reader<'_>) -> Option<Trend> {
    let words = Trend::ALL.map(Trend::as_str);
    field.as_word(&words).map(|word| Trend::ALL[word])
}
