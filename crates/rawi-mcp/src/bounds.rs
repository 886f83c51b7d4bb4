//! How much may be asked and answered at once.

use std::time::Duration;

/// The longest message that is read, in bytes: [`TEXT`] with every letter written as an
/// escape, and room around it.
pub const LINE: usize = 4 << 20;

/// The longest text that is read, or whose quotations are checked, in characters.
pub const TEXT: usize = 200_000;

/// Requests that may wait for their turn.
pub const WAITING: usize = 64;

/// How long one request may take.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The most characters of a quotation in a list.
pub const QUOTE: usize = 500;

/// The most characters of a quotation that stands alone, and of a resource.
pub const WHOLE: usize = 20_000;

/// Characters around a statement, on either side.
pub const AROUND: usize = 300;

/// The most characters of a name, a title or an address.
pub const NAME: usize = 300;

/// The most differences of one wording that are told.
pub const DIFFERENCES: usize = 20;

/// Items of a list: how many without a wish, and at most.
pub const LIST: (usize, usize) = (10, 30);

/// Statements or events of a text that is read.
pub const READ: usize = 100;

/// Quotations of a text that are checked.
pub const CHECKED: usize = 30;

/// The number of items that was wished for, within bounds.
pub fn list(wished: Option<usize>) -> usize {
    wished.unwrap_or(LIST.0).clamp(1, LIST.1)
}

/// The beginning of a text, with an ellipsis if it is longer than some characters, and
/// whether it is.
pub fn cut(text: &str, most: usize) -> (String, bool) {
    match text.char_indices().nth(most) {
        None => (text.to_owned(), false),
        Some((end, _)) => {
            let part = &text[..end];
            let blank = part.rfind(char::is_whitespace).filter(|at| at * 2 > end);
            let part = &part[..blank.unwrap_or(end)];
            (format!("{}…", part.trim_end()), true)
        }
    }
}

/// A name, title or address, not too long.
pub fn name(text: &str) -> String {
    cut(text, NAME).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_end_behind_a_word() {
        assert_eq!(cut("سالم البدري", 11), ("سالم البدري".to_owned(), false));
        assert_eq!(
            cut("سالم البدري وزير", 13),
            ("سالم البدري…".to_owned(), true)
        );
        assert_eq!(cut("ءءءءءء", 3), ("ءءء…".to_owned(), true));
        assert_eq!(list(None), 10);
        assert_eq!(list(Some(0)), 1);
        assert_eq!(list(Some(1000)), 30);
    }
}
