//! Whom descriptions mean: titles alone, `المصدر ذاته`, `الوزارة`, and those whom
//! nobody names.

use super::key::noun;
use super::link::{LinkModel, Relation, may_point};
use super::sieve::{NAMESAKES, RECENT, Sieve};
use super::{Cast, Entity, EntityId};
use crate::mentions::{Mention, MentionId};
use crate::phrase::{Kind, Reader};
use crate::title::Title;
use crate::{Country, Roles, Tags};

impl Cast {
    /// Whom a description means, given those mentioned before it; a new entity if
    /// nobody.
    pub(super) fn described(
        &mut self,
        reader: &Reader<'_>,
        sieve: &mut Sieve,
        model: &LinkModel<'_>,
        id: MentionId,
    ) -> EntityId {
        let mention = self.mentions.get(id).clone();
        let range = self.description(reader, id);
        let title = Title::in_range(reader, range.clone()).filter(|_| mention.what == Kind::Person);
        match mention.what {
            Kind::Group => sieve.key.fill_people(reader, range.clone()),
            _ => sieve.key.fill_stems(reader, range.clone()),
        }
        let row = sieve.key.row();
        let same = sieve.by_phrase.get(&row).copied();
        if may_point(&mention) {
            sieve.answers.clear();
            let sure = self.pointed(reader, sieve, &mention, title.as_ref(), row, id);
            if let Some(who) = sure {
                return who;
            }
            if let Some(who) = self.choose(reader, sieve, model, id) {
                return who;
            }
        } else if let Some(same) = same {
            return same;
        } else if mention.definite {
            let head = noun(reader.words.stem(reader.layout, mention.head));
            if let Some(back) = self.of_head(sieve, &mention, head) {
                return back;
            }
        }
        let new = self.fresh(reader, sieve, &mention, range);
        if let Some(title) = title {
            sieve.titles.hold(title, row, new);
        }
        new
    }

    /// Gathers whom a description may mean; the choice of the rules comes first. If the
    /// tables of offices know, and nobody bears the title in the article, it is no question.
    fn pointed(
        &self,
        reader: &Reader<'_>,
        sieve: &mut Sieve,
        mention: &Mention,
        title: Option<&Title>,
        row: u64,
        id: MentionId,
    ) -> Option<EntityId> {
        let head = noun(reader.words.stem(reader.layout, mention.head));
        let same = sieve.by_phrase.get(&row).copied();
        let range = self.description(reader, id);
        let (in_office, certain) = self.in_office(reader, sieve, id, range);
        let only = match in_office.as_slice() {
            &[who] if certain => Some(who),
            _ => None,
        };
        let by_rule = self.by_rule(reader, sieve, mention, title, row, id);
        if by_rule.is_none() && only.is_some() {
            return only;
        }
        sieve.answers.add(by_rule, Relation::default());
        for &who in in_office.iter() {
            sieve.answers.add(Some(who), Relation::OFFICE);
        }
        for (who, relation) in sieve.titles.holders(title, row) {
            if self.alike(who, mention) {
                sieve.answers.add(Some(who), relation);
            }
        }
        if let Some(same) = same {
            sieve.answers.add(Some(same), Relation::EXACT);
        }
        let heads = sieve.by_head.get(&head).map_or(&[][..], |all| all);
        for &who in heads
            .iter()
            .rev()
            .filter(|w| sieve.last[w.0] > 0)
            .take(RECENT)
        {
            if self.alike(who, mention) {
                sieve.answers.add(Some(who), Relation::HEAD);
            }
        }
        self.lately_alike(reader, id, &mut sieve.answers);
        sieve.answers.add(None, Relation::default());
        None
    }

    /// Whom the rules take a description for.
    fn by_rule(
        &self,
        reader: &Reader<'_>,
        sieve: &Sieve,
        mention: &Mention,
        title: Option<&Title>,
        row: u64,
        id: MentionId,
    ) -> Option<EntityId> {
        if let Some(same) = self.same_again(reader, sieve, mention, id) {
            return Some(same);
        }
        let holder = title.filter(|_| mention.definite);
        let holder = holder.and_then(|t| self.holder(sieve, mention, t, row));
        if holder.is_some() {
            return holder;
        }
        if let Some(&same) = sieve.by_phrase.get(&row) {
            return Some(same);
        }
        let head = reader.words.get(mention.head);
        if mention.what != Kind::Person {
            let head = noun(reader.words.stem(reader.layout, mention.head));
            return self
                .of_head(sieve, mention, head)
                .filter(|_| mention.definite);
        }
        // `المصدر`, `الكاتب`, `المسؤول`: an office-less word for whoever spoke last.
        if !(head.is(Tags::PERSON) && head.article && mention.tokens.len() == 1) {
            return None;
        }
        let country = title.and_then(|t| t.country);
        self.last_speaker(id, |e| {
            e.kind == Kind::Person
                && e.agreement.fits(mention.agreement)
                && compatible(e.country, country)
        })
    }

    /// `الوزارة`, `الشركة`: the one of that kind which was mentioned last.
    fn of_head(&self, sieve: &Sieve, mention: &Mention, head: u64) -> Option<EntityId> {
        let all = sieve.by_head.get(&head)?;
        let words = sieve.key.words();
        let fits = |id: &&EntityId| {
            let e = &self.entities[id.0];
            sieve.last[id.0] > 0
                && e.kind == mention.what
                && (words.len() == 1 || !e.named && words.iter().all(|w| e.key.words().contains(w)))
                && compatible(e.country, mention.country)
        };
        let all = all.iter().rev().take(NAMESAKES).filter(fits);
        all.copied().max_by_key(|id| sieve.last[id.0])
    }

    /// `المتحدث ذاته`, `المصدر نفسه`: whoever of that kind was named so last, else
    /// whoever of that kind spoke last.
    fn same_again(
        &self,
        reader: &Reader<'_>,
        sieve: &Sieve,
        mention: &Mention,
        id: MentionId,
    ) -> Option<EntityId> {
        let last = mention.tokens.end.checked_sub(1)?;
        let itself = reader.words.bare_plays(reader.layout, last, Roles::ITSELF);
        if last <= mention.head || !itself {
            return None;
        }
        let head = noun(reader.words.stem(reader.layout, mention.head));
        let named_so = sieve.by_head.get(&head).and_then(|ids| {
            let met = ids.iter().filter(|id| sieve.last[id.0] > 0);
            met.copied().max_by_key(|id| sieve.last[id.0])
        });
        named_so.or_else(|| {
            let informant = reader.stem_plays(mention.head, Roles::INFORMANT);
            self.last_speaker(id, |e| {
                informant
                    || e.agreement.fits(mention.agreement)
                        && match mention.what {
                            Kind::Person | Kind::Body | Kind::Outlet => {
                                e.kind.is_like(mention.what)
                            }
                            _ => true,
                        }
            })
        })
    }

    /// The last one before a mention who stands beside a verb that reports and fits.
    fn last_speaker(&self, before: MentionId, fits: impl Fn(&Entity) -> bool) -> Option<EntityId> {
        let all = self.mentions.all()[..before.0 as usize]
            .iter()
            .enumerate()
            .rev();
        let spoke = all
            .take(NAMESAKES)
            .filter(|(_, m)| m.speaks && m.what != Kind::Other);
        let mut ids = spoke.map(|(i, _)| self.who[i]);
        ids.find(|id| fits(&self.entities[id.0]))
    }
}

/// Whether two countries, as far as they are known, are the same.
fn compatible(a: Option<&'static Country>, b: Option<&'static Country>) -> bool {
    a.is_none() || b.is_none() || a == b
}
