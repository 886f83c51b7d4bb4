//! Tables in Parquet.

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, BinaryArray, Date32Array, DictionaryArray, Int64Array, LargeStringArray,
    ListArray, RecordBatch, StringArray, StringViewArray, TimestampMicrosecondArray,
    types::Int32Type,
};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;
use proptest::prelude::*;
use rawi_input::{DateOrigin, Inputs, Row, Rows};

use super::{Bench, Found, TEXT, gzip, read};

/// A table of some rows in row groups of ten.
fn table(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    );
    let batch = batch.unwrap();
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(10))
        .build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

fn texts(rows: usize) -> ArrayRef {
    Arc::new(StringArray::from(vec![TEXT; rows]))
}

#[test]
fn columns_of_every_kind() {
    let rows = 25;
    let strings: [ArrayRef; 3] = [
        texts(rows),
        Arc::new(LargeStringArray::from(vec![TEXT; rows])),
        Arc::new(StringViewArray::from(vec![TEXT; rows])),
    ];
    // The second of March, as a day and as a time.
    let day: ArrayRef = Arc::new(Date32Array::from(vec![20_514; rows]));
    let time = 20_514 * 86_400_000_000 + 30_600_000_000;
    let times = TimestampMicrosecondArray::from(vec![time; rows]);
    let zoned: ArrayRef = Arc::new(times.clone().with_timezone("UTC"));
    let times: ArrayRef = Arc::new(times);
    let lists = ListArray::from_iter_primitive::<Int32Type, _, _>(vec![Some(vec![Some(1)]); rows]);
    for text in strings {
        for date in [&day, &times, &zoned] {
            let bytes = table(vec![
                ("معرف", Arc::new(Int64Array::from_iter(0..rows as i64))),
                ("tags", Arc::new(lists.clone())),
                ("نص الخبر", text.clone()),
                ("Publish-Date", date.clone()),
                (
                    "source",
                    Arc::new(StringArray::from(vec!["صحيفة النهر"; rows])),
                ),
                ("crawled_at", times.clone()),
            ]);
            for name in ["a.parquet", "a"] {
                let found = read(name, &bytes);
                assert_eq!(found.told(), "", "{name}: {:?}", text.data_type());
                assert_eq!(found.texts(), vec![TEXT; rows]);
                assert_eq!(found.ids()[24], "24");
                let (article, about) = (&found.articles[7], &found.about[7]);
                assert_eq!(article.published.as_deref(), Some("2026-03-02"));
                assert_eq!(article.outlet.as_deref(), Some("صحيفة النهر"));
                assert_eq!(about.fetched.as_deref(), Some("2026-03-02T08:30:00Z"));
                assert_eq!(about.dated.as_ref().unwrap().from, DateOrigin::Field);
            }
        }
    }
}

#[test]
fn rows_without_a_text_cost_no_other() {
    let text: ArrayRef = Arc::new(StringArray::from(vec![
        Some(TEXT),
        None,
        Some(" "),
        Some(TEXT),
    ]));
    let found = read("a.parquet", table(vec![("body", text.clone())]));
    assert_eq!(found.articles.len(), 2);
    let told = found.told();
    assert!(
        told.contains("a.parquet: record 2: `text` is empty"),
        "{told}"
    );
    let bench = Bench::new();
    bench.write("a.parquet", table(vec![("x", text), ("y", texts(4))]));
    let inputs = bench
        .inputs(&["a.parquet"])
        .with_fields(&["text=y"])
        .unwrap();
    assert_eq!(Found::of(&inputs).articles.len(), 4);
    let told = Found::of(&bench.inputs(&["a.parquet"])).told();
    assert!(told.contains("no column of text: x, y"), "{told}");
    // A folder has them too.
    let found = Found::of(&bench.inputs(&[""]).with_fields(&["text=y"]).unwrap());
    assert_eq!(found.articles.len(), 4);
}

#[test]
fn what_is_broken_is_named() {
    let whole = table(vec![("text", texts(25))]);
    for bytes in [
        &whole[..whole.len() - 1],
        &whole[..100],
        b"PAR1",
        b"",
        b"text",
    ] {
        let found = read("a.parquet", bytes);
        assert_eq!(found.failed.len(), 1, "{}", found.told());
        assert!(found.told().contains("broken Parquet"), "{}", found.told());
    }
    let told = read("a.parquet.gz", gzip(&whole)).told();
    assert!(told.contains("name the file itself"), "{told}");
    assert!(
        read("a.parquet", table(vec![("text", texts(0))]))
            .told()
            .contains("holds no record")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_damage_is_read_or_told(at in any::<prop::sample::Index>(), byte: u8) {
        let mut bytes = table(vec![("text", texts(12))]);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let found = read("a.parquet", &bytes);
        prop_assert!(found.articles.len() + found.failed.len() > 0);
    }
}

#[test]
fn rows_of_batches_in_memory() {
    let page = format!("<html><body><article><p>{TEXT}</p></article></body></html>");
    let text: DictionaryArray<Int32Type> = vec![Some(TEXT), None, Some(&page), Some(TEXT)]
        .into_iter()
        .collect();
    let ids = StringArray::from(vec![Some("a"), Some("b"), None, None]);
    let dates = BinaryArray::from_opt_vec(vec![
        Some(b"2026-03-02"),
        None,
        Some(b"the other day"),
        Some(b"2026-\xff"),
    ]);
    let columns: [(&str, ArrayRef); 3] = [
        ("id", Arc::new(ids)),
        ("body", Arc::new(text)),
        ("date", Arc::new(dates)),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let inputs = Inputs::new([]);
    let rows = Rows::new(&inputs, "table", &batch.schema()).unwrap();
    let found: Vec<Row> = (0..4)
        .zip(1..)
        .map(|(row, n)| rows.read(&batch, row, n))
        .collect();
    let ids: Vec<&str> = found.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "table:3", "table:4"]);
    let (article, about) = found[0].article.as_ref().unwrap();
    assert_eq!((article.id.as_str(), article.text.as_str()), ("a", TEXT));
    assert_eq!(article.published.as_deref(), Some("2026-03-02"));
    assert!(!about.extracted);
    let why = |row: usize| found[row].article.as_ref().unwrap_err().as_str();
    assert_eq!(why(1), "`text` is empty");
    assert_eq!(why(3), "published: no UTF-8 at byte 5");
    let (article, about) = found[2].article.as_ref().unwrap();
    // A page breaks its lines where it says so.
    assert_eq!(article.text, TEXT.replace('\n', " "));
    assert!(about.extracted);
    // The date, and that the text was a page.
    assert_eq!(found[2].remarks.len(), 2, "{:?}", found[2].remarks);
    let none = RecordBatch::try_from_iter([("x", texts(1)), ("y", texts(1))]).unwrap();
    let why = Rows::new(&inputs, "table", &none.schema()).unwrap_err();
    assert_eq!(why, "no column of text: x, y");
    let mapped = Inputs::new([]).with_fields(&["text=y"]).unwrap();
    assert!(Rows::new(&mapped, "table", &none.schema()).is_ok());
}
