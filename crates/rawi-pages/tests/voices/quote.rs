//! `/quote`: wordings, the tree, the track and the check.

use rawi_pages::quote::{as_lines, findings, grouped, track, tree};
use rawi_pages::{Lang, Problem};

use crate::house::{House, main};

#[test]
fn a_lost_negation_is_told_first() {
    let house = House::samples();
    let id = house.statement("outlet:\"وكالة الضفاف\" \"شروط مسبقة\" form:quote");
    let collation = house.archive().collation(id, None).unwrap();
    let found = findings(&collation);
    let first = found.first().unwrap();
    assert!(first.critical.is_some(), "{found:#?}");
    assert_eq!(first.outlets, 1);
    // Every cell's words are its outlet's, and nothing is lost.
    for row in &collation.rows {
        let words = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !c.is_alphanumeric());
            let words = words.filter(|w| !w.is_empty());
            words.map(str::to_owned).collect()
        };
        let cells: Vec<&str> = row.cells.iter().map(|c| &*c.text).collect();
        assert_eq!(words(&cells.join(" ")), words(&row.variant.text));
    }
    let html = house.quote(Lang::Ar, id, "");
    let told = main(&html);
    let at = |text: &str| told.find(text).unwrap_or_else(|| panic!("{text}: {told}"));
    assert!(at("أداة النفي") < at("<table"), "{told}");
    let english = main(&house.quote(Lang::En, id, ""));
    assert!(english.contains("the negation"), "{english}");
}

#[test]
fn who_has_it_from_whom() {
    let house = House::samples();
    let id = house.statement("outlet:\"وكالة الضفاف\" \"شروط مسبقة\" form:quote");
    let collation = house.archive().collation(id, None).unwrap();
    let tree = tree(&collation);
    assert_eq!(tree.root.name.as_deref(), Some("روي كاشتانيدا"));
    assert_eq!(tree.hidden, 0);
    fn count(node: &rawi_pages::quote::Node) -> usize {
        let own = usize::from(node.row.is_some());
        own + node.children.iter().map(count).sum::<usize>()
    }
    assert_eq!(count(&tree.root), collation.rows.len());
    let track = track(&collation);
    let points: usize = track.points.iter().map(|p| p.rows.len()).sum();
    assert_eq!(points + track.undated, collation.rows.len());
    assert!(track.points.windows(2).all(|p| p[0].x <= p[1].x));
}

#[test]
fn many_reports_are_grouped_by_their_words() {
    let same = "قال وزير الري سالم البدري: «سنبدأ بناء السد الجديد في الشهر المقبل».";
    let other = "قال وزير الري سالم البدري: «سنبدأ بناء السد القديم في الشهر المقبل».";
    let outlets: Vec<String> = (0..15).map(|n| format!("صحيفة {n}")).collect();
    let mut articles: Vec<(&str, &str, &str)> = Vec::new();
    for outlet in &outlets {
        articles.push((outlet, "2026-03-01", same));
    }
    articles.push(("بريد الجبل", "2026-03-02", other));
    let house = House::invented(&articles);
    let id = house.statement("\"السد الجديد\"");
    let collation = house.archive().collation(id, None).unwrap();
    assert_eq!(collation.rows.len(), 16);
    assert!(!as_lines(&collation));
    let (groups, hidden) = grouped(&collation);
    let sizes: Vec<usize> = groups.iter().map(|g| 1 + g.others.len()).collect();
    assert_eq!((sizes, hidden), (vec![15, 1], 0));
    let html = main(&house.quote(Lang::En, id, ""));
    assert!(
        html.contains("and <span class=\"n\">14</span> more reports"),
        "{html}"
    );
}

#[test]
fn a_base_that_is_none_is_refused() {
    let house = House::samples();
    let id = house.statement("outlet:\"وكالة الضفاف\" \"شروط مسبقة\" form:quote");
    for (state, status) in [("base=x", 400), ("base=7", 400)] {
        let refused = house.page(Lang::Ar, "/quote/1", state, |desk, site| {
            rawi_pages::quote::page(desk, site, id)
        });
        assert_eq!(refused.unwrap_err().status(), status, "{state}");
    }
    let nothing = house.page(Lang::Ar, "/quote/1", "", |desk, site| {
        rawi_pages::quote::page(desk, site, 1 << 60)
    });
    assert!(matches!(nothing, Err(Problem::NotFound(_))));
}

#[test]
fn quotations_put_to_the_test() {
    let house = House::samples();
    let said = "words=لا شروط مسبقة لدينا، وقد أبلغنا عمّان بذلك كتابة";
    let table = [
        (
            format!("{said}&speaker=روي كاشتانيدا"),
            "It stands there word for word",
        ),
        (
            format!("{said}&speaker=نادر الصوالحي"),
            "articles have somebody else say them",
        ),
        (
            "words=القمر يضيء فوق البساتين البعيدة كل شتاء".to_owned(),
            "was not found",
        ),
        ("words=نعم".to_owned(), "Too short"),
    ];
    for (state, wanted) in table {
        let html = main(&house.check(Lang::En, &state));
        assert!(html.contains(wanted), "{state}: {html}");
    }
    let empty = main(&house.check(Lang::Ar, ""));
    assert!(!empty.contains("verdict"), "{empty}");
}

#[test]
fn nothing_of_a_text_becomes_markup() {
    let text = "قال وزير الري سالم البدري: «سنبدأ <b onclick=x>بناء</b> السد \u{202e}الجديد في الشهر المقبل & نرفع».";
    let house = House::invented(&[
        ("<script>alert(1)</script>", "2026-03-01", text),
        ("صحيفة \"النهر\"", "2026-03-02", text),
    ]);
    let id = house.statement("السد");
    let who = house.archive().entity_named("سالم البدري").unwrap();
    let words = "words=<script>alert(2)</script> السد الجديد في الشهر&speaker=\"><img src=x>";
    for html in [
        house.quote(Lang::Ar, id, ""),
        house.quote(Lang::En, id, ""),
        house.who(Lang::Ar, who),
        house.check(Lang::Ar, words),
    ] {
        for bad in ["<script>alert", "<b onclick", "<img", "\u{202e}"] {
            assert!(!html.contains(bad), "{bad}: {html}");
        }
    }
}

#[test]
fn an_outlet_is_one_with_and_without_what_it_is() {
    let by = |source: &str| {
        format!(
            "نقلت {source} عن وزير الري سالم البدري قوله: «سنبدأ بناء السد الجديد في الشهر \
             المقبل مهما كلف الأمر».\n"
        )
    };
    let (long, short, other) = (by("وكالة الضفاف"), by("الضفاف"), by("صحيفة الوادي"));
    for agency in ["وكالة الضفاف", "الضفاف"] {
        let house = House::invented(&[
            // Whoever names itself has it from nobody else.
            (agency, "2026-03-01", &long),
            ("صحيفة النهر", "2026-03-02", &short),
            ("بريد الجبل", "2026-03-03", &long),
            ("موقع الواحة", "2026-03-04", &other),
        ]);
        let id = house.statement("\"السد الجديد\"");
        let collation = house.archive().collation(id, None).unwrap();
        let tree = tree(&collation);
        let names = |all: &[rawi_pages::quote::Node]| -> Vec<String> {
            all.iter().filter_map(|node| node.name.clone()).collect()
        };
        let [first, second] = &tree.root.children[..] else {
            panic!("{agency}: {tree:#?}");
        };
        assert_eq!(first.name.as_deref(), Some(agency));
        assert_eq!(names(&first.children), ["صحيفة النهر", "بريد الجبل"]);
        assert_eq!(names(&second.children), ["موقع الواحة"]);
    }
}
