//! What is a query, what it is read as, and what is none.

use proptest::prelude::*;
use rawi_time::Date;

use super::*;

fn printed(text: &str) -> String {
    Query::parse(text).unwrap().to_string()
}

#[test]
fn what_a_query_is_read_as() {
    let table = [
        ("", ""),
        ("  الميناء   الحاويات ", "الميناء الحاويات"),
        ("الميناء AND الحاويات", "الميناء الحاويات"),
        ("\"توسعة  الميناء\"", "\"توسعة الميناء\""),
        ("«توسعة الميناء» “نص” „نص“", "\"توسعة الميناء\" نص نص"),
        ("=\"الميناء\" =أحمد", "=الميناء =أحمد"),
        ("\"توسعة الرصيف\"~٥", "\"توسعة الرصيف\"~5"),
        ("ميناء OR مرفأ", "ميناء OR مرفأ"),
        ("ميناء|مرفأ أو رصيف", "ميناء OR مرفأ OR رصيف"),
        ("سفينة (ميناء | مرفأ)", "سفينة (ميناء OR مرفأ)"),
        ("سفينة ميناء | مرفأ", "(سفينة ميناء) OR مرفأ"),
        ("((الميناء) (الرصيف))", "الميناء الرصيف"),
        ("ميناء -إضراب NOT (أ ب)", "ميناء -إضراب -(أ ب)"),
        ("--ميناء", "ميناء"),
        ("or \"OR\" \"أو\"", "or \"OR\" \"أو\""),
        ("speaker:سالم", "speaker:\"سالم\""),
        ("قال: \"سالم البدري\"", "speaker:\"سالم البدري\""),
        ("to:#12 via:(#3 | نبأ)", "to:#12 via:(#3, \"نبأ\")"),
        (
            "speaker:none speaker:\"none\"",
            "speaker:none speaker:\"none\"",
        ),
        ("act:deny,warn", "act:(deny, warn)"),
        ("فعل:(نفي، تحذير)", "act:(deny, warn)"),
        ("channel:\"مؤتمر صحفي\"", "channel:press-conference"),
        ("form:quote event:اتفاق", "form:quote event:AGREE"),
        (
            "before:2026 after:12/3/2025",
            "before:2026 after:2025-03-12",
        ),
        ("منذ:\"آذار 2026\" date:none", "since:2026-03 date:none"),
        ("said-before:2026-W07", "said-before:2026-W07"),
        ("outlet:(\"صحيفة أ\", ب)", "outlet:(\"صحيفة أ\", \"ب\")"),
        ("10:30", "\"10:30\""),
        ("\"قال \\\"نعم\\\" \\\\\"", "\"قال \\\"نعم\\\" \\\\\""),
        ("1,250 F-16", "1,250 F-16"),
    ];
    for (text, wanted) in table {
        assert_eq!(printed(text), wanted, "{text}");
        assert_eq!(Query::parse(wanted), Query::parse(text), "{wanted}");
    }
}

#[test]
fn questions() {
    let table = [
        (
            "ماذا قال وزير النقل عن الميناء",
            "speaker:\"وزير النقل\" الميناء",
        ),
        (
            "ماذا قالت ليلى الحداد حول رسوم الميناء في المدينة؟",
            "speaker:\"ليلى الحداد\" رسوم الميناء المدينة",
        ),
        (
            "ماذا قال سالم البدري إلى الصحفيين عن الميناء",
            "speaker:\"سالم البدري\" to:\"الصحفيين\" الميناء",
        ),
        (
            "ماذا قال سالم عن الطريق إلى المطار",
            "speaker:\"سالم\" (to:\"المطار\" OR المطار) الطريق",
        ),
        (
            "ماذا قال سالم عبر مؤتمر صحفي عن الميناء",
            "speaker:\"سالم\" channel:press-conference الميناء",
        ),
        (
            "ماذا قال سالم عبر وكالة الضفاف",
            "speaker:\"سالم\" via:\"وكالة الضفاف\"",
        ),
        (
            "ماذا قال سالم عن الميناء بين 2026-01 و2026-03",
            "speaker:\"سالم\" since:2026-01 until:2026-03 الميناء",
        ),
        (
            "ماذا قال سالم عن العلاقات بين لبنان وقطر قبل آذار 2026",
            "speaker:\"سالم\" before:2026-03 العلاقات لبنان وقطر",
        ),
        ("ماذا قيل عن «توسعة الميناء»", "\"توسعة الميناء\""),
        (
            "ماذا قال سالم عن الميناء outlet:الضفاف -إضراب",
            "speaker:\"سالم\" الميناء outlet:\"الضفاف\" -إضراب",
        ),
        ("ماذا قال سالم", "speaker:\"سالم\""),
        ("ماذا قال", ""),
        // No question: words in the middle, or in quotes.
        ("قال ماذا قال", "قال ماذا قال"),
        ("\"ماذا قال\" سالم", "\"ماذا قال\" سالم"),
    ];
    for (text, wanted) in table {
        assert_eq!(printed(text), wanted, "{text}");
    }
}

#[test]
fn what_is_no_query_is_told_with_its_column() {
    let table = [
        ("ميناء titel:كذا", 7, "there is no field `titel:`"),
        ("speker:سالم", 1, "did you mean speaker:?"),
        ("https://example.com", 1, "put it in \"quotes\""),
        ("act:denny", 5, "did you mean deny?"),
        ("act:نعم", 5, "there is assert, deny"),
        ("channel:\"كذا وكذا\"", 9, "not a channel"),
        ("form:none", 6, "has no value `none`"),
        ("event:WAR", 7, "not an event"),
        ("ميناء before:2026-13", 14, "is no date"),
        ("after:أمس", 7, "write 2026"),
        ("before:none", 8, "has no value `none`"),
        ("speaker:", 1, "has no value"),
        ("speaker:#كذا", 9, "names no entity"),
        ("speaker:(سالم", 14, "never closed"),
        ("speaker:(سالم البدري)", 15, "not parted"),
        ("speaker:()", 1, "has no value"),
        ("(ميناء", 1, "`(` is never closed"),
        ("ميناء)", 6, "`)` closes nothing"),
        ("ميناء ()", 8, "nothing stands before `)`"),
        ("\"ميناء", 1, "`\"` is never closed"),
        ("«ميناء", 1, "`«` is never closed"),
        ("»ميناء", 1, "opens nothing"),
        ("\"أ\\ب\"", 4, "`\\` stands before"),
        ("OR ميناء", 1, "nothing stands before OR"),
        ("ميناء OR", 9, "nothing stands behind OR"),
        ("ميناء || رصيف", 8, "nothing stands before OR"),
        ("AND ميناء", 1, "AND joins nothing"),
        ("ميناء AND", 7, "AND joins nothing"),
        ("ميناء - رصيف", 7, "nothing is excluded"),
        ("=", 1, "nothing stands behind `=`"),
        ("ميناء ؟!", 7, "no letter and no digit"),
        ("\" \"", 1, "no letter and no digit"),
        ("حكوم*", 1, "`*` stands for nothing"),
        ("\"أ ب\"~", 7, "from 1 to 100"),
        ("\"أ ب\"~0", 7, "from 1 to 100"),
        ("\"أ ب\"~1000", 7, "from 1 to 100"),
        ("\"ميناء\"~3", 9, "one word has no distance"),
        ("=\"أ ب\"~3", 8, "exact spelling has no distance"),
        ("ماذا قال سالم عن", 15, "nothing stands behind `عن`"),
        ("ماذا قال سالم عن الميناء act:كذا", 30, "not an act"),
    ];
    for (text, column, says) in table {
        let error = Query::parse(text).expect_err(text);
        assert_eq!(error.column, column, "{text}: {error}");
        assert!(error.to_string().contains(says), "{text}: {error}");
    }
}

#[test]
fn limits() {
    let deep = format!("{}ميناء{}", "(".repeat(31), ")".repeat(31));
    assert!(Query::parse(&deep).is_ok());
    for (text, says) in [
        ("(".repeat(4000), "nested deeper than 32"),
        ("-".repeat(4000) + "أ", "nested deeper than 32"),
        ("أ ".repeat(201), "more than 200"),
        (
            format!("act:({})", ["deny"; 300].join(",")),
            "more than 200",
        ),
        ("ا".repeat(5000), "longer than"),
    ] {
        let error = Query::parse(&text).unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
    }
}

/// Any tree that a query can be.
fn trees() -> impl Strategy<Value = Node> {
    let text = "[ابتأو\"\\\\:() =OR-]{0,6}[ابت1]([ ~,*|]{0,3}[اب\"])?";
    let words = (text, any::<bool>(), proptest::option::of(1..100u32));
    let words = words.prop_map(|(text, exact, near)| {
        let parts: Vec<&str> = text.split_whitespace().collect();
        let near = near.filter(|_| parts.len() > 1 && !exact);
        Node::Words(Words {
            text: parts.join(" "),
            exact,
            near,
            column: Column(0),
        })
    });
    let names = prop_oneof![
        "[ابت#]{0,3}[ات]( [اب\"\\\\])?".prop_map(Value::Name),
        any::<i64>().prop_map(Value::Entity),
        Just(Value::None),
    ];
    let names = (
        prop::sample::select(vec![Field::Speaker]),
        prop::collection::vec(names, 1..4),
    );
    let known = prop::sample::subsequence(vec!["deny", "warn", "ask"], 1..3);
    let known = known.prop_map(|values| {
        let values = values.into_iter().map(Value::Known).collect();
        Node::filter(Field::Act, values)
    });
    let times = (1990..2030i32, 1..13u8, 1..29u8).prop_map(|(y, m, d)| {
        let day = Date::new(y, m, d).unwrap();
        Node::filter(Field::SaidAfter, vec![Value::Time(Period::day(day))])
    });
    let leaf = prop_oneof![
        4 => words,
        1 => names.prop_map(|(field, values)| Node::filter(field, values)),
        1 => known,
        1 => times,
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let several = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            several.clone().prop_map(|parts| Node::all(parts).unwrap()),
            several.prop_map(|parts| Node::any(parts).unwrap()),
            inner.prop_map(Node::negated),
        ]
    })
}

proptest! {
    #[test]
    fn a_tree_printed_and_read_is_the_same(root in trees()) {
        let query = Query { root: Some(root) };
        let text = query.to_string();
        let read = Query::parse(&text);
        prop_assert_eq!(read, Ok(query), "{}", text);
    }

    #[test]
    fn whatever_is_written_is_read_or_refused(
        text in "([ابتأوقال \"()|:=~*,،«»\\\\-]|speaker|act|date|OR|NOT|ماذا قال|عن|بين|2026|\\PC){0,24}"
    ) {
        match Query::parse(&text) {
            Ok(query) => {
                let printed = query.to_string();
                prop_assert_eq!(Query::parse(&printed), Ok(query), "{}", printed);
            }
            Err(error) => {
                prop_assert!(error.column <= text.chars().count() + 1);
                prop_assert!(!error.fault.hint().is_empty() && !error.fault.problem().is_empty());
            }
        }
    }
}
