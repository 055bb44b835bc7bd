//! Takes the comments and the spaces out of the style sheets that the widget carries.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    for name in [
        "style.css",
        "more.css",
        "remote.css",
        "why.css",
        "compare.css",
        "order.css",
    ] {
        let source = Path::new("src").join(name);
        println!("cargo:rerun-if-changed={}", source.display());
        let text = fs::read_to_string(source)?;
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
