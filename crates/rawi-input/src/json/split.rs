//! A stream of JSON cut into its values, whatever stands between them.
//!
//! One value a line, values over many lines, or the elements of an array: the
//! cut is found by brackets and strings alone, a byte at a time, and what a value
//! holds is looked at by others. Damage to one value costs as few others as can
//! be: no string goes over a line's end, and where the grammar has no place for
//! an object at the beginning of a line, another value has begun.

use std::io::{self, BufRead as _, Read};

use crate::LONGEST;
use crate::peek::Peek;

/// How deep brackets are told apart; below they are only counted.
const DEEPEST: usize = 256;

/// A piece of the stream that should be a value.
#[derive(Default, Debug)]
pub(crate) struct Piece {
    /// Its bytes; nothing if it is too long.
    pub bytes: Vec<u8>,
    /// Whether all of it was kept.
    pub whole: bool,
    /// Its first line, from 1.
    pub line: u64,
    /// Offset of its first byte.
    pub byte: u64,
    /// How long it is, in bytes.
    pub length: u64,
}

/// Cuts a stream.
#[derive(Default, Debug)]
pub(crate) struct Split {
    /// Whether we are between the brackets of an array.
    array: bool,
}

impl Split {
    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// If the input cannot be read on.
    pub fn next(&mut self, input: &mut Peek<impl Read>) -> io::Result<Option<Piece>> {
        loop {
            let next = input.peek(1)?;
            let Some(first) = next.first().copied() else {
                return Ok(None);
            };
            // A record separator may stand between values, as in JSON text sequences.
            let passed = |b: &u8| b.is_ascii_whitespace() || matches!(b, b',' | 0x1e);
            let between = next.iter().take_while(|b| passed(b)).count();
            if between > 0 {
                input.consume(between);
                continue;
            }
            match first {
                b'[' if !self.array => self.array = true,
                b']' if self.array => self.array = false,
                b'{' | b'[' => return self.value(input).map(Some),
                _ => return self.junk(input, Piece::at(input)).map(Some),
            }
            input.consume(1);
        }
    }

    /// Whether the stream ended inside an array.
    pub fn is_open(&self) -> bool {
        self.array
    }

    fn value(&mut self, input: &mut Peek<impl Read>) -> io::Result<Piece> {
        let mut piece = Piece::at(input);
        let mut walk = Walk::default();
        loop {
            let next = input.peek(1)?;
            if next.is_empty() {
                return Ok(piece);
            }
            let mut end = None;
            for (i, byte) in next.iter().enumerate() {
                match walk.step(*byte, self.array) {
                    Step::On => {}
                    Step::Before => end = Some((i, false)),
                    Step::Behind => end = Some((i + 1, true)),
                }
                if end.is_some() {
                    break;
                }
            }
            let count = end.map_or(next.len(), |(i, _)| i);
            piece.push(&next[..count]);
            input.consume(count);
            match end {
                None => {}
                Some((_, false)) => return Ok(piece),
                // What follows on the line belongs to a value of its own or to none.
                Some((_, true)) if begins_anew(input, self.array)? => return Ok(piece),
                Some((_, true)) => return self.junk(input, piece),
            }
        }
    }

    /// The rest of the line, or in an array what stands before the next comma.
    fn junk(&mut self, input: &mut Peek<impl Read>, mut piece: Piece) -> io::Result<Piece> {
        let mut string = false;
        let mut escaped = false;
        loop {
            let next = input.peek(1)?;
            let end = next.iter().position(|b| {
                let ends = match b {
                    b'\n' => true,
                    b',' | b']' => self.array && !string,
                    _ => false,
                };
                string ^= *b == b'"' && !escaped;
                escaped = *b == b'\\' && !escaped;
                ends
            });
            let count = end.unwrap_or(next.len());
            piece.push(&next[..count]);
            input.consume(count);
            if count == 0 || end.is_some() {
                return Ok(piece);
            }
        }
    }
}

/// Whether after a value the line or the array ends, or another value begins.
fn begins_anew(input: &mut Peek<impl Read>, array: bool) -> io::Result<bool> {
    let mut count = 1;
    loop {
        let next = input.peek(count)?;
        let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b',' | 0x1e);
        let at = next.iter().position(|b| !blank(b));
        match at {
            Some(at) => {
                return Ok(matches!(next[at], b'\n' | b'{' | b'[') || array && next[at] == b']');
            }
            None if next.len() < count || next.len() > 1 << 16 => return Ok(true),
            None => count = next.len() + 1,
        }
    }
}

impl Piece {
    fn at(input: &Peek<impl Read>) -> Self {
        Piece {
            whole: true,
            line: input.line(),
            byte: input.offset(),
            ..Piece::default()
        }
    }

    fn push(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        if self.length > LONGEST as u64 {
            self.whole = false;
            self.bytes = Vec::new();
        }
        if self.whole {
            self.bytes.extend_from_slice(bytes);
        }
    }
}

/// What a byte means for the value being read.
enum Step {
    On,
    /// The value ended before this byte.
    Before,
    /// The value ends with this byte.
    Behind,
}

/// Where in a value we are.
#[derive(Default, Debug)]
struct Walk {
    /// The open brackets, as far as they are told apart.
    open: Vec<u8>,
    depth: u64,
    string: bool,
    escaped: bool,
    /// The last byte that is no white space.
    last: u8,
    /// Whether only white space came since the line began.
    fresh: bool,
}

impl Walk {
    fn step(&mut self, byte: u8, array: bool) -> Step {
        if self.string {
            match byte {
                _ if self.escaped && byte != b'\n' => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => {
                    self.string = false;
                    self.last = byte;
                }
                b'\n' => return Step::Before,
                _ => {}
            }
            return Step::On;
        }
        match byte {
            b'\n' => self.fresh = true,
            b if b.is_ascii_whitespace() => {}
            b'{' if (self.fresh || array) && !self.may_follow() => return Step::Before,
            _ => {
                match byte {
                    b'"' => self.string = true,
                    b'{' | b'[' => {
                        self.depth += 1;
                        if self.open.len() < DEEPEST {
                            self.open.push(byte);
                        }
                    }
                    b'}' | b']' => {
                        self.depth = self.depth.saturating_sub(1);
                        if (self.depth as usize) < self.open.len() {
                            self.open.pop();
                        }
                        if self.depth == 0 {
                            return Step::Behind;
                        }
                    }
                    _ => {}
                }
                self.fresh = false;
                self.last = byte;
            }
        }
        Step::On
    }

    /// Whether an object may stand here.
    fn may_follow(&self) -> bool {
        if self.depth == 0 || self.depth as usize > DEEPEST {
            return true;
        }
        match self.open.last() {
            Some(b'{') => self.last == b':',
            _ => matches!(self.last, b'[' | b','),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let mut input = Peek::new(text.as_bytes());
        let mut split = Split::default();
        let mut out = Vec::new();
        while let Some(piece) = split.next(&mut input).unwrap() {
            out.push(String::from_utf8(piece.bytes).unwrap().trim().to_owned());
        }
        out
    }

    #[test]
    fn values_and_what_stands_between() {
        for text in [
            "{\"a\": 1}\n{\"b\": [{}]}\n",
            "[{\"a\": 1}, {\"b\": [{}]}]",
            "[\n  {\"a\": 1},\n  {\"b\": [{}]}\n]\n",
            "\n\n {\"a\": 1} {\"b\": [{}]}",
            "{\"a\": 1},\n{\"b\": [{}]},\n",
            "\u{1e}{\"a\": 1}\n\u{1e}{\"b\": [{}]}\n",
            "[{\"a\": 1}]\n[{\"b\": [{}]}]\n",
        ] {
            assert_eq!(split(text), ["{\"a\": 1}", "{\"b\": [{}]}"], "{text:?}");
        }
        assert_eq!(
            split("{\n \"a\":\n {\n}\n}\n{\n}"),
            ["{\n \"a\":\n {\n}\n}", "{\n}"]
        );
        assert_eq!(split("{\"a\": \"}{\\\"\"}"), ["{\"a\": \"}{\\\"\"}"]);
        assert_eq!(split(" \n"), [""; 0]);
    }

    #[test]
    fn damage_costs_one_value() {
        let good = "{\"g\": 1}";
        for (bad, piece) in [
            ("{\"a\": 1", "{\"a\": 1"),
            ("{\"a\": \"x", "{\"a\": \"x"),
            ("{\"a\": 1,", "{\"a\": 1,"),
            ("{\"a\": [", "{\"a\": ["),
            ("{\"a\": 1} x", "{\"a\": 1} x"),
            ("nonsense, more", "nonsense, more"),
            ("{\"a\": \"x\\", "{\"a\": \"x\\"),
        ] {
            let lines = format!("{good}\n{bad}\n{good}\n");
            // An array left open takes an object for its element.
            let expected = if piece.ends_with('[') { 2 } else { 3 };
            let found = split(&lines);
            assert_eq!(found.len(), expected, "{bad}: {found:?}");
            assert_eq!(found[0], good);
            if expected == 3 {
                assert_eq!(found[1], piece, "{bad}");
                assert_eq!(found[2], good);
            }
        }
        assert_eq!(
            split("[{\"a\": 1, {\"b\": 2}]"),
            ["{\"a\": 1,", "{\"b\": 2}"]
        );
        assert_eq!(split("[1, \"a,b\", {}]"), ["1", "\"a,b\"", "{}"]);
    }

    #[test]
    fn no_input_takes_more_memory_than_a_record() {
        const LONG: u64 = 40 << 20;
        for byte in *b"a\n [{\",}" {
            let mut input = Peek::new(io::repeat(byte).take(LONG));
            let mut split = Split::default();
            while let Some(piece) = split.next(&mut input).unwrap() {
                assert!(piece.bytes.capacity() <= 2 * LONGEST);
                assert_eq!(piece.whole, piece.length <= LONGEST as u64);
                if byte == b'}' {
                    break;
                }
            }
            assert!(input.capacity() <= 4 << 16, "{}", input.capacity());
        }
    }
}
