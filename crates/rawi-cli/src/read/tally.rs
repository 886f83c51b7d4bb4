//! What a run counts, and how it says so: the bar on the way, a line at the end.

use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is counted on the way.
pub struct Tally {
    begun: Instant,
    /// Readings that an interrupted run had made.
    pub kept: usize,
    /// Files of readings that one had made.
    pub kept_files: usize,
    pub done: usize,
    pub failed: usize,
    pub statements: usize,
    pub events: usize,
}

impl Tally {
    /// Begins to count, and to take the time.
    pub fn begin() -> Self {
        Self {
            begun: Instant::now(),
            kept: 0,
            kept_files: 0,
            done: 0,
            failed: 0,
            statements: 0,
            events: 0,
        }
    }

    /// Articles a second.
    pub fn rate(&self) -> String {
        let seconds = self.begun.elapsed().as_secs_f64().max(0.001);
        grouped((self.done as f64 / seconds).round() as usize)
    }

    /// `1,200 articles, 9,876 statements, 765 events in 1.3 s (923 articles/s)`.
    pub fn summary(&self) -> String {
        let mut said = format!(
            "{}, {}, {} in {:.1} s ({} articles/s)",
            counted(self.done, "article"),
            counted(self.statements, "statement"),
            counted(self.events, "event"),
            self.begun.elapsed().as_secs_f64(),
            self.rate(),
        );
        for (kept, noun) in [(self.kept, "reading"), (self.kept_files, "file")] {
            if kept > 0 {
                said += &format!("; {} kept of the run before", counted(kept, noun));
            }
        }
        if self.failed > 0 {
            let all = self.kept + self.done + self.failed;
            said += &format!("; {} of {} failed", self.failed, counted(all, "record"));
        }
        said
    }
}

/// `1 article`, `2,000 articles`.
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number))
}

/// A number with a comma before each three digits.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A bar with share and time left where the size of the inputs is known.
pub fn bar(total: Option<u64>) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
    let template = if total.is_some() {
        "{percent:>3}% {wide_bar} {msg}  {eta} left"
    } else {
        "{spinner} {msg}  {bytes} ({bytes_per_sec})  {elapsed}"
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let table = [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (93_150, "93,150"),
            (1_234_567, "1,234,567"),
        ];
        for (number, text) in table {
            assert_eq!(grouped(number), text);
        }
        assert_eq!(counted(1, "article"), "1 article");
    }
}
