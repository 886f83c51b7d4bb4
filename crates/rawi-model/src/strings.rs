//! A list of strings, by number.

use crate::PackError;

/// The list.
#[derive(Clone, Copy, Debug)]
pub struct Strings<'a> {
    /// Where each string ends.
    ends: &'a [[u8; 4]],
    text: &'a [u8],
}

impl<'a> Strings<'a> {
    /// Opens a section.
    ///
    /// # Errors
    /// If it is shorter than its own count says.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackError> {
        let truncated = || PackError::Truncated("a list of strings".to_owned());
        let (count, rest) = bytes.split_first_chunk::<4>().ok_or_else(truncated)?;
        let count = u32::from_le_bytes(*count) as usize;
        let len = count.checked_mul(4).ok_or_else(truncated)?;
        let (ends, text) = rest.split_at_checked(len).ok_or_else(truncated)?;
        Ok(Self {
            ends: ends.as_chunks::<4>().0,
            text,
        })
    }

    /// String number `index`; none if there are fewer.
    pub fn get(&self, index: usize) -> Option<&'a str> {
        let end = |i: usize| self.ends.get(i).map(|b| u32::from_le_bytes(*b) as usize);
        let start = match index.checked_sub(1) {
            Some(before) => end(before)?,
            None => 0,
        };
        std::str::from_utf8(self.text.get(start..end(index)?)?).ok()
    }

    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// Writes a list of strings.
#[derive(Clone, Default, Debug)]
pub struct StringsWriter {
    ends: Vec<u8>,
    text: Vec<u8>,
}

impl StringsWriter {
    /// Adds a string and returns its number.
    pub fn add(&mut self, text: &str) -> u32 {
        self.text.extend_from_slice(text.as_bytes());
        self.ends
            .extend_from_slice(&(self.text.len() as u32).to_le_bytes());
        (self.ends.len() / 4 - 1) as u32
    }

    /// The bytes of the list.
    pub fn finish(self) -> Vec<u8> {
        let count = (self.ends.len() / 4) as u32;
        [count.to_le_bytes().as_slice(), &self.ends, &self.text].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_come_back() {
        let mut writer = StringsWriter::default();
        for word in ["قال", "", "أكد"] {
            writer.add(word);
        }
        let bytes = writer.finish();
        let strings = Strings::open(&bytes).unwrap();
        let all: Vec<_> = (0..strings.len()).filter_map(|i| strings.get(i)).collect();
        assert_eq!(all, ["قال", "", "أكد"]);
        assert_eq!(strings.get(3), None);
        assert!(Strings::open(&bytes[..9]).is_err());
    }
}
