//! The compressed twins beside each file, so that a server never compresses what does not change.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use brotli::CompressorWriter;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::{files, sections};

/// Pictures and fonts are compressed by nature.
const ALREADY_COMPRESSED: [&str; 7] = ["avif", "gif", "jpg", "png", "webp", "woff", "woff2"];

const BUFFER: usize = 4_096;

/// Both endings of twins.
pub(crate) const ENDINGS: [&str; 2] = ["br", "gz"];

/// Writes `<file>.br` and `<file>.gz`.
pub(crate) fn beside(file: &Path) -> anyhow::Result<()> {
    if ending(file).is_some_and(|ending| ALREADY_COMPRESSED.contains(&ending)) {
        return Ok(());
    }
    let bytes = fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    files::write(&twin(file, "br"), &brotli(&bytes)?)?;
    files::write(&twin(file, "gz"), &gzip(&bytes)?)
}

/// The name of the compressed twin.
pub(crate) fn twin(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Whether this is a twin itself.
pub(crate) fn is_compressed(file: &Path) -> bool {
    ending(file).is_some_and(|ending| ENDINGS.contains(&ending))
}

fn ending(file: &Path) -> Option<&str> {
    file.extension().and_then(|ending| ending.to_str())
}

/// The smaller of two ways: in one go, or a WebAssembly module's data, which is mostly text, apart
/// from its code; brotli finds the border by itself only now and then.
fn brotli(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let whole = brotli_parts(&[bytes])?;
    let Some((code, data)) = sections::data(bytes).and_then(|at| bytes.split_at_checked(at)) else {
        return Ok(whole);
    };
    let parts = brotli_parts(&[code, data])?;
    Ok(if parts.len() < whole.len() {
        parts
    } else {
        whole
    })
}

/// Parts one after another, what is typical of each told apart.
fn brotli_parts(parts: &[&[u8]]) -> anyhow::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        size_hint: parts.iter().map(|part| part.len()).sum(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    let mut writer = CompressorWriter::with_params(&mut packed, BUFFER, &parameters);
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            writer.flush()?;
        }
        writer.write_all(part)?;
    }
    drop(writer);
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn both_encodings_give_the_bytes_back() {
        let bytes: Vec<u8> = (0..20_000_u32)
            .flat_map(|n| (n % 977).to_le_bytes())
            .collect();
        let packed = brotli(&bytes).unwrap();
        assert!(packed.len() < bytes.len());
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, bytes);

        let packed = gzip(&bytes).unwrap();
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(packed.as_slice())
            .read_to_end(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, bytes);
    }
}
