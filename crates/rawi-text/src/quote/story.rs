//! The cheapest way to read a row of quotation marks.
//!
//! A state is the stack of marks that are open, at most three deep. Every mark
//! and every paragraph break leads from state to state at a cost, and the path
//! of least cost through all of them is the reading (dynamic programming, as
//! the Viterbi algorithm does it). For `قال «أ. ثم قال «ب»` the paths include
//! open, open inside, close, never closed (0 + 2 + 0 + 4) and open, give up
//! and open anew, close (0 + 4 + 0): the second is taken.

use super::mark::Mark;

/// Something that happens to the stack.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Mark(Mark),
    /// So many paragraph breaks.
    Break(usize),
}

/// What a step is read as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Act {
    /// The mark means nothing.
    Ignore,
    /// The mark opens.
    Open,
    /// The innermost open mark is never closed, and this one opens.
    Renew,
    /// The mark closes the innermost open one.
    Close,
    /// The innermost open mark is never closed, and this one closes the next.
    CloseOuter,
    /// The mark repeats the open one at the head of a paragraph.
    Repeat,
    /// The open quote goes on in the next paragraph.
    Carry,
    /// What is open ends with the paragraph.
    Drop,
}

/// Leaving an open mark without its partner.
const UNCLOSED: i32 = 4;
/// Opening a quote inside one of the same family.
const NESTED: i32 = 2;
/// Closing with a mark of another family.
const MIXED: i32 = 2;
/// Going on over one paragraph break.
const CARRIED: i32 = 3;
/// What a mark that repeats the open one gives back of it.
const REPEATED: i32 = -2;
/// A path that costs so much more than the best one will not win.
const HOPELESS: i32 = 24;
/// When so many nodes are kept, the best path so far is settled.
const WINDOW: usize = 1 << 18;

/// A stack of families as a number in base 5, the innermost the last digit.
type Stack = u8;
const BASE: u8 = 5;
/// All stacks of at most three marks.
const STACKS: usize = 125;

fn depth(stack: Stack) -> i32 {
    i32::from(stack > 0) + i32::from(stack >= BASE) + i32::from(stack >= BASE * BASE)
}

/// One step of one path.
#[derive(Clone, Copy, Debug)]
struct Node {
    before: u32,
    act: Act,
}

/// The end of a path.
#[derive(Clone, Copy, Debug)]
struct Branch {
    stack: Stack,
    cost: i32,
    node: u32,
}

/// The paths under way. Kept from text to text for its buffers.
#[derive(Clone, Default, Debug)]
pub(super) struct Story {
    nodes: Vec<Node>,
    now: Vec<Branch>,
    next: Vec<(Branch, Act)>,
    /// Where in `next` a stack stands, plus one.
    place: Vec<u8>,
}

impl Story {
    /// Fills `acts` with one act for each step.
    pub(super) fn tell(&mut self, steps: &[Step], acts: &mut Vec<Act>) {
        acts.clear();
        self.begin();
        for step in steps {
            self.advance(step);
            if self.nodes.len() > WINDOW {
                self.settle(acts);
            }
        }
        self.settle(acts);
    }

    fn begin(&mut self) {
        self.nodes.clear();
        self.now.clear();
        self.now.push(Branch {
            stack: 0,
            cost: 0,
            node: u32::MAX,
        });
        self.place.clear();
        self.place.resize(STACKS, 0);
    }

    /// Appends the acts of the best path, taking all that is open for never
    /// closed, and begins anew.
    fn settle(&mut self, acts: &mut Vec<Act>) {
        let best = self
            .now
            .iter()
            .min_by_key(|b| b.cost + UNCLOSED * depth(b.stack));
        let from = acts.len();
        let mut node = best.map_or(u32::MAX, |b| b.node);
        while let Some(&Node { before, act }) = self.nodes.get(node as usize) {
            acts.push(act);
            node = before;
        }
        acts[from..].reverse();
        self.begin();
    }

    fn advance(&mut self, step: &Step) {
        let now = std::mem::take(&mut self.now);
        for branch in &now {
            match step {
                Step::Mark(mark) => self.read(branch, mark),
                Step::Break(count) => self.pass(branch, *count),
            }
        }
        self.now = now;
        self.now.clear();
        let best = self.next.iter().map(|(b, _)| b.cost).min().unwrap_or(0);
        for (mut branch, act) in self.next.drain(..) {
            self.place[usize::from(branch.stack)] = 0;
            if branch.cost > best + HOPELESS {
                continue;
            }
            let node = self.nodes.len() as u32;
            self.nodes.push(Node {
                before: branch.node,
                act,
            });
            branch.node = node;
            self.now.push(branch);
        }
    }

    /// The ways to read a mark.
    fn read(&mut self, from: &Branch, mark: &Mark) {
        let family = mark.family as u8;
        let stack = from.stack;
        let (rest, top) = (stack / BASE, stack % BASE);
        self.reach(from, stack, mark.ignored, Act::Ignore);
        if depth(stack) < 3 {
            let same = [top, rest % BASE].contains(&family);
            let nested = if same { NESTED } else { 0 };
            self.reach(from, stack * BASE + family, mark.opens + nested, Act::Open);
        }
        if stack == 0 {
            return;
        }
        self.reach(
            from,
            rest * BASE + family,
            mark.opens + UNCLOSED,
            Act::Renew,
        );
        let mixed = if top == family { 0 } else { MIXED };
        self.reach(from, rest, mark.closes + mixed, Act::Close);
        if rest % BASE == family {
            self.reach(from, rest / BASE, mark.closes + UNCLOSED, Act::CloseOuter);
        }
        if mark.at_head && stack == family {
            self.reach(from, stack, mark.opens + REPEATED, Act::Repeat);
        }
    }

    /// The ways to read paragraph breaks.
    fn pass(&mut self, from: &Branch, count: usize) {
        self.reach(from, 0, UNCLOSED * depth(from.stack), Act::Drop);
        if depth(from.stack) == 1 && count <= super::LONGEST_RUN {
            self.reach(from, from.stack, CARRIED * count as i32, Act::Carry);
        }
    }

    /// Goes on from a branch to a stack, if no cheaper way leads there.
    fn reach(&mut self, from: &Branch, stack: Stack, cost: i32, act: Act) {
        let branch = Branch {
            stack,
            cost: from.cost + cost,
            node: from.node,
        };
        let place = &mut self.place[usize::from(stack)];
        if *place == 0 {
            self.next.push((branch, act));
            *place = self.next.len() as u8;
        } else {
            let known = &mut self.next[usize::from(*place) - 1];
            if branch.cost < known.0.cost {
                *known = (branch, act);
            }
        }
    }
}
