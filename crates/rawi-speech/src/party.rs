//! Who is mentioned around a cue, and how each stands to it: whoever may be its
//! subject or be spoken to.

use std::ops::Range;

use rawi_morph::Pos;
use rawi_names::phrase::Kind;
use rawi_names::{Cast, EntityId, Roles, Tags};
use rawi_text::Few;
use rawi_words::reporting::{Link, attached};

use crate::draft::{Bounded, Draft, Source};
use crate::view::View;

/// How far before its cue somebody may be mentioned, in tokens.
const BEFORE: usize = 16;

/// How far behind a cue that follows what was said, in tokens.
const BEHIND: usize = 14;

/// So many are weighed on each side of a cue.
const MOST: usize = 5;

/// What leads a party that no preposition of the frames does.
const OTHER_LINK: u64 = 256;

/// What leads those before whom something is said: `أمام`.
const IN_FRONT: u64 = 512;

/// A party near a cue.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    /// The whole phrase.
    pub(crate) range: Range<usize>,
    pub(crate) entity: EntityId,
    pub(crate) kind: Kind,
    pub(crate) head: usize,
    pub(crate) definite: bool,
    /// Whether it stands before the cue, not behind it.
    pub(crate) before: bool,
    /// The preposition that leads it, as bits; none is zero.
    pub(crate) link: u64,
    /// Whether `و` joins it to the one before.
    pub(crate) joined: bool,
    /// How many others that nothing leads stand nearer to the cue.
    pub(crate) order: u64,
    /// What stands between it and the cue: a comma, a verb, `أن`, a relative pronoun,
    /// as bits.
    pub(crate) between: u64,
}

impl Party {
    fn read(view: &View<'_>, cast: &Cast, range: Range<usize>) -> Option<Party> {
        let phrase = view.reader().describe(range.clone());
        let (entity, _) = cast.of(&phrase)?;
        Some(Party {
            entity,
            kind: phrase.kind,
            head: phrase.head,
            definite: phrase.definite,
            before: false,
            link: led(view, range.start),
            joined: false,
            order: 0,
            between: 0,
            range,
        })
    }

    /// Whether nothing leads it.
    pub(crate) fn free(&self) -> bool {
        self.link == 0
    }

    /// Whether two stand in the same words.
    pub(crate) fn overlaps(&self, other: &Range<usize>) -> bool {
        self.range.start < other.end && other.start < self.range.end
    }
}

/// The parties around one cue.
pub(crate) type Parties = Few<Party, 12>;

/// The preposition that leads the phrase at token `i`, as bits.
fn led(view: &View<'_>, i: usize) -> u64 {
    if let Some(letter) = view.info(i).preposition {
        return attached(letter).map_or(OTHER_LINK, |l| u64::from(l.0));
    }
    if view.raw(i).starts_with("لـ") {
        return u64::from(Link::LI.0);
    }
    let mut before = i;
    // `لـ«كذا»`
    while before > 0 && !view.is_word(before - 1) && view.quote_opening(before - 1).is_some() {
        before -= 1;
    }
    let Some(k) = before.checked_sub(1) else {
        return 0;
    };
    if view.plays(k, Roles::BEFORE) {
        return IN_FRONT;
    }
    match view.link(k) {
        Some(link) if !view.is(k, Tags::GIVEN) => u64::from(link.0),
        _ if view.is(k, Tags::PREPOSITION) && !view.info(k).pronoun => OTHER_LINK,
        _ => 0,
    }
}

/// What stands in a stretch, as bits.
fn between(view: &View<'_>, stretch: Range<usize>) -> u64 {
    let mut bits = 0;
    for i in stretch {
        let verb = view.is(i, Tags::REPORT | Tags::ACTION | Tags::AUXILIARY)
            || view.info(i).pos == Pos::Verb;
        bits |= u64::from(view.is_comma(i))
            | u64::from(verb) << 1
            | u64::from(view.complementizer(i).is_some()) << 2
            | u64::from(view.is(i, Tags::RELATIVE)) << 3;
    }
    bits
}

/// Everybody mentioned around the cue of a statement, in text order, the phrases
/// that the rules take for its sides among them.
pub(crate) fn around(view: &View<'_>, cast: &Cast, b: &Bounded) -> Parties {
    let cue = &b.draft.cue;
    let sentence = view.sentence_start(cue.start)..view.sentence_end(cue.start);
    let held = |i: usize| b.holds(i);
    let told = b.content.iter().filter(|p| p.end <= cue.start);
    let first = told.map(|p| p.end).max().unwrap_or(0);
    let first = first
        .max(sentence.start)
        .max(cue.start.saturating_sub(BEFORE));
    let behind = b.content.iter().map(|p| p.start).filter(|&s| s >= cue.end);
    let last = behind
        .min()
        .unwrap_or(sentence.end.min(cue.end + BEHIND))
        .max(cue.end);
    let mut before: Few<Party, 12> = stretch(view, cast, first..cue.start, &b.draft)
        .into_iter()
        .filter(|p| !held(p.range.start))
        .collect();
    let from = before.len().saturating_sub(MOST);
    let mut order = 0;
    for party in before.iter_mut().rev() {
        party.before = true;
        party.order = order;
        party.between = between(view, party.range.end..cue.start);
        order += u64::from(party.free());
    }
    let mut behind = stretch(view, cast, cue.end..last, &b.draft);
    let mut order = 0;
    for party in behind.iter_mut() {
        party.order = order;
        party.between = between(view, cue.end..party.range.start);
        order += u64::from(party.free() && !party.joined);
    }
    before
        .into_iter()
        .skip(from)
        .chain(behind.into_iter().take(MOST + 1))
        .collect()
}

/// The parties of a stretch of text: the phrases that the rules take for its source or for
/// those spoken to, and whoever else is mentioned.
fn stretch(view: &View<'_>, cast: &Cast, range: Range<usize>, draft: &Draft) -> Parties {
    let mut out = Parties::new();
    let source = match &draft.source {
        Source::Phrase(r) | Source::Bound(r, _) => Some(r),
        _ => None,
    };
    let within = |r: &&Range<usize>| range.contains(&r.start) && r.end <= range.end;
    let mut rules: Few<Range<usize>, 4> = source
        .into_iter()
        .chain(draft.addressees.iter())
        .filter(within)
        .cloned()
        .collect();
    rules.sort_unstable_by_key(|r| r.start);
    let mut next = 0;
    let mut end = range.start;
    for id in cast.mentions().within(range.clone()) {
        let mention = cast.mentions().get(id);
        let start = mention.phrase.start;
        while let Some(rule) = rules.get(next).filter(|r| r.start <= start) {
            // A source may be read too long, and of those spoken to each is one.
            let mut rule = rule.clone();
            if source != Some(&rule) {
                let phrase = view.reader().describe(rule.clone());
                rule.end = phrase
                    .first_end
                    .clamp(rule.start + 1, rule.end.max(rule.start + 1));
                end = end.max(rule.end);
            }
            push(view, cast, rule, &mut out);
            next += 1;
        }
        let same = next > 0 && rules[next - 1].start == start;
        if same || start < end || start < range.start || view.layout.furniture_at(start).is_some() {
            continue;
        }
        let stop = mention.phrase.end.max(mention.tokens.end).min(range.end);
        let stop = rules.get(next).map_or(stop, |r| stop.min(r.start));
        push(view, cast, start..stop, &mut out);
        end = stop;
    }
    for rule in &rules[next.min(rules.len())..] {
        push(view, cast, rule.clone(), &mut out);
    }
    out
}

/// Adds the party that a phrase names.
fn push(view: &View<'_>, cast: &Cast, range: Range<usize>, out: &mut Parties) {
    let Some(mut party) = Party::read(view, cast, range) else {
        return;
    };
    if let Some(last) = out.last().filter(|l| l.range.end == party.range.start)
        && view.info(party.range.start).conjunction
    {
        party.joined = true;
        if party.link == 0 {
            party.link = last.link;
        }
    }
    out.push(party);
}
