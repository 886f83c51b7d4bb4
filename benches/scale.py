#!/usr/bin/env python3
"""Measures reading in columns and from Python: growth of the command, and Python beside it.

    PYTHON benches/scale.py measure --news NEWS… --draw DRAW [--rounds 3]
    PYTHON benches/scale.py articles --news NEWS… --number 20000 -o ARTICLES.parquet

PYTHON is that of an environment with the wheel of rawi and pyarrow; the command is the release
build. NEWS is JSON lines, gzipped or not, DRAW some of them unpacked. `measure` prints JSON,
`articles` writes so many of all outlets alike; `benches/figures.py` measures with both what
docs/scale.md and docs/python.md quote.

    growth      Parquet in, Parquet out, by one thread, of 1,000, 10,000 and 90,000 articles
    python      processor time of the command over that of Python for the same work
"""
import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow
from pyarrow import parquet

from figures import ROOT, timed

RAWI = ROOT / "target/release/rawi"
SIZES = (1_000, 10_000, 90_000)

def lines(files):
    for file in files:
        with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8") as text:
            yield from (json.loads(line) for line in text if line.strip())


def columns(articles, path):
    """Articles as a Parquet file in row groups of a thousand."""
    names = ("id", "title", "text", "date", "source")
    table = pyarrow.table({n: pyarrow.array([a.get(n) for a in articles], pyarrow.string()) for n in names})
    parquet.write_table(table, path, row_group_size=1000, compression="zstd")


def spread(articles, size):
    """So many of all outlets alike, so that more of them is more of the same."""
    return [articles[n * len(articles) // size] for n in range(min(size, len(articles)))]


def growth(news, folder):
    articles = list(lines(news))
    out = []
    for size in SIZES:
        some = spread(articles, size)
        path = folder / f"{size}.parquet"
        columns(some, path)
        readings = folder / f"readings-{size}.parquet"
        cpu, _, memory = timed(RAWI, "read", path, "--threads", "1", "-o", readings)
        out.append({
            "articles": len(some), "words": sum(len(a["text"].split()) for a in some), "cpu": round(cpu, 1), "mb": round(memory),
            "in": path.stat().st_size, "out": readings.stat().st_size,
            "statements": sum(len(s) for b in parquet.ParquetFile(readings).iter_batches(columns=["statements"]) for s in b[0]),
        })
    return out


# What Python does, each in a process of its own that tells its processor time.
WORK = {
    "json": "sum(len(r.to_json()) for r in rawi.read_batch(map(json.loads, open(draw, encoding='utf-8')), threads=1, on_error='return'))",
    "objects": "len(rawi.read_batch(map(json.loads, open(draw, encoding='utf-8')), threads=1, on_error='return'))",
    "arrow": "sum(b.num_rows for b in map(pyarrow.record_batch, rawi.read_arrow(parquet.read_table(columns), threads=1)))",
}
CHILD = """
import json, resource, sys
import pyarrow, rawi
from pyarrow import parquet
draw, columns = sys.argv[1:3]
rawi.read("وصل الوزير.")
def used():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
before = used()
{work}
print(used() - before)
"""


def beside_python(draw, folder, rounds):
    """How fast Python reads, the command being 1: processor time, the best of some rounds in turn."""
    table = folder / "draw.parquet"
    columns(list(lines([draw])), table)
    best = {}
    for _ in range(rounds):
        used = {"command": timed(RAWI, "read", draw, "--threads", "1", "--format", "jsonl")[0]}
        for name, work in WORK.items():
            child = [sys.executable, "-c", CHILD.replace("{work}", work), draw, table]
            used[name] = float(subprocess.run(child, check=True, capture_output=True, text=True).stdout)
        best = {name: min(best.get(name, seconds), seconds) for name, seconds in used.items()}
    return {name: round(best["command"] / seconds, 2) for name, seconds in best.items() if name != "command"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["measure", "articles"])
    parser.add_argument("--news", type=Path, nargs="+", required=True)
    parser.add_argument("--draw", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--number", type=int, default=20_000)
    parser.add_argument("-o", "--output", type=Path)
    args = parser.parse_args()
    if args.what == "articles":
        if not args.output:
            parser.error("articles needs -o")
        columns(spread(list(lines(args.news)), args.number), args.output)
        return
    if not args.draw:
        parser.error("measure needs --draw")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        print(json.dumps({"python": beside_python(args.draw, folder, args.rounds), "growth": growth(args.news, folder)}))


if __name__ == "__main__":
    main()
