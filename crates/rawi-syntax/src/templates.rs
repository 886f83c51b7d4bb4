//! What speaks for an action and for a label: feature templates over the words around the
//! place where the parser is, and over the tree so far.

use rawi_model::Feature;

use crate::atoms::{Atom, Atoms};
use crate::state::{NONE, State};

/// The version of the templates below and of the numbers that go into them. A pack of
/// another one is refused: who changes them trains the model of syntax anew.
pub const TEMPLATES: u32 = 1;

/// How many features an action has.
pub const ACTION: usize = 40;

/// How many features a label has.
pub const LABEL: usize = 23;

/// How far two words are apart, in steps that grow.
fn distance(a: u32, b: u32) -> u64 {
    if a == NONE || b == NONE {
        return 7;
    }
    match b.abs_diff(a) {
        n @ 0..=3 => u64::from(n),
        4..=6 => 4,
        7..=12 => 5,
        _ => 6,
    }
}

/// Whether a comma stands between two words, and whether a quotation mark does.
fn apart(a: &Atom, b: &Atom) -> u64 {
    let commas = u64::from(b.commas.abs_diff(a.commas).min(2));
    commas | u64::from(b.marks.abs_diff(a.marks) % 2) << 2 | u64::from(a.marks != b.marks) << 3
}

/// Whether two words stand in one mention, or each in one or none.
fn together(a: &Atom, b: &Atom) -> u64 {
    let same = a.mention == b.mention;
    match (a.mention, b.mention) {
        (0, 0) => 0,
        (_, 0) => 1,
        (0, _) => 2,
        _ if same => 3,
        _ => 4,
    }
}

/// A feature of one value.
#[inline]
fn one(template: u8, a: u64) -> Feature {
    Feature::new(template, a)
}

/// A feature of two values.
#[inline]
fn two(template: u8, a: u64, b: u64) -> Feature {
    Feature::new(template, a).and(b)
}

/// A feature of three values.
#[inline]
fn three(template: u8, a: u64, b: u64, c: u64) -> Feature {
    Feature::new(template, a).and(b).and(c)
}

/// The features of what to do next.
pub fn action(state: &State, atoms: &Atoms) -> [Feature; ACTION] {
    let (s0, s1, s2) = (state.stack(0), state.stack(1), state.stack(2));
    let (n0, n1, n2) = (state.next(0), state.next(1), state.next(2));
    let [a, b, c, x, y, z] = [s0, s1, s2, n0, n1, n2].map(|w| atoms.get(w));
    let near = distance(s0, n0);
    let back = distance(s1, s0);
    let between = apart(a, x);
    let behind = apart(b, a);
    let (has_a, has_b, has_x) = (state.held(s0), state.held(s1), state.held(n0));
    let right = state.label(state.right_of(s0));
    let left = state.label(state.left_of(n0));
    let last = atoms.get(state.right_of(s0));
    [
        one(0, 0),
        two(1, a.word, a.tag),
        two(2, x.word, x.tag),
        three(3, a.tag, x.tag, near),
        three(4, a.word, x.word, near.min(2)),
        three(5, a.word, x.tag, between),
        three(6, a.tag, x.word, between),
        three(7, a.cluster, x.cluster, near.min(2)),
        three(8, a.tag, x.tag, y.tag),
        three(9, x.tag, y.tag, z.pos),
        three(10, b.tag, a.tag, x.tag),
        three(11, b.tag, a.tag, back),
        three(12, b.word, a.word, a.led),
        three(13, b.word, a.tag, a.led),
        three(14, b.tag, a.word, x.pos),
        three(15, b.cluster, a.cluster, a.led),
        three(16, c.pos, b.tag, a.tag),
        three(17, a.class, x.class, near),
        three(18, b.class, a.class, x.pos),
        three(19, a.name, x.name, between),
        three(20, b.name, a.name, x.name),
        three(21, a.tag, has_a, x.tag),
        three(22, b.tag, has_b, a.tag).and(a.led),
        three(23, b.word, has_b, a.tag),
        three(24, x.tag, has_x, a.tag),
        three(25, a.word, has_a, x.pos),
        three(26, a.tag, right, x.tag).and(x.led),
        three(27, x.tag, left, a.pos),
        three(28, a.word, x.word ^ 1, x.led),
        three(29, a.tag, x.tag, x.led),
        three(30, a.ends, x.ends, a.pos << 8 | x.pos),
        three(31, b.ends, a.ends, b.pos << 8 | a.pos),
        three(32, a.tag, x.before, y.pos),
        three(33, b.tag, behind, a.tag).and(x.before),
        three(34, a.word, y.word, x.pos),
        three(35, last.cluster, x.cluster, a.pos),
        three(36, b.pos, x.word, a.pos).and(between),
        three(37, b.tag, x.tag, a.pos).and(near),
        three(38, together(a, x), together(b, a), a.pos << 8 | x.pos),
        three(39, together(a, x), a.tag, x.tag).and(together(x, y)),
    ]
}

/// The features of what `word` is to `head`.
pub fn label(state: &State, atoms: &Atoms, word: u32, head: u32) -> [Feature; LABEL] {
    let [w, h] = [word, head].map(|i| atoms.get(i));
    let after = u64::from(head < word);
    let near = distance(head, word) << 1 | after;
    let (own, held) = (state.held(word), state.held(head));
    let before = atoms.get(word.wrapping_sub(1));
    let next = atoms.get(word.wrapping_add(1));
    let first = state.label(state.left_of(word));
    [
        two(100, w.tag, h.tag).and(near),
        three(101, w.word, h.word, after),
        three(102, w.word, h.pos, w.led),
        three(103, w.tag, h.word, w.led),
        three(104, w.cluster, h.cluster, after),
        three(105, w.tag, h.tag, held).and(after),
        three(106, w.tag, own, h.tag).and(after),
        three(107, w.class, h.class, after),
        three(108, w.name, h.name, after),
        three(109, w.name, h.tag, near),
        three(110, w.ends, h.ends, w.pos << 8 | h.pos),
        three(111, w.tag, before.tag, h.pos),
        three(112, w.tag, before.word, after),
        three(113, w.tag, next.tag, h.pos).and(after),
        three(114, h.word, held, w.pos).and(after),
        three(115, w.tag, w.before, h.tag),
        three(116, w.cluster, h.pos, w.led).and(after),
        three(117, w.pos, h.cluster, w.led).and(after),
        three(118, apart(w, h), w.tag, h.pos).and(after),
        three(119, first, w.tag, h.pos),
        three(120, h.class, w.tag, held),
        two(121, w.word, own).and(after),
        three(122, together(w, h), w.tag, h.pos).and(after),
    ]
}
