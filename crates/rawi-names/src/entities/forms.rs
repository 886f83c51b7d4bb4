//! Spellings of names, and the entities that have them: the sieve's first and surest
//! step.

use std::ops::Range;

use rawi_text::Few;

use super::key::Key;
use super::naming::{folded_name, surface};
use super::sieve::{NAMESAKES, Sieve, address};
use super::{Cast, Entity, EntityId, short};
use crate::mentions::{Mention, MentionId, MentionKind, Origin};
use crate::phrase::{Kind, Reader};
use crate::{NameType, Tags, knowledge};

/// So many words a noun for something named otherwise has, with its adjective.
const LONGEST_NOUN: usize = 2;

/// One spelling of a name, wherever it stands.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) key: Key,
    /// Where it stands first.
    pub(super) first: MentionId,
    /// How often the model of names gives it each type.
    pub(super) votes: [u16; NameType::ALL.len()],
    /// Whose it may be.
    pub(super) whose: Few<EntityId, 2>,
    /// Whether it is whoever's of these was mentioned last, or a question.
    pub(super) settled: bool,
    /// Whether it is a noun for what was named before (`النادي`), or may be one.
    pub(super) vague: bool,
    /// Who was found not to be any of them.
    pub(super) own: Option<EntityId>,
    /// Who was meant by it last.
    pub(super) meant: Option<EntityId>,
}

impl Cast {
    /// Adds the entity of a name.
    pub(super) fn named(
        &mut self,
        reader: &Reader<'_>,
        sieve: &mut Sieve,
        form: u32,
        at: MentionId,
    ) -> EntityId {
        let label = elected(&sieve.forms[form as usize].votes);
        let mention = self.mentions.get(at).clone();
        let what = label.map_or(mention.what, |l| reader.labeled_kind(l, mention.head));
        let range = own_name(reader, mention.tokens.clone());
        let known = knowledge::known(folded_name(reader, range.clone(), &mut sieve.text), what);
        let id = self.add(&mention);
        let entity = &mut self.entities[id.0];
        entity.kind = what;
        entity.label = label;
        entity.known = known;
        surface(reader, called(reader, range, what), &mut entity.name);
        let key = &sieve.forms[form as usize].key;
        entity.key.copy(key);
        for &word in key.words() {
            sieve.by_word.entry(word).or_default().push(id);
        }
        if let Some(head) = key.head().filter(|_| what != Kind::Person) {
            sieve.by_head.entry(head).or_default().push(id);
        }
        id
    }

    /// Puts names that are spelled alike together.
    pub(super) fn gather_forms(&mut self, reader: &Reader<'_>, sieve: &mut Sieve) {
        for (i, mention) in self.mentions.all().iter().enumerate() {
            if mention.kind != MentionKind::Name {
                continue;
            }
            let own = own_name(reader, mention.tokens.clone());
            match mention.what {
                Kind::Person => sieve.key.fill_name(reader, mention.tokens.clone()),
                Kind::Group => sieve.key.fill_people(reader, own),
                _ => sieve.key.fill_stems(reader, own),
            }
            let next = sieve.forms.len() as u32;
            let form = *sieve.by_row.entry(sieve.key.row()).or_insert(next);
            if form == next {
                sieve.forms.push(Form {
                    key: sieve.key.clone(),
                    first: MentionId(i as u32),
                    votes: [0; NameType::ALL.len()],
                    whose: Few::new(),
                    settled: true,
                    vague: false,
                    own: None,
                    meant: None,
                });
            }
            if let Origin::Label(label) = mention.origin {
                let votes = &mut sieve.forms[form as usize].votes[label as usize];
                *votes = votes.saturating_add(1);
            }
            sieve.form_of[i] = Some(form);
        }
    }

    /// Notes names that stand in brackets behind another: `هيئة الضفاف (هض)`.
    pub(super) fn gather_glosses(&self, reader: &Reader<'_>, sieve: &mut Sieve) {
        let all = self.mentions.all();
        for (i, pair) in all.windows(2).enumerate() {
            let [whole, gloss] = pair else { continue };
            let open = whole.tokens.end;
            let enclosed = gloss.tokens.start == open + 1
                && gloss.sentence == whole.sentence
                && reader.layout.word(open) == "("
                && gloss.tokens.end < reader.layout.tokens().len()
                && reader.layout.word(gloss.tokens.end) == ")";
            let body = |m: &Mention| matches!(m.what, Kind::Body | Kind::Outlet);
            let alike = body(whole) && body(gloss) || whole.label() == gloss.label();
            let forms = (sieve.form_of[i], sieve.form_of[i + 1]);
            if let (true, (Some(a), Some(b))) = (enclosed && alike, forms) {
                sieve.glosses.entry(a).or_insert(b);
                sieve.glosses.entry(b).or_insert(a);
            }
        }
    }

    /// Makes an entity of every name that is no short form of a longer one.
    pub(super) fn settle_forms(&mut self, reader: &Reader<'_>, sieve: &mut Sieve) {
        let mut sorted = std::mem::take(&mut sieve.sorted);
        sorted.extend(0..sieve.forms.len() as u32);
        sorted.sort_by_key(|&f| {
            let form = &sieve.forms[f as usize];
            (usize::MAX - form.key.len(), form.first)
        });
        for &f in &sorted {
            let form = &sieve.forms[f as usize];
            let label = elected(&form.votes);
            let mention = self.mentions.get(form.first).clone();
            let what = label.map_or(mention.what, |l| reader.labeled_kind(l, mention.head));
            let range = own_name(reader, mention.tokens.clone());
            let known = knowledge::known(folded_name(reader, range.clone(), &mut sieve.text), what);
            let country = mention
                .country
                .filter(|_| what == Kind::Place && reader.words.get(range.start).is(Tags::COUNTRY));
            let whose: Few<EntityId, 2> = known
                .and_then(|k| sieve.by_known.get(&address(k)))
                .or_else(|| sieve.by_country.get(&address(country?)))
                .map(|&id| Few::from_iter([id]))
                .unwrap_or_default();
            let gloss = sieve.glosses.get(&f).map(|&g| &sieve.forms[g as usize]);
            let gloss = gloss.filter(|g| g.settled && g.whose.len() == 1);
            let whose = match gloss {
                Some(gloss) if whose.is_empty() => gloss.whose.clone(),
                _ => whose,
            };
            let known_for = !whose.is_empty();
            let mut whose = whose;
            if !known_for {
                whose = self.longer(sieve, &form.key, what);
                // Whom the tables know is short for none whom they know otherwise.
                let another = |e: &Entity| match what {
                    Kind::Person => known.is_some(),
                    _ => {
                        known.is_some() && e.known.is_some()
                            || country.is_some() && e.country != country
                    }
                };
                whose.retain(|id| !another(&self.entities[id.0]));
            }
            let vague = !known_for
                && known.is_none()
                && country.is_none()
                && is_noun(reader, &mention, what);
            let first = form.first;
            let form = &mut sieve.forms[f as usize];
            form.vague = vague;
            if whose.is_empty() && vague {
                form.settled = false;
            } else if whose.is_empty() {
                let id = self.named(reader, sieve, f, first);
                sieve.forms[f as usize].whose.push(id);
            } else {
                form.whose = whose;
                form.settled = known_for || what == Kind::Person;
            }
            let form = &sieve.forms[f as usize];
            if let [id] = form.whose.as_slice()
                && form.settled
            {
                if let Some(known) = known {
                    sieve.by_known.entry(address(known)).or_insert(*id);
                    let entity = &mut self.entities[id.0];
                    entity.known = entity.known.or(Some(known));
                }
                if let Some(country) = country {
                    sieve.by_country.entry(address(country)).or_insert(*id);
                }
            }
        }
        sieve.sorted = sorted;
    }

    /// The entities with a longer name that a name may be short for.
    fn longer(&self, sieve: &Sieve, key: &Key, what: Kind) -> Few<EntityId, 2> {
        let rarest = key
            .words()
            .iter()
            .map(|w| sieve.by_word.get(w).map_or(&[][..], |l| l));
        let Some(rarest) = rarest.min_by_key(|list| list.len()) else {
            return Few::new();
        };
        let fits = |id: &&EntityId| {
            let e = &self.entities[id.0];
            match what {
                Kind::Person => {
                    e.kind == Kind::Person && short::of_person(key.words(), e.key.words())
                }
                _ => e.kind.is_like(what) && short::of_body(key.words(), e.key.words()).is_some(),
            }
        };
        rarest
            .iter()
            .rev()
            .take(NAMESAKES)
            .filter(fits)
            .copied()
            .collect()
    }
}

/// Whether a name may be a noun for something named otherwise: `النادي`, `الصحيفة
/// الفرنسية`.
fn is_noun(reader: &Reader<'_>, mention: &Mention, what: Kind) -> bool {
    let defined = |i: usize| reader.words.get(i).article;
    !matches!(what, Kind::Person | Kind::Other)
        && mention.tokens.len() <= LONGEST_NOUN
        && mention.tokens.clone().all(defined)
}

/// The type that a name gets most often, of equals the first.
fn elected(votes: &[u16; NameType::ALL.len()]) -> Option<NameType> {
    let (at, &most) = votes.iter().enumerate().rev().max_by_key(|(_, n)| **n)?;
    (most > 0).then(|| NameType::ALL[at])
}

/// What a body is called by itself: a generic head that only says what it is
/// (`صحيفة «كذا»`) and the marks around the name are left out.
fn called(reader: &Reader<'_>, range: Range<usize>, what: Kind) -> Range<usize> {
    let head = reader.words.get(range.start);
    let generic = matches!(what, Kind::Body | Kind::Outlet)
        && head.is(Tags::GENERIC)
        && !head.article
        && range.len() > 1;
    let mut own = range.start + usize::from(generic)..range.end;
    let mark = |i: usize| {
        reader.layout.quote_opening(i).is_some() || reader.layout.quote_closing(i).is_some()
    };
    // `وكالة الأنباء الكورية «كذا»`: its name stands in the marks.
    let quoted = own
        .clone()
        .find(|&i| generic && reader.layout.quote_opening(i).is_some());
    own.start = quoted.unwrap_or(own.start);
    if own.len() > 1 && mark(own.start) {
        own.start += 1;
    }
    if own.len() > 1 && mark(own.end - 1) {
        own.end -= 1;
    }
    own
}

/// The tokens of a name without a short name in brackets behind it.
fn own_name(reader: &Reader<'_>, range: Range<usize>) -> Range<usize> {
    let open = range
        .clone()
        .skip(1)
        .find(|&i| reader.layout.word(i) == "(");
    range.start..open.unwrap_or(range.end)
}
