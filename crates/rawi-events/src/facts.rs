//! What this stage knows of a spelling, whatever stands around it: found out once
//! for each and kept from article to article.

use rawi_morph::conjugation::Aspect;
use rawi_morph::{Agreement, Clitics, Pronouns, strip_pronoun};
use rawi_names::Roles;
use rawi_text::Few;
use rawi_text::proclitic::{AND, ARTICLE, CONJUNCTIONS, FUTURE, PREPOSITIONS};
use rawi_words::events::{
    Domain, EventType, LightVerb, Link, Needs, Preposition, Sector, Slots, Standing, Status, Takes,
    TriggerForm,
};
use rawi_words::{Keys, LexId, lexicon};

/// With how many letters cut off its front a word may be asked for: none, or up to
/// four (`و`, `ب`, `ا`, `ل`).
const CUTS: usize = 5;

/// What this stage knows of a spelling.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordFacts {
    /// What it is without its first letters, if anything.
    stems: Option<Box<[Stem; CUTS]>>,
    /// What a helping verb says, if it is a form of one (`و`, `ف`, `س` may stand
    /// before it).
    pub(crate) light: Option<LightVerb>,
    /// What it leads to behind a trigger; `و` may stand before it.
    pub(crate) link: Option<Link>,
    /// The preposition that it is, and whether `و` stands before it.
    pub(crate) preposition: Option<(Preposition, bool)>,
    /// The place of the pronoun on a preposition, and what it agrees with: `عليه`.
    pub(crate) pronominal: Option<(Slots, Agreement)>,
    /// What the pronoun of the third person at its end agrees with, if it is one.
    pub(crate) pronoun: Option<Agreement>,
    /// Whether it is `أن` or `إن`, with or without a pronoun and proclitics.
    pub(crate) that: bool,
    /// Whether it may be a verb in the future.
    pub(crate) future: bool,
    /// Whether it may be one of the first person.
    pub(crate) own_future: bool,
    /// Whether it may be a form of a trigger that tells of violence itself.
    pub(crate) violent: bool,
    /// Its readings as forms of triggers.
    pub(crate) triggers: Box<[Reading]>,
    /// The numbers of the words that complete triggers or make figures of them and
    /// that it may be, whatever clitics, case ending or pronoun it carries:
    /// `هجوما`, `بزيارة`, `استقالته`.
    completions: Box<[u16]>,
}

/// What a word is without some of its first letters.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
struct Stem {
    /// What sector it names: where it ends in a closed `ة`, and so has no pronoun, and
    /// where it does not.
    closed: Option<Sector>,
    open: Option<Sector>,
    /// The field that it is evidence for, or else the whole word.
    domain: Option<Domain>,
    /// Whether it is people or things under arms with the pronoun of their owner.
    owned: bool,
}

/// A cut of a word whose stem is a form of a trigger.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    /// Whether `و` or `ف` stands before it.
    pub(crate) conjunction: bool,
    pub(crate) preposition: Option<char>,
    pub(crate) future: bool,
    pub(crate) article: bool,
    /// Whether it is spelled like an active participle: `صادر`.
    pub(crate) participle: bool,
    /// Whether the ending of an accusative was cut off, which only a noun has.
    accusative: bool,
    /// The key of the stem.
    key: LexId,
}

/// The key of a folded word.
fn key(word: &str) -> LexId {
    lexicon().find(word)
}

impl WordFacts {
    /// Finds out what is to be known of a folded word with these keys.
    pub(crate) fn of(word: &str, keys: &Keys) -> Self {
        let mut facts = Self::default();
        let mut known = [Stem::default(); CUTS];
        for (cut, stem) in stems(word).enumerate() {
            let key = keys.stem(2 * cut);
            let closed = sector(key, stem);
            known[cut] = Stem {
                closed,
                open: closed.or_else(|| sector_of_owned(keys.bare(2 * cut), stem)),
                domain: lexicon().domain(key).or(known[0].domain),
                owned: owned(stem),
            };
        }
        facts.stems = (known != <[Stem; CUTS]>::default()).then(|| Box::new(known));
        facts.light = light_verb(word, keys);
        let link = lexicon().link(keys.whole());
        let and = word.starts_with(AND).then(|| keys.stem(2));
        facts.link = link.or_else(|| lexicon().link(and?));
        facts.preposition = preposition(word);
        facts.pronominal = pronominal(word);
        let pronoun = Pronouns::THIRD.end_of(word);
        facts.pronoun = pronoun.and_then(|(_, pronoun)| pronoun.agreement());
        let that = Roles::COMPLEMENTIZER | Roles::THAT_NOT | Roles::THAT_I;
        let mut completions: Few<u16, 8> = Few::new();
        let mut triggers: Few<Reading, 4> = Few::new();
        for cut in Clitics::readings(word) {
            let prefix = cut.prefix_len(word);
            let key = keys.stem(prefix);
            let plain = !cut.article && !cut.future;
            facts.that |= plain && lexicon().roles(key).any(that);
            facts.future |= cut.future;
            facts.own_future |=
                cut.future && cut.conjunction.is_none() && cut.stem.starts_with(['ن', 'ا']);
            complete([key, keys.bare(prefix)], cut.stem, &mut completions);
            let reading = Reading::new(&cut, key);
            if reading.forms().next().is_some() {
                triggers.push(reading);
            } else if let Some(stem) = cut.stem.strip_suffix('ا').filter(|_| !cut.article) {
                // `تحقيقا`: an accusative.
                let noun = Reading::new(&cut, self::key(stem));
                let accusative = Reading {
                    accusative: true,
                    ..noun
                };
                if accusative.forms().next().is_some() {
                    triggers.push(accusative);
                }
            }
        }
        let mut forms = triggers.iter().flat_map(Reading::forms);
        facts.violent = forms.any(|form| {
            form.row.kind == EventType::Assault && !form.row.frame.needs.has(Needs::VIOLENCE)
        });
        facts.triggers = triggers.as_slice().into();
        facts.completions = completions.as_slice().into();
        facts
    }

    /// The sector and standing that the word names without its first `prefix` bytes:
    /// case endings come off, and pronouns unless it ends in a `closed` `ة`.
    pub(crate) fn sector(&self, prefix: usize, closed: bool) -> Option<Sector> {
        let stem = self.stem(prefix)?;
        if closed { stem.closed } else { stem.open }
    }

    /// The field that the word is evidence for without its first `prefix` bytes, or
    /// with them.
    pub(crate) fn domain(&self, prefix: usize) -> Option<Domain> {
        self.stem(prefix)?.domain
    }

    /// Whether the word is, without its first `prefix` bytes, people or things under
    /// arms with the pronoun of their owner: `جنوده`.
    pub(crate) fn is_owned(&self, prefix: usize) -> bool {
        self.stem(prefix).is_some_and(|stem| stem.owned)
    }

    fn stem(&self, prefix: usize) -> Option<&Stem> {
        self.stems.as_ref()?.get(prefix / 2)
    }

    /// Whether the word may be one of those with the numbers `wanted`.
    pub(crate) fn completes(&self, wanted: &[u16]) -> bool {
        self.completions.iter().any(|own| wanted.contains(own))
    }
}

impl Reading {
    fn new(cut: &Clitics<'_>, key: LexId) -> Self {
        let mut letters = cut.stem.chars();
        Self {
            conjunction: cut.conjunction.is_some(),
            preposition: cut.preposition,
            future: cut.future,
            article: cut.article,
            accusative: false,
            participle: letters.nth(1) == Some('ا') && letters.count() == 2,
            key,
        }
    }

    /// The forms that the stem is.
    pub(crate) fn forms(&self) -> impl Iterator<Item = TriggerForm> + use<> {
        let noun = self.accusative;
        let forms = lexicon().trigger_forms(self.key);
        forms.filter(move |f| !noun || f.form.aspect == Aspect::Masdar && !f.form.pronoun)
    }
}

fn light_verb(word: &str, keys: &Keys) -> Option<LightVerb> {
    let find = |key: LexId| lexicon().light_verb(key);
    Clitics::readings(word)
        .filter(|c| c.preposition.is_none() && !c.article)
        .find_map(|c| {
            let prefix = c.prefix_len(word);
            // `أجراها` is `أجرى` with a pronoun.
            let bare = || {
                let (bare, _) = strip_pronoun(c.stem)?;
                let ya = || Some(lexicon().find_joined(bare.strip_suffix('ا')?, "ي"));
                find(keys.bare(prefix)).or_else(|| find(ya()?))
            };
            let verb = find(keys.stem(prefix)).or_else(bare)?;
            let status = if c.future && verb.status == Status::Happened {
                Status::Future
            } else {
                verb.status
            };
            Some(LightVerb { status, ..verb })
        })
}

/// What may be left of a word without its first letters, none of them cut off first.
fn stems(word: &str) -> impl Iterator<Item = &str> {
    // The article's two letters come off one by one.
    let proclitic = |c: char| {
        CONJUNCTIONS.contains(&c) || PREPOSITIONS.contains(&c) || c == FUTURE || ARTICLE.contains(c)
    };
    let mut rest = Some(word).filter(|w| !w.is_empty());
    std::iter::from_fn(move || {
        let stem = rest?;
        rest = stem.strip_prefix(proclitic).filter(|s| !s.is_empty());
        Some(stem)
    })
    .take(CUTS)
}

/// The sector of a stem with that key, without case ending if need be.
fn sector(whole: LexId, stem: &str) -> Option<Sector> {
    let sector = lexicon().sector(whole);
    sector.or_else(|| lexicon().sector(key(stem.strip_suffix('ا')?)))
}

/// The sector of a stem without the pronoun at its end; `whole` is the key of what is
/// left.
fn sector_of_owned(whole: LexId, stem: &str) -> Option<Sector> {
    let (bare, _) = strip_pronoun(stem)?;
    let known = |stem: &str, end| lexicon().sector(lexicon().find_joined(stem, end));
    let sector = lexicon().sector(whole);
    sector
        .or_else(|| known(bare.strip_suffix('ت')?, "ه"))
        .or_else(|| bare.ends_with('ي').then(|| known(bare, "ن"))?)
}

/// Whether a stem is people or things under arms by their owner's pronoun.
fn owned(stem: &str) -> bool {
    Pronouns::THIRD.end_of(stem).is_some_and(|(bare, _)| {
        // It ends in no case.
        let open = lexicon().find_joined(bare.strip_suffix('ت').unwrap_or(bare), "ه");
        let armed = |sector: Option<Sector>| sector.is_some_and(|s| s.standing == Standing::Armed);
        armed(sector(key(bare), bare)) || armed(lexicon().sector(open))
    })
}

fn preposition(word: &str) -> Option<(Preposition, bool)> {
    let core = word.strip_prefix(AND).unwrap_or(word);
    let found = lexicon().preposition(key(core));
    let found = found.filter(|p| p.slot != Slots::AGENT)?;
    Some((found, core.len() < word.len()))
}

fn pronominal(word: &str) -> Option<(Slots, Agreement)> {
    let (base, pronoun) = Pronouns::THIRD.end_of(word)?;
    let (preposition, _) = preposition(base).filter(|(p, _)| p.takes != Takes::Phrase)?;
    Some((preposition.slot, pronoun.agreement()?))
}

/// Adds the numbers of the words that a stem may be; `keys` are those of the stem,
/// with the pronoun at its end and without.
fn complete(keys: [LexId; 2], stem: &str, out: &mut Few<u16, 8>) {
    let bare = strip_pronoun(stem).map(|(bare, _)| bare);
    let closed = bare.and_then(|b| Some(lexicon().find_joined(b.strip_suffix('ت')?, "ه")));
    let others = [stem.strip_suffix('ا').map(key), closed];
    for key in keys.into_iter().chain(others.into_iter().flatten()) {
        out.extend(lexicon().completion(key).filter(|n| !out.contains(n)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(word: &str) -> WordFacts {
        WordFacts::of(word, &Keys::new(lexicon(), word))
    }

    #[test]
    fn triggers_are_found_in_their_forms() {
        let kinds = |word: &str| -> Vec<EventType> {
            let forms = lexicon().trigger_forms(key(word));
            let mut all: Vec<_> = forms.map(|f| f.row.kind).collect();
            all.dedup();
            all
        };
        assert_eq!(kinds("اتهمت"), [EventType::Accuse]);
        assert_eq!(kinds("مطالبا"), [EventType::Request]);
        assert_eq!(kinds("اعتقالهم"), [EventType::Coerce]);
        assert_eq!(kinds("كتاب"), []);
    }

    #[test]
    fn words_are_known_under_their_endings() {
        let spells = |word: &str, wanted: &str| {
            let wanted = lexicon().completion(key(wanted)).unwrap();
            facts(word).completes(&[wanted])
        };
        assert!(spells("هجوما", "هجوم"));
        assert!(spells("باستقالته", "استقاله"));
        assert!(!spells("هجوع", "هجوم"));
        let sector = facts("جنديا").sector(0, false);
        assert_eq!(sector.map(|s| s.name()), Some("MIL"));
        let light = facts("وسيواصل").light;
        assert_eq!(light.map(|v| v.status), Some(Status::Future));
    }

    #[test]
    fn prepositions_take_what_their_rows_say() {
        let slot = |word: &str| facts(word).preposition.map(|(p, _)| p.slot);
        assert_eq!(slot("ومع"), Some(Slots::WITH));
        assert_eq!(slot("بيد"), None);
        let place = |word: &str| facts(word).pronominal.map(|(slot, _)| slot);
        assert_eq!(place("عليهم"), Some(Slots::ALA));
        assert_eq!(place("وله"), Some(Slots::LI));
        assert_eq!(place("فيه"), None);
    }
}
