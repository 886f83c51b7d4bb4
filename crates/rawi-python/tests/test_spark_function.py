"""What Spark is given, without Spark: functions from record batches to record batches."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import rawi
import rawi.spark

pyarrow = pytest.importorskip("pyarrow")

TEXT = "قالت وزيرة الري العراقية سلمى الجبوري: «لن ينقطع الماء عن أي قرية هذا الصيف»."


def articles(count: int, kind: Any = None, **columns: Any) -> Any:
    """A record batch of articles."""
    columns = {"id": [f"n-{n}" for n in range(count)], "text": [TEXT] * count} | columns
    text = pyarrow.array(columns.pop("text")).cast(kind or pyarrow.string())
    columns = {name: pyarrow.array(values) for name, values in columns.items()} | {"text": text}
    return pyarrow.RecordBatch.from_pydict(columns)


def rows(batches: Any, read: Any = rawi.spark.read) -> list[dict[str, Any]]:
    return [row for batch in read(iter(batches)) for row in batch.to_pylist()]


def test_a_row_an_article_in_the_order_of_the_input() -> None:
    found = rows([articles(3), articles(2, id=["a", "b"])])
    assert [row["article"] for row in found] == ["n-0", "n-1", "n-2", "a", "b"]
    assert [len(row["statements"]) for row in found] == [1] * 5
    statement = found[0]["statements"][0]
    assert statement["speaker"] == "سلمى الجبوري"
    assert TEXT[statement["start"] : statement["end"]] == statement["content"]


def test_what_comes_is_what_spark_was_told() -> None:
    schema = pyarrow.schema(rawi.to_arrow([], table="readings"))
    for batch in rawi.spark.read([articles(1)]):
        assert isinstance(batch, pyarrow.RecordBatch)
        assert batch.schema.equals(schema)
    named = [column.split("`")[1] for column in rawi.spark.SCHEMA.split(", ")]
    assert named == schema.names


KINDS = ["string", "large_string", "string_view", "dictionary"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_string_is_read(kind: Any) -> None:
    if kind == "dictionary":
        kind = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    elif hasattr(pyarrow, kind):
        kind = getattr(pyarrow, kind)()
    else:
        pytest.skip(f"pyarrow {pyarrow.__version__} has no {kind}")
    assert rows([articles(2, kind)]) == rows([articles(2)])
    # A part of a batch, which begins in the middle of its buffers.
    assert rows([articles(5, kind).slice(3, 2)]) == rows([articles(5)])[3:]


def test_nothing_comes_of_nothing() -> None:
    assert rows([]) == []
    assert rows([articles(0)]) == []


def test_one_bad_record_costs_no_other() -> None:
    found = rows([articles(5, text=[TEXT, None, "", f"{TEXT}\0", TEXT])])
    assert [row["error"] is None for row in found] == [True, False, False, False, True]
    assert [row["article"] for row in found] == [f"n-{n}" for n in range(5)]
    for row in found[1:4]:
        assert row["statements"] == [] and row["text_sha256"] is None
        assert row["error"]


def test_bytes_that_are_no_text_cost_no_other() -> None:
    good = TEXT.encode()
    # A surrogate alone, as some programs write it; a text that is cut in a letter; no UTF-8 at all.
    values = [good, good + b"\xed\xa0\x80", good[:-1] + b"\xd8", b"\xff\xfe", good]
    offsets = [0]
    for value in values:
        offsets.append(offsets[-1] + len(value))
    buffers = [
        None,
        pyarrow.array(offsets, pyarrow.int32()).buffers()[1],
        pyarrow.py_buffer(b"".join(values)),
    ]
    text = pyarrow.StringArray.from_buffers(len(values), buffers[1], buffers[2])
    batch = pyarrow.RecordBatch.from_arrays(
        [pyarrow.array([f"n-{n}" for n in range(len(values))]), text, text],
        ["id", "text", "title"],
    )
    found = rows([batch])
    assert [row["article"] for row in found] == [f"n-{n}" for n in range(5)]
    assert [row["error"] is None for row in found] == [True, False, False, False, True]


@pytest.mark.parametrize(
    "day",
    [
        pyarrow.array([date(2026, 3, 2)]),
        pyarrow.array(["2026-03-02"]),
        pyarrow.array([1772409600000000], pyarrow.timestamp("us", tz="UTC")),
        pyarrow.array([1772409600000000], pyarrow.timestamp("us")),
    ],
    ids=["date", "text", "timestamp", "timestamp_ntz"],
)
def test_days_of_all_kinds_are_read(day: Any) -> None:
    batch = articles(1)
    batch = pyarrow.RecordBatch.from_arrays([*batch.columns, day], [*batch.schema.names, "date"])
    assert rows([batch])[0]["published"] == date(2026, 3, 2)


def test_a_day_that_is_none_is_told_and_costs_nothing() -> None:
    (row,) = rows([articles(1, date=["يوم السوق"])])
    assert row["error"] is None and row["published"] is None
    assert "يوم السوق" in row["remarks"][0]
    assert row["statements"]


def test_a_table_without_a_text_is_refused_by_its_columns() -> None:
    batch = pyarrow.RecordBatch.from_pydict({"id": ["1"], "story_so_far": [TEXT], "day": ["2026"]})
    with pytest.raises(ValueError, match="id.*story_so_far.*day"):
        rows([batch])


def test_settings_go_to_the_workers() -> None:
    read = rawi.spark.reader(
        fields={"text": "story_so_far"}, published=date(2026, 3, 2), min_confidence=0.99
    )
    batch = pyarrow.RecordBatch.from_pydict({"id": ["1"], "story_so_far": [TEXT]})
    (row,) = rows([batch], pickle.loads(pickle.dumps(read)))
    assert row["published"] == date(2026, 3, 2)
    assert row["statements"] == [], "none is that certain"


def test_what_makes_no_sense_is_refused_where_it_is_said() -> None:
    with pytest.raises(ValueError, match="min_confidence"):
        rawi.spark.reader(min_confidence=2.0)
    with pytest.raises(ValueError, match="txet"):
        rawi.spark.reader(fields={"txet": "story"})
    with pytest.raises(ValueError, match="published"):
        rawi.spark.reader(published="someday")


def test_what_goes_out_is_small_whatever_comes_in() -> None:
    # A page of a newspaper, two thousand times.
    found = list(rawi.spark.read([articles(2_000, text=["\n".join([TEXT] * 20)] * 2_000)]))
    assert sum(batch.num_rows for batch in found) == 2_000
    assert max(batch.nbytes for batch in found) < 8 << 20


def test_input_is_asked_for_as_it_is_needed() -> None:
    asked = []

    def batches() -> Iterator[Any]:
        for n in range(3):
            asked.append(n)
            yield articles(1)

    read = rawi.spark.read(batches())
    assert asked == []
    next(read)
    assert asked == [0]


FORK = """
import os, sys
import rawi.spark
threads = lambda: len(os.listdir("/proc/self/task"))
assert threads() == 1, "a thread at import"
assert not {"pyspark", "pyarrow"} & set(sys.modules)
text = sys.argv[1]
read = lambda: rawi.read(text).statements[0].speaker.name
def child():
    pid = os.fork()
    if pid == 0:
        os._exit(0 if read() == "سلمى الجبوري" else 1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
assert child() == 0, "before the engine was made"
read()
assert threads() == 1, "a thread by reading"
assert child() == 0, "after it was made"
import pyarrow
from concurrent.futures import ThreadPoolExecutor
batch = pyarrow.RecordBatch.from_pydict({"text": [text] * 200})
def busy():
    for _ in rawi.spark.read([batch] * 20): pass
with ThreadPoolExecutor(1) as pool:
    work = pool.submit(busy)
    assert all(child() == 0 for _ in range(20)), "while others read"
    work.result()
"""


@pytest.mark.skipif(
    not hasattr(os, "fork") or not os.path.isdir("/proc/self/task"), reason="needs Linux"
)
def test_a_process_may_fork_at_any_time() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORK, TEXT], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
