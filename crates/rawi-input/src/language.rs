//! Which language a text is written in, of those with Arabic letters.

use std::fmt;

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// The language in which a text is written, judged by its letters and small words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Language {
    /// Arabic; also whatever is written in its letters and not clearly another.
    #[default]
    Arabic,
    /// Persian.
    Persian,
    /// Urdu.
    Urdu,
    /// Sorani Kurdish.
    Kurdish,
    /// Pashto.
    Pashto,
    /// One with other letters: fewer than a fifth are of the Arabic script.
    Other,
}

/// How many words are looked at.
const WORDS: usize = 600;

/// How many different small words of a language there must be for a text to be in it:
/// `د.` before a list of doctors is one.
const LEAST: u32 = 4;

impl Language {
    /// All of them.
    pub const ALL: [Language; 6] = [
        Language::Arabic,
        Language::Persian,
        Language::Urdu,
        Language::Kurdish,
        Language::Pashto,
        Language::Other,
    ];

    /// Its tag (BCP 47); `und` for one with other letters.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Arabic => "ar",
            Language::Persian => "fa",
            Language::Urdu => "ur",
            Language::Kurdish => "ckb",
            Language::Pashto => "ps",
            Language::Other => "und",
        }
    }

    /// The language of a text. In doubt it is Arabic: one that is none costs less than
    /// news that is left out.
    pub fn of(text: &str) -> Language {
        if !has_arabic_letters(text) {
            return Language::Other;
        }
        let (mut counts, mut kinds) = ([0u32; Language::ALL.len()], [0u32; Language::ALL.len()]);
        let (mut words, mut seen) = (0u32, [false; SMALL_WORDS.len()]);
        let parts = text.split(|c: char| !c.is_alphabetic() && !is_mark(c) && c != '\u{200c}');
        for word in parts.filter(|word| !word.is_empty()).take(WORDS) {
            words += 1;
            if let Ok(at) = SMALL_WORDS.binary_search_by_key(&word, |(word, _)| word) {
                let language = SMALL_WORDS[at].1;
                counts[language] += 1;
                kinds[language] += u32::from(!seen[at]);
                seen[at] = true;
            }
        }
        let arabic = counts[0];
        let (best, count) = (1..counts.len()).fold((0, 0), |best, i| {
            if counts[i] > best.1 {
                (i, counts[i])
            } else {
                best
            }
        });
        // A twelfth of the words of any text in them, and hardly any that are Arabic.
        let clear = kinds[best] >= LEAST && count * 12 >= words && count >= arabic * 3;
        if clear {
            Language::ALL[best]
        } else {
            Language::Arabic
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Language::Arabic => "Arabic",
            Language::Persian => "Persian",
            Language::Urdu => "Urdu",
            Language::Kurdish => "Kurdish",
            Language::Pashto => "Pashto",
            Language::Other => "another language",
        })
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Whether at least a fifth of the letters are of the Arabic script.
fn has_arabic_letters(text: &str) -> bool {
    let (mut arabic, mut other) = (0usize, 0usize);
    for c in text.chars() {
        match c {
            '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' => arabic += 1,
            _ if c.is_ascii() => other += usize::from(c.is_ascii_alphabetic()),
            '\u{600}'..='\u{6ff}'
            | '\u{750}'..='\u{77f}'
            | '\u{8a0}'..='\u{8ff}'
            | '\u{fb50}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}' => {
                arabic += usize::from(c.is_alphabetic());
            }
            _ => other += usize::from(c.is_alphabetic()),
        }
    }
    arabic > 0 && arabic * 4 >= other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_by_their_words() {
        for (text, language) in [
            (
                "قال وزير الزراعة نبيل الخطيب إن الموسم جيد، وأضاف أن المطر كان كافيا في الشمال.",
                Language::Arabic,
            ),
            ("افتتاح الميناء القديم", Language::Arabic),
            // Persian and Kurdish names, and a quotation, in Arabic news.
            (
                "التقى وزير الخارجية الإيراني بهروز گل‌آبادی نظيره العراقي پیشوا ڕەسوڵ في بغداد، وبحثا ملف المياه بين البلدين.",
                Language::Arabic,
            ),
            (
                "ونشرت صحيفة «خبر این روز» مقالا تحت عنوان «این است راه ما که باید از آن برویم» أثار جدلا في طهران، وقال كاتبه إن الرأي العام منقسم على نفسه منذ أشهر.",
                Language::Arabic,
            ),
            (
                "قال د. سامي د. هاني د. كريم د. رامي إن المؤتمر سيعقد في عمان.",
                Language::Arabic,
            ),
            (
                "واش راك داير؟ هاد الشي ديالنا وما كاين حتى مشكل اليوم.",
                Language::Arabic,
            ),
            ("قَالَ المُدِيرُ إِنَّ العَمَلَ اِنْتَهَى.", Language::Arabic),
            (
                "وزیر کشاورزی گفت که این طرح از ماه آینده آغاز می‌شود و برای کشاورزان سودمند است. او گفت آب کافی برای همه استان‌ها وجود دارد.",
                Language::Persian,
            ),
            (
                "وزير كشاورزي اعلام كرد اين طرح براي كشاورزان سودمند است و از ماه آينده آغاز شده و باید ادامه دارد.",
                Language::Persian,
            ),
            (
                "وزیر زراعت نے کہا ہے کہ نئی سکیم اگلے ماہ سے شروع کی جائے گی اور اس سے کسانوں کو فائدہ ہو گا۔ انھوں نے کہا کہ پانی کی کمی نہیں ہے۔",
                Language::Urdu,
            ),
            (
                "وەزیری کشتوکاڵ ڕایگەیاند کە پڕۆژەکە لە مانگی داهاتوو دەست پێدەکات و بۆ جووتیاران سوودی هەیە. هەروەها گوتی لەگەڵ ئەم پلانە ئاو بە پێی پێویست هەیە.",
                Language::Kurdish,
            ),
            (
                "د کرنې وزیر وویل چې دا پروژه به په راتلونکې میاشت کې پیل شي او د بزګرانو لپاره به ګټوره وي. هغه وویل چې په ټولو ولایتونو کې اوبه شته.",
                Language::Pashto,
            ),
            (
                "The minister said the port would open next month.",
                Language::Other,
            ),
            ("", Language::Other),
            ("12 34", Language::Other),
        ] {
            assert_eq!(Language::of(text), language, "{text}");
        }
    }

    #[test]
    fn the_table_is_in_order() {
        assert!(SMALL_WORDS.windows(2).all(|w| w[0].0 < w[1].0));
        for i in 0..Language::ALL.len() - 1 {
            assert!(SMALL_WORDS.iter().any(|(_, language)| *language == i));
        }
    }
}
