//! How everything that is no markup of ours gets into a page.

use std::fmt;

use askama::filters::Escaper;
use rawi_text::safe::write_html;

/// Texts are nobody's markup, and what turns lines around is named by its code. Templates
/// escape by this whatever isn't said to be safe.
#[derive(Clone, Copy, Debug)]
pub struct Untrusted;

impl Escaper for Untrusted {
    fn write_escaped_str<W: fmt::Write>(&self, mut dest: W, string: &str) -> fmt::Result {
        write_html(string, &mut dest)
    }
}
