//! Comparing names and short strings.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::gold::Entity;

/// A string with everything taken away in which two spellings of the same name
/// differ: vowel marks, tatweel, direction marks, hamza seats, punctuation and
/// runs of space. No string is the empty string.
pub(crate) fn norm(s: Option<&str>) -> String {
    let composed = s.unwrap_or_default().nfc();
    let folded: String = composed
        .filter(|&c| !is_mark(c))
        .map(|c| if is_word(fold(c)) { fold(c) } else { ' ' })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\u{200e}' | '\u{200f}'
    )
}

fn fold(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' => 'ي',
        'ة' => 'ه',
        'ؤ' => 'و',
        _ => c,
    }
}

/// Letters, numbers and the underscore.
fn is_word(c: char) -> bool {
    is_letter(c) || c.is_numeric() || c == '_'
}

/// Unicode's *Alphabetic* has more than letters: vowel signs, numerals and
/// letters in circles.
pub(super) fn is_letter(c: char) -> bool {
    let other = c.is_numeric() || is_combining_mark(c) || is_enclosed_letter(c);
    c.is_alphabetic() && !other
}

fn is_enclosed_letter(c: char) -> bool {
    matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}')
}

/// Everybody annotated in one article, each with all their names, normalized.
#[derive(Debug)]
pub(crate) struct Names<'a> {
    by_name: BTreeMap<&'a str, BTreeSet<String>>,
}

impl<'a> Names<'a> {
    pub(crate) fn of(entities: &'a [Entity]) -> Self {
        let names = |e: &'a Entity| {
            let all = e.mentions.iter().chain([&e.name]);
            (e.name.as_str(), all.map(|m| norm(Some(m))).collect())
        };
        Names {
            by_name: entities.iter().map(names).collect(),
        }
    }

    /// All names of the one annotated as `name`.
    pub(crate) fn of_one(&self, name: &str) -> BTreeSet<String> {
        match self.by_name.get(name) {
            Some(names) => names.clone(),
            None => BTreeSet::from([norm(Some(name))]),
        }
    }

    /// All names of everybody.
    pub(crate) fn all(&self) -> BTreeSet<&str> {
        self.by_name
            .values()
            .flatten()
            .map(String::as_str)
            .collect()
    }

    /// Whether `predicted` is a name of the one annotated as `gold`. Nobody is
    /// the same as nobody.
    pub(crate) fn same(&self, gold: Option<&str>, predicted: Option<&str>) -> bool {
        let (Some(gold), Some(_)) = (gold, predicted) else {
            return gold.is_none() && predicted.is_none();
        };
        let predicted = norm(predicted);
        let known = self.by_name.get(gold);
        known.is_some_and(|names| names.contains(&predicted)) || predicted == norm(Some(gold))
    }

    /// How many of the names are among those read, each of which counts once.
    pub(crate) fn shared(&self, gold: &[String], predicted: &[Option<&str>]) -> usize {
        let mut left = predicted.to_vec();
        let found = |name: &&String| {
            let hit = left.iter().position(|&p| self.same(Some(name), p));
            hit.map(|at| left.remove(at)).is_some()
        };
        gold.iter().filter(found).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_the_same() {
        for (a, b) in [
            ("أحمد", "احمد"),
            ("مُنىٰ", "مني"),
            ("فؤاد الرائي", "فواد الرايي"),
            ("مؤسسة", "موسسه"),
            ("آل\u{640}عمر", "العمر"),
            ("«سهـــى»", " سهي "),
            ("ا\u{653}دم", "آدم"),
            ("وكالة\n\"ميناء-برس\"", "وكاله ميناء برس"),
            ("٣ وزراء", "٣\u{a0}وزراء"),
            ("\u{200f}رنا\u{200e}", "رنا"),
            ("", "؟!"),
        ] {
            assert_eq!(norm(Some(a)), norm(Some(b)), "{a} {b}");
        }
        assert_eq!(norm(None), "");
        assert_ne!(norm(Some("علي")), norm(Some("عالي")));
        // A Quranic mark is neither a letter nor among the vowel marks.
        assert_eq!(norm(Some("ق\u{6d6}ل Ⓐ a_b")), "ق ل a_b");
    }

    fn entities() -> Vec<Entity> {
        let entity = |name: &str, mentions: &[&str]| Entity {
            name: name.to_owned(),
            kind: "PER".to_owned(),
            mentions: mentions.iter().map(|&m| m.to_owned()).collect(),
        };
        vec![
            entity("رفيف الحمداني", &["الحمداني", "الوزيرة"]),
            entity("بلدية الصفا", &["البلدية"]),
        ]
    }

    #[test]
    fn any_mention_names_its_entity() {
        let entities = entities();
        let names = Names::of(&entities);
        let minister = Some("رفيف الحمداني");
        assert!(names.same(minister, Some("الحمدانى")));
        assert!(names.same(minister, Some("رفيف الحمداني")));
        assert!(!names.same(minister, Some("البلدية")));
        assert!(!names.same(minister, None));
        assert!(!names.same(None, minister));
        assert!(names.same(None, None));
        assert!(names.same(Some("مارّة"), Some("مارة")));
    }

    #[test]
    fn lists_are_bags() {
        let entities = entities();
        let names = Names::of(&entities);
        let gold = ["رفيف الحمداني".to_owned(), "بلدية الصفا".to_owned()];
        assert_eq!(names.shared(&gold, &[Some("البلدية"), Some("الوزيرة")]), 2);
        assert_eq!(names.shared(&gold, &[Some("البلدية")]), 1);
        assert_eq!(names.shared(&gold, &[Some("الوزيرة"), Some("الحمداني")]), 1);
        assert_eq!(names.shared(&[], &[None]), 0);
    }
}
