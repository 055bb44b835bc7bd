//! Joins a module and its script by short names.
//!
//! wasm-bindgen calls every import and export by a long name with a hash in it, in the module and
//! in the script, and writes code for every way to load a module. A page with chunks has a loader
//! of its own, so what it starts is written here: a list of imports by short names, and nothing
//! that the list does not name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::files;
use super::part::Part;
use super::sections::{self, Import};

/// What the module calls all that it imports.
const MODULE: &str = "a";
/// What is done to a mounted element, each with its number before all else.
const CALLS: [&str; 6] = ["update", "unmount", "read", "write", "submit", "hold"];
/// What is called first; only the script written here calls it.
const START: &str = "__wbindgen_start";
const MEMORY: &str = "memory";

/// What starts a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// What wasm-bindgen writes, whichever way the module comes.
    Bindgen,
    /// A script with `start`, which takes a response, and `mount`.
    Mount,
    /// A script that exports these functions, by default one that fetches the module beside it,
    /// and what a hand-written script does by all functions and the memory, the `engine`.
    Beside {
        functions: &'static [&'static str],
        script: &'static str,
    },
}

impl Start {
    /// Whether values of JavaScript cross the border, not only numbers.
    pub(crate) fn has_values(self) -> bool {
        !matches!(self, Self::Beside { functions: [], .. })
    }

    /// The hand-written script that becomes a part of the written one.
    pub(crate) fn script(self) -> &'static str {
        match self {
            Self::Beside { script, .. } => script,
            Self::Bindgen | Self::Mount => "",
        }
    }
}

/// Gives the imports of `<out>_bg.wasm`, and the exports that only the script uses, short names,
/// and writes `<out>.js`.
pub(crate) fn join(folder: &Path, part: &Part, chunks: &[PathBuf]) -> anyhow::Result<()> {
    let Part { out, .. } = part;
    let (wasm, script) = (
        folder.join(format!("{out}_bg.wasm")),
        folder.join(format!("{out}_bg.js")),
    );
    let module = read(&wasm)?;
    let text = fs::read_to_string(&script)
        .with_context(|| format!("cannot read `{}`", script.display()))?;

    let mut shared = BTreeSet::new();
    for chunk in chunks {
        let chunk = read(chunk)?;
        shared.extend(
            sections::imports(&chunk)?
                .into_iter()
                .map(|import| import.name),
        );
    }
    let mut exports = BTreeMap::new();
    for name in sections::exports(&module)? {
        let is_glued = part.start.has_values() && uses(&text, &name);
        if name == START || (!shared.contains(&name) && is_glued) {
            let short = short(exports.len());
            exports.insert(name, short);
        }
    }
    let imports = sections::imports(&module)?;
    let entry = entry(part, &imports, &exports);
    let mut named: BTreeMap<_, _> = exports
        .iter()
        .map(|(name, short)| (name.clone(), Some(short.clone())))
        .collect();
    if !part.start.has_values() {
        // What wasm-bindgen's own script would use.
        let names = sections::exports(&module)?.into_iter();
        let internal = names.filter(|name| name.starts_with("__"));
        named.extend(internal.map(|name| (name, None)));
    }
    let module = sections::rename(&module, &named, |at| (MODULE.to_owned(), short(at)))?;
    files::write(&wasm, &module)?;
    files::write(&script, renamed(&text, &exports).as_bytes())?;
    files::write(&folder.join(format!("{out}.js")), entry.as_bytes())
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))
}

/// The script that starts the module; what it imports is found by the bundler.
///
/// What has nothing to start with, because no values but numbers cross, is only instantiated.
fn entry(part: &Part, imports: &[Import], exports: &BTreeMap<String, String>) -> String {
    let start = exports
        .get(START)
        .map(|start| format!("\n  exports.{start}();"));
    let start = start.unwrap_or_default();
    let memory = exports.get(MEMORY).map_or(MEMORY, String::as_str);
    let out = part.out;
    let mut modules: Vec<&str> = Vec::new();
    let mut list = String::new();
    for (at, Import { module, name }) in imports.iter().enumerate() {
        let known = modules.iter().position(|known| known == module);
        let number = known.unwrap_or(modules.len());
        if known.is_none() {
            modules.push(module);
        }
        let _infallible = write!(list, "{}: m{number}.{name}, ", short(at));
    }
    let mut text = String::new();
    for (number, module) in modules.iter().enumerate() {
        let _infallible = writeln!(text, "import * as m{number} from {module:?};");
    }
    if part.start.has_values() {
        let _infallible = writeln!(text, "import {{ __wbg_set_wasm }} from \"./{out}_bg.js\";");
    }
    let list = format!("{{ {MODULE}: {{ {list}}} }}");
    text.push_str(&match part.start {
        Start::Beside { functions, script } => {
            beside(out, functions, &list, (&start, memory)) + script
        }
        Start::Mount | Start::Bindgen => mounting(out, &list, &start),
    });
    text
}

/// What exports functions, and starts the module beside it. Where none of them takes or gives
/// values of JavaScript the module's own exports are all that the hand-written script needs.
fn beside(out: &str, functions: &[&str], imports: &str, (start, memory): (&str, &str)) -> String {
    let instance = format!(
        "(await WebAssembly.instantiateStreaming(
    fetch(new URL(\"{out}_bg.wasm\", import.meta.url)), {imports})).instance"
    );
    if functions.is_empty() {
        return format!(
            "let engine;
/** Starts the module. */
export default async function begin() {{
  engine = {instance}.exports;
}}
"
        );
    }
    let functions = functions.join(", ");
    format!(
        "import * as glue from \"./{out}_bg.js\";
export {{ {functions} }} from \"./{out}_bg.js\";
let engine;
/** Starts the module. */
export default async function begin() {{
  const {{ exports }} = {instance};
  __wbg_set_wasm(exports);{start}
  engine = {{ ...glue, memory: exports.{memory} }};
}}
"
    )
}

/// What a loader starts with a response, and mounts elements by.
fn mounting(out: &str, imports: &str, start: &str) -> String {
    let calls = CALLS.join(", ");
    format!(
        "import {{ mount as begin, {calls} }} from \"./{out}_bg.js\";
const calls = {{ {calls} }};
/** Mounts an element; what is returned calls the module with its number. */
export function mount(...element) {{
  const number = begin(...element);
  const bound = ([name, call]) => [name, (...values) => call(number, ...values)];
  if (number !== undefined) return Object.fromEntries(Object.entries(calls).map(bound));
}}
/** Starts the module of a response, and returns what it shares with its chunks. */
export async function start(response) {{
  const imports = {imports};
  const isNamed = response.headers.get(\"content-type\") === \"application/wasm\";
  const made = isNamed
    ? WebAssembly.instantiateStreaming(response, imports)
    : WebAssembly.instantiate(await response.arrayBuffer(), imports);
  const {{ exports }} = (await made).instance;
  __wbg_set_wasm(exports);{start}
  return exports;
}}
"
    )
}

/// Whether the script uses an export.
fn uses(text: &str, name: &str) -> bool {
    places(text, name).next().is_some()
}

/// Where the script says `wasm.` and exactly this name.
fn places<'t>(text: &'t str, name: &str) -> impl Iterator<Item = usize> + use<'t> {
    let said = format!("wasm.{name}");
    let length = said.len();
    let found: Vec<usize> = text.match_indices(&said).map(|(at, _)| at).collect();
    found.into_iter().filter(move |at| {
        let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_' || char == '$';
        !text[at + length..].starts_with(is_part) && !text[..*at].ends_with(is_part)
    })
}

fn renamed(text: &str, names: &BTreeMap<String, String>) -> String {
    let mut places: Vec<(usize, &str, &str)> = Vec::new();
    for (name, short) in names {
        places.extend(self::places(text, name).map(|at| (at, name.as_str(), short.as_str())));
    }
    places.sort_unstable();
    let mut renamed = String::new();
    let mut done = 0;
    for (at, name, short) in places {
        renamed.push_str(&text[done..at]);
        renamed.push_str("wasm.");
        renamed.push_str(short);
        done = at + "wasm.".len() + name.len();
    }
    renamed.push_str(&text[done..]);
    renamed
}

/// The name of a number: a, b, … z, aa, ba, …
fn short(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.push(char::from(
            b'a' + u8::try_from(number % 26).unwrap_or_default(),
        ));
        number /= 26;
        if number == 0 {
            return name;
        }
        number -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_name_of_its_own() {
        let names: BTreeSet<String> = (0..2_000).map(short).collect();
        assert_eq!(names.len(), 2_000);
        assert_eq!([0, 25, 26, 52].map(short), ["a", "z", "aa", "ab"]);
    }

    #[test]
    fn only_whole_names_behind_the_module_are_shortened() {
        let names = BTreeMap::from([("go".to_owned(), "a".to_owned())]);
        let text = "wasm.go(1); wasm.gone(); wasm.go_on; awasm.go(); wasm.go";
        assert_eq!(
            renamed(text, &names),
            "wasm.a(1); wasm.gone(); wasm.go_on; awasm.go(); wasm.a"
        );
        assert!(!uses("wasm.gone()", "go"));
    }
}
