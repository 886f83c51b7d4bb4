//! Whatever the bytes are, they are read or refused, never worse.

use proptest::prelude::*;

use super::{TEXT, gzip, json, read};
use rawi_input::Format;

/// Pieces that inputs are made of, so that damage comes where it hurts.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let text = json(TEXT);
    let fixed = vec![
        b"{".to_vec(),
        b"}".to_vec(),
        b"[".to_vec(),
        b"]".to_vec(),
        b",".to_vec(),
        b"\"".to_vec(),
        b"\\".to_vec(),
        b":".to_vec(),
        b"\n".to_vec(),
        b" ".to_vec(),
        b"id,text\n".to_vec(),
        b"text;date\r\n".to_vec(),
        b"<p>".to_vec(),
        b"</p>".to_vec(),
        b"<script>".to_vec(),
        b"<!--".to_vec(),
        b"<article itemprop=articleBody>".to_vec(),
        b"&#x".to_vec(),
        b"\xef\xbb\xbf".to_vec(),
        b"\xff\xfe".to_vec(),
        b"\xd9".to_vec(),
        b"\xc7\xe1\xe3".to_vec(),
        b"\0".to_vec(),
        b"\x1f\x8b\x08".to_vec(),
        "قال".as_bytes().to_vec(),
        format!("{{\"text\": {text}}}").into_bytes(),
        format!("{{\"id\": 1, \"text\": {text}, \"date\": \"1/2/2026\"}}\n").into_bytes(),
        format!("\"{TEXT}\"").into_bytes(),
    ];
    let piece = prop_oneof![4 => prop::sample::select(fixed), 1 => prop::collection::vec(any::<u8>(), 0..8)];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

const NAMES: [&str; 6] = ["a", "a.txt", "a.jsonl", "a.csv", "a.tsv", "a.html"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in pieces(), name in prop::sample::select(&NAMES[..]), packed: bool) {
        let bytes = if packed { gzip(&bytes) } else { bytes };
        let found = read(name, &bytes);
        // Something is always said of a file.
        prop_assert!(found.articles.len() + found.failed.len() > 0);
        for article in &found.articles {
            prop_assert!(!article.id.is_empty() && !article.text.trim().is_empty());
            if let Some(day) = &article.published {
                prop_assert_eq!(day.len(), 10);
            }
        }
        // No more than there was, and the same again.
        let length: usize = found.articles.iter().map(|a| a.text.len()).sum();
        prop_assert!(packed || length <= bytes.len() * 3 + 3);
        let again = read(name, &bytes);
        prop_assert_eq!(found.texts(), again.texts());
        prop_assert_eq!(found.told(), again.told());
    }

    #[test]
    fn good_records_around_damage_are_read(damage in "[^\\n\\[\\]{}\"\\\\]{0,40}", pad in 0usize..5) {
        let line = |id: &str| format!("{{\"id\": \"{id}\", \"text\": {}}}\n", json(TEXT));
        let bytes = format!("{}{}{damage}\n{}", line("a"), "\n".repeat(pad), line("z"));
        let found = read("n.jsonl", bytes);
        prop_assert_eq!(found.ids(), ["a", "z"]);
    }

    #[test]
    fn text_goes_through_as_it_is(text in "[ء-ي \\n،.«»]{0,60}قال[ء-ي \\n،.«»]{0,60}") {
        let bench = super::Bench::new();
        bench.write("a.txt", &text).write("b.jsonl", format!("{{\"text\": {}}}", json(&text)));
        let cells = format!("id,text\n1,\"{text}\"\n");
        bench.write("c.csv", cells);
        let inputs = bench.inputs(&["a.txt", "b.jsonl", "c.csv"]);
        let found = super::Found::of(&inputs.with_format(Format::Auto));
        prop_assert_eq!(found.texts(), [text.as_str(); 3]);
    }
}
