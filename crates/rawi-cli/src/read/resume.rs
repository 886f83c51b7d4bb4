//! What an interrupted run left of its output, for the run that goes on from it.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use rawi::Article;
use serde::{Deserialize, Serialize};

/// What a run is, as the next one finds it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Run {
    /// Its process.
    pub pid: u32,
    /// Which program wrote the readings.
    pub engine: String,
    /// The options that decide what stands in a reading, as they are written on
    /// the command line.
    pub options: Vec<String>,
}

impl Run {
    /// Why readings of the run before cannot stand beside those of this one.
    pub fn differs(&self, before: &Run) -> Option<String> {
        if self.engine != before.engine {
            let (old, new) = (&before.engine, &self.engine);
            return Some(format!("it was made by {old}, this is {new}"));
        }
        let shown = |options: &[String]| match options {
            [] => "no such options".to_owned(),
            some => some.join(" "),
        };
        (self.options != before.options).then(|| {
            let (old, new) = (shown(&before.options), shown(&self.options));
            format!("it was made with {old}, this run has {new}")
        })
    }
}

/// A reading that need not be made again.
#[derive(Deserialize)]
struct Made {
    id: String,
    text_sha256: String,
}

/// Readings that an interrupted run left, in their order.
#[derive(Default)]
pub struct Left {
    made: VecDeque<Made>,
    /// How far the whole ones reach, in bytes.
    pub bytes: u64,
}

impl Left {
    /// Finds the whole readings at the beginning of what was left and hands their
    /// lines to `each`. A line that is torn, or is none of ours, ends them.
    pub fn read(
        mut lines: impl BufRead,
        mut each: impl FnMut(&[u8]) -> io::Result<()>,
    ) -> io::Result<Self> {
        let mut left = Self::default();
        let mut line = Vec::new();
        loop {
            line.clear();
            // Compressed output breaks off in the middle of a block.
            if lines.read_until(b'\n', &mut line).is_err() || !line.ends_with(b"\n") {
                return Ok(left);
            }
            let Ok(made) = serde_json::from_slice(&line) else {
                return Ok(left);
            };
            each(&line)?;
            left.made.push_back(made);
            left.bytes += line.len() as u64;
        }
    }

    /// How many readings were left.
    pub fn len(&self) -> usize {
        self.made.len()
    }

    /// Whether the next reading is that of an article, which then need not be
    /// read. An article in between that has none failed, and fails again.
    pub fn has(&mut self, article: &Article) -> bool {
        let same = self.made.front().is_some_and(|made| {
            made.id == article.id && made.text_sha256 == rawi::text_sha256(&article.text)
        });
        if same {
            self.made.pop_front();
        }
        same
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn torn_lines_are_not_kept() {
        let whole = "{\"id\":\"a\",\"text_sha256\":\"0\",\"statements\":[]}\n";
        for torn in [
            "",
            "{\"id\":\"b\",\"te",
            "{\"id\":\"b\",\"text_sha256\":\"0\"}",
            "}\n",
        ] {
            let bytes = format!("{whole}{torn}");
            let left = Left::read(bytes.as_bytes(), |_| Ok(())).unwrap();
            assert_eq!((left.len(), left.bytes), (1, whole.len() as u64), "{torn}");
        }
    }

    #[test]
    fn only_the_same_article_is_passed_over() {
        let article = Article::new("a", "نص");
        let line = format!(
            "{{\"id\":\"a\",\"text_sha256\":\"{}\"}}\n",
            rawi::text_sha256(&article.text)
        );
        let mut left = Left::read(line.repeat(2).as_bytes(), |_| Ok(())).unwrap();
        assert!(!left.has(&Article::new("b", "نص")));
        assert!(!left.has(&Article::new("a", "نص آخر")));
        assert!(left.has(&article) && left.has(&article) && !left.has(&article));
    }
}
