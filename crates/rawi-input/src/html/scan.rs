//! One walk over the tags of a page.

use std::convert::Infallible;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::body::{Body, Place};
use super::meta::Meta;

/// The longest value of an attribute that is kept, in bytes.
const LONGEST_VALUE: usize = 4096;

/// Elements whose content is no text of an article, and never shown as such.
const NEVER: [&str; 22] = [
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "iframe",
    "object",
    "canvas",
    "audio",
    "video",
    "form",
    "button",
    "select",
    "textarea",
    "datalist",
    "dialog",
    "map",
    "noembed",
    "noframes",
    "xmp",
    "plaintext",
];

/// Elements around the article.
const FURNITURE: [&str; 8] = [
    "nav",
    "aside",
    "footer",
    "header",
    "figure",
    "figcaption",
    "menu",
    "search",
];

/// Elements that begin a new line.
const BLOCKS: [&str; 40] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "title",
    "ul",
];

/// Elements without an end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Names of classes that pages give to furniture; also as the beginning of a
/// name, before a hyphen.
const CLASSES: [&str; 24] = [
    "advert",
    "advertisement",
    "ads",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "cookie",
    "newsletter",
    "pagination",
    "popup",
    "promo",
    "recommended",
    "related",
    "share",
    "sharing",
    "sidebar",
    "social",
    "tags",
    "toolbar",
    "widget",
    "caption",
    "byline",
    "navbar",
    "readmore",
];

/// Names of classes that pages give to what stands beside the text; also as the end
/// of a name, behind a hyphen.
const ENDINGS: [&str; 6] = [
    "meta",
    "byline",
    "caption",
    "breadcrumb",
    "breadcrumbs",
    "tags",
];

/// What ARIA calls furniture.
const ROLES: [&str; 8] = [
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
    "menu",
    "dialog",
    "toolbar",
];

/// The attributes that are of use.
const ATTRIBUTES: [&str; 15] = [
    "class",
    "id",
    "role",
    "hidden",
    "style",
    "itemprop",
    "property",
    "name",
    "content",
    "datetime",
    "type",
    "aria-hidden",
    "rel",
    "href",
    "lang",
];

/// An element that is open, known by how many of its name are open in it, so
/// that a page with a million open tags takes no more memory than one.
#[derive(Debug)]
struct Open {
    name: String,
    depth: u32,
}

impl Open {
    fn new(name: &str) -> Self {
        Open {
            name: name.to_owned(),
            depth: 1,
        }
    }
}

/// A tag as far as it has been read.
#[derive(Default, Debug)]
struct Tag {
    name: String,
    attributes: Vec<(&'static str, String)>,
    current: Option<&'static str>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(n, _)| *n == name);
        found.map(|(_, value)| value.trim())
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.get(name)
            .is_some_and(|v| v.eq_ignore_ascii_case(value))
    }
}

/// The state of the walk.
#[derive(Debug)]
pub(super) struct Scan {
    /// Whether furniture is left out.
    strict: bool,
    body: Body,
    meta: Meta,
    tag: Tag,
    never: Option<Open>,
    furniture: Option<Open>,
    article: Option<Open>,
    main: Option<Open>,
    proper: Option<Open>,
    link: bool,
    heading: bool,
    title: bool,
    /// A script that holds what the page says of itself.
    data: bool,
}

impl Scan {
    pub fn new(strict: bool) -> Self {
        Scan {
            strict,
            body: Body::default(),
            meta: Meta::default(),
            tag: Tag::default(),
            never: None,
            furniture: None,
            article: None,
            main: None,
            proper: None,
            link: false,
            heading: false,
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
        (self.body, self.meta)
    }

    /// The elements that are followed to their ends.
    fn open(&mut self) -> [&mut Option<Open>; 5] {
        [
            &mut self.never,
            &mut self.furniture,
            &mut self.article,
            &mut self.main,
            &mut self.proper,
        ]
    }

    fn start(&mut self) {
        let tag = std::mem::take(&mut self.tag);
        let name = tag.name.as_str();
        self.meta.tag(name, |attribute| tag.get(attribute));
        if BLOCKS.contains(&name) {
            self.body.end_block();
        }
        let void = VOID.contains(&name);
        self.data |= name == "script" && tag.is("type", "application/ld+json");
        for open in self.open().into_iter().flatten() {
            // The count is only of names; void elements never close.
            if open.name == name && !void {
                open.depth = open.depth.saturating_add(1);
            }
        }
        if void {
            return;
        }
        match name {
            "a" => self.link = true,
            "h1" => self.heading = true,
            "title" => self.title = true,
            _ => {}
        }
        if self.never.is_none() && (NEVER.contains(&name) || is_hidden(&tag)) {
            self.never = Some(Open::new(name));
        }
        if name == "main" {
            // Whatever was left open before it.
            self.furniture = None;
        }
        if self.strict && self.furniture.is_none() && is_furniture(&tag) {
            self.furniture = Some(Open::new(name));
        }
        if name == "article" && self.article.is_none() && self.furniture.is_none() {
            self.article = Some(Open::new(name));
            self.body.next_article();
        }
        if self.main.is_none() && (name == "main" || tag.is("role", "main")) {
            self.main = Some(Open::new(name));
        }
        if self.proper.is_none() && self.furniture.is_none() && tag.is("itemprop", "articleBody") {
            self.proper = Some(Open::new(name));
        }
    }

    fn end(&mut self, name: &str) {
        if BLOCKS.contains(&name) {
            self.body.end_block();
        }
        match name {
            "a" => self.link = false,
            "h1" => {
                self.heading = false;
                self.meta.end_heading();
            }
            "title" => self.title = false,
            "script" => self.data = false,
            _ => {}
        }
        for open in self.open() {
            if let Some(element) = open
                && element.name == name
            {
                element.depth -= 1;
                if element.depth == 0 {
                    *open = None;
                }
            }
        }
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
        if self.never.is_some() {
            return;
        }
        let inside = self.article.is_some() || self.main.is_some();
        if self.heading && self.meta.add_heading(text, inside) {
            return;
        }
        if self.furniture.is_some() {
            self.body.hide(text);
            return;
        }
        let place = Place {
            article: self.article.is_some(),
            main: self.main.is_some(),
            proper: self.proper.is_some(),
        };
        self.body.add(text, place, self.link);
    }
}

/// What the tokenizer calls.
struct Walk<'a>(&'a mut Scan);

impl Callback<Infallible, ()> for Walk<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Infallible> {
        let scan = &mut *self.0;
        match event {
            CallbackEvent::OpenStartTag { name } => {
                scan.tag = Tag {
                    name: lower(name),
                    ..Tag::default()
                };
            }
            CallbackEvent::AttributeName { name } => {
                let known = ATTRIBUTES.iter().find(|a| a.as_bytes() == name);
                // Of two attributes of one name the first counts.
                let known = known.filter(|k| scan.tag.get(k).is_none());
                scan.tag.current = known.copied();
                if let Some(name) = known {
                    scan.tag.attributes.push((name, String::new()));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if scan.tag.current.is_some()
                    && value.len() <= LONGEST_VALUE
                    && let Some((_, into)) = scan.tag.attributes.last_mut()
                {
                    into.push_str(&String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::CloseStartTag { .. } => scan.start(),
            CallbackEvent::EndTag { name } => {
                let name = lower(name);
                scan.end(&name);
            }
            CallbackEvent::String { value } => scan.text(&String::from_utf8_lossy(value)),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
        None
    }
}

fn lower(name: &[u8]) -> String {
    // Longer names are of no element that is known.
    let name = &name[..name.len().min(16)];
    String::from_utf8_lossy(name).to_ascii_lowercase()
}

fn is_hidden(tag: &Tag) -> bool {
    let style = tag.get("style").unwrap_or_default();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    tag.get("hidden").is_some()
        || tag.is("aria-hidden", "true")
        || style.to_ascii_lowercase().contains("display:none")
}

fn is_furniture(tag: &Tag) -> bool {
    if FURNITURE.contains(&tag.name.as_str()) {
        return true;
    }
    if tag.get("role").is_some_and(|r| ROLES.contains(&r)) {
        return true;
    }
    // What holds the article itself is often called after what it can hold.
    if matches!(
        tag.name.as_str(),
        "html" | "body" | "main" | "article" | "p"
    ) || tag.is("itemprop", "articleBody")
    {
        return false;
    }
    let classes = [tag.get("class"), tag.get("id")];
    let classes = classes.into_iter().flatten();
    classes.flat_map(str::split_ascii_whitespace).any(|class| {
        let class = class.to_ascii_lowercase();
        let hyphens = ['-', '_'];
        let first = class.split(hyphens).next().unwrap_or_default();
        let last = class.rsplit(hyphens).next().unwrap_or_default();
        CLASSES.contains(&first) || ENDINGS.contains(&last)
    })
}
