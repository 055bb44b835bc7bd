//! The document of the tools shows what they really print.
//!
//! Each block of `console` begins with a command after `$ `; it is run in the repository, with
//! what comes through pipes from `echo '…'`, `sed 's/…/…/'` without patterns, or another command. Set `TIRAGE_REWRITE_DOCUMENT` to write
//! the document with what the tools print now.

use crate::support::{Ran, repository, run_in};

const DOCUMENT: &str = "docs/template-tools.md";
const FENCE: &str = "```console\n";

fn printed(command: &str) -> String {
    let stages: Vec<&str> = command.split(" | ").collect();
    let (last, stages) = stages.split_last().unwrap();
    let input = stages.iter().fold(String::new(), |input, stage| {
        let (program, text) = stage.split_once(' ').unwrap();
        let quoted = || text.strip_prefix('\'').unwrap().strip_suffix('\'').unwrap();
        match program {
            "echo" => quoted().to_owned(),
            "sed" => {
                let (old, new) = quoted()
                    .strip_prefix("s/")
                    .unwrap()
                    .split_once('/')
                    .unwrap();
                assert!(input.contains(old), "{stage}");
                input.replace(old, new.strip_suffix('/').unwrap())
            }
            _ => run(stage, &input).out,
        }
    });
    let ran = run(last, &input);
    // What CSV has for spreadsheets cannot be seen.
    (ran.out + &ran.err)
        .replace('\u{feff}', "")
        .replace("\r\n", "\n")
}

fn run(command: &str, input: &str) -> Ran {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("tirage"), "{command}");
    let arguments: Vec<&str> = words.collect();
    run_in(&repository(), &arguments, input)
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
