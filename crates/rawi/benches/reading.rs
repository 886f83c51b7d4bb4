//! How fast whole articles are read: the shipped samples, one after another.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rawi::{Article, Reader};

fn samples() -> Vec<Article> {
    include_str!("../../../samples/articles.jsonl")
        .lines()
        .map(|line| {
            let json: serde_json::Value = serde_json::from_str(line).expect("the samples are JSON");
            let text = json["text"].as_str().expect("every sample has a text");
            let date = json["date"].as_str().expect("every sample has a date");
            Article::new("sample", text).with_published(date)
        })
        .collect()
}

fn reading(c: &mut Criterion) {
    let articles = samples();
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    let reader = Reader::new().expect("the reader opens");
    let mut worker = reader.worker();
    let mut group = c.benchmark_group("reading");
    let mut all = || {
        for article in &articles {
            std::hint::black_box(worker.read(article).expect("the samples can be read"));
        }
    };
    group.throughput(Throughput::BytesDecimal(bytes as u64));
    group.bench_function("bytes", |b| b.iter(&mut all));
    group.throughput(Throughput::Elements(articles.len() as u64));
    group.bench_function("articles", |b| b.iter(&mut all));
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
