"""Prepares the parcel that the teacher learns from: news, tokenizer, tagged rows.

    prepare.py SHARED PARCEL [GOLD.spans.jsonl]
"""
import bz2, gzip, json, sys
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

import columns, gold, words

CHUNKS = 64
VOCABULARY = 24000
SPECIAL = ["[PAD]", "[UNK]", "[MASK]", "[SEP]", "[NL]"]
FOLDS = 3
ROW_SENTENCES = 8


def news(shared):
    """Every distinct text of the news, in the order of the files, and which texts to leave out."""
    apart = set((Path(shared) / "gold/keep-apart.txt").read_text(encoding="utf-8").split("\n"))
    dev = [json.loads(l) for l in open(Path(shared) / "gold/dev.jsonl", encoding="utf-8")]
    apart |= {a["id"] for a in dev}
    apart_texts = {a["text"] for a in dev}
    known, skip = {}, set()
    for f in sorted((Path(shared) / "news").glob("*.jsonl.gz")):
        for a in map(json.loads, gzip.open(f, "rt", encoding="utf-8")):
            i = known.setdefault(a["text"], len(known))
            if a["id"] in apart or a["text"] in apart_texts:
                skip.add(i)
    return list(known), sorted(skip)


def pack(job):
    """Texts as folded words, one byte a character, compressed; rare characters stand in a list of
    their own."""
    texts, alphabet, path = job
    table = {ord(c): i for i, c in enumerate(alphabet)}
    joined = "\0".join(" ".join(words.folded(t)) for t in texts)
    rare = "".join(c for c in joined if ord(c) not in table)
    body = bytes(table.get(ord(c), 255) for c in joined)
    path.write_bytes(bz2.compress(body, 9))
    path.with_suffix(".rare").write_text(rare, encoding="utf-8", newline="")


def unpack(job):
    """What `pack` packed: the words of each text."""
    path, alphabet = job
    rare = iter(open(path.with_suffix(".rare"), encoding="utf-8", newline="").read())
    table = {i: c for i, c in enumerate(alphabet)}
    table[255] = "\uffff"
    parts = bz2.decompress(path.read_bytes()).decode("latin-1").translate(table).split("\uffff")
    joined = "".join(p + next(rare, "") for p in parts[:-1]) + parts[-1]
    return [t.split(" ") for t in joined.split("\0")]


def tokenizer(texts):
    t = Tokenizer(models.BPE(unk_token="[UNK]"))
    t.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.BpeTrainer(vocab_size=VOCABULARY, min_frequency=3, special_tokens=SPECIAL,
                                  limit_alphabet=300, show_progress=False)
    t.train_from_iterator((" ".join("▁" + w for w in words.folded(x) if w != "\n") for x in texts), trainer)
    return t


def tagged(text, spans):
    """Words of a text, a tag for each, and how many letters stand in front of each name."""
    places = words.split(text)
    tags, cuts, k = ["O"] * len(places), [0] * len(places), 0
    for start, end, kind in spans:
        while k < len(places) and places[k][1] <= start:
            k += 1
        first = k
        while k < len(places) and places[k][0] < end:
            tags[k] = ("B-" if k == first else "I-") + kind
            k += 1
        if first < len(places):
            cuts[first] = max(0, min(3, start - places[first][0]))
    return [words.fold(text[a:b]) for a, b in places], tags, cuts


def of_columns(task, sentences):
    """Rows of neighboring sentences."""
    row, at = [], None
    for where, sentence in sentences:
        if row and (where != at or len(row) >= ROW_SENTENCES):
            yield columns_row(task, at, row)
            row = []
        at = where
        row.append(sentence)
    if row:
        yield columns_row(task, at, row)


def columns_row(task, where, sentences):
    out, tags = [], []
    for word, tag in (x for s in sentences for x in s):
        for i, w in enumerate(words.folded(word)):
            out.append(w)
            tags.append("I" + tag[1:] if i and tag != "O" else tag)
    return {"task": task, "set": where, "fold": -1, "words": out, "tags": tags, "cuts": [0] * len(out)}


def rows(shared):
    """Rows of all tasks; casts in folds that keep outlets together."""
    casts = list(gold.articles(shared))
    size = Counter()
    for a in casts:
        size[a["source"]] += len(a["text"]) * (a["set"] != "dev")
    weight, fold = [0] * FOLDS, {}
    for source, n in size.most_common():
        fold[source] = weight.index(min(weight))
        weight[fold[source]] += n
    for a in casts:
        w, tags, cuts = tagged(a["text"], a["spans"])
        yield {"task": "cast", "set": a["set"], "id": a["id"], "fold": fold[a["source"]], "words": w, "tags": tags, "cuts": cuts}
    yield from of_columns("fane", columns.newsfane(shared))
    yield from of_columns("wojood-outer", columns.wojood(shared, 0))
    yield from of_columns("wojood-inner", columns.wojood(shared, -1))


def main():
    shared, parcel = Path(sys.argv[1]), Path(sys.argv[2])
    parcel.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) > 3:
        with open(sys.argv[3], "w", encoding="utf-8") as out:
            for a in gold.articles(shared):
                out.write(json.dumps({"set": a["set"], "id": a["id"], "spans": a["spans"]}, ensure_ascii=False) + "\n")
    with bz2.open(parcel / "rows.jsonl.bz2", "wt", encoding="utf-8") as out:
        for row in rows(shared):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    texts, skip = news(shared)
    left_out = set(skip)
    tokenizer(t for i, t in enumerate(texts) if i % 3 == 0 and i not in left_out).save(str(parcel / "tokenizer.json"))
    alphabet = "\0" + "".join(c for c, _ in count(texts[::4]).most_common(250) if c not in "\0\uffff")
    size = -(-len(texts) // CHUNKS)
    jobs = [(texts[i * size:(i + 1) * size], alphabet, parcel / f"news.{i:02}.bz2") for i in range(CHUNKS)]
    with Pool(2) as pool:
        pool.map(pack, jobs, chunksize=1)
    (parcel / "news.json").write_text(json.dumps({"texts": len(texts), "skip": skip, "alphabet": alphabet}), encoding="utf-8")
    assert unpack((jobs[5][2], alphabet)) == [words.folded(t) for t in jobs[5][0]]


def count(texts):
    total = Counter()
    for t in texts:
        total.update(" ".join(words.folded(t)))
    return total


if __name__ == "__main__":
    main()
