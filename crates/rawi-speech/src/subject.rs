//! Who the grammar says is speaking: after the cue, before it, or hidden in it.

use std::ops::Range;

use rawi_morph::conjugation::Aspect;
use rawi_morph::{Gender, Number, Pos, Pronouns};
use rawi_names::phrase::{Extent, Kind, Phrase};
use rawi_names::{Roles, Tags};
use rawi_words::lexicon;
use rawi_words::reporting::Link;

use crate::attribution;
use crate::carry;
use crate::channel::{self, ChannelAt};
use crate::cue;
use crate::draft::{Pieces, Source};
use crate::frame::Cue;
use crate::gap::Gap;
use crate::hearer;
use crate::spelled::Mark;
use crate::statement::Act;
use crate::topic;
use crate::view::View;

/// How far before a cue its subject may begin, in tokens.
const REACH: usize = 16;

/// What the grammar gives.
pub(crate) struct Found {
    pub(crate) source: Source,
    pub(crate) channel: Option<ChannelAt>,
    pub(crate) via: Pieces,
}

impl From<Source> for Found {
    fn from(source: Source) -> Self {
        Found {
            source,
            channel: None,
            via: Pieces::new(),
        }
    }
}

/// Decides whether the phrase after a verb is its subject or, for a verb that
/// is said to somebody, its object.
pub(crate) fn split(cue: &Cue<'_, '_>, gap: &Gap) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let Some(phrase) = gap.subject.clone() else {
        return (None, None);
    };
    // A verb in front of its subject is in the singular: `وحثا الدول على …`.
    let form = cue.reading.form;
    if form.agreement.is_several() && cue.reading.finite() && !form.pronoun {
        return (None, Some(phrase));
    }
    if !cue.reading.verb.frames.to.has(Link::DIRECT) || cue.reading.form.pronoun {
        return (Some(phrase), None);
    }
    if let Some(object) = hearer::object(cue.view, &phrase) {
        return (Some(phrase.start..object), Some(object..phrase.end));
    }
    // `خاطبت الوزيرة | الطلاب`
    let strict = (cue.view.reader()).extent(phrase.start, phrase.end, Extent::Strict);
    if strict > phrase.start && strict < phrase.end && hearer::second(cue.view, strict) {
        return (Some(phrase.start..strict), Some(strict..phrase.end));
    }
    let read = cue.view.reader().describe(phrase.clone());
    let verb = cue.reading.form.agreement;
    let clash = verb.gender.is_some()
        && read.agreement.gender.is_some()
        && verb.gender != read.agreement.gender
        && read.agreement.number != Some(Number::Plural);
    // After a relative pronoun, and after `و` with a group, the subject is known
    // and the phrase is spoken to: `الذي أبلغ أعضاءه`, `وأبلغ أعضاء الوفد`.
    let token = cue.cue.token;
    let relative = token > 0 && cue.view.is(token - 1, Tags::RELATIVE);
    let frames = &cue.reading.verb.frames;
    let informs = cue.reading.verb.act == Act::Assert && frames.that.has(Link::DIRECT);
    let hears = informs || frames.groups_hear && topic_speaks(cue, &read);
    let several = read.kind == Kind::Group || cue.view.is(read.head, Tags::GROUP);
    let group = cue.cue.conjunction && several && hears && read.definite;
    // The plural in `ـين` is accusative, and a noun that the tables do not know
    // speaks less often than it is spoken to.
    let raw = cue.view.word(read.head);
    let accusative = cue.reading.finite()
        && raw.ends_with("ين")
        && read.agreement.number == Some(Number::Plural);
    let unknown = cue.cue.conjunction && read.kind == Kind::Other && read.definite
        // A paper is not spoken to: `وطالب البيان بفتح المعبر`.
        && !cue.view.is(read.head, Tags::DOCUMENT);
    // `ودعا المتظاهرون`: the nominative.
    if raw.ends_with("ون") && cue.view.info(read.head).article {
        return (Some(phrase), None);
    }
    let party = read.kind != Kind::Other || read.definite && cue.view.info(read.head).article;
    let elsewhere = gap.addressees.is_empty()
        && party
        && (fronted(cue).is_some()
            || frames.needs_hearer && topic_speaks(cue, &read)
            || frames.groups_hear && authored(cue));
    if clash || relative || group || accusative || unknown || elsewhere {
        (None, Some(phrase))
    } else {
        (Some(phrase), None)
    }
}

/// `أصدر الوزير بيانا حث فيه الأطراف`: whose statement it is speaks in it.
fn authored(cue: &Cue<'_, '_>) -> bool {
    let noun = channel::pointed_to(cue.view, &(cue.cue.token..cue.after()));
    noun.is_some_and(|noun| author(cue, &noun).is_some())
}

/// `الرئيس أبلغ المبعوث`: the subject opens the clause, so that what stands
/// behind the verb is its object.
fn fronted(cue: &Cue<'_, '_>) -> Option<Range<usize>> {
    let view = cue.view;
    before(cue).filter(|subject| {
        let start = subject.start;
        let opens = start == view.sentence_start(start) || is_border(cue, start - 1);
        let agreement = view.reader().describe(subject.clone()).agreement;
        opens && agreement.fits(cue.reading.form.agreement)
    })
}

/// `وصل الأمين العام. وحث الأطراف على …`: a verb that is never without the one
/// spoken to has him behind it, if somebody else can be its hidden subject.
fn topic_speaks(cue: &Cue<'_, '_>, phrase: &Phrase) -> bool {
    let view = cue.view;
    if !cue.cue.conjunction || !cue.reading.finite() || !phrase.definite {
        return false;
    }
    let Some(topic) = topic::before(view, cue.cue.token) else {
        return false;
    };
    let stem = |i: usize| view.words.stem(view.layout, i);
    let form = cue.reading.form.agreement;
    // `قالت الكتائب … واتهمت`: the verb before tells what the word doesn't.
    let verb = topic.range.start.checked_sub(1).filter(|&v| {
        let info = view.info(v);
        info.pos == Pos::Verb || info.is(Tags::VERB | Tags::REPORT)
    });
    let she = topic.kind != Kind::Person
        && form.gender == Some(Gender::Feminine)
        && verb.is_some_and(|v| view.word(v).ends_with('ت'));
    (she || topic.agreement.fits(form)) && stem(topic.head) != stem(phrase.head)
}

/// Finds the source of a cue. `None` if the text shows that the cue reports
/// nothing after all.
pub(crate) fn find(cue: &Cue<'_, '_>, after: Option<Range<usize>>) -> Option<Found> {
    let form = cue.reading.form;
    let verb = cue.reading.verb;
    let token = cue.cue.token;
    if form.aspect == Aspect::Masdar {
        if form.pronoun {
            let told = || carry::told_by(cue).map(|subject| Source::Phrase(subject).into());
            let pronoun = || Source::Pronoun(form.agreement).into();
            return Some(handed_on(cue).or_else(told).unwrap_or_else(pronoun));
        }
        // `مع التأكيد على أن`, `اكتفى بالقول إن`: whoever does it.
        let whoever = Source::Hidden(form.agreement);
        // `أمر سام`, `تهديدات كردية`: an adjective, and nobody who speaks.
        let party = |phrase: &Range<usize>| {
            let read = cue.view.reader().describe(phrase.clone());
            read.kind != Kind::Other || cue.view.is(read.head, Tags::DOCUMENT)
        };
        // `ختم الوزير بالقول إن`
        let helper = cue::helper(cue.view, token).map(|h| {
            let end = cue.view.reader().extent(h + 1, token, Extent::Strict);
            h + 1..end
        });
        let subject = after.or(helper.filter(|s| !s.is_empty())).filter(party);
        return Some(subject.map_or(whoever, Source::Phrase).into());
    }
    if form.aspect == Aspect::Participle {
        let subject = carry::told_by(cue).map(|subject| Source::Phrase(subject).into());
        return Some(subject.unwrap_or_else(|| hidden(cue)));
    }
    if verb.frames.hands_on
        && let Some(found) = quoted_source(cue, after.clone()).or_else(|| quoted_pronoun(cue))
    {
        return Some(found);
    }
    if let Some(document) = cue.stands_in() {
        return Some(Source::Phrase(document).into());
    }
    // What stands before `جاء فيها` is no subject of it.
    if cue.points_back() {
        return Some(Source::Hidden(rawi_morph::Agreement::OPEN).into());
    }
    if let Some(phrase) = after {
        // `وكان الوزير قد وصف الانتخابات بأنها`: a subject has no second one.
        let first = fronted(cue).filter(|subject| cue.view.is_party(subject));
        return Some(Source::Phrase(first.unwrap_or(phrase)).into());
    }
    // `نشر الوزير بيانا قال فيه`: never the word before the verb.
    let phrase = carry::qualified(cue).or_else(|| before(cue));
    if let Some(noun) = channel::pointed_to(cue.view, &(token..cue.after())) {
        // `ألقى فلان كلمة المدير الذي قال فيها`
        let relative = token > 0 && cue.view.is(token - 1, Tags::RELATIVE);
        let named = phrase.filter(|range| relative && cue.view.is_party(range));
        let author = author(cue, &noun).map(|a| Source::Bound(a, form.agreement));
        let source = named.map(Source::Phrase).or(author);
        return Some(source.unwrap_or(Source::Hidden(form.agreement)).into());
    }
    if let Some(phrase) = phrase {
        return Some(Source::Phrase(phrase).into());
    }
    Some(hidden(cue))
}

/// The subject that a form hides, bound where the grammar alone tells.
fn hidden(cue: &Cue<'_, '_>) -> Found {
    let agreement = cue.reading.form.agreement;
    match carry::fronted(cue).or_else(|| carry::called(cue)) {
        Some(subject) => Source::Bound(subject, agreement).into(),
        None => Source::Hidden(agreement).into(),
    }
}

/// Who published, wrote or held what a verb points back to.
fn author(cue: &Cue<'_, '_>, noun: &ChannelAt) -> Option<Range<usize>> {
    let author = topic::author(cue.view, noun, cue.cue.token)?;
    let read = cue.view.reader().describe(author.clone());
    (read.agreement.fits(cue.reading.form.agreement)).then_some(author)
}

/// `نقلت وكالة كذا عن فلان قوله إن`: the source stands after `عن`, the agency
/// before it.
fn handed_on(cue: &Cue<'_, '_>) -> Option<Found> {
    let view = cue.view;
    let i = cue.cue.token;
    let start = view.sentence_start(i).max(i.saturating_sub(30));
    let from = (start..i)
        .rev()
        .find(|&k| view.preposition(k) == Some(Link::AN))?;
    let end = view.reader().extent(from + 1, i, Extent::Loose);
    if end == from + 1 {
        return None;
    }
    let verb = (start..from).rev().find(|&k| cue.cues.finite_at(k));
    let via = verb.and_then(|v| {
        let (mut via, last) = attribution::chain(view, v + 1, from, true)?;
        via.push(last);
        Some(via)
    });
    Some(Found {
        source: Source::Phrase(from + 1..end),
        channel: None,
        via: via.unwrap_or_default(),
    })
}

/// `نقلت وكالة كذا عن فلان أن`.
fn quoted_source(cue: &Cue<'_, '_>, after: Option<Range<usize>>) -> Option<Found> {
    let view = cue.view;
    let end = view
        .sentence_end(cue.cue.token)
        .min(cue.after() + REACH + REACH);
    let from = (cue.after()..end).find(|&k| view.preposition(k) == Some(Link::AN))?;
    if (cue.after()..from).any(|k| view.complementizer(k).is_some()) {
        return None;
    }
    // `عن فلان | تأكيده أن`, `عن فلان | أن`
    let said = |k: usize| {
        let mut readings = cue
            .cues
            .at(k)
            .map_or(&[][..], |c| cue.cues.readings(c))
            .iter();
        readings.any(|r| r.form.aspect == Aspect::Masdar && r.form.pronoun)
            || view.complementizer(k).is_some()
    };
    let end = (from + 2..end).find(|&k| said(k)).unwrap_or(end);
    let (more, source) = attribution::chain(view, from + 1, end, true)?;
    let via = transmitter(view, cue.after(), from)
        .or_else(|| after.filter(|a| a.end <= from))
        .or_else(|| before(cue));
    Some(Found {
        source: Source::Phrase(source),
        channel: None,
        via: via.into_iter().chain(more).collect(),
    })
}

/// `ونقلت عنه صحيفة كذا أن`: the one whom the pronoun means speaks.
fn quoted_pronoun(cue: &Cue<'_, '_>) -> Option<Found> {
    let view = cue.view;
    let from = cue.after();
    let end = view.sentence_end(from).min(from + REACH);
    if from >= end {
        return None;
    }
    let about = lexicon().frame_link(view.words.keys(view.layout, from).bare(0));
    let pronoun = view
        .spelled(from)
        .pronoun
        .filter(|&p| Pronouns::THIRD.has(p))?;
    if about != Some(Link::AN) {
        return None;
    }
    let via = transmitter(view, from + 1, end)?;
    Some(Found {
        source: Source::Pronoun(pronoun.agreement_of_party()?),
        channel: None,
        via: Pieces::from_iter([via]),
    })
}

fn transmitter(view: &View<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    let stop = view.reader().extent(start, end, Extent::Loose);
    (stop > start).then_some(start..stop)
}

/// The subject in front of its verb: `لكن الكاتب أوضح أن`, `وكان فلان قد قال`,
/// `فلان، الذي قال إن`.
fn before(cue: &Cue<'_, '_>) -> Option<Range<usize>> {
    let view = cue.view;
    let token = cue.cue.token;
    if cue.cue.conjunction {
        return None;
    }
    let first = view.sentence_start(token).max(token.saturating_sub(REACH));
    let mut end = token;
    while end > first
        && (view.plays(end - 1, Roles::ALREADY)
            || view.is(end - 1, Tags::TIME)
            // `والدها كان يردد`
            || view.is(end - 1, Tags::AUXILIARY) && end == token
            || view.is_comma(end - 1) && end < token)
    {
        end -= 1;
    }
    if end > first && view.is(end - 1, Tags::RELATIVE) {
        return antecedent(cue, first, end - 1);
    }
    // `مصدر طلب عدم ذكر اسمه قال إن`
    if let Some(p) = attribution::remark(cue.phrases, first..end)
        && (p.tokens.end..end).all(|k| view.is_comma(k))
    {
        end = p.tokens.start;
        while end > first && view.is_comma(end - 1) {
            end -= 1;
        }
    }
    // `فلان، الوزير السابق، قال إن`
    if end < token && view.is_comma(end) {
        let start = (view.sentence_start(token)..end).find(|&k| view.is_word(k))?;
        let stop = view.reader().extent(start, end, Extent::Strict);
        if stop == end && speaks(cue, start..end, false) {
            return Some(start..end);
        }
    }
    // The nearest start whose phrase reaches the verb; the longest one wins,
    // but none may cross the border of its clause.
    let border = (first..end)
        .rev()
        .find(|&k| is_border(cue, k))
        .map_or(first, |k| k + 1);
    (border..end).find_map(|start| {
        let stop = view.reader().extent(start, end, Extent::Strict);
        (stop == end && speaks(cue, start..end, false)).then_some(start..end)
    })
}

/// The noun phrase right before a relative pronoun (and its comma).
fn antecedent(cue: &Cue<'_, '_>, first: usize, relative: usize) -> Option<Range<usize>> {
    let view = cue.view;
    let mut end = relative;
    if end > first && view.is_comma(end - 1) {
        end -= 1;
    }
    let mut phrase = (first..end).find_map(|start| {
        let stop = view.reader().extent(start, end, Extent::Strict);
        (stop == end && speaks(cue, start..end, true)).then_some(start..end)
    })?;
    // `استقبل الوزير فلان | السفير فلانا الذي قال`: of two the nearest.
    let feminine = (view.plays(relative, Roles::WHICH_SHE)).then_some(Gender::Feminine);
    let agreement = rawi_morph::Agreement {
        gender: feminine.or(cue.reading.form.agreement.gender),
        ..cue.reading.form.agreement
    };
    while let Some(second) = hearer::object(view, &phrase) {
        let apposition = view.is_comma(second - 1);
        let read = view.reader().describe(second..end);
        if apposition || !read.agreement.fits(agreement) {
            break;
        }
        phrase = second..end;
    }
    // `تصريحات الرئيس التي قال فيها`: `التي` doesn't mean him.
    let read = view.reader().describe(phrase.clone());
    (read.kind != Kind::Person || read.agreement.fits(agreement)).then_some(phrase)
}

/// What separates a clause from what stands before it.
fn is_border(cue: &Cue<'_, '_>, k: usize) -> bool {
    let view = cue.view;
    view.is_comma(k)
        || view.is_dash(k)
        || view.mark(k) == Mark::Colon
        || view.is_stop(k)
        || view
            .quote_opening(k)
            .or_else(|| view.quote_closing(k))
            .is_some_and(|(_, q)| view.quote_words(q) > 3)
        || view.complementizer(k).is_some()
        || view.is(k, Tags::AUXILIARY)
        || view.is(k, Tags::PARTICLE) && !view.is(k, Tags::TITLE | Tags::BODY | Tags::NAME_PART)
        || cue.cues.finite_at(k) && !view.is(k, Tags::TITLE | Tags::BODY)
}

/// Whether the word at `i` belongs to a noun right before it: an adjective, or
/// the second half of a construct (`وزارة الشؤون | الخارجية`, `الإعلام | الرسمي`).
fn belongs(cue: &Cue<'_, '_>, i: usize, relative: bool) -> bool {
    let (view, before) = (cue.view, cue.view.info(i - 1));
    let noun = matches!(before.pos, Pos::Noun | Pos::Adj | Pos::Propn);
    let bare = Tags::TITLE | Tags::GIVEN | Tags::GROUP | Tags::BODY | Tags::OWN_NAME;
    view.info(i).article
        && view.is_word(i - 1)
        && noun
        && !before.is(Tags::VERB | Tags::TIME | Tags::FUNCTION)
        && !cue.cues.finite_at(i - 1)
        && !(before.article && view.is(i, bare) && view.info(i).pos != Pos::Adj)
        // `أوساط الجمهوريين الذين`: a relative pronoun may mean the second half.
        && !(relative && !before.article && !before.is(Tags::OFFICE | Tags::BODY))
}

/// Whether a phrase before a verb can be its speaking subject; `relative` says
/// that a relative pronoun stands between them.
fn speaks(cue: &Cue<'_, '_>, range: Range<usize>, relative: bool) -> bool {
    let view = cue.view;
    let info = view.info(range.start);
    // `على موقع كذا نفى …`: what a preposition governs does not speak.
    let at = range.start;
    let governed = at > view.sentence_start(at)
        && (view.preposition(at - 1).is_some() || view.info(at - 1).tags == Tags::PREPOSITION)
        && !view.info(at - 1).pronoun;
    if governed || at > view.sentence_start(at) && belongs(cue, at, relative) {
        return false;
    }
    if info.preposition.is_some() || view.is(range.start, Tags::TIME | Tags::PREPOSITION) {
        return false;
    }
    let phrase = view.reader().describe(range);
    let document = view.is(phrase.head, Tags::DOCUMENT)
        && (cue.reading.verb.frames.document || phrase.definite);
    phrase.kind != Kind::Other || document || phrase.definite && view.info(phrase.head).article
}
