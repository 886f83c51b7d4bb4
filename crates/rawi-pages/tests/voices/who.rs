//! `/who`: what is told of somebody.

use rawi_pages::who::View;
use rawi_pages::{Lang, Problem};

use crate::house::{House, main};

fn view(house: &House, name: &str) -> View {
    let id = house.archive().entity_named(name).unwrap();
    let mut seen = None;
    let page = house.page(Lang::Ar, "/who/1", "", |desk, site| {
        seen = Some(View::of(desk, id)?);
        rawi_pages::who::page(desk, site, id)
    });
    page.unwrap();
    seen.unwrap()
}

#[test]
fn counts_agree_with_their_lists() {
    let house = House::samples();
    let view = view(&house, "روي كاشتانيدا");
    let months: u64 = view.portrait.months.iter().map(|m| m.statements).sum();
    assert_eq!(months, view.portrait.said.statements);
    assert_eq!(
        view.portrait.listed.statements,
        view.portrait.said.statements
    );
    let outlets = view.portrait.outlets.len() as u64;
    assert_eq!(outlets, view.portrait.said.outlets);
    assert!(view.denials >= view.denied.len() as u64);
    assert!(
        view.title().is_some_and(|t| t.contains(' ')),
        "{:?}",
        view.title()
    );
    let (line, hit) = view.carried.first().unwrap();
    assert!(line.outlets >= 2, "{line:?}");
    let name = hit.speaker.as_ref().map(|s| &*s.name);
    assert_eq!(name, Some("روي كاشتانيدا"));
    // What others say has the name, and another speaker.
    for hit in view.about.iter().flat_map(|a| &a.newest) {
        assert_ne!(hit.speaker.as_ref().map(|s| s.id), Some(view.id()));
    }
}

#[test]
fn a_phrase_is_no_person() {
    let house = House::samples();
    let id = house
        .archive()
        .entity_named("مصدر دبلوماسي أوروبي")
        .unwrap();
    let html = main(&house.who(Lang::Ar, id));
    assert!(html.contains("هذه عبارة لا شخص"), "{html}");
    assert!(!html.contains("id=\"about\""));
    let english = main(&house.who(Lang::En, id));
    assert!(english.contains("This is a phrase, not a person"));
}

#[test]
fn a_merged_number_leads_to_who_stands_for_it() {
    let mut house = House::samples();
    let named = |name: &str| house.archive().entity_named(name).unwrap();
    let (stays, goes) = (named("روي كاشتانيدا"), named("تياغو مورينيا"));
    house.merge(&[stays, goes]);
    let html = main(&house.who(Lang::En, goes));
    assert!(html.contains("was merged into this page"), "{html}");
    assert!(
        html.contains("<h1><bdi lang=\"ar\">روي كاشتانيدا</bdi></h1>"),
        "{html}"
    );
    assert!(!main(&house.who(Lang::En, stays)).contains("was merged"));
    let nobody = house.page(Lang::Ar, "/who/999999", "", |desk, site| {
        rawi_pages::who::page(desk, site, 999_999)
    });
    assert!(matches!(nobody, Err(Problem::NotFound(_))));
}
