"""Learns to tag words on a pretrained encoder, and measures."""
import copy
from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F

from columns import COARSE
from gold import TYPES
from model import Tagger
from optimizer import schedule

IGNORED = -100
GROUPS = {"PER": "PER", "ORG": "ORG", "MEDIA": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "GROUP": "GROUP", "TITLE": "TITLE"}


class Tags:
    """The tags of a task: O, and B and I of each kind; which may follow which."""

    def __init__(self, kinds):
        self.kinds = list(kinds)
        self.number = {"O": 0, **{f"{b}-{k}": 1 + 2 * i + (b == "I") for i, k in enumerate(self.kinds) for b in "BI"}}
        n = len(self.number)
        follows = np.zeros((n, n))
        for i in range(len(self.kinds)):
            follows[:, 2 + 2 * i] = -1e9
            follows[[1 + 2 * i, 2 + 2 * i], 2 + 2 * i] = 0
        self.follows = follows

    def best(self, logs):
        """The best allowed tags of a row of log-probabilities (words x tags)."""
        score, back = logs[0].copy(), np.zeros(logs.shape, np.int16)
        score[2::2] = -1e9
        for t in range(1, len(logs)):
            all_ = score[:, None] + self.follows
            back[t] = all_.argmax(0)
            score = all_.max(0) + logs[t]
        path = [int(score.argmax())]
        for t in range(len(logs) - 1, 0, -1):
            path.append(int(back[t, path[-1]]))
        return path[::-1]

    def spans(self, path):
        """(first word, word behind the last, kind) of a path of tags."""
        out, start = [], None
        for i, tag in enumerate([*path, 0]):
            if start is not None and (tag == 0 or tag % 2 == 1):
                out.append((start, i, self.kinds[(path[start] - 1) // 2]))
                start = None
            if tag % 2 == 1:
                start = i
        return out


class Pieces:
    """Words as pieces, each distinct word taken apart once."""

    LONGEST = 8  # Pieces of a word that are kept.

    def __init__(self, tokenizer):
        self.tokenizer, self.known = tokenizer, {}
        self.line, self.sep, self.mask, self.dot = (tokenizer.token_to_id(x) for x in ("[NL]", "[SEP]", "[MASK]", "▁."))
        self.size = tokenizer.get_vocab_size()

    def learn(self, words):
        new = sorted(w for w in words if w not in self.known)
        for w, e in zip(new, self.tokenizer.encode_batch(["▁" + w for w in new])):
            self.known[w] = e.ids[:self.LONGEST]
        self.known["\n"] = [self.line]

    def of(self, words):
        """The pieces of words in a row, and how many each word has."""
        parts = [self.known[w] for w in words]
        sizes = np.fromiter(map(len, parts), np.uint8, len(parts))
        return np.fromiter((p for x in parts for p in x), np.int16, int(sizes.sum())), sizes

    def rows(self, ids, sizes, length):
        """Rows that end with a paragraph, or a sentence, where they can: (first word, word behind,
        pieces, places of the words)."""
        edges = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
        heads = ids[edges[:-1]]
        start, n = 0, len(sizes)
        while start < n:
            end = int(np.searchsorted(edges, edges[start] + length, "right")) - 1
            if end < n:
                low = start + (end - start) // 3
                for mark in (self.line, self.dot):
                    found = np.flatnonzero(heads[low:end] == mark)
                    if len(found):
                        end = low + int(found[-1]) + 1
                        break
            yield start, end, ids[edges[start]:edges[end]], edges[start:end] - edges[start]
            start = end


def batches(rows, budget):
    """Rows of about one length together, `budget` pieces with padding."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][2]))
    batch, longest = [], 0
    for i in order:
        longest = padded(len(rows[i][2]))
        if batch and longest * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def padded(n):
    return -(-n // 64) * 64


def pad(arrays, fill, length):
    out = np.full((len(arrays), length), fill, np.int64)
    for i, a in enumerate(arrays):
        out[i, :len(a)] = a
    return out


def examples(rows, pieces, tags, length):
    """Rows as pieces with a tag and a cut at the first piece of each word."""
    out = []
    for row in rows:
        t = tags[row["task"]]
        for a, b, ids, places in pieces.rows(*pieces.of(row["words"]), length):
            tag, cut = np.full(len(ids), IGNORED), np.full(len(ids), IGNORED)
            tag[places] = [t.number.get(x, 0) for x in row["tags"][a:b]]
            if row["task"] == "cast":
                cut[places] = [c if x.startswith("B") and x != "B-TITLE" else IGNORED for c, x in zip(row["cuts"][a:b], row["tags"][a:b])]
            out.append((row["task"], tag, ids, cut))
    return out


def finetune(encoder, rows, pieces, tags, device, seed, epochs=8, lr=2e-4, batch=16384, side=0.5, log=print):
    """A tagger learned on `rows`; `side` is the weight of the tasks beside the casts."""
    torch.manual_seed(seed)
    model = Tagger(copy.deepcopy(encoder), {k: len(t.number) for k, t in tags.items()}).to(device).train()
    body = list(model.encoder.parameters())
    of_body = {id(p) for p in body}
    heads = [p for p in model.parameters() if id(p) not in of_body]
    groups = [{"params": body, "lr": lr}, {"params": heads, "lr": 2e-3}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=device == "cuda")
    rates = [g["lr"] for g in groups]
    data = examples(rows, pieces, tags, encoder.config.length)
    rng = np.random.default_rng(seed)
    step, steps = 0, None
    for epoch in range(epochs):
        # Rows of like length together, but never the same ones.
        noise = rng.uniform(0, 64, len(data))
        order = sorted(range(len(data)), key=lambda i: len(data[i][2]) + noise[i])
        plan, now, longest = [], [], 0
        for i in order:
            longest = max(longest, padded(len(data[i][2])))
            if now and longest * (len(now) + 1) > batch:
                plan.append(now)
                now, longest = [], padded(len(data[i][2]))
            now.append(i)
        plan.append(now)
        rng.shuffle(plan)
        steps = steps or len(plan) * epochs
        total = 0.0
        for chosen in plan:
            length = padded(max(len(data[i][2]) for i in chosen))
            ids, tag, cut = (torch.from_numpy(pad([data[i][k] for i in chosen], fill, length)).to(device)
                             for k, fill in ((2, 0), (1, IGNORED), (3, IGNORED)))
            with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
                # A few pieces are hidden, so that names are known by their surroundings too.
                hidden = (torch.rand(ids.shape, device=device) < 0.06) & (ids > pieces.line)
                states = model.encoder(ids.masked_fill(hidden, pieces.mask), ids != 0, 0.1)
                loss = 0.0
                for task, head in model.heads.items():
                    own = [j for j, i in enumerate(chosen) if data[i][0] == task]
                    if own:
                        logits = head(F.dropout(states[own], 0.1)).float()
                        want = tag[own]
                        share = F.cross_entropy(logits.flatten(0, 1), want.flatten(), ignore_index=IGNORED, reduction="sum", label_smoothing=0.03)
                        loss = loss + share * (1.0 if task == "cast" else side)
                loss = loss / (tag != IGNORED).sum()
                if (cut != IGNORED).any():
                    loss = loss + 0.1 * F.cross_entropy(model.cut(states).float().flatten(0, 1), cut.flatten(), ignore_index=IGNORED)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            factor = schedule(min(1.0, (step + 1) / steps), 0.1)
            for g, rate in zip(optimizer.param_groups, rates):
                g["lr"] = rate * factor
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            total += loss.detach()
        if epoch in (0, epochs - 1):
            log(f"  seed {seed} epoch {epoch + 1} of {epochs}: {len(plan)} steps, loss {float(total) / len(plan):.4f}")
    return model.eval()


@torch.inference_mode()
def read(models, task, follows, all_rows, device, budget=65536):
    """For each row (first word, behind, pieces, places) what the mean of the models holds most
    likely, word by word: (tags, their probabilities, cuts, all probabilities if the tags do not
    follow one another, else None)."""
    out = [None] * len(all_rows)
    allowed = torch.from_numpy(follows == 0).to(device)
    for chosen in batches(all_rows, budget):
        length = padded(len(all_rows[chosen[-1]][2]))
        ids = torch.from_numpy(pad([all_rows[i][2] for i in chosen], 0, length)).to(device)
        sizes = [len(all_rows[i][3]) for i in chosen]
        where = np.concatenate([all_rows[i][3] + k * length for k, i in enumerate(chosen)])
        where = torch.from_numpy(where).to(device)
        tag, cut = 0, 0
        for model in models:
            with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
                states = model.encoder(ids, ids != 0).flatten(0, 1)[where]
                tag = tag + model.heads[task](states).float().softmax(-1) / len(models)
                cut = cut + model.cut(states).float().softmax(-1) / len(models)
        sure, path = tag.max(-1)
        starts = np.cumsum([0, *sizes[:-1]])
        before = path.roll(1)
        before[torch.from_numpy(starts).to(device)] = 0
        good = allowed[before, path].cpu().numpy()
        tag, sure = tag.half().cpu().numpy(), sure.half().cpu().numpy()
        path, cut = path.byte().cpu().numpy(), cut.argmax(-1).byte().cpu().numpy()
        for i, a, n in zip(chosen, starts, sizes):
            b = a + n
            out[i] = (path[a:b], sure[a:b], cut[a:b], None if good[a:b].all() else tag[a:b])
    return out


def predict(models, task, tags, words, pieces, length, device):
    """For each row of words the spans (first, behind, kind) with their probability and cut."""
    rows, owner = [], []
    for k, w in enumerate(words):
        for row in pieces.rows(*pieces.of(w), length):
            rows.append(row)
            owner.append(k)
    out = [[] for _ in words]
    for k, row, found in zip(owner, rows, read(models, task, tags.follows, rows, device)):
        out[k] += decode(tags, row[0], *found)
    return out


def decode(tags, base, path, sure, cut, tag):
    """Spans of a row that was read; the surety of a span is that of its least sure word."""
    if tag is not None:
        tag = tag.astype(np.float32)
        path = tags.best(np.log(tag + 1e-6))
        sure = tag[np.arange(len(path)), path]
    return [(base + a, base + b, kind, float(sure[a:b].min()), int(cut[a])) for a, b, kind in tags.spans(path)]


def coarse(task, spans):
    return [(a, b, COARSE[k] if task == "fane" else k) for a, b, k, *_ in spans if task != "fane" or k in COARSE]


def measure(models, task, tags, rows, pieces, length, device, show):
    """Precision, recall and F1 of exact spans: by type, by group, and of names whatever the type."""
    found = predict(models, task, tags, [r["words"] for r in rows], pieces, length, device)
    counts, cuts = Counter(), Counter()
    for row, spans in zip(rows, found):
        path = [tags.number.get(t, 0) for t in row["tags"]]
        gold, mine = set(coarse(task, tags.spans(path))), set(coarse(task, spans))
        for name, keep in views():
            g, m = ({keep(s) for s in x if keep(s)} for x in (gold, mine))
            counts[name, "g"] += len(g)
            counts[name, "p"] += len(m)
            counts[name, "h"] += len(g & m)
        for a, b, kind, _, cut in spans:
            if (a, b, kind) in gold and kind != "TITLE":
                cuts[cut == row["cuts"][a]] += 1
    parts = []
    for name, _ in views():
        g, p, h = (counts[name, x] for x in "gph")
        if g:
            parts.append(f"{name} P {h / max(1, p):.3f} R {h / g:.3f} F1 {2 * h / max(1, p + g):.3f} ({g})")
    show(f"{task}: " + " | ".join(parts) + (f" | cuts right {cuts[True] / max(1, sum(cuts.values())):.3f}" if task == "cast" else ""))
    return found


def views():
    """What is counted: a name and what of a span counts for it."""
    yield "names.all", lambda s: s[:2] if s[2] != "TITLE" else None
    yield "names typed", lambda s: (s[0], s[1], GROUPS[s[2]]) if s[2] != "TITLE" else None
    for group in ("PER", "ORG", "PLACE", "GROUP"):
        yield "names." + group, lambda s, group=group: s[:2] if GROUPS[s[2]] == group else None
    for kind in TYPES:
        yield kind, lambda s, kind=kind: s[:2] if s[2] == kind else None
