//! Readings as they lie in the archive: the JSON of the output contract, deflated.
//!
//! The zlib stream has a dictionary: a sample of the contract's JSON, then the article's
//! text, the last 32 KiB of both. Most of what a reading repeats are words of its article,
//! which makes it a third smaller. Any zlib reads it (`zlib.decompressobj(zdict=…)`).

use std::io::{Read as _, Write as _};

use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use flate2::{Compress, Compression, Decompress};
use rawi::Reading;

use crate::ArchiveError;

/// How the contract's JSON looks. Part of the format: a change makes every archive
/// unreadable.
const SAMPLE: &str = include_str!("pack/sample.txt");

/// The part of a dictionary that can be referred to, in bytes.
const WINDOW: usize = 32 << 10;

/// The longest JSON that is unpacked, in bytes: what an article of the longest kind can
/// have, with room. A damaged or forged record must not fill the memory.
const LONGEST: u64 = 1 << 30;

/// Packs a reading of a text.
pub(crate) fn pack(reading: &Reading<'_>, text: &str) -> Result<Vec<u8>, ArchiveError> {
    let json = serde_json::to_vec(reading).map_err(|e| ArchiveError::Invalid(e.to_string()))?;
    let mut deflate = Compress::new(Compression::new(5), true);
    deflate
        .set_dictionary(&dictionary(text))
        .map_err(|e| ArchiveError::Invalid(e.to_string()))?;
    let mut out = ZlibEncoder::new_with_compress(Vec::new(), deflate);
    out.write_all(&json)?;
    Ok(out.finish()?)
}

/// The JSON of a packed reading of a text.
pub(crate) fn unpack(packed: &[u8], text: &str) -> Result<Vec<u8>, ArchiveError> {
    let damaged = |e: &dyn std::fmt::Display| {
        ArchiveError::Damaged(format!("a reading cannot be unpacked: {e}"))
    };
    let dictionary = dictionary(text);
    let mut inflate = Decompress::new(true);
    // The stream asks for its dictionary after its head; until then nothing comes out.
    let asked = inflate.decompress(packed, &mut [], flate2::FlushDecompress::None);
    let at = inflate.total_in() as usize;
    if let Err(e) = &asked
        && e.needs_dictionary().is_none()
    {
        return Err(damaged(e));
    }
    inflate
        .set_dictionary(&dictionary)
        .map_err(|e| damaged(&e))?;
    let rest = packed.get(at..).unwrap_or_default();
    let mut json = Vec::new();
    let read = ZlibDecoder::new_with_decompress(rest, inflate)
        .take(LONGEST)
        .read_to_end(&mut json);
    match read {
        Ok(n) if (n as u64) < LONGEST => Ok(json),
        Ok(_) => Err(damaged(&"it is too long")),
        Err(e) => Err(damaged(&e)),
    }
}

/// The reading itself.
pub(crate) fn parse(packed: &[u8], text: &str) -> Result<Reading<'static>, ArchiveError> {
    serde_json::from_slice(&unpack(packed, text)?)
        .map_err(|e| ArchiveError::Invalid(format!("a reading is not as it must be: {e}")))
}

fn dictionary(text: &str) -> Vec<u8> {
    let text = text.as_bytes();
    let text = &text[text.len().saturating_sub(WINDOW - SAMPLE.len())..];
    [SAMPLE.as_bytes(), text].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rawi::{Article, Reader};

    #[test]
    fn a_reading_comes_out_as_it_went_in() {
        let reader = Reader::new().unwrap();
        let sentence = "قال وزير الري سالم البدري إن السد جاهز. ";
        for text in ["", sentence, &sentence.repeat(2000)] {
            let article = Article::new("a", text).with_title("الوزير: السد جاهز");
            let reading = reader.read(&article).unwrap();
            let packed = pack(&reading, text).unwrap();
            assert_eq!(parse(&packed, text).unwrap(), reading);
            assert_eq!(
                unpack(&packed, text).unwrap(),
                serde_json::to_vec(&reading).unwrap()
            );
            for at in [0, 2, 5, packed.len() / 2, packed.len() - 1] {
                let mut broken = packed.clone();
                broken[at] ^= 0x10;
                assert!(unpack(&broken, text).is_err(), "byte {at}");
            }
            assert!(unpack(&packed[..packed.len() - 1], text).is_err());
            assert!(unpack(&packed, "نص آخر تماما").is_err());
        }
        assert!(unpack(b"", "").is_err());
    }
}
