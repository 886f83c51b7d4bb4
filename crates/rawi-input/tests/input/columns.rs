//! Tables in Parquet.

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, Date32Array, Int64Array, LargeStringArray, ListArray, RecordBatch,
    StringArray, StringViewArray, TimestampMicrosecondArray, types::Int32Type,
};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;
use proptest::prelude::*;
use rawi_input::DateOrigin;

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
