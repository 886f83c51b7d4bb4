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
