//! A reader that can be looked ahead in, and that counts.

use std::io::{self, BufRead, Read};

/// How much is asked of the reader below at a time, in bytes.
const CHUNK: usize = 32 << 10;

/// A buffered reader with as much lookahead as is asked for. An error of the
/// reader below shows only once everything read before it has been used.
#[derive(Debug)]
pub(crate) struct Peek<R> {
    inner: R,
    buffer: Vec<u8>,
    start: usize,
    ended: bool,
    error: Option<io::Error>,
    offset: u64,
    line: u64,
}

impl<R: Read> Peek<R> {
    pub fn new(inner: R) -> Self {
        Peek {
            inner,
            buffer: Vec::new(),
            start: 0,
            ended: false,
            error: None,
            offset: 0,
            line: 1,
        }
    }

    /// What comes next: at least `count` bytes, unless the input ends before.
    ///
    /// # Errors
    ///
    /// Only if nothing is left that was read before the error.
    pub fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.start < count && !self.ended && self.error.is_none() {
            self.fill();
        }
        if self.start == self.buffer.len()
            && let Some(error) = self.error.take()
        {
            self.ended = true;
            return Err(error);
        }
        Ok(&self.buffer[self.start..])
    }

    fn fill(&mut self) {
        // What is used up makes room before the buffer grows.
        self.buffer.drain(..self.start);
        self.start = 0;
        let held = self.buffer.len();
        self.buffer.resize(held + CHUNK, 0);
        let read = loop {
            match self.inner.read(&mut self.buffer[held..]) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        let count = match read {
            Ok(count) => {
                self.ended = count == 0;
                count
            }
            Err(e) => {
                self.error = Some(e);
                0
            }
        };
        self.buffer.truncate(held + count);
    }

    /// How many bytes were used so far.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The line of the next byte, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// How much memory the lookahead takes, in bytes.
    #[cfg(test)]
    pub fn capacity(&self) -> usize {
        self.buffer.capacity()
    }

    /// The reader below.
    pub fn inner(&self) -> &R {
        &self.inner
    }
}

impl<R: Read> BufRead for Peek<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.peek(1)
    }

    fn consume(&mut self, count: usize) {
        let end = (self.start + count).min(self.buffer.len());
        let used = &self.buffer[self.start..end];
        self.line += used.iter().filter(|b| **b == b'\n').count() as u64;
        self.offset += used.len() as u64;
        self.start = end;
    }
}

impl<R: Read> Read for Peek<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let next = self.peek(1)?;
        let count = next.len().min(out.len());
        out[..count].copy_from_slice(&next[..count]);
        self.consume(count);
        Ok(count)
    }
}
