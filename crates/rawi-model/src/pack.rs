//! One file of named sections.
//!
//! ```text
//! 0   "rawimodl"
//! 8   u32 format version
//! 12  u32 number of sections
//! 16  u64 checksum of everything behind it
//! 24  u32 version of the feature templates; 0 for what is no model
//! 28  u32 0
//! 32  sections: 16 bytes name (zero padded), u64 offset from the start, u64 length
//! ```
//!
//! A model has a section `about` besides, its card: see [`About`].

use crate::about::{self, About};
use crate::{PackError, hash};

const MAGIC: &[u8; 8] = b"rawimodl";
const VERSION: u32 = 2;
/// From here on the checksum counts.
const SUMMED: usize = 24;
const HEADER: usize = 32;
const ENTRY: usize = 32;
const NAME: usize = 16;

/// An opened pack: a view of its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Pack<'a> {
    bytes: &'a [u8],
    sections: usize,
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..)?
        .first_chunk()
        .map(|b| u32::from_le_bytes(*b))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes
        .get(at..)?
        .first_chunk()
        .map(|b| u64::from_le_bytes(*b))
}

impl<'a> Pack<'a> {
    /// A pack without sections.
    pub const EMPTY: Pack<'static> = Pack {
        bytes: &[],
        sections: 0,
    };

    /// Opens a pack. Nothing is read but its header; see [`Pack::verify`].
    ///
    /// # Errors
    /// If the bytes are not a pack of this format.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackError> {
        if !bytes.starts_with(MAGIC) {
            return Err(PackError::NotAPack);
        }
        let truncated = || PackError::Truncated("its header".to_owned());
        let version = u32_at(bytes, 8).ok_or_else(truncated)?;
        if version != VERSION {
            return Err(PackError::Version(version));
        }
        let sections = u32_at(bytes, 12).ok_or_else(truncated)? as usize;
        let end = sections
            .checked_mul(ENTRY)
            .and_then(|n| n.checked_add(HEADER));
        if end.is_none_or(|end| end > bytes.len()) {
            return Err(truncated());
        }
        Ok(Self { bytes, sections })
    }

    /// The bytes of a section.
    ///
    /// # Errors
    /// If there is none of that name or it reaches beyond the end.
    pub fn section(&self, name: &str) -> Result<&'a [u8], PackError> {
        let entry = (0..self.sections)
            .map(|i| HEADER + i * ENTRY)
            .find(|&at| {
                self.bytes[at..at + NAME]
                    .split(|&b| b == 0)
                    .next()
                    .is_some_and(|n| n == name.as_bytes())
            })
            .ok_or_else(|| PackError::Missing(name.to_owned()))?;
        let truncated = || PackError::Truncated(format!("section `{name}`"));
        let number = |at| {
            u64_at(self.bytes, at)
                .and_then(|n| usize::try_from(n).ok())
                .ok_or_else(truncated)
        };
        let start = number(entry + NAME)?;
        let len = number(entry + NAME + 8)?;
        start
            .checked_add(len)
            .and_then(|end| self.bytes.get(start..end))
            .ok_or_else(truncated)
    }

    /// The checksum that stands in the header: what tells one pack from another.
    pub fn checksum(&self) -> u64 {
        u64_at(self.bytes, 16).unwrap_or_default()
    }

    /// The version of the feature templates that a model was trained with.
    pub fn templates(&self) -> u32 {
        u32_at(self.bytes, SUMMED).unwrap_or_default()
    }

    /// Opens a model whose features are made by templates of a version.
    ///
    /// # Errors
    /// As [`Pack::open`], and if it was trained with other templates.
    pub fn open_model(bytes: &'a [u8], templates: u32) -> Result<Self, PackError> {
        let pack = Self::open(bytes)?;
        let found = pack.templates();
        if found == templates {
            Ok(pack)
        } else {
            Err(PackError::Templates {
                found,
                wanted: templates,
            })
        }
    }

    /// What the model says of itself.
    ///
    /// # Errors
    /// If it says nothing, or nothing that can be read.
    pub fn about(&self) -> Result<About, PackError> {
        About::read(self.section(about::SECTION)?)
    }

    /// The names of the sections and their bytes, as far as they are all there.
    pub fn sections(&self) -> impl Iterator<Item = (&'a str, &'a [u8])> + use<'a, '_> {
        (0..self.sections).filter_map(|i| {
            let at = HEADER + i * ENTRY;
            let name = self.bytes[at..at + NAME].split(|&b| b == 0).next()?;
            let name = std::str::from_utf8(name).ok()?;
            Some((name, self.section(name).ok()?))
        })
    }

    /// Reads all bytes and compares them with the stored checksum.
    ///
    /// # Errors
    /// If they differ.
    pub fn verify(&self) -> Result<(), PackError> {
        if self.bytes.get(SUMMED..).map(hash) == Some(self.checksum()) {
            Ok(())
        } else {
            Err(PackError::Damaged)
        }
    }
}

/// Puts a pack together; sections come in the order in which they are added.
#[derive(Clone, Default, Debug)]
pub struct PackWriter {
    templates: u32,
    sections: Vec<(String, Vec<u8>)>,
}

impl PackWriter {
    /// A model, with what it says of itself and the version of its templates.
    pub fn model(about: &About, templates: u32) -> Self {
        Self {
            templates,
            sections: vec![(about::SECTION.to_owned(), about.write())],
        }
    }

    /// Adds a section.
    ///
    /// # Panics
    /// If the name is longer than 16 bytes or taken: a mistake of the program.
    pub fn add(&mut self, name: &str, bytes: Vec<u8>) {
        assert!(name.len() <= NAME, "section name `{name}` is too long");
        assert!(
            self.sections.iter().all(|(n, _)| n != name),
            "section `{name}` is there already"
        );
        self.sections.push((name.to_owned(), bytes));
    }

    /// The bytes of the pack.
    pub fn finish(self) -> Vec<u8> {
        let mut table = Vec::new();
        table.extend(self.templates.to_le_bytes());
        table.extend([0; 4]);
        let mut body: Vec<u8> = Vec::new();
        let start = HEADER + self.sections.len() * ENTRY;
        for (name, bytes) in &self.sections {
            let mut padded = [0; NAME];
            padded[..name.len()].copy_from_slice(name.as_bytes());
            table.extend_from_slice(&padded);
            table.extend_from_slice(&((start + body.len()) as u64).to_le_bytes());
            table.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
            body.extend_from_slice(bytes);
        }
        table.extend_from_slice(&body);
        let mut out = Vec::with_capacity(SUMMED + table.len());
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&(self.sections.len() as u32).to_le_bytes());
        out.extend_from_slice(&hash(&table).to_le_bytes());
        out.extend_from_slice(&table);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn example() -> Vec<u8> {
        let mut pack = PackWriter::default();
        pack.add("one", vec![1, 2, 3]);
        pack.add("empty", Vec::new());
        pack.finish()
    }

    #[test]
    fn sections_come_back() {
        let bytes = example();
        let pack = Pack::open(&bytes).unwrap();
        assert_eq!(pack.verify(), Ok(()));
        assert_eq!(pack.section("one"), Ok(&[1, 2, 3][..]));
        assert_eq!(pack.section("empty"), Ok(&[][..]));
        assert_eq!(pack.section("on"), Err(PackError::Missing("on".to_owned())));
    }

    #[test]
    fn a_model_is_opened_by_its_templates() {
        let about = About {
            name: "one".to_owned(),
            ..About::default()
        };
        let bytes = PackWriter::model(&about, 3).finish();
        let pack = Pack::open_model(&bytes, 3).unwrap();
        assert_eq!(pack.about(), Ok(about));
        assert_eq!(
            pack.sections().map(|(n, _)| n).collect::<Vec<_>>(),
            ["about"]
        );
        let error = Pack::open_model(&bytes, 4).unwrap_err();
        assert_eq!(
            error,
            PackError::Templates {
                found: 3,
                wanted: 4
            }
        );
        let about = Pack::open(&example()).unwrap().about();
        assert_eq!(about, Err(PackError::Missing("about".to_owned())));
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let mut bytes = example();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        assert_eq!(
            Pack::open(&bytes).unwrap().verify(),
            Err(PackError::Damaged)
        );
        bytes[8] = 9;
        assert_eq!(Pack::open(&bytes).unwrap_err(), PackError::Version(9));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(cut in 0usize..200, at in 0usize..200, value: u8) {
            let mut bytes = example();
            if let Some(b) = bytes.get_mut(at) {
                *b = value;
            }
            bytes.truncate(cut);
            if let Ok(pack) = Pack::open(&bytes) {
                let _ = pack.section("one");
                let _ = pack.verify();
            }
        }
    }
}
