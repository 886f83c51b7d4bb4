//! What a page says of itself: headline, date, outlet.

use serde_json::Value;

use super::body::squeeze;

/// The longest data block that is looked into, in bytes.
const LONGEST_DATA: usize = 1 << 20;

/// Names under which pages give their date, the most telling first.
const DATES: [&str; 14] = [
    "article:published_time",
    "datepublished",
    "og:published_time",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "date",
    "datecreated",
];

/// What was found so far.
#[derive(Default, Debug)]
pub(super) struct Meta {
    /// The date and its rank in `DATES`.
    date: Option<(usize, String)>,
    og_title: Option<String>,
    title: String,
    heading: String,
    /// Whether the heading stood in the article, and whether it is complete.
    heading_in: bool,
    heading_done: bool,
    site: Option<String>,
    data_title: Option<String>,
    author: Option<String>,
    language: Option<String>,
    link: Option<String>,
    og_url: Option<String>,
    data_url: Option<String>,
    body: Option<String>,
}

impl Meta {
    /// Takes what a start tag tells.
    pub fn tag<'a>(&mut self, name: &[u8], get: impl Fn(&str) -> Option<&'a str>) {
        let key = get("property").or(get("name")).or(get("itemprop"));
        match (name, key) {
            (b"meta", Some(key)) => {
                let key = key.to_ascii_lowercase();
                let Some(value) = get("content").filter(|v| !v.is_empty()) else {
                    return;
                };
                match key.as_str() {
                    "og:title" => set(&mut self.og_title, value),
                    "og:site_name" | "application-name" => set(&mut self.site, value),
                    "og:url" => set(&mut self.og_url, value),
                    "og:locale" => set(&mut self.language, value),
                    // Some pages give the address of a profile.
                    "author" | "article:author" if !is_address(value) => {
                        set(&mut self.author, value);
                    }
                    key => self.date(key, value),
                }
            }
            (b"link", _) => {
                let canonical = get("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical"));
                if let Some(address) = get("href").filter(|_| canonical) {
                    set(&mut self.link, address);
                }
            }
            (b"html", _) => {
                if let Some(language) = get("lang") {
                    set(&mut self.language, language);
                }
            }
            (b"time", key) => {
                if let Some(value) = get("datetime").filter(|v| !v.is_empty()) {
                    let published = key.is_some_and(|k| k.eq_ignore_ascii_case("datePublished"));
                    self.keep_date(if published { 1 } else { DATES.len() }, value);
                }
            }
            (_, Some(key)) => {
                if let Some(value) = get("content").or(get("datetime")).filter(|v| !v.is_empty()) {
                    let key = key.to_ascii_lowercase();
                    self.date(&key, value);
                }
            }
            _ => {}
        }
    }

    fn date(&mut self, key: &str, value: &str) {
        if let Some(rank) = DATES.iter().position(|d| *d == key) {
            self.keep_date(rank, value);
        }
    }

    fn keep_date(&mut self, rank: usize, value: &str) {
        if self.date.as_ref().is_none_or(|(r, _)| rank < *r) {
            self.date = Some((rank, value.to_owned()));
        }
    }

    pub fn add_title(&mut self, text: &str) {
        if self.title.len() < 1000 {
            squeeze(text, &mut self.title, 0);
        }
    }

    /// Takes text of an `h1`, and says whether it is the headline as far as we
    /// know. One inside the article counts before one outside.
    pub fn add_heading(&mut self, text: &str, inside: bool) -> bool {
        if inside && !self.heading_in {
            self.heading.clear();
            self.heading_in = true;
            self.heading_done = false;
        }
        let taken = !self.heading_done && inside == self.heading_in && self.heading.len() < 1000;
        if taken {
            squeeze(text, &mut self.heading, 0);
        }
        taken
    }

    pub fn end_heading(&mut self) {
        self.heading_done |= !self.heading.trim().is_empty();
    }

    /// Takes a block of JSON-LD.
    pub fn data(&mut self, json: &str) {
        if json.len() > LONGEST_DATA {
            return;
        }
        // A block that cannot be read tells nothing; but many are written with line
        // breaks in their strings.
        let value = serde_json::from_str::<Value>(json);
        let Ok(value) = value.or_else(|_| serde_json::from_str(&without_controls(json))) else {
            return;
        };
        let top = match &value {
            Value::Array(list) => list.iter().collect(),
            value => vec![value],
        };
        for whole in top {
            let graph = whole.get("@graph").and_then(Value::as_array);
            for thing in graph.into_iter().flatten().chain([whole]) {
                let string = |key: &str| thing.get(key).and_then(Value::as_str);
                if let Some(text) = string("articleBody")
                    && self.body.as_ref().is_none_or(|b| b.len() < text.len())
                {
                    self.body = Some(text.to_owned());
                }
                if let Some(date) = string("datePublished") {
                    self.keep_date(1, date);
                    if let Some(title) = string("headline") {
                        set(&mut self.data_title, title);
                    }
                    let publisher = thing.get("publisher").and_then(|p| p.get("name"));
                    if let Some(name) = publisher.and_then(Value::as_str) {
                        set(&mut self.site, name);
                    }
                    if let Some(names) = thing.get("author").and_then(names) {
                        set(&mut self.author, &names);
                    }
                    let page = thing.get("mainEntityOfPage");
                    let page = page.and_then(|p| p.get("@id").unwrap_or(p).as_str());
                    if let Some(address) = string("url").or(page) {
                        set(&mut self.data_url, address);
                    }
                    if let Some(language) = string("inLanguage") {
                        set(&mut self.language, language);
                    }
                }
            }
        }
    }

    /// The title of the window.
    pub fn window(&self) -> &str {
        self.title.trim()
    }

    /// The article as the data of the page have it, its paragraphs a line each.
    pub fn take_body(&mut self) -> Option<String> {
        let body = self.body.take()?;
        let body = if body.contains("&lt;") {
            super::entities::decoded(body)
        } else {
            body
        };
        if super::is_marked_up(&body) {
            return Some(super::read(&body).text);
        }
        let mut text = String::new();
        for line in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            squeeze(line, &mut text, start);
        }
        Some(text)
    }

    pub fn published(&self) -> Option<String> {
        self.date.as_ref().map(|(_, date)| date.clone())
    }

    pub fn outlet(&self) -> Option<String> {
        self.site.clone()
    }

    pub fn author(&self) -> Option<String> {
        self.author.clone()
    }

    pub fn language(&self) -> Option<String> {
        self.language.clone()
    }

    /// The address of the page by its own account. One that leads to the front page
    /// is a fault of the site, not the address of an article.
    pub fn canonical(&self) -> Option<String> {
        let mut given = [&self.link, &self.og_url, &self.data_url]
            .into_iter()
            .flatten();
        given.find(|address| leads_inside(address)).cloned()
    }

    /// The headline: as it is given to others, as it stands over the article, or
    /// as the window's title without the outlet.
    pub fn title(&self) -> Option<String> {
        let heading = Some(self.heading.trim()).filter(|h| !h.is_empty());
        let given = self.og_title.as_deref().or(self.data_title.as_deref());
        let window = Some(self.title.trim()).filter(|t| !t.is_empty());
        let found = match (given, heading) {
            // A page gives its name with the outlet's; over the article it has none.
            (Some(given), Some(heading)) if given.starts_with(heading) => heading,
            (Some(given), _) => self.without_outlet(given),
            (None, Some(heading)) if self.heading_in || window.is_none() => heading,
            (None, Some(heading)) if window.is_some_and(|w| w.contains(heading)) => heading,
            (None, _) => self.without_outlet(window?),
        };
        Some(found.to_owned())
    }

    fn without_outlet<'a>(&self, title: &'a str) -> &'a str {
        let Some(site) = self.site.as_deref() else {
            return title;
        };
        match title.strip_suffix(site) {
            Some(rest) => {
                let bare =
                    rest.trim_end_matches(|c: char| c.is_whitespace() || "|-–—:»·•".contains(c));
                if bare.is_empty() { title } else { bare }
            }
            None => title,
        }
    }
}

/// JSON with what may not stand in its strings as spaces, but line breaks escaped.
fn without_controls(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut string, mut escaped) = (false, false);
    for c in json.chars() {
        match c {
            '\n' if string => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        string ^= c == '"' && !escaped;
        escaped = string && c == '\\' && !escaped;
    }
    out
}

/// Whether a text is an address of the web.
fn is_address(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"))
}

/// Whether an address names something of a site, and not the site alone.
fn leads_inside(address: &str) -> bool {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    let inside = rest.find(['/', '?']).map_or("", |at| &rest[at..]);
    is_address(address) && inside.len() > 1
}

/// Names of people in a block of data: a string, an object with a name, or several.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(name) if !is_address(name) => Some(name.clone()),
        Value::Object(_) => value.get("name").and_then(names),
        Value::Array(list) => {
            let list: Vec<String> = list.iter().filter_map(names).collect();
            Some(list.join("، ")).filter(|names| !names.is_empty())
        }
        _ => None,
    }
}

fn set(slot: &mut Option<String>, value: &str) {
    let mut text = String::new();
    squeeze(value, &mut text, 0);
    let text = text.trim();
    if slot.is_none() && !text.is_empty() {
        *slot = Some(text.to_owned());
    }
}
