"""How fast articles are read in Spark, beside the command, and what memory a Python worker takes.

    python benches/spark.py ARTICLES.parquet --rawi target/release/rawi [--rounds 3]

Needs an environment with pyspark and the wheel of rawi, and Java; the columns of the articles are
known by their names. Prints JSON. Of each case the round that took the least time counts:
`seconds` by the clock, `cpu` of all processes together. What Spark takes to start (a session, a
worker, the engine: a first reading of a few articles) stands apart in `start`, and in `first` the
seconds of the first round, in which Java still compiles itself.

    command       `rawi read --format jsonl` to /dev/null, with one and two threads
    local[1], local[2]       mapInArrow to Spark's sink that throws rows away
    statements    the same with two cores, to Parquet files of statements, a row a statement

`worker` is the memory of a Python worker in MiB: `idle` when it has loaded pyarrow and rawi and
read nothing yet, `peak` the most that it took afterwards, over all cases. While others use the
machine, compare `cpu`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FEW = 20
"""Articles that are read to start everything."""


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "articles", help="a Parquet file, of several row groups so that two cores share it"
    )
    parser.add_argument("--rawi", default="target/release/rawi", help="the command")
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often each case is measured (default: 3)"
    )
    parser.add_argument(
        "--conf", action="append", default=[], metavar="NAME=VALUE", help="a setting of Spark"
    )
    parser.add_argument("--case", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.case:
        print(json.dumps(in_spark(arguments)))
        return

    import pyarrow
    import pyspark
    from pyarrow import parquet

    articles = parquet.read_metadata(arguments.articles).num_rows
    cases = {}
    for threads in (1, 2):
        cases[f"command, {threads} threads"] = least(
            command(arguments, threads) for _ in range(arguments.rounds)
        )
    peaks, idles = [], []
    for case in ("local[1]", "local[2]", "statements"):
        run = subprocess.run(
            [sys.executable, __file__, *sys.argv[1:], "--case", case],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"},
            check=True,
        )
        measured = json.loads(run.stdout)
        cases[case] = least(measured["rounds"])
        cases[case] |= {"start": measured["start"], "first": measured["rounds"][0]["seconds"]}
        peaks += [worker["peak"] for worker in measured["workers"]]
        idles += [worker["idle"] for worker in measured["workers"]]
    for case in cases.values():
        case["articles_a_second"] = round(articles / case["seconds"])
    seconds = {name: case["seconds"] for name, case in cases.items()}
    print(
        json.dumps(
            {
                "pyspark": pyspark.__version__,
                "pyarrow": pyarrow.__version__,
                "articles": articles,
                "cases": cases,
                "two cores over one": round(seconds["local[1]"] / seconds["local[2]"], 2),
                "spark over command": round(seconds["command, 2 threads"] / seconds["local[2]"], 2),
                "worker": {
                    "idle": max(idles),
                    "peak": max(peaks),
                    "over": max(p - i for p, i in zip(peaks, idles)),
                },
            },
            indent=2,
        )
    )


def least(rounds):
    return min(rounds, key=lambda round: round["seconds"])


def command(arguments, threads):
    before, start = os.times(), time.monotonic()
    read = [
        arguments.rawi,
        "read",
        arguments.articles,
        "--format",
        "jsonl",
        "--threads",
        str(threads),
        "--quiet",
    ]
    # Not DEVNULL, which the command takes for an output that is closed.
    with open(os.devnull, "wb") as nowhere:
        subprocess.run(read, stdout=nowhere, check=True)
    after = os.times()
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return {"seconds": round(time.monotonic() - start, 2), "cpu": round(cpu, 2)}


def in_spark(arguments):
    """One case, in a session of its own."""
    from pyspark.sql import SparkSession

    import rawi.spark

    began = time.monotonic()
    master = "local[1]" if arguments.case == "local[1]" else "local[2]"
    builder = SparkSession.builder.master(master).config("spark.ui.enabled", "false")
    # Some tasks for each core, so that none waits long for the other's last.
    builder = builder.config("spark.sql.files.maxPartitionBytes", "2m")
    for setting in arguments.conf:
        builder = builder.config(*setting.split("=", 1))
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")

    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes"
        notes.mkdir()

        def watched(batches):
            # Once a task: what the worker has before it reads, and the most that it had.
            idle = memory("VmRSS")
            Path("/proc/self/clear_refs").write_text("5")
            yield from rawi.spark.read(batches)
            note = {"pid": os.getpid(), "idle": idle, "peak": memory("VmHWM")}
            Path(notes, f"{os.getpid()}-{time.monotonic_ns()}").write_text(json.dumps(note))

        def memory(name):
            status = Path("/proc/self/status").read_text()
            return int(status.split(f"{name}:")[1].split()[0]) >> 10

        articles = session.read.parquet(arguments.articles)
        readings = articles.mapInArrow(watched, rawi.spark.SCHEMA)

        def write():
            if arguments.case == "statements":
                statements = readings.selectExpr("article", "published", "inline(statements)")
                statements.write.mode("overwrite").parquet(f"{folder}/statements")
            else:
                readings.write.mode("overwrite").format("noop").save()

        few = articles.limit(FEW).repartition(session.sparkContext.defaultParallelism)
        few.mapInArrow(rawi.spark.read, rawi.spark.SCHEMA).write.mode("overwrite").format(
            "noop"
        ).save()
        start = round(time.monotonic() - began, 2)
        rounds = []
        for _ in range(arguments.rounds):
            before, began = cpu_of_tree(), time.monotonic()
            write()
            rounds.append(
                {
                    "seconds": round(time.monotonic() - began, 2),
                    "cpu": round(cpu_of_tree() - before, 2),
                }
            )
        workers = [json.loads(note.read_text()) for note in sorted(notes.iterdir())]
    session.stop()
    return {"start": start, "rounds": rounds, "workers": workers}


def cpu_of_tree():
    """Processor time of this process and all that it started, in seconds."""
    children = {}
    spent = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = stat.read_text().split(" ", 1)
        except (FileNotFoundError, ProcessLookupError):
            continue
        fields = rest.rsplit(") ", 1)[1].split()
        children.setdefault(int(fields[1]), []).append(int(number))
        spent[int(number)] = sum(int(ticks) for ticks in fields[11:15])
    total, todo = 0, [os.getpid()]
    while todo:
        process = todo.pop()
        total += spent.get(process, 0)
        todo += children.get(process, [])
    return total / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
