"""Labels all news with the mean of several taggers."""
import gzip, json

from finetune import decode, read


def _decode(job):
    tags, rows = job
    return [(owner, s) for owner, base, found in rows for s in decode(tags, base, *found)]


def label(models, tags, texts, pieces, length, device, folder, pool, workers, log, block=16000):
    """Writes a line for each text (its pieces, and how many each word has), in several files:
    [[first word, word behind, kind, surety in percent, cut], ...]."""
    waiting = None
    for number, start in enumerate(range(0, len(texts), block)):
        part = texts[start:start + block]
        rows, owner = [], []
        for k, text in enumerate(part):
            for row in pieces.rows(*text, length):
                rows.append(row)
                owner.append(k)
        found = read(models, "cast", tags.follows, rows, device)
        jobs = [(k, row[0], f) for k, row, f in zip(owner, rows, found)]
        size = -(-len(jobs) // (workers * 4))
        if waiting:
            write(*waiting)
        waiting = (pool.map_async(_decode, [(tags, jobs[i:i + size]) for i in range(0, len(jobs), size)], 1),
                   len(part), folder / f"labels.{number}.gz")
        log(f"label: {start + len(part)} of {len(texts)}")
    write(*waiting)


def write(results, n, path):
    lines = [[] for _ in range(n)]
    for chunk in results.get():
        for owner, (a, b, kind, sure, cut) in chunk:
            lines[owner].append([a, b, kind, round(sure * 100), cut])
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=6) as out:
        for spans in lines:
            out.write(json.dumps(spans, separators=(",", ":")) + "\n")
