//! Sentences of every class, with what must be found in them.

use rawi_text::{Layout, SourceText};
use rawi_time::{Anchor, Date, TimeKind, TimeMention, value::Value};

/// One line of `cases.txt`.
struct Case {
    line: usize,
    text: String,
    /// The bracketed stretches, in bytes of `text`.
    spans: Vec<(usize, usize)>,
    values: Vec<String>,
}

fn parse(line: usize, row: &str) -> Case {
    let (marked, values) = row.split_once(" | ").unwrap_or((row, ""));
    let (mut text, mut spans, mut open) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '[' => open = text.len(),
            ']' => spans.push((open, text.len())),
            c => text.push(c),
        }
    }
    Case {
        line,
        text,
        spans,
        values: values.split_whitespace().map(str::to_owned).collect(),
    }
}

fn find(text: &str, anchor: &Anchor) -> Vec<TimeMention> {
    let source = SourceText::new(text).expect("a short text");
    let mut layout = Layout::new();
    layout.analyze(&source);
    let mut out = Vec::new();
    rawi_time::find(&source, &layout, anchor, &mut out);
    out
}

#[test]
fn every_case_is_read_as_written() {
    let (mut anchor, mut wrong, mut count) = (Anchor::unknown(), Vec::new(), 0);
    for (i, row) in include_str!("cases.txt").lines().enumerate() {
        if row.is_empty() || row.starts_with('#') {
            continue;
        }
        if let Some(day) = row.strip_prefix("@ ") {
            anchor = match day {
                "ahead" => anchor.ahead(),
                day => Anchor::published(Date::parse(day)),
            };
            continue;
        }
        let case = parse(i + 1, row);
        let found = find(&case.text, &anchor);
        let spans: Vec<_> = found
            .iter()
            .map(|t| (t.span.range().start, t.span.range().end))
            .collect();
        let values: Vec<_> = found
            .iter()
            .map(|t| t.value.map_or("-".into(), |v| v.to_string()))
            .collect();
        if spans != case.spans || values != case.values {
            let read: Vec<_> = spans.iter().map(|&(a, b)| &case.text[a..b]).collect();
            wrong.push(format!(
                "line {}: {row}\n    got {read:?} {values:?}",
                case.line
            ));
        }
        count += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 250, "only {count} cases");
}

#[test]
fn kinds_follow_timex3() {
    let anchor = Anchor::published(Date::parse("2025-02-12"));
    for (text, kind) in [
        ("وصل أمس", TimeKind::Date),
        ("يبدأ في الساعة 14:30", TimeKind::Time),
        ("لمدة شهرين", TimeKind::Duration),
        ("كل جمعة", TimeKind::Set),
        ("بين 2016 و2018", TimeKind::Date),
        ("قبل ساعتين", TimeKind::Duration),
        ("الأيام المقبلة", TimeKind::Date),
    ] {
        let kinds: Vec<_> = find(text, &anchor).iter().map(|t| t.kind).collect();
        assert_eq!(kinds, [kind], "{text}");
    }
}

#[test]
fn a_statement_counts_from_its_own_day() {
    let text = "قال يوم السبت: «نلتقي غدا». ويعود غدا.";
    let quote = text.find('«').expect("a quote");
    let end = text.find('»').expect("its end");
    let said = rawi_text::Span::new(quote as u32, end as u32);
    let anchor = Anchor::published(Date::parse("2025-02-12")).said(said, Date::parse("2025-02-08"));
    let values: Vec<_> = find(text, &anchor).into_iter().map(|t| t.value).collect();
    let expected = ["2025-02-08", "2025-02-09", "2025-02-13"].map(Value::parse);
    assert_eq!(values, expected);
}

#[test]
fn without_a_day_only_absolute_values_stand() {
    for (text, value) in [
        ("وصل أمس", None),
        ("يوم الاثنين", None),
        ("في مارس الماضي", None),
        ("في 5 مارس", None),
        ("قبل يومين", None),
        ("عيد الفطر", None),
        ("الساعة 14:30", Some("T14:30")),
        ("في 5 مارس 2021", Some("2021-03-05")),
        ("عام 2015", Some("2015")),
        ("لمدة شهرين", Some("P2M")),
        ("كل جمعة", Some("XXXX-WXX-5")),
        ("عيد الفطر 2019", Some("2019-06-04")),
    ] {
        let found = find(text, &Anchor::unknown());
        let values: Vec<_> = found.iter().map(|t| t.value).collect();
        assert_eq!(values, [value.and_then(Value::parse)], "{text}");
    }
}

#[test]
fn values_cover_days() {
    for (value, first, last) in [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2015", "2015-01-01", "2015-12-31"),
        ("2015-Q3", "2015-07-01", "2015-09-30"),
        ("2015-H1", "2015-01-01", "2015-06-30"),
        ("2015-WI", "2015-12-01", "2016-02-29"),
        ("2025-W07", "2025-02-10", "2025-02-16"),
        ("2025-W07-WE", "2025-02-15", "2025-02-16"),
        ("199", "1990-01-01", "1999-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
        ("2016/2018", "2016-01-01", "2018-12-31"),
        ("2025-02-12T14:30Z", "2025-02-12", "2025-02-12"),
    ] {
        let parsed = Value::parse(value).expect("a value");
        assert_eq!(parsed.first_day(), Date::parse(first), "{value}");
        assert_eq!(parsed.last_day(), Date::parse(last), "{value}");
        assert_eq!(parsed.to_string(), value);
    }
    for wrong in [
        "", "P", "PT", "P3", "2015-13", "2015-W54", "2015-Q5", "T25:00", "٢٠١٥", "P1H", "2015/",
    ] {
        assert_eq!(Value::parse(wrong), None, "{wrong}");
    }
}
