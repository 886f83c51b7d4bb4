//! Channels: `في بيان`, `خلال مؤتمر صحفي`, `عبر حسابه على منصة كذا`.

use std::ops::Range;

use rawi_morph::Pos;
use rawi_names::phrase::Extent;
use rawi_names::{Roles, Tags};
use rawi_text::proclitic::{AND, IN, TO};
use rawi_words::reporting::Link;
use rawi_words::{Facet, LexId, lexicon};

use crate::hearer;
use crate::spelled::ChannelStem;
use crate::statement::ChannelKind;
use crate::view::View;

/// A channel adjunct in the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ChannelAt {
    /// All its tokens, the preposition included.
    pub(crate) range: Range<usize>,
    /// The tokens of its noun phrase.
    pub(crate) noun: Range<usize>,
    pub(crate) kind: ChannelKind,
    pub(crate) platform: Option<&'static str>,
}

/// Reads the channel adjunct that begins at token `i` and ends before `limit`.
pub(crate) fn at(view: &View<'_>, i: usize, limit: usize) -> Option<ChannelAt> {
    if i >= limit {
        return None;
    }
    let leads = view.plays(i, Roles::LEAD) || view.plays_behind(i, AND, Roles::LEAD);
    let mut noun = if leads { i + 1 } else { i };
    // `من خلال بيان`
    let through = view.preposition(i) == Some(Link::MIN)
        && noun + 1 < limit
        && view.plays(noun + 1, Roles::LEAD);
    if through {
        noun += 2;
    }
    let leads = leads || through;
    if noun >= limit {
        return None;
    }
    let info = view.info(noun);
    if !leads && info.preposition != Some(IN) {
        return None;
    }
    let found = noun_at(view, noun, limit).or_else(|| {
        // `على إكس`, `عبر فيسبوك`
        let (platform, words) = platform_at(view, noun, limit).filter(|_| leads)?;
        Some(ChannelAt {
            range: noun..noun + words,
            noun: noun..noun + words,
            kind: ChannelKind::Post,
            platform: Some(platform),
        })
    })?;
    Some(ChannelAt {
        range: i..found.range.end,
        ..found
    })
}

/// The platform that token `k` begins to name, and the words of its name.
fn platform_at(view: &View<'_>, k: usize, limit: usize) -> Option<(&'static str, usize)> {
    let (key, words) = view.longest(view.stem_key(k), k, limit, Facet::Platform)?;
    Some((lexicon().platform(key)?, words))
}

/// Reads a channel noun phrase at token `noun`.
pub(crate) fn noun_at(view: &View<'_>, noun: usize, limit: usize) -> Option<ChannelAt> {
    noun_phrase(view, noun, limit, false)
}

/// The channel noun phrase at token `noun`, whatever follows it.
pub(crate) fn named(view: &View<'_>, noun: usize, limit: usize) -> Option<ChannelAt> {
    noun_phrase(view, noun, limit, true)
}

/// The same; `sure` says that something else than its own words shows that it
/// is a channel.
fn noun_phrase(view: &View<'_>, noun: usize, limit: usize, sure: bool) -> Option<ChannelAt> {
    let stem = stem(view, noun)?;
    let next = |k: usize| {
        let token = noun + k;
        if token < limit {
            let nominative = view.spelled(token).nominative(view.info(token).prefix());
            nominative.unwrap_or_else(|| view.stem_key(token))
        } else {
            LexId::NONE
        }
    };
    let (key, words) = lexicon().longest(stem.key, Facet::Channel, next)?;
    let entry = lexicon().channel(key)?;
    let end = reach(view, noun + words, limit);
    let definite = view.info(noun).article || stem.bare;
    if let Some(need) = entry.needs.filter(|_| !definite && !sure) {
        // `رسالة وجهتها`: the verb behind the noun counts too.
        let met = (noun + words..limit.min(noun + words + 3))
            .any(|k| view.meets(k, need) || entry.needs_li && view.info(k).preposition == Some(TO));
        if !met {
            return None;
        }
    }
    let platform = (noun..end).find_map(|k| Some(platform_at(view, k, end)?.0));
    Some(ChannelAt {
        range: noun..end,
        noun: noun..end,
        kind: entry.kind,
        platform,
    })
}

/// The channel adjunct at the head of a cue's sentence: `وفي بيان، أعلن …`.
pub(crate) fn before(view: &View<'_>, cue: usize) -> Option<ChannelAt> {
    let mut start = view.sentence_start(cue);
    while start < cue && !view.is_word(start) {
        start += 1;
    }
    let found = at(view, start, cue)?;
    // Nothing but an adjunct or two may stand between.
    let close = cue - found.range.end <= ADJUNCT;
    let free =
        (found.range.end..cue).all(|k| !view.is(k, Tags::VERB) && view.complementizer(k).is_none());
    (close && free).then_some(found)
}

/// How many tokens may stand between a channel in front and its cue.
const ADJUNCT: usize = 8;

/// How far before a cue the noun may stand that its pronoun points to.
const BACK: usize = 14;

/// `نشر تدوينة قال فيها`: the last channel noun before a cue with such a word
/// behind it.
pub(crate) fn pointed_to(view: &View<'_>, cue: &Range<usize>) -> Option<ChannelAt> {
    if !view.points_back(cue.end) {
        return None;
    }
    let first = view
        .sentence_start(cue.start)
        .max(cue.start.saturating_sub(BACK));
    // `نشر تدوينة على حسابه قال فيها`: rather one that agrees and that no
    // preposition leads, and no verb that looks like one.
    let feminine = view.word(cue.end).ends_with("ها");
    let worth = |c: &ChannelAt| {
        let head = c.noun.start;
        let word = view.info(head);
        let agrees = stem(view, head).is_some_and(|s| s.feminine) == feminine;
        let led = head > 0 && view.is(head - 1, Tags::PREPOSITION);
        (
            word.pos != Pos::Verb && !word.pronoun,
            agrees,
            word.preposition.is_none() && !led,
        )
    };
    // `رسالة … قال فيه` is never the letter; `فيها` may mean things in the plural.
    let agrees = |c: &ChannelAt| feminine || !stem(view, c.noun.start).is_some_and(|s| s.feminine);
    // `مقطع فيديو`: the second of the two is no channel of its own.
    let whole = |c: &ChannelAt| {
        let at = c.noun.start;
        at == first || view.info(at).article || noun_phrase(view, at - 1, cue.start, true).is_none()
    };
    (first..cue.start)
        .filter_map(|k| noun_phrase(view, k, cue.start, true))
        .filter(|c| agrees(c) && whole(c))
        .max_by_key(worth)
}

/// Whom a letter is addressed to: `رسالة إلى فلان`, `رسالة وجهتها إلى فلان`.
pub(crate) fn recipient(view: &View<'_>, letter: &ChannelAt, limit: usize) -> Option<Range<usize>> {
    if letter.kind != ChannelKind::Letter {
        return None;
    }
    let start = letter.noun.start + 1;
    let reach = limit.min(start + ADJUNCT);
    let to = (start..reach).find(|&k| {
        view.preposition(k) == Some(Link::ILA)
            || !view.is_word(k)
            || view.complementizer(k).is_some()
    })?;
    if view.preposition(to) != Some(Link::ILA) {
        return None;
    }
    let end = view.reader().extent(to + 1, limit, Extent::Strict);
    let whom = to + 1..end;
    (!whom.is_empty() && view.is_party(&whom)).then_some(whom)
}

/// The noun of a channel that token `i` is, as the table has it.
fn stem(view: &View<'_>, i: usize) -> Option<ChannelStem> {
    view.spelled(i).channel(view.info(i).prefix())
}

/// How far a channel's noun phrase reaches: to punctuation, a time, a clause.
fn reach(view: &View<'_>, from: usize, limit: usize) -> usize {
    let end = stretch(view, from, limit);
    // `في تصريح لـ«كذا» | رئيس البلدية فلان`
    hearer::subject_behind(view, from.saturating_sub(1)..end).unwrap_or(end)
}

fn stretch(view: &View<'_>, from: usize, limit: usize) -> usize {
    let mut i = from;
    while i < limit {
        let info = view.info(i);
        if let Some((_, quote)) = view.quote_opening(i) {
            let close = view.quote_end(quote);
            if close < limit && view.quote_words(quote) <= 4 {
                i = close + 1;
                continue;
            }
            return i;
        }
        let breaks = !view.is_word(i)
            || info.is(Tags::TIME | Tags::RELATIVE | Tags::ACTION | Tags::AUXILIARY)
            || info.is(Tags::ADVERB)
            || info.is(Tags::REPORT) && info.pos == Pos::Verb && !info.article
            || view.complementizer(i).is_some()
            || info.conjunction && !info.article
            // `في بيان مشترك | السلطات`: an indefinite adjective governs nothing.
            || i > 0 && adjective(view, i - 1) && info.article && hearer::second(view, i)
            // `خلال الاجتماع | ضرورة …`: the message begins.
            || i > from.saturating_sub(1)
                && view.info(i - 1).article
                && info.is(Tags::MESSAGE)
                && !info.article;
        if breaks {
            return i;
        }
        i += 1;
    }
    limit
}

/// Whether token `i` is an indefinite adjective, as the model sees it.
fn adjective(view: &View<'_>, i: usize) -> bool {
    let info = view.info(i);
    let adjective = info.pos == Pos::Adj && !info.pronoun;
    !info.article && (adjective || view.plays(i, Roles::EPITHET))
}
