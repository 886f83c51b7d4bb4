//! Channels: `في بيان`, `خلال مؤتمر صحفي`, `عبر حسابه على منصة كذا`.

use std::ops::Range;

use rawi_morph::{Pos, Shape};
use rawi_names::phrase::Extent;
use rawi_names::{Roles, Tags};

use crate::frames::Link;
use crate::hearer;
use crate::lexicon::{self, CHANNELS, PLATFORMS};
use crate::statement::{Channel, ChannelKind};
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

impl ChannelAt {
    pub(crate) fn channel(&self, view: &View<'_>) -> Channel {
        Channel {
            span: crate::gap::span(view, &self.noun),
            kind: self.kind,
            platform: self.platform,
        }
    }
}

/// Reads the channel adjunct that begins at token `i` and ends before `limit`.
pub(crate) fn at(view: &View<'_>, i: usize, limit: usize) -> Option<ChannelAt> {
    if i >= limit {
        return None;
    }
    let leads = view.plays(i, Roles::LEAD) || view.plays_behind(i, 'و', Roles::LEAD);
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
    if !leads && info.preposition != Some('ب') {
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
    let found = lexicon::phrase(PLATFORMS, |n| {
        (k + n < limit).then(|| {
            if n == 0 {
                view.words.stem(view.layout, k)
            } else {
                view.word(k + n)
            }
        })
    });
    found.map(|(platform, words)| (*platform, words))
}

/// Reads a channel noun phrase at token `noun`.
pub(crate) fn noun_at(view: &View<'_>, noun: usize, limit: usize) -> Option<ChannelAt> {
    noun_phrase(view, noun, limit, false)
}

/// The same; `sure` says that something else than its own words shows that it
/// is a channel.
fn noun_phrase(view: &View<'_>, noun: usize, limit: usize, sure: bool) -> Option<ChannelAt> {
    let stem = stem(view, noun);
    let (entry, words) = lexicon::phrase(CHANNELS, |k| match k {
        0 => Some(stem),
        _ if noun + k < limit => Some(nominative(view.words.stem(view.layout, noun + k))),
        _ => None,
    })?;
    let end = reach(view, noun + words, limit);
    let definite = view.info(noun).article || stem != view.words.stem(view.layout, noun);
    if !entry.needs.is_empty() && !definite && !sure {
        // `رسالة وجهتها`: the verb behind the noun counts too.
        let met = (noun + words..limit.min(noun + words + 3)).any(|k| {
            let word = view.word(k);
            let stem = view.words.stem(view.layout, k);
            entry.needs.iter().any(|need| {
                word == *need
                    || stem == *need
                    || *need == "ل" && view.info(k).preposition == Some('ل')
            })
        });
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
        let agrees = Shape::of(stem(view, head)).is(Shape::FEMININE) == feminine;
        let led = head > 0 && view.is(head - 1, Tags::PREPOSITION);
        (
            word.pos != Pos::Verb && !word.pronoun,
            agrees,
            word.preposition.is_none() && !led,
        )
    };
    // `رسالة … قال فيه` is never the letter; `فيها` may mean things in the plural.
    let agrees =
        |c: &ChannelAt| feminine || !Shape::of(stem(view, c.noun.start)).is(Shape::FEMININE);
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

/// The noun as the table has it: without article, and without a possessive
/// pronoun where the table knows the noun only bare.
fn stem<'a>(view: &View<'a>, i: usize) -> &'a str {
    let stem = view.words.stem(view.layout, i);
    if known(stem) {
        return stem;
    }
    // `أصدر بيانا`
    if known(nominative(stem)) {
        return nominative(stem);
    }
    // `بيانه`, `كلمته`
    let Some((bare, _)) = rawi_morph::strip_pronoun(stem) else {
        return stem;
    };
    let Some(rest) = bare.strip_suffix('ت') else {
        return bare;
    };
    let feminine = |(key, _): &&(&'static str, _)| key.strip_suffix('ه') == Some(rest);
    CHANNELS.iter().find(feminine).map_or(bare, |(key, _)| key)
}

/// A noun without the `ا` of an indefinite accusative.
fn nominative(stem: &str) -> &str {
    let bare = stem.strip_suffix('ا').filter(|s| s.chars().count() >= 3);
    bare.unwrap_or(stem)
}

/// Whether a channel's name begins with the word.
fn known(stem: &str) -> bool {
    let from = CHANNELS.partition_point(|(key, _)| *key < stem);
    CHANNELS.get(from).is_some_and(|(key, _)| {
        key.strip_prefix(stem)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
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
