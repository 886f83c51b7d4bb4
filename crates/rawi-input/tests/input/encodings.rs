//! What was used before UTF-8, and what is no text at all.

use encoding_rs::{ISO_8859_6, WINDOWS_1256};

use super::{TEXT, gzip, json, read};

/// The text in every encoding that is read, with its name.
fn encoded(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let wide = |mark: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let text = format!("{mark}{text}");
        text.encode_utf16().flat_map(bytes).collect()
    };
    vec![
        ("Windows-1256", WINDOWS_1256.encode(text).0.into_owned()),
        ("UTF-16LE", wide("\u{feff}", u16::to_le_bytes)),
        ("UTF-16BE", wide("\u{feff}", u16::to_be_bytes)),
        ("UTF-16LE", wide("", u16::to_le_bytes)),
        ("UTF-16BE", wide("", u16::to_be_bytes)),
    ]
}

#[test]
fn every_form_in_every_encoding() {
    let record = format!("{{\"id\": \"a\", \"text\": {}}}", json(TEXT));
    for (name, form) in [
        ("a.txt", TEXT.to_owned()),
        ("a.jsonl", format!("{record}\n")),
        ("a.txt", format!("[{record}]")),
        ("a.csv", format!("id,text\na,\"{TEXT}\"\n")),
        (
            "a.html",
            format!("<p>{}</p>", TEXT.replace('\n', "</p><p>")),
        ),
    ] {
        for (encoding, bytes) in encoded(&form) {
            for (name, bytes) in [
                (name.to_owned(), bytes.clone()),
                (format!("{name}.gz"), gzip(&bytes)),
            ] {
                let found = read(&name, bytes);
                assert_eq!(found.texts(), [TEXT], "{name} {encoding}");
                let told = found.told();
                assert!(
                    told.contains(encoding) && found.failed.is_empty(),
                    "{name}: {told}"
                );
                assert_eq!(told.lines().count(), 1, "{name}: {told}");
            }
        }
    }
}

#[test]
fn the_alphabet_of_iso() {
    // It has no quotation marks but those of ASCII.
    let text = "قال المتحدث باسم الوفد: \"العمل انتهى، والطريق مفتوحة\".";
    let found = read("a.txt", ISO_8859_6.encode(text).0);
    assert_eq!(found.texts(), [text]);
    assert!(found.told().contains("ISO-8859-6"), "{}", found.told());
}

#[test]
fn a_page_that_names_its_encoding() {
    let page = "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=windows-1256\"></head><body><p>مصر</p></body></html>";
    let found = read("a.html", WINDOWS_1256.encode(page).0);
    assert_eq!(found.texts(), ["مصر"]);
    assert!(found.told().contains("is Windows-1256"), "{}", found.told());
}

#[test]
fn the_mark_of_utf8_is_no_part_of_the_text() {
    let found = read("a.txt", format!("\u{feff}{TEXT}"));
    assert_eq!((found.texts(), found.told()), (vec![TEXT], String::new()));
}

#[test]
fn damaged_utf8_stays_an_error() {
    let bytes = [TEXT.as_bytes(), b"\n\xd9\xff", TEXT.as_bytes()].concat();
    let found = read("a.txt", &bytes);
    let place = format!("a.txt: line 3, byte {}: invalid UTF-8", TEXT.len() + 1);
    assert!(found.told().contains(&place), "{}", found.told());
    assert!(found.articles.is_empty());
    for bytes in [&b"ab\n\xd9\xff"[..], b"caf\xe9 d\xe9j\xe0 vu"] {
        assert!(read("a.txt", bytes).told().contains("invalid UTF-8"));
    }
}

#[test]
fn what_is_no_text_is_named() {
    let zip = |name: &str| [b"PK\x03\x04\x14\0\x06\0\x08\0", name.as_bytes()].concat();
    let mut tar = vec![b'a'; 600];
    tar[257..262].copy_from_slice(b"ustar");
    let table: Vec<(Vec<u8>, &str)> = vec![
        (zip("word/document.xml"), "Word document (.docx)"),
        (zip("xl/workbook.xml"), "Excel workbook"),
        (zip("a.txt"), "zip archive"),
        (
            b"%PDF-1.7\n%\xe2\xe3".to_vec(),
            "is a PDF; extract its text",
        ),
        (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), "is an image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "is an image"),
        (b"SQLite format 3\0\x10\0".to_vec(), "SQLite database"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
            "old Office document",
        ),
        (b"{\\rtf1\\ansi".to_vec(), "rich text"),
        (b"\x28\xb5\x2f\xfd\x04\0".to_vec(), "packed with zstd"),
        (b"PAR1\x15\x04".to_vec(), "Parquet"),
        (tar.clone(), "tar archive"),
        (gzip(&tar), "tar archive"),
        (
            b"<?xml version=\"1.0\"?><rss><channel/></rss>".to_vec(),
            "is XML",
        ),
        (b"\x01\x02\0\x03\x80\x81\0\0".to_vec(), "NUL character"),
        (b"ab\0c".to_vec(), "line 1, byte 2: NUL character"),
    ];
    for (bytes, expected) in table {
        for name in ["a.txt", "a.dat"] {
            let found = read(name, &bytes);
            let told = found.told();
            assert!(told.contains(expected), "{expected}: {told}");
            assert!(
                found.articles.is_empty() && told.lines().count() == 1,
                "{told}"
            );
        }
    }
}
