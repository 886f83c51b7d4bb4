//! Puts back together what NewsFANE splits.
//!
//! Its annotators worked on text whose clitics a program had cut off, not
//! always rightly: `و قال`, `جولة ها`, but also `ف رانكلين` and `عبد ه`. rawi
//! reads words as they are written, so they are joined again wherever the news
//! knows the whole word.

use rawi_morph::{Pronoun, Pronouns};
use rawi_text::fold;
use rawi_text::proclitic::{CONJUNCTIONS, PREPOSITIONS};

use super::NamedSentence;

/// Pronouns that are cut off behind.
const BEHIND: Pronouns = Pronouns::THIRD.and(&[Pronoun::Us]);
/// Those that stand alone as other words too.
const DOUBTFUL: Pronouns = Pronouns::of(&[Pronoun::My, Pronoun::You, Pronoun::YouAll, Pronoun::Me]);

/// Whether a word is a letter that is cut off in front.
fn is_front(word: &str) -> bool {
    let mut letters = word.chars();
    letters
        .next()
        .is_some_and(|c| CONJUNCTIONS.contains(&c) || PREPOSITIONS.contains(&c))
        && letters.next().is_none()
}

/// Joins the clitics of a sentence. `frequency` tells how often the news has a
/// folded word, 0 for never.
pub fn rejoin(sentence: &NamedSentence, frequency: impl Fn(&str) -> u8) -> NamedSentence {
    let mut out = NamedSentence::new();
    let mut front: Option<(String, String)> = None;
    for (i, (word, tag)) in sentence.iter().enumerate() {
        if let Some((before, first)) = front.take() {
            out.push((join(&before, word), over(&first, tag)));
            continue;
        }
        if let Some((last, _)) = out.last_mut().filter(|(w, _)| is_word(w))
            && joins_back(last, word, tag, &frequency)
        {
            *last = join(last, word);
            continue;
        }
        let next = sentence.get(i + 1);
        if is_front(word)
            && let Some((next, next_tag)) = next
        {
            let name = tag != "O";
            let whole = next.chars().count() > 1
                && is_word(next)
                && (!name || inside(next_tag) && frequency(&fold(&join(word, next))) > 0);
            let pronoun = !name && BEHIND.read(next).is_some();
            if whole || pronoun {
                front = Some((word.clone(), tag.clone()));
                continue;
            }
        }
        out.push((word.clone(), tag.clone()));
    }
    out
}

/// Whether `word` was cut off the word before it.
fn joins_back(last: &str, word: &str, tag: &str, frequency: &impl Fn(&str) -> u8) -> bool {
    let pronoun = BEHIND.read(word).is_some();
    if !pronoun && DOUBTFUL.read(word).is_none() {
        return false;
    }
    // A pronoun behind a plain word is one; inside a name it is the end of a
    // word that was cut by mistake.
    pronoun && tag == "O" || !tag.starts_with('B') && frequency(&fold(&join(last, word))) > 0
}

/// The tag of a joined word: that of the name that it begins or goes on with.
fn over(front: &str, word: &str) -> String {
    match (front, word) {
        ("O", _) => word.to_owned(),
        _ => front.to_owned(),
    }
}

fn inside(tag: &str) -> bool {
    tag.starts_with("I-")
}

fn is_word(text: &str) -> bool {
    text.chars().count() > 1 && text.chars().all(|c| ('\u{621}'..='\u{64a}').contains(&c))
}

/// One word of two, as Arabic writes it.
fn join(a: &str, b: &str) -> String {
    if a == "ل"
        && let Some(rest) = b.strip_prefix("ال")
    {
        return format!("لل{rest}");
    }
    match a.strip_suffix('ة') {
        Some(rest) => format!("{rest}ت{b}"),
        None => format!("{a}{b}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clitics_go_back_to_their_words() {
        let known = ["فرانكلين", "عبده", "سوقنا", "والنقل"];
        let frequency = |word: &str| u8::from(known.contains(&word));
        for (columns, joined) in [
            ("و/O قال/O ل/O ه/O", "وقال/O له/O"),
            ("ل/O السوق/O جولة/O ها/O", "للسوق/O جولتها/O"),
            ("ب/O لاهاي/B-GPE", "بلاهاي/B-GPE"),
            ("ف/B-PERS رانكلين/I-PERS", "فرانكلين/B-PERS"),
            ("عبد/B-PERS ه/I-PERS", "عبده/B-PERS"),
            ("د/B-ORG ب/I-ORG ا/I-ORG", "د/B-ORG ب/I-ORG ا/I-ORG"),
            ("الري/B-ORG و/I-ORG النقل/I-ORG", "الري/B-ORG والنقل/I-ORG"),
            ("12/O كم/O", "12/O كم/O"),
        ] {
            let sentence: NamedSentence = columns
                .split(' ')
                .map(|c| c.split_once('/').unwrap())
                .map(|(w, t)| (w.to_owned(), t.to_owned()))
                .collect();
            let out: Vec<String> = rejoin(&sentence, frequency)
                .into_iter()
                .map(|(w, t)| format!("{w}/{t}"))
                .collect();
            assert_eq!(out.join(" "), joined);
        }
    }
}
