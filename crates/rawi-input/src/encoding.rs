//! Whatever encoding a text comes in, UTF-8 goes on.
//!
//! Most input is UTF-8 and passes as it is. What begins with the mark of UTF-16,
//! or has its pattern of bytes, is converted; so is Windows-1256 or ISO-8859-6,
//! the eight-bit encodings of Arabic, known by a declaration in the page or by
//! their letters. The choice is made at the first byte that is not ASCII, so
//! that a stream need not be held to its end.

use std::io::{self, BufRead as _, Read};

use encoding_rs::{
    CoderResult, Decoder, Encoding, ISO_8859_6, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1256,
};

use crate::peek::Peek;

/// How much is looked at to tell an eight-bit encoding, in bytes.
const WINDOW: usize = 4096;

/// How much of the beginning is searched for a declaration, in bytes.
const HEAD: usize = 4096;

/// What some programs put before UTF-8.
const BYTE_ORDER_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// Passes over the mark of UTF-8, which tells the encoding and is no part of the text.
pub(crate) fn pass_mark(input: &mut Peek<impl Read>) -> io::Result<()> {
    if input
        .peek(BYTE_ORDER_MARK.len())?
        .starts_with(&BYTE_ORDER_MARK)
    {
        input.consume(BYTE_ORDER_MARK.len());
    }
    Ok(())
}

/// How a text came to be UTF-8.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Conversion {
    /// The name of the encoding.
    pub from: &'static str,
    /// Whether the input says so itself; otherwise it was judged by its bytes.
    pub declared: bool,
    /// Whether some bytes stood for no character; U+FFFD stands there.
    pub damaged: bool,
}

/// A reader of UTF-8 over one of anything.
pub(crate) struct Utf8<R> {
    input: Peek<R>,
    state: State,
    /// What was ASCII at the beginning, where declarations stand.
    head: Vec<u8>,
    /// What was declared outside of the text.
    declared: Option<&'static Encoding>,
    conversion: Option<Conversion>,
}

enum State {
    Start,
    Ascii,
    Utf8,
    Converting(Box<Converter>),
    End,
}

struct Converter {
    decoder: Decoder,
    out: Vec<u8>,
    start: usize,
    finished: bool,
}

impl<R: Read> Utf8<R> {
    pub fn new(input: Peek<R>) -> Self {
        Utf8 {
            input,
            state: State::Start,
            head: Vec::new(),
            declared: None,
            conversion: None,
        }
    }

    /// Takes what a server declares, which counts before what the text says.
    pub fn declared(mut self, encoding: Option<&'static Encoding>) -> Self {
        self.declared = encoding;
        self
    }

    /// What was converted so far, if anything had to be.
    pub fn conversion(&self) -> Option<Conversion> {
        self.conversion
    }

    fn convert(&mut self, from: &'static Encoding, declared: bool) {
        self.conversion = Some(Conversion {
            from: name(from),
            declared,
            damaged: false,
        });
        self.state = State::Converting(Box::new(Converter {
            decoder: from.new_decoder_with_bom_removal(),
            out: Vec::new(),
            start: 0,
            finished: false,
        }));
    }

    /// Looks at the first bytes.
    fn start(&mut self) -> io::Result<()> {
        let head = self.input.peek(4)?;
        if head.starts_with(&[0xff, 0xfe, 0, 0]) || head.starts_with(&[0, 0, 0xfe, 0xff]) {
            return Err(io::Error::other("is UTF-32; convert it to UTF-8"));
        }
        match Encoding::for_bom(head) {
            Some((from, _)) if from != UTF_8 => self.convert(from, true),
            _ => match wide(head) {
                Some(from) => self.convert(from, false),
                None => self.state = State::Ascii,
            },
        }
        Ok(())
    }

    /// At the first byte that is not ASCII: is it UTF-8?
    fn choose(&mut self) -> io::Result<()> {
        self.state = State::Utf8;
        // A whole first character is enough, and all there may be for now.
        if begins_with_character(self.input.peek(4)?) {
            return Ok(());
        }
        let window = self.input.peek(WINDOW)?;
        if mostly_utf8(window) {
            return Ok(());
        }
        let says = self.declared.or_else(|| declared(&self.head));
        let says = says.filter(|e| e.is_single_byte());
        match (arabic_bytes(window), says) {
            // Bytes that read like Arabic in one table are that, whatever is declared.
            (Some(from), says) => self.convert(from, says == Some(from)),
            (None, Some(says)) => self.convert(says, true),
            (None, None) => {}
        }
        Ok(())
    }

    fn read_ascii(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let next = self.input.peek(1)?;
        let count = next.iter().take_while(|b| b.is_ascii()).count();
        let count = count.min(out.len());
        out[..count].copy_from_slice(&next[..count]);
        let room = HEAD.saturating_sub(self.head.len()).min(count);
        self.head.extend_from_slice(&out[..room]);
        if count == 0 {
            if next.is_empty() {
                self.state = State::End;
            } else {
                self.choose()?;
            }
        }
        self.input.consume(count);
        Ok(count)
    }

    fn read_converted(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let State::Converting(converter) = &mut self.state else {
            return Ok(0);
        };
        if converter.start == converter.out.len() {
            if converter.finished {
                self.state = State::End;
                return Ok(0);
            }
            let next = self.input.peek(1)?;
            let last = next.is_empty();
            let room = converter.decoder.max_utf8_buffer_length(next.len());
            converter.out.resize(room.unwrap_or(next.len() * 3 + 16), 0);
            let (state, read, written, damaged) =
                converter
                    .decoder
                    .decode_to_utf8(next, &mut converter.out, last);
            converter.finished = last && state == CoderResult::InputEmpty;
            converter.out.truncate(written);
            converter.start = 0;
            if let Some(conversion) = &mut self.conversion {
                conversion.damaged |= damaged;
            }
            self.input.consume(read);
        }
        let left = &converter.out[converter.start..];
        let count = left.len().min(out.len());
        out[..count].copy_from_slice(&left[..count]);
        converter.start += count;
        Ok(count)
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            let count = match self.state {
                State::Start => {
                    self.start()?;
                    continue;
                }
                State::Ascii => self.read_ascii(out)?,
                State::Converting(_) => self.read_converted(out)?,
                State::Utf8 => return self.input.read(out),
                State::End => return Ok(0),
            };
            if count > 0 {
                return Ok(count);
            }
        }
    }
}

/// The text of bytes, whatever they are encoded in, without a byte order mark.
/// `charset` is what is declared outside of them, `windows-1256`; what they are
/// clearly counts before it. U+FFFD stands for what is no character.
///
/// ```
/// let bytes = [0xed, 0xe6, 0xe3];
/// assert_eq!(rawi_input::decoded(&bytes, Some("windows-1256")), "يوم");
/// ```
pub fn decoded(bytes: &[u8], charset: Option<&str>) -> String {
    let declared = charset.and_then(|c| Encoding::for_label(c.as_bytes()));
    let mut input = Peek::new(Utf8::new(Peek::new(bytes)).declared(declared));
    let mut out = Vec::with_capacity(bytes.len());
    // Bytes in memory fail only where they are UTF-32; that is read as far as it goes.
    let _ = pass_mark(&mut input).and_then(|()| input.read_to_end(&mut out));
    String::from_utf8(out).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
}

/// How people call an encoding.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == WINDOWS_1256 {
        "Windows-1256"
    } else {
        encoding.name()
    }
}

/// UTF-16 without a mark: every other byte is that of a block of characters,
/// which is 06 for Arabic and 00 for ASCII.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let head = &head[..head.len().min(WINDOW) & !1];
    let units = head.len() / 2;
    let high = |parity: usize| {
        let bytes = head.iter().skip(parity).step_by(2);
        bytes.filter(|b| matches!(b, 0x00 | 0x06)).count()
    };
    let (big, little) = (high(0), high(1));
    // Neither byte stands in a text of one byte a character but by damage.
    let clear =
        |one: usize, other: usize| units >= 2 && one * 10 >= units * 8 && other * 10 < units;
    if clear(little, big) {
        Some(UTF_16LE)
    } else if clear(big, little) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether the bytes begin with a whole character of UTF-8.
fn begins_with_character(bytes: &[u8]) -> bool {
    match std::str::from_utf8(&bytes[..bytes.len().min(4)]) {
        Ok(text) => !text.is_empty(),
        Err(e) => e.valid_up_to() > 0,
    }
}

/// Whether most of what is not ASCII is whole characters of UTF-8.
fn mostly_utf8(window: &[u8]) -> bool {
    let (mut valid, mut all) = (0usize, 0usize);
    for chunk in window.utf8_chunks() {
        let high = chunk.valid().bytes().filter(|b| !b.is_ascii()).count();
        valid += high;
        all += high + chunk.invalid().len();
    }
    valid * 2 > all
}

/// The encoding that a page or an XML head declares.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.to_ascii_lowercase();
    for key in [&b"charset="[..], b"encoding="] {
        let Some(at) = head.windows(key.len()).position(|w| w == key) else {
            continue;
        };
        let value = head[at + key.len()..].trim_ascii_start();
        let value = value
            .strip_prefix(b"\"")
            .or(value.strip_prefix(b"'"))
            .unwrap_or(value);
        let end = value
            .iter()
            .position(|b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(b))
            .unwrap_or(value.len());
        if let Some(encoding) = Encoding::for_label(&value[..end]) {
            return Some(encoding);
        }
    }
    None
}

/// The letters that Arabic text mostly consists of.
const FREQUENT: &str = "اليمنورتبةعدسفهكقأحجى";

/// The eight-bit encoding in which the bytes read like Arabic.
fn arabic_bytes(window: &[u8]) -> Option<&'static Encoding> {
    let is_high = |b: Option<&u8>| b.is_some_and(|b| !b.is_ascii());
    let (mut high, mut glued, mut lone) = (0usize, 0usize, 0usize);
    for (i, byte) in window.iter().enumerate() {
        if byte.is_ascii() {
            continue;
        }
        high += 1;
        let before = i.checked_sub(1).and_then(|i| window.get(i));
        let beside = [before, window.get(i + 1)];
        let latin = |b: &Option<&u8>| b.is_some_and(u8::is_ascii_alphabetic);
        glued += usize::from(beside.iter().any(latin));
        lone += usize::from(!beside.iter().any(|b| is_high(*b)));
    }
    // Letters of an Arabic word stand beside each other, not in Latin words.
    if high < 4 || glued * 4 > high || lone * 3 > high {
        return None;
    }
    let score = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling(window).0;
        let letters = text.chars().filter(|c| FREQUENT.contains(*c)).count();
        // Short vowels may stand on each letter.
        let vowels = text.chars().filter(|c| ('\u{64b}'..='\u{652}').contains(c));
        let letters = letters + vowels.count().min(letters);
        // The article is what tells one table from the other.
        (letters, letters + 4 * text.matches("ال").count())
    };
    let (windows, iso) = (score(WINDOWS_1256), score(ISO_8859_6));
    let (letters, best) = if windows.1 >= iso.1 {
        (windows.0, WINDOWS_1256)
    } else {
        (iso.0, ISO_8859_6)
    };
    (letters * 10 >= high * 6).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Vec<u8>, Option<&'static str>) {
        let mut reader = Utf8::new(Peek::new(bytes));
        let mut out = Vec::new();
        reader.read_to_end(&mut out).unwrap();
        let from = reader.conversion().map(|c| c.from);
        (out, from)
    }

    const TEXT: &str = "وصل الوفد إلى المدينة، وقال المتحدث إن العمل انتهى.";

    #[test]
    fn every_encoding_gives_the_same_text() {
        let wide = |big: bool, mark: &str| -> Vec<u8> {
            let units = mark.encode_utf16().chain(TEXT.encode_utf16());
            let bytes = |u: u16| {
                if big {
                    u.to_be_bytes()
                } else {
                    u.to_le_bytes()
                }
            };
            units.flat_map(bytes).collect()
        };
        for (bytes, from) in [
            (TEXT.as_bytes().to_vec(), None),
            (
                WINDOWS_1256.encode(TEXT).0.into_owned(),
                Some("Windows-1256"),
            ),
            (ISO_8859_6.encode(TEXT).0.into_owned(), Some("ISO-8859-6")),
            (wide(true, "\u{feff}"), Some("UTF-16BE")),
            (wide(false, "\u{feff}"), Some("UTF-16LE")),
            (wide(true, ""), Some("UTF-16BE")),
            (wide(false, ""), Some("UTF-16LE")),
        ] {
            let (out, found) = read(&bytes);
            assert_eq!(found, from);
            assert_eq!(String::from_utf8(out).unwrap(), TEXT, "{from:?}");
        }
    }

    #[test]
    fn short_vowels_do_not_hide_the_letters() {
        let text = "قَالَ المُدِيرُ إِنَّ العَمَلَ";
        let (out, found) = read(&WINDOWS_1256.encode(text).0);
        assert_eq!(found, Some("Windows-1256"));
        assert_eq!(String::from_utf8(out).unwrap(), text);
    }

    #[test]
    fn what_is_no_such_encoding_passes_as_it_is() {
        for bytes in [
            &b"ab\n\xd9\xff"[..],
            b"caf\xe9 d\xe9j\xe0 vu, \xe9t\xe9",
            b"\xd9\x82\xd8\xa7\xd9\xff\xd9\x84 \xd8\xa7\xd9\x84\xd9\x85",
            b"\xff\xd8\xff\xe0\x12\x80\x90\xaa\xbb\xcc\xdd\xee\xf0\xf5\xfa\x81\x8d",
            b"ab\0c",
            b"",
            b"\xd9",
        ] {
            assert_eq!(read(bytes), (bytes.to_vec(), None), "{bytes:?}");
        }
    }

    #[test]
    fn a_declaration_decides() {
        let page = "<meta charset=\"windows-1256\"><p>مصر</p>";
        let bytes = WINDOWS_1256.encode(page).0;
        assert_eq!(
            read(&bytes),
            (page.as_bytes().to_vec(), Some("Windows-1256"))
        );
        // But UTF-8 is UTF-8, whatever a page says.
        assert_eq!(read(page.as_bytes()), (page.as_bytes().to_vec(), None));
    }
}
