//! Channels: `في بيان`, `خلال مؤتمر صحفي`, `عبر حسابه على منصة كذا`.

use std::ops::Range;

use rawi_names::{Roles, Tags, plays};

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
    let leads = plays(view.word(i), Roles::LEAD);
    let noun = if leads { i + 1 } else { i };
    if noun >= limit {
        return None;
    }
    let info = view.info(noun);
    if !leads && info.preposition != Some('ب') {
        return None;
    }
    noun_at(view, noun, limit).map(|found| ChannelAt {
        range: i..found.range.end,
        ..found
    })
}

/// Reads a channel noun phrase at token `noun`.
pub(crate) fn noun_at(view: &View<'_>, noun: usize, limit: usize) -> Option<ChannelAt> {
    let stem = stem(view, noun);
    let (entry, words) = lexicon::phrase(CHANNELS, |k| match k {
        0 => Some(stem),
        _ if noun + k < limit => Some(view.words.stem(view.layout, noun + k)),
        _ => None,
    })?;
    let end = reach(view, noun + words, limit);
    let definite = view.info(noun).article || stem != bare(stem);
    if !entry.needs.is_empty() && !definite {
        let met = (noun + words..end.min(noun + words + 3)).any(|k| {
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
    let platform = (noun..end).find_map(|k| {
        lexicon::phrase(PLATFORMS, |n| {
            (k + n < end).then(|| {
                if n == 0 {
                    view.words.stem(view.layout, k)
                } else {
                    view.word(k + n)
                }
            })
        })
        .map(|(platform, _)| *platform)
    });
    Some(ChannelAt {
        range: noun..end,
        noun: noun..end,
        kind: entry.kind,
        platform,
    })
}

/// The noun as the table has it: without article, and without a possessive
/// pronoun where the table knows the noun only bare.
fn stem<'a>(view: &View<'a>, i: usize) -> &'a str {
    let stem = view.words.stem(view.layout, i);
    if CHANNELS
        .binary_search_by(|(key, _)| (*key).cmp(stem))
        .is_ok()
    {
        return stem;
    }
    bare(stem)
}

fn bare(stem: &str) -> &str {
    rawi_morph::strip_pronoun(stem).map_or(stem, |(noun, _)| noun)
}

/// How far a channel's noun phrase reaches: to punctuation, a time, a clause.
fn reach(view: &View<'_>, from: usize, limit: usize) -> usize {
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
            || view.complementizer(i).is_some()
            || info.conjunction && !info.article
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
