"""The jobs of `examples/spark`, from articles to files, as `spark-submit` runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pyspark = pytest.importorskip(
    "pyspark", reason="Spark is not installed; tests/spark/run installs it"
)
pyarrow = pytest.importorskip("pyarrow")


import rawi  # noqa: E402

ROOT = Path(__file__).parents[4]
EXAMPLES = ROOT / "examples" / "spark"
SAMPLES = ROOT / "samples" / "articles.jsonl"
QUOTES = EXAMPLES / "quotes.jsonl"


def submit(job, *arguments, conf=()):
    """Runs a job and gives the lines that it prints."""
    command = [Path(pyspark.__file__).parent / "bin" / "spark-submit", "--master", "local[2]"]
    for setting in ("spark.ui.enabled=false", "spark.sql.shuffle.partitions=2", *conf):
        command += ["--conf", setting]
    environment = os.environ | {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    command += [EXAMPLES / job, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-4_000:]
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def make_input(output, *files):
    subprocess.run(
        [sys.executable, EXAMPLES / "make_input.py", *files, "-o", output], check=True, timeout=60
    )


def stands(folder):
    """Every file of a folder, with when it was written."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def news(spark, tmp_path_factory):
    """Two batches of articles, read."""
    folder = tmp_path_factory.mktemp("news")
    make_input(folder / "articles" / "samples.parquet", SAMPLES)
    make_input(folder / "articles" / "quotes.parquet", QUOTES)
    inputs = [folder / "articles" / name for name in ("samples.parquet", "quotes.parquet")]
    output = folder / "readings"
    return inputs, output, submit("read_news.py", *inputs, "-o", output)


def test_statements_and_events_by_month(news, spark):
    _, output, told = news
    assert [line["batch"] for line in told] == ["samples", "quotes"]
    assert [line["articles"] for line in told] == [10, 12]
    assert all(line["errors"] == 0 and line["read"] for line in told)
    expected = {"statements": 0, "events": 0}
    months = set()
    for file in (SAMPLES, QUOTES):
        for line in file.read_text(encoding="utf-8").splitlines():
            fields = json.loads(line)
            reading = rawi.read(
                fields["text"],
                id=fields["id"],
                title=fields["title"],
                published=fields.get("date"),
                outlet=fields["source"],
            )
            (row,) = pyarrow.table(rawi.to_arrow([reading], table="readings")).to_pylist()
            months.add(f"{row['published']:%Y-%m}" if row["published"] else "unknown")
            for name in expected:
                expected[name] += len(row[name])
    for name, count in expected.items():
        table = spark.read.parquet(str(output / name))
        assert table.count() == count == sum(line[name] for line in told)
        wrong = "month <> coalesce(date_format(published, 'yyyy-MM'), 'unknown')"
        assert table.where(wrong).count() == 0
    readings = spark.read.parquet(str(output / "readings"))
    assert {row.month for row in readings.select("month").distinct().collect()} == months
    assert "unknown" in months


def test_what_is_there_is_passed_over(news):
    inputs, output, told = news
    before = stands(output)
    again = submit("read_news.py", *inputs, "-o", output)
    assert again == [line | {"read": False} for line in told]
    assert stands(output) == before


def test_what_was_stopped_is_gone_on_with(news):
    inputs, output, told = news
    for table in ("readings", "events"):
        (output / table / "batch=quotes" / "_SUCCESS").unlink()
    before = stands(output)
    again = submit("read_news.py", *inputs, "-o", output)
    assert again == [told[0] | {"read": False}, told[1]]
    after = stands(output)
    changed = {
        path
        for path in before.keys() ^ after.keys() | {p for p in before if after.get(p) != before[p]}
    }
    assert changed and all("batch=quotes" in str(path) for path in changed)


def test_a_batch_takes_the_place_of_what_it_was(news, tmp_path):
    inputs, output, told = news
    before = stands(output)
    again = submit("read_news.py", inputs[0], "-o", output, "--again", "--min-confidence", "0.9")
    assert again[0]["articles"] == 10 and again[0]["statements"] < told[0]["statements"]
    for path, written in before.items():
        if "batch=quotes" in str(path):
            assert stands(output)[path] == written


def test_pages_that_were_gathered(tmp_path, spark):
    page = (
        "<html><head><title>الري</title></head><body><article><h1>الري</h1>"
        "<p>قالت وزيرة الري العراقية سلمى الجبوري: «لن ينقطع الماء عن أي قرية هذا الصيف».</p>"
        "</article></body></html>"
    )
    lines = tmp_path / "pages.jsonl"
    address = "https://nahr.example/2026/03/02/water"
    lines.write_text(json.dumps({"url": address, "html": page}), encoding="utf-8")
    make_input(tmp_path / "pages.parquet", lines)
    submit("read_news.py", tmp_path / "pages.parquet", "-o", tmp_path / "out", "--partitions", "2")
    (row,) = spark.read.parquet(str(tmp_path / "out" / "readings")).collect()
    assert row.article == address and row.month == "2026-03"
    (statement,) = row.statements
    assert row.text[statement.start : statement.end] == statement.content


def test_variants_of_quotations(news, tmp_path):
    _, output, _ = news
    submit(
        "quote_variants.py", output / "statements", "-o", tmp_path, "--format", "json",
        conf=["spark.python.worker.reuse=false"],
    )  # fmt: skip
    clusters = {}
    for part in sorted(tmp_path.glob("part-*.json")):
        for line in part.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            clusters.setdefault(row["cluster"], []).append(row)
    of = {frozenset(row["article"] for row in rows): rows for rows in clusters.values()}
    # Cut, spelled otherwise, with other words at the end; seven words, with vowel signs; and two
    # outlets that have a half of what a third has whole. Not what one outlet says twice.
    assert set(of) == {
        frozenset({"nahr-1", "difaf-1", "manara-1"}),
        frozenset({"nahr-2", "manara-2"}),
        frozenset({"difaf-2", "nahr-3", "sahil-3"}),
    }
    fishermen = of[frozenset({"difaf-2", "nahr-3", "sahil-3"})]
    assert [(row["outlet"], row.get("day"), row["first"]) for row in fishermen] == [
        ("وكالة الضفاف", "2026-03-10", True),
        ("صحيفة النهر", "2026-03-11", False),
        ("موقع الساحل", None, False),
    ]
    assert {row["speaker"] for row in fishermen if row["article"] != "sahil-3"} == {"فاضل الزغواني"}
    water = of[frozenset({"nahr-1", "difaf-1", "manara-1"})]
    assert {row["article"] for row in water if row["first"]} == {"nahr-1", "difaf-1"}


@pytest.mark.parametrize("job", ["make_input.py", "read_news.py", "quote_variants.py"])
def test_jobs_explain_themselves(job):
    done = subprocess.run(
        [sys.executable, EXAMPLES / job, "--help"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0 and "usage" in done.stdout
