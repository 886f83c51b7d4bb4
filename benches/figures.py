#!/usr/bin/env python3
"""Measures what README, COMPARE and docs quote, and writes it there.

    benches/figures.py measure --shared ../shared    # some minutes; writes benches/figures.json
    benches/figures.py write                         # fills the pages from benches/figures.json
    benches/figures.py check                         # fails if a page says something else

A page holds its figures between `<!-- figures: NAME -->` and `<!-- end of figures -->`; NAME is
a function of this file. Nothing between the two is written by hand. Needs only Python's standard
library and, to measure, a release build and the annotated articles, which aren't in this repository.
"""
import argparse
import datetime
import gzip
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benches/peers"))
import compare  # noqa: E402  its table of figures
sys.path.insert(0, str(ROOT / "benches"))
import archive  # noqa: E402  how archives are measured
import serve  # noqa: E402  how the server is
STORE = ROOT / "benches/figures.json"
PAGES = ["README.md", "README.ar.md", "COMPARE.md", "ARCHITECTURE.md", "docs/archive.md", "docs/models.md", "docs/python.md", "docs/scale.md", "docs/server.md", "docs/statements.md", "docs/syntax.md", "docs/events.md", "docs/times.md", "models/README.md"]
BLOCK = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- end of figures -->)", re.S)
# Articles of an outlet that the speed is measured on: a few large ones would drown the rest.
PER_OUTLET = 170


# --- measuring ---------------------------------------------------------------------------------

def run(*command, **options):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True, cwd=ROOT, **options).stdout


def score(articles, gold, kind="--gold"):
    return json.loads(run("target/release/rawi-train", "score", "--articles", articles, kind, gold, "--json"))


def news(shared, folder):
    """The news as it is, and a draw over all outlets."""
    files = sorted((shared / "news").glob("*.jsonl.gz"))
    draw = folder / "draw.jsonl"
    words = count = 0
    with open(draw, "w", encoding="utf-8") as out:
        for file in files:
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                all_lines = lines.readlines()
            step = max(1, len(all_lines) // PER_OUTLET)
            for line in all_lines[::step][:PER_OUTLET]:
                out.write(line)
                words += len(json.loads(line)["text"].split())
                count += 1
    return files, draw, count, words


# Runs a command from a small process: the peak of a large one would count for its children.
RUNNER = """
import os, resource, subprocess, sys, time
start = time.time()
# Opened for writing alone: opened for both, it would look like a closed output.
with open(os.devnull, "wb") as nowhere:
    subprocess.run(sys.argv[1:], check=True, stdout=nowhere, stderr=nowhere)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, time.time() - start, used.ru_maxrss / 1024)
"""


def timed(*command):
    """Seconds of processor time, of the clock, and the most memory in MB, of a run of its own."""
    return tuple(map(float, run(sys.executable, "-c", RUNNER, *command).split()))


def speed(shared, folder):
    files, draw, count, words = news(shared, folder)
    rawi = "target/release/rawi"
    one = min(timed(rawi, "read", draw, "--threads", "1", "--format", "jsonl")[0] for _ in range(3))
    cold = sorted(timed(rawi, "read", "samples/ferry.txt", "--format", "jsonl") for _ in range(15))[7]
    readings = folder / "readings.jsonl"
    whole = timed(rawi, "read", *files, "--threads", "2", "--format", "jsonl", "-o", readings)
    proof = run(rawi, "verify", readings, "--articles", *files).strip()
    match = re.search(r"([\d,]+) readings verified: ([\d,]+) spans, ([\d,]+) names, ([\d,]+) references, ([\d,]+) values", proof)
    if not match:
        sys.exit(f"cannot understand: {proof}")
    readings, spans, names, references, values = (int(g.replace(",", "")) for g in match.groups())
    return {
        "articles": count, "words": words, "per_second": round(count / one), "words_per_second": round(words / one),
        "cold_ms": round(cold[1] * 1000), "cold_mb": round(cold[2]),
        "all": {"articles": readings, "seconds": round(whole[1]), "mb": round(whole[2]), "spans": spans, "names": names,
                "references": references, "values": values},
    }


def cost(shared, folder):
    """Allocations of an article, with and without its JSON, by stage; the size of the program."""
    draw = news(shared, folder)[1]
    # With an allocator of its own that counts, and so no member of the workspace.
    stages = json.loads(run("cargo", "run", "--release", "-q", "--manifest-path", "benches/stages/Cargo.toml",
                            "--target-dir", "target/stages", "--", draw))
    return {
        "allocations": round(stages["read"]), "allocations_with_json": round(stages["with_json"]), "bytes": round(stages["bytes"]),
        "stages": {name: [round(row["us"]), round(row["allocations"])] for name, row in stages["stages"].items()},
        "program": (ROOT / "target/release/rawi").stat().st_size,
    }


def peers(shared):
    """Speeds beside others: UDPipe and spaCy are installed and trained under target/peers the first time."""
    return json.loads(run(sys.executable, "benches/peers/compare.py", "--shared", shared, "--work", ROOT / "target/peers",
                          "--articles", "300", "--format", "json"))


def before(shared, revision):
    """How many times as fast this checkout is as a commit: both read the same articles in turn, on one thread."""
    with tempfile.TemporaryDirectory() as folder:
        draw, tree = news(shared, Path(folder))[1], Path(folder) / "tree"
        run("git", "worktree", "add", "--detach", tree, revision)
        try:
            programs = []
            for root, target in ((tree, ROOT / "target/before"), (ROOT, ROOT / "target")):
                subprocess.run(["cargo", "build", "--release", "-q", "-p", "rawi-cli", "--target-dir", target], check=True, cwd=root)
                programs.append(target / "release/rawi")
        finally:
            run("git", "worktree", "remove", "--force", tree)
        rounds = [[timed(p, "read", draw, "--threads", "1", "--format", "jsonl") for p in programs] for _ in range(5)]
    old, new = ([sorted(r[i][k] for r in rounds)[2] for k in (0, 2)] for i in (0, 1))
    print(f"{revision}: {old[0]:.2f} s, {old[1]:.0f} MB; this checkout: {new[0]:.2f} s, {new[1]:.0f} MB; {old[0] / new[0]:.2f} times as fast "
          f"(processor time, one thread, medians of five rounds in turn; {os.cpu_count()} shared cores, {platform.machine()})")


def kept(shared, folder):
    """How fast an archive is filled and answers, and what it takes."""
    files, draw, *_ = news(shared, folder)
    filled = archive.fill(files, list(archive.lines([draw])), folder / "all.rawi")
    said = run("target/release/examples/ask_speed", folder / "all.rawi")
    rows = re.findall(r"^ +(\S.*?) +([\d.]+) +([\d.]+)$", said, re.M)
    worst = lambda name: max(float(p95) for what, _, p95 in rows if what == name)  # noqa: E731
    ready = re.search(r"^ready after (\d+) ms$", said, re.M)
    # An exact spelling is looked for in the texts themselves.
    facets = {exact: max(float(p95) for query, p95 in re.findall(r"^ +\d+  (.*)\n(?: +\D.*\n)*? +facets +[\d.]+ +([\d.]+)$", said, re.M)
                         if query.startswith("=") == exact) for exact in (False, True)}
    return filled | {"newest_ms": worst("newest, all queries"), "best_ms": worst("best"),
                     "facets_ms": facets[False], "facets_exact_ms": facets[True], "ready_ms": int(ready[1])}


def served(shared, folder):
    """How fast pages come to twenty readers: as fast as they can ask, and with a second to read each."""
    everything = folder / "all.rawi"
    if not everything.exists():
        run("target/release/rawi", "ingest", *news(shared, folder)[0], "--archive", everything)
    articles = archive.info(everything)["versions"]
    return {"articles": articles, "rush": serve.load(everything), "readers": serve.load(everything, pause=1.0)}


def environment(name, *packages):
    """The Python of an environment with packages and the wheel, built from this checkout."""
    folder = ROOT / "target/dist" / name
    run("dist/venv", folder, *packages)
    wheel = run("dist/wheel").strip()
    run(folder / "bin/pip", "install", "--quiet", "--no-deps", "--force-reinstall", wheel)
    return folder / "bin/python", Path(wheel)


def scale(shared, folder):
    """Columns and Python, beside the command."""
    files, draw, *_ = news(shared, folder)
    python, wheel = environment("figures", "pyarrow")
    return json.loads(run(python, "benches/scale.py", "measure", "--news", *files, "--draw", draw)) | {"wheel": wheel.stat().st_size}


def spark(shared, folder):
    """Spark beside the command, on 20,000 articles of all outlets in twenty row groups."""
    articles = folder / "spark.parquet"
    python, _ = environment("spark", "pyspark==4.3.0", "pyarrow", "pandas")
    files = news(shared, folder)[0]
    run(python, "benches/scale.py", "articles", "--news", *files, "--number", "20000", "-o", articles)
    return json.loads(run(python, "benches/spark.py", articles, "--rawi", "target/release/rawi",
                          "--conf", "spark.sql.files.maxPartitionBytes=2m"))


def packs():
    sizes = {p.stem: p.stat().st_size for p in sorted((ROOT / "models").glob("*.pack"))}
    small = {p.stem: len(gzip.compress(p.read_bytes(), 9)) for p in sorted((ROOT / "models").glob("*.pack"))}
    return {name: [sizes[name], small[name]] for name in sizes}


def held_out(shared):
    page = run("target/release/rawi-train", "speech", "--shared", shared)
    rows = {m[1]: [float(x) for x in m.groups()[1:]] for m in re.finditer(r"^(\S+) +P ([\d.]+)  R ([\d.]+)  F1 ([\d.]+)", page, re.M)}
    shares = {m[1]: float(m[2]) for m in re.finditer(r"^(\S.*\|\S+) +([\d.]+)$", page, re.M)}
    trust = [m.groups() for m in re.finditer(r"^([\d.]+ to [\d.]+) +(\d+) +([\d.]+) +([\d.]+) +([\d.]+)$", page, re.M)]
    questions = [m.groups() for m in re.finditer(r"^question (\w+) +(\d+) of (\d+) right", page, re.M)]
    sources = re.findall(r"^(\S.*?) +(\d+)  speaker ([\d.]+)  source ([\d.]+)$", page, re.M)
    sources = {kind: {"count": int(n), "speaker": float(who), "source": float(where)} for kind, n, who, where in sources}
    return {"prf": rows, "accuracy": shares, "sources": sources, "trust": trust, "questions": questions, "gold": page.splitlines()[0]}


def parsed(shared):
    """By source: sentences or trees, words, UAS, LAS, and F1 of each label."""
    page = run("target/release/rawi-train", "syntax", "--shared", shared)
    out = {}
    for line in page.splitlines():
        if m := re.match(r"(\S.*): (\d+) words  UAS ([\d.]+)  LAS ([\d.]+)$", line):
            source = out[m[1]] = {"words": int(m[2]), "uas": float(m[3]), "las": float(m[4]), "labels": {}}
        elif m := re.match(r"  (\S+) +F1 ([\d.]+)  of (\d+)$", line):
            source["labels"][m[1]] = [float(m[2]), int(m[3])]
    if len(out) != 3:
        sys.exit(f"cannot understand: {page}")
    return out


def judged(shared):
    """Events of articles and of sentences that the model was not learned from."""
    page = run("target/release/rawi-train", "events", "--shared", shared)
    number = lambda pattern: re.search(pattern, page, re.M)[1]  # noqa: E731
    rows = re.findall(r"^(events\.\w+|\w+ +sentences) +P ([\d.]+)  R ([\d.]+)  F1 ([\d.]+)", page, re.M)
    if len(rows) != 5:
        sys.exit(f"cannot understand: {page}")
    return {
        "articles": int(number(r"^(\d+) annotated articles")),
        "rows": [[" ".join(name.split()), *row] for name, *row in rows],
        "status": float(number(r"^event status\|typed +([\d.]+)")),
        "claimed_by": float(number(r"^event claimed_by\|typed +([\d.]+)")),
        "spurious": float(number(r"^spurious per gold event +([\d.]+)")),
    }


def standard(shared):
    """The visible part of the event gold standard: sentences P, R, F1, and the three kinds of spans, by type."""
    page = run("target/release/rawi-train", "gsr", shared / "data/event-gsr")
    out = {}
    for kind in ("PROTEST", "ASSAULT"):
        sentences = re.search(rf"^{kind} sentences +P ([\d.]+)  R ([\d.]+)  F1 ([\d.]+)", page, re.M).groups()
        spans = [re.search(rf"^{kind} {side} +overlap ([\d.]+)", page, re.M)[1] for side in ("verb", "actor", "recipient")]
        out[kind] = [sentences, spans]
    return out


def alarms(shared, folder):
    """Events in 300 articles of sport and economy, 150 each."""
    drawn = {"sport": [], "economy": []}
    kinds = {"sport": re.compile("رياض|sport", re.I), "economy": re.compile("اقتصاد|econom|financ|مال", re.I)}
    for file in sorted((shared / "news").glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            found = {kind: [] for kind in kinds}
            for line in lines:
                section = json.loads(line).get("section") or ""
                for kind, pattern in kinds.items():
                    if pattern.search(section) and len(found[kind]) < 40:
                        found[kind].append(line)
            for kind in kinds:
                drawn[kind] += found[kind]
    out = {}
    for kind, lines in drawn.items():
        step = max(1, len(lines) // 150)
        lines = lines[::step][:150]
        path = folder / f"{kind}.jsonl"
        path.write_text("".join(lines), encoding="utf-8")
        readings = [json.loads(line) for line in run("target/release/rawi", "read", path, "--format", "jsonl").splitlines()]
        out[kind] = [len(lines), sum(bool(r["events"]) for r in readings), sum(len(r["events"]) for r in readings)]
    return out


def measure(shared, only):
    """Measures all figures, or those named and leaves the others as they were."""
    subprocess.run(["cargo", "build", "--release", "-q", "-p", "rawi-cli", "-p", "rawi-train", "-p", "rawi-archive", "--bins", "--examples"],
                   check=True, cwd=ROOT)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        makers = {
            "dev": lambda: score(shared / "gold/dev.jsonl", shared / "gold/dev.gold.json"),
            "cast": lambda: score(shared / "gold/dev.jsonl", shared / "gold/dev.cast.jsonl", "--cast"),
            "train": lambda: score(shared / "gold/train.jsonl", shared / "gold/train.gold.json"),
            "samples": lambda: score("samples/articles.jsonl", "training/samples.gold.json"),
            "held_out": lambda: held_out(shared),
            "syntax": lambda: parsed(shared),
            "judged": lambda: judged(shared),
            "standard": lambda: standard(shared),
            "alarms": lambda: alarms(shared, folder),
            "packs": packs,
            "archive": lambda: kept(shared, folder),
            "serve": lambda: served(shared, folder),
            "speed": lambda: speed(shared, folder),
            "cost": lambda: cost(shared, folder),
            "peers": lambda: peers(shared),
            "scale": lambda: scale(shared, folder),
            "spark": lambda: spark(shared, folder),
        }
        unknown = set(only) - set(makers)
        if unknown:
            sys.exit(f"no such figures: {', '.join(sorted(unknown))}; there are {', '.join(makers)}")
        figures = json.loads(STORE.read_text(encoding="utf-8")) if only else {}
        figures |= {
            "day": datetime.date.today().isoformat(),
            "machine": f"{os.cpu_count()} shared cores, {platform.machine()}",
        }
        for name, make in makers.items():
            if not only or name in only:
                figures[name] = make()
                # What was measured stays, whatever becomes of the next.
                STORE.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


# --- writing -----------------------------------------------------------------------------------

def f(x):
    """`.858`, as score tables print it."""
    return f"{float(x):.3f}".removeprefix("0")


def prf(row):
    return " | ".join(f(x) for x in row)


def slash(row):
    return " / ".join(f(x) for x in row)


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


NAMES = [
    ("statements.detected", "statements detected"), ("statements.exact", "exact"), ("statements.said_by", "said by"),
    ("channel", "channel"), ("addressee", "addressee"),
    ("form.quote.detected", "quote, detected"), ("form.quote.said_by", "quote, said by"),
    ("form.clause.detected", "clause, detected"), ("form.clause.said_by", "clause, said by"),
    ("form.nominal.detected", "nominal, detected"), ("form.nominal.said_by", "nominal, said by"),
]


CAST = [
    ("names.all", "names, exact places"), ("names.PER", "of persons"), ("names.ORG", "of bodies and media"), ("names.PLACE", "of places"),
    ("names.GROUP", "of groups"), ("who", "who is who: pairs of names and titles of one"),
]


def quality(x):
    dev, who = x["dev"], x["cast"]
    gold = dev["gold"]
    rows = [
        ("statements.detected", "statements detected (content overlap of at least half)"),
        ("statements.said_by", "the same with the resolved speaker right"),
        ("statements.exact", "statements exact (overlap of at least nine tenths)"),
        ("form.quote.detected", "quotations detected"),
        ("events.typed", "events of the right type"),
        ("events.sides", "sides of these events: who did it, to whom"),
        ("times.span", "time expressions found"),
    ]
    return (
        f"On 36 hand-annotated articles that nothing was learned from ({gold['statements']} statements, {gold['events']} events, "
        f"{gold['times']} times, {who['gold']['names']:,} names), `rawi-train score` says:\n\n"
        + table(["figure", "P", "R", "F1"], [
            *([name, *map(f, dev["prf"][key])] for key, name in rows),
            ["names of persons, exact places", *map(f, who["prf"]["names.PER"])],
            ["all names, exact places", *map(f, who["prf"]["names.all"])],
            ["who is who: names and titles of one", *map(f, who["prf"]["who"])],
        ])
    )


def quality_ar(x):
    dev = x["dev"]["prf"]
    rows = [
        ("statements.detected", "أقوال وُجدت"), ("statements.said_by", "ومعها القائل الصحيح"), ("form.quote.detected", "اقتباسات وُجدت"),
        ("events.typed", "أحداث صح نوعها"), ("events.sides", "أطراف هذه الأحداث"), ("times.span", "تواريخ وأوقات وُجدت"),
    ]
    cast = x["cast"]["prf"]
    names = [("names.PER", "أسماء أشخاص بمواضعها"), ("names.all", "كل الأسماء بمواضعها"), ("who", "أسماء وألقاب لواحد")]
    return table(["المقياس", "الدقة", "الاستدعاء", "F1"],
                 [[name, *map(f, of[key])] for of, some in ((dev, rows), (cast, names)) for key, name in some])


def pace(x):
    s, a, c = x["speed"], x["speed"]["all"], x["cost"]
    return (
        f"On {x['machine']} ({x['day']}): {s['per_second']:,} articles a second on one thread, measured as processor time over {s['articles']:,} "
        f"articles of all outlets ({s['words'] // s['articles']} words on average, {s['words_per_second']:,} words a second); all "
        f"{a['articles']:,} articles in {a['seconds']} seconds and {a['mb']} MB on two threads, without an error, and `rawi verify` "
        f"checked {a['spans']:,} spans, {a['names']:,} names, {a['references']:,} references and {a['values']:,} values of them. A short "
        f"article from a cold start takes {s['cold_ms']} milliseconds and {s['cold_mb']} MB. An article takes {c['allocations']} allocations; "
        f"the program has {c['program'] / 1e6:.0f} MB.\n"
    )


def beside(x):
    p = x["peers"]
    return (
        f"{compare.table(p)}\n{p['articles']} articles, {p['words']:,} words, one core of {p['processor']}, {x['day']}.\n"
    )


def costs(x):
    rows = x["cost"]["stages"]
    every = [sum(row[i] for row in rows.values()) for i in (0, 1)]
    share = lambda row: f"{100 * row[0] / every[0]:.0f} %"
    return table(["stage", "microseconds", "of all", "allocations"],
                 [[name, str(row[0]), share(row), str(row[1])] for name, row in [*rows.items(), ("all", every)]])


def stages(x):
    p = x["peers"]
    return (
        f"On one thread of {p['processor']}, {p['articles']} articles of all outlets ({x['day']}): segmentation and tags {p['tags'][1]:,.0f} words a "
        f"second, names with all before them {p['names'][1]:,.0f}, whole readings {p['trees'][1]:,.0f}.\n"
    )


def statements(x):
    dev, held = x["dev"], x["held_out"]
    rows = [[name, *map(f, dev["prf"][key]), *map(f, held["prf"][key])] for key, name in NAMES]
    count = held["gold"].removeprefix("gold: ").split(" statements")[0]
    return table(["figure", "dev P", "R", "F1", f"held out, 198 articles, {count} statements P", "R", "F1"], rows)


def sources(x):
    # One who measures `--only dev` has no held-out figures of this kind yet.
    sets = {name: title for name, title in (("dev", "dev"), ("held_out", "held out")) if "sources" in x[name]}
    named = {"name": "the name is in the source", "title or short name": "a title, a short name or a part of the name is",
             "hidden subject": "no source: the subject hides in the verb, or there is no verb"}

    def cells(kind):
        for name in sets:
            of = x[name]["sources"][kind]
            yield from (str(of["count"]), f(of["speaker"]), f(of["source"]))

    def all_cells():
        for name in sets:
            of = x[name]["accuracy"]
            yield from (str(sum(s["count"] for s in x[name]["sources"].values())), f(of["speaker|detected"]), f(of["source|detected"]))

    head = [column for title in sets.values() for column in (f"{title}: statements", "speaker right", "source right")]
    return table(["what stands for the speaker", *head], [*([what, *cells(kind)] for kind, what in named.items()), ["all", *all_cells()]])


def cast(x):
    dev = x["cast"]
    gold = dev["gold"]
    rows = [[name, *map(f, dev["prf"][key])] for key, name in CAST]
    rows += [[f"{key}, as the name of an entity", "", f(share), ""] for key, share in dev["accuracy"].items()]
    return f"The 36 articles of dev name {gold['members']} members, {gold['persons']} of them persons, at {gold['names']:,} places:\n\n" + table(["figure", "P", "R", "F1"], rows)


def trust(x):
    rows = [list(row) for row in x["held_out"]["trust"]]
    return table(["confidence", "statements", "mean", "are statements", "with the right speaker too"], rows)


def judge(x):
    held = x["judged"]
    names = {"events.typed": "events of the right type", "events.sides": "their sides, each by itself",
             "events.roles": "events with all sides right"}
    rows = [[names.get(name, name), f(p), f(r), f(f1)] for name, p, r, f1 in held["rows"]]
    return (f"{held['articles']:,} articles, five folds; of events of the right type {f(held['status'])} have the right status and "
            f"{f(held['claimed_by'])} the right claim; for each annotated event {f(held['spurious'])} more are told.\n\n"
            + table(["", "P", "R", "F1"], rows))


def standard_table(x):
    rows = [[kind, slash(sentences), *map(f, spans)] for kind, (sentences, spans) in x["standard"].items()]
    return table(["", "sentences P / R / F1", "verb", "actor", "recipient"], rows)


def events(x):
    def extra(s):
        p, r, _ = s["prf"]["events.typed"]
        gold = s["gold"]["events"]
        hits = r * gold
        return f((hits / p - hits) / gold if p else 0)
    both = [x["train"], x["dev"]]
    rows = [["events.typed P / R / F1", *(slash(s["prf"]["events.typed"]) for s in both)], ["spurious per gold event", *map(extra, both)],
            ["events.sides P / R / F1", *(slash(s["prf"]["events.sides"]) for s in both)],
            ["events.roles P / R / F1", *(slash(s["prf"]["events.roles"]) for s in both)],
            ["status right, among typed", *(f(s["accuracy"]["event status|typed"]) for s in both)],
            ["claimed_by right, among typed", *(f(s["accuracy"]["event claimed_by|typed"]) for s in both)]]
    sport, economy = x["alarms"]["sport"], x["alarms"]["economy"]
    return table(["figure", "train", "dev"], rows) + (
        f"\n{sport[0] + economy[0]} articles of sport and economy, spread over the outlets: {economy[1]} of {economy[0]} economy articles give "
        f"{economy[2]} events, {sport[1]} of {sport[0]} sport articles {sport[2]}.\n"
    )


def times(x):
    rows = [[f"{name} ({x[name]['gold']['times']} expressions)", *map(f, x[name]["prf"]["times.span"]), f(x[name]["accuracy"]["time value|span"])]
            for name in ("train", "dev")]
    return table(["set", "span P", "R", "F1", "value"], rows)


def syntax(x):
    shown = ["nsubj", "nsubj:pass", "obj", "obl", "nmod", "nmod:gen", "amod", "conj", "ccomp", "acl", "advcl", "appos"]
    rows = [[name, f"{s['words']:,}", f(s["uas"]), f(s["las"])] for name, s in x["syntax"].items()]
    labels = [[f"`{label}`"] + [f(s["labels"][label][0]) for s in x["syntax"].values()] for label in shown]
    names = [name.split(",")[0] for name in x["syntax"]]
    return (table(["", "words", "heads right (UAS)", "and labels (LAS)"], rows)
            + "\n\nF1 of arcs with their labels:\n\n" + table(["label"] + names, labels))


def sizes(x):
    total = [sum(v[i] for v in x["packs"].values()) / 1e6 for i in (0, 1)]
    rows = [[name, f"{raw / 1e6:.2f} MB", f"{small / 1e6:.2f} MB"] for name, (raw, small) in x["packs"].items()]
    return table(["pack", "size", "with gzip"], [*rows, ["all", f"{total[0]:.2f} MB", f"{total[1]:.2f} MB"]])


def speech_scores(x):
    asked = {name: (int(right), int(all_)) for name, right, all_ in x["held_out"]["questions"]}
    share = lambda name: f"{100 * asked[name][0] / asked[name][1]:.1f} % of {asked[name][1]:,}"
    return (f"Held out by fifths: ends {share('end')} places, statements {share('statement')} proposals, hidden subjects {share('speaker')}.\n")


def filled(x):
    a = x["archive"]
    return table(["what", "figure"], [
        ["articles a second on one core, JSON lines to searchable on disk, reading included", f"{a['per_second']}"],
        ["the same from HTML pages", f"{a['pages_per_second']}"],
        [f"all {a['articles']:,} articles on two threads", f"{a['seconds']} seconds, {a['mb']} MB of memory"],
        ["the file", f"{a['file_mb']} MB, {a['times_text']} times the texts ({a['text_mb']} MB); {a['statements']:,} statements, {a['entities']:,} entities, {a['stories']:,} stories"],
        ["the same files once more", f"{a['again_ms']} ms"],
        ["`rawi verify --archive`", f"{a['verify_seconds']} seconds"],
        ["the newest 20, 95th percentile over 14 kinds of queries", f"{a['newest_ms']:.1f} ms"],
        ["the best 20, the slowest query", f"{a['best_ms']:.0f} ms"],
        ["nine facets at once, the slowest query", f"{a['facets_ms']:.0f} ms; of an exact spelling {a['facets_exact_ms']:.0f} ms; and once {a['ready_ms']} ms for what they need in memory"],
    ])


def load(x):
    s = x.get("serve")
    if s is None:
        return "Not measured yet.\n"
    rush, readers = s["rush"], s["readers"]
    cells = lambda of, *keys: [f"{of[key]:.0f}" for key in keys]  # noqa: E731
    rows = [[kind, str(of["kb"]), f"{of['alone_p95']:.0f}", *cells(readers["kinds"][kind], "p50", "p95", "p99"), *cells(of, "p50", "p95", "p99")]
            for kind, of in rush["kinds"].items()]
    wrong = sum(rush["wrong"].values()) + sum(readers["wrong"].values())
    return (f"{s['articles']:,} articles, {rush['clients']} clients on the same cores ({x['machine']}, {x['day']}); milliseconds, and kB with gzip. "
            "Half of the searches repeat a few words that very many statements have, the others ask for a word or name of their own:\n\n"
            + table(["", "kB", "alone, p95", "a second to read: p50", "p95", "p99", "no pause: p50", "p95", "p99"], rows)
            + f"\n{readers['per_second']} answers a second with a pause and {rush['per_second']} without, "
            + f"{wrong or 'none'} of {rush['answers'] + readers['answers']:,} refused or failed. "
            + f"The server answers {rush['start_ms']} milliseconds after its start, the first page then takes {rush['first_ms']}; "
            + f"it took at most {rush['mb']} MB of memory, the pages of the archive's file that it touched included.\n")


def millions(x):
    """What a hundred million articles cost, from the largest run."""
    g = x["scale"]["growth"][-1]
    seconds, share = g["cpu"] / g["articles"], 100_000_000 / g["articles"]
    return (f"A hundred million articles of {g['words'] / g['articles']:.0f} words take **{seconds * 1e8 / 3600:,.0f} core-hours** of this machine "
            f"({x['machine']}): {seconds * 1e8 / 3600 / 64:.1f} hours on 64 cores. They have {g['in'] * share / 1e9:,.0f} GB as Parquet with zstd, "
            f"what was read in them {g['out'] * share / 1e9:,.0f} GB, and tell {g['statements'] * share / 1e6:,.0f} million statements.\n")


def growth(x):
    return table(["articles", "words", "processor time, s", "articles a second", "peak memory, MB", "Parquet in, MB", "out, MB"], [
        [f"{g['articles']:,}", f"{g['words']:,}", f"{g['cpu']:,.1f}", f"{g['articles'] / g['cpu']:,.0f}", str(g["mb"]),
         f"{g['in'] / 1e6:,.1f}", f"{g['out'] / 1e6:,.1f}"] for g in x["scale"]["growth"]])


def python_speed(x):
    p = x["scale"]["python"]
    return table(["one thread, processor time, 3,013 articles", "speed, the command's being 1"], [
        ["`read_batch`, with `to_json` of each reading", f"{p['json']:.2f}"],
        ["`read_batch` alone", f"{p['objects']:.2f}"],
        ["`read_arrow` of a Parquet table, every row taken", f"{p['arrow']:.2f}"],
    ])


def spark_speed(x):
    s = x["spark"]
    rows = [[name, f"{c['seconds']:.1f}", f"{c['cpu']:.1f}", f"{c['articles_a_second']:,}", f"{c['start']:.1f}" if "start" in c else ""]
            for name, c in s["cases"].items()]
    return (f"{s['articles']:,} articles, Spark {s['pyspark']}, {x['machine']}:\n\n"
            + table(["", "seconds", "processor time, s", "articles a second", "start, s"], rows)
            + f"\nTwo cores are {s['two cores over one']:.2f} times as fast as one, and Spark on two has {s['spark over command']:.2f} of the command's speed on two "
            f"threads. A Python worker has {s['worker']['idle']} MiB before it reads and takes {s['worker']['over']} more.\n")


MAKERS = {m.__name__: m for m in (standard_table, quality, quality_ar, pace, beside, stages, costs, statements, sources, cast, trust, judge, events, times, syntax, sizes, speech_scores, filled, load, millions, growth, python_speed, spark_speed)}


def pages():
    """Each page with its figures in place."""
    figures = json.loads(STORE.read_text(encoding="utf-8"))
    for name in PAGES:
        path = ROOT / name
        old = path.read_text(encoding="utf-8")
        yield path, old, BLOCK.sub(lambda m: m[1] + MAKERS[m[2]](figures) + m[3], old)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["measure", "write", "check", "before"])
    parser.add_argument("revision", nargs="?", help="for `before`: the commit to compare with")
    parser.add_argument("--shared", type=Path, help="folder with gold/, news/ and data/")
    parser.add_argument("--only", nargs="+", default=[], metavar="FIGURES", help="measure these and keep the others")
    args = parser.parse_args()
    if args.what == "measure":
        if not args.shared:
            parser.error("measure needs --shared")
        measure(args.shared.resolve(), args.only)
        return
    if args.what == "before":
        if not args.shared or not args.revision:
            parser.error("before needs a commit and --shared")
        before(args.shared.resolve(), args.revision)
        return
    stale = []
    for path, old, new in pages():
        if old != new:
            stale.append(path)
            if args.what == "write":
                path.write_text(new, encoding="utf-8")
    if args.what == "check" and stale:
        sys.exit("figures differ from benches/figures.json, run `benches/figures.py write`: " + ", ".join(str(p.relative_to(ROOT)) for p in stale))


if __name__ == "__main__":
    main()
