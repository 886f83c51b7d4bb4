//! The one spoken to, where the words alone don't part him from the speaker:
//! `قال الوزير | للنائبة`, `اتهم الوزير | المدير`, `أبلغت بغداد | أنقرة`.

use std::ops::Range;

use rawi_morph::{Pos, Shape};
use rawi_names::phrase::Extent;
use rawi_names::{Roles, Tags};
use rawi_text::proclitic::TO;
use rawi_words::lexicon;
use rawi_words::reporting::Link;

use crate::view::View;

/// Whether one speaks to what `ل` leads at token `i`: an outlet, a group, a
/// person by title or name, a generic body (`لقناة كذا`).
pub(crate) fn addressed(view: &View<'_>, i: usize) -> bool {
    let parties = Tags::OUTLET | Tags::GROUP | Tags::GENERIC | Tags::TITLE | Tags::GIVEN;
    let info = view.info(i);
    info.is(parties)
        || info.is(Tags::DEMONYM) && (info.is(Tags::PLURAL) || view.word(i).ends_with("ين"))
}

/// The same for a noun that the tables don't know, right behind the verb or a
/// speaker of one word (`قال الحارس لجاره`): it is definite, and neither a thing
/// done nor an occasion.
pub(crate) fn somebody(view: &View<'_>, i: usize) -> bool {
    let info = view.info(i);
    let stem = view.words.stem(view.layout, i);
    let bare = rawi_morph::strip_pronoun(stem).map(|(bare, _)| bare);
    let definite = info.article || bare.is_some() && (info.pronoun || !stem.ends_with('ه'));
    let purpose = |noun| lexicon().roles(noun).any(Roles::PURPOSE | Roles::OCCASION);
    info.tags == Tags::default()
        && info.pos == Pos::Noun
        && definite
        && !info.verbal
        && !Shape::of(stem).is(Shape::VERBAL_NOUN)
        && !purpose(view.stem_key(i))
        && !purpose(view.words.keys(view.layout, i).bare(view.info(i).prefix()))
        && !bare.is_some_and(|bare| Shape::of(bare).is(Shape::VERBAL_NOUN))
}

/// Where in a phrase that holds the subject of a verb of saying the one spoken
/// to begins: at a `ل` that no title before it governs (`الأمين العام للنقابة`,
/// `الممثل الخاص للرئيس`).
pub(crate) fn led(view: &View<'_>, phrase: &Range<usize>, to: Link) -> Option<usize> {
    if !to.has(Link::LI) {
        return None;
    }
    (phrase.start + 1..phrase.end).find(|&k| {
        let info = view.info(k);
        if info.preposition != Some(TO) || info.inside {
            return false;
        }
        // `الوزير | للمرة الأولى`: nor does a bare title govern an occasion.
        let bare = k == phrase.start + 1
            && defined(view, phrase.start)
            && !view.is(phrase.start, Tags::BODY);
        if !addressed(view, k) {
            return bare
                && (somebody(view, k) || view.stem_plays(k, Roles::PURPOSE | Roles::OCCASION));
        }
        if view.is(k, Tags::OUTLET | Tags::GROUP) || view.stem_plays(k, Roles::COUNTERPART) {
            return true;
        }
        // `المدير العام للشركة`: the adjective opens the title for a complement.
        let adjective = k >= phrase.start + 2
            && defined(view, k - 1)
            && defined(view, k - 2)
            && !view.is(k - 1, Tags::DEMONYM | Tags::GIVEN);
        let body = info.is(Tags::BODY | Tags::GENERIC) && !info.is(Tags::TITLE);
        !adjective && !body && closed(view, k - 1)
    })
}

/// Where the object begins in a phrase that holds the subject and the one it
/// speaks to: after a full name at a second title (`دعت الوزيرة فلانة | الرئيس
/// فلانا إلى`, `أبلغ الوزير فلان | نظيره فلانا أن`), after a bare title at one
/// that can't qualify it, after a place at another place, after a definite word at
/// a body.
pub(crate) fn object(view: &View<'_>, phrase: &Range<usize>) -> Option<usize> {
    let (start, end) = (phrase.start, phrase.end);
    let after_name = (start + 1..end).find(|&k| {
        let counterpart = view.is(k, Tags::OFFICE) && view.plays(k, Roles::COUNTERPART);
        let title = view.is(k, Tags::TITLE | Tags::BODY) && view.info(k).article;
        // `وليد المعلم`: a trade right behind one given name is a family name.
        let family = |name: &Range<usize>| {
            name.len() == 1 && name.end == k && !view.is(k, Tags::OFFICE | Tags::BODY)
        };
        let name = || view.reader().describe(start..k).name;
        counterpart && name().is_some() || title && name().is_some_and(|n| !family(&n))
    });
    after_name.or_else(|| {
        (start + 1..end).find(|&k| {
            let (before, here) = (view.info(k - 1), view.info(k));
            if here.inside || here.conjunction || here.preposition.is_some() {
                return false;
            }
            let place = Tags::COUNTRY | Tags::CAPITAL;
            let places = here.is(place)
                && before.is(place)
                && !here.is(Tags::DEMONYM)
                && !before.is(Tags::DEMONYM)
                && view.is(start, place)
                && !here.article;
            // `المتظاهرون | حركة كذا`: a definite word governs nothing.
            let body = here.is(Tags::BODY) && !here.article && defined(view, k - 1);
            places || body || second_office(view, start, k)
        })
    })
}

/// `الوزير | المدير`, `وزير الخارجية | السفير`: an office beside another that
/// is none of its ranks (`الوزير المفوض`, `الأمين العام المساعد`).
fn second_office(view: &View<'_>, start: usize, k: usize) -> bool {
    let office = |i: usize| {
        let word = view.info(i);
        word.is(Tags::OFFICE | Tags::PERSON) && !word.is(Tags::HONORIFIC | Tags::PLURAL)
    };
    office(start)
        && office(k)
        && view.info(k).article
        && closed(view, k - 1)
        && !view.stem_plays(k, Roles::RANK)
        && view.reader().describe(start..k).definite
}

/// Whether a noun phrase can end with token `i`: a definite word, a name, a
/// closing mark.
fn closed(view: &View<'_>, i: usize) -> bool {
    let info = view.info(i);
    defined(view, i)
        || info.is(Tags::DEMONYM | Tags::OUTLET | Tags::COUNTRY | Tags::CAPITAL | Tags::OWN_NAME)
        || info.is(Tags::GIVEN | Tags::NAME_PART)
        || info.label.is_some()
        || view.quote_closing(i).is_some()
        || view.spelled(i).pronoun.is_some() && info.pronoun
}

/// Whether what a phrase for two leaves over is somebody of his own: people or
/// a body that nothing leads.
pub(crate) fn second(view: &View<'_>, first: usize) -> bool {
    if first >= view.len() || !view.is_word(first) {
        return false;
    }
    let info = view.info(first);
    let led = info.conjunction || info.preposition.is_some();
    let people = Tags::GROUP | Tags::TITLE;
    let construct = || first + 1 < view.len() && view.info(first + 1).article;
    let party = info.is(Tags::BODY) || info.is(people) && (info.article || construct());
    // `أبلغت بغداد | أنقرة`
    let named = (view.words.labeled(first)).is_some_and(|l| l.range().start == first);
    !led && !info.inside && !info.is(Tags::REPORT) && (named || info.label.is_none() && party)
}

/// Whether a word has the article, its own or that of the entry it opens.
fn defined(view: &View<'_>, i: usize) -> bool {
    let info = view.info(i);
    info.article || info.entry_words > 1 && view.word(i).starts_with("ال")
}

/// How far the one spoken to reaches from token `start`, where a subject may
/// stand behind him: `لوكالة «كذا» | المتحدث فلان`, `للصحفيين | رئيس البلدية`.
pub(crate) fn reach(view: &View<'_>, start: usize, limit: usize, subject_known: bool) -> usize {
    let phrase = view.phrase_at(start, limit);
    let stop = phrase.end;
    if subject_known {
        return stop;
    }
    subject_behind(view, phrase).unwrap_or(stop)
}

/// Where in an adjunct somebody else begins: at a title or a given name that
/// nothing before it governs.
pub(crate) fn subject_behind(view: &View<'_>, adjunct: Range<usize>) -> Option<usize> {
    let titled = |to: usize| {
        let mut before = adjunct.start..to;
        before.any(|i| view.is(i, Tags::TITLE) && !view.is(i, Tags::GROUP))
    };
    (adjunct.start + 1..adjunct.end).find(|&k| {
        let info = view.info(k);
        let alone = !info.inside && !info.conjunction && info.preposition.is_none();
        if !alone || !view.is_word(k) || !closed(view, k - 1) {
            return false;
        }
        let title = info.is(Tags::TITLE)
            && !info.is(Tags::PLURAL | Tags::DEMONYM)
            && !view.stem_plays(k, Roles::RANK);
        if titled(k) {
            // `للوزير فلان | السفير فلان`; but a title may stand before a name.
            return title && view.reader().describe(adjunct.start..k).name.is_some();
        }
        let name = info.is(Tags::GIVEN) && !info.is(Tags::AMBIGUOUS) && !info.article;
        // `اللقاء الإعلامي`: a title with the article may be an adjective.
        let noun = !info.article
            || view.quote_closing(k - 1).is_some()
            || view.is(k - 1, Tags::OUTLET | Tags::GROUP)
            || holds_name(view, k, adjunct.end);
        name || title && noun
    })
}

/// Whether the phrase that begins at `k` names a person.
fn holds_name(view: &View<'_>, k: usize, limit: usize) -> bool {
    let end = view.reader().extent(k, limit, Extent::Strict);
    end > k + 1 && view.reader().describe(k..end).name.is_some()
}

/// Those spoken to with the word that counts them: `دعا | جميع الموظفين إلى`.
pub(crate) fn counted(view: &View<'_>, range: Range<usize>) -> Range<usize> {
    let counts = |k: usize| view.plays(k, Roles::QUANTIFIER) && view.info(k).preposition.is_none();
    let start = range.start;
    let before = start.checked_sub(1).filter(|&k| counts(k));
    let known = |k: usize| view.info(k).article || view.info(k).pronoun;
    let members = start < range.end && known(start) && !counts(start);
    before.filter(|_| members).unwrap_or(start)..range.end
}

/// Past an apposition that counts some of those before it: `سبع منظمات، بينها
/// «كذا»، | السلطات`.
pub(crate) fn past_some_of(view: &View<'_>, i: usize, limit: usize) -> Option<usize> {
    let opens = i > 0 && view.is_comma(i - 1) && view.plays(i, Roles::AMONG);
    opens.then_some(())?;
    (i + 1..limit).find(|&k| view.is_comma(k)).map(|k| k + 1)
}

/// Where in a phrase with the one who is asked the thing asked begins: `من سكان
/// القرى | البقاء في بيوتهم`.
pub(crate) fn message_behind(view: &View<'_>, phrase: Range<usize>) -> Option<usize> {
    let parties = Tags::TITLE | Tags::BODY | Tags::GROUP | Tags::GIVEN | Tags::DEMONYM;
    (phrase.start + 1..phrase.end).find(|&k| {
        let info = view.info(k);
        let noun = info.verbal || info.pos == Pos::Noun || info.is(Tags::MESSAGE);
        info.article && noun && !info.is(parties) && !info.inside && closed(view, k - 1)
    })
}
