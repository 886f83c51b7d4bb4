//! What speaks for and against an event: the features of its trigger, its sides and
//! its place in the article, by which a learned model trusts it more or less.

use rawi_model::{Feature, hash};
use rawi_names::{Cast, EntityId};
use rawi_speech::Statement;
use rawi_text::Few;
use rawi_words::events::{EventType, Status};

use crate::arguments::Arguments;
use crate::code;
use crate::domain::Fields;
use crate::rules::Ruled;
use crate::scene::Scene;
use crate::sides::Sides;
use crate::sign::Signs;
use crate::trigger::Trigger;
use crate::view::View;

/// The version of the templates below and of the numbers that go into them. A pack of
/// another one is refused: who changes them trains the model of events anew.
pub const TEMPLATES: u32 = 2;

/// The feature that every event has.
const BIAS: Feature = Feature(0x5eed_0000_0000_0001);

/// The numbers by which the model knows the tables of triggers, in the order of
/// [`EventType::ALL`].
pub(crate) const TABLES: [u64; EventType::ALL.len()] = [
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

/// What speaks for something, of usual length without an allocation.
pub(crate) type Features = Few<Feature, 64>;

/// Gathers features.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bag(pub(crate) Features);

impl Bag {
    pub(crate) fn add(&mut self, template: u8, values: &[u64]) {
        let start = Feature::new(template, values.len() as u64);
        self.0.push(values.iter().fold(start, |f, &v| f.and(v)));
    }
}

/// The features of a trigger and of where it stands, before anybody asks for sides.
pub(crate) fn of(
    view: &View<'_>,
    scene: &Scene,
    fields: &Fields,
    t: &Trigger,
    within: Option<&Statement>,
) -> Features {
    let mut bag = Bag::default();
    let kind = t.row.kind as u64;
    let table = TABLES[t.row.kind as usize];
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
    for sign in t.signs.numbers() {
        bag.add(5, &[sign]);
        bag.add(6, &[sign, kind]);
        bag.add(7, &[sign, t.row.id]);
    }
    let act = within.map_or(99, |s| s.act as u64 * 4 + s.form as u64);
    bag.add(12, &[act]);
    bag.add(13, &[act, kind]);
    bag.add(14, &[at(Some(i)), kind]);
    bag.add(20, &[at(i.checked_sub(1))]);
    bag.add(21, &[at(Some(i + 1))]);
    bag.add(22, &[at(i.checked_sub(2))]);
    bag.add(17, &[t.row.id, at(i.checked_sub(1))]);
    bag.add(18, &[t.row.id, at(Some(i + 1))]);
    bag.add(19, &[at(Some(i + 2))]);
    let pos = |k: Option<usize>| match k.filter(|&k| k < view.len()) {
        Some(k) => view.info(k).pos as u64 * 2 + u64::from(view.info(k).article),
        None => 99,
    };
    bag.add(15, &[pos(Some(i)), kind]);
    bag.add(16, &[pos(Some(i + 1)), pos(i.checked_sub(1))]);
    bag.add(23, &[pos(i.checked_sub(1))]);
    bag.add(
        24,
        &[t.preposition.map_or(0, u64::from), u64::from(t.conjunction)],
    );
    let index = u64::from(view.sentence_of[i]);
    bag.add(25, &[index.min(4)]);
    bag.add(27, &[((i - scene.tokens.start) / 4).min(6) as u64]);
    bag.add(28, &[(scene.tokens.len() / 10).min(6) as u64]);
    bag.add(29, &[u64::from(scene.timed)]);
    bag.add(30, &[at(Some(scene.tokens.start))]);
    for (template, share) in (31..).zip(fields.shares()) {
        bag.add(template, &[share]);
    }
    bag.add(36, &[u64::from(fields.is_political())]);
    let particle = crate::status::of(view, t, None).0 as u64;
    bag.add(37, &[particle]);
    bag.add(38, &[particle, kind]);
    bag.add(39, &[t.row.id, act]);
    bag.0
}

/// The features of the words around an event, the same for all of a sentence.
pub(crate) fn words(view: &View<'_>, scene: &Scene) -> Features {
    let mut bag = Bag::default();
    for k in scene.tokens.clone().filter(|&k| view.is_word(k)) {
        bag.add(50, &[hash(view.stem(k).as_bytes())]);
    }
    bag.0
}

/// The features of a candidate with its sides.
pub(crate) fn with_sides(
    view: &View<'_>,
    t: &Trigger,
    signs: Signs,
    arguments: &Arguments,
    ruled: &Ruled,
    sides: &Sides,
    status: Status,
) -> Features {
    let mut bag = Bag::default();
    let kind = t.row.kind as u64;
    let row = t.row.id ^ TABLES[t.row.kind as usize];
    let form = t.aspect as u64 * 4 + u64::from(t.definite) * 2 + u64::from(t.rest.is_some());
    let (a, r) = (
        sides.actors.len().min(2) as u64,
        sides.recipients.len().min(2) as u64,
    );
    bag.add(60, &[a, r]);
    bag.add(61, &[kind, a, r]);
    bag.add(62, &[a, r, form]);
    bag.add(63, &[row, a.min(1), r.min(1)]);
    for (k, share) in (0..).zip(sides.best) {
        let step = (share * 8.0) as u64;
        bag.add(64, &[k, step]);
        bag.add(65, &[k, step, kind]);
    }
    let agrees = u64::from(ruled.actors == sides.actors) * 2
        + u64::from(ruled.recipients == sides.recipients);
    bag.add(66, &[agrees]);
    bag.add(67, &[agrees, a, r]);
    for (k, side) in [(0, &sides.actors), (1, &sides.recipients)] {
        let who = side
            .first()
            .map_or([0, 0, 0], |&id| party(view, view.cast, id));
        bag.add(68, &[k, kind, who[0], who[1]]);
        bag.add(69, &[k, who[0], who[1]]);
        bag.add(70, &[k, who[2]]);
        bag.add(71, &[k, kind, who[0]]);
    }
    bag.add(72, &[u64::from(arguments.actor_slots.0)]);
    bag.add(73, &[u64::from(arguments.recipient_slots.0)]);
    bag.add(
        74,
        &[u64::from(arguments.hidden) * 2 + u64::from(arguments.pronoun)],
    );
    bag.add(75, &[status as u64, kind]);
    bag.add(76, &[status as u64, t.aspect as u64]);
    // Those of the word alone are known.
    for sign in signs.without(t.signs).numbers() {
        bag.add(77, &[sign]);
        bag.add(78, &[sign, kind]);
        bag.add(79, &[sign, row]);
    }
    bag.add(80, &[u64::from(signs.against().min(4))]);
    bag.add(81, &[u64::from(signs.against().min(2)), a.min(1), r.min(1)]);
    bag.0
}

/// How a candidate is told elsewhere in its article.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Retold {
    /// How sure the surest telling before it is that shares a side, in quarters, from
    /// one.
    pub(crate) before: u64,
    /// The same behind it.
    pub(crate) behind: u64,
    /// The same of one in the same sentence, whoever its sides are.
    pub(crate) beside: u64,
}

/// The features of how a candidate is told elsewhere.
pub(crate) fn retold(kind: EventType, noun: bool, told: Retold) -> Features {
    let mut bag = Bag::default();
    let kind = kind as u64;
    bag.add(90, &[told.before]);
    bag.add(91, &[told.before, kind]);
    bag.add(92, &[told.behind]);
    bag.add(93, &[told.beside]);
    bag.add(94, &[told.beside, kind, u64::from(noun)]);
    bag.0
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
