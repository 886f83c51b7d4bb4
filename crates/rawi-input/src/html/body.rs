//! The text of a page in blocks, and which of them are the article.
//!
//! Every block of text stands in a part of the page, every part in another. How much
//! running text, and how many links, lie in each is summed up from below; then the way
//! leads from the page down to the smallest part that holds the article.

use rawi_time::{Date, DateOrder};

/// A part of the page. A page may have millions, so they are small.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Part {
    pub above: u32,
    /// By its name, role or class it stands around the article.
    pub furniture: bool,
    pub article: bool,
    pub main: bool,
    /// The page itself calls it the body of the article.
    pub proper: bool,
    pub form: bool,
    /// A list's item or a quotation: no whole article.
    pub small: bool,
    /// A cell of a table.
    pub cell: bool,
    /// Something else ended it, not its own end.
    pub left_open: bool,
    pub headline: bool,
    /// A heading in it is nothing but a link.
    pub leads: bool,
    /// Running text in it, and text of links, in bytes.
    pub good: u32,
    pub links: u32,
    pub dropped: bool,
}

/// A line of the page.
#[derive(Clone, Copy, Default, Debug)]
struct Block {
    /// Where it stands in the text of all, in bytes: a page has no more than
    /// four thousand millions.
    start: u32,
    end: u32,
    part: u32,
    /// How much of the text is links and times, in bytes.
    links: u32,
    paragraph: bool,
    heading: bool,
}

impl Block {
    fn len(&self) -> u32 {
        self.end - self.start
    }

    /// Whether it leads elsewhere, or tells when it was written, and says little else.
    fn is_link(&self) -> bool {
        u64::from(self.links) * 10 >= u64::from(self.len()) * 7
    }
}

/// The text of a page.
#[derive(Debug)]
pub(super) struct Body {
    /// The text of all blocks.
    text: String,
    blocks: Vec<Block>,
    open: Block,
    parts: Vec<Part>,
    /// Before which block the headline stands.
    headline: Option<usize>,
}

/// What the article is made of.
#[derive(Default, Debug)]
pub(super) struct Article {
    /// Its paragraphs, a line each, without the headline on top.
    pub text: String,
    /// The headline, where the page shows it and names it only with the outlet's.
    pub title: Option<String>,
    /// A date that stands alone between headline and text.
    pub date: Option<String>,
}

/// How long a line of running text is, in bytes: some five words.
const RUNNING: u32 = 60;

/// How long the text of a place must be to be the article, in bytes: some four
/// lines.
const ENOUGH: u32 = 400;

/// How long a teaser is at most, in bytes.
const TEASER: u32 = 600;

impl Body {
    pub fn new() -> Self {
        Body {
            text: String::new(),
            blocks: Vec::new(),
            open: Block::default(),
            parts: vec![Part::default()],
            headline: None,
        }
    }

    /// Begins a part in another, or in the page.
    pub fn open(&mut self, above: Option<u32>, part: Part) -> u32 {
        self.parts.push(Part {
            above: above.unwrap_or(0),
            ..part
        });
        u32::try_from(self.parts.len() - 1).unwrap_or(0)
    }

    /// Takes that a part did not end by itself.
    pub fn left_open(&mut self, part: u32) {
        self.parts[part as usize].left_open = true;
    }

    /// Takes that the headline stands here.
    pub fn headline(&mut self, part: u32) {
        self.headline.get_or_insert(self.blocks.len());
        self.parts[part as usize].headline = true;
    }

    /// Whether a part lies in an `article` or `main`.
    pub fn is_inside(&self, part: u32) -> bool {
        let mut part = part as usize;
        loop {
            let here = &self.parts[part];
            if here.article || here.main {
                return true;
            }
            if part == 0 {
                return false;
            }
            part = here.above as usize;
        }
    }

    pub fn end_block(&mut self) {
        let start = self.open.start as usize;
        let end = start + self.text[start..].trim_end().len();
        self.text.truncate(end);
        let next = u32::try_from(end).unwrap_or(u32::MAX);
        if end > start {
            self.open.end = next;
            let block = self.open;
            if block.heading && block.is_link() {
                self.parts[block.part as usize].leads = true;
            }
            self.blocks.push(block);
        }
        self.open = Block {
            start: next,
            ..Block::default()
        };
    }

    pub fn add(&mut self, text: &str, part: u32, beside: bool, paragraph: bool, heading: bool) {
        let start = self.open.start as usize;
        let before = self.text.len();
        squeeze(text, &mut self.text, start);
        if before == start && self.text.len() > start {
            self.open.part = part;
            self.open.paragraph = paragraph;
            self.open.heading = heading;
        }
        if beside {
            self.open.links += u32::try_from(self.text.len() - before).unwrap_or(u32::MAX);
        }
    }

    fn of(&self, block: &Block) -> &str {
        &self.text[block.start as usize..block.end as usize]
    }

    /// Whether a block is running text: long, or a sentence with its end.
    fn is_good(&self, block: &Block) -> bool {
        if block.is_link() || block.heading {
            return false;
        }
        let ends = self
            .of(block)
            .ends_with(['.', '؟', '!', ':', '»', '"', '…', '۔']);
        let least = match (block.paragraph, ends) {
            (true, true) => RUNNING / 3,
            (true, false) | (false, true) => RUNNING,
            (false, false) => RUNNING * 3,
        };
        block.len() >= least
    }

    /// The article. `title` is what the page says of it, `window` the title of the
    /// window, which often has the outlet's name beside the headline.
    pub fn article(mut self, title: Option<&str>, window: &str) -> Article {
        self.weigh();
        self.drop_furniture();
        let mut at = self.begin();
        while let Some(below) = self.below(at) {
            at = below;
        }
        self.gather(at, title, window)
    }

    /// Sums up what lies in each part.
    fn weigh(&mut self) {
        for part in &mut self.parts {
            (part.good, part.links) = (0, 0);
        }
        for i in 0..self.blocks.len() {
            let block = self.blocks[i];
            let good = if self.is_good(&block) { block.len() } else { 0 };
            let part = &mut self.parts[block.part as usize];
            if !part.dropped {
                part.good = part.good.saturating_add(good);
                part.links = part.links.saturating_add(block.links);
            }
        }
        // A part comes behind the one it lies in.
        for i in (1..self.parts.len()).rev() {
            let Part {
                above,
                good,
                links,
                headline,
                ..
            } = self.parts[i];
            let above = &mut self.parts[above as usize];
            above.good = above.good.saturating_add(good);
            above.links = above.links.saturating_add(links);
            above.headline |= headline;
        }
    }

    /// Drops what stands around the article. Furniture that was never ended may hold the
    /// article, and a class may be called after what it is not: then better with than
    /// without.
    fn drop_furniture(&mut self) {
        let all = self.parts[0].good;
        let teaser = |part: &Part| part.leads && (part.article || part.small || part.good < TEASER);
        let form = |part: &Part| part.form && part.good < all / 2;
        let drop: [&dyn Fn(&Part) -> bool; 3] = [
            &|p| p.furniture || teaser(p) || form(p),
            &|p| p.furniture && !p.left_open || teaser(p) || form(p),
            &|_| false,
        ];
        for (i, drop) in drop.iter().enumerate() {
            for i in 1..self.parts.len() {
                let part = self.parts[i];
                let above = self.parts[part.above as usize].dropped;
                // Whatever was left open before it, this is what the page is about.
                self.parts[i].dropped = !part.main && (above || drop(&part));
            }
            self.weigh();
            let left = self.parts[0].good;
            let enough = match i {
                // Little against much that was left open.
                0 => left >= RUNNING && (left >= all / 4 || !self.is_left_open()),
                _ => left >= RUNNING,
            };
            if enough {
                return;
            }
        }
    }

    /// Whether furniture was left open with text in it.
    fn is_left_open(&self) -> bool {
        let texts = self.blocks.iter().filter(|b| self.is_good(b));
        let mut parts = texts.map(|b| &self.parts[b.part as usize]);
        parts.any(|p| p.dropped && (p.left_open || self.parts[p.above as usize].left_open))
    }

    /// Where the way down begins: at what the page itself calls its article.
    fn begin(&self) -> usize {
        let all = self.parts[0].good;
        let enough = |part: &Part| part.good >= ENOUGH || (part.good > 0 && part.good >= all / 2);
        let the_one = |wanted: &dyn Fn(&Part) -> bool| {
            let outer = |i: &usize| {
                let part = &self.parts[*i];
                wanted(part) && !part.dropped && !wanted(&self.parts[part.above as usize])
            };
            let found: Vec<usize> = (1..self.parts.len()).filter(outer).collect();
            let sum: u32 = found.iter().map(|i| self.parts[*i].good).sum();
            let best = found
                .iter()
                .copied()
                .rev()
                .max_by_key(|i| self.parts[*i].good)?;
            let headed = found.iter().copied().find(|i| self.parts[*i].headline);
            let best = headed.filter(|i| self.parts[*i].good > 0).unwrap_or(best);
            // Several that share the text are parts of one article.
            let part = &self.parts[best];
            let clear = headed == Some(best) || part.good > sum - sum / 3;
            (enough(part) && clear).then_some(best)
        };
        let proper = the_one(&|p| p.proper);
        let article = || the_one(&|p| p.article);
        let main = || the_one(&|p| p.main);
        proper.or_else(article).or_else(main).unwrap_or(0)
    }

    /// The part below that holds nearly all of the text, if there is one.
    fn below(&self, at: usize) -> Option<usize> {
        let here = &self.parts[at];
        if here.proper {
            return None;
        }
        let inside = self.parts.iter().enumerate().skip(at + 1);
        // What lies in it stands behind it, up to the next beside it.
        let mut best = None;
        for (i, part) in inside {
            if (part.above as usize) < at {
                break;
            }
            if part.above as usize == at && !part.dropped && best.is_none_or(|(g, _)| part.good > g)
            {
                best = Some((part.good, i));
            }
        }
        let (good, best) = best?;
        let links = here.links - self.parts[best].links;
        let rest = here.good - good;
        let nearly_all = good >= here.good - here.good / 10;
        let beside_links = good >= here.good / 10 * 7 && links > rest / 4;
        (!self.parts[best].small && good > 0 && (nearly_all || beside_links)).then_some(best)
    }

    /// Whether a block is one of a list or a table in the article.
    fn is_listed(&self, block: &Block, at: usize) -> bool {
        let part = &self.parts[block.part as usize];
        part.small || part.cell && block.part as usize != at
    }

    /// Whether a part lies in another.
    fn lies_in(&self, part: u32, whole: usize) -> bool {
        let mut part = part as usize;
        // A part comes behind the one it lies in.
        while part > whole {
            part = self.parts[part].above as usize;
        }
        part == whole
    }

    fn gather(&self, at: usize, title: Option<&str>, window: &str) -> Article {
        let mut article = Article::default();
        let shown = |b: &&Block| !self.parts[b.part as usize].dropped;
        // A link that is never closed takes in the whole page.
        let links = self.blocks.iter().filter(shown).all(Block::is_link);
        let is_kept = |b: &Block| shown(&b) && (links || !b.is_link());
        let inside = |b: &Block| is_kept(b) && self.lies_in(b.part, at);
        let is_title = |text: &str| title == Some(text) || is_end_of(text, window);
        let headline = self.blocks.iter().position(|b| is_title(self.of(b)));
        let first = self
            .blocks
            .iter()
            .position(|b| inside(b) && self.is_good(b));
        let first = first.or_else(|| self.blocks.iter().position(inside));
        let Some(first) = first else {
            return article;
        };
        let top = match (self.headline, headline.filter(|i| *i <= first)) {
            (Some(heading), _) if heading <= first => heading,
            (_, Some(shown)) => shown,
            _ => first,
        };
        let last = self
            .blocks
            .iter()
            .rposition(|b| inside(b) && self.is_good(b));
        for (i, block) in self.blocks.iter().enumerate().skip(top) {
            let text = self.of(block);
            if is_kept(block) && i < first && article.date.is_none() && is_date(text) {
                article.date = Some(text.to_owned());
                continue;
            }
            // A lead may stand between the headline and the part with the rest.
            let lead = i < first && is_kept(block) && self.is_good(block);
            if !inside(block) && !lead {
                continue;
            }
            if i <= first && is_title(text) {
                if title != Some(text) {
                    article.title.get_or_insert_with(|| text.to_owned());
                }
                continue;
            }
            let around = i < first || last.is_some_and(|last| i > last);
            let proper = self.parts[at].proper;
            if around
                && !(block.paragraph || block.heading || proper || self.is_good(block))
                && !self.is_listed(block, at)
                && last.is_some()
            {
                continue;
            }
            if !article.text.is_empty() {
                article.text.push('\n');
            }
            article.text.push_str(text);
        }
        article
    }
}

/// Whether a line is the headline in the title of the window, set off from the name of
/// the outlet.
fn is_end_of(text: &str, window: &str) -> bool {
    let mark = |c: char| "|-–—:»«·•".contains(c);
    let set_off = |rest: &str, edge: Option<char>| {
        edge.is_some_and(char::is_whitespace) && rest.trim().chars().any(mark)
    };
    if text.len() < RUNNING as usize / 4 || text.len() == window.len() {
        return false;
    }
    let behind = window.strip_prefix(text);
    let before = window.strip_suffix(text);
    behind.is_some_and(|rest| set_off(rest, rest.chars().next()) && rest.trim().starts_with(mark))
        || before.is_some_and(|rest| {
            set_off(rest, rest.chars().next_back()) && rest.trim().ends_with(mark)
        })
}

/// Whether a line is a date and nothing else.
fn is_date(text: &str) -> bool {
    text.len() <= 120 && matches!(Date::read(text), Ok((_, DateOrder::Certain)))
}

/// Appends a text with its runs of white space as single spaces, as a browser
/// shows them, and with none at `start`, where the line begins.
pub(super) fn squeeze(text: &str, out: &mut String, start: usize) {
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut at = 0;
    // Nothing that is left out begins with another byte than these.
    while at < bytes.len() {
        let plain = !matches!(bytes[at], 0..=b' ' | 0x7f | 0xc2 | 0xe1..=0xe3);
        if plain {
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        let next = at + c.len_utf8();
        // A soft hyphen only shows where a line breaks at it.
        if matches!(c, '\u{ad}' | '\0') || c.is_whitespace() {
            out.push_str(&text[from..at]);
            from = next;
            if c.is_whitespace() && out.len() > start && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        at = next;
    }
    out.push_str(&text[from..]);
}
