#!/usr/bin/env python3
"""Trains UDPipe and spaCy on the shared data once and times them beside rawi.

Example:
  python3 benches/peers/compare.py --shared ../shared --work /tmp/peers
"""
import argparse
import collections
import glob
import gzip
import json
import os
import random
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PERSON = "Politician Athlete Artist Other_PER Religious_PER Scientist Businessperson Lawyer Engineer Police"
ORGANIZATION = ("Non-Governmental Commercial Sports Educational Religious_ORG Medical-Science "
                "Entertainment Media")
PLACE = ("Nation Population-Center State-or-Province County-or-District GPE-Cluster Continent "
         "Water-Body Land-Region-Natural")
CLASSES = {c: t for t, names in (("PERS", PERSON), ("ORG", ORGANIZATION), ("LOC", PLACE))
           for c in names.split()}


def fail(message):
    sys.exit(f"compare.py: {message}")


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shared", required=True, help="folder with data/ and news/")
    p.add_argument("--work", required=True, help="folder for the environment, models and samples")
    p.add_argument("--articles", type=int, default=1000, help="articles to time (default 1000)")
    p.add_argument("--format", choices=["table", "json"], default="table", help="how to print the figures")
    p.add_argument("--epochs", type=int, default=6, help="passes over the data for spaCy (default 6)")
    p.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return p.parse_args()


def environment(args):
    """Runs this script again inside a virtual environment with the peers."""
    python = os.path.join(args.work, "venv", "bin", "python")
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", os.path.join(args.work, "venv")], check=True)
        pip = [python, "-m", "pip", "install", "-q", "-r", os.path.join(HERE, "requirements.txt")]
        if subprocess.run(pip).returncode:
            fail("pip could not install the peers; remove the folder `venv` to try again")
    os.execv(python, [python, os.path.abspath(__file__), *sys.argv[1:], "--inside"])


def pud(shared):
    """Sentences of PUD in CoNLL-U; every tenth is held out."""
    text = open(os.path.join(shared, "data/ud-pud/ar_pud-ud-test.conllu"), encoding="utf-8").read()
    sentences = [s for s in text.strip().split("\n\n") if s]
    train = [s for i, s in enumerate(sentences) if i % 10]
    return "\n\n".join(train) + "\n\n", [s for i, s in enumerate(sentences) if i % 10 == 0]


def udpipe(args):
    from ufal.udpipe import Model, Pipeline, ProcessingError, Sentence, Sentences, InputFormat, Trainer
    path = os.path.join(args.work, "udpipe-tokenizer-tagger-parser.model")
    train, held = pud(args.shared)
    if not os.path.exists(path):
        print("training UDPipe (some minutes)", file=sys.stderr)
        data, reader = Sentences(), InputFormat.newConlluInputFormat()
        reader.setText(train)
        sentence = Sentence()
        while reader.nextSentence(sentence):
            data.append(sentence)
            sentence = Sentence()
        error = ProcessingError()
        model = Trainer.train("morphodita_parsito", data, Sentences(), "epochs=20", "", "", error)
        if error.occurred():
            fail(f"UDPipe: {error.message}")
        with open(path + ".tmp", "wb") as out:
            out.write(model)
        os.replace(path + ".tmp", path)
    model = Model.load(path)
    tagged = attached = total = 0
    pipeline = Pipeline(model, "conllu", Pipeline.DEFAULT, Pipeline.DEFAULT, "conllu")
    for gold in held:
        found = pipeline.process(gold + "\n\n")
        rows = lambda t: [l.split("\t") for l in t.split("\n") if re.match(r"\d+\t", l)]
        for a, b in zip(rows(gold), rows(found), strict=True):
            total += 1
            tagged += a[3] == b[3]
            attached += a[6] == b[6]
    tags, trees = (Pipeline(model, "tokenize", Pipeline.DEFAULT, parser, "conllu")
                   for parser in (Pipeline.NONE, Pipeline.DEFAULT))
    # A pipeline does not keep its model alive.
    return model, tags, trees, 100 * tagged / total, 100 * attached / total


def columns(path):
    sentence = []
    for line in open(path, encoding="utf-8"):
        parts = line.rstrip("\n").split("\t")
        if len(parts) > 1:
            sentence.append((parts[0].strip(), parts[1]))
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def spans(sentence, name):
    """Exact spans of the types that `name` gives."""
    out, start, kind = [], None, None
    for i, (_, tag) in enumerate(sentence + [("", "O")]):
        place, _, cls = tag.partition("-")
        here = name(cls) if place in "BI" and cls else None
        if kind and (here != kind or place == "B"):
            out.append((start, i, kind))
            kind = None
        if here and not kind:
            start, kind = i, here
    return out


def fold(text):
    text = re.sub("[\u064b-\u0652\u0640]", "", text)
    return text.translate(str.maketrans("أإآٱىئؤة", "اااايي" + "وه")) or "-"


def spacy_ner(args):
    import spacy
    from spacy.training import Example
    from spacy.util import fix_random_seed, minibatch
    dev = list(columns(os.path.join(args.shared, "data/ner-anercorp/dev.conll")))
    letters = lambda s: fold("".join(w for w, _ in s))
    shingles = lambda t: {t[i:i + 24] for i in range(len(t) - 23)}
    known = set().union(*(shingles(letters(s)) for s in dev))
    path = os.path.join(args.work, "spacy-model")
    if not os.path.exists(path):
        print("training spaCy (some minutes)", file=sys.stderr)
        fix_random_seed(1)
        nlp = spacy.blank("ar")
        nlp.add_pipe("ner")
        examples = []
        for s in columns(os.path.join(args.shared, "data/ner-newsfane/train.conll")):
            if shingles(letters(s)) & known:
                continue
            doc = spacy.tokens.Doc(nlp.vocab, [fold(w) for w, _ in s])
            ents = [spacy.tokens.Span(doc, a, b, k) for a, b, k in spans(s, CLASSES.get)]
            gold = spacy.tokens.Doc(nlp.vocab, [fold(w) for w, _ in s])
            gold.set_ents([spacy.tokens.Span(gold, e.start, e.end, e.label_) for e in ents])
            examples.append(Example(doc, gold))
        nlp.initialize(lambda: examples)
        for _ in range(args.epochs):
            random.Random(1).shuffle(examples)
            for batch in minibatch(examples, 32):
                nlp.update(batch)
        nlp.to_disk(path)
    nlp = spacy.load(path)
    right = found = wanted = 0
    for s in dev:
        doc = nlp(spacy.tokens.Doc(nlp.vocab, [fold(w) for w, _ in s]))
        a = {(e.start, e.end, e.label_) for e in doc.ents}
        b = set(spans(s, lambda c: c if c in ("PERS", "LOC", "ORG") else None))
        right, found, wanted = right + len(a & b), found + len(a), wanted + len(b)
    return nlp, 200 * right / (found + wanted)


def sample(args):
    """Articles in equal shares by source, always the same ones."""
    path = os.path.join(args.work, f"articles-{args.articles}.jsonl")
    if not os.path.exists(path):
        by = collections.defaultdict(list)
        for name in sorted(glob.glob(os.path.join(args.shared, "news/*.jsonl.gz"))):
            for line in gzip.open(name, "rt", encoding="utf-8"):
                article = json.loads(line)
                by[str(article.get("source"))].append((article["id"], article["text"]))
        dice, out = random.Random(1), []
        for source in sorted(by):
            dice.shuffle(by[source])
        while len(out) < args.articles and any(by.values()):
            out += [by[source].pop() for source in sorted(by) if by[source]]
        with open(path, "w", encoding="utf-8") as f:
            for i, text in out[:args.articles]:
                f.write(json.dumps({"id": i, "text": text}, ensure_ascii=False) + "\n")
    return path, [json.loads(line)["text"] for line in open(path, encoding="utf-8")]


def median(run):
    run()
    times = []
    for _ in range(3):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return sorted(times)[1]


def rawi(task, path):
    command = ["cargo", "run", "--release", "-q", "-p", "rawi-train", "--", "speed", "--task", task, path]
    done = subprocess.run(command, cwd=os.path.join(HERE, "../.."), capture_output=True, text=True)
    if done.returncode:
        fail(f"rawi could not be timed:\n{done.stderr}")
    line = json.loads(done.stdout)
    return line["words"] / line["seconds"]


def main():
    args = arguments()
    args.shared, args.work = os.path.abspath(args.shared), os.path.abspath(args.work)
    if not os.path.isdir(os.path.join(args.shared, "data")):
        fail(f"{args.shared} has no folder data/")
    os.makedirs(args.work, exist_ok=True)
    if not args.inside:
        environment(args)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    path, texts = sample(args)
    words = sum(len(t.split()) for t in texts)
    model, tagger, parser, accuracy, attached = udpipe(args)
    nlp, f1 = spacy_ner(args)
    tag_speed = words / median(lambda: [tagger.process(t) for t in texts])
    tree_speed = words / median(lambda: [parser.process(t) for t in texts])
    ner_speed = words / median(lambda: [nlp(t) for t in texts])
    tags, names, whole = (rawi(task, path) for task in ("tags", "names", "read"))
    cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "?")
    del model
    figures = {
        "articles": len(texts), "words": words, "processor": cpu,
        "tags": [tag_speed, tags, accuracy], "trees": [tree_speed, whole, attached], "names": [ner_speed, names, f1],
    }
    if args.format == "json":
        print(json.dumps(figures))
        return
    print(f"{len(texts)} articles, {words} words, one core of {cpu}\n\n{table(figures)}")


def table(figures):
    """The figures as a Markdown table."""
    row = lambda task, system, speed, ratio, note: f"| {task} | {system} | {speed:,.0f} | {ratio} | {note} |\n"
    pair = lambda name, task, peer, own, notes: (
        row(task, peer, figures[name][0], f"{figures[name][1] / figures[name][0]:.0f} ×", notes[0].format(figures[name][2]))
        + row(own, "rawi", figures[name][1], "", notes[1]))
    return (
        "| task | system | words/s | rawi is faster by | accuracy |\n|---|---|---:|---:|---|\n"
        + pair("tags", "segmentation and tags", "UDPipe 1.4", "segmentation and tags",
               ("UPOS {:.1f} on a tenth of PUD", "see docs/models.md"))
        + pair("trees", "segmentation, tags and trees", "UDPipe 1.4", "whole readings (statements, speakers, times, events), JSON included",
               ("UAS {:.1f} on a tenth of PUD", "see docs/statements.md, docs/events.md"))
        + pair("names", "names", "spaCy 3.8", "names, segmentation and tags included",
               ("F1 {:.1f} on ANERcorp dev", "see docs/models.md")))


if __name__ == "__main__":
    main()
