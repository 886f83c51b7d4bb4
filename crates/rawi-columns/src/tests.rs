//! The schema, which nobody may change unseen, and files that are read back.

use std::fs::File;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Int32Type};
use arrow_array::{Array as _, RecordBatch, StructArray};
use rawi::{Article, Reader, Reading};

use super::*;

fn article(number: usize) -> Article {
    Article::new(
        format!("n-{number}"),
        format!(
            "أعلنت وزيرة الري العراقية سلمى الجبوري، في مؤتمر صحفي الأحد، أن السد رقم {number} سيعمل في الصيف. \
             وأضافت: «لن ينقطع الماء عن أي قرية»، مؤكدة لمحافظ ذي قار «أن العمل تم».\n\
             واعتقلت الشرطة العراقية ثلاثة محتجين أمس."
        ),
    )
    .with_title("وزيرة الري: لن ينقطع الماء")
    .with_published("2026-03-02")
    .with_outlet("صحيفة النهر")
}

fn read(articles: &[Article]) -> Vec<Reading<'static>> {
    let reader = Reader::new().unwrap();
    let read = |a| reader.read(a).unwrap().into_owned();
    articles.iter().map(read).collect()
}

fn batches(table: Table, most: usize, articles: &[Article]) -> Vec<RecordBatch> {
    let mut batches = Batches::new(table, most);
    let mut all = Vec::new();
    for (article, reading) in articles.iter().zip(read(articles)) {
        all.extend(batches.push(article, &reading, Beside::default()).unwrap());
    }
    all.extend(batches.take().unwrap());
    all
}

fn texts(batch: &RecordBatch, column: &str) -> Vec<String> {
    let column = batch.column_by_name(column).unwrap().as_string::<i32>();
    column.iter().map(|t| t.unwrap_or("-").to_owned()).collect()
}

#[test]
fn the_schema_is_as_it_was() {
    let mut all = format!("version {VERSION}\n");
    for table in Table::ALL {
        all.push_str(&format!("\n{}\n", table.name()));
        for field in table.schema().fields() {
            let null = if field.is_nullable() { "?" } else { "" };
            let kind = field.data_type();
            all.push_str(&format!("  {}{null}: {kind}\n", field.name()));
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn each_row_is_pinned_to_its_text() {
    let articles = [article(1)];
    let reading = &read(&articles)[0];
    let headline = reading.headline.as_ref().unwrap();
    for batch in batches(Table::Statements, 100, &articles) {
        let count = reading.statements.len() + headline.statements.len();
        assert_eq!(batch.num_rows(), count);
        assert!(count > 2);
        let pieces = batch.column_by_name("pieces").unwrap().as_list::<i32>();
        for row in 0..count {
            let part = &texts(&batch, "part")[row];
            let (text, sha256) = match part.as_str() {
                "text" => (&articles[0].text, &reading.text_sha256),
                _ => (articles[0].title.as_ref().unwrap(), &headline.text_sha256),
            };
            assert_eq!(&texts(&batch, "text_sha256")[row], sha256);
            let of_row = pieces.value(row);
            let of_row: &StructArray = of_row.as_struct();
            assert!(!of_row.is_empty());
            for piece in 0..of_row.len() {
                let at = |n: usize| of_row.column(n).as_primitive::<Int32Type>().value(piece);
                let (from, to) = (at(0) as usize, at(1) as usize);
                let sliced: String = text.chars().skip(from).take(to - from).collect();
                assert_eq!(of_row.column(2).as_string::<i32>().value(piece), sliced);
            }
        }
        let day = batch.column_by_name("published").unwrap();
        assert_eq!(day.as_primitive::<Date32Type>().value(0), 20_514);
    }
    let events = &batches(Table::Events, 100, &articles)[0];
    assert!(
        texts(events, "type").contains(&"COERCE".to_owned()),
        "{events:?}"
    );
}

#[test]
fn all_tables_hold_all_rows_in_batches_that_end() {
    let articles: Vec<Article> = (0..30).map(article).collect();
    let readings = read(&articles);
    for table in Table::ALL {
        let all = batches(table, 7, &articles);
        let rows: usize = all.iter().map(RecordBatch::num_rows).sum();
        let both = |count: fn(&Reading<'_>) -> usize| readings.iter().map(count).sum::<usize>();
        let wanted = match table {
            Table::Articles | Table::Readings => articles.len(),
            Table::Statements => {
                both(|r| r.statements.len() + r.headline.as_ref().map_or(0, |h| h.statements.len()))
            }
            Table::Events => {
                both(|r| r.events.len() + r.headline.as_ref().map_or(0, |h| h.events.len()))
            }
            Table::Entities => {
                both(|r| r.entities.len() + r.headline.as_ref().map_or(0, |h| h.entities.len()))
            }
            Table::Mentions => both(|r| {
                let of = |all: &[rawi::reading::Entity<'_>]| {
                    all.iter().map(|e| e.mentions.len()).sum::<usize>()
                };
                of(&r.entities) + r.headline.as_ref().map_or(0, |h| of(&h.entities))
            }),
            Table::Times => {
                both(|r| r.times.len() + r.headline.as_ref().map_or(0, |h| h.times.len()))
            }
        };
        assert_eq!(rows, wanted, "{}", table.name());
        let longest = all.iter().map(RecordBatch::num_rows).max().unwrap();
        assert!(longest < 40, "{}: {longest}", table.name());
    }
}

#[test]
fn files_are_read_back_as_they_were() {
    let dir = tempfile::tempdir().unwrap();
    let articles: Vec<Article> = (0..5).map(article).collect();
    for table in Table::ALL {
        let path = dir.path().join(table.name());
        let written = batches(table, 1000, &articles);
        let mut out = ParquetWriter::new(File::create(&path).unwrap(), table).unwrap();
        for batch in &written {
            out.write(batch).unwrap();
        }
        out.finish().unwrap();
        let (found, read) = read_parquet(File::open(&path).unwrap()).unwrap();
        assert_eq!(found, table);
        let read: Vec<RecordBatch> = read.map(Result::unwrap).collect();
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].columns(), written[0].columns());
    }
    std::fs::write(dir.path().join("torn"), b"PAR1 and no more").unwrap();
    assert!(read_parquet(File::open(dir.path().join("torn")).unwrap()).is_err());
}

#[test]
fn a_row_holds_a_whole_reading_or_says_why_there_is_none() {
    let articles: Vec<Article> = (0..3).map(article).collect();
    let mut batches = Batches::new(Table::Readings, 100);
    let readings = read(&articles);
    let remarks = ["date of publication unclear".to_owned()];
    for (article, reading) in articles.iter().zip(&readings) {
        let beside = Beside {
            extracted: article.id == "n-1",
            remarks: &remarks,
            ..Beside::default()
        };
        assert!(batches.push(article, reading, beside).unwrap().is_none());
        let failed = batches.push_error("x", "the text is empty", &[]);
        assert!(failed.unwrap().is_none());
    }
    let batch = batches.take().unwrap().unwrap();
    assert_eq!(batch.num_rows(), 6);
    assert_eq!(
        texts(&batch, "article"),
        ["n-0", "x", "n-1", "x", "n-2", "x"]
    );
    let error = texts(&batch, "error");
    assert_eq!(error[..2], ["-", "the text is empty"]);
    let text = texts(&batch, "text");
    assert_eq!(text[0], "-");
    assert_eq!(text[2], articles[1].text);
    let lists = |column: &str| {
        batch
            .column_by_name(column)
            .unwrap()
            .as_list::<i32>()
            .clone()
    };
    assert_eq!(lists("remarks").value_length(0), 1);
    for (place, reading) in readings.iter().enumerate() {
        let headline = reading.headline.as_ref().unwrap();
        let rows = |column: &str| lists(column).value_length(2 * place) as usize;
        assert_eq!(
            rows("statements"),
            reading.statements.len() + headline.statements.len()
        );
        assert_eq!(rows("times"), reading.times.len() + headline.times.len());
        assert_eq!(lists("statements").value_length(2 * place + 1), 0);
    }
    // The rows in a list are those of the table of their own.
    let all = self::batches(Table::Events, 1000, &articles);
    let nested = lists("events");
    let nested = nested.values().as_struct();
    for name in ["type", "trigger", "actors", "confidence", "part"] {
        let (inner, own) = (nested.column_by_name(name), all[0].column_by_name(name));
        assert_eq!(
            inner.unwrap().to_data().slice(0, 3),
            own.unwrap().to_data().slice(0, 3)
        );
    }
    // Nothing is left out by what other tables take of an article that was not read.
    let mut other = Batches::new(Table::Events, 100);
    other.push_error("x", "the text is empty", &[]).unwrap();
    assert!(other.take().unwrap().is_none());
}
