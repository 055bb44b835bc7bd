//! The compiled form of a template: compact bytes that a browser loads instead of JSON.
//!
//! The service reads, checks and compiles a template once; [`Template::pack`] writes the result
//! down and [`Template::unpack`] takes it up again without the reader, the parser and the checker.
//! The bytes pass between a service and a widget of the same build, so they promise nothing to
//! anyone else: [`ENGINE`] changes by itself with every list of fields.
//!
//! | File | What is there |
//! |---|---|
//! | `lists.rs` | `packed!`: a list of fields that is the writer and the reader at once |
//! | `parts.rs`, `program.rs` | the lists of all types |
//! | `packer.rs`, `unpacker.rs` | bytes, whole numbers, texts |
//! | `plain.rs` | decimals, options, lists, tuples |
//! | `told.rs` | answers, which a page tells in the same form |
//!
//! Reading never stops in the middle: a mistake empties the input, everything after it reads as
//! zero, and the whole is refused at the end. That is half the code of a `Result` per field, and
//! it ends soon, because the tag 0 and the count 0 are always leaves.

#[macro_use]
mod lists;
mod packer;
mod parts;
mod plain;
mod program;
mod told;
mod unpacker;

use std::mem::{self, ManuallyDrop};

use crate::Template;
use packer::Packer;
use unpacker::Unpacker;

/// Raised by hand when the bytes change their meaning and no list of fields changes.
const EDITION: u32 = 5;

/// Which bytes this build writes and reads.
pub const ENGINE: u32 = {
    let lists = [EDITION, parts::SHAPE, program::SHAPE];
    lists[0]
        .wrapping_mul(31)
        .wrapping_add(lists[1])
        .wrapping_mul(31)
        .wrapping_add(lists[2])
};

const MAGIC: [u8; 4] = *b"tirg";
/// Magic, engine, length and checksum of what follows.
const HEADER: usize = 16;

/// Why bytes are not a compiled template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProgramError {
    /// Something else, or cut short.
    #[error("expected a compiled template, found other bytes")]
    Foreign,
    /// Compiled for another build.
    #[error("expected a template compiled for the engine {ENGINE:08x}, found {found:08x}")]
    Engine {
        /// The engine it was compiled for.
        found: u32,
    },
    /// Bytes are missing or changed.
    #[error("expected a whole compiled template, found missing or changed bytes")]
    Damaged,
}

/// A type with a compiled form.
///
/// What is read is written where it stays: nothing is built elsewhere and copied, field by field.
trait Pack: Sized {
    /// What there is before it is filled; it owns nothing.
    const EMPTY: Self;

    fn pack(&self, into: &mut Packer);

    /// Reads into what is [`Pack::EMPTY`].
    fn fill(&mut self, from: &mut Unpacker<'_>);

    /// Writes what is only shown.
    fn pack_shown(&self, _into: &mut Packer) {}

    /// Reads it, in what is filled.
    fn fill_shown(&mut self, _from: &mut Unpacker<'_>) {}
}

/// Another compiled form of `T` than its own, or the only one of a type that has none.
trait PackAs<T> {
    const EMPTY: T;

    fn pack(value: &T, into: &mut Packer);
    fn fill(value: &mut T, from: &mut Unpacker<'_>);
    fn pack_shown(_value: &T, _into: &mut Packer) {}
    fn fill_shown(_value: &mut T, _from: &mut Unpacker<'_>) {}
}

/// Puts a value in place of an empty one, which needs no code that takes it apart.
fn put<T>(place: &mut T, value: T) {
    mem::forget(mem::replace(place, value));
}

impl Template {
    /// The compiled form, without the worked examples.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let mut body = Packer::default();
        self.parts().pack(&mut body);
        self.program().pack(&mut body);
        self.parts().pack_shown(&mut body);
        let body = body.bytes;
        let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
        let mut bytes = Vec::with_capacity(HEADER + body.len());
        bytes.extend(MAGIC);
        for word in [ENGINE, length, checksum(&body)] {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend(body);
        bytes
    }

    /// Takes up a compiled form.
    ///
    /// # Errors
    /// When the bytes are not whole, or not of this build.
    pub fn unpack(bytes: &[u8]) -> Result<Self, ProgramError> {
        let (mut template, mut from) = Self::read(bytes)?;
        template.read_shown(&mut from);
        let template = ManuallyDrop::into_inner(template);
        if from.is_done() {
            Ok(template)
        } else {
            Err(ProgramError::Damaged)
        }
    }

    /// Takes up a compiled form that is kept to the end, as a page does: then no code is there
    /// that takes a template apart, which is kilobytes of it.
    ///
    /// What looks whole and is not stays in memory too; only who can make a checksum for damage
    /// can bring that about.
    ///
    /// # Errors
    /// When the bytes are not whole, or not of this build.
    pub fn unpack_for_good(bytes: &[u8]) -> Result<&'static Self, ProgramError> {
        let (mut template, mut from) = Self::read(bytes)?;
        template.read_shown(&mut from);
        Self::kept(template, from.is_done())
    }

    /// The same without what is only shown, which is left empty: names, hints, pictures, groups.
    /// It prices as the whole does.
    ///
    /// # Errors
    /// When the bytes are not whole, or not of this build.
    pub fn unpack_to_price(bytes: &[u8]) -> Result<&'static Self, ProgramError> {
        let (template, from) = Self::read(bytes)?;
        Self::kept(template, from.goes_on())
    }

    fn kept(template: ManuallyDrop<Self>, whole: bool) -> Result<&'static Self, ProgramError> {
        if whole {
            Ok(ManuallyDrop::into_inner(template).for_good())
        } else {
            Err(ProgramError::Damaged)
        }
    }

    fn read_shown(&mut self, from: &mut Unpacker<'_>) {
        let parts = self.parts_mut();
        parts.fill_shown(from);
        if !parts::are_whole(parts) {
            from.refuse();
        }
    }

    /// What is priced, and the bytes of what is only shown.
    fn read(bytes: &[u8]) -> Result<(ManuallyDrop<Self>, Unpacker<'_>), ProgramError> {
        let (header, body) = bytes
            .split_first_chunk::<HEADER>()
            .ok_or(ProgramError::Foreign)?;
        let [
            m0,
            m1,
            m2,
            m3,
            e0,
            e1,
            e2,
            e3,
            l0,
            l1,
            l2,
            l3,
            c0,
            c1,
            c2,
            c3,
        ] = *header;
        if [m0, m1, m2, m3] != MAGIC {
            return Err(ProgramError::Foreign);
        }
        let found = u32::from_le_bytes([e0, e1, e2, e3]);
        if found != ENGINE {
            return Err(ProgramError::Engine { found });
        }
        let length = u32::from_le_bytes([l0, l1, l2, l3]);
        let whole = u32::try_from(body.len()) == Ok(length)
            && u32::from_le_bytes([c0, c1, c2, c3]) == checksum(body);
        if !whole {
            return Err(ProgramError::Damaged);
        }
        let mut from = Unpacker::new(body);
        let template = ManuallyDrop::new(program::template(&mut from));
        Ok((template, from))
    }
}

/// FNV-1a: no changed byte goes unnoticed, and it is a few bytes of code.
const fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = 0x811c_9dc5_u32;
    let mut at = 0;
    while at < bytes.len() {
        sum = (sum ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    sum
}
