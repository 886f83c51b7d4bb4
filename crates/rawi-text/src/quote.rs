//! Pairing quotation marks.
//!
//! News mixes every kind of mark, turns them around, nests straight ones,
//! forgets to close them and uses them as bullets. So no mark is believed for
//! its shape alone: each says how well it would open and how well it would
//! close ([`mark`]), and of all the ways to read a text's marks together the
//! cheapest is taken ([`story`]). An odd mark then costs a little wherever it
//! stands and spoils nothing after it.

mod mark;
mod story;
mod stretch;

use std::ops::Range;

use crate::Quote;
use crate::layout::Words;

use mark::Mark;
pub use mark::closes_quotation;
use story::{Act, Step};
use stretch::Stretches;

/// How many paragraph breaks a quotation may run over.
const LONGEST_RUN: usize = 6;

/// Pairs the marks of texts. It keeps its buffers from one text to the next.
#[derive(Clone, Default, Debug)]
pub(crate) struct Pairing {
    steps: Vec<Step>,
    acts: Vec<Act>,
    story: story::Story,
}

impl Pairing {
    /// Fills `out` with the quotes of a text, in the order of their opening
    /// marks.
    pub(crate) fn pair(
        &mut self,
        words: Words<'_>,
        paragraphs: &[Range<u32>],
        out: &mut Vec<Quote>,
    ) {
        out.clear();
        self.steps.clear();
        let mut last = 0;
        for (p, paragraph) in paragraphs.iter().enumerate() {
            let tokens = paragraph.start as usize..paragraph.end as usize;
            for i in tokens.clone() {
                if let Some(mark) = Mark::read(words, i, tokens.clone()) {
                    if p > last {
                        self.steps.push(Step::Break(p - last));
                        last = p;
                    }
                    self.steps.push(Step::Mark(mark));
                }
            }
        }
        if self.steps.is_empty() {
            return;
        }
        self.story.tell(&self.steps, &mut self.acts);
        let mut stretches = Stretches::new(words, paragraphs);
        stretches.follow(&self.steps, &self.acts);
        stretches.finish(out);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Layout, SourceText};

    /// Quotes as `+` (goes on), depth, `~` (unclosed), content.
    fn quotes(text: &str) -> Vec<String> {
        let source = SourceText::new(text).unwrap();
        let mut layout = Layout::new();
        layout.analyze(&source);
        layout
            .quotes()
            .iter()
            .map(|q| {
                let open = if q.close.is_some() { "" } else { "~" };
                let chained = if q.continues.is_some() { "+" } else { "" };
                let content = source.slice(q.content).unwrap();
                format!("{chained}{}{open}{content}", q.depth)
            })
            .collect()
    }

    fn check(table: &[(&str, &[&str])]) {
        for (text, wanted) in table {
            assert_eq!(quotes(text), *wanted, "{text}");
        }
    }

    #[test]
    fn pairs_of_all_kinds() {
        check(&[
            ("قال: «نعم».", &["0نعم"]),
            ("قال \"نعم\" ثم صمت", &["0نعم"]),
            ("وصفه بـ\"الخطأ الكبير\" أمس", &["0الخطأ الكبير"]),
            ("قال “نعم” و”لا“", &["0نعم", "0لا"]),
            ("قال „نعم“ فقط", &["0نعم"]),
            ("قال «نعم\" فقط", &["0نعم"]),
            ("قال \" نعم \" و\" لا \" فقط", &["0نعم", "0لا"]),
            ("قال &quot;نعم&quot; أمس", &["0نعم"]),
            ("حزب #187;الواحة#171; الجديد", &["0الواحة"]),
            ("قال ''نعم'' أمس", &["0نعم"]),
            (
                "برنامج 'ضفاف الخير' و‘باب النهر’ معا",
                &["0ضفاف الخير", "0باب النهر"],
            ),
            ("قال \"\"نعم\"\" أمس", &["0نعم"]),
            (
                "قال ((نعم)) و<<لا>> و❝بعد غد❞ و《ربما》",
                &["0نعم", "0لا", "0بعد غد", "0ربما"],
            ),
            ("قال ((لا (بعد اليوم))).", &["0لا (بعد اليوم)"]),
            ("طائرتا \"صقر 1\" و“صقر 2″ معا", &["0صقر 1", "0صقر 2"]),
        ]);
    }

    #[test]
    fn marks_turned_around_and_leaning_wrong() {
        check(&[
            (
                "أسهم «البناء» و»الغزل» و»النقل»",
                &["0البناء", "0الغزل", "0النقل"],
            ),
            ("كلمة »الثقافة« اليوم", &["0الثقافة"]),
            ("صباح أمس « الأحد « هنا", &["0الأحد"]),
            ("وأضاف المدرب\" سنلعب بقوة\".", &["0سنلعب بقوة"]),
            ("سماها \"خلطة وشلل \"على حد قوله", &["0خلطة وشلل"]),
            ("قال:\"نعم\"وسكت", &["0نعم"]),
        ]);
    }

    #[test]
    fn nested() {
        check(&[
            (
                "قال \"إذا لم يصل \"كل منهم\" سنبدأ\".",
                &["0إذا لم يصل \"كل منهم\" سنبدأ", "1كل منهم"],
            ),
            (
                "قال «رأيت \"النور\" هناك»",
                &["0رأيت \"النور\" هناك", "1النور"],
            ),
            ("قال «رأيت «النور» هناك»", &["0رأيت «النور» هناك", "1النور"]),
            (
                "قال «رأيت \"النور هناك» ثم \"عاد\"",
                &["0رأيت \"النور هناك", "1~النور هناك", "0عاد"],
            ),
        ]);
    }

    #[test]
    fn marks_without_a_partner() {
        check(&[
            ("شاشة 55\" جديدة", &[]),
            ("انتهى» الأمر", &[]),
            ("« أولا\n« ثانيا\n« ثالثا", &[]),
            ("\" خبر أول\nوقال: «نعم»", &["0نعم"]),
            ("قال \"\" ثم", &[]),
            ("قال: «لن نعود\nوفي سياق آخر وصل الوفد", &["0~لن نعود"]),
            ("قال: «لن نعود. وأضاف: «سنبقى».", &["0~لن نعود.", "0سنبقى"]),
            (
                "أكد أن \"الأمر صعب. ثم ذكر \"النهر\" و\"الجبل\" فقط.",
                &["0~الأمر صعب.", "0النهر", "0الجبل"],
            ),
            ("قال \"نعم\".\nثم خرج\" هو.\nوقال \"لا\"", &["0نعم", "0لا"]),
        ]);
    }

    #[test]
    fn over_paragraphs() {
        check(&[
            (
                "قال: «بدأ الأمر.\n«ثم انتهى» وسكت",
                &["0~بدأ الأمر.", "+0ثم انتهى"],
            ),
            (
                "قال: \"بدأ الأمر.\n\"ثم طال.\n\"ثم انتهى\" وسكت",
                &["0~بدأ الأمر.", "+0~ثم طال.", "+0ثم انتهى"],
            ),
            (
                "قال: «بدأ الأمر.\nثم انتهى» وسكت",
                &["0~بدأ الأمر.", "+0ثم انتهى"],
            ),
            ("قال: «\nبدأ الأمر» وسكت", &["0بدأ الأمر"]),
        ]);
        let long = format!("قال: «بدأ.\n{}«ثم انتهى»", "«ثم طال.\n".repeat(9));
        assert!(
            quotes(&long).iter().all(|q| !q.starts_with('+')),
            "{:?}",
            quotes(&long)
        );
    }

    #[test]
    fn many_marks_take_linear_time() {
        for piece in ["\" ", "« ", "«\n", "«ا", "ا\"", "\"ا «ب “ج 'د ", "» «"] {
            let source = SourceText::new(piece.repeat(15_000)).unwrap();
            Layout::new().analyze(&source);
        }
    }
}
