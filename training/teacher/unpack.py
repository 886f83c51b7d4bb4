"""Turns the teacher's labels into spans of the articles, in the order of the files.

    unpack.py SHARED LABELS_FOLDER NEWS.labels.jsonl.gz
"""
import gzip, json, sys
from collections import Counter
from pathlib import Path

import words


def main():
    shared, folder, out = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    labels = []
    for f in sorted(folder.glob("labels.*.gz"), key=lambda f: int(f.name.split(".")[1])):
        labels += gzip.open(f, "rt", encoding="utf-8").read().splitlines()
    known, counts = {}, Counter()
    with gzip.open(out, "wt", encoding="utf-8", compresslevel=6) as sink:
        for f in sorted((shared / "news").glob("*.jsonl.gz")):
            for a in map(json.loads, gzip.open(f, "rt", encoding="utf-8")):
                text = a["text"]
                number = known.setdefault(text, len(known))
                places = words.split(text)
                spans = []
                for first, behind, kind, sure, cut in json.loads(labels[number]):
                    start, end = places[first][0], places[behind - 1][1]
                    # Attached letters in front are no part of a name.
                    if kind != "TITLE" and start + cut < places[first][1]:
                        start += cut
                    spans.append([start, end, kind, sure / 100])
                    counts[kind] += 1
                counts["articles"] += 1
                sink.write(json.dumps({"file": f.name, "id": a["id"], "spans": spans}, ensure_ascii=False) + "\n")
    assert len(known) == len(labels)
    print(dict(counts))


if __name__ == "__main__":
    main()
