//! A template file: its text, and mistakes in it with their line and column.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;
use tirage_pricing::json::Json;
use tirage_pricing::{Template, TemplateError};

use super::locate::{Map, Position};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The text of a file and what to call it.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    /// Without the byte-order mark.
    pub(crate) text: String,
    /// The byte-order mark, if there is one.
    pub(crate) mark: &'static str,
}

/// A mistake, and where.
#[derive(Debug, Clone)]
pub(crate) struct Mistake {
    pub(crate) position: Position,
    pub(crate) pointer: String,
    /// `expected …, found …`
    pub(crate) message: String,
}

/// A template together with the text it was read from.
#[derive(Debug)]
pub(crate) struct Loaded<'s> {
    pub(crate) source: &'s Source,
    pub(crate) map: Map<'s>,
    pub(crate) json: Json,
    pub(crate) template: Template,
}

/// Reads a text file, or the standard input for `-`.
pub(crate) fn read_text(path: &Path) -> anyhow::Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .context("cannot read the standard input")?;
        return Ok(text);
    }
    fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))
}

impl Loaded<'_> {
    /// Whether what the examples say holds: new prices would hide that it did not before `what`.
    pub(crate) fn expect_sound_examples(&self, what: &str) -> anyhow::Result<()> {
        anyhow::ensure!(
            self.template.failing_examples().is_empty(),
            "{}: expected examples that hold before {what}, found failing ones: \
             see `tirage template test`, or take them out with --drop-examples",
            self.source.name
        );
        Ok(())
    }
}

impl Source {
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = read_text(path)?;
        let name = path.display().to_string();
        let (mark, text) = match text.strip_prefix(BYTE_ORDER_MARK) {
            Some(rest) => (BYTE_ORDER_MARK, rest.to_owned()),
            None => ("", text),
        };
        Ok(Self { name, text, mark })
    }

    /// Reads and compiles the template.
    pub(crate) fn load(&self) -> Result<Loaded<'_>, Mistake> {
        let json = self.json()?;
        let Some(map) = Map::new(&self.text) else {
            return Err(self.unplaced("expected JSON, found a text that cannot be located"));
        };
        match Template::from_json(&json) {
            Ok(template) => Ok(Loaded {
                source: self,
                map,
                json,
                template,
            }),
            Err(error) => Err(located(&map, &json, &error)),
        }
    }

    /// The same for commands that a mistake in the template ends.
    pub(crate) fn loaded(&self) -> anyhow::Result<Loaded<'_>> {
        self.load()
            .map_err(|mistake| anyhow::anyhow!("{}", self.describe(&mistake)))
    }

    /// The document, whatever it is one of.
    pub(crate) fn json(&self) -> Result<Json, Mistake> {
        Json::parse(&self.text).map_err(|error| Mistake {
            position: Position {
                line: error.line,
                column: error.column,
            },
            pointer: String::new(),
            message: format!("expected {}, found {}", error.expected, error.found),
        })
    }

    /// Where in the text of this document an error about it is.
    pub(crate) fn mistake(&self, json: &Json, error: &TemplateError) -> Mistake {
        match Map::new(&self.text) {
            Some(map) => located(&map, json, error),
            None => self.unplaced(&error.to_string()),
        }
    }

    fn unplaced(&self, message: &str) -> Mistake {
        Mistake {
            position: Position { line: 1, column: 1 },
            pointer: String::new(),
            message: format!("{message} of {} bytes", self.text.len()),
        }
    }

    /// A mistake as it is printed.
    pub(crate) fn describe(&self, mistake: &Mistake) -> String {
        format!("{}:{}: {}", self.name, mistake.position, mistake.message)
    }
}

fn located(map: &Map<'_>, json: &Json, error: &TemplateError) -> Mistake {
    let at = |pointer: &str, message: String| Mistake {
        position: map.position(map.nearest(pointer).bytes.start),
        pointer: pointer.to_owned(),
        message,
    };
    match error {
        TemplateError::Shape(error) => at(
            &error.pointer,
            format!("expected {}, found {}", error.expected, error.found),
        ),
        TemplateError::Expression {
            pointer,
            column,
            expected,
            found,
        } => Mistake {
            position: map.position(map.character(map.nearest(pointer), *column)),
            pointer: pointer.clone(),
            message: format!("expected {expected}, found {found}"),
        },
        TemplateError::Limit {
            pointer,
            what,
            limit,
            found,
        } => at(
            pointer,
            format!("expected at most {limit} {what}, found {found}"),
        ),
        TemplateError::Cycle { path } => {
            let start = path.first().map(String::as_str).unwrap_or_default();
            at(&rule_of(json, start), error.to_string())
        }
        // An error of a later engine still has its words, if not its place.
        other => at("", other.to_string()),
    }
}

/// The pointer of the rule that works a parameter or a named value out.
fn rule_of(json: &Json, key: &str) -> String {
    for (list, rule) in [("parameters", "available"), ("values", "is")] {
        let Some(Json::List(items)) = json.get(list) else {
            continue;
        };
        let has_key = |item: &Json| item.get("key") == Some(&Json::text(key));
        if let Some(index) = items.iter().position(has_key) {
            return format!("/{list}/{index}/{rule}");
        }
    }
    String::new()
}
