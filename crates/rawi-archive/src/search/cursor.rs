//! Where a page of hits ends, as a text that the next page begins with.

use sha2::{Digest as _, Sha256};

use super::{Scope, Sort};

/// How far a list is gone through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum At {
    /// Behind the hit with this id.
    Id(i64),
    /// Behind so many hits of the best ones.
    Count(u64),
}

/// Which list a cursor goes through: the same query in the same order.
pub(super) fn list(query: &str, scope: Scope, sort: Sort) -> u64 {
    let text = format!("{scope:?} {sort:?} {query}");
    let hash = Sha256::digest(text.as_bytes());
    let first = hash.first_chunk::<8>().copied().unwrap_or_default();
    u64::from_be_bytes(first)
}

/// The cursor as a text.
pub(super) fn write(list: u64, at: At) -> String {
    match at {
        At::Id(id) => format!("{list:016x}i{id:x}"),
        At::Count(count) => format!("{list:016x}c{count:x}"),
    }
}

/// Reads a cursor of a list; none if it is one of another list or none at all.
pub(super) fn read(text: &str, list: u64) -> Option<At> {
    let (of, rest) = text.split_at_checked(16)?;
    if u64::from_str_radix(of, 16).ok()? != list {
        return None;
    }
    match rest.split_at_checked(1)? {
        ("i", id) => i64::from_str_radix(id, 16).ok().map(At::Id),
        ("c", count) => u64::from_str_radix(count, 16).ok().map(At::Count),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_list() {
        let one = list("ميناء", Scope::Statements, Sort::Newest);
        let other = list("ميناء", Scope::Statements, Sort::Oldest);
        for at in [At::Id(20_000 << 32 | 7), At::Count(40)] {
            let text = write(one, at);
            assert_eq!(read(&text, one), Some(at));
            assert_eq!(read(&text, other), None);
        }
        for text in [
            "",
            "zz",
            "0123456789abcdef",
            "كذا وكذا وكذا",
            "+123456789abcdefi1",
        ] {
            assert_eq!(read(text, one), None);
        }
    }
}
