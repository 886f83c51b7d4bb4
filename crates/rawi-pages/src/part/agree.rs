//! With whom a verb agrees: in Arabic a ministry denies otherwise than a minister.

use rawi_text::fold;

use crate::words::Agreement;

include!(concat!(env!("OUT_DIR"), "/speakers.rs"));

/// Titles that end as feminine ones do and are men's.
const HONORS: [&str; 11] = [
    "سماحه",
    "فضيله",
    "سياده",
    "جلاله",
    "فخامه",
    "دوله",
    "سعاده",
    "نيافه",
    "قداسه",
    "غبطه",
    "علامه",
];

/// With what a verb agrees that says what a speaker does.
///
/// The article's own verb knows best, where it stands before its subject; then the type, and
/// of people a title. Of somebody of whom nothing is known the verb is masculine.
pub fn of_speaker(
    kind: &str,
    name: &str,
    titles: &[String],
    cue: Option<(&str, &str)>,
) -> Agreement {
    let told = cue.and_then(|(text, lemma)| of_cue(text, lemma));
    match (kind, told) {
        ("GROUP", Some(Agreement::Feminine)) => Agreement::Feminine,
        ("GROUP", _) => Agreement::Plural,
        ("ANON", _) if of_name(name).is_some() => of_name(name).unwrap_or(Agreement::Plural),
        ("PER", Some(Agreement::Dual | Agreement::Plural)) => Agreement::Masculine,
        (_, Some(told)) => told,
        ("PER", None) if titles.iter().any(|title| is_feminine(title)) => Agreement::Feminine,
        ("ORG" | "MEDIA" | "GPE" | "LOC" | "FAC", None) => Agreement::Feminine,
        _ => Agreement::Masculine,
    }
}

/// What the form of a reporting verb says of its subject; nothing if it is no verb.
fn of_cue(text: &str, lemma: &str) -> Option<Agreement> {
    let verb = VERBS.binary_search_by_key(&lemma, |(perfect, ..)| perfect);
    let (perfect, imperfect, participle) = VERBS[verb.ok()?];
    let first = |text: &str| fold(text.split_whitespace().next().unwrap_or_default());
    let (perfect, imperfect) = (first(perfect), first(imperfect));
    let stem = perfect.strip_suffix('ي').unwrap_or(&perfect);
    let masculine = [
        perfect.clone(),
        imperfect.clone(),
        participle.to_owned(),
        format!("{}ا", fold(participle)),
    ];
    let mut feminine = vec![format!("{stem}ت"), format!("{}ه", fold(participle))];
    if let Some(rest) = imperfect.strip_prefix('ي') {
        feminine.push(format!("ت{rest}"));
    }
    let plural = [
        format!("{stem}وا"),
        format!("{imperfect}ون"),
        format!("{}ين", fold(participle)),
    ];
    let dual = [
        format!("{perfect}ا"),
        format!("{stem}تا"),
        format!("{imperfect}ان"),
    ];
    let text = first(text);
    let bare = |c: char| text.strip_prefix(c).filter(|rest| rest.chars().count() > 2);
    let forms = [Some(&*text), bare('و'), bare('ف'), bare('س')];
    let is = |all: &[String]| forms.iter().flatten().any(|f| all.iter().any(|a| a == f));
    // `تعهد` is what he promised, and never what she promises.
    if is(&masculine) {
        Some(Agreement::Masculine)
    } else if is(&feminine) {
        Some(Agreement::Feminine)
    } else if is(&plural) {
        Some(Agreement::Plural)
    } else {
        is(&dual).then_some(Agreement::Dual)
    }
}

/// What a phrase for people without a name says: `مسؤولون`, `الخبراء`, `مصادر` are told by
/// their forms and by the table of groups, whatever the verb before them.
fn of_name(name: &str) -> Option<Agreement> {
    let first = name.split_whitespace().next()?;
    let folded = fold(first);
    let word = folded.strip_prefix("ال").unwrap_or(&folded);
    let long = word.chars().count() > 4;
    let group = || GROUPS.iter().any(|group| fold(group) == word);
    match () {
        () if long && word.ends_with("ات") || word == "مصادر" => Some(Agreement::Feminine),
        () if long && (word.ends_with("ون") || word.ends_with("يين")) => {
            Some(Agreement::Plural)
        }
        () if long && first.ends_with("اء") || group() => Some(Agreement::Plural),
        () => None,
    }
}

fn is_feminine(title: &str) -> bool {
    let word = fold(title.split_whitespace().next().unwrap_or_default());
    let word = word.strip_prefix("ال").unwrap_or(&word);
    word.ends_with('ه') && !HONORS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speakers_and_their_verbs() {
        use Agreement::{Dual, Feminine, Masculine, Plural};
        let table = [
            (
                "PER",
                "سالم البدري",
                "وزير النقل",
                Some(("وأضاف", "أضاف")),
                Masculine,
            ),
            ("PER", "هبة الدروبي", "", Some(("وطالبت", "طالب")), Feminine),
            (
                "PER",
                "هبة الدروبي",
                "",
                Some(("معتبرة", "اعتبر")),
                Feminine,
            ),
            (
                "PER",
                "هبة الدروبي",
                "منسقة الائتلاف",
                Some(("بحسب", "بحسب")),
                Feminine,
            ),
            ("PER", "يونس الحلبي", "سماحة المفتي", None, Masculine),
            ("PER", "يونس الحلبي", "", Some(("تعهد", "تعهد")), Masculine),
            ("PER", "ليلى العمري", "", Some(("تتعهد", "تعهد")), Feminine),
            ("PER", "ليلى العمري", "", Some(("ونفت", "نفى")), Feminine),
            ("ORG", "وزارة المياه", "", None, Feminine),
            ("ORG", "البيت الأبيض", "", Some(("أكد", "أكد")), Masculine),
            ("GPE", "مدريد", "", Some(("فرحبت", "رحب")), Feminine),
            ("GROUP", "الصيادون", "", Some(("قال", "قال")), Plural),
            ("ANON", "الوزيران", "", Some(("وأعربا", "أعرب")), Dual),
            ("ANON", "الوزيران", "", Some(("يؤكدان", "أكد")), Dual),
            ("ANON", "مصدر أمني", "", Some(("أكد", "أكد")), Masculine),
            ("ANON", "مصادر مطلعة", "", Some(("قالت", "قال")), Feminine),
            ("ANON", "مسؤولون محليون", "", Some(("قال", "قال")), Plural),
            (
                "ANON",
                "الخبراء الثلاثة",
                "",
                Some(("ويتفق", "اتفق")),
                Plural,
            ),
            ("ANON", "معلمين", "", Some(("اعتبروا", "اعتبر")), Plural),
            ("ANON", "محافظين", "", None, Plural),
            ("", "", "", None, Masculine),
        ];
        for (kind, name, title, cue, wanted) in table {
            let titles = [title.to_owned()];
            assert_eq!(
                of_speaker(kind, name, &titles, cue),
                wanted,
                "{name} {cue:?}"
            );
        }
    }
}
