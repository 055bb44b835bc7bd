//! The first row: which column is the run, which the price, and which are to choose by.

use super::problem::{Collected, ColumnName, Problem};

/// The names of columns that mean something; capitals do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnNames {
    /// How many pieces.
    pub run: Vec<String>,
    /// The price of one piece.
    pub piece_price: Vec<String>,
    /// The price of the whole run.
    pub run_price: Vec<String>,
}

impl Default for ColumnNames {
    fn default() -> Self {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self {
            run: names(&["Тираж", "Количество"]),
            piece_price: names(&["Цена"]),
            run_price: names(&["Стоимость", "Сумма"]),
        }
    }
}

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Run,
    PiecePrice,
    RunPrice,
    Parameter,
    /// It has no name, so it must have nothing in it.
    Nameless,
}

#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: ColumnName,
    pub(super) role: Role,
}

#[derive(Debug)]
pub(super) struct Header {
    pub(super) columns: Vec<Column>,
    pub(super) run: Option<usize>,
    pub(super) price: usize,
    /// Whether the price is one of the whole run.
    pub(super) whole: bool,
}

fn is_one_of(names: &[String], name: &str) -> bool {
    let name = name.to_lowercase();
    names.iter().any(|known| known.to_lowercase() == name)
}

impl ColumnNames {
    /// What the column of a name is.
    pub(super) fn role(&self, name: &str) -> Role {
        let roles = [
            (&self.run, Role::Run),
            (&self.piece_price, Role::PiecePrice),
            (&self.run_price, Role::RunPrice),
        ];
        let named = roles.into_iter().find(|(names, _)| is_one_of(names, name));
        match named {
            Some((_, role)) => role,
            None if name.is_empty() => Role::Nameless,
            None => Role::Parameter,
        }
    }
}

/// Makes a header of the first row's cells; None when there are mistakes.
pub(super) fn read(
    names: Vec<String>,
    line: u64,
    known: &ColumnNames,
    run_is_free: bool,
    mistakes: &mut Collected,
) -> Option<Header> {
    let columns: Vec<Column> = names
        .into_iter()
        .zip(1..)
        .map(|(name, number)| Column {
            role: known.role(&name),
            name: ColumnName { number, name },
        })
        .collect();
    unique(&columns, line, mistakes);
    let places = [Role::Run, Role::PiecePrice, Role::RunPrice]
        .map(|role| columns.iter().position(|column| column.role == role));
    let [run, piece, whole] = places;
    let listed = |lists: &[&Vec<String>]| lists.iter().copied().flatten().cloned().collect();
    let missing = |expected: Vec<String>| Problem::NoColumn {
        expected,
        found: columns
            .iter()
            .map(|column| column.name.name.clone())
            .collect(),
    };
    // The price of a whole run says nothing about other runs.
    let whole = whole.filter(|_| run.is_some() || piece.is_none());
    if run.is_none() && (!run_is_free || whole.is_some()) {
        mistakes.note(Some(line), None, missing(listed(&[&known.run])));
    }
    let Some(price) = whole.or(piece) else {
        let expected = listed(&[&known.piece_price, &known.run_price]);
        mistakes.note(Some(line), None, missing(expected));
        return None;
    };
    let chosen = columns.iter().any(|column| column.role == Role::Parameter);
    if !chosen && run.is_none() {
        mistakes.note(Some(line), None, Problem::NothingToChoose);
    }
    mistakes.is_empty().then_some(Header {
        columns,
        run,
        price,
        whole: whole.is_some(),
    })
}

/// Notes names that stand twice and roles that are there twice.
fn unique(columns: &[Column], line: u64, mistakes: &mut Collected) {
    for (index, column) in columns.iter().enumerate() {
        let before = &columns[..index];
        let lower = column.name.name.to_lowercase();
        let what = match column.role {
            Role::Nameless => continue,
            Role::Run => "run",
            Role::PiecePrice => "price of a piece",
            Role::RunPrice => "price of the whole run",
            Role::Parameter => "",
        };
        let same = |other: &&Column| match column.role {
            Role::Parameter => other.name.name.to_lowercase() == lower,
            role => other.role == role,
        };
        let Some(first) = before.iter().find(same) else {
            continue;
        };
        let first = first.name.number;
        let problem = match column.role {
            Role::Parameter => Problem::SameName { first },
            _ => Problem::SecondColumn { what, first },
        };
        mistakes.note(Some(line), Some(column.name.clone()), problem);
    }
}
