"""Learns the teacher and lets it label the news, within a budget of time.

    teacher.py PARCEL OUT [--pretrain SECONDS] [--seeds N] [--deadline SECONDS]
               [--keep FILE] [--encoder FILE] [--first-text N] [--rehearse]
"""
import argparse, bz2, json, os, time
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from finetune import Pieces, Tags, finetune, measure
from gold import TYPES
from label import label
from model import Config, Encoder
from prepare import FOLDS, unpack
from pretrain import pretrain

START = time.time()


def log(text):
    print(f"[{time.time() - START:6.1f}] {text}", flush=True)


def distinct(job):
    """The distinct words of packed texts."""
    return {w for t in unpack(job) for w in t}


def numbered(job):
    """Packed texts as pieces."""
    return [PIECES.of(t) for t in unpack(job)]


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("parcel", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--pretrain", type=float, default=300)
    ap.add_argument("--seeds", type=int, default=4)
    ap.add_argument("--epochs", type=int, default=10)
    ap.add_argument("--deadline", type=float, default=540, help="no further model is begun when labeling would end later")
    ap.add_argument("--label-seconds", type=float, default=15, help="what one model is thought to take for labeling")
    ap.add_argument("--keep", type=Path, help="where the encoder is kept")
    ap.add_argument("--encoder", type=Path, help="an encoder that was kept, to go on from")
    ap.add_argument("--first-text", type=int, default=0, help="the first text to label, where an earlier run stopped")
    ap.add_argument("--tiny", action="store_true", help="the same with a small encoder")
    ap.add_argument("--rehearse", action="store_true", help="the true sizes on little data, to see that everything runs")
    ap.add_argument("--no-compile", action="store_true")
    o = ap.parse_args()
    o.rehearse |= o.tiny
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_float32_matmul_precision("high")
    workers = os.cpu_count() or 1
    o.out.mkdir(parents=True, exist_ok=True)

    about = json.loads((o.parcel / "news.json").read_text(encoding="utf-8"))
    jobs = [(f, about["alphabet"]) for f in sorted(o.parcel.glob("news.*.bz2"))][:1 if o.rehearse else None]
    rows = [json.loads(line) for line in bz2.open(o.parcel / "rows.jsonl.bz2", "rt", encoding="utf-8")]
    rows = rows[::12] if o.rehearse else rows
    global PIECES
    PIECES = pieces = Pieces(Tokenizer.from_file(str(o.parcel / "tokenizer.json")))
    known = {w for r in rows for w in r["words"]}
    with Pool(workers) as pool:
        for words in pool.imap_unordered(distinct, jobs):
            known |= words
    log(f"{device}, {workers} cores, {len(rows)} rows, {len(known)} distinct words")
    pieces.learn(known)
    pool = Pool(workers)  # Made before the device is touched.
    texts = [t for part in pool.imap(numbered, jobs) for t in part]
    assert o.rehearse or len(texts) == about["texts"]
    log(f"{len(texts)} texts, {sum(len(sizes) for _, sizes in texts)} words, {sum(len(ids) for ids, _ in texts)} pieces")
    tags = {"cast": Tags(TYPES)}
    for task in ("fane", "wojood-outer", "wojood-inner"):
        tags[task] = Tags(sorted({t[2:] for r in rows if r["task"] == task for t in r["tags"] if t != "O"}))

    config = Config(pieces.size)
    batch = 128
    if o.tiny:
        config, batch = Config(pieces.size, width=64, layers=2, heads=2, hidden=128, length=128), 8
    if o.encoder:
        encoder = Encoder(config).to(device)
        encoder.load_state_dict(torch.load(o.encoder, map_location=device, weights_only=True))
    else:
        line, starts = stream(texts, set(about["skip"]), pieces.sep)
        log(f"{len(line)} pieces to learn on, {sum(p.numel() for p in Encoder(config).parameters()) / 1e6:.1f} M weights")
        encoder = pretrain(config, line, starts, pieces.line + 1, pieces.mask, o.pretrain, batch, device,
                           device == "cuda" and not o.no_compile, log)
        if o.keep:
            torch.save(encoder.state_dict(), o.keep)

    def learn(chosen, seed):
        return finetune(encoder, chosen, pieces, tags, device, seed, epochs=1 if o.rehearse else o.epochs, log=log)

    def in_time(models, more):
        begun = time.time() - START
        return begun + more + (models + 1) * o.label_seconds < o.deadline

    learnable = [r for r in rows if r["set"] != "dev"]
    dev = {task: [r for r in rows if r["set"] == "dev" and r["task"] == task] for task in ("cast", "fane")}
    models, took = [], 0.0
    for seed in range(o.seeds):
        if models and not in_time(len(models), took):
            break
        t = time.time()
        models.append(learn(learnable, seed))
        took = time.time() - t
        for task, r in dev.items():
            measure(models[-1:], task, tags[task], r, pieces, config.length, device, lambda s: log(f"dev, seed {seed}: {s[:120]}"))
    for task, r in dev.items():
        measure(models, task, tags[task], r, pieces, config.length, device, lambda s: log(f"dev, mean of {len(models)}: {s}"))
    t = time.time()
    label(models, tags["cast"], texts[o.first_text:], pieces, config.length, device, o.out, pool, workers, log, 500 if o.rehearse else 16000)
    log(f"labeled in {time.time() - t:.1f} s")
    for fold in range(FOLDS):
        if time.time() - START + took + 3 > o.deadline:
            break
        model = learn([r for r in learnable if r["fold"] != fold], 10 + fold)
        held = [r for r in learnable if r["fold"] == fold]
        measure([model], "cast", tags["cast"], held, pieces, config.length, device, lambda s: log(f"fold {fold}, unseen outlets: {s}"))
    pool.terminate()
    log("end")


def stream(texts, skip, sep):
    """The pieces of all texts in a row, and where words begin."""
    ids, starts = [], []
    for i, (part, sizes) in enumerate(texts):
        if i not in skip:
            begin = np.zeros(len(part) + 1, bool)
            begin[np.cumsum(sizes, dtype=np.int64)] = begin[0] = True
            ids += [part, np.array([sep], np.int16)]
            starts.append(begin)
    return np.concatenate(ids), np.concatenate(starts)


if __name__ == "__main__":
    main()
