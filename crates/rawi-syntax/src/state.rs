//! The arc-hybrid transition system: a stack, the words that are left, and the arcs so far.
//!
//! Three actions make every projective tree: *shift* the next word onto the stack, make it
//! the head of the stack's top (*left*), or make the second word of the stack the head of
//! the top (*right*). A word goes off the stack with its head, when all that depends on it
//! has been found.

use crate::Label;

/// No word.
pub const NONE: u32 = u32::MAX;

/// One step of the parser.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Action {
    /// The next word goes onto the stack.
    Shift = 0,
    /// The top of the stack depends on the next word, or on nothing if there is none.
    Left = 1,
    /// The top of the stack depends on the word below it.
    Right = 2,
}

impl Action {
    /// All actions in the order of their numbers, which models store.
    pub const ALL: [Action; 3] = [Action::Shift, Action::Left, Action::Right];
}

/// Where the parser is in a sentence of words `0..len`.
#[derive(Clone, Default, Debug)]
pub struct State {
    stack: Vec<u32>,
    next: u32,
    len: u32,
    heads: Vec<u32>,
    labels: Vec<Label>,
    /// By word: its first and last dependent on the left, and those on the right.
    left: Vec<[u32; 2]>,
    right: Vec<[u32; 2]>,
    /// By word: the labels of its dependents, as bits.
    held: Vec<u16>,
}

impl State {
    /// Begins a sentence.
    pub fn start(&mut self, len: usize) {
        let len = u32::try_from(len).unwrap_or(NONE - 1);
        let words = len as usize;
        self.stack.clear();
        self.next = 0;
        self.len = len;
        self.heads.clear();
        self.heads.resize(words, NONE);
        self.labels.clear();
        self.labels.resize(words, Label::Root);
        for sides in [&mut self.left, &mut self.right] {
            sides.clear();
            sides.resize(words, [NONE; 2]);
        }
        self.held.clear();
        self.held.resize(words, 0);
    }

    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.next == self.len && self.stack.is_empty()
    }

    /// Whether an action can be taken.
    pub fn allows(&self, action: Action) -> bool {
        match action {
            Action::Shift => self.next < self.len,
            Action::Left => !self.stack.is_empty(),
            Action::Right => self.stack.len() > 1,
        }
    }

    /// The word of the stack at a depth, 0 being the top.
    #[inline]
    pub fn stack(&self, depth: usize) -> u32 {
        let place = self.stack.len().checked_sub(depth + 1);
        place.map_or(NONE, |i| self.stack[i])
    }

    /// The words of the stack, the top last.
    pub(crate) fn stacked(&self) -> &[u32] {
        &self.stack
    }

    /// The word that comes next, or the one `ahead` of it.
    #[inline]
    pub fn next(&self, ahead: u32) -> u32 {
        let word = self.next.saturating_add(ahead);
        if word < self.len { word } else { NONE }
    }

    /// How many words there are.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The dependent and the head of the arc that an action makes, the head [`NONE`] for
    /// the sentence's own.
    pub fn arc(&self, action: Action) -> Option<(u32, u32)> {
        match action {
            Action::Shift => None,
            Action::Left => Some((self.stack(0), self.next(0))),
            Action::Right => Some((self.stack(0), self.stack(1))),
        }
    }

    /// Takes an action that is [allowed](Self::allows); of an arc with its label.
    pub fn take(&mut self, action: Action, label: Label) {
        let Some((word, head)) = self.arc(action) else {
            self.stack.push(self.next);
            self.next += 1;
            return;
        };
        self.stack.pop();
        if word == NONE {
            return;
        }
        self.heads[word as usize] = head;
        if head == NONE {
            return;
        }
        self.labels[word as usize] = label;
        self.held[head as usize] |= 1 << label as u16;
        let sides = match action {
            Action::Left => &mut self.left[head as usize],
            _ => &mut self.right[head as usize],
        };
        // Dependents on the left come from near to far, on the right too.
        sides[1] = word;
        if sides[0] == NONE {
            sides[0] = word;
        }
    }

    /// The head of each word, [`NONE`] for the head of the sentence.
    pub fn heads(&self) -> &[u32] {
        &self.heads
    }

    /// The label of each word.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// The outermost dependent so far on the left of a word.
    #[inline]
    pub(crate) fn left_of(&self, word: u32) -> u32 {
        self.left.get(word as usize).map_or(NONE, |s| s[1])
    }

    /// The outermost dependent so far on the right of a word.
    #[inline]
    pub(crate) fn right_of(&self, word: u32) -> u32 {
        self.right.get(word as usize).map_or(NONE, |s| s[1])
    }

    /// The label of a word that has a head; 31 for no word.
    #[inline]
    pub(crate) fn label(&self, word: u32) -> u64 {
        self.labels.get(word as usize).map_or(31, |&l| l as u64)
    }

    /// The labels of a word's dependents so far, as bits.
    #[inline]
    pub(crate) fn held(&self, word: u32) -> u64 {
        self.held.get(word as usize).map_or(0, |&h| u64::from(h))
    }
}
