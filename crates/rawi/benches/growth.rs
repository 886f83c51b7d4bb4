//! How time and output grow with the length of odd texts: each pattern of
//! `growth.tsv` is repeated to two lengths and read. An exponent of about 1 is linear;
//! what is far above it will not finish on a long text.
//!
//!     cargo bench -p rawi --bench growth                 all patterns, 64 and 512 KB
//!     cargo bench -p rawi --bench growth -- names quotes  those with such names

use std::time::Instant;

use rawi::{Article, Reader, Worker};

static PATTERNS: &str = include_str!("growth.tsv");

/// The lengths in bytes that are compared.
const LENGTHS: [usize; 2] = [64 << 10, 512 << 10];

/// A word of its own for each number.
fn word(mut number: usize) -> String {
    let letters: Vec<char> = ('ب'..='غ').filter(|c| c.is_alphabetic()).collect();
    let mut word = String::new();
    loop {
        word.push(letters[number % letters.len()]);
        number /= letters.len();
        if number == 0 && word.chars().count() > 2 {
            return word;
        }
    }
}

fn repeated(pattern: &str, length: usize) -> String {
    let mut text = String::with_capacity(length + pattern.len());
    let mut number = 0;
    while text.len() < length {
        for (i, part) in pattern.split('%').enumerate() {
            if i > 0 {
                // Far apart, so that no two words are alike in their first letters.
                text.push_str(&word(number * 7919 % 9_700_003));
                number += 1;
            }
            text.push_str(part);
        }
    }
    text
}

/// Seconds and bytes of output for one text.
fn measure(worker: &mut Worker, text: String) -> (f64, usize) {
    let article = Article::new("growth", text).with_published("2025-02-12");
    let began = Instant::now();
    let reading = worker.read(&article).expect("the text can be read");
    let seconds = began.elapsed().as_secs_f64();
    let output = serde_json::to_string(&reading).map_or(0, |json| json.len());
    (seconds, output)
}

fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with('-'))
        .collect();
    let mut worker = Reader::new().expect("the reader opens").worker();
    println!(
        "{:28} {:>9} {:>9} {:>9} {:>9}",
        "pattern", "short", "long", "exponent", "output"
    );
    for line in PATTERNS.lines().filter(|line| !line.starts_with('#')) {
        let Some((name, pattern)) = line.split_once('\t') else {
            continue;
        };
        if !wanted.is_empty() && !wanted.iter().any(|w| name.contains(w.as_str())) {
            continue;
        }
        let pattern = pattern.replace("\\n", "\n");
        let [short, long] = LENGTHS.map(|length| measure(&mut worker, repeated(&pattern, length)));
        let exponent = (long.0 / short.0).ln() / (LENGTHS[1] as f64 / LENGTHS[0] as f64).ln();
        println!(
            "{name:28} {:7.3} s {:7.3} s {exponent:9.2} {:8.1}x",
            short.0,
            long.0,
            long.1 as f64 / LENGTHS[1] as f64,
        );
    }
}
