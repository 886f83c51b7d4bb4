//! Exports: the rows that the command writes, as a stream.

use std::fs;

use rawi_archive::query::Query;
use rawi_archive::{Archive, Mode};
use rawi_export::table::Table;
use rawi_export::{Form, Out};

use crate::house::House;

/// What the command writes.
fn written(house: &House, query: &str, form: Form) -> Vec<u8> {
    let archive = Archive::open(&house.archive, Mode::Read).unwrap();
    let mut out = Out::begin(Vec::new(), form, &archive).unwrap();
    let query = Query::parse(query).unwrap();
    archive
        .export(&query, form.scope(), |item| out.item(item))
        .unwrap();
    out.finish().unwrap().0
}

#[test]
fn all_forms_hold_what_the_command_writes() {
    let house = House::new();
    for (asked, query, form, kind) in [
        ("", "", Form::Readings, "application/x-ndjson"),
        (
            "table=statements&act=deny",
            "act:deny",
            Form::Lines,
            "application/x-ndjson",
        ),
        (
            "format=csv",
            "",
            Form::Csv(Table::Statements),
            "text/csv; charset=utf-8; header=present",
        ),
        (
            "format=csv&table=events",
            "",
            Form::Csv(Table::Events),
            "text/csv; charset=utf-8; header=present",
        ),
        (
            "format=jsonld&form=quote",
            "form:quote",
            Form::Jsonld,
            "application/ld+json",
        ),
        ("format=plover", "", Form::Plover, "application/x-ndjson"),
    ] {
        let told = house.get(&format!("/export?{asked}"));
        assert_eq!(told.status, 200, "{asked}");
        assert_eq!(told.header("content-type"), kind);
        assert!(
            told.header("content-disposition")
                .starts_with("attachment; filename=\"rawi.")
        );
        assert!(told.bytes == written(&house, query, form), "{asked}");
    }
    for table in [
        "articles",
        "statements",
        "events",
        "entities",
        "mentions",
        "times",
    ] {
        let told = house.get(&format!("/export?format=parquet&table={table}"));
        let file = house.archive.with_extension("parquet");
        fs::write(&file, &told.bytes).unwrap();
        let (read, batches) = rawi_columns::read_parquet(fs::File::open(&file).unwrap()).unwrap();
        assert_eq!(read.name(), table);
        let rows: usize = batches.map(|batch| batch.unwrap().num_rows()).sum();
        assert!(rows > 0, "{table}");
    }
}

#[test]
fn an_export_that_makes_no_sense_is_refused_before_it_begins() {
    let house = House::new();
    for (asked, status) in [
        ("format=csv&table=times", 422),
        ("format=jsonld&table=events", 422),
        ("format=plover&table=statements", 422),
        ("table=events", 422),
        ("format=xlsx", 400),
        ("q=%28", 422),
        ("speaker=999999", 422),
    ] {
        let told = house.get(&format!("/export?{asked}"));
        assert_eq!(told.status, status, "{asked}");
        house.described("get", "/export", &told);
    }
}

#[test]
fn the_head_of_an_export_is_told_without_making_it() {
    let house = House::new();
    let told = house.ask("HEAD", "/export?format=csv", &[], "");
    assert_eq!((told.status.as_u16(), told.bytes.len()), (200, 0));
    assert_eq!(
        told.header("content-type"),
        "text/csv; charset=utf-8; header=present"
    );
}

#[test]
fn the_page_of_events_gives_the_records_of_the_command() {
    let house = House::new();
    let all = String::from_utf8(written(&house, "", Form::Plover)).unwrap();
    let all: Vec<&str> = all.lines().collect();
    assert!(all.len() > 5);
    for question in ["copies=all", "type=CONSULT", "claimed=somebody&sort=oldest"] {
        let told = house.page(&format!("/events/download?format=plover&{question}"));
        assert_eq!(told.status, 200, "{question}");
        assert_eq!(told.header("content-type"), "application/jsonl");
        let saved = "attachment; filename=\"events.plover.jsonl\"";
        assert_eq!(told.header("content-disposition"), saved);
        let records = String::from_utf8(told.bytes).unwrap();
        let lines = house.page(&format!("/events/download?format=jsonl&{question}"));
        let lines = String::from_utf8(lines.bytes).unwrap();
        // The same events in the same order, each as the command writes it.
        assert_eq!(records.lines().count(), lines.lines().count());
        assert!(records.lines().count() > 0, "{question}");
        for (record, line) in records.lines().zip(lines.lines()) {
            assert!(all.contains(&record), "{question}: {record}");
            let [record, line] = [record, line].map(|text| {
                let json: serde_json::Value = serde_json::from_str(text).unwrap();
                json
            });
            assert_eq!(record["type"], line["event"]["type"]);
            let (article, event) = (&line["article"]["id"], &line["event"]["id"]);
            let id = format!("{}#{}", article.as_str().unwrap(), event.as_str().unwrap());
            assert_eq!(record["id"], id);
        }
        if question == "copies=all" {
            assert_eq!(records.lines().count(), all.len());
        }
    }
    let page = String::from_utf8(house.page("/events?type=CONSULT").bytes).unwrap();
    assert!(page.contains("/events/download?type=CONSULT&amp;format=plover"));
    assert_eq!(house.page("/events/download?format=xlsx").status, 400);
}
