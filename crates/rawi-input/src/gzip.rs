//! Gzip of any number of members, with the zeros that tapes and blocks leave
//! behind the last one.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use crate::peek::Peek;

/// What gzip begins with.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Bytes from somewhere.
pub(crate) type Raw = Box<dyn Read + Send>;

/// Whether bytes begin like gzip.
pub fn is_packed(head: &[u8]) -> bool {
    head.starts_with(&MAGIC)
}

/// What a stream holds, unpacked if it is gzip.
///
/// # Errors
///
/// If it cannot be read.
pub fn unpacked(raw: Box<dyn Read + Send>) -> io::Result<impl BufRead> {
    opened(raw)
}

/// The same, to be looked ahead in.
pub(crate) fn opened(raw: Raw) -> io::Result<Peek<Raw>> {
    let mut raw = Peek::new(raw);
    Ok(if is_packed(raw.peek(MAGIC.len())?) {
        Peek::new(Box::new(Members::new(raw)))
    } else {
        raw
    })
}

/// Unpacks all members, one after another.
struct Members<R: BufRead> {
    /// None only while one member gives way to the next, and at the end.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Members<R> {
    fn new(input: R) -> Self {
        Members {
            member: Some(GzDecoder::new(input)),
        }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        while let Some(member) = &mut self.member {
            let count = member.read(out)?;
            if count > 0 {
                return Ok(count);
            }
            self.member = match self.member.take().map(GzDecoder::into_inner) {
                Some(mut rest) => another(&mut rest)?.then(|| GzDecoder::new(rest)),
                None => None,
            };
        }
        Ok(0)
    }
}

/// Passes over zeros and says whether another member follows.
fn another(input: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let next = input.fill_buf()?;
        if next.is_empty() {
            return Ok(false);
        }
        let zeros = next.iter().take_while(|b| **b == 0).count();
        let more = zeros < next.len();
        if more && next[zeros] != MAGIC[0] {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "bytes that are no gzip follow the last member",
            ));
        }
        input.consume(zeros);
        if more {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn unpack(bytes: &[u8]) -> (String, bool) {
        let mut out = Vec::new();
        let sound = Members::new(bytes).read_to_end(&mut out).is_ok();
        (String::from_utf8(out).unwrap(), sound)
    }

    #[test]
    fn members_zeros_and_damage() {
        let (a, b, none) = (gzip(b"a"), gzip(b"b"), gzip(b""));
        let zeros = vec![0u8; 70_000];
        for (bytes, out, sound) in [
            ([&a[..], &b].concat(), "ab", true),
            ([&a[..], &none, &none, &b].concat(), "ab", true),
            ([&a[..], &zeros].concat(), "a", true),
            ([&a[..], &[0, 0], &b, &[0]].concat(), "ab", true),
            ([&a[..], b"junk"].concat(), "a", false),
            ([&a[..], &[0, 0], b"junk"].concat(), "a", false),
            ([&a[..], &b[..5]].concat(), "a", false),
            (a[..a.len() - 3].to_vec(), "a", false),
        ] {
            assert_eq!(unpack(&bytes), (out.to_owned(), sound), "{bytes:?}");
        }
    }
}
