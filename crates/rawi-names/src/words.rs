//! The words of an article with what the tables know of each.

mod homograph;
mod keep;
mod spelled;
mod titled;

use std::ops::Range;

use rawi_morph::{Cut, Pos, Shape, Tagged};
use rawi_text::proclitic::{self, CONJUNCTIONS, PREPOSITIONS};
use rawi_text::{Facts, Layout, SourceText, Span, SpellingId, Token, TokenKind};
use rawi_words::{COUNTRIES, Country, Keys, LexId, lexicon};

use crate::{Labels, NameType, Roles, Tags};
use spelled::Spelled;

/// One token's analysis.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Word {
    /// Word classes.
    pub tags: Tags,
    /// Whether `و` or `ف` is attached in front.
    pub conjunction: bool,
    /// The preposition `ب`, `ل` or `ك` that is attached in front.
    pub preposition: Option<char>,
    /// Whether the article `ال` is attached.
    pub article: bool,
    /// Tokens of the table entry that begins here; 0 for none.
    pub entry_words: u8,
    /// Whether the token lies inside an entry that begins before it.
    pub inside: bool,
    /// Part of speech, by the model; `X` before it was asked.
    pub pos: Pos,
    /// The type of the name that the word belongs to, by the model.
    pub label: Option<NameType>,
    /// Whether that name begins here.
    pub begins: bool,
    /// Whether the word is a common word by all that is known of it: no name.
    pub common: bool,
    /// Whether a pronoun is attached at the end, by the model.
    pub pronoun: bool,
    /// Whether the word is a verbal noun, by the model.
    pub verbal: bool,
    /// Whether the word begins with a hamza, and so with no article: `ألبوم`.
    hamza: bool,
    /// Whether the word is a particle of a name if a name stands before it.
    particle: bool,
    /// Bytes of the folded word in front of the stem.
    prefix: u8,
    /// Index into the countries, from one; 0 for none.
    country: u16,
}

impl Word {
    /// Whether any of the given classes applies.
    #[inline]
    pub fn is(&self, tags: Tags) -> bool {
        self.tags.any(tags)
    }

    /// Whether a conjunction or preposition is attached in front.
    pub fn has_proclitic(&self) -> bool {
        self.conjunction || self.preposition.is_some()
    }

    /// The bytes of the folded word in front of the stem.
    #[inline]
    pub fn prefix(&self) -> usize {
        usize::from(self.prefix)
    }

    /// The country that the word names or derives from.
    pub fn country(&self) -> Option<&'static Country> {
        COUNTRIES.get(usize::from(self.country).checked_sub(1)?)
    }
}

/// A stretch that the model of names labels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Labeled {
    start: u32,
    end: u32,
    /// What it is the name of, or that it is a title.
    pub kind: NameType,
}

impl Labeled {
    /// Its tokens.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The words of one article. A worker owns one and refills it.
#[derive(Clone, Debug, Default)]
pub struct Words {
    words: Vec<Word>,
    /// The stretches that the model of names labels, in text order.
    labeled: Vec<Labeled>,
    /// For each token the stretch that it stands in, from one; 0 for none.
    labeled_at: Vec<u32>,
    spelled: Facts<Spelled>,
    /// The rare words that end names, while they are looked for.
    lasts: Vec<SpellingId>,
}

impl Words {
    /// Analyzes every token of a layout, forgetting the text before.
    pub fn fill(&mut self, source: &SourceText, layout: &Layout) {
        self.words.clear();
        self.labeled.clear();
        self.labeled_at.clear();
        let mut readings = Vec::new();
        let new = |text: &str| Spelled::new(text, &mut readings);
        self.spelled.extend(layout.spellings(), new);
        let tokens = layout.tokens();
        self.words.resize(tokens.len(), Word::default());
        let mut i = 0;
        while i < tokens.len() {
            if !matches!(tokens[i].kind, TokenKind::Word | TokenKind::Latin) {
                i += 1;
                continue;
            }
            let word = analyze(&self.spelled, layout, i);
            let len = usize::from(word.entry_words).max(1);
            self.words[i] = word;
            for inner in i + 1..i + len {
                // A word inside an entry keeps its own article and classes, but
                // is known to belong to what stands before it.
                self.words[inner] = analyze(&self.spelled, layout, inner);
                self.words[inner].inside = true;
            }
            i += len;
        }
        for (i, token) in tokens.iter().enumerate() {
            let raw = source.slice(token.span).unwrap_or_default();
            let word = &mut self.words[i];
            word.hamza = raw.starts_with(['أ', 'إ']);
            if word.hamza && word.article && word.entry_words == 0 {
                word.article = false;
                word.prefix = 0;
            }
            if self.plays(layout, i, Roles::NAME_OR_PREPOSITION) {
                let ya = raw.ends_with('ي');
                self.tell_ali(i, ya);
            }
        }
        self.tell_particles(source, layout);
    }

    /// Takes the models' advice on words that the tables do not know. What the
    /// tables say stays.
    pub fn advise(&mut self, layout: &Layout, tagged: &Tagged, labels: &Labels) {
        // `القانون القاضي بمنع`: what rules, and nobody who judges.
        for i in 0..self.words.len().saturating_sub(1) {
            if self.words[i + 1].preposition == Some('ب')
                && self.stem_plays(layout, i, Roles::RULING)
            {
                self.words[i].tags = Tags::default();
            }
        }
        let mut led = false;
        let labeled = self.words.len();
        let spelled = |i: usize| &self.spelled[layout.spelling(i)];
        let mut person_before = false;
        for (i, word) in self.words.iter_mut().enumerate() {
            let analysis = tagged.get(i);
            let named = labels.get(i).kind() == Some(NameType::Person);
            // `بادي` is no `ب` with a verb.
            if named && word.has_proclitic() && word.tags == Tags::ACTION {
                recut(word, Cut::default());
                word.tags = Tags::default();
            }
            let after_name = person_before;
            person_before = named || after_name && word.particle;
            word.pos = analysis.pos;
            // `عن إصابتها`: no verb stands after a preposition.
            let noun_again = led && word.pos == Pos::Verb && !word.conjunction;
            if noun_again {
                word.pos = Pos::Noun;
            }
            // `من` can be a pronoun.
            led = word.tags == Tags::PREPOSITION && analysis.cut.enclitic == 0;
            // `الوزارة` stands for a body, but is no name that phrases go by.
            let short = word.article
                && word.is(Tags::BODY)
                && labels.name_at(i) == Some((i + 1, NameType::Organization));
            word.label = labels.get(i).named().filter(|_| !short);
            word.begins = word.label.is_some() && labels.name_at(i).is_some();
            // `نافع علي نافع`
            if word.label == Some(NameType::Person)
                && !word.begins
                && lexicon()
                    .roles(spelled(i).keys.whole())
                    .any(Roles::NAME_OR_PREPOSITION)
                && word.is(Tags::PREPOSITION)
            {
                word.tags = word.tags.without(Tags::PREPOSITION) | Tags::GIVEN;
            }
            // `قالت صباح نعيم`: not in the morning.
            if named && word.is(Tags::GIVEN) {
                word.tags = word.tags.without(Tags::ADVERB | Tags::PARTICLE);
            }
            word.pronoun = analysis.cut.enclitic > 0;
            let cut = analysis.cut;
            // `قال سامر مبتسما إن`
            let how = named
                && !word.begins
                && (word.pos == Pos::Adj || spelled(i).shape.is(Shape::TA_MARBUTA))
                && i + 1 < labeled
                && (spelled(i + 1).says_that
                    // `فرحة بالجائزة`
                    || tagged.get(i + 1).cut.proclitics() == "ب")
                && spelled(i).shape.is(Shape::CIRCUMSTANCE);
            if how {
                word.label = None;
                word.common = true;
                continue;
            }
            if after_name && word.particle {
                *word = Word::particle();
                continue;
            }
            let goes_on = named && !word.begins;
            let pair = after_name && !goes_on && word.tags == Tags::default();
            if pair && spelled(i).before_name() == Some(proclitic::AND) {
                // `ليلى الحداد ومنى الراعي`
                word.tags = Tags::GIVEN;
                word.conjunction = true;
                word.prefix = 2;
                word.begins = true;
                word.label = Some(NameType::Person);
                continue;
            }
            // `قال فلان لسعيد`: no name goes on with another given name behind `ل`.
            if named && after_name && spelled(i).before_name() == Some(proclitic::TO) {
                word.tags = Tags::GIVEN;
                word.preposition = Some(proclitic::TO);
                word.prefix = 2;
                word.begins = true;
                continue;
            }
            // `وأضاف كادي`, `مانفريد كايسر`: a name is no `ك` with something, and
            // `مايكل فان` holds no particle.
            let like = word.pos == Pos::Propn
                && (word.preposition == Some('ك') || cut.proclitics() == "ك");
            // `قال فلان إن`: but `أن` and `إن` begin what he said.
            let particle = named
                && !word.begins
                && word.is(Tags::FUNCTION)
                && !word.is(Tags::PREPOSITION)
                && !spelled(i).says_that;
            if like || particle {
                word.tags = Tags::default();
            }
            let proper = like || named && (!word.begins || cut.proclitic == 0);
            if layout.tokens()[i].kind != TokenKind::Word || word.tags != Tags::default() {
                continue;
            }
            if proper {
                recut(
                    word,
                    Cut {
                        article: cut.article,
                        ..Cut::default()
                    },
                );
            } else if !named {
                recut(word, cut);
            } else if after_name && cut.proclitics() == "و" {
                // `سامر البيطار وكينجي ساتو`: another name begins.
                let and = Cut {
                    article: false,
                    ..cut
                };
                recut(word, and);
            } else if word.begins && cut.proclitic != 0 {
                // `التقى بعبد الكريم`; but nobody has seen `بارملاي` without its `ب`.
                let stem = &self.spelled[layout.spelling(i)].keys;
                let stem = lexicon().tags(stem.stem(cut.prefix_len()));
                // `لمى` is no `ل` with a name of two letters.
                let long = layout.word(i).chars().count() >= cut.proclitics().chars().count() + 3;
                let name = long && stem.any(Tags::GIVEN | Tags::NAME_PART);
                let seen = &tagged.seen[i];
                let oftener = seen.stem.frequency() > seen.whole.frequency();
                if name || long && oftener && seen.stem.frequency() > homograph::RARE {
                    recut(word, cut);
                }
            }
            if word.label.is_none() {
                word.common = matches!(
                    word.pos,
                    Pos::Noun | Pos::Adj | Pos::Verb | Pos::Adv | Pos::Aux | Pos::Num
                );
                if word.pos == Pos::Verb && !word.article && word.preposition.is_none() {
                    word.tags |= Tags::ACTION;
                }
                word.verbal = noun_again || tagged.is_verbal_noun(i);
            }
            if word.label == Some(NameType::Person) && !word.article {
                word.tags |= Tags::GIVEN | Tags::AMBIGUOUS;
            }
        }
        self.tell_titles(layout);
        self.tell_families(layout);
        self.repeat_names(layout, tagged);
        self.keep_labeled(layout, labels);
    }

    /// The stretches that the model of names labels, in text order.
    pub fn all_labeled(&self) -> &[Labeled] {
        &self.labeled
    }

    /// The labeled stretches that begin in a range of tokens, in text order.
    pub fn labeled_in(&self, range: Range<usize>) -> impl Iterator<Item = Labeled> + '_ {
        let from = self
            .labeled
            .partition_point(|l| (l.start as usize) < range.start);
        let all = self.labeled[from..].iter().copied();
        all.take_while(move |l| (l.start as usize) < range.end)
    }

    /// The labeled stretch that token `i` stands in.
    #[inline]
    pub fn labeled(&self, i: usize) -> Option<Labeled> {
        let at = self.labeled_at.get(i)?.checked_sub(1)?;
        self.labeled.get(at as usize).copied()
    }

    /// Adds a class to all tokens of a span.
    pub fn mark(&mut self, layout: &Layout, span: Span, tags: Tags) {
        let from = layout
            .tokens()
            .partition_point(|t| t.span.end <= span.start);
        for (i, token) in layout.tokens().iter().enumerate().skip(from) {
            if token.span.start >= span.end {
                break;
            }
            self.words[i].tags |= tags;
        }
    }

    /// Adds a class to a token.
    pub fn mark_token(&mut self, i: usize, tags: Tags) {
        self.words[i].tags |= tags;
    }

    /// The analysis of token `i`.
    #[inline]
    pub fn get(&self, i: usize) -> &Word {
        &self.words[i]
    }

    /// The keys of a spelling.
    #[inline]
    pub fn spelled_keys(&self, spelling: SpellingId) -> &Keys {
        &self.spelled[spelling].keys
    }

    /// The keys of the spelling of token `i`.
    #[inline]
    pub fn keys(&self, layout: &Layout, i: usize) -> &Keys {
        &self.spelled[layout.spelling(i)].keys
    }

    /// The keys of a spelling of the article.
    #[inline]
    pub fn keys_of(&self, spelling: SpellingId) -> &Keys {
        &self.spelled[spelling].keys
    }

    /// The key of the stem of token `i`: no proclitics, no article.
    #[inline]
    pub fn stem_key(&self, layout: &Layout, i: usize) -> LexId {
        let prefix = usize::from(self.words[i].prefix);
        self.keys(layout, i).stem(prefix)
    }

    /// Whether token `i`, as it stands, plays one of the roles.
    #[inline]
    pub fn plays(&self, layout: &Layout, i: usize, roles: Roles) -> bool {
        lexicon().roles(self.keys(layout, i).whole()).any(roles)
    }

    /// Whether the stem of token `i` plays one of the roles.
    #[inline]
    pub fn stem_plays(&self, layout: &Layout, i: usize, roles: Roles) -> bool {
        match self.words[i].prefix {
            0 => self.plays(layout, i, roles),
            _ => lexicon().roles(self.stem_key(layout, i)).any(roles),
        }
    }

    /// Whether token `i` is `أن` or `إن`, with or without a pronoun.
    pub fn says_that(&self, layout: &Layout, i: usize) -> bool {
        self.spelled[layout.spelling(i)].says_that
    }

    /// Whether token `i` without the pronoun at its end plays one of the roles.
    #[inline]
    pub fn bare_plays(&self, layout: &Layout, i: usize, roles: Roles) -> bool {
        lexicon().roles(self.keys(layout, i).bare(0)).any(roles)
    }

    /// Whether token `i` ends as a word with a pronoun does.
    pub(crate) fn ends_in_pronoun(&self, layout: &Layout, i: usize) -> bool {
        self.spelled[layout.spelling(i)].pronoun
    }

    /// What the letters of token `i` show.
    pub fn shape(&self, layout: &Layout, i: usize) -> Shape {
        self.spelled[layout.spelling(i)].shape
    }

    /// What the letters of the stem of token `i` show.
    pub fn stem_shape(&self, layout: &Layout, i: usize) -> Shape {
        match self.words[i].prefix {
            0 => self.shape(layout, i),
            _ => Shape::of(self.stem(layout, i)),
        }
    }

    /// The folded stem of token `i`: no proclitics, no article.
    pub fn stem<'l>(&self, layout: &'l Layout, i: usize) -> &'l str {
        &layout.word(i)[usize::from(self.words[i].prefix)..]
    }

    /// The span of token `i` without a conjunction or preposition in front, but
    /// with its article (for `للوزارة`, where `ل` hides the article, the span
    /// keeps the second `ل`).
    pub fn name_span(&self, layout: &Layout, i: usize) -> Span {
        match self.name_start(i) {
            0 => layout.tokens()[i].span,
            start => layout.span_behind(i, start),
        }
    }

    /// How many bytes of the folded token `i` stand before what
    /// [`name_span`](Self::name_span) covers.
    pub(crate) fn name_start(&self, i: usize) -> usize {
        let word = &self.words[i];
        let article = match word.article {
            true => proclitic::article(word.preposition).len(),
            false => 0,
        };
        match word.has_proclitic() {
            true => usize::from(word.prefix).saturating_sub(article),
            false => 0,
        }
    }

    /// Whether the alef of the token's article is not written: `للوزارة`.
    pub(crate) fn hides_article(&self, i: usize) -> bool {
        let word = &self.words[i];
        word.article && word.preposition == Some(proclitic::TO)
    }

    /// Folded stems of a range of tokens, joined by spaces.
    pub fn stems(&self, layout: &Layout, range: Range<usize>) -> String {
        let mut out = String::new();
        for i in range {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(self.stem(layout, i));
        }
        out
    }
}

/// Cuts a word that no table knows as the model does.
fn recut(word: &mut Word, cut: Cut) {
    let mut proclitics = cut.proclitics().chars();
    let mut next = proclitics.next();
    word.conjunction = next.is_some_and(|c| CONJUNCTIONS.contains(&c));
    if word.conjunction {
        next = proclitics.next();
    }
    word.preposition = next.filter(|c| PREPOSITIONS.contains(c));
    if word.hamza && cut.article {
        word.article = false;
        word.prefix = 0;
        return;
    }
    word.article = cut.article;
    word.prefix = u8::try_from(cut.prefix_len()).unwrap_or(0);
}

/// Reads token `i`.
fn analyze(spelled: &Facts<Spelled>, layout: &Layout, i: usize) -> Word {
    let here = &spelled[layout.spelling(i)];
    let next = |k: usize| {
        let word = |t: &Token| {
            matches!(
                t.kind,
                TokenKind::Word | TokenKind::Latin | TokenKind::Number
            )
        };
        match layout.tokens().get(i + k).is_some_and(word) {
            true => spelled[layout.spelling(i + k)].keys.whole(),
            false => LexId::NONE,
        }
    };
    let mut word = here.read(next);
    let governs = Roles::THAT | Roles::OPENER;
    if word.entry_words == 0
        && !word.article
        && here.accusative() != Tags::default()
        && i > 0
        && lexicon()
            .roles(spelled[layout.spelling(i - 1)].keys.whole())
            .any(governs)
    {
        word.tags = here.accusative();
        word.entry_words = 1;
    }
    word
}
