"""Spans of names and titles: from casts by string search, from column files by their tags."""
import json
from pathlib import Path

NAMED = ("PER", "ORG", "MEDIA", "GPE", "LOC", "FAC", "GROUP")
TYPES = (*NAMED, "TITLE")
PROCLITICS = "وفبلك"
SETS = {
    "train": ("train.jsonl", "train.cast.jsonl"),
    "more": ("more.jsonl", "more.cast.jsonl"),
    "cast": ("cast/articles.jsonl", "cast/cast.jsonl"),
    "dev": ("dev.jsonl", "dev.cast.jsonl"),
}


def letter(c):
    return c.isalpha() or c in "\u0640\u200c" or "\u064b" <= c <= "\u065f" or c == "\u0670"


def forms(s):
    """A string as it may stand: after `ل`, `ال` contracts."""
    return [s] + (["ل" + s[2:], "ل" + s[1:]] if s.startswith("ال") else [])


def occurrences(text, strings):
    """Where (string, kind) stand, as score_cast.py finds them: the longest string wins, at word
    borders, with up to two attached letters in front."""
    strings = sorted(((f, k) for s, k in strings if s for f in forms(s)), key=lambda x: (-len(x[0]), x[0]))
    taken, out = [False] * (len(text) + 1), []
    for f, kind in strings:
        i = text.find(f)
        while i >= 0:
            j, k = i + len(f), i
            while k > 0 and i - k < 3 and letter(text[k - 1]):
                k -= 1
            ok = ((k == 0 or not letter(text[k - 1])) and all(c in PROCLITICS for c in text[k:i])
                  and (j == len(text) or not letter(text[j])))
            if ok and not any(taken[i:j]):
                taken[i:j] = [True] * (j - i)
                out.append((i, j, kind))
            i = text.find(f, i + 1)
    return sorted(out)


def outside(text, span, names):
    """The stretches of a title that no name covers, from word to word."""
    start, end, _ = span
    cuts = [(a, b) for a, b, _ in names if a < end and start < b]
    edges = [start, *(x for cut in cuts for x in cut), end]
    for a, b in zip(edges[::2], edges[1::2]):
        # Letters attached to the name that follows are no part of the title.
        if b < end:
            while b > a and letter(text[b - 1]):
                b -= 1
        while a < b and not text[a].isalnum():
            a += 1
        while a < b and not letter(text[b - 1]) and not text[b - 1].isdigit():
            b -= 1
        if a < b:
            yield a, b, "TITLE"


def spans(text, cast):
    """Names of a cast, and titles where no name stands."""
    names = occurrences(text, [(s, m["type"]) for m in cast if m["type"] in NAMED for s in m["mentions"]])
    titles = [(s, "TITLE") for m in cast for s in m.get("titles", []) + (m["mentions"] if m["type"] == "ANON" else [])]
    out = list(names)
    for span in occurrences(text, titles):
        out += outside(text, span, names)
    return sorted(out)


def articles(shared):
    """Every annotated article: set, id, source, text, spans."""
    folder = Path(shared) / "gold"
    for name, (texts, casts) in SETS.items():
        known = {a["id"]: a for a in map(json.loads, open(folder / texts, encoding="utf-8"))}
        for line in open(folder / casts, encoding="utf-8"):
            cast = json.loads(line)
            a = known[cast["id"]]
            yield {"set": name, "id": a["id"], "source": a.get("source") or "", "text": a["text"],
                   "spans": spans(a["text"], cast["cast"])}
