//! What must hold at each stage for any text at all, and texts that look enough like
//! news to get there. The fuzz targets call these functions, and so does
//! `cargo test -p rawi --test fuzz_smoke`, which needs no other toolchain.

use std::sync::OnceLock;

use rawi::{Article, Reader, Reading, verify};
use rawi_morph::{Morphology, Tagged};
use rawi_names::phrase::{self, Extent};
use rawi_names::{Cast, EntityId, Labels, LinkModel, NameModel, Tags, Words};
use rawi_speech::{SpeechModel, Statement};
use rawi_syntax::{Parser, Trees, Wanted};
use rawi_text::{Layout, SourceText, fold};
use rawi_time::{Anchor, Date, TimeMention};

static WORDS: &str = include_str!("../words.txt");
static SAMPLES: &str = include_str!("../../samples/articles.jsonl");

/// The words that texts are made of: reporting, names, titles, times, events, and all
/// that the samples hold.
fn words() -> &'static [&'static str] {
    static LIST: OnceLock<Vec<&str>> = OnceLock::new();
    LIST.get_or_init(|| {
        let samples = SAMPLES.split(|c: char| !c.is_alphabetic());
        WORDS
            .lines()
            .chain(samples)
            .filter(|w| !w.is_empty())
            .collect()
    })
}

const MARKS: [&str; 24] = [
    "،", ".", ":", "\"", "«", "»", "“", "”", "(", ")", "-", "–", "؟", "!", "…", "؛", "'", "[", "]",
    "/", "%", "..", "--", "&quot;",
];

const DIGITS: [&str; 12] = [
    "1",
    "12",
    "2025",
    "12/2/2025",
    "٣",
    "3.5",
    "10:30",
    "1,000",
    "0",
    "31",
    "99999999999999999999",
    "2025-02-12",
];

const SIGNS: [char; 12] = [
    '\u{64e}',
    '\u{651}',
    '\u{64b}',
    '\u{640}',
    '\u{200d}',
    '\u{202e}',
    '\u{2067}',
    '\u{feff}',
    '\u{fdfa}',
    '\u{1f600}',
    '\u{670}',
    '\u{85}',
];

/// A text of words, marks, digits and breaks, two bytes for each: words that stand
/// beside each other in no news, and every now and then anything else.
pub fn text(bytes: &[u8]) -> String {
    let words = words();
    let mut out = String::new();
    let mut last = String::new();
    for pair in bytes.chunks_exact(2) {
        let (kind, choice) = (pair[0], usize::from(pair[1]));
        let piece = match kind % 32 {
            0..=12 => words[choice % WORDS.lines().count()].to_owned(),
            13..=20 => words[(usize::from(kind) << 8 | choice) % words.len()].to_owned(),
            21..=25 => MARKS[choice % MARKS.len()].to_owned(),
            26..=27 => DIGITS[choice % DIGITS.len()].to_owned(),
            28 => {
                out.push(SIGNS[choice % SIGNS.len()]);
                continue;
            }
            29 => {
                out.push('\n');
                continue;
            }
            // The same once more, as in a list or a mistake.
            30 => last.clone(),
            _ => {
                let letter = 0x600 + u32::try_from(choice).unwrap_or(0);
                out.extend(char::from_u32(letter));
                continue;
            }
        };
        // Marks are often glued to what stands beside them.
        if kind < 160 {
            out.push(' ');
        }
        out.push_str(&piece);
        last = piece;
    }
    out
}

/// The text as rawi takes it; none if it holds what no text may hold.
fn source(text: &str) -> Option<SourceText> {
    SourceText::new(text).ok()
}

fn layout_of(source: &SourceText) -> Layout {
    let mut layout = Layout::new();
    layout.analyze(source);
    layout
}

/// Tokens, sentences, paragraphs and quotes hold together, for arbitrary text.
pub fn layout(text: &str) {
    let Some(source) = source(text) else { return };
    let layout = layout_of(&source);
    let mut at = 0;
    for (i, token) in layout.tokens().iter().enumerate() {
        assert!(token.span.start.index() >= at && !token.span.is_empty());
        at = token.span.end.index();
        let text = source.slice(token.span).expect("a token cuts no character");
        // The spaces behind a `و` written apart are no part of the word, those of `ﷺ` are.
        let letters = |text: &str| text.replace(' ', "");
        assert_eq!(letters(&fold(text)), letters(layout.word(i)));
        let chars = source.chars_of(token.span);
        assert_eq!(source.bytes_of(chars), Some(token.span));
    }
    for ranges in [layout.sentences(), layout.paragraphs()] {
        let mut next = 0;
        for range in ranges {
            assert!(range.start == next && range.end > next);
            next = range.end;
        }
        assert_eq!(next as usize, layout.tokens().len());
    }
    for (k, quote) in layout.quotes().iter().enumerate() {
        let content = source
            .slice(quote.content)
            .expect("content cuts no character");
        assert!(!content.is_empty());
        assert!(quote.continues.is_none_or(|before| (before as usize) < k));
        assert_eq!(layout.quote_opening(quote.open as usize), Some(k));
        if let Some(close) = quote.close {
            assert_eq!(layout.quote_closing(close as usize), Some(k));
        }
    }
    let folded = layout.folded().as_str();
    assert_eq!(fold(folded), folded);
}

fn morphology() -> &'static Morphology<'static> {
    static MODEL: OnceLock<Morphology<'static>> = OnceLock::new();
    MODEL.get_or_init(|| Morphology::embedded().expect("the model is sound"))
}

/// Every word is cut inside itself and has its lemma.
pub fn tags(text: &str) {
    let Some(source) = source(text) else { return };
    let layout = layout_of(&source);
    let mut tagged = Tagged::default();
    tagged.fill(morphology(), &layout);
    for i in 0..layout.tokens().len() {
        let (word, analysis) = (layout.word(i), tagged.get(i));
        assert!(word.contains(analysis.cut.stem(word)));
        let _ = morphology().lemma(word, &analysis);
        let _ = morphology().inflection(word, &analysis);
    }
}

/// An article up to its names and times.
struct Read {
    source: SourceText,
    layout: Layout,
    words: Words,
    trees: Trees,
    times: Vec<TimeMention>,
    speech: rawi_speech::Worker,
    cast: Cast,
}

fn names_of(text: &str) -> Option<Read> {
    static MODEL: OnceLock<NameModel<'static>> = OnceLock::new();
    let model = MODEL.get_or_init(|| NameModel::embedded().expect("the model is sound"));
    let source = source(text)?;
    let layout = layout_of(&source);
    let mut times = Vec::new();
    rawi_time::find(&source, &layout, &anchor(), &mut times);
    let mut tagged = Tagged::default();
    tagged.fill(morphology(), &layout);
    let mut words = Words::default();
    words.fill(&source, &layout);
    let mut labels = Labels::default();
    labels.fill(model, &layout, &tagged, &words);
    words.advise(&layout, &tagged, &labels);
    for time in &times {
        words.mark(&layout, time.span, Tags::TIME);
    }
    let mut speech = rawi_speech::Worker::new();
    speech.mark(&source, &layout, &mut words);
    let mut cast = Cast::default();
    let links = LinkModel::embedded().ok()?;
    let reader = phrase::Reader {
        source: &source,
        layout: &layout,
        words: &words,
    };
    cast.fill(&reader, &links, None);
    let mut trees = Trees::default();
    let parser = Parser::embedded().ok()?;
    trees.fill(
        &parser,
        &layout,
        &tagged,
        &words,
        cast.mentions(),
        Wanted::Telling,
    );
    Some(Read {
        source,
        layout,
        words,
        trees,
        times,
        speech,
        cast,
    })
}

fn anchor() -> Anchor {
    Anchor::published(Date::new(2025, 2, 12))
}

/// Phrases end inside their limits, and mentions are characters of the text.
pub fn names(text: &str) {
    let Some(read) = names_of(text) else { return };
    let reader = phrase::Reader {
        source: &read.source,
        layout: &read.layout,
        words: &read.words,
    };
    let count = read.layout.tokens().len();
    for i in 0..count {
        for limit in [i + 1, (i + 7).min(count), count] {
            for extent in [Extent::Strict, Extent::Loose] {
                let end = reader.extent(i, limit, extent);
                assert!((i..=limit).contains(&end));
                if end > i {
                    let phrase = reader.describe(i..end);
                    assert!(phrase.first_end <= end && phrase.head < end);
                }
            }
        }
    }
    for id in (0..read.cast.entities().len()).map(EntityId) {
        for mention in read.cast.mentions_of(id) {
            assert!(
                read.source
                    .slice(mention.span)
                    .is_some_and(|m| !m.is_empty())
            );
        }
    }
}

/// Times stand in order, beside each other, and inside the text.
pub fn times(text: &str) {
    let Some(source) = source(text) else { return };
    let layout = layout_of(&source);
    for anchor in [anchor(), Anchor::unknown()] {
        let mut times = Vec::new();
        rawi_time::find(&source, &layout, &anchor, &mut times);
        assert!(times.windows(2).all(|t| t[0].span.end <= t[1].span.start));
        for time in times {
            assert!(source.slice(time.span).is_some_and(|t| !t.is_empty()));
        }
    }
}

fn statements(read: &mut Read) -> Vec<Statement> {
    static MODEL: OnceLock<SpeechModel<'static>> = OnceLock::new();
    let model = MODEL.get_or_init(|| SpeechModel::embedded().expect("the model is sound"));
    let Read {
        source,
        layout,
        words,
        speech,
        cast,
        trees,
        ..
    } = read;
    speech.read(model, source, layout, words, cast, trees)
}

/// Statements have content, stand in no ring, and nobody speaks who is not in the cast.
pub fn speech(text: &str) {
    let Some(mut read) = names_of(text) else {
        return;
    };
    let found = statements(&mut read);
    let people = read.cast.entities().len();
    for (i, s) in found.iter().enumerate() {
        assert!(!s.content.is_empty());
        for &piece in &s.content {
            assert!(read.source.slice(piece).is_some_and(|t| !t.is_empty()));
        }
        assert!(s.speaker.is_none_or(|x| x.entity.0 < people));
        assert!((0.0..=1.0).contains(&s.confidence));
        let mut outer = s.within;
        for _ in 0..found.len() {
            let Some(k) = outer else { break };
            assert_ne!(k, i, "a statement stands in itself");
            outer = found[k].within;
        }
    }
}

/// Every word of a sentence hangs on another of the same sentence, and on none of those
/// that hang on it.
pub fn trees(text: &str) {
    let Some(read) = names_of(text) else {
        return;
    };
    for sentence in read.layout.sentences() {
        let range = sentence.start as usize..sentence.end as usize;
        for i in range.clone() {
            let mut above = read.trees.upward(i).take(range.len() + 1);
            assert!(above.all(|t| range.contains(&t)));
            assert!(read.trees.upward(i).take(range.len() + 1).count() <= range.len());
        }
    }
}

/// Events have a trigger, and their sides are in the cast.
pub fn events(text: &str) {
    let Some(mut read) = names_of(text) else {
        return;
    };
    let statements = statements(&mut read);
    let article = rawi_events::Article {
        source: &read.source,
        layout: &read.layout,
        words: &read.words,
        trees: &read.trees,
        statements: &statements,
        times: &read.times,
        published: None,
    };
    let judge = rawi_events::Judge::embedded().expect("the built-in model of events");
    for event in rawi_events::Worker::new().read(article, &read.cast, &judge) {
        assert!(
            read.source
                .slice(event.trigger)
                .is_some_and(|t| !t.is_empty())
        );
        let mut sides = event.actors.iter().chain(&event.recipients);
        assert!(sides.all(|id| id.0 < read.cast.entities().len()));
        assert!(event.statement.is_none_or(|s| s < statements.len()));
    }
}

/// Whatever is read holds against its text, and survives JSON.
pub fn reading(text: &str) {
    static READER: OnceLock<Reader> = OnceLock::new();
    let reader = READER.get_or_init(|| Reader::new().expect("the reader opens"));
    let article = Article::new("fuzz", text).with_published("2025-02-12");
    let Ok(reading) = reader.read(&article) else {
        return;
    };
    if let Err(error) = verify(&reading, &article) {
        panic!("{error}");
    }
    let json = serde_json::to_string(&reading).expect("a reading is JSON");
    let back: Reading = serde_json::from_str(&json).expect("its JSON is a reading");
    assert_eq!(back, reading);
}
