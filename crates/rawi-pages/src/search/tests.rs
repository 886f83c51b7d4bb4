//! Pages of a small archive: what they say, that counts agree with what they lead to, and that
//! texts get nothing through.

use rawi_archive::search::Scope;

use super::summary::Summary;
use super::{Ask, narrow, page, time};
use crate::house::{House, content, reader};
use crate::{Desk, Lang, Params, Site};

#[test]
fn pages_as_they_are() {
    let house = House::samples();
    for (name, lang, state) in [
        ("denied", Lang::Ar, "who=ياسر الدوهان&act=deny"),
        ("in_english", Lang::En, "about=المياه&act=deny"),
        (
            "articles",
            Lang::Ar,
            "about=المياه&scope=articles&outlet=الخور الاقتصادي",
        ),
        (
            "empty",
            Lang::Ar,
            "who=نادر الصوالحي&about=الرياضة&act=deny",
        ),
        ("not_understood", Lang::En, "q=ميناء act:sing"),
        ("not_understood_in_arabic", Lang::Ar, "q=ميناء فعل:تحذيرر"),
    ] {
        let page = house.page(lang, "/", state, page);
        let wanted = if name.starts_with("not_understood") {
            400
        } else {
            200
        };
        assert_eq!(page.status, wanted, "{name}");
        insta::assert_snapshot!(name, content(&page));
    }
}

#[test]
fn the_first_page_is_useful_at_once() {
    let house = House::samples();
    for lang in [Lang::Ar, Lang::En] {
        let page = house.page(lang, "/", "", page);
        assert_eq!(page.html.matches("<li class=\"hit ").count(), 25);
        assert!(page.html.contains("rel=\"next\""), "{}", page.html);
        assert!(page.html.contains("class=\"bars\""));
        assert!(page.html.matches("<section id=").count() >= 6);
    }
}

#[test]
fn every_count_leads_to_so_many() {
    let house = House::samples();
    let archive = house.archive();
    let mut desk = Desk::new(&archive, reader()).unwrap();
    for state in [
        "",
        "about=المياه",
        "act=deny&outlet=وكالة الضفاف",
        "q=-form:quote",
        "scope=articles",
    ] {
        let site = Site::new(Lang::Ar, "/", Params::parse(state));
        let ask = Ask::read(&site.params).unwrap();
        let summary = Summary::of(&mut desk, &ask.query(), ask.scope).unwrap();
        let days: u64 = summary.days.iter().map(|(_, n)| n).sum();
        assert_eq!(days, summary.count);
        let columns = time::columns(&summary.days);
        let bars = super::bars(&site, &summary)
            .into_iter()
            .flat_map(|b| b.bars);
        let mut links: Vec<(u64, String)> = bars.map(|bar| (bar.count, bar.href)).collect();
        assert_eq!(
            links.len(),
            if columns.len() > 1 { columns.len() } else { 0 }
        );
        for narrow in narrow::fields(&site, &summary) {
            let rows = narrow.tally.rows.into_iter().filter(|row| !row.current);
            links.extend(rows.map(|row| (row.count, row.href)));
        }
        for (count, href) in links {
            let params = Params::parse(href.split_once('?').map_or("", |(_, query)| query));
            let ask = Ask::read(&params).unwrap();
            let found = desk.searcher.count(&ask.query(), ask.scope).unwrap();
            assert_eq!(found, count, "{state}: {href}");
        }
        assert!(matches!(ask.scope, Scope::Statements | Scope::Articles));
    }
}

#[test]
fn pages_follow_each_other_and_lead_back() {
    let house = House::samples();
    let state_of = |html: &str, rel: &str| -> Option<String> {
        let at = html.find(&format!("rel=\"{rel}\" href=\""))?;
        let href = html[at..].split('"').nth(3)?;
        Some(
            href.split_once('?')
                .map_or("", |(_, q)| q)
                .replace("&amp;", "&"),
        )
    };
    let get = |state: &str| {
        let archive = house.archive();
        let mut desk = Desk::new(&archive, reader()).unwrap();
        let site = Site::new(Lang::Ar, "/", Params::parse(state));
        page(&mut desk, &site).unwrap().html
    };
    let hits = |html: &str| -> Vec<String> {
        let ids = html.split("<li class=\"hit ").skip(1);
        ids.map(|hit| hit.split('"').nth(2).unwrap().to_owned())
            .collect()
    };
    let first = get("act=deny");
    let mut seen = hits(&first);
    let mut states = vec!["act=deny".to_owned()];
    let mut html = first;
    while let Some(next) = state_of(&html, "next") {
        html = get(&next);
        seen.extend(hits(&html));
        states.push(next);
    }
    let back = state_of(&html, "prev");
    if states.len() > 1 {
        let before = get(&back.unwrap());
        assert_eq!(hits(&before), hits(&get(&states[states.len() - 2])));
    }
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count, "no hit comes twice");
}

#[test]
fn texts_get_nothing_through() {
    let bad = "<script>alert(1)</script>\u{202e}\"'>";
    let text = format!(
        "قال وزير الري سالم البدري إن «السد {bad} سيكتمل». وأكدت المتحدثة باسم البلدية ليلى العمري، \
         في رسالة إلى {bad} السكان، أن العمل مستمر.\n"
    );
    let line = serde_json::json!({
        "id": bad, "title": format!("سالم البدري: السد {bad}"), "text": text,
        "date": "2026-02-03", "source": format!("صحيفة {bad}"), "url": "https://a.example/<b>\"",
    });
    let house = House::of(&format!("{line}\n"));
    let states = [
        "about=السد".to_owned(),
        "scope=articles&about=السد".to_owned(),
        "by=article".to_owned(),
        format!("about={bad}"),
        format!("who={bad}&to={bad}&via={bad}"),
        format!("q={bad}(&outlet={bad}"),
        format!("from={bad}"),
        format!("cursor={bad}&past={bad}"),
        format!("speaker=%2399&act={bad}"),
        "speaker=#99".to_owned(),
    ];
    for state in states {
        for lang in [Lang::Ar, Lang::En] {
            let page = house.page(lang, "/", &state, page);
            let html = &page.html;
            assert!(!html.contains("<script>"), "{state}: {html}");
            assert!(!html.contains('\u{202e}'), "{state}");
            assert!(!html.contains("<b>\""), "{state}");
        }
    }
}
