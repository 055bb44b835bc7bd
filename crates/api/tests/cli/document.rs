//! The document of the tools shows what they really print.
//!
//! Each block of `console` begins with a command after `$ `; it is run in the repository, with
//! answers from a line `$ echo '…' |` where there is one. Set `TIRAGE_REWRITE_DOCUMENT` to write
//! the document with what the tools print now.

use crate::support::{repository, run_in};

const DOCUMENT: &str = "docs/template-tools.md";
const FENCE: &str = "```console\n";

fn printed(command: &str) -> String {
    let (input, command) = match command.split_once(" | ") {
        Some((echo, command)) => {
            let text = echo
                .strip_prefix("echo '")
                .unwrap()
                .strip_suffix('\'')
                .unwrap();
            (text, command)
        }
        None => ("", command),
    };
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("tirage"), "{command}");
    let arguments: Vec<&str> = words.collect();
    let ran = run_in(&repository(), &arguments, input);
    ran.out + &ran.err
}

fn regenerated(document: &str) -> String {
    let mut parts = document.split(FENCE);
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (block, after) = part.split_once("```").unwrap();
        let command = block.lines().next().unwrap().strip_prefix("$ ").unwrap();
        out += &format!("{FENCE}$ {command}\n{}```{after}", printed(command));
    }
    out
}

#[test]
fn every_output_in_the_document_is_what_the_tools_print() {
    let path = repository().join(DOCUMENT);
    let document = std::fs::read_to_string(&path).unwrap();
    assert!(
        document.matches(FENCE).count() >= 6,
        "the document has its examples"
    );
    let now = regenerated(&document);
    if std::env::var_os("TIRAGE_REWRITE_DOCUMENT").is_some() {
        std::fs::write(&path, &now).unwrap();
    } else {
        assert_eq!(document, now);
    }
}
