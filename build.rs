//! Takes the comments and the spaces out of the style sheets that the widget carries.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    for (name, sources) in [
        ("style.css", &["style.css"][..]),
        // Of these two the first to come brings how controls answer to a hand.
        ("more.css", &["act.css", "more.css"]),
        ("order.css", &["act.css", "order.css"]),
        ("remote.css", &["remote.css"]),
        ("why.css", &["why.css"]),
        ("compare.css", &["compare.css"]),
    ] {
        let mut text = String::new();
        for source in sources {
            let source = Path::new("src").join(source);
            println!("cargo:rerun-if-changed={}", source.display());
            text.push_str(&fs::read_to_string(source)?);
        }
        // Whatever a shop writes in its own file comes after every layer.
        let layer = ["@layer tirage{", &minified(&text), "}"].concat();
        fs::write(Path::new(&out).join(name), layer)?;
    }
    Ok(())
}

/// What is taken out means nothing in any style sheet: comments, ends of lines, and the spaces
/// beside punctuation that never stands in a text or an operation there.
fn minified(css: &str) -> String {
    let mut plain = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut short = words.join(" ");
    for (long, sign) in [
        (" {", "{"),
        ("{ ", "{"),
        ("; }", "}"),
        ("} ", "}"),
        ("; ", ";"),
        (", ", ","),
        // A pseudo-class never has a space behind its colon.
        (": ", ":"),
    ] {
        short = short.replace(long, sign);
    }
    short
}
