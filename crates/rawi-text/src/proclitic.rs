//! The letters that Arabic writes in front of a word as part of it, in folded spelling.
//!
//! They stand in one order: a conjunction, then a preposition or the particle of the
//! future, then the article. Whether a letter is one of them or belongs to the word is
//! for morphology to say.

/// The conjunction that joins: "and".
pub const AND: char = 'و';
/// The conjunctions: "and", "so".
pub const CONJUNCTIONS: [char; 2] = [AND, 'ف'];
/// The prepositions: "in, with", "to, for", "like".
pub const PREPOSITIONS: [char; 3] = [IN, TO, LIKE];
/// The preposition of places, times and means.
pub const IN: char = 'ب';
/// The preposition of likeness.
pub const LIKE: char = 'ك';
/// The preposition behind which the article loses its alef: `للوزارة`.
pub const TO: char = 'ل';
/// The particle of the future: "will".
pub const FUTURE: char = 'س';
/// The article: "the".
pub const ARTICLE: &str = "ال";

/// How the article is written behind a preposition, or behind none.
pub fn article(preposition: Option<char>) -> &'static str {
    match preposition {
        Some(TO) => "ل",
        _ => ARTICLE,
    }
}

/// Whether a folded word is nothing but proclitics: one written apart from its word, as
/// in front of a number or a quotation (`الـ24`, `بـ«كذا»`).
pub fn stands_alone(word: &str) -> bool {
    let rest = word.strip_prefix(CONJUNCTIONS).unwrap_or(word);
    let preposition = rest.chars().next().filter(|c| PREPOSITIONS.contains(c));
    let rest = &rest[preposition.map_or(0, char::len_utf8)..];
    !word.is_empty() && (rest.is_empty() || rest == article(preposition))
}

#[cfg(test)]
mod tests {
    use super::stands_alone;

    #[test]
    fn a_run_of_proclitics_is_told_from_a_word() {
        for run in [
            "و", "ف", "ب", "ل", "ك", "ال", "بال", "لل", "وب", "ول", "وال", "كال", "وبال",
        ] {
            assert!(stands_alone(run), "{run}");
        }
        for word in ["", "س", "ا", "لال", "له", "وو", "بل", "الا", "24"] {
            assert!(!stands_alone(word), "{word}");
        }
    }
}
