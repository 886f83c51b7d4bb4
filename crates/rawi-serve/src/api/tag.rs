//! Tags of answers, which change whenever the archive does.

use axum::http::{HeaderMap, HeaderValue, Uri, header};
use rawi_archive::{ArchiveError, State};
use sha2::{Digest as _, Sha256};

/// Gives tags out.
pub struct Tags {
    /// What tells this run from others, whose counts begin anew.
    run: String,
}

impl Tags {
    /// Tags of the answers of this run.
    ///
    /// # Errors
    ///
    /// If the system gives no random bytes.
    pub fn new() -> Result<Self, ArchiveError> {
        let run = crate::new_token().ok_or_else(|| {
            ArchiveError::Io(std::io::Error::other("the system gives no random bytes"))
        })?;
        Ok(Self { run })
    }

    /// The tag of what is answered at an address in a state of the archive.
    pub fn of(&self, state: State, address: &Uri, headers: &HeaderMap) -> Option<HeaderValue> {
        // Packed bytes are others than plain ones, and a strong tag tells them apart.
        let packed = headers.get(header::ACCEPT_ENCODING);
        let packed = packed
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| v.contains("gzip"));
        let form = if packed { "-gzip" } else { "" };
        // Whoever has the tag of an address was answered there.
        let sum = Sha256::digest(address.to_string().as_bytes());
        let sum: String = sum.iter().take(8).map(|b| format!("{b:02x}")).collect();
        HeaderValue::try_from(format!("\"{}-{state}-{sum}{form}\"", self.run)).ok()
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
