//! Asking for events: what is found is what a look at every event finds, and pages, counts,
//! matrix and days agree.

mod agree;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use proptest::prelude::*;
use rawi::reading::{Date, Event, EventType, Id, Participant, Status};
use rawi_archive::events::{Claim, DayFrom, EventFilter, EventHit, EventRequest, Who};
use rawi_archive::query::Query;
use rawi_archive::search::{Scope, Searcher, Sort};
use rawi_archive::terms::Analyzer;
use rawi_archive::{Archive, Mode};

use self::agree::{agrees, sides};
use crate::house::{House, line};

const WHO: [&str; 5] = [
    "جيش الواحة",
    "كتائب الصخر",
    "وزير الخارجية المصري سامح الزهراني",
    "الرئيس التونسي قيس البدري",
    "حركة النهر",
];

/// News in which much happens: attacks, meetings, accusations, arrests, by several outlets,
/// some of it only claimed, some in the title too, some denied, some on another day.
fn news() -> String {
    let outlets = ["صحيفة النهر", "وكالة الضفاف", "", "موقع الواحة"];
    let mut out = String::new();
    for n in 0..60 {
        let (a, b) = (WHO[n % WHO.len()], WHO[(n / 5 + n + 1) % WHO.len()]);
        let text = match n % 8 {
            0 => {
                format!("هاجمت قوات {a} مواقع {b} في حلب أمس. وقال سالم الكندي إن {b} قصفت {a}.\n")
            }
            1 => format!("التقى {a} في القاهرة {b} يوم الثلاثاء، وبحثا أزمة المياه رقم {n}.\n"),
            2 => format!("اتهم {a} {b} بخرق الهدنة. ونفى {b} أن يكون قد هاجم {a}.\n"),
            3 => format!("اعتقلت الشرطة المصرية ثلاثة متظاهرين. وأشاد {a} بموقف {b} من المدارس.\n"),
            4 => format!("اندلعت اشتباكات بين {a} و{b} قرب المدرسة في آذار الماضي.\n"),
            5 => format!(
                "قالت هدى الزعبي إن {a} هاجم {b} في دمشق العام الماضي، وطالبت الأمم المتحدة بالتدخل.\n"
            ),
            6 => format!("وقع {a} و{b} اتفاقا في الرياض. وسيلتقي {a} {b} غدا.\n"),
            _ => {
                format!("تظاهر آلاف المعلمين في تونس. وهدد {a} {b} بقطع المياه عن القرية رقم {n}.\n")
            }
        };
        let day = format!("2026-0{}-{:02}", n % 5 + 1, n % 27 + 1);
        let id = format!("e-{n}");
        let title = format!("{a} يهاجم {b} في حلب");
        let mut fields = vec![("id", &*id), ("text", &*text)];
        if n % 3 == 0 {
            fields.push(("title", &title));
        }
        if n % 7 != 0 {
            fields.push(("date", &day));
        }
        if !outlets[n % outlets.len()].is_empty() {
            fields.push(("source", outlets[n % outlets.len()]));
        }
        out += &line(&fields);
    }
    // The same report by three outlets, and a later version of one of them.
    let report = format!(
        "هاجمت قوات جيش الواحة مواقع كتائب الصخر عند القاعدة أمس. {}",
        "وتوقفت الحافلات بين المدينة والقرى القريبة طوال النهار بسبب ذلك. ".repeat(6)
    );
    let more = format!("{report}اعتقلت الشرطة المصرية ثلاثة متظاهرين عند البوابة.");
    for (id, source, day, text) in [
        ("c-1", "صحيفة النهر", "2026-03-10", &report),
        ("c-2", "وكالة الضفاف", "2026-03-10", &report),
        ("c-3", "موقع الواحة", "2026-03-11", &report),
        ("c-1", "صحيفة النهر", "2026-03-10", &more),
    ] {
        out += &line(&[
            ("id", id),
            ("source", source),
            ("date", day),
            ("text", text),
        ]);
    }
    out
}

/// An archive of that news, which lives as long as the tests.
fn archive() -> Archive {
    static HOUSE: OnceLock<House> = OnceLock::new();
    let house = HOUSE.get_or_init(|| {
        let house = House::new();
        let mut archive = house.open("events.rawi");
        house.ingest(&mut archive, &house.file("events.jsonl", &news()));
        let names = ["حركة النهر", "كتائب الصخر"];
        let ids = names.map(|name| archive.entity_named(name).unwrap());
        archive.merge_entities(&ids, "a test").unwrap();
        house
    });
    Archive::open(house.path("events.rawi"), Mode::Read).unwrap()
}

/// All events of a filter, page by page.
fn all(
    searcher: &mut Searcher<'_>,
    filter: &EventFilter,
    sort: Sort,
    limit: usize,
) -> Vec<EventHit> {
    let mut request = EventRequest {
        filter: filter.clone(),
        sort,
        limit,
        cursor: None,
    };
    let mut hits = Vec::new();
    loop {
        let page = searcher.events(&request).unwrap();
        assert!(page.hits.len() <= limit);
        hits.extend(page.hits);
        match page.next {
            Some(next) => request.cursor = Some(next),
            None => {
                assert_eq!(page.count, hits.len() as u64);
                return hits;
            }
        }
    }
}

/// What a hit says to a filter, found without the table.
struct Judge<'a> {
    archive: &'a Archive,
    analyzer: Analyzer,
    names: BTreeMap<String, BTreeSet<i64>>,
}

impl Judge<'_> {
    fn is(&self, who: &Who, ids: &[i64]) -> bool {
        match who {
            Who::Nobody => ids.is_empty(),
            Who::Entity(id) => ids.contains(id),
            Who::Name(name) => ids.iter().any(|id| self.names[name].contains(id)),
            Who::Country(code) => {
                let sql = "SELECT coalesce(merged_into, id) FROM entity WHERE country = ?1";
                let mut find = self.archive.database().prepare(sql).unwrap();
                let of: Vec<i64> = find
                    .query_map([code], |row| row.get(0))
                    .unwrap()
                    .map(Result::unwrap)
                    .collect();
                ids.iter().any(|id| of.contains(id))
            }
        }
    }

    fn any(&self, all: &[Who], ids: &[i64]) -> bool {
        all.is_empty() || all.iter().any(|who| self.is(who, ids))
    }

    fn holds(&mut self, filter: &EventFilter, hit: &EventHit) -> bool {
        let (actors, recipients) = sides(hit);
        let place: Vec<i64> = hit.place.iter().map(|e| e.id).collect();
        let claimed: Vec<i64> = hit.claimed_by.iter().map(|e| e.id).collect();
        let day = hit.day.as_deref().and_then(Date::parse);
        let both = |a: &Who, b: &Who| {
            actors.iter().any(|x| {
                recipients
                    .iter()
                    .any(|y| x != y && self.is(a, &[*x]) && self.is(b, &[*y]))
            })
        };
        self.any(&filter.actor, &actors)
            && self.any(&filter.recipient, &recipients)
            && filter
                .with
                .iter()
                .all(|who| self.is(who, &actors) || self.is(who, &recipients))
            && filter
                .between
                .as_ref()
                .is_none_or(|(a, b)| both(a, b) || both(b, a))
            && (filter.types.is_empty() || filter.types.contains(&hit.event.kind))
            && (filter.modes.is_empty()
                || hit
                    .event
                    .mode
                    .as_ref()
                    .is_some_and(|m| filter.modes.contains(&m.to_string())))
            && (filter.statuses.is_empty() || filter.statuses.contains(&hit.event.status))
            && match &filter.claimed {
                None => true,
                Some(Claim::Article) => claimed.is_empty(),
                Some(Claim::Anybody) => !claimed.is_empty(),
                Some(Claim::By(who)) => self.is(who, &claimed),
            }
            && (filter.outlets.is_empty() || filter.outlets.contains(&hit.article.outlet))
            && self.any(&filter.place, &place)
            && filter
                .since
                .is_none_or(|since| day.is_some_and(|d| since <= d))
            && filter
                .until
                .is_none_or(|until| day.is_some_and(|d| d <= until))
            && filter.dated.is_none_or(|dated| day.is_some() == dated)
            && filter.words.as_ref().is_none_or(|words| {
                let wanted = words.to_string();
                let (word, not) = match wanted.strip_prefix('-') {
                    Some(word) => (word, true),
                    None => (&*wanted, false),
                };
                let terms = self.analyzer.alternatives(word);
                let words = self.analyzer.words(&hit.sentence.text);
                terms
                    .iter()
                    .all(|one| words.iter().any(|w| one.contains(&w.term)))
                    != not
            })
    }
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![
        4 => prop::sample::select(WHO.to_vec()).prop_map(|name| {
            // The name behind the title.
            let words: Vec<&str> = name.split(' ').collect();
            Who::Name(words[words.len() - 2..].join(" "))
        }),
        1 => prop::sample::select(vec!["EGY", "TUN", "SYR", "FRA"])
            .prop_map(|code| Who::Country(code.to_owned())),
    ]
}

fn filters() -> impl Strategy<Value = EventFilter> {
    let sides = (
        prop::collection::vec(prop_oneof![6 => who(), 1 => Just(Who::Nobody)], 0..2),
        prop::collection::vec(prop_oneof![6 => who(), 1 => Just(Who::Nobody)], 0..2),
        prop::collection::vec(who(), 0..2),
        prop::option::weighted(0.2, (who(), who())),
        prop::option::weighted(
            0.3,
            prop_oneof![
                Just(Claim::Article),
                Just(Claim::Anybody),
                Just(Claim::By(Who::Name("هدى الزعبي".to_owned()))),
            ],
        ),
        prop::collection::vec(
            prop::sample::select(vec!["حلب", "القاهرة", "تونس"])
                .prop_map(|name| Who::Name(name.to_owned())),
            0..2,
        ),
    );
    let rest = (
        prop::collection::vec(prop::sample::select(EventType::ALL.to_vec()), 0..4),
        prop::collection::vec(
            prop::sample::select(vec![Status::Happened, Status::Negated, Status::Future]),
            0..3,
        ),
        prop::collection::vec(
            prop::sample::select(vec![Some("صحيفة النهر".to_owned()), None]),
            0..2,
        ),
        prop::option::weighted(0.3, 1u8..6),
        prop::option::weighted(0.3, 1u8..6),
        prop::option::weighted(0.2, any::<bool>()),
        prop::option::weighted(
            0.2,
            prop::sample::select(vec!["المدرسة", "المياه", "هاجم", "كلمة", "-المياه"]),
        ),
        prop::collection::vec(Just("demo".to_owned()), 0..2),
    );
    // Most filters have few of these conditions.
    let keep = prop::collection::vec(prop::bool::weighted(0.2), 10);
    (sides, rest, keep).prop_map(|(sides, rest, keep)| {
        let (actor, recipient, with, between, claimed, place) = sides;
        let (types, statuses, outlets, since, until, dated, words, modes) = rest;
        fn some<T>(keep: bool, all: Vec<T>) -> Vec<T> {
            if keep { all } else { Vec::new() }
        }
        EventFilter {
            actor: some(keep[0], actor),
            recipient: some(keep[1], recipient),
            with: some(keep[2], with),
            types: some(keep[3] || keep[9], types),
            statuses: some(keep[4], statuses),
            outlets: some(keep[5], outlets),
            modes: some(keep[6] && keep[7], modes),
            place: some(keep[8], place),
            between,
            claimed,
            since: since.and_then(|m| Date::parse(&format!("2026-0{m}-04"))),
            until: until.and_then(|m| Date::parse(&format!("2026-0{m}-20"))),
            dated,
            words: words.map(|word| Query::parse(word).unwrap()),
            fold: false,
        }
    })
}

fn judge<'a>(archive: &'a Archive, searcher: &mut Searcher<'_>) -> Judge<'a> {
    let mut names = BTreeMap::new();
    let mut learn = |filter: EventFilter| {
        let request = EventRequest {
            filter,
            sort: Sort::Newest,
            limit: 1,
            cursor: None,
        };
        for found in searcher.events(&request).unwrap().names {
            let meant = found.meant.iter().map(|c| c.id).collect();
            assert!(found.count > 0 && found.count <= 10, "{}", found.name);
            names.insert(found.name, meant);
        }
    };
    for name in WHO {
        let words: Vec<&str> = name.split(' ').collect();
        learn(EventFilter {
            actor: vec![Who::Name(words[words.len() - 2..].join(" "))],
            ..EventFilter::default()
        });
    }
    for name in ["حلب", "القاهرة", "تونس"] {
        learn(EventFilter {
            place: vec![Who::Name(name.to_owned())],
            ..EventFilter::default()
        });
    }
    learn(EventFilter {
        claimed: Some(Claim::By(Who::Name("هدى الزعبي".to_owned()))),
        ..EventFilter::default()
    });
    Judge {
        archive,
        analyzer: Analyzer::new().unwrap(),
        names,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn what_is_found_is_what_there_is(filter in filters(), limit in 1usize..9) {
        let archive = archive();
        let mut searcher = Searcher::new(&archive).unwrap();
        let mut judge = judge(&archive, &mut searcher);
        let everything = all(&mut searcher, &EventFilter::default(), Sort::Newest, 1000);
        let wanted: Vec<EventHit> = everything
            .into_iter()
            .filter(|hit| judge.holds(&filter, hit))
            .collect();
        let ids = |hits: &[EventHit]| -> Vec<i64> { hits.iter().map(|h| h.id).collect() };
        let found = all(&mut searcher, &filter, Sort::Newest, limit);
        prop_assert_eq!(ids(&found), ids(&wanted), "{:?}", filter);
        let keys: Vec<_> = found.iter().map(|hit| (listed(hit), hit.id)).collect();
        prop_assert!(keys.is_sorted_by(|a, b| a >= b));
        let mut oldest = ids(&all(&mut searcher, &filter, Sort::Oldest, limit));
        let dated = found.iter().filter(|hit| hit.day.is_some()).count();
        oldest[..dated].reverse();
        oldest[dated..].reverse();
        prop_assert_eq!(oldest, ids(&wanted));
        agrees(&mut searcher, &filter, &wanted);
        // Told once, the copies make up all.
        let once = EventFilter { fold: true, ..filter };
        let folded = all(&mut searcher, &once, Sort::Newest, limit);
        let copies: u32 = folded.iter().map(|hit| hit.copies).sum();
        prop_assert_eq!(copies as usize, wanted.len());
        agrees(&mut searcher, &once, &folded);
    }
}

/// Under which day an event is listed: what lies ahead of its article is told on its day.
fn listed(hit: &EventHit) -> Option<String> {
    let article = Date::from_unix_day((hit.article.version >> 32) as i32);
    let article = article
        .filter(|day| day.unix_day() > 0)
        .map(|day| day.to_string());
    let day = hit.day.clone()?;
    Some(article.map_or(day.clone(), |article| day.min(article)))
}

/// What an event of a reading is about, as far as a headline may repeat it.
type Told = (EventType, BTreeSet<Id>, BTreeSet<Id>, bool);

#[test]
fn every_current_event_is_told_once() {
    let archive = archive();
    let mut searcher = Searcher::new(&archive).unwrap();
    let hits = all(&mut searcher, &EventFilter::default(), Sort::Newest, 1000);
    let mut found: Vec<(String, String)> = hits
        .iter()
        .map(|hit| (hit.article.id.clone(), hit.event.id.to_string()))
        .collect();
    found.sort();
    let mut wanted = Vec::new();
    let mut repeats = 0;
    archive
        .export(&Query::default(), Scope::Articles, |item| {
            let reading = &item.reading;
            let headline = reading.headline.as_ref();
            let same: BTreeMap<Id, Id> = headline
                .iter()
                .flat_map(|h| &h.entities)
                .filter_map(|e| Some((e.id, e.same_as?)))
                .collect();
            let ids = |all: &[Participant<'_>]| -> BTreeSet<Id> {
                let ids = all.iter().map(|p| p.entity);
                ids.map(|id| same.get(&id).copied().unwrap_or(id)).collect()
            };
            let told = |e: &Event<'_>| -> Told {
                let denied = e.status == Status::Negated;
                (e.kind, ids(&e.actors), ids(&e.recipients), denied)
            };
            let text: Vec<Told> = reading.events.iter().map(told).collect();
            let titled = headline.iter().flat_map(|h| &h.events);
            let new: Vec<_> = titled
                .clone()
                .filter(|e| !text.contains(&told(e)))
                .collect();
            repeats += titled.count() - new.len();
            for event in reading.events.iter().chain(new) {
                wanted.push((item.article.id.clone(), event.id.to_string()));
            }
            Ok(())
        })
        .unwrap();
    wanted.sort();
    assert_eq!(found, wanted);
    assert!(repeats > 1 && hits.len() > 60, "{repeats} {}", hits.len());
    for hit in hits.iter().take(5) {
        assert_eq!(searcher.event(hit.id).unwrap().as_ref(), Some(hit));
    }
    assert_eq!(searcher.event(-1).unwrap(), None);
}

#[test]
fn an_event_is_shown_where_it_stands() {
    let archive = archive();
    let mut searcher = Searcher::new(&archive).unwrap();
    let texts: BTreeMap<String, String> = news()
        .lines()
        .map(|line| {
            let article: serde_json::Value = serde_json::from_str(line).unwrap();
            let field = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
            (field("id"), field("text"))
        })
        .collect();
    let filter = EventFilter {
        words: Some(Query::parse("هاجم OR مياه").unwrap()),
        ..EventFilter::default()
    };
    let mut claimed = 0;
    for hit in all(&mut searcher, &filter, Sort::Newest, 1000) {
        let text = match hit.headline {
            true => hit.article.title.as_deref().unwrap(),
            false => &texts[&hit.article.id],
        };
        let slice = |start: u32, end: u32| -> String {
            let chars = text.chars().skip(start as usize);
            chars.take((end - start) as usize).collect()
        };
        let sentence = &hit.sentence;
        assert_eq!(slice(sentence.start, sentence.end), sentence.text);
        let trigger = slice(sentence.trigger.start, sentence.trigger.end);
        assert!(trigger.contains(&*hit.event.trigger.text));
        assert!(!trigger.starts_with(' ') && !trigger.ends_with(' '));
        assert!(!sentence.highlights.is_empty());
        for place in &sentence.highlights {
            let word = slice(place.start, place.end);
            assert!(word.contains("هاجم") || word.contains("مياه"), "{word}");
            assert!(sentence.start <= place.start && place.end <= sentence.end);
        }
        assert_eq!(hit.statement.is_some(), hit.event.statement.is_some());
        assert_eq!(hit.claimed_by.is_some(), hit.event.claimed_by.is_some());
        claimed += usize::from(hit.claimed_by.is_some());
        let from = match &hit.event.date {
            None => DayFrom::Article,
            Some(date) if date.first_day() == date.last_day() => DayFrom::Event,
            Some(_) => DayFrom::Period,
        };
        assert_eq!(hit.day_from, hit.day.as_ref().map(|_| from));
    }
    assert!(claimed > 3);
}

#[test]
fn copies_of_a_report_are_told_once() {
    let archive = archive();
    let mut searcher = Searcher::new(&archive).unwrap();
    let mut filter = EventFilter {
        words: Some(Query::parse("القاعدة").unwrap()),
        ..EventFilter::default()
    };
    assert_eq!(searcher.count_events(&filter).unwrap(), 3);
    filter.fold = true;
    let hits = all(&mut searcher, &filter, Sort::Newest, 10);
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].copies, 3);
    // The day that all name is the one before the first report.
    assert_eq!(hits[0].day.as_deref(), Some("2026-03-09"));
    // What only the later version says is there, and the earlier version is not.
    filter.words = Some(Query::parse("البوابة").unwrap());
    assert_eq!(searcher.count_events(&filter).unwrap(), 1);
}

#[test]
fn what_cannot_be_asked_is_said() {
    let archive = archive();
    let mut searcher = Searcher::new(&archive).unwrap();
    let mut problem = |filter: EventFilter| searcher.count_events(&filter).unwrap_err().to_string();
    let none = EventFilter::default();
    let words = |text: &str| Some(Query::parse(text).unwrap());
    let unknown = problem(EventFilter {
        actor: vec![Who::Entity(99_999)],
        ..none.clone()
    });
    assert!(
        unknown.starts_with("the archive has no entity #99999: "),
        "{unknown}"
    );
    let nobody = problem(EventFilter {
        with: vec![Who::Nobody],
        ..none.clone()
    });
    assert_eq!(nobody, "with: somebody must be named");
    let field = problem(EventFilter {
        words: words("المياه outlet:النهر"),
        ..none.clone()
    });
    let says = "column 8: sentences are searched for words alone, not by `outlet:`";
    assert!(field.starts_with(says), "{field}");
    let filter = EventFilter {
        types: vec![EventType::Assault],
        ..none.clone()
    };
    let request = EventRequest {
        filter,
        sort: Sort::Newest,
        limit: 2,
        cursor: None,
    };
    let next = searcher.events(&request).unwrap().next;
    assert!(next.is_some());
    let other = EventRequest {
        filter: none,
        cursor: next,
        ..request
    };
    let error = searcher.events(&other).unwrap_err().to_string();
    assert!(error.contains("another question"), "{error}");
}

#[test]
fn what_leaves_nothing_is_named() {
    let archive = archive();
    let mut searcher = Searcher::new(&archive).unwrap();
    let filter = EventFilter {
        types: vec![EventType::Assault],
        statuses: vec![Status::Happened],
        words: Some(Query::parse("كلمة").unwrap()),
        ..EventFilter::default()
    };
    let conditions = searcher.events_emptied_by(&filter).unwrap();
    let named: Vec<_> = conditions.iter().map(|c| c.condition).collect();
    assert_eq!(named, ["type", "status", "words"]);
    assert!(conditions[2].alone == 0 && conditions[2].without > 0);
    assert!(
        conditions[..2]
            .iter()
            .all(|c| c.alone > 0 && c.without == 0)
    );
}

#[test]
fn a_country_is_known_by_code_and_by_name() {
    let archive = archive();
    for text in ["EGY", "egy", "القاهرة"] {
        assert_eq!(
            archive.country_named(text).unwrap().as_deref(),
            Some("EGY"),
            "{text}"
        );
    }
    assert_eq!(archive.country_named("بلد مخترع").unwrap(), None);
    assert_eq!(archive.speakers_of_country("FRA", 5).unwrap(), [0i64; 0]);
}
