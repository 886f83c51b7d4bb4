//! Damage costs as little as can be, and its place is told.

use super::{Bench, Found, TEXT, gzip, json, read};

fn record(id: &str) -> String {
    format!("{{\"id\": \"{id}\", \"text\": {}}}", json(TEXT))
}

#[test]
fn one_bad_record_among_good_ones() {
    let (a, z) = (record("a"), record("z"));
    for (bad, expected) in [
        (&b"{\"text\": \"\xd9\xff\"}"[..], "invalid UTF-8"),
        (b"{\"text\": \"a\"", "invalid JSON at column"),
        (b"{\"text\": \"a", "invalid JSON at column"),
        (b"{\"text\": \"a\"} x", "invalid JSON at column"),
        (b"text", "invalid JSON at column"),
        (b"{\"text\": \"a\\ud800\"}", "invalid JSON at column"),
        (b"{\"id\": \"x\"}", "no `text`"),
        (b"{\"text\": \" \"}", "`text` is empty"),
        (b"{\"text\": 12}", "`text` is not a string"),
        (b"{\"text\": \"a\0b\"}", "NUL character"),
        (b"{\"html\": \"<script>x</script>\"}", "holds no text"),
    ] {
        let lines = [a.as_bytes(), b"\n", bad, b"\n", z.as_bytes(), b"\n"].concat();
        let array = [b"[", a.as_bytes(), b",\n", bad, b",\n", z.as_bytes(), b"]"].concat();
        for (name, bytes) in [("n.jsonl", lines), ("n.json", array)] {
            let found = read(name, &bytes);
            let told = found.told();
            assert_eq!(found.ids(), ["a", "z"], "{told}");
            assert_eq!(found.failed.len(), 1, "{told}");
            assert!(told.contains(expected), "{expected}: {told}");
            assert!(told.contains(&format!("{name}:2")), "{told}");
        }
    }
}

#[test]
fn places_in_a_record_of_many_lines() {
    let bytes = format!(
        "[\n{},\n{{\n  \"id\": 1,\n  \"text\": 1 2\n}},\n{}\n]",
        record("a"),
        record("z")
    );
    let found = read("n.json", &bytes);
    assert_eq!(found.ids(), ["a", "z"]);
    let told = found.told();
    assert!(told.starts_with("n.json:3: record 2, byte "), "{told}");
    assert!(
        told.contains("invalid JSON at its line 3, column 13"),
        "{told}"
    );
}

#[test]
fn an_array_that_is_cut_off() {
    let bytes = format!("[{},\n{},", record("a"), record("z"));
    let found = read("n.json", bytes);
    assert_eq!(found.ids(), ["a", "z"]);
    assert!(
        found.told().contains("the array is not closed"),
        "{}",
        found.told()
    );
}

#[test]
fn tables() {
    let good = format!("\"{TEXT}\"");
    let found = read(
        "n.csv",
        format!("id,text\na,{good}\nb\nc,{good},x\nd,\ne,{good}\n"),
    );
    assert_eq!(found.ids(), ["a", "e"]);
    let told = found.told();
    // The first row goes over two lines.
    for said in [
        "n.csv:4: record 2, byte ",
        "the row has 1 cells, the header 2",
        "the row has 3 cells",
        "`text` is empty",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let found = read("n.csv", format!("id,text\na,{good}\nb,\"never closed\n"));
    assert_eq!(found.ids(), ["a", "b"]);
    assert!(found.told().contains("odd number of quotation marks"));
    let told = read("n.csv", "id,name\n1,x\n").told();
    assert!(
        told.contains("no column of text in the header: id, name"),
        "{told}"
    );
    assert!(
        read("n.csv", "id,text\n")
            .told()
            .contains("holds no record")
    );
    assert!(read("n.csv", "").told().contains("is empty"));
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_bounded() {
    let row = format!("x,{TEXT}\n");
    let mut bytes = String::from("id,text\na,\"");
    while bytes.len() < 40 << 20 {
        bytes.push_str(&row);
    }
    let found = read("n.csv", bytes);
    assert!(
        found.told().contains("longer than 16 MiB"),
        "{}",
        found.told()
    );
}

#[test]
fn packed_files() {
    let lines = format!("{}\n{}\n", record("a"), record("b"));
    let whole = gzip(lines.as_bytes());
    let zeros = [&whole[..], &[0; 10_240]].concat();
    let found = read("n.jsonl.gz", &zeros);
    assert_eq!((found.ids(), found.told()), (vec!["a", "b"], String::new()));

    let members = [
        gzip(record("a").as_bytes()),
        gzip(b"\n"),
        gzip(record("b").as_bytes()),
    ]
    .concat();
    assert_eq!(read("n.jsonl.gz", &members).ids(), ["a", "b"]);

    for cut in [whole.len() - 1, whole.len() - 8] {
        let found = read("n.jsonl.gz", &whole[..cut]);
        assert_eq!(found.ids(), ["a", "b"], "{cut}");
        let told = found.told();
        assert!(
            told.contains("n.jsonl.gz:3: byte ") && told.contains("broken gzip data"),
            "{told}"
        );
    }
    let junk = [&whole[..], b"junk"].concat();
    let found = read("n.jsonl.gz", &junk);
    assert_eq!(found.ids(), ["a", "b"]);
    assert!(
        found.told().contains("broken gzip data"),
        "{}",
        found.told()
    );
    let found = read("t.txt.gz", &gzip(TEXT.as_bytes())[..40]);
    assert!(found.articles.is_empty() && found.told().contains("t.txt.gz: broken gzip data"));
}

#[test]
fn records_that_are_too_long() {
    let long = format!("{{\"text\": \"{}\"}}", "ا".repeat(8 << 20));
    let lines = format!("{}\n{long}\n{}\n", record("a"), record("z"));
    let array = format!("[{},{long},{}]", record("a"), record("z"));
    for bytes in [lines, array] {
        let found = read("n.json", bytes);
        assert_eq!(found.ids(), ["a", "z"]);
        assert!(
            found.told().contains("longer than 16 MiB"),
            "{}",
            found.told()
        );
    }
}

#[test]
fn files_that_are_not_there() {
    let bench = Bench::new();
    bench.write("a.txt", TEXT);
    let found = Found::of(&bench.inputs(&["missing.txt", "a.txt"]));
    assert_eq!(found.texts(), [TEXT]);
    assert!(found.told().contains("missing.txt: no such file"));
}

#[test]
fn nothing_in_it() {
    for (name, said) in [
        ("e.jsonl", "holds no record"),
        ("e.txt", "is empty"),
        ("e", "is empty"),
        ("e.html", "is empty"),
    ] {
        for bytes in ["", " \n\t\n"] {
            let told = read(name, bytes).told();
            assert!(told.contains(said), "{name}: {told}");
        }
    }
    let told = read("e", "\n".repeat(100_000)).told();
    assert!(told.contains("is empty"), "{told}");
    let late = format!("{}{}", "\n".repeat(100_000), record("a"));
    assert_eq!(read("e", late).ids(), ["a"]);
}
