//! Content encodings, undone within a limit.

use std::io::{self, BufRead, Cursor, Read};

use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, ZlibDecoder};

use crate::failure::Why;

/// How many encodings may lie over each other.
const LAYERS: usize = 3;

/// The content of a body that is packed as its header says, and of a file that is
/// packed with gzip whatever the header says. No more than `limit` bytes are
/// unpacked.
///
/// # Errors
///
/// If it is packed in another way, if it is broken, or if it is longer.
pub(crate) fn encoded(body: Vec<u8>, encodings: Option<&str>, limit: u64) -> Result<Vec<u8>, Why> {
    let named = encodings.unwrap_or_default().split(',').map(str::trim);
    let named: Vec<String> = named
        .filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("identity"))
        .map(str::to_ascii_lowercase)
        .collect();
    if named.len() > LAYERS {
        let why = format!("packed {} times over", named.len());
        return Err(Why::Packed(why));
    }
    // The one named last was put on last.
    let mut body = body;
    for name in named.iter().rev() {
        body = match name.as_str() {
            // Some servers say so of what is not packed.
            "gzip" | "x-gzip" if !rawi_input::is_packed(&body) => body,
            "gzip" | "x-gzip" => ungzipped(body, limit)?,
            "deflate" if is_zlib(&body) => within(ZlibDecoder::new(Cursor::new(body)), limit)?,
            "deflate" => within(DeflateDecoder::new(Cursor::new(body)), limit)?,
            "br" => within(Decompressor::new(Cursor::new(body), 4096), limit)?,
            _ => return Err(Why::Packed(format!("with {name:?}, which is not known"))),
        };
    }
    // A sitemap is often a file that was packed before it was put there.
    if rawi_input::is_packed(&body) {
        body = ungzipped(body, limit)?;
    }
    Ok(body)
}

fn ungzipped(body: Vec<u8>, limit: u64) -> Result<Vec<u8>, Why> {
    let unpacked = rawi_input::unpacked(Box::new(Cursor::new(body)));
    within(unpacked.map_err(|e| broken(&e))?, limit)
}

/// Reads all of it, or says that it is too much.
fn within(from: impl Read, limit: u64) -> Result<Vec<u8>, Why> {
    let mut out = Vec::new();
    let read = from.take(limit + 1).read_to_end(&mut out);
    if out.len() as u64 > limit {
        return Err(Why::Bomb(limit));
    }
    read.map_err(|e| broken(&e))?;
    Ok(out)
}

fn broken(e: &io::Error) -> Why {
    Why::Packed(format!("broken: {e}"))
}

/// `deflate` should have the head of zlib; many servers leave it off.
fn is_zlib(mut body: &[u8]) -> bool {
    match body.fill_buf() {
        Ok([first, second, ..]) => {
            first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = "قالت الوزيرة إن الميناء سيفتح.".as_bytes();

    /// As one block that is stored as it is.
    fn brotli(bytes: &[u8]) -> Vec<u8> {
        let head = (bytes.len() as u32 - 1) << 4 | 1 << 20;
        let mut out = head.to_le_bytes()[..3].to_vec();
        out.extend_from_slice(bytes);
        out.push(3);
        out
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut to = GzEncoder::new(Vec::new(), Compression::fast());
        to.write_all(bytes).unwrap();
        to.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut to = ZlibEncoder::new(Vec::new(), Compression::fast());
        to.write_all(bytes).unwrap();
        to.finish().unwrap()
    }

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut to = DeflateEncoder::new(Vec::new(), Compression::fast());
        to.write_all(bytes).unwrap();
        to.finish().unwrap()
    }

    #[test]
    fn every_encoding_gives_the_same() {
        for (body, encodings) in [
            (TEXT.to_vec(), None),
            (TEXT.to_vec(), Some("identity")),
            (TEXT.to_vec(), Some("gzip")),
            (gzip(TEXT), Some("gzip")),
            (gzip(TEXT), Some("X-GZIP")),
            (gzip(TEXT), None),
            (gzip(&gzip(TEXT)), Some("gzip")),
            (gzip(&zlib(TEXT)), Some("deflate, gzip")),
            ([gzip(&TEXT[..4]), gzip(&TEXT[4..])].concat(), Some("gzip")),
            (zlib(TEXT), Some("deflate")),
            (deflate(TEXT), Some("deflate")),
            (brotli(TEXT), Some("br")),
        ] {
            let out = encoded(body, encodings, 1000);
            assert_eq!(out.as_deref(), Ok(TEXT), "{encodings:?}");
        }
    }

    #[test]
    fn bombs_are_not_unpacked() {
        let zeros = vec![0; 1 << 20];
        let limit = 1000;
        for (body, encodings) in [
            (gzip(&zeros), Some("gzip")),
            (gzip(&gzip(&zeros)), Some("gzip, gzip")),
            (gzip(&zeros), None),
            (zlib(&zeros), Some("deflate")),
            (deflate(&zeros), Some("deflate")),
            (brotli(&zeros[..1 << 16]), Some("br")),
        ] {
            assert_eq!(encoded(body, encodings, limit), Err(Why::Bomb(limit)));
        }
        // To the byte.
        assert!(encoded(gzip(&zeros[..1000]), Some("gzip"), limit).is_ok());
        assert!(encoded(gzip(&zeros[..1001]), Some("gzip"), limit).is_err());
    }

    #[test]
    fn what_is_broken_says_so() {
        let half = gzip(&TEXT.repeat(50));
        for (body, encodings) in [
            (half[..half.len() / 2].to_vec(), Some("gzip")),
            (TEXT.to_vec(), Some("br")),
            (brotli(TEXT)[..30].to_vec(), Some("br")),
            (TEXT.to_vec(), Some("zstd")),
            (TEXT.to_vec(), Some("gzip,gzip,gzip,gzip")),
        ] {
            let out = encoded(body, encodings, 1000);
            assert!(matches!(out, Err(Why::Packed(_))), "{out:?}");
        }
    }
}
