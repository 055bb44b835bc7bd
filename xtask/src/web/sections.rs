//! The sections of a WebAssembly module: names that stand in them, and where its data begins.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail, ensure};

/// What a module begins with.
const MAGIC: &[u8] = b"\0asm";
const MAGIC_AND_VERSION: usize = 8;
/// The ids of sections: what says something about a module, what has names in it, its memory.
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const DATA: u8 = 11;
/// The kinds of imports.
const FUNCTION: u8 = 0;
const TABLE: u8 = 1;
const MEMORY: u8 = 2;
const GLOBAL: u8 = 3;

/// What a module imports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    pub(crate) module: String,
    pub(crate) name: String,
}

/// What a module imports, in its order.
pub(crate) fn imports(module: &[u8]) -> anyhow::Result<Vec<Import>> {
    let Some(mut content) = section(module, IMPORTS)? else {
        return Ok(Vec::new());
    };
    let mut imports = Vec::new();
    for _ in 0..number(&mut content)? {
        imports.push(import(&mut content)?.0);
    }
    Ok(imports)
}

/// The names of what a module exports.
pub(crate) fn exports(module: &[u8]) -> anyhow::Result<Vec<String>> {
    let Some(mut content) = section(module, EXPORTS)? else {
        return Ok(Vec::new());
    };
    let mut exports = Vec::new();
    for _ in 0..number(&mut content)? {
        exports.push(name(&mut content)?);
        take(&mut content, 1)?;
        number(&mut content)?;
    }
    Ok(exports)
}

/// The module with other names: every import by its place, and some exports by their old name;
/// an export without a new name is left out.
pub(crate) fn rename(
    module: &[u8],
    exports: &BTreeMap<String, Option<String>>,
    imports: impl Fn(usize) -> (String, String),
) -> anyhow::Result<Vec<u8>> {
    rewritten(module, |id, content| match id {
        IMPORTS => imports_section(content, &imports).map(Some),
        EXPORTS => exports_section(content, exports).map(Some),
        _ => Ok(Some(content.to_owned())),
    })
}

/// The module without names and remarks.
pub(crate) fn without_custom(module: &[u8]) -> anyhow::Result<Vec<u8>> {
    rewritten(module, |id, content| {
        Ok((id != CUSTOM).then(|| content.to_owned()))
    })
}

/// Where the section of a module's data begins; none if it is no module, or has no data.
pub(crate) fn data(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    let head = take(&mut rest, MAGIC_AND_VERSION).ok()?;
    if !head.starts_with(MAGIC) {
        return None;
    }
    while !rest.is_empty() {
        let begins = bytes.len() - rest.len();
        if next(&mut rest).ok()?.0 == DATA {
            return Some(begins);
        }
    }
    None
}

fn imports_section(
    mut content: &[u8],
    named: impl Fn(usize) -> (String, String),
) -> anyhow::Result<Vec<u8>> {
    let count = number(&mut content)?;
    let mut section = Vec::new();
    write_number(&mut section, count);
    for at in 0..count {
        let (_, kind) = import(&mut content)?;
        let (module, name) = named(at);
        write_name(&mut section, &module);
        write_name(&mut section, &name);
        section.extend_from_slice(kind);
    }
    Ok(section)
}

fn exports_section(
    mut content: &[u8],
    named: &BTreeMap<String, Option<String>>,
) -> anyhow::Result<Vec<u8>> {
    let mut kept = 0;
    let mut exports = Vec::new();
    for _ in 0..number(&mut content)? {
        let name = name(&mut content)?;
        let kind = take(&mut content, 1)?;
        let index = number(&mut content)?;
        let known = named.get(&name).cloned();
        if let Some(name) = known.unwrap_or(Some(name)) {
            kept += 1;
            write_name(&mut exports, &name);
            exports.extend_from_slice(kind);
            write_number(&mut exports, index);
        }
    }
    let mut section = Vec::new();
    write_number(&mut section, kept);
    section.extend(exports);
    Ok(section)
}

/// An import, and the bytes that say of what kind it is.
fn import<'b>(content: &mut &'b [u8]) -> anyhow::Result<(Import, &'b [u8])> {
    let import = Import {
        module: name(content)?,
        name: name(content)?,
    };
    let begun = *content;
    match take(content, 1)? {
        [FUNCTION] => drop(number(content)?),
        [TABLE] => {
            take(content, 1)?;
            limits(content)?;
        }
        [MEMORY] => limits(content)?,
        [GLOBAL] => drop(take(content, 2)?),
        kind => bail!("`{}` is an import of the kind {kind:?}", import.name),
    }
    Ok((import, &begun[..begun.len() - content.len()]))
}

fn limits(content: &mut &[u8]) -> anyhow::Result<()> {
    let has_most = take(content, 1)?[0] & 1 == 1;
    number(content)?;
    if has_most {
        number(content)?;
    }
    Ok(())
}

/// The content of a section; none if there is no such section.
fn section(module: &[u8], wanted: u8) -> anyhow::Result<Option<&[u8]>> {
    let mut rest = module;
    take(&mut rest, MAGIC_AND_VERSION)?;
    while !rest.is_empty() {
        let (id, content) = next(&mut rest)?;
        if id == wanted {
            return Ok(Some(content));
        }
    }
    Ok(None)
}

/// The module with each section as `change` has it, or without it.
fn rewritten(
    module: &[u8],
    mut change: impl FnMut(u8, &[u8]) -> anyhow::Result<Option<Vec<u8>>>,
) -> anyhow::Result<Vec<u8>> {
    let mut rest = module;
    let mut written = take(&mut rest, MAGIC_AND_VERSION)?.to_owned();
    while !rest.is_empty() {
        let (id, content) = next(&mut rest)?;
        if let Some(content) = change(id, content)? {
            written.push(id);
            write_number(&mut written, content.len());
            written.extend(content);
        }
    }
    Ok(written)
}

fn next<'b>(rest: &mut &'b [u8]) -> anyhow::Result<(u8, &'b [u8])> {
    let id = take(rest, 1)?[0];
    let length = number(rest)?;
    Ok((id, take(rest, length)?))
}

fn take<'b>(bytes: &mut &'b [u8], count: usize) -> anyhow::Result<&'b [u8]> {
    let (taken, rest) = bytes
        .split_at_checked(count)
        .context("a WebAssembly module ends too early")?;
    *bytes = rest;
    Ok(taken)
}

fn name(bytes: &mut &[u8]) -> anyhow::Result<String> {
    let length = number(bytes)?;
    Ok(std::str::from_utf8(take(bytes, length)?)?.to_owned())
}

/// A number as WebAssembly writes it (LEB128).
fn number(bytes: &mut &[u8]) -> anyhow::Result<usize> {
    let mut value = 0;
    for place in 0.. {
        let digit = take(bytes, 1)?[0];
        ensure!(place < 5, "a number of a WebAssembly module has no end");
        value |= usize::from(digit & 0x7f) << (7 * place);
        if digit & 0x80 == 0 {
            break;
        }
    }
    Ok(value)
}

fn write_number(into: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        into.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
        number >>= 7;
    }
    into.push(u8::try_from(number).unwrap_or_default());
}

fn write_name(into: &mut Vec<u8>, name: &str) {
    write_number(into, name.len());
    into.extend_from_slice(name.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";
    const TYPES: &[u8] = &[1, 4, 1, 0x60, 0, 0];
    const CODE: &[u8] = &[10, 1, 0];

    #[test]
    fn names_and_remarks_are_taken_out_and_nothing_else() {
        let remark = [&[0, 0x85, 0x01][..], &[0x80; 133]].concat();
        let whole = [HEAD, TYPES, &remark, CODE, &[0, 1, 0]].concat();
        let bare = [HEAD, TYPES, CODE].concat();
        assert_eq!(without_custom(&whole).unwrap(), bare);
        assert_eq!(without_custom(&bare).unwrap(), bare);
        assert!(without_custom(&whole[..whole.len() - 1]).is_err());
        assert!(without_custom(b"\0as").is_err());
    }

    #[test]
    fn data_begins_behind_the_code() {
        let module = [HEAD, TYPES, CODE, &[11, 1, 0]].concat();
        assert_eq!(data(&module), Some(HEAD.len() + TYPES.len() + CODE.len()));
        assert_eq!(data(&[HEAD, TYPES, CODE].concat()), None);
        assert_eq!(data(b"const a = 1; // no module"), None);
    }

    #[test]
    fn imports_and_exports_get_other_names_and_stay_what_they_are() {
        let imports_of = |names: [&str; 4]| {
            let kinds: [&[u8]; 4] = [&[0, 0], &[1, 0x70, 1, 1, 9], &[2, 0, 1], &[3, 0x7f, 0]];
            let mut content = vec![4];
            for (name, kind) in names.into_iter().zip(kinds) {
                write_name(&mut content, "m");
                write_name(&mut content, name);
                content.extend_from_slice(kind);
            }
            [&[2, u8::try_from(content.len()).unwrap()][..], &content].concat()
        };
        let exports_of = |names: &[&str]| {
            let mut content = vec![u8::try_from(names.len()).unwrap()];
            for name in names {
                write_name(&mut content, name);
                content.extend_from_slice(&[0, 0]);
            }
            [&[7, u8::try_from(content.len()).unwrap()][..], &content].concat()
        };
        let whole = |imports: &[u8], exports: &[u8]| [HEAD, TYPES, imports, exports, CODE].concat();
        let module = whole(
            &imports_of(["long", "table", "memory", "global"]),
            &exports_of(&["first", "second", "third"]),
        );
        let names = imports(&module)
            .unwrap()
            .into_iter()
            .map(|import| import.name);
        assert_eq!(
            names.collect::<Vec<_>>(),
            ["long", "table", "memory", "global"]
        );
        assert_eq!(exports(&module).unwrap(), ["first", "second", "third"]);

        let names = [("second", Some("s")), ("third", None)];
        let names = names.map(|(name, new)| (name.to_owned(), new.map(str::to_owned)));
        let names = BTreeMap::from(names);
        let renamed = rename(&module, &names, |at| ("m".to_owned(), at.to_string())).unwrap();
        let expected = whole(
            &imports_of(["0", "1", "2", "3"]),
            &exports_of(&["first", "s"]),
        );
        assert_eq!(renamed, expected);
        assert!(imports(&module[..20]).is_err());
    }
}
