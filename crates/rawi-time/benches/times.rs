//! Throughput of finding alone, and together with the layout it stands on.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rawi_text::{Layout, SourceText};
use rawi_time::{Anchor, Date};

/// An invented article, as dense in times as news is.
const ARTICLE: &str = "قال وزير النقل في مؤتمر صحفي أمس الثلاثاء إن أعمال التوسعة في ميناء المدينة \
ستنتهي قبل نهاية العام الجاري، وأضاف أن الشركة المنفذة طلبت تمديد المهلة ثلاثة أشهر بعد أن تأخر وصول \
المعدات من الخارج. وكانت الأعمال قد بدأت في 14 مارس/آذار 2023 بكلفة بلغت نحو مليوني دولار، وتوقفت مرتين \
خلال الشتاء بسبب العواصف. وذكر بيان للبلدية أن السكان القريبين من الموقع اشتكوا من الضجيج، وأن لجنة \
محلية ستلتقي ممثلين عنهم يوم الأحد المقبل للاستماع إلى مطالبهم. وقال أحد التجار إن الحركة في السوق \
تراجعت إلى النصف، لكنه توقع أن تعود إلى ما كانت عليه حين تفتح الطرق الجديدة أمام الشاحنات والحافلات.\n";

fn times(c: &mut Criterion) {
    let text = ARTICLE.repeat(16);
    let source = SourceText::new(&text).expect("a short text");
    let anchor = Anchor::published(Date::new(2025, 2, 12));
    let mut layout = Layout::new();
    layout.analyze(&source);
    let mut out = Vec::new();
    let mut group = c.benchmark_group("times");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("find", |b| {
        b.iter(|| {
            out.clear();
            rawi_time::find(&source, &layout, &anchor, &mut out);
            black_box(out.len())
        });
    });
    group.bench_function("layout and find", |b| {
        b.iter(|| {
            out.clear();
            layout.analyze(&source);
            rawi_time::find(&source, &layout, &anchor, &mut out);
            black_box(out.len())
        });
    });
    group.finish();
}

criterion_group!(benches, times);
criterion_main!(benches);
