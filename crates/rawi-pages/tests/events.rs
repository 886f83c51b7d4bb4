//! The screens of events and of two sides: every number leads to what it counts.

#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use rawi::Reader;
use rawi_archive::{Archive, Input, Mode};
use rawi_input::Inputs;
use rawi_pages::{Desk, Lang, Page, Params, Problem, Site, Theme, events, problem, sides};
use tempfile::TempDir;

/// The shipped samples, as an archive.
fn archive() -> Archive {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let mut archive = Archive::open(folder.path().join("s.rawi"), Mode::Create).unwrap();
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/weeks.jsonl");
        let inputs = Inputs::new([samples]);
        let reader = Reader::new().unwrap();
        let stop = AtomicBool::new(false);
        let tally = archive.ingest(&reader, 2, Input::files(&inputs), &stop, |_| {});
        tally.unwrap();
        folder
    });
    Archive::open(folder.path().join("s.rawi"), Mode::Read).unwrap()
}

fn site(lang: Lang, address: &str) -> Site {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    Site::new(lang, path, Params::parse(query))
}

fn page(desk: &mut Desk<'_>, lang: Lang, address: &str) -> Result<Page, Problem> {
    let site = site(lang, address);
    match &*site.path {
        "/events" => events::page(desk, &site),
        "/sides" => sides::page(desk, &site),
        path => panic!("{path}"),
    }
}

/// What stands between two texts, each time.
fn between<'t>(html: &'t str, begin: &str, end: &str) -> Vec<&'t str> {
    let pieces = html.split(begin).skip(1);
    pieces.filter_map(|rest| rest.split(end).next()).collect()
}

/// The address in a link, without the language.
fn address(href: &str) -> String {
    let plain = href.replace("&#38;", "&").replace("&amp;", "&");
    let plain = plain.split('#').next().unwrap().to_owned();
    plain
        .strip_prefix("/en")
        .map(str::to_owned)
        .unwrap_or(plain)
}

/// How many events an English page says there are.
fn count(desk: &mut Desk<'_>, address: &str) -> u64 {
    let html = page(desk, Lang::En, address).unwrap().html;
    let heading = between(&html, "<h2><span class=\"n\">", "</span>");
    heading
        .first()
        .map_or(0, |n| n.replace(',', "").parse().unwrap())
}

#[test]
fn every_number_leads_to_what_it_counts() {
    let archive = archive();
    let reader = Reader::new().unwrap();
    let mut desk = Desk::new(&archive, &reader).unwrap();
    for from in [
        "/events",
        "/events?copies=all&status=happened",
        "/events?type=CONSULT",
    ] {
        let html = page(&mut desk, Lang::En, from).unwrap().html;
        let matrix = between(&html, "<table class=\"mx\">", "</table>");
        let cells = between(matrix[0], "<td class=\"", "</td>");
        let mut seen = 0;
        for cell in cells.iter().filter(|cell| cell.contains("href=")) {
            let href = between(cell, "href=\"", "\"")[0];
            let told: u64 = between(cell, "<span class=\"n\">", "</span>")[0]
                .parse()
                .unwrap();
            assert_eq!(count(&mut desk, &address(href)), told, "{from} {href}");
            seen += 1;
        }
        assert!(seen > 3, "{from}: {seen} cells");
        let leads = between(&html, "<p class=\"lead", "</p>").join(" ");
        for link in between(&leads, "<a href=\"", "</a>") {
            let (href, rest) = link.split_once('"').unwrap();
            let told: u64 = between(rest, "<span class=\"n\">", "</span>")[0]
                .parse()
                .unwrap();
            assert_eq!(count(&mut desk, &address(href)), told, "{from} {href}");
        }
    }
}

#[test]
fn pages_go_on_and_go_back_in_both_languages() {
    let archive = archive();
    let reader = Reader::new().unwrap();
    let mut desk = Desk::new(&archive, &reader).unwrap();
    for lang in [Lang::Ar, Lang::En] {
        let first = page(&mut desk, lang, "/events").unwrap().html;
        let rows = between(&first, "<tr id=\"e", "\"").len();
        let next = address(between(&first, "rel=\"next\" href=\"", "\"")[0]);
        let second = page(&mut desk, lang, &next).unwrap().html;
        assert_eq!(rows, 40);
        let twice = between(&second, "<tr id=\"e", "\"");
        assert!(
            twice
                .iter()
                .all(|id| !first.contains(&format!("<tr id=\"e{id}\"")))
        );
        assert!(first.contains("<mark>"));
    }
}

#[test]
fn two_sides_stand_beside_each_other() {
    let archive = archive();
    let reader = Reader::new().unwrap();
    let mut desk = Desk::new(&archive, &reader).unwrap();
    // Those who are proposed have something to show.
    let html = page(&mut desk, Lang::Ar, "/sides").unwrap().html;
    let list = between(&html, "<ul class=\"tally", "</ul>");
    let pairs = between(list[0], "<li><a href=\"", "\"");
    assert!(!pairs.is_empty());
    for pair in &pairs {
        let html = page(&mut desk, Lang::Ar, &address(pair)).unwrap().html;
        assert!(
            html.contains("class=\"dayrow\"") && html.contains("class=\"evt\""),
            "{pair}"
        );
        // A point of the curve and an event lead to their day.
        let curve = between(&html, "<figure class=\"curve\"", "</figure>").join("");
        for href in between(&curve, "<a href=\"", "\"") {
            assert!(count(&mut desk, &address(href)) > 0, "{href}");
        }
    }
    let said = "/sides?a=سالم بوخماس&b=ياسر الدوهان&from=2026-01&until=2026-02";
    let html = page(&mut desk, Lang::En, said).unwrap().html;
    assert!(html.contains("class=\"statement sp1\"") && html.contains("class=\"statement sp2\""));
    let countries = "/sides?kind=countries&a=الأردن&b=PRT";
    let html = page(&mut desk, Lang::Ar, countries).unwrap().html;
    assert!(html.contains("<figure class=\"curve\""));
    let unknown = page(&mut desk, Lang::Ar, "/sides?kind=countries&a=بلد&b=PRT");
    assert_eq!(unknown.unwrap_err().status(), 400);
    let outlets = "/sides?kind=outlets&a=قناة المنارة&b=وكالة الضفاف&about=المعبر";
    let html = page(&mut desk, Lang::Ar, outlets).unwrap().html;
    assert!(html.contains("class=\"dayrow\""));
}

#[test]
fn sides_are_called_by_their_names_whatever_names_them() {
    let archive = archive();
    let reader = Reader::new().unwrap();
    let mut desk = Desk::new(&archive, &reader).unwrap();
    let mut shown = |address: &str| {
        let html = page(&mut desk, Lang::Ar, address).unwrap().html;
        let heads = between(&html, "<div class=\"hd", "</h2>");
        let heads = heads.iter().filter(|head| head.contains("<h2>"));
        let names: Vec<String> = heads
            .map(|head| between(head, "<bdi lang=\"ar\">", "</bdi>")[0].to_owned())
            .collect();
        let main = html.split("<div class=\"sides\">").nth(1).unwrap();
        let main = main.split("</main>").next().unwrap().to_owned();
        (names, main)
    };
    let [a, b] = ["سالم بوخماس", "ياسر الدوهان"];
    let numbers = [a, b].map(|name| archive.entity_named(name).unwrap());
    let [one, two] = numbers;
    // A number with its sign and without it is the same, and called by the name.
    let signed = shown(&format!("/sides?a=%23{one}&b=%23{two}"));
    assert_eq!(signed.0, [a, b]);
    assert!(signed.1.contains("class=\"statement sp1\""));
    assert_eq!(shown(&format!("/sides?a={one}&b={two}")), signed);
    // A country is called by its name, be it asked for by name or by code, and a code
    // among people means the country.
    let (names, said) = shown("/sides?kind=countries&a=الأردن&b=PRT");
    assert_eq!(names, ["الأردن", "البرتغال"]);
    assert_eq!(
        shown("/sides?kind=countries&a=jor&b=PRT"),
        (names.clone(), said.clone())
    );
    assert_eq!(shown("/sides?a=JOR&b=PRT"), (names, said));
    // Nobody looks for an outlet by number.
    let outlets = page(
        &mut desk,
        Lang::Ar,
        &format!("/sides?kind=outlets&a={one}&b=x"),
    );
    assert!(outlets.unwrap().html.contains(&format!("value=\"{one}\"")));
}

#[test]
fn what_is_empty_says_why_and_nothing_gets_through() {
    let archive = archive();
    let reader = Reader::new().unwrap();
    let mut desk = Desk::new(&archive, &reader).unwrap();
    let empty = "/events?type=AID&status=negated&in=2026-01";
    let html = page(&mut desk, Lang::En, empty).unwrap().html;
    let list = between(&html, "<ul class=\"tally", "</ul>");
    let lifts = between(list[0], "<li><a href=\"", "</a>");
    assert_eq!(lifts.len(), 3);
    for lift in lifts {
        let (href, rest) = lift.split_once('"').unwrap();
        let told: u64 = between(rest, "<span class=\"n\">", "</span>")[0]
            .parse()
            .unwrap();
        assert_eq!(count(&mut desk, &address(href)), told, "{href}");
    }
    let mut hostile = site(Lang::Ar, "/events?a=<b>\"'x&outlet=<script>&actor=<i>");
    hostile.theme = Theme::Dark;
    let html = events::page(&mut desk, &hostile).unwrap().html;
    assert!(!html.contains("<b>\"") && !html.contains("<script>") && !html.contains("<i>"));
    for wrong in [
        "/events?type=war",
        "/events?in=soon",
        "/events?cursor=zz",
        "/sides?a=x&b=y&from=z",
    ] {
        assert_eq!(
            page(&mut desk, Lang::Ar, wrong).unwrap_err().status(),
            400,
            "{wrong}"
        );
    }
    // Whoever reads Arabic is told in Arabic what of the question was not understood.
    for (wrong, says) in [
        ("/events?type=war", "ليس من قيم الحقل"),
        ("/events?in=soon", "ليس تاريخًا"),
        ("/events?about=(سد", "قوس فُتح ولم يُغلق"),
        ("/events?about=act:deny", "يُبحث في الجمل عن كلمات فقط"),
        ("/events?actor=99999999", "ليس في الأرشيف أحد رقمه"),
        ("/sides?kind=countries&a=بلد&b=PRT", "ليست دولة"),
        ("/sides?a=x&b=y&about=«سد", "لم تُغلق"),
    ] {
        let problem = page(&mut desk, Lang::Ar, wrong).unwrap_err();
        let told = problem::page(&site(Lang::Ar, wrong), &problem, None).unwrap();
        assert!(told.html.contains(says), "{wrong}: {}", told.html);
        assert!(!told.html.contains("lang=\"en\" dir=\"ltr\""), "{wrong}");
    }
}

#[test]
fn a_file_has_as_many_events_as_the_page_counts() {
    let archive = archive();
    let reader = Reader::new().unwrap();
    let mut desk = Desk::new(&archive, &reader).unwrap();
    for query in ["type=CONSULT", "copies=all", "in=2026-01&status=happened"] {
        let told = count(&mut desk, &format!("/events?{query}"));
        for (format, head) in [("csv", 1), ("jsonl", 0)] {
            let params = Params::parse(&format!("{query}&format={format}"));
            let file = events::download(&mut desk, &params).unwrap();
            assert_eq!(file.body.lines().count() as u64, told + head, "{query}");
        }
    }
    // A month as people say it is the same month.
    assert_eq!(
        count(&mut desk, "/events?in=كانون الثاني 2026"),
        count(&mut desk, "/events?in=2026-01")
    );
}
