//! How sure a reading is of what it says, in words, and readings without what is
//! doubtful.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::Reading;
use crate::ids;
use crate::reading::{Entity, Event, Id, MentionKind, Participant, Speaker, Statement};

/// A confidence in words. It is about the reading, not about the truth of what
/// was said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Below 0.45: as likely wrong as right.
    Weak,
    /// From 0.45 up: more often right than wrong.
    Likely,
    /// From 0.75 up.
    Clear,
}

impl Certainty {
    /// The words for a confidence from 0 to 1.
    pub fn of(confidence: f64) -> Self {
        match confidence {
            c if c >= 0.75 => Certainty::Clear,
            c if c >= 0.45 => Certainty::Likely,
            _ => Certainty::Weak,
        }
    }
}

impl Reading<'_> {
    /// Leaves out statements and events with a confidence below `least`, and
    /// unnamed people who then take part in nothing. Those that stay are numbered anew.
    ///
    /// What stood in a statement that is left out stands in whatever that stood
    /// in. A claim is never turned into the article's own words: an event that
    /// nothing but a statement tells is left out with it.
    ///
    /// ```
    /// # use rawi::{Article, Reader};
    /// let article = Article::new("a1", "أكدت وزارة الصحة الليبية في بيان أن المستشفيات جاهزة.");
    /// let mut reading = Reader::new()?.read(&article)?;
    /// reading.drop_below(0.5);
    /// assert!(reading.statements.iter().all(|s| s.confidence >= 0.5));
    /// # Ok::<(), rawi::Error>(())
    /// ```
    pub fn drop_below(&mut self, least: f64) {
        let kept = drop_below(
            least,
            &mut self.statements,
            &mut self.events,
            &mut self.entities,
        );
        let Some(headline) = &mut self.headline else {
            return;
        };
        drop_below(
            least,
            &mut headline.statements,
            &mut headline.events,
            &mut headline.entities,
        );
        for entity in &mut headline.entities {
            entity.same_as = entity.same_as.and_then(|id| kept.get(&id).copied());
        }
    }
}

/// Leaves out what is below `least`; gives the ids of the entities that stay by
/// those that they had.
fn drop_below<'a>(
    least: f64,
    statements: &mut Vec<Statement<'a>>,
    events: &mut Vec<Event<'a>>,
    entities: &mut Vec<Entity<'a>>,
) -> HashMap<Id, Id> {
    // What stood around each statement that is left out.
    let mut dropped: HashMap<Id, Option<Id>> = HashMap::new();
    statements.retain(|s| {
        if s.confidence >= least {
            return true;
        }
        dropped.insert(s.id, s.within);
        false
    });
    // The next statement outward that is kept. No chain is longer than there are
    // statements, whatever a reading from elsewhere says.
    let outward = |mut id: Option<Id>| {
        for _ in 0..=dropped.len() {
            match id.and_then(|i| dropped.get(&i)) {
                Some(&outer) => id = outer,
                None => return id,
            }
        }
        None
    };
    for statement in statements.iter_mut() {
        statement.within = outward(statement.within);
    }
    let code = |id: Id| entities.iter().find(|e| e.id == id).and_then(Entity::code);
    let speakers: HashMap<Id, Option<&Speaker<'a>>> = statements
        .iter()
        .map(|s| (s.id, s.speaker.as_ref()))
        .collect();
    events.retain_mut(|event| {
        let told = event.statement;
        event.statement = outward(told);
        if told != event.statement {
            let Some(outer) = event.statement.and_then(|id| speakers.get(&id)) else {
                return false;
            };
            event.claimed_by = outer.map(|speaker| Participant {
                entity: speaker.entity,
                name: speaker.name.clone(),
                code: code(speaker.entity),
            });
        }
        event.confidence >= least
    });
    let mut named: HashSet<Id> = HashSet::new();
    ids::change(statements, events, &mut [], |id| {
        named.insert(*id);
    });
    // What the article calls by name stays, whether it still takes part or not.
    entities.retain_mut(|e| {
        e.participant = named.contains(&e.id);
        e.participant || e.mentions.iter().any(|m| m.kind == MentionKind::Name)
    });
    number(statements, events, entities)
}

/// Numbers everything from 1 again; gives the new ids by the old.
fn number(
    statements: &mut [Statement<'_>],
    events: &mut [Event<'_>],
    entities: &mut [Entity<'_>],
) -> HashMap<Id, Id> {
    let mut new: HashMap<Id, Id> = HashMap::new();
    let mut count = |ids: &mut dyn Iterator<Item = Id>| {
        for (number, id) in (1..).zip(ids) {
            new.insert(id, id.numbered(number));
        }
    };
    count(&mut statements.iter().map(|s| s.id));
    count(&mut events.iter().map(|e| e.id));
    count(&mut entities.iter().map(|e| e.id));
    ids::change(statements, events, entities, |id| {
        if let Some(&new) = new.get(id) {
            *id = new;
        }
    });
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Article, Reader};

    fn id(text: &str) -> Id {
        text.parse().unwrap()
    }

    /// A reading of a nested statement, with confidences of our own.
    fn reading(outer: f64, inner: f64) -> Reading<'static> {
        let text = "نقلت وكالة الجسر عن مهندس في الموقع قوله إن الشركة أكدت أن المضخات جاهزة. واعتقلت الشرطة ثلاثة مهربين في المدينة.";
        let article = Article::new("a", text);
        let mut reading = Reader::new().unwrap().read(&article).unwrap().into_owned();
        assert_eq!(reading.statements.len(), 2);
        assert_eq!(reading.statements[1].within, Some(id("s1")));
        reading.statements[0].confidence = outer;
        reading.statements[1].confidence = inner;
        reading
    }

    #[test]
    fn what_stood_in_a_dropped_statement_goes_outward() {
        let mut kept = reading(0.9, 0.8);
        kept.drop_below(0.0);
        assert_eq!(kept, reading(0.9, 0.8));
        let mut inner = reading(0.2, 0.8);
        inner.drop_below(0.5);
        let ids: Vec<Id> = inner.statements.iter().map(|s| s.id).collect();
        assert_eq!(ids, [id("s1")]);
        assert_eq!(inner.statements[0].within, None);
    }

    #[test]
    fn entities_that_nobody_names_are_dropped() {
        let mut outer = reading(0.9, 0.2);
        outer.events.clear();
        outer.drop_below(0.5);
        let take_part = outer.entities.iter().filter(|e| e.participant);
        let people: Vec<&str> = take_part.map(|e| &*e.name).collect();
        assert_eq!(people, ["الجسر", "مهندس في الموقع"]);
        assert_eq!(outer.statements[0].via, [outer.entities[0].id]);
        let speaker = outer.statements[0].speaker.as_ref().unwrap();
        assert!(outer.entities.iter().any(|e| e.id == speaker.entity));
        let mut none = reading(0.9, 0.2);
        none.drop_below(1.1);
        assert!(none.statements.is_empty() && none.events.is_empty());
        // Whom the article names stays.
        assert!(none.entities.iter().all(|e| !e.participant));
    }

    #[test]
    fn a_claim_stays_a_claim() {
        let mut reading = reading(0.9, 0.8);
        let claimed = Participant {
            entity: reading.statements[1].speaker.clone().unwrap().entity,
            name: "الشركة".into(),
            code: None,
        };
        let event = &mut reading.events[0];
        (event.confidence, event.statement) = (0.9, Some(id("s2")));
        event.claimed_by = Some(claimed);
        let outside = reading.statements[0].speaker.clone().unwrap().entity;
        let mut people = reading.entities.iter_mut();
        people.find(|e| e.id == outside).unwrap().country = Some("EGY".into());
        // With the inner statement gone the outer speaker is the one who claims.
        let mut outer = reading.clone();
        outer.statements[1].confidence = 0.1;
        outer.drop_below(0.5);
        let speaker = outer.statements[0].speaker.clone().unwrap();
        assert_eq!(outer.events[0].statement, Some(id("s1")));
        let claims = outer.events[0].claimed_by.as_ref().unwrap();
        assert_eq!(claims.name, speaker.name);
        assert_eq!(claims.code.as_ref().and_then(|c| c.country()), Some("EGY"));
        // With both gone nobody is left to claim it.
        reading.statements[0].confidence = 0.1;
        reading.statements[1].confidence = 0.1;
        reading.drop_below(0.5);
        assert!(reading.events.is_empty());
        assert!(reading.entities.iter().all(|e| !e.participant));
    }

    #[test]
    fn a_headline_is_sifted_like_the_text() {
        let text = "زار الوفد القرية. وأكد الوزير سالم البدري أن الطريق مفتوح.";
        let article = Article::new("a", text).with_title("سالم البدري: الطريق مفتوح");
        let read = || Reader::new().unwrap().read(&article).unwrap();
        let same = |reading: &Reading<'_>| {
            let headline = reading.headline.as_ref().unwrap();
            headline.entities.first().map(|e| e.same_as)
        };
        let mut kept = read();
        assert!(same(&kept).unwrap().is_some());
        kept.statements.iter_mut().for_each(|s| s.confidence = 0.1);
        let headline = kept.headline.as_mut().unwrap();
        headline
            .statements
            .iter_mut()
            .for_each(|s| s.confidence = 0.9);
        kept.drop_below(0.5);
        // Whom the text names stays there, and the title's is still led to him.
        assert!(same(&kept).unwrap().is_some());
        crate::verify(&kept, &article).unwrap();
        let mut none = read();
        none.drop_below(1.1);
        let headline = none.headline.as_ref().unwrap();
        assert!(headline.statements.is_empty());
        assert!(headline.entities.iter().all(|e| !e.participant));
        crate::verify(&none, &article).unwrap();
    }

    #[test]
    fn rings_end() {
        let mut reading = reading(0.1, 0.9);
        reading.statements[0].within = Some(id("s1"));
        reading.drop_below(0.5);
        assert_eq!(reading.statements[0].within, None);
    }

    #[test]
    fn words_for_confidence() {
        let table = [
            (1.0, Certainty::Clear),
            (0.75, Certainty::Clear),
            (0.74, Certainty::Likely),
            (0.45, Certainty::Likely),
            (0.44, Certainty::Weak),
            (0.0, Certainty::Weak),
        ];
        for (confidence, words) in table {
            assert_eq!(Certainty::of(confidence), words);
        }
    }
}
