//! One walk over the tags of a page.

use std::convert::Infallible;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::body::{Body, Part};
use super::element::{Kind, is_furniture_class, is_furniture_role, kind};
use super::meta::Meta;

/// The longest value of an attribute that is kept, in bytes.
const LONGEST_VALUE: usize = 4096;

/// How many elements that hold others are followed to their ends. In those that are
/// nested deeper nothing is told apart, so that no page takes more memory for it.
const DEEPEST: usize = 256;

/// The attributes that are of use.
const ATTRIBUTES: [&str; 15] = [
    "class",
    "id",
    "content",
    "property",
    "name",
    "style",
    "itemprop",
    "href",
    "rel",
    "role",
    "type",
    "datetime",
    "hidden",
    "aria-hidden",
    "lang",
];

/// A tag as far as it has been read.
#[derive(Default, Debug)]
struct Tag {
    name: Vec<u8>,
    /// Values by number in [`ATTRIBUTES`]; their room is used again.
    values: [String; ATTRIBUTES.len()],
    has: [bool; ATTRIBUTES.len()],
    current: Option<usize>,
}

impl Tag {
    fn begin(&mut self, name: &[u8]) {
        lower(name, &mut self.name);
        self.has = Default::default();
        self.current = None;
    }

    fn attribute(&mut self, name: &[u8]) {
        let at = ATTRIBUTES.iter().position(|a| a.as_bytes() == name);
        // Of two attributes of one name the first counts.
        self.current = at.filter(|at| !self.has[*at]);
        if let Some(at) = self.current {
            self.has[at] = true;
            self.values[at].clear();
        }
    }

    fn value(&mut self, value: &[u8]) {
        if let Some(at) = self.current
            && self.values[at].len() + value.len() <= LONGEST_VALUE
        {
            self.values[at].push_str(&String::from_utf8_lossy(value));
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        let at = ATTRIBUTES.iter().position(|a| *a == name)?;
        self.has[at].then(|| self.values[at].trim())
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.get(name)
            .is_some_and(|v| v.eq_ignore_ascii_case(value))
    }
}

/// An element that is open.
#[derive(Debug)]
struct Open {
    name: Vec<u8>,
    part: u32,
    never: bool,
    /// How many of its name are open in it, it included, where they are not followed
    /// one by one.
    depth: u32,
}

/// The state of the walk.
#[derive(Debug)]
pub(super) struct Scan {
    body: Body,
    meta: Meta,
    tag: Tag,
    end: Vec<u8>,
    open: Vec<Open>,
    /// How many more are open than are followed.
    deeper: usize,
    link: bool,
    /// Whether a `time` is open.
    time: bool,
    paragraph: bool,
    heading: bool,
    /// Whether an `h1` is open.
    headline: bool,
    title: bool,
    /// A script that holds what the page says of itself.
    data: bool,
}

impl Scan {
    pub fn new() -> Self {
        Scan {
            body: Body::new(),
            meta: Meta::default(),
            tag: Tag::default(),
            end: Vec::new(),
            open: Vec::new(),
            deeper: 0,
            link: false,
            time: false,
            paragraph: false,
            heading: false,
            headline: false,
            title: false,
            data: false,
        }
    }

    pub fn read(&mut self, html: &str) {
        let mut emitter = CallbackEmitter::new(Walk(self));
        emitter.naively_switch_states(true);
        let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    }

    pub fn finish(mut self) -> (Body, Meta) {
        self.body.end_block();
        for open in &self.open {
            self.body.left_open(open.part);
        }
        (self.body, self.meta)
    }

    fn start(&mut self) {
        let tag = std::mem::take(&mut self.tag);
        self.started(&tag);
        self.tag = tag;
    }

    fn started(&mut self, tag: &Tag) {
        let name = tag.name.as_slice();
        self.meta.tag(name, |attribute| tag.get(attribute));
        let kind = kind(name);
        if !matches!(kind, Kind::Inline | Kind::Never) && (kind != Kind::Void || name == b"br") {
            self.body.end_block();
        }
        if kind == Kind::Void {
            return;
        }
        match name {
            b"a" => self.link = true,
            b"time" => self.time = true,
            b"p" => self.paragraph = true,
            b"h1" => self.headline = true,
            b"title" => self.title = true,
            b"script" => self.data = tag.is("type", "application/ld+json"),
            _ => {}
        }
        self.heading |= kind == Kind::Heading;
        self.end_implied(name);
        let above = self.open.last_mut();
        if let Some(above) = above
            && above.name == name
            && (kind != Kind::Part || above.never)
        {
            above.depth = above.depth.saturating_add(1);
            return;
        }
        let above = self.open.last();
        if above.is_some_and(|open| open.never) {
            return;
        }
        let never = kind == Kind::Never || is_hidden(tag);
        let furniture = !never && (kind == Kind::Furniture || is_furniture(tag));
        if !(never || furniture || kind == Kind::Part) {
            return;
        }
        // Whatever hides what is in it is followed however deep it is.
        if self.open.len() >= DEEPEST && !never {
            self.deeper += usize::from(is_followed(kind));
            return;
        }
        let part = self.body.open(
            above.map(|open| open.part),
            Part {
                furniture,
                article: name == b"article",
                main: name == b"main" || tag.is("role", "main"),
                proper: tag.is("itemprop", "articleBody"),
                form: name == b"form",
                small: matches!(name, b"li" | b"blockquote"),
                cell: matches!(name, b"td" | b"th" | b"dd"),
                ..Part::default()
            },
        );
        self.open.push(Open {
            name: name.to_vec(),
            part,
            never,
            depth: 1,
        });
    }

    /// Ends what the beginning of an element ends: an item ends where the next begins.
    fn end_implied(&mut self, name: &[u8]) {
        let ends = |open: &Open| match name {
            b"li" => open.name == b"li",
            b"dd" | b"dt" => open.name == b"dd",
            b"td" | b"th" => matches!(open.name.as_slice(), b"td" | b"th"),
            b"tr" => matches!(open.name.as_slice(), b"td" | b"th" | b"tr"),
            // A paragraph that is furniture.
            b"p" | b"div" => open.name == b"p",
            _ => false,
        };
        while self.open.last().is_some_and(ends) {
            self.open.pop();
        }
    }

    /// Ends the innermost open element of a name, with all that is open in it. An
    /// element in a line ends nothing that lies in another part of the page.
    fn close(&mut self, name: &[u8], kind: Kind) {
        if self.deeper > 0 && is_followed(kind) && !self.open.last().is_some_and(|o| o.never) {
            self.deeper -= 1;
            return;
        }
        let parts = is_followed(kind);
        let mut at = self.open.len();
        loop {
            let Some(below) = at.checked_sub(1) else {
                return;
            };
            let open = &self.open[below];
            if open.name == name {
                at = below;
                break;
            }
            if !parts && is_followed(super::element::kind(&open.name)) {
                return;
            }
            at = below;
        }
        let innermost = at + 1 == self.open.len();
        let open = &mut self.open[at];
        if innermost && open.depth > 1 {
            open.depth -= 1;
            return;
        }
        for open in &self.open[at + 1..] {
            self.body.left_open(open.part);
        }
        self.open.truncate(at);
    }

    fn ended(&mut self) {
        let name = std::mem::take(&mut self.end);
        let kind = kind(&name);
        if !matches!(kind, Kind::Inline | Kind::Never) {
            self.body.end_block();
        }
        match name.as_slice() {
            b"a" => self.link = false,
            b"time" => self.time = false,
            b"p" => self.paragraph = false,
            b"h1" => {
                self.headline = false;
                self.meta.end_heading();
            }
            b"title" => self.title = false,
            b"script" => self.data = false,
            _ => {}
        }
        if kind == Kind::Heading {
            self.heading = false;
        }
        self.close(&name, kind);
        self.end = name;
    }

    fn text(&mut self, text: &str) {
        if self.title {
            self.meta.add_title(text);
            return;
        }
        if self.data {
            self.meta.data(text);
            return;
        }
        let open = self.open.last();
        if open.is_some_and(|open| open.never) {
            return;
        }
        let part = open.map_or(0, |open| open.part);
        if self.headline {
            let inside = self.body.is_inside(part);
            if self.meta.add_heading(text, inside) {
                self.body.headline(part);
                return;
            }
        }
        let beside = self.link || self.time;
        self.body
            .add(text, part, beside, self.paragraph, self.heading);
    }
}

/// What the tokenizer calls.
struct Walk<'a>(&'a mut Scan);

impl Callback<Infallible, ()> for Walk<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Infallible> {
        let scan = &mut *self.0;
        match event {
            CallbackEvent::OpenStartTag { name } => scan.tag.begin(name),
            CallbackEvent::AttributeName { name } => scan.tag.attribute(name),
            CallbackEvent::AttributeValue { value } => scan.tag.value(value),
            CallbackEvent::CloseStartTag { .. } => scan.start(),
            CallbackEvent::EndTag { name } => {
                lower(name, &mut scan.end);
                scan.ended();
            }
            CallbackEvent::String { value } => scan.text(&String::from_utf8_lossy(value)),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
        None
    }
}

fn lower(name: &[u8], out: &mut Vec<u8>) {
    // Longer names are of no element that is known.
    out.clear();
    out.extend_from_slice(&name[..name.len().min(24)]);
    out.make_ascii_lowercase();
}

/// Whether elements of a kind are followed one by one.
fn is_followed(kind: Kind) -> bool {
    matches!(kind, Kind::Part | Kind::Furniture | Kind::Never)
}

fn is_hidden(tag: &Tag) -> bool {
    let hides = |style: &str| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        style.to_ascii_lowercase().contains("display:none")
    };
    tag.get("hidden").is_some()
        || tag.is("aria-hidden", "true")
        || tag.get("style").is_some_and(hides)
}

/// Whether an element is furniture by its role or its classes.
fn is_furniture(tag: &Tag) -> bool {
    if tag.get("role").is_some_and(is_furniture_role) {
        return true;
    }
    // What holds the article itself is often called after what it can hold.
    if matches!(
        tag.name.as_slice(),
        b"html" | b"body" | b"main" | b"article"
    ) || tag.is("itemprop", "articleBody")
    {
        return false;
    }
    let classes = [tag.get("class"), tag.get("id")];
    let classes = classes.into_iter().flatten();
    classes
        .flat_map(str::split_ascii_whitespace)
        .any(is_furniture_class)
}
