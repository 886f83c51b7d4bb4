//! What speaks for and against an event: the features of its trigger, its sides and
//! its place in the article, by which a learned model trusts it more or less.

use rawi_model::{Feature, hash};
use rawi_names::{Cast, EntityId, Tags};
use rawi_speech::Statement;
use rawi_text::Few;
use rawi_words::events::EventType;

use crate::arguments::Arguments;
use crate::code;
use crate::domain::Fields;
use crate::event::Event;
use crate::trigger::Trigger;
use crate::view::View;

/// The version of the templates below and of the numbers that go into them. A pack of
/// another one is refused: who changes them trains the model of events anew.
pub const TEMPLATES: u32 = 1;

/// Where an event stands among the statements.
pub(crate) struct Told<'s> {
    /// Its trigger is the cue of a statement.
    pub(crate) reports: bool,
    /// The statement in whose content it stands.
    pub(crate) within: Option<&'s Statement>,
}

/// The feature that every event has.
const BIAS: Feature = Feature(0x5eed_0000_0000_0001);

/// The numbers by which the model knows the tables of triggers, in the order of
/// [`EventType::ALL`].
const TABLES: [u64; EventType::ALL.len()] = [
    0x9980_ceb1_7e7b_320b,
    0x42b9_50a4_4f9f_3e64,
    0xa5a2_d879_2913_e5f4,
    0x5031_165f_c5ab_2c50,
    0x5aff_4866_ef13_9495,
    0xca0a_8dd2_abde_f4e8,
    0x67a0_a45a_a05e_3537,
    0x235a_408e_e2ce_e159,
    0x2788_39bc_2037_bd83,
    0x75bb_2cc7_36ec_906c,
    0xdc80_7fde_7f33_133b,
    0xefc7_451a_14ad_9d23,
    0xd8c2_ab01_b572_5e3b,
    0x0172_28ad_fa2c_4d0c,
    0x85c8_b2f7_833c_3ca8,
    0xc9ef_9a85_32d4_8cfd,
];

/// What speaks for an event, of an event of usual length without an allocation.
pub(crate) type Features = Few<Feature, 64>;

/// Gathers features.
struct Bag(Features);

impl Bag {
    fn add(&mut self, template: u8, values: &[u64]) {
        let start = Feature::new(template, values.len() as u64);
        self.0.push(values.iter().fold(start, |f, &v| f.and(v)));
    }
}

/// The features of an event.
pub(crate) fn of(
    view: &View<'_>,
    cast: &Cast,
    fields: &Fields,
    t: &Trigger,
    arguments: &Arguments,
    event: &Event,
    told: &Told<'_>,
) -> Features {
    let mut bag = Bag(Features::new());
    let kind = event.kind as u64;
    let table = TABLES[t.row.kind as usize];
    let quad = event.kind.quad() as u64;
    let status = event.status as u64;
    let form = t.aspect as u64 * 4 + u64::from(t.definite) * 2 + u64::from(t.rest.is_some());
    let at = |k: Option<usize>| match k.filter(|&k| k < view.len() && view.is_word(k)) {
        Some(k) => hash(view.stem(k).as_bytes()),
        None => 0,
    };
    let i = t.token;
    bag.0.push(BIAS);
    bag.add(1, &[kind]);
    bag.add(2, &[table, t.row.id]);
    bag.add(3, &[kind, form]);
    bag.add(4, &[table, t.row.id, form]);
    bag.add(5, &[u64::from(arguments.actor_slots.0), u64::from(t.noun)]);
    bag.add(
        6,
        &[u64::from(arguments.recipient_slots.0), u64::from(t.noun)],
    );
    let (a, r) = (
        event.actors.len().min(2) as u64,
        event.recipients.len().min(2) as u64,
    );
    bag.add(7, &[quad, a, r]);
    bag.add(8, &[kind, a, r]);
    bag.add(52, &[quad, a, r, form]);
    bag.add(53, &[quad, form, u64::from(told.reports)]);
    bag.add(9, &[quad, u64::from(told.reports), u64::from(t.noun)]);
    bag.add(10, &[kind, status]);
    bag.add(11, &[status, t.aspect as u64]);
    let act = told.within.map_or(99, |s| s.act as u64 * 4 + s.form as u64);
    bag.add(12, &[act]);
    bag.add(13, &[quad, u64::from(told.within.is_some())]);
    for (template, side) in [(14, &event.actors), (17, &event.recipients)] {
        let who = side.first().map_or([0, 0, 0], |&id| party(view, cast, id));
        bag.add(template, &[kind, who[0], who[1]]);
        bag.add(template + 1, &[who[0], who[1]]);
        bag.add(template + 2, &[quad, who[2]]);
    }
    bag.add(20, &[at(i.checked_sub(1))]);
    bag.add(21, &[at(Some(i + 1))]);
    bag.add(22, &[at(i.checked_sub(2)), u64::from(t.noun)]);
    let before = i.checked_sub(1).map_or(99, |k| view.info(k).pos as u64);
    bag.add(23, &[before, u64::from(t.noun)]);
    bag.add(
        24,
        &[t.preposition.map_or(0, u64::from), u64::from(t.conjunction)],
    );
    let sentence = view.sentence(i);
    let index = u64::from(view.sentence_of[i]);
    let only = u64::from(sentence == (0..view.len()));
    bag.add(25, &[index.min(4), only]);
    bag.add(26, &[quad, index.min(1), only]);
    bag.add(27, &[((i - sentence.start) / 4).min(6) as u64]);
    bag.add(28, &[(sentence.len() / 10).min(6) as u64]);
    let timed = sentence.clone().any(|k| view.is(k, Tags::TIME));
    bag.add(29, &[u64::from(timed), u64::from(t.noun), only]);
    let opener = at(Some(sentence.start));
    bag.add(30, &[opener]);
    for (template, share) in (31..).zip(fields.shares()) {
        bag.add(template, &[share]);
        bag.add(template + 8, &[share, quad]);
    }
    bag.add(
        46,
        &[u64::from(arguments.hidden) * 2 + u64::from(arguments.pronoun)],
    );
    bag.add(47, &[kind, only]);
    bag.add(48, &[t.row.id, only]);
    bag.add(49, &[u64::from(event.date.is_some()), only]);
    bag.0
}

/// The features of the words around an event, the same for all of a sentence.
pub(crate) fn words(view: &View<'_>, i: usize) -> Features {
    let sentence = view.sentence(i);
    let only = u64::from(sentence == (0..view.len()));
    let mut bag = Bag(Features::new());
    for k in sentence.filter(|&k| view.is_word(k)) {
        bag.add(50, &[hash(view.stem(k).as_bytes()), only]);
    }
    bag.0
}

/// The feature of how often an event is told again.
pub(crate) fn retold(event: &Event) -> Feature {
    Feature::new(51, event.mentions.len().min(2) as u64)
}

/// What an entity is: its kind and standing, its sector, whether it has a name.
fn party(view: &View<'_>, cast: &Cast, id: EntityId) -> [u64; 3] {
    let entity = cast.get(id);
    let sector =
        code::sector(&view.article, view.facts, cast, id).map_or(1, |s| hash(s.as_bytes()));
    let known = u64::from(entity.known.is_some()) * 2 + u64::from(entity.country.is_some());
    let mentions = cast.mentions_of(id).len().min(3) as u64;
    [1 + entity.kind as u64, sector, 1 + known * 4 + mentions]
}
