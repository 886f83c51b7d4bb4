//! Readings as they lie in the archive: the JSON of the output contract, deflated.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rawi::Reading;

use crate::ArchiveError;

/// The longest JSON that is unpacked, in bytes: what an article of the longest kind can
/// have, with room. A damaged or forged record must not fill the memory.
const LONGEST: u64 = 1 << 30;

/// Packs a reading.
pub(crate) fn pack(reading: &Reading<'_>) -> Result<Vec<u8>, ArchiveError> {
    let json = serde_json::to_vec(reading).map_err(|e| ArchiveError::Invalid(e.to_string()))?;
    let mut out = ZlibEncoder::new(Vec::new(), Compression::new(5));
    out.write_all(&json)?;
    Ok(out.finish()?)
}

/// The JSON of a packed reading.
pub(crate) fn unpack(packed: &[u8]) -> Result<Vec<u8>, ArchiveError> {
    let mut json = Vec::new();
    let read = ZlibDecoder::new(packed)
        .take(LONGEST)
        .read_to_end(&mut json);
    match read {
        Ok(n) if (n as u64) < LONGEST => Ok(json),
        Ok(_) => Err(ArchiveError::Invalid("the reading is too long".into())),
        Err(e) => Err(ArchiveError::Damaged(format!(
            "a reading cannot be unpacked: {e}"
        ))),
    }
}

/// The reading itself.
pub(crate) fn parse(packed: &[u8]) -> Result<Reading<'static>, ArchiveError> {
    serde_json::from_slice(&unpack(packed)?)
        .map_err(|e| ArchiveError::Invalid(format!("a reading is not as it must be: {e}")))
}
