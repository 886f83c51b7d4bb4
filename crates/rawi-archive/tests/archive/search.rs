//! Asking: what is found is what a look at every statement finds, and pages, counts,
//! facets and highlights agree.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use proptest::prelude::*;
use rawi::reading::Date;
use rawi_archive::query::{Field, Filter, Node, Query, Value, Words};
use rawi_archive::search::{
    ArticleHit, FacetField, Place, Request, Scope, Searcher, Sort, StatementHit,
};
use rawi_archive::terms::Analyzer;
use rawi_archive::{Archive, ArchiveError, Mode};

use crate::house::{House, line};

/// News of many kinds: several outlets, months, speakers, acts and channels.
fn news() -> String {
    let who = [
        "وزير الري سالم البدري",
        "النائبة هدى الزعبي",
        "المتحدث باسم بلدية الواحة",
        "سالم الكندي",
    ];
    let what = [
        "السدّ الجديد",
        "خط القطار",
        "ميزانية المدارس ومبانيها",
        "مرفأ الصيادين وبالسد القديم",
        "العمل في الميناء",
    ];
    let outlets = ["صحيفة النهر", "وكالة الضفاف", "", "موقع الواحة"];
    let mut out = String::new();
    for n in 0..48 {
        let (who, what) = (who[n % who.len()], what[n % what.len()]);
        let text = match n % 6 {
            0 => format!(
                "قال {who} في مؤتمر صحفي إن {what} سيكتمل بعد {n} شهرا. وأضاف: «لن يتأخر السد».\n"
            ),
            1 => format!("نفى {who} أن يكون {what} قد توقف، محذرا من «شائعات السدود».\n"),
            2 => format!("حذر {who} من تأخر {what}. وقالت مصادر إن العمل رقم {n} يسير ببطء.\n"),
            3 => format!("ذكرت وكالة المدى نقلا عن {who} أن {what} على حاله.\n"),
            4 => format!(
                "طالب {who} الحكومةَ بتمويل {what}، وقال الأحد الماضي إن «الميناء والسد أولا».\n"
            ),
            _ => format!(
                "أكد {who} في بيان أن {what} سيفتتح، وأن «العمل في السد مستمر»، بحسب ما قال.\n"
            ),
        };
        let day = format!("2026-0{}-{:02}", n % 5 + 1, n % 27 + 1);
        let id = format!("n-{n}");
        let mut fields = vec![("id", &*id), ("text", &*text)];
        if n % 3 == 0 {
            fields.push(("title", "البدري: السد في موعده"));
        }
        if n % 7 != 0 {
            fields.push(("date", &day));
        }
        if !outlets[n % outlets.len()].is_empty() {
            fields.push(("source", outlets[n % outlets.len()]));
        }
        out += &line(&fields);
    }
    out
}

/// An archive of that news, which lives as long as the tests.
fn archive() -> Archive {
    static HOUSE: OnceLock<House> = OnceLock::new();
    let house = HOUSE.get_or_init(|| {
        let house = House::new();
        let mut archive = house.open("news.rawi");
        house.ingest(&mut archive, &house.file("news.jsonl", &news()));
        // Two names of one man.
        let names = ["سالم البدري", "سالم الكندي"];
        let ids = names.map(|name| archive.entity_named(name).unwrap());
        archive.merge_entities(&ids, "a test").unwrap();
        house
    });
    Archive::open(house.path("news.rawi"), Mode::Read).unwrap()
}

fn request(query: &str, sort: Sort, limit: usize) -> Request {
    Request {
        query: Query::parse(query).unwrap(),
        scope: Scope::Statements,
        sort,
        limit,
        count: true,
        cursor: None,
    }
}

/// All hits of a query, page by page.
fn all(searcher: &mut Searcher<'_>, query: &Query, sort: Sort, limit: usize) -> Vec<StatementHit> {
    let mut request = Request {
        query: query.clone(),
        ..request("", sort, limit)
    };
    let mut hits = Vec::new();
    loop {
        let page = searcher.statements(&request).unwrap();
        assert!(page.hits.len() <= limit);
        hits.extend(page.hits);
        match page.next {
            Some(next) => request.cursor = Some(next),
            None => {
                assert_eq!(page.count, Some(hits.len() as u64));
                return hits;
            }
        }
    }
}

/// What a hit says to a query, found without any index.
struct Judge {
    analyzer: Analyzer,
    /// By name: whom it means.
    names: BTreeMap<String, Vec<i64>>,
}

impl Judge {
    fn holds(&mut self, node: &Node, hit: &StatementHit) -> bool {
        match node {
            Node::All(parts) => parts.iter().all(|part| self.holds(part, hit)),
            Node::Any(parts) => parts.iter().any(|part| self.holds(part, hit)),
            Node::Not(inner) => !self.holds(inner, hit),
            Node::Words(words) => self.has(words, hit),
            Node::Filter(filter) => filter.values.iter().any(|v| self.is(filter, v, hit)),
        }
    }

    fn has(&mut self, words: &Words, hit: &StatementHit) -> bool {
        let mut terms = Vec::new();
        for piece in &hit.statement.content {
            for word in self.analyzer.words(&piece.text) {
                let raw = piece.text[word.span.range()].replace('ـ', "");
                let raw: String = raw
                    .chars()
                    .filter(|c| !('\u{64b}'..='\u{652}').contains(c))
                    .collect();
                terms.push((word.term, raw));
            }
        }
        let wanted = self.analyzer.alternatives(&words.text);
        let spelled: Vec<&str> = words.text.split(' ').collect();
        let fits = |w: usize, (term, raw): &(String, String)| match words.exact {
            true => spelled[w] == raw,
            false => wanted[w].contains(term),
        };
        let len = wanted.len();
        if let Some(most) = words.near {
            // Two words only.
            let at = |w: usize| -> Vec<usize> {
                (0..terms.len()).filter(|&i| fits(w, &terms[i])).collect()
            };
            let (first, second) = (at(0), at(1));
            return first.iter().any(|a| {
                let near = |b: &&usize| **b != *a && b.abs_diff(*a) <= most as usize + 1;
                second.iter().any(|b| near(&b))
            });
        }
        (0..terms.len()).any(|at| (0..len).all(|w| terms.get(at + w).is_some_and(|t| fits(w, t))))
    }

    fn is(&self, filter: &Filter, value: &Value, hit: &StatementHit) -> bool {
        let among = |ids: Vec<i64>| match value {
            Value::Entity(id) => ids.contains(id),
            Value::Name(name) => self.names[name].iter().any(|id| ids.contains(id)),
            Value::None => ids.is_empty(),
            _ => false,
        };
        let s = &hit.statement;
        let name = |value: &dyn erased::Name| value.name();
        let published = hit.article.published.as_deref().and_then(Date::parse);
        match filter.field {
            Field::Speaker => among(hit.speaker.iter().map(|x| x.id).collect()),
            Field::To => among(hit.addressee.iter().map(|x| x.id).collect()),
            Field::Via => among(hit.via.iter().map(|x| x.id).collect()),
            Field::Outlet => match (value, &hit.article.outlet) {
                (Value::Name(name), Some(outlet)) => outlet.contains(&**name),
                (Value::None, None) => true,
                _ => false,
            },
            Field::Act => *value == Value::Known(Box::leak(name(&s.act).into_boxed_str())),
            Field::Form => *value == Value::Known(Box::leak(name(&s.form).into_boxed_str())),
            Field::Channel => match (&s.channel, value) {
                (Some(c), Value::Known(kind)) => name(&c.kind) == *kind,
                (None, Value::None) => true,
                _ => false,
            },
            field => {
                let day = if field.is_of_saying() {
                    s.said_on
                } else {
                    published
                };
                match (value, day) {
                    (Value::None, day) => day.is_none(),
                    (Value::Time(period), Some(day)) => match field {
                        Field::Before | Field::SaidBefore => day < period.first(),
                        Field::After | Field::SaidAfter => day > period.last(),
                        Field::Since | Field::SaidSince => day >= period.first(),
                        Field::Until | Field::SaidUntil => day <= period.last(),
                        _ => (period.first()..=period.last()).contains(&day),
                    },
                    _ => false,
                }
            }
        }
    }
}

mod erased {
    /// A value of a closed list, by the name that the contract has for it.
    pub trait Name {
        fn name(&self) -> String;
    }

    impl<T: serde::Serialize> Name for T {
        fn name(&self) -> String {
            let value = serde_json::to_value(self).unwrap();
            value.as_str().unwrap().to_owned()
        }
    }
}

/// Queries of all kinds.
fn queries() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => prop::sample::select(vec![
            "السد", "سد", "الميناء", "العمل", "القطار", "مباني", "يتأخر", "وزير", "5", "كلمة",
            "\"العمل في\"", "\"السد الجديد\"", "\"العمل السد\"~2", "\"السد الميناء\"~1",
            "=السد", "=\"السد\"", "=وبالسد", "=\"العمل في السد\"",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            "speaker:\"سالم البدري\"", "speaker:\"هدى الزعبي\"", "speaker:\"سالم الكندي\"",
            "speaker:none", "to:الحكومة", "via:\"المدى\"", "outlet:النهر", "outlet:(الضفاف, الواحة)",
            "outlet:none", "act:deny", "act:(warn, demand)", "channel:press-conference",
            "channel:(none, statement)", "form:quote", "form:(clause, nominal)",
        ]).prop_map(str::to_owned),
        3 => prop::sample::select(vec![
            "date:2026-03", "date:2026-02-05", "date:none", "date:(2026-01, 2026-04-10)",
            "before:2026-03", "after:2026-02-10", "since:2026-04", "until:2026-01-15",
            "said:2026-03", "said-before:2026-03-10", "said-since:2026-02", "date:2026",
        ]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 1..4).prop_map(|p| format!("({})", p.join(" "))),
            1 => prop::collection::vec(inner.clone(), 1..4).prop_map(|p| format!("({})", p.join(" OR "))),
            1 => inner.prop_map(|p| format!("-{p}")),
        ]
    })
}

fn judge(searcher: &mut Searcher<'_>) -> Judge {
    let names = [
        "سالم البدري",
        "هدى الزعبي",
        "سالم الكندي",
        "الحكومة",
        "المدى",
    ];
    let mut of = BTreeMap::new();
    for name in names {
        let mut ids = Vec::new();
        for field in ["speaker", "to", "via"] {
            let query = Query::parse(&format!("{field}:\"{name}\"")).unwrap();
            let understood = searcher.understand(&query).unwrap();
            ids.extend(understood.names[0].meant.iter().map(|c| c.id));
        }
        assert!(!ids.is_empty(), "{name} takes part in nothing");
        of.insert(name.to_owned(), ids);
    }
    Judge {
        analyzer: Analyzer::new().unwrap(),
        names: of,
    }
}

proptest! {
    // Each case goes over the whole archive many times.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 8))]
    #[test]
    fn pages_counts_and_facets_agree_with_a_look_at_everything(text in queries(), limit in 3usize..60) {
        let archive = archive();
        let mut searcher = Searcher::new(&archive).unwrap();
        let mut judge = judge(&mut searcher);
        let everything = all(&mut searcher, &Query::default(), Sort::Newest, 1000);
        let query = Query::parse(&text).unwrap();
        let root = query.root.clone().unwrap();
        let wanted: Vec<i64> = everything
            .iter()
            .filter(|hit| judge.holds(&root, hit))
            .map(|hit| hit.id)
            .collect();
        let ids = |hits: &[StatementHit]| -> Vec<i64> { hits.iter().map(|h| h.id).collect() };
        let newest = all(&mut searcher, &query, Sort::Newest, limit);
        prop_assert_eq!(&ids(&newest), &wanted, "{}", text);
        prop_assert_eq!(searcher.count(&query, Scope::Statements).unwrap(), wanted.len() as u64);
        let mut sorted = wanted.clone();
        sorted.sort_unstable();
        for sort in [Sort::Best, Sort::Oldest] {
            let mut found = ids(&all(&mut searcher, &query, sort, limit));
            if sort == Sort::Oldest {
                let dated = found.iter().filter(|id| **id >> 32 > 0).count();
                prop_assert!(found[..dated].is_sorted() && found[dated..].is_sorted());
            }
            found.sort_unstable();
            prop_assert_eq!(&found, &sorted);
        }
        let mut exported = Vec::new();
        searcher.each_id(&query, Scope::Statements, |id| { exported.push(id); Ok(()) }).unwrap();
        exported.reverse();
        prop_assert_eq!(&exported, &wanted);
        for field in FacetField::ALL {
            let facet = searcher.facet(&query, Scope::Statements, field, 1000).unwrap();
            prop_assert!(facet.complete);
            for value in facet.values {
                let filter = Query::parse(&format!("{}:{}", field.field().name(), value.value)).unwrap();
                let both = query.clone().and(filter.root.unwrap());
                let count = searcher.count(&both, Scope::Statements).unwrap();
                prop_assert_eq!(count, value.count, "{} {}", text, both);
            }
        }
    }
}

#[test]
fn every_way_of_counting_facets_gives_the_same() {
    let archive = archive();
    for text in [
        "",
        "السد",
        "act:(deny, warn)",
        "speaker:none",
        "-form:quote",
        "outlet:none since:2026-02",
    ] {
        let query = Query::parse(text).unwrap();
        for scope in [Scope::Statements, Scope::Articles] {
            for field in FacetField::ALL {
                let mut found = Vec::new();
                // The rows of few hits are looked up by themselves, unless all are known.
                for all_known in [false, true] {
                    let archive = Archive::open(archive.path(), Mode::Read).unwrap();
                    if all_known {
                        archive.get_ready().unwrap();
                    }
                    let mut searcher = Searcher::new(&archive).unwrap();
                    found.push(searcher.facet(&query, scope, field, 1000).unwrap());
                    let top = searcher.facet(&query, scope, field, 2).unwrap();
                    let last = found.last().unwrap();
                    assert_eq!(top.values[..], last.values[..last.values.len().min(2)]);
                }
                assert_eq!(found[0], found[1], "{text} {field:?}");
                let values: Vec<_> = found[0].values.iter().map(|v| v.count).collect();
                assert!(!values.contains(&0));
            }
            let mut searcher = Searcher::new(&archive).unwrap();
            let fields = FacetField::ALL.map(|field| (field, 5));
            let breakdown = searcher.breakdown(&query, scope, &fields).unwrap();
            for ((field, most), facet) in fields.into_iter().zip(breakdown.facets) {
                assert_eq!(searcher.facet(&query, scope, field, most).unwrap(), facet);
            }
            assert_eq!(breakdown.count, searcher.count(&query, scope).unwrap());
            let days = searcher.days(&query, scope).unwrap();
            let sum: u64 = days.iter().map(|(_, count)| count).sum();
            assert_eq!(breakdown.count, sum, "{text}");
            assert!(days.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }
}

fn lit(text: &str, places: &[Place]) -> Vec<String> {
    let place = |p: &Place| {
        let chars = text.chars().skip(p.start as usize);
        chars.take((p.end - p.start) as usize).collect()
    };
    places.iter().map(place).collect()
}

#[test]
fn what_was_found_is_shown_where_it_stands() {
    let archive = archive();
    let mut searcher = Searcher::new(&archive).unwrap();
    let page = searcher
        .statements(&request("السد", Sort::Newest, 200))
        .unwrap();
    let texts: BTreeMap<String, String> = news()
        .lines()
        .map(|line| {
            let article: serde_json::Value = serde_json::from_str(line).unwrap();
            let field = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
            (field("id"), field("text"))
        })
        .collect();
    let mut forms: BTreeMap<String, usize> = BTreeMap::new();
    for hit in &page.hits {
        let text = match hit.headline {
            true => hit.article.title.as_deref().unwrap(),
            false => &texts[&hit.article.id],
        };
        assert!(!hit.highlights.is_empty());
        for form in lit(text, &hit.highlights) {
            assert!(
                ["السدّ", "السد", "وبالسد", "والسد"].contains(&&*form),
                "{form}"
            );
            *forms.entry(form).or_default() += 1;
        }
        for piece in &hit.statement.content {
            let chars = text.chars().skip(piece.start as usize);
            let same: String = chars.take((piece.end - piece.start) as usize).collect();
            assert_eq!(same, piece.text);
        }
    }
    let mut told = page.forms.clone();
    told.sort();
    assert_eq!(told, forms.into_iter().collect::<Vec<_>>());
}

#[test]
fn articles_are_found_by_all_their_words() {
    let archive = archive();
    let mut searcher = Searcher::new(&archive).unwrap();
    let mut ask = |query: &str| {
        let page: Vec<ArticleHit> = searcher
            .articles(&request(query, Sort::Newest, 100))
            .unwrap()
            .hits;
        page
    };
    // Words of the title, and words that nobody says.
    let titled = ask("موعده");
    assert_eq!(titled.len(), 16);
    for hit in &titled {
        assert_eq!(
            lit(hit.article.title.as_ref().unwrap(), &hit.title_highlights),
            ["موعده"]
        );
        assert!(hit.highlights.is_empty());
    }
    assert_eq!(ask("نفى").len(), 8);
    assert_eq!(
        ask("\"خط القطار\" act:deny -outlet:الضفاف").len(),
        ask("نفى القطار -outlet:الضفاف").len()
    );
    let all = ask("");
    assert_eq!(all.len(), 48);
    assert!(
        all.iter()
            .all(|hit| hit.excerpt.start == 0 && !hit.excerpt.text.is_empty())
    );
}

#[test]
fn names_are_led_to_whom_they_mean() {
    let archive = archive();
    let mut searcher = Searcher::new(&archive).unwrap();
    let mut names = |query: &str| {
        let query = Query::parse(query).unwrap();
        let count = searcher.count(&query, Scope::Statements).unwrap();
        (count, searcher.understand(&query).unwrap().names.remove(0))
    };
    // Whoever was merged is found by each name.
    let (one, badri) = names("speaker:\"سالم البدري\"");
    let (other, kindi) = names("speaker:\"سالم الكندي\"");
    assert!(one > 0 && badri.whole);
    assert_eq!((one, &badri.meant), (other, &kindi.meant));
    let (by_number, _) = (names("speaker:سالم").0, ());
    assert_eq!(by_number, one);
    // A name that is none, and one with two bearers.
    let (none, nobody) = names("speaker:\"فلان العلاني\"");
    assert_eq!((none, nobody.count), (0, 0));
    let (words, part) = names("speaker:الزعبي");
    assert!(words > 0 && !part.whole);
    assert_eq!(part.meant[0].name, "هدى الزعبي");
    let (_, outlet) = names("outlet:الواحة");
    assert_eq!(outlet.meant[0].name, "موقع الواحة");
}

#[test]
fn what_cannot_be_asked_is_said() {
    let archive = archive();
    let mut searcher = Searcher::new(&archive).unwrap();
    for (text, says) in [
        (
            "speaker:#99999",
            "column 1: the archive has no entity #99999",
        ),
        ("السد ـ1ـ ـأـ", ""),
    ] {
        let query = Query::parse(text).unwrap();
        match searcher.count(&query, Scope::Statements) {
            Err(e) => assert!(e.to_string().starts_with(says), "{e}"),
            Ok(count) => assert_eq!((count, says), (0, "")),
        }
    }
    let mut first = request("السد", Sort::Newest, 5);
    first.cursor = searcher.statements(&first).unwrap().next;
    assert!(first.cursor.is_some());
    let other = Request {
        query: Query::parse("الميناء").unwrap(),
        ..first
    };
    let error = searcher.statements(&other).unwrap_err();
    assert!(matches!(error, ArchiveError::Asked(_)), "{error}");
}

#[test]
fn what_leaves_nothing_is_named() {
    let archive = archive();
    let mut searcher = Searcher::new(&archive).unwrap();
    let query = Query::parse("السد speaker:\"هدى الزعبي\" channel:letter date:2026").unwrap();
    assert_eq!(searcher.count(&query, Scope::Statements).unwrap(), 0);
    let conditions = searcher.emptied_by(&query, Scope::Statements).unwrap();
    let letter = &conditions[2];
    assert_eq!((&*letter.condition, letter.alone), ("channel:letter", 0));
    assert!(letter.without > 0);
    assert!(
        conditions
            .iter()
            .enumerate()
            .all(|(i, c)| i == 2 || c.alone > 0 && c.without == 0)
    );
}

#[test]
fn a_hit_has_its_sentences_and_articles_are_counted() {
    let archive = archive();
    let mut searcher = Searcher::new(&archive).unwrap();
    let query = Query::parse("السد").unwrap();
    let page = searcher
        .statements(&request("السد", Sort::Newest, 200))
        .unwrap();
    let mut articles = std::collections::BTreeSet::new();
    for hit in &page.hits {
        articles.insert(hit.article.version);
        let around = &hit.around;
        assert_eq!(
            around.text.chars().count() as u32,
            around.end - around.start
        );
        for piece in &hit.statement.content {
            assert!(around.start <= piece.start && piece.end <= around.end);
            let skip = (piece.start - around.start) as usize;
            let chars = around.text.chars().skip(skip);
            let same: String = chars.take((piece.end - piece.start) as usize).collect();
            assert_eq!(same, piece.text);
        }
    }
    let breakdown = searcher.breakdown(&query, Scope::Statements, &[]).unwrap();
    assert_eq!(breakdown.articles, articles.len() as u64);
    let ids: Vec<i64> = page.hits.iter().map(|h| h.id).take(3).collect();
    let again = searcher.statements_of(&[ids[2], i64::MAX, ids[0]]).unwrap();
    let found: Vec<i64> = again.iter().map(|h| h.id).collect();
    assert_eq!(found, [ids[2], ids[0]]);
}

#[test]
fn copies_over_outlets_are_told() {
    let house = House::new();
    let mut archive = house.open("copies.rawi");
    let more = "وتجمع عشرات السكان أمام مبنى البلدية صباحا حاملين لافتات تطالب بإصلاح الشبكة \
        القديمة، فيما انتشرت فرق الصيانة في الأحياء الشرقية منذ الفجر لتفقد المضخات والخزانات.";
    let text = |cue: &str| {
        format!("{cue} رئيس البلدية فهد العمري إن «المياه ستعود مساء الخميس إلى كل الأحياء». {more}")
    };
    let mut news = String::new();
    for (id, outlet, cue) in [
        ("a", "صحيفة النهر", "قال"),
        ("b", "وكالة الضفاف", "وقال"),
        ("c", "موقع الواحة", "قال"),
    ] {
        news += &line(&[
            ("id", id),
            ("text", &text(cue)),
            ("date", "2026-03-02"),
            ("source", outlet),
        ]);
    }
    house.ingest(&mut archive, &house.file("copies.jsonl", &news));
    let mut searcher = Searcher::new(&archive).unwrap();
    let hits = searcher
        .statements(&request("المياه", Sort::Newest, 9))
        .unwrap()
        .hits;
    assert_eq!(hits.len(), 3);
    for hit in &hits {
        let own = hit.article.outlet.clone();
        let others: Vec<_> = hit.copies.iter().map(|c| c.outlet.clone()).collect();
        assert_eq!(others.len(), 2, "{hit:?}");
        assert!(!others.contains(&own));
        assert!(
            hit.copies
                .iter()
                .all(|c| hits.iter().any(|h| h.id == c.statement))
        );
    }
    let like = archive.speakers_like("فه", 5).unwrap();
    let like: Vec<&str> = like.iter().map(|c| &*c.name).collect();
    assert_eq!(like, ["فهد العمري"]);
    assert_eq!(archive.speakers_like("العم", 5).unwrap().len(), 1);
    assert!(archive.speakers_like(" ", 5).unwrap().is_empty());
}
