#!/usr/bin/env python3
"""Measures archives: how fast they are filled, how large they get, what a kill costs.

    benches/archive.py kill NEWS [--times 100]           # kills a run at random moments
    benches/archive.py grow NEWS --articles 1000000      # fills an archive with readings repeated
    benches/archive.py fill NEWS…                        # rate, size and memory, as JSON

NEWS is JSON lines, gzipped or not. Needs a release build and Python's standard library.
`benches/figures.py` uses `fill` for what docs/archive.md quotes.
"""
import argparse
import gzip
import html
import itertools
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RAWI = ROOT / "target/release/rawi"


def lines(files):
    for file in files:
        with (gzip.open if str(file).endswith(".gz") else open)(file, "rt", encoding="utf-8") as text:
            yield from (line for line in text if line.strip())


def timed(command, core=None):
    """Seconds by the clock and of processor time, and the most memory in MB, of one run."""
    import resource
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.time()
    pin = (lambda: os.sched_setaffinity(0, {core})) if core is not None else None
    child = subprocess.Popen([str(c) for c in command], stderr=subprocess.PIPE, text=True, preexec_fn=pin)
    most = 0
    while child.poll() is None:
        try:
            with open(f"/proc/{child.pid}/status") as status:
                most = max([most] + [int(l.split()[1]) for l in status if l.startswith("VmHWM")])
        except OSError:
            pass
        time.sleep(0.02)
    said = child.stderr.read()
    if child.returncode:
        sys.exit(f"{' '.join(map(str, command))}: exit {child.returncode}\n{said}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.time() - begun, used, most / 1024


def info(archive):
    return json.loads(subprocess.run([RAWI, "info", "--json", "--archive", archive], check=True, capture_output=True, text=True).stdout)


PAGE = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:site_name" content="{outlet}"></head><body><header><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{title}</h1>{body}</article></main><aside>{menu}</aside><footer>{menu}</footer></body></html>"""
MENU = "".join(f'<li><a href="/{n}">قسم الأخبار رقم {n}</a></li>' for n in range(60))


def as_pages(draw, folder):
    """The articles as pages of the usual kind, with what stands around an article."""
    for number, line in enumerate(draw):
        record = json.loads(line)
        paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in record["text"].split("\n") if p.strip())
        page = PAGE.format(title=html.escape(record.get("title") or ""), outlet=html.escape(record.get("source") or ""),
                           menu=MENU, body=paragraphs)
        (folder / f"{number:06}.html").write_text(page, encoding="utf-8")


def fill(files, draw, archive=None):
    """Rates on one core over a draw, as JSON lines and as pages; size, memory and pace of everything."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        one = folder / "draw.jsonl"
        one.write_text("".join(draw), encoding="utf-8")
        pages = folder / "pages"
        pages.mkdir()
        as_pages(draw, pages)
        rates = {}
        for name, source in ("json", one), ("html", pages):
            runs = []
            for number in range(3):
                one_of_three = folder / f"{name}{number}.rawi"
                runs.append(timed([RAWI, "ingest", source, "--archive", one_of_three, "--threads", 1, "-q"], core=0)[0])
            rates[name] = round(len(draw) / min(runs))
        archive = archive or folder / "all.rawi"
        seconds, _, memory = timed([RAWI, "ingest", *files, "--archive", archive, "--threads", 2, "-q"])
        told = info(archive)
        again = timed([RAWI, "ingest", *files, "--archive", archive, "-q"])[0]
        verified = timed([RAWI, "verify", "--archive", archive])[0]
        return {
            "per_second": rates["json"], "pages_per_second": rates["html"], "articles": told["versions"], "seconds": round(seconds),
            "mb": round(memory), "file_mb": round(told["bytes"] / 2**20), "text_mb": round(told["text_bytes"] / 2**20),
            "times_text": round(told["bytes"] / told["text_bytes"], 2), "statements": told["statements"], "entities": told["entities"],
            "stories": told["stories"], "again_ms": round(again * 1000), "verify_seconds": round(verified),
        }


def contents(archive):
    """What must be the same however an archive was filled."""
    db = sqlite3.connect(f"file:{archive}?mode=ro", uri=True)
    return db.execute(
        "SELECT v.given_id, hex(v.sha256), s.local, s.starts, s.ends, s.form, s.act, e.name, (SELECT count(*) FROM capture c"
        " WHERE c.version_id = v.id) FROM version v LEFT JOIN statement s ON s.version_id = v.id"
        " LEFT JOIN entity e ON e.id = s.speaker_id ORDER BY 1, 2, 3, 4, 9").fetchall()


def kill(news, times, batch):
    with tempfile.TemporaryDirectory() as folder:
        whole, broken = Path(folder) / "whole.rawi", Path(folder) / "broken.rawi"
        command = [RAWI, "ingest", news, "-q", "--batch", str(batch), "--archive"]
        seconds = timed([*command, whole])[0]
        done = 0
        # Each run gets a part of the whole, so that kills fall all over the input.
        for number in range(times):
            child = subprocess.Popen([str(c) for c in [*command, broken]], stderr=subprocess.DEVNULL)
            time.sleep(random.uniform(0, 8 * seconds / times))
            child.send_signal(signal.SIGKILL)
            child.wait()
            if broken.exists() and number % 10 == 9:
                subprocess.run([RAWI, "verify", "--archive", broken], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            done = info(broken)["versions"] if broken.exists() else 0
        timed([*command, broken])
        same = contents(whole) == contents(broken)
        subprocess.run([RAWI, "verify", "--archive", broken], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        print(json.dumps({"kills": times, "articles": info(broken)["versions"], "before_the_last_run": done, "same": same}))
        if not same:
            sys.exit("the archive differs from the one of a run in peace")


def grow(news, articles, archive, step):
    """Fills an archive with the news again and again, each time as other articles of other outlets."""
    numbers = itertools.count()
    made = info(archive)["versions"] if Path(archive).exists() else 0
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.jsonl"
        source = itertools.chain.from_iterable(lines(news) for _ in itertools.count())
        source = itertools.islice(source, made, None)
        while made < articles:
            with open(part, "w", encoding="utf-8") as out:
                for line in itertools.islice(source, step):
                    record, number = json.loads(line), made + next(numbers)
                    record["id"] = f"copy-{number}"
                    record.pop("url", None)
                    record["text"] += f"\nالنسخة {number}."
                    out.write(json.dumps(record, ensure_ascii=False) + "\n")
            numbers = itertools.count()
            seconds, _, memory = timed([RAWI, "ingest", part, "--archive", archive, "-q"])
            made = info(archive)["versions"]
            print(json.dumps({"articles": made, "per_second": round(step / seconds), "mb": round(memory),
                              "file_mb": round(info(archive)["bytes"] / 2**20)}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["kill", "grow", "fill"])
    parser.add_argument("news", nargs="+", type=Path)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--batch", type=int, default=20, help="articles that reach the disk together, for `kill`")
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--archive", type=Path, default=Path("grown.rawi"))
    parser.add_argument("--step", type=int, default=50_000)
    args = parser.parse_args()
    if args.what == "kill":
        kill(args.news[0], args.times, args.batch)
    elif args.what == "grow":
        grow(args.news, args.articles, args.archive, args.step)
    else:
        print(json.dumps(fill(args.news, list(lines(args.news))[:3000])))


if __name__ == "__main__":
    main()
