//! The words of the interface, in English and Arabic: those that the terminal and
//! the page put around what stands in a reading.

use clap::ValueEnum;
use rawi_archive::name_of;

/// A language of the interface.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Lang {
    /// English
    En,
    /// Arabic
    Ar,
}

/// What the contract calls a thing, and how it is called in Arabic. In English it
/// keeps its name.
const NAMES: &[(&str, &str)] = &[
    // Acts.
    ("assert", "إخبار"),
    ("deny", "نفي"),
    ("demand", "مطالبة"),
    ("promise", "تعهّد"),
    ("warn", "تحذير"),
    ("threaten", "تهديد"),
    ("accuse", "اتهام"),
    ("ask", "سؤال"),
    ("announce", "إعلان"),
    ("welcome", "ترحيب"),
    ("condemn", "إدانة"),
    ("believe", "رأي"),
    // Forms.
    ("quote", "بالنص"),
    ("clause", "بالمعنى"),
    ("nominal", "مضمون"),
    // How a speaker was found.
    ("named", "مذكور بالاسم"),
    ("title", "مذكور بالصفة"),
    ("null-subject", "ضمير مستتر"),
    ("pronoun", "ضمير"),
    ("carried-over", "تتمة لما قبله"),
    // Channels.
    ("post", "منشور"),
    ("statement", "بيان"),
    ("press-conference", "مؤتمر صحفي"),
    ("interview", "مقابلة"),
    ("phone-call", "اتصال هاتفي"),
    ("speech", "خطاب"),
    ("letter", "رسالة"),
    ("meeting", "لقاء"),
    ("broadcast", "بث"),
    ("report", "تقرير"),
    ("sources", "مصادر"),
    // Statuses of events.
    ("happened", "وقع"),
    ("future", "مرتقب"),
    ("hypothetical", "مفترض"),
    ("negated", "لم يقع"),
    ("historical", "تاريخي"),
    // Certainty.
    ("clear", "واضحة"),
    ("likely", "مرجّحة"),
    ("weak", "ضعيفة"),
    // Types of events.
    ("AGREE", "اتفاق"),
    ("CONSULT", "تشاور"),
    ("SUPPORT", "تأييد"),
    ("CONCEDE", "تنازل"),
    ("COOPERATE", "تعاون"),
    ("AID", "مساعدة"),
    ("RETREAT", "تراجع"),
    ("REQUEST", "طلب"),
    ("ACCUSE", "اتهام"),
    ("REJECT", "رفض"),
    ("THREATEN", "تهديد"),
    ("PROTEST", "احتجاج"),
    ("SANCTION", "عقوبات"),
    ("MOBILIZE", "حشد"),
    ("COERCE", "إكراه"),
    ("ASSAULT", "اعتداء"),
];

/// Words that stand around names and values.
#[derive(Debug)]
pub struct Words {
    pub through: &'static str,
    pub to: &'static str,
    pub via: &'static str,
    pub on: &'static str,
    pub nobody: &'static str,
    pub no_statements: &'static str,
    pub claimed_by: &'static str,
    pub page: &'static str,
    pub about: &'static str,
    pub legend: &'static str,
    pub cue: &'static str,
    pub source: &'static str,
    pub channel: &'static str,
    pub event: &'static str,
    pub time: &'static str,
    pub hint: &'static str,
    pub articles: &'static str,
    pub speakers: &'static str,
    pub statements: &'static str,
    pub events: &'static str,
    pub act: &'static str,
    pub form: &'static str,
    pub how: &'static str,
    pub addressee: &'static str,
    pub certainty: &'static str,
    pub outlet: &'static str,
    pub published: &'static str,
    pub from_text: &'static str,
    pub headline: &'static str,
    pub id: &'static str,
    pub date: &'static str,
    pub who: &'static str,
    pub whom: &'static str,
    pub status: &'static str,
    pub place: &'static str,
    pub within: &'static str,
    pub word: &'static str,
    pub day: &'static str,
    pub said: &'static str,
    pub between: &'static str,
}

const EN: Words = Words {
    through: "in",
    to: "to",
    via: "via",
    on: "on",
    nobody: "(nobody named)",
    no_statements: "no statements",
    claimed_by: "claimed by",
    page: "rawi: who said what",
    about: "Each speaker has a color.",
    legend: "Key",
    cue: "reporting word",
    source: "source",
    channel: "channel",
    event: "event",
    time: "time",
    hint: "Point at a statement, or reach it with the Tab key, to see who said it and how.",
    articles: "Articles",
    speakers: "Speakers",
    statements: "Statements",
    events: "Events",
    act: "Act",
    form: "Reported",
    how: "Speaker found",
    addressee: "To",
    certainty: "Reading",
    outlet: "Outlet",
    published: "Published",
    from_text: "(from the text)",
    headline: "(headline)",
    id: "Id",
    date: "Date",
    who: "Who",
    whom: "To whom",
    status: "Status",
    place: "Place",
    within: "Said in words of",
    word: "Word",
    day: "Day",
    said: "What was said",
    between: ", ",
};

const AR: Words = Words {
    through: "في",
    to: "إلى",
    via: "نقلا عن",
    on: "بتاريخ",
    nobody: "(لم يُسمَّ)",
    no_statements: "بلا أقوال",
    claimed_by: "بحسب",
    page: "راوي: من قال ماذا",
    about: "لكل متحدث لون.",
    legend: "المفتاح",
    cue: "الفعل الناقل",
    source: "المصدر",
    channel: "القناة",
    event: "حدث",
    time: "تاريخ",
    hint: "مرّر المؤشر فوق القول، أو انتقل إليه بمفتاح Tab، لترى من قاله وكيف.",
    articles: "المقالات",
    speakers: "المتحدثون",
    statements: "الأقوال",
    events: "الأحداث",
    act: "الفعل",
    form: "النقل",
    how: "المتحدث",
    addressee: "المخاطَب",
    certainty: "القراءة",
    outlet: "الناشر",
    published: "النشر",
    from_text: "(من النص)",
    headline: "(العنوان)",
    id: "المعرّف",
    date: "التاريخ",
    who: "الفاعل",
    whom: "تجاه",
    status: "الحال",
    place: "المكان",
    within: "ضمن كلام",
    word: "الكلمة",
    day: "اليوم",
    said: "القول",
    between: "، ",
};

impl Lang {
    /// Its words.
    pub fn words(self) -> &'static Words {
        match self {
            Lang::En => &EN,
            Lang::Ar => &AR,
        }
    }

    /// Its code, for the page.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ar => "ar",
        }
    }

    /// Its direction, for the page.
    pub fn direction(self) -> &'static str {
        match self {
            Lang::En => "ltr",
            Lang::Ar => "rtl",
        }
    }

    /// What people are told for a name of the contract; the name itself where
    /// there are no words for it.
    pub fn name<T: serde::Serialize>(self, value: &T) -> String {
        let name = name_of(value);
        match (self, NAMES.iter().find(|(n, _)| *n == name)) {
            (Lang::Ar, Some((_, words))) => (*words).to_owned(),
            (Lang::Ar, None) => name,
            (Lang::En, _) => name.replace('-', " "),
        }
    }

    /// A number of statements, with the noun as the number wants it.
    pub fn statements(self, count: usize) -> String {
        match self {
            Lang::En => match count {
                0 => "no statements".to_owned(),
                1 => "1 statement".to_owned(),
                _ => format!("{count} statements"),
            },
            Lang::Ar => match count {
                0 => "بلا أقوال".to_owned(),
                1 => "قول واحد".to_owned(),
                2 => "قولان".to_owned(),
                _ if (3..=10).contains(&(count % 100)) => format!("{count} أقوال"),
                _ if count % 100 < 3 => format!("{count} قول"),
                _ => format!("{count} قولا"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree() {
        let table = [
            (1, "قول واحد"),
            (2, "قولان"),
            (3, "3 أقوال"),
            (11, "11 قولا"),
            (100, "100 قول"),
            (103, "103 أقوال"),
        ];
        for (count, words) in table {
            assert_eq!(Lang::Ar.statements(count), words);
        }
    }

    #[test]
    fn names_have_words_once() {
        for (i, (name, _)) in NAMES.iter().enumerate() {
            assert!(NAMES[i + 1..].iter().all(|(n, _)| n != name), "{name}");
        }
        for kind in rawi_events::EventType::ALL {
            assert_ne!(Lang::Ar.name(&kind.name()), kind.name());
        }
        assert_eq!(Lang::Ar.name(&rawi::Certainty::Weak), "ضعيفة");
        assert_eq!(Lang::En.name(&rawi::reading::Act::Assert), "assert");
        assert_eq!(Lang::En.name(&"phone-call"), "phone call");
        assert_eq!(Lang::Ar.name(&"new-name"), "new-name");
    }
}
