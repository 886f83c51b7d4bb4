//! Who is named, by which words, and which words name the same one.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::aliases::{names, pairs};
use super::names::norm;
use super::occurrences::{differs_by_attached, occurrences};
use super::{Ratio, Share};
use crate::gold::{Cast, Member};
use crate::input::{Articles, Readings};
use crate::predicted::{Entity, Reading};
use crate::text::Text;

/// The type that the annotation has for people without a proper name.
const UNNAMED: &str = "ANON";

/// First code point and one past the last.
pub(super) type Span = (i64, i64);

/// What is named, as far as the figures tell it apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Person,
    Body,
    Place,
    Group,
}

impl Kind {
    pub(crate) const ALL: [Kind; 4] = [Kind::Person, Kind::Body, Kind::Place, Kind::Group];

    fn of(kind: &str) -> Option<Kind> {
        match kind {
            "PER" => Some(Kind::Person),
            "ORG" | "MEDIA" => Some(Kind::Body),
            "GPE" | "LOC" | "FAC" | "PLACE" => Some(Kind::Place),
            "GROUP" => Some(Kind::Group),
            _ => None,
        }
    }

    /// What the figures call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Person => "PER",
            Kind::Body => "ORG",
            Kind::Place => "PLACE",
            Kind::Group => "GROUP",
        }
    }
}

/// Everything that is counted of casts.
#[derive(Debug, Default)]
pub(crate) struct CastFigures {
    /// Exact spans of the mentions by name.
    pub(super) names: Ratio,
    /// The same with the right type, in the order of [`Kind::ALL`].
    pub(super) by_kind: [Ratio; 4],
    /// Pairs of different strings, names and titles, of one member.
    pub(super) who: Ratio,
    /// Members whose fullest name is an entity's name: persons, and all.
    pub(super) full_persons: Share,
    pub(super) full: Share,
}

/// The figures, and the articles behind them.
#[derive(Debug)]
pub(crate) struct CastScore<'a> {
    pub(crate) figures: CastFigures,
    pub(super) articles: Vec<Judged<'a>>,
}

/// Pairs of normalized strings, each with the entity that has both.
pub(super) type Pairs<'a> = BTreeMap<(String, String), Label<'a>>;

/// The name and the type of an entity.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label<'a> {
    pub(super) name: &'a str,
    pub(super) kind: &'a str,
}

/// The cast of one article beside the entities that were read.
#[derive(Debug)]
pub(super) struct Judged<'a> {
    pub(super) text: &'a Text,
    pub(super) gold: &'a Cast,
    pub(super) entities: &'a [Entity],
    /// The mentions by name that the annotation lists, and those read.
    pub(super) listed: BTreeMap<Span, Kind>,
    pub(super) found: BTreeMap<Span, Kind>,
    /// The names of all entities, normalized.
    pub(super) full: BTreeSet<String>,
    /// Who is who.
    pub(super) gold_pairs: Pairs<'a>,
    pub(super) read_pairs: Pairs<'a>,
}

impl<'a> CastScore<'a> {
    /// Scores the entities of each article whose cast is annotated. An article
    /// without a reading counts as one in which nobody was found.
    ///
    /// # Errors
    ///
    /// If an annotated article is not among `articles`.
    pub(crate) fn of(
        articles: &'a Articles,
        gold: &'a [Cast],
        readings: &'a Readings,
    ) -> Result<Self> {
        let mut figures = CastFigures::default();
        let mut judged = Vec::with_capacity(gold.len());
        for cast in gold {
            let article = articles
                .get(&cast.id)
                .with_context(|| format!("{}: annotated, but not among the articles", cast.id))?;
            let of_one = Judged::of(&article.text, cast, readings.get(&cast.id));
            of_one.count(&mut figures);
            judged.push(of_one);
        }
        Ok(CastScore {
            figures,
            articles: judged,
        })
    }
}

impl<'a> Judged<'a> {
    fn of(text: &'a Text, gold: &'a Cast, read: Option<&'a Reading>) -> Self {
        let entities = read.map_or(&[][..], |r| &r.entities);
        let listed = listed(text, gold);
        let found = found(text, gold, entities, &listed);

        let strings: BTreeSet<String> = gold.members.iter().flat_map(strings_of).collect();
        let known = |(a, b): &(String, String)| strings.contains(a) && strings.contains(b);
        let of_member = |m: &'a Member| (label(Some(&m.name), Some(&m.kind)), strings_of(m));
        let of_entity =
            |e: &'a Entity| (label(e.name.as_ref(), e.kind.as_ref()), names(e.strings()));
        let gold_pairs = labeled(gold.members.iter().map(of_member));
        let mut read_pairs = labeled(entities.iter().map(of_entity));
        read_pairs.retain(|pair, _| known(pair));

        Judged {
            text,
            gold,
            entities,
            listed,
            found,
            full: names(entities.iter().filter_map(|e| e.name.as_ref())),
            gold_pairs,
            read_pairs,
        }
    }

    /// The members that have a name.
    pub(super) fn named(&self) -> impl Iterator<Item = (&'a Member, Kind)> {
        let members = self.gold.members.iter();
        members.filter_map(|m| Some((m, Kind::of(&m.kind)?)))
    }

    /// Whether the fullest name of a member was found.
    pub(super) fn is_full(&self, member: &Member) -> bool {
        self.full.contains(&norm(Some(&member.name)))
    }

    fn count(&self, figures: &mut CastFigures) {
        let hits = self.listed.keys().filter(|s| self.found.contains_key(s));
        figures.names += Ratio::new(hits.count(), self.found.len(), self.listed.len());
        for (kind, ratio) in Kind::ALL.into_iter().zip(&mut figures.by_kind) {
            let of = |spans: &BTreeMap<Span, Kind>| spans.values().filter(|&&k| k == kind).count();
            let same = |(span, k): &(&Span, &Kind)| **k == kind && self.found.get(span) == Some(k);
            let hits = self.listed.iter().filter(same).count();
            *ratio += Ratio::new(hits, of(&self.found), of(&self.listed));
        }
        for (member, kind) in self.named() {
            let full = self.is_full(member);
            figures.full.ask(full);
            if kind == Kind::Person {
                figures.full_persons.ask(full);
            }
        }
        let pairs = self.gold_pairs.keys();
        let hits = pairs.filter(|p| self.read_pairs.contains_key(p)).count();
        figures.who += Ratio::new(hits, self.read_pairs.len(), self.gold_pairs.len());
    }
}

/// All strings of a member, normalized.
pub(super) fn strings_of(member: &Member) -> BTreeSet<String> {
    names(member.mentions.iter().chain(&member.titles))
}

/// Where the names stand that the annotation lists.
fn listed(text: &Text, gold: &Cast) -> BTreeMap<Span, Kind> {
    let named = gold.members.iter();
    let (members, kinds): (Vec<&Member>, Vec<Kind>) =
        named.filter_map(|m| Some((m, Kind::of(&m.kind)?))).unzip();
    let places = occurrences(text, &members).into_iter();
    places.map(|(span, at)| (span, kinds[at])).collect()
}

/// Where names were read, with the beginnings of those listed where only
/// attached letters differ. Descriptions that the annotation has for people
/// without a name are no mistake and don't count.
fn found(
    text: &Text,
    gold: &Cast,
    entities: &[Entity],
    listed: &BTreeMap<Span, Kind>,
) -> BTreeMap<Span, Kind> {
    let named = entities
        .iter()
        .filter(|e| e.kind.as_deref() != Some(UNNAMED));
    let mut found = BTreeMap::new();
    let mut order = Vec::new();
    for entity in named {
        let kind = entity.kind.as_deref().and_then(Kind::of);
        let by_name = |kind: Option<&str>| kind.is_none_or(|k| k == "name");
        let mentions = entity.mentions.iter();
        for mention in mentions.filter(|m| by_name(m.kind.as_deref())) {
            let Some(span) = mention.piece.span() else {
                continue;
            };
            let kind = kind.unwrap_or(Kind::Group);
            if found.insert(span, kind).is_none() {
                order.push(span);
            }
        }
    }

    let starts: BTreeMap<i64, i64> = listed.keys().map(|&(start, end)| (end, start)).collect();
    // Where two spans become one, the later one decides, as in the reference.
    let spans: Vec<_> = order.iter().map(|span| (*span, found[span])).collect();
    for ((start, end), kind) in spans {
        if let Some(&begin) = starts.get(&end)
            && differs_by_attached(text, begin, start)
        {
            found.remove(&(start, end));
            found.insert((begin, end), kind);
        }
    }

    let unnamed: Vec<&Member> = gold.members.iter().filter(|m| m.kind == UNNAMED).collect();
    let unnamed: BTreeSet<Span> = occurrences(text, &unnamed)
        .into_iter()
        .map(|o| o.0)
        .collect();
    found.retain(|span, _| listed.contains_key(span) || !unnamed.contains(span));
    found
}

fn label<'a>(name: Option<&'a String>, kind: Option<&'a String>) -> Label<'a> {
    let shown = |s: Option<&'a String>| s.map_or("-", String::as_str);
    Label {
        name: shown(name),
        kind: shown(kind),
    }
}

fn labeled<'a>(groups: impl Iterator<Item = (Label<'a>, BTreeSet<String>)>) -> Pairs<'a> {
    let mut all = Pairs::new();
    for (label, strings) in groups {
        for pair in pairs([strings]) {
            all.entry(pair).or_insert(label);
        }
    }
    all
}
