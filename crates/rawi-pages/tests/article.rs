//! The page of an article and of a text that was pasted: as it looks, and with texts that
//! want to break it.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::HashSet;
use std::time::Instant;

use rawi::Reader;
use rawi_archive::{Archive, Mode};
use rawi_pages::read::{self, Sent};
use rawi_pages::{Desk, Lang, Page, Params, Site};
use tempfile::TempDir;

/// The pages of texts that are read with an empty archive beside.
struct House {
    archive: Archive,
    reader: Reader,
    _folder: TempDir,
}

impl House {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let archive = Archive::open(folder.path().join("a.rawi"), Mode::Create).unwrap();
        Self {
            archive,
            reader: Reader::new().unwrap(),
            _folder: folder,
        }
    }

    fn read(&self, lang: Lang, sent: &Sent) -> Page {
        let mut desk = Desk::new(&self.archive, &self.reader).unwrap();
        let site = Site::new(lang, "/read", Params::default());
        let page = read::answer(&mut desk, &site, sent).unwrap();
        assert_eq!(page.status, 200, "{}", page.html);
        well_formed(&page.html);
        page
    }
}

fn sent(title: &str, text: &str) -> Sent {
    Sent {
        title: title.to_owned(),
        text: text.to_owned(),
        date: "2026-03-12".to_owned(),
        outlet: "صحيفة النهر".to_owned(),
        ..Sent::default()
    }
}

/// What stands between the head of the site and its foot.
fn main(page: &Page) -> String {
    let from = page.html.find("<main").unwrap();
    let to = page.html.find("</main>").unwrap();
    page.html[from..to].replace("><", ">\n<")
}

/// Every tag is closed in its turn, and no id stands twice.
fn well_formed(html: &str) {
    const VOID: [&str; 5] = ["meta", "link", "input", "br", "!doctype"];
    let (mut open, mut ids) = (Vec::new(), HashSet::new());
    for tag in html.split('<').skip(1) {
        let (inside, _) = tag.split_once('>').unwrap();
        let name = inside.split([' ', '\n']).next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "</{name}> in {inside}");
        } else if !VOID.contains(&name) {
            open.push(name);
        }
        if let Some(at) = inside.find(" id=\"") {
            let id = inside[at + 5..].split('"').next().unwrap();
            assert!(ids.insert(id), "{id} stands twice");
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

/// The characters of the article's paragraphs, without what is only for screen readers and
/// without numbers.
fn words(page: &Page) -> String {
    let mut words = String::new();
    for paragraph in page.html.split("<p lang=\"ar\" dir=\"rtl\"").skip(1) {
        let (_, paragraph) = paragraph.split_once('>').unwrap();
        let paragraph = paragraph.split("</p>").next().unwrap();
        let mut rest = paragraph;
        while let Some(at) = rest.find('<') {
            words.push_str(&rest[..at]);
            let tag = &rest[at..];
            let skip = ["<span class=\"vh\">", "<a class=\"k"];
            let end = match skip.iter().any(|s| tag.starts_with(s)) {
                true => tag.find("</").unwrap(),
                false => 0,
            };
            rest = &tag[end..][tag[end..].find('>').unwrap() + 1..];
        }
        words.push_str(rest);
        words.push('\n');
    }
    words
}

const TEXT: &str = "قال وزير الري سالم البدري للصحفيين في مؤتمر صحفي الاثنين إن السد «سيكتمل قبل الصيف»، داعيا المزارعين إلى الصبر.\nوأضاف: «لن نقطع الماء عن أحد».\nونقلت وكالة الجسر عن مهندس في الموقع قوله إن الوزيرة أكدت أن المضخات جاهزة. واعتقلت الشرطة ثلاثة مهربين في 3 آذار 2026.";

#[test]
fn the_page_in_both_languages() {
    let house = House::new();
    let sent = sent("البدري: السد سيكتمل قبل الصيف", TEXT);
    let arabic = house.read(Lang::Ar, &sent);
    assert_eq!(words(&arabic).trim(), TEXT);
    insta::assert_snapshot!("arabic", main(&arabic));
    insta::assert_snapshot!("english", main(&house.read(Lang::En, &sent)));
}

#[test]
fn the_box_and_what_is_refused() {
    let house = House::new();
    let mut desk = Desk::new(&house.archive, &house.reader).unwrap();
    let site = Site::new(Lang::Ar, "/read", Params::default());
    let page = read::page(&mut desk, &site).unwrap();
    well_formed(&page.html);
    insta::assert_snapshot!("box", main(&page));
    let empty = read::answer(&mut desk, &site, &Sent::default()).unwrap();
    assert_eq!(empty.status, 400);
    assert!(empty.html.contains(site.t().read_empty), "{}", empty.html);
    let long = Sent {
        text: "كلمة <b>".repeat(100_000),
        ..Sent::default()
    };
    let long = read::answer(&mut desk, &site, &long).unwrap();
    assert_eq!(long.status, 413);
    let site = Site::new(Lang::Ar, "/read", Params::parse("sample=1"));
    let sample = read::page(&mut desk, &site).unwrap();
    well_formed(&sample.html);
    assert!(sample.html.contains(site.t().article_not_kept));
}

#[test]
fn nothing_of_an_article_is_markup_or_turns_lines_around() {
    let house = House::new();
    let hostile = [
        "قال الوزير سالم <script>alert(1)</script> البدري إن \"الطريق\" <b>مفتوح</b> & آمن.",
        "قال \u{202e}الوزير سالم البدري إن «الطريق \u{2066}مفتوح».\u{2028}وأضاف «لا خطر\u{2029}أبدا».",
        "قال الوزير سالم البدري: «لا خطر. وأضاف: \"نعم». ثم «لا\" و»كلا«.",
        "قال الوزير سالم الب\u{ad}د\u{200b}ري إن الط\u{200d}ريق مفتوح\u{7}.\r\n\r\n\u{85}وأضافَ أنّه آمن.",
    ];
    for text in hostile {
        let title = format!("{text} </title><img src=x onerror=alert(1)>");
        let mut sent = sent(&title, text);
        sent.outlet = "\"><script>x</script>\u{202e}".to_owned();
        for lang in [Lang::Ar, Lang::En] {
            let page = house.read(lang, &sent);
            assert!(!page.html.contains("<script>") && !page.html.contains("<img"));
            assert!(!page.html.contains("<b>مفتوح"));
            for c in page.html.chars() {
                let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
                assert!(!turns && (!c.is_control() || c == '\n'), "{c:?}");
            }
        }
    }
    let nul = Sent {
        text: "قال الوزير\0 إن".to_owned(),
        ..Sent::default()
    };
    let mut desk = Desk::new(&house.archive, &house.reader).unwrap();
    let site = Site::new(Lang::Ar, "/read", Params::default());
    assert_eq!(read::answer(&mut desk, &site, &nul).unwrap().status, 400);
}

#[test]
fn an_article_of_a_megabyte_has_a_page() {
    let house = House::new();
    let mut text = String::new();
    while text.len() + TEXT.len() < 1 << 20 {
        text.push_str(TEXT);
        text.push('\n');
    }
    let begun = Instant::now();
    let page = house.read(Lang::Ar, &sent("عنوان", &text));
    let took = begun.elapsed();
    let statements = page.html.matches("<li class=\"note").count();
    assert!(statements > 3000, "{statements}");
    // Three thousand statements are ten megabytes.
    let each = page.html.len() / statements;
    assert!(each < 3500, "{each} bytes a statement");
    // Reading takes most of it, and far more without optimization.
    assert!(took.as_secs() < 60, "{took:?}");
    let one_line = text.replace('\n', " ");
    let page = house.read(Lang::En, &sent("", &one_line));
    let each = page.html.len() / statements;
    assert!(each < 3500, "{each} bytes a statement");
    // One paragraph is shown in pieces, whose words are the text.
    assert!(page.html.contains(" class=\"run\">"));
    assert_eq!(words(&page).replace(" \n", " ").trim(), one_line.trim());
}
