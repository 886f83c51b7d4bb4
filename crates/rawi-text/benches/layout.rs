//! How fast a text is laid out, in bytes and articles a second.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rawi_text::{Layout, SourceText};

/// Three paragraphs of invented news, repeated to the length of an article.
const TEXT: &str = "أعلن محافظ مدينة الضفاف سامر العلي، اليوم الأحد، أن أعمال توسعة الميناء ستبدأ في الأول من أيلول/سبتمبر المقبل، بكلفة 12.5 مليون دولار.\nوقال العلي في مؤتمر صحفي: \"المشروع سيوفر ألفي فرصة عمل. نحن ملتزمون بالموعد\"، مضيفا أن «الدراسات اكتملت».وأشار إلى أن التمويل محلي بالكامل...\nوَأَكَّدَ رئيسُ الغرفةِ التجاريةِ أنّ القطاعَ الخاصَّ سيشارك بنسبة ٣٠٪ في التنفيذ.\n";

fn layout(c: &mut Criterion) {
    let source = SourceText::new(TEXT.repeat(6)).expect("the text is plain");
    let mut group = c.benchmark_group("layout");
    group.throughput(Throughput::BytesDecimal(source.as_str().len() as u64));
    let mut layout = Layout::new();
    group.bench_function("bytes", |b| b.iter(|| layout.analyze(&source)));
    group.throughput(Throughput::Elements(1));
    group.bench_function("articles", |b| b.iter(|| layout.analyze(&source)));
    group.finish();
}

criterion_group!(benches, layout);
criterion_main!(benches);
