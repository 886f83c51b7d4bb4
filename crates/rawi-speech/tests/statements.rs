//! Reads every case of `cases.txt` and compares the statements found with the
//! statements written below it.

use rawi_morph::{Morphology, Tagged};
use rawi_names::phrase::Reader;
use rawi_names::{Cast, Labels, LinkModel, NameModel, Words};
use rawi_speech::{Form, SpeechModel, Worker};
use rawi_syntax::{Parser, Trees, Wanted};
use rawi_text::{Layout, SourceText};

/// The statements of a text, one a line, as `cases.txt` writes them.
fn read(text: &str) -> Vec<String> {
    let source = SourceText::new(text).expect("the cases are plain text");
    let mut layout = Layout::new();
    layout.analyze(&source);
    let morphology = Morphology::embedded().expect("the model is whole");
    let mut tagged = Tagged::default();
    tagged.fill(&morphology, &layout);
    let mut words = Words::default();
    words.fill(&source, &layout);
    let names = NameModel::embedded().expect("the model is whole");
    let mut labels = Labels::default();
    labels.fill(&names, &layout, &tagged, &words);
    words.advise(&layout, &tagged, &labels);
    let model = SpeechModel::embedded().expect("the model is whole");
    let mut worker = Worker::new();
    worker.mark(&source, &layout, &mut words);
    let mut cast = Cast::default();
    let links = LinkModel::embedded().expect("the model is whole");
    let reader = Reader {
        source: &source,
        layout: &layout,
        words: &words,
    };
    cast.fill(&reader, &links, None);
    let parser = Parser::embedded().expect("the model is whole");
    let mut trees = Trees::default();
    trees.fill(
        &parser,
        &layout,
        &tagged,
        &words,
        cast.mentions(),
        Wanted::Telling,
    );
    let statements = worker.read(&model, &source, &layout, &words, &cast, &trees);
    let slice = |span| source.slice(span).expect("spans stand in the text");
    statements
        .iter()
        .map(|s| {
            let form = match s.form {
                Form::Quote => "quote",
                Form::Clause => "clause",
                Form::Nominal => "nominal",
            };
            let who = s.speaker.map_or("-", |w| cast.get(w.entity).name.as_str());
            let content: Vec<&str> = s.content.iter().map(|c| slice(*c)).collect();
            let mut line = format!(
                "{form} | {} | {who} | {}",
                s.cue.map_or("-", |c| slice(c.span)),
                content.join(" + ")
            );
            if !s.addressee.is_empty() {
                let names: Vec<&str> = s
                    .addressee
                    .iter()
                    .map(|&a| cast.get(a).name.as_str())
                    .collect();
                line.push_str(&format!(" | to {}", names.join("، ")));
            }
            if let Some(channel) = s.channel {
                line.push_str(&format!(" | by {}", slice(channel.span)));
            }
            if let Some(outer) = s.within {
                line.push_str(&format!(" | in {outer}"));
            }
            line
        })
        .collect()
}

#[test]
fn cases() {
    let file = include_str!("cases.txt");
    let mut failures = String::new();
    let mut count = 0;
    for (number, block) in file.split("\n\n").enumerate() {
        let lines: Vec<&str> = block
            .lines()
            .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
            .collect();
        if lines.is_empty() {
            continue;
        }
        let text: Vec<&str> = lines
            .iter()
            .filter(|l| !l.starts_with('>'))
            .copied()
            .collect();
        let wanted: Vec<&str> = lines.iter().filter_map(|l| l.strip_prefix("> ")).collect();
        let got = read(&text.join("\n"));
        count += 1;
        if got != wanted {
            failures.push_str(&format!(
                "\ncase {number}:\n{}\n  wanted:\n    {}\n  got:\n    {}\n",
                text.join("\n"),
                wanted.join("\n    "),
                got.join("\n    ")
            ));
        }
    }
    assert!(count > 50, "only {count} cases were read");
    assert!(failures.is_empty(), "{failures}");
}

/// Following `in` outward always comes to an end.
#[test]
fn no_two_statements_stand_in_each_other() {
    let text = "وحكمت المحكمة على الكاتب الذي تصفه منظمة الفجر بأنه صوت الفقراء، بالسجن شهرين، \
                وفق ما أفادت مصادر محلية.";
    let outer: Vec<Option<usize>> = read(text)
        .iter()
        .map(|line| {
            line.rsplit_once("| in ")
                .and_then(|(_, n)| n.trim().parse().ok())
        })
        .collect();
    assert!(outer.iter().any(Option::is_some), "{outer:?}");
    for start in 0..outer.len() {
        let mut steps = 0;
        let mut at = outer[start];
        while let Some(next) = at {
            steps += 1;
            assert!(
                steps <= outer.len(),
                "statement {start} stands in itself: {outer:?}"
            );
            at = outer[next];
        }
    }
}
