//! The text of a page in blocks, and which of them are the article.

use std::fmt::Write as _;

/// Where in the page a text stands.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub article: bool,
    pub main: bool,
    /// In what the page itself calls the body of the article.
    pub proper: bool,
}

/// A line of the page. A page may have millions, so they are small.
#[derive(Clone, Copy, Default, Debug)]
struct Block {
    /// Where it stands in the text of all, in bytes: a page has no more than
    /// four thousand millions.
    start: u32,
    end: u32,
    place: Place,
    /// Which `article` element of the page, from 1.
    article: u32,
    /// How much of the text is links, in bytes.
    links: u32,
}

impl Block {
    fn len(&self) -> usize {
        (self.end - self.start) as usize
    }
}

/// The text of a page.
#[derive(Default, Debug)]
pub(super) struct Body {
    /// The text of all blocks.
    text: String,
    blocks: Vec<Block>,
    open: Block,
    articles: u32,
    hidden: usize,
}

/// How long the text of a place must be to be the article, in bytes: some four
/// lines.
const ENOUGH: usize = 400;

impl Body {
    pub fn next_article(&mut self) {
        self.end_block();
        self.articles += 1;
    }

    pub fn end_block(&mut self) {
        let start = self.open.start as usize;
        let end = start + self.text[start..].trim_end().len();
        self.text.truncate(end);
        let next = u32::try_from(end).unwrap_or(u32::MAX);
        if end > start {
            self.open.end = next;
            self.blocks.push(self.open);
        }
        self.open = Block {
            start: next,
            ..Block::default()
        };
    }

    pub fn add(&mut self, text: &str, place: Place, link: bool) {
        let start = self.open.start as usize;
        let before = self.text.len();
        squeeze(text, &mut self.text, start);
        if before == start && self.text.len() > start {
            self.open.place = place;
            self.open.article = self.articles;
        }
        if link {
            self.open.links += u32::try_from(self.text.len() - before).unwrap_or(u32::MAX);
        }
    }

    fn of(&self, block: &Block) -> &str {
        &self.text[block.start as usize..block.end as usize]
    }

    /// Counts what is left out as furniture.
    pub fn hide(&mut self, text: &str) {
        self.hidden += text.trim().len();
    }

    /// How much was left out as furniture, in bytes.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// The article's paragraphs, a line each, without the headline on top.
    pub fn text(&self, title: Option<&str>) -> String {
        let length = |kept: &dyn Fn(&Block) -> bool| -> usize {
            let kept = self.blocks.iter().filter(|b| kept(b) && !is_link(b));
            kept.map(Block::len).sum()
        };
        let mut by_article = vec![0usize; self.articles as usize + 1];
        for block in self
            .blocks
            .iter()
            .filter(|b| b.place.article && !is_link(b))
        {
            by_article[block.article as usize] += block.len();
        }
        // The first of the longest.
        let longest = (0..by_article.len())
            .rev()
            .max_by_key(|i| by_article[*i])
            .unwrap_or(0);
        let all = length(&|_| true);
        let enough = |length: usize| length >= ENOUGH || (length > 0 && length * 2 >= all);
        let kept: Box<dyn Fn(&Block) -> bool> = if enough(length(&|b| b.place.proper)) {
            Box::new(|b| b.place.proper)
        } else if enough(by_article[longest]) {
            Box::new(move |b| b.place.article && b.article as usize == longest)
        } else if enough(length(&|b| b.place.main)) {
            Box::new(|b| b.place.main)
        } else {
            Box::new(|_| true)
        };
        let with_links = all == 0;
        let mut out = String::new();
        for block in &self.blocks {
            let headline = out.is_empty() && title == Some(self.of(block));
            if kept(block) && !headline && (with_links || !is_link(block)) {
                let separator = if out.is_empty() { "" } else { "\n" };
                // Writing into a string does not fail.
                let _ = write!(out, "{separator}{}", self.of(block));
            }
        }
        out
    }
}

/// Whether a block leads elsewhere and says little else.
fn is_link(block: &Block) -> bool {
    block.links as usize * 10 >= block.len() * 7
}

/// Appends a text with its runs of white space as single spaces, as a browser
/// shows them, and with none at `start`, where the line begins.
pub(super) fn squeeze(text: &str, out: &mut String, start: usize) {
    for c in text.chars() {
        match c {
            // A soft hyphen only shows where a line breaks at it.
            '\u{ad}' | '\0' => {}
            c if c.is_whitespace() => {
                if out.len() > start && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
}
