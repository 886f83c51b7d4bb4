//! Tags of answers, which change whenever the archive does.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderMap, HeaderValue, Uri, header};
use rawi_archive::{Archive, ArchiveError, Mode};
use sha2::{Digest as _, Sha256};

/// Gives tags out.
pub struct Tags {
    /// A connection that nothing else uses: its count of changes is the one that counts.
    watch: Mutex<Archive>,
    /// What tells this run from others, whose counts begin anew.
    run: String,
}

impl Tags {
    /// Tags of the answers of an archive.
    ///
    /// # Errors
    ///
    /// If it cannot be opened, or the system gives no random bytes.
    pub fn new(path: &Path) -> Result<Self, ArchiveError> {
        let run = crate::new_token().ok_or_else(|| {
            ArchiveError::Io(std::io::Error::other("the system gives no random bytes"))
        })?;
        Ok(Self {
            watch: Mutex::new(Archive::open(path, Mode::Read)?),
            run,
        })
    }

    /// The tag of what is answered now at an address. None if the archive cannot be read:
    /// then nothing is remembered.
    pub fn now(&self, address: &Uri, headers: &HeaderMap) -> Option<HeaderValue> {
        let archive = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        let changes = archive.changes().ok()?;
        // Packed bytes are others than plain ones, and a strong tag tells them apart.
        let packed = headers.get(header::ACCEPT_ENCODING);
        let packed = packed
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| v.contains("gzip"));
        let form = if packed { "-gzip" } else { "" };
        // Whoever has the tag of an address was answered there.
        let sum = Sha256::digest(address.to_string().as_bytes());
        let sum: String = sum.iter().take(8).map(|b| format!("{b:02x}")).collect();
        HeaderValue::try_from(format!("\"{}-{changes}-{sum}{form}\"", self.run)).ok()
    }
}

/// Whether who asks has what has this tag already.
pub fn has(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    tag.to_str()
        .is_ok_and(|tag| given(headers).any(|one| one == tag))
}

/// Whether who asks has anything, whatever it is.
pub fn has_any(headers: &HeaderMap) -> bool {
    given(headers).any(|one| one == "*")
}

fn given(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let given = headers.get_all(header::IF_NONE_MATCH).iter();
    given
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .map(|one| one.trim())
        .map(|one| one.strip_prefix("W/").unwrap_or(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_again() {
        let tag = HeaderValue::from_static("\"a-1\"");
        for (given, same) in [
            ("\"a-1\"", true),
            ("W/\"a-1\"", true),
            ("\"b-1\", \"a-1\"", true),
            ("*", false),
            ("\"a-12\"", false),
            ("a-1", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(given));
            assert_eq!(has(&headers, &tag), same, "{given}");
        }
        assert!(!has(&HeaderMap::new(), &tag));
    }
}
