//! `tirage template test`: holds templates to the worked examples they carry.

use std::path::PathBuf;

use super::source::Source;
use super::{Outcome, complain, counted, examples, print};

/// Runs the worked examples that templates carry and prints every deviation.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 all examples come out as they say, 1 one does not or a file \
                        is no template, 2 wrong use."
)]
pub(crate) struct Arguments {
    /// Templates to test.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let (mut passed, mut failed, mut unread) = (0, 0, 0);
    for file in &arguments.files {
        match Source::read(file) {
            Ok(source) => match test(&source)? {
                Some(tested) => {
                    passed += tested.passed;
                    failed += tested.failed;
                }
                None => unread += 1,
            },
            Err(error) => {
                unread += 1;
                complain(format!("{error:#}"))?;
            }
        }
    }
    let broken = match unread {
        0 => String::new(),
        count => format!(", {} not read", counted(count, "file")),
    };
    print(format!(
        "{}: {passed} passed, {failed} failed{broken}\n",
        counted(passed + failed, "example")
    ))?;
    Ok(if failed + unread == 0 {
        Outcome::Fine
    } else {
        Outcome::Wrong
    })
}

struct Tested {
    passed: usize,
    failed: usize,
}

/// None when the file is no template.
fn test(source: &Source) -> anyhow::Result<Option<Tested>> {
    let loaded = match source.load() {
        Ok(loaded) => loaded,
        Err(mistake) => {
            print(format!("{}\n", source.describe(&mistake)))?;
            return Ok(None);
        }
    };
    let failing = loaded.template.failing_examples();
    for (index, mismatches) in &failing {
        for mismatch in mismatches {
            let pointer = examples::pointer(*index, mismatch);
            let place = loaded
                .map
                .position(loaded.map.nearest(&pointer).bytes.start);
            let example = &loaded.template.examples()[*index].name;
            print(format!(
                "{}:{place}: \"{example}\": {mismatch}\n",
                source.name
            ))?;
        }
    }
    let failed = failing.len();
    Ok(Some(Tested {
        passed: loaded.template.examples().len() - failed,
        failed,
    }))
}
