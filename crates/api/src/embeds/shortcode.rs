//! Shortcodes in a page's text: `[$calculator(category:cards, product:12)$]`.

use super::{Asked, CALCULATORS};

/// A shortcode of ours in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shortcode<'a> {
    /// All of it, as it stands there.
    pub(crate) text: &'a str,
    /// Which calculator.
    pub(crate) calculator: &'static str,
    arguments: Vec<(String, String)>,
}

/// Arguments that mean something.
const ARGUMENTS: [&str; 5] = ["category", "product", "materialid", "config", "afterload"];

impl Shortcode<'_> {
    /// An argument; empty where there is none.
    pub(crate) fn argument(&self, name: &str) -> &str {
        let found = self.arguments.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// What it asks for.
    pub(crate) fn asked(&self) -> Asked<'_> {
        let product = self.argument("product");
        Asked {
            calculator: self.calculator,
            category: self.argument("category"),
            material: if product.is_empty() {
                self.argument("materialid")
            } else {
                product
            },
            config: self.argument("config"),
        }
    }

    /// The first argument that means nothing here.
    pub(crate) fn unknown_argument(&self) -> Option<&str> {
        let names = self.arguments.iter().map(|(name, _)| name.as_str());
        names.into_iter().find(|name| !ARGUMENTS.contains(name))
    }
}

/// Every shortcode of ours in a text, in order; those of others are passed over.
pub(crate) fn shortcodes(text: &str) -> Vec<Shortcode<'_>> {
    let mut found = Vec::new();
    for part in text.split_inclusive("$]") {
        // One that was never closed does not hide the next one.
        if let Some(start) = part.rfind("[$") {
            found.extend(read(&part[start..]));
        }
    }
    found
}

/// The shortcode that this text is; none if it is not one of ours.
fn read(text: &str) -> Option<Shortcode<'_>> {
    let inside = text.strip_prefix("[$")?.strip_suffix("$]")?.trim();
    let (name, arguments) = inside.split_once('(')?;
    let arguments = arguments.trim_end().strip_suffix(')')?;
    let name = name.trim().to_ascii_lowercase();
    let (_, calculator) = CALCULATORS.iter().find(|(known, _)| *known == name)?;
    Some(Shortcode {
        text,
        calculator,
        arguments: split(arguments)
            .iter()
            .filter_map(|one| pair(one))
            .collect(),
    })
}

/// At commas that stand outside of quotes.
fn split(arguments: &str) -> Vec<String> {
    let decoded = arguments.replace("&quot;", "\"").replace("&#39;", "'");
    let mut parts = vec![String::new()];
    let mut quote = None;
    for c in decoded.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == ',' => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts
}

fn pair(argument: &str) -> Option<(String, String)> {
    let at = argument.find([':', '='])?;
    let value = argument[at + 1..].trim();
    let bare = ['"', '\''].into_iter().find_map(|quote| {
        let inner = value.strip_prefix(quote)?;
        inner.strip_suffix(quote)
    });
    let name = argument[..at].trim().to_ascii_lowercase();
    let value = bare.unwrap_or(value).replace("&amp;", "&");
    Some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Shortcode<'_> {
        let found = shortcodes(text);
        assert_eq!(found.len(), 1, "{found:?}");
        found.into_iter().next().unwrap()
    }

    #[test]
    fn all_five_are_read_whatever_their_spaces_and_quotes() {
        for (name, calculator) in CALCULATORS {
            let text =
                format!("<p>[$ {name} ( category : \"a, b\" , materialId=12,config:'c' ) $]</p>");
            let found = one(&text);
            assert_eq!(found.calculator, calculator);
            let asked = found.asked();
            assert_eq!(
                (asked.category, asked.material, asked.config),
                ("a, b", "12", "c")
            );
        }
        let escaped = one("[$Calculator(category:&quot;a &amp; b&quot;, product:x)$]");
        assert_eq!(escaped.argument("category"), "a & b");
        assert_eq!(escaped.asked().material, "x");
    }

    #[test]
    fn what_is_not_ours_or_not_whole_is_passed_over() {
        for text in [
            "",
            "[$",
            "$]",
            "[$slider(main)$]",
            "[$calculator$]",
            "[$calculator(category:a$]",
            "[$calculator(category:a)",
            "[$ $]",
        ] {
            assert_eq!(shortcodes(text), [], "{text}");
        }
        let text = "[$slider(main)$] [$calculator(  [$calculator(category:a)$] и $] [$";
        assert_eq!(one(text).text, "[$calculator(category:a)$]");
    }

    #[test]
    fn an_argument_that_means_nothing_is_named() {
        let found = one("[$axiomcalculator(category:a, colour:red)$]");
        assert_eq!(found.unknown_argument(), Some("colour"));
    }
}
