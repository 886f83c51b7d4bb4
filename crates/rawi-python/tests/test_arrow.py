"""Tables in and out by Arrow, with every library that is installed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, get_args

import pytest

from conftest import TEXT
import rawi
from rawi.types import TableName

pa = pytest.importorskip("pyarrow")

NAMES = get_args(TableName)


def texts(count: int) -> list[str]:
    """Articles that are told apart by a number."""
    return [f"قال مدير المركز رقم {n} سالم الطيب إن العمل انتهى أمس." for n in range(count)]


def test_tables_of_readings(reading: rawi.Reading) -> None:
    """A row for each thing, of the headline first."""
    assert reading.headline
    rows = {name: pa.table(rawi.to_arrow([reading], name)) for name in NAMES}
    assert rows["readings"].num_rows == rows["articles"].num_rows == 1
    for name in ("statements", "events", "entities", "times"):
        both = [*getattr(reading.headline, name), *getattr(reading, name)]
        assert rows[name].num_rows == len(both)
        assert rows["articles"][name].to_pylist() == [len(both)]
        assert len(rows["readings"][name][0]) == len(both)
    statements = rows["statements"].to_pylist()
    assert [s["statement"] for s in statements] == ["hs1", "s1", "s2", "s3", "s4"]
    for row, s in zip(statements[1:], reading.statements, strict=True):
        assert (row["start"], row["end"], row["content"]) == (s.start, s.end, s.text)
        assert row["speaker"] == (s.speaker and s.speaker.name)
        assert row["article"] == "n-1" and row["published"] == datetime.date(2026, 3, 2)
    assert rows["mentions"].num_rows == sum(
        len(e.mentions) for e in (*reading.headline.entities, *reading.entities)
    )


def test_a_table_can_be_taken_again(reading: rawi.Reading) -> None:
    """It makes its rows anew, and outlives what it was made of."""
    table = rawi.to_arrow(reading)
    assert pa.table(table) == pa.table(table)
    assert table.table == "statements" and repr(table) == "ArrowTable('statements', articles=1)"
    assert pa.schema(table) == pa.table(table).schema
    empty = rawi.to_arrow([], "events")
    assert pa.table(empty).num_rows == 0 and pa.schema(empty).names[0] == "article"


def test_errors_are_rows() -> None:
    """What could not be read stands in the table `readings`, and in no other."""
    out = rawi.read_batch(
        ["أكد الوزير أن العمل انتهى.", {"id": "x", "text": "\0"}, {}], on_error="return"
    )
    rows = pa.table(rawi.to_arrow(out, "readings")).select(["article", "error"]).to_pylist()
    assert [row["article"] for row in rows] == ["0", "x", "2"]
    assert [bool(row["error"]) for row in rows] == [False, True, True]
    assert rows[2]["error"] == "has no `text`"
    assert pa.table(rawi.to_arrow(out)).num_rows == 1


def test_what_is_no_table() -> None:
    """Names of tables and items are checked at once."""
    with pytest.raises(ValueError, match="articles, statements"):
        rawi.to_arrow([], "statement")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="item 0 is a str"):
        rawi.to_arrow(["نص"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="list is no table of Arrow"):
        rawi.read_arrow([TEXT])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no column of text: a, b"):
        rawi.read_arrow(pa.table({"a": ["x"], "b": ["y"]}))
    with pytest.raises(ValueError, match="texts"):
        rawi.read_arrow(pa.table({"text": ["x"]}), fields={"texts": "x"})
    mapped = rawi.read_arrow(pa.table({"x": [TEXT]}), fields=MappingProxyType({"text": "x"}))
    assert pa.table(mapped).num_rows == 1
    with pytest.raises(ValueError, match="published"):
        rawi.read_arrow(pa.table({"text": ["x"]}), published="أمس")


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_rows_of_a_table(threads: int) -> None:
    """As they stand in the input, whatever reads them, and the same as objects tell."""
    many = texts(700)
    table = pa.table({"id": range(700), "body": many, "date": ["2026-03-02"] * 700})
    table = pa.concat_tables([table.slice(0, 30), table.slice(30)])
    got = pa.table(rawi.read_arrow(table, threads=threads))
    assert got["article"].to_pylist() == [str(n) for n in range(700)]
    assert got["error"].null_count == 700
    items = [{"id": n, "text": t, "published": "2026-03-02"} for n, t in enumerate(many)]
    expected = pa.table(rawi.to_arrow(rawi.read_batch(items), "readings"))
    assert got.combine_chunks() == expected.combine_chunks()


def test_bad_rows() -> None:
    """Each tells its own error."""
    table = pa.table({"text": [TEXT, None, "\0", "", TEXT]})
    rows = pa.table(rawi.read_arrow(table, published=datetime.date(2026, 3, 2), name="t"))
    assert rows["article"].to_pylist() == ["t:1", "t:2", "t:3", "t:4", "t:5"]
    errors = rows["error"].to_pylist()
    assert [bool(e) for e in errors] == [False, True, True, True, False]
    assert "NUL character at character 0" in errors[2]
    assert rows["published"][0].as_py() == datetime.date(2026, 3, 2)
    assert rows["statements"][1].as_py() == []


def test_types_of_columns() -> None:
    """Strings and days of all kinds, and names that the caller gives."""
    day = datetime.date(2026, 3, 2)
    kinds = [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())]
    if hasattr(pa, "string_view"):
        kinds.append(pa.string_view())
    days = [pa.date32(), pa.date64(), pa.timestamp("us"), pa.timestamp("ns", "UTC"), pa.string()]
    expected = None
    for kind in kinds:
        for type in days:
            date = pa.array([day]).cast(type)
            table = pa.table({"story": pa.array([TEXT], kind), "when": date, "other": [[1]]})
            fields = {"text": "story", "published": "when"}
            rows = pa.table(rawi.read_arrow(table, fields=fields)).drop(["remarks"])
            assert expected is None or rows == expected, (kind, type)
            expected = rows
    assert expected and expected["published"].to_pylist() == [day]


def test_a_stream_is_lazy_and_bounded() -> None:
    """No more of the input is taken than is read, and what follows an error is not."""
    taken = []

    def batches() -> Iterator[Any]:
        for n in range(4):
            taken.append(n)
            if n == 3:
                raise RuntimeError("the disk is gone")
            yield pa.RecordBatch.from_pydict({"text": texts(600)})

    schema = pa.schema({"text": pa.string()})
    stream = rawi.read_arrow(pa.RecordBatchReader.from_batches(schema, batches()), threads=1)
    assert taken == [] and pa.schema(stream).names[-1] == "address"
    first = next(stream)
    assert taken == [0] and len(first) == first.num_rows == 256
    assert [len(next(stream)) for _ in range(2)] == [256, 88]
    assert taken == [0]
    assert pa.record_batch(next(stream)).num_rows == 256 and taken == [0, 1]
    with pytest.raises(RuntimeError, match="the disk is gone"):
        list(stream)
    assert list(stream) == []


def test_errors_of_the_input_are_raised() -> None:
    """Also by whoever takes the stream by Arrow."""

    def batches() -> Iterator[Any]:
        yield pa.RecordBatch.from_pydict({"text": texts(3)})
        raise RuntimeError("the disk is gone")

    schema = pa.schema({"text": pa.string()})
    stream = rawi.read_arrow(pa.RecordBatchReader.from_batches(schema, batches()))
    with pytest.raises((OSError, ValueError), match="the disk is gone"):
        pa.table(stream)


def test_a_stream_is_taken_once() -> None:
    """By one reader or the other."""
    stream = rawi.read_arrow(pa.table({"text": texts(300)}), threads=1)
    next(stream)
    assert pa.table(stream).num_rows == 44
    with pytest.raises(ValueError, match="taken already"):
        pa.table(stream)
    with pytest.raises(StopIteration):
        next(stream)


def test_settings_hold() -> None:
    """A reader leaves out what it is not sure of, in columns too."""
    table = pa.table({"text": [TEXT]})
    all = pa.table(rawi.read_arrow(table))["statements"][0]
    sure = pa.table(rawi.Reader(min_confidence=1.0).read_arrow(table))["statements"][0]
    assert len(all) == 4 and len(sure) == 0


def test_broken_utf8_costs_its_row() -> None:
    """A column of text with a value that is none."""
    values = pa.array([TEXT.encode(), b"\xff\xfe", TEXT.encode()])
    broken = pa.Array.from_buffers(pa.string(), 3, values.buffers())
    rows = pa.table(rawi.read_arrow(pa.table({"text": broken}))).to_pylist()
    assert [row["error"] for row in rows] == [None, "text: no UTF-8 at byte 0", None]
    assert [len(row["statements"]) for row in rows] == [4, 0, 4]


def test_polars(reading: rawi.Reading) -> None:
    """Out and in."""
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame(rawi.to_arrow([reading]))
    assert frame.height == 5 and frame["speaker"][1] == "ليلى الشكيراوي"
    articles = pl.DataFrame({"text": texts(3)})
    rows = pl.DataFrame(rawi.read_arrow(articles))
    assert rows.height == 3 and rows["statements"].list.len().to_list() == [1, 1, 1]
    assert pl.DataFrame(next(rawi.read_arrow(articles))).height == 3


def test_pandas(reading: rawi.Reading) -> None:
    """Out and in."""
    pd = pytest.importorskip("pandas")
    frame = pa.table(rawi.to_arrow([reading])).to_pandas()
    assert len(frame) == 5 and frame["speaker"][1] == "ليلى الشكيراوي"
    rows = pa.table(rawi.read_arrow(pd.DataFrame({"text": texts(3)})))
    assert rows.num_rows == 3
    if hasattr(pd.DataFrame, "from_arrow"):
        assert len(pd.DataFrame.from_arrow(rawi.to_arrow([reading]))) == 5


def test_duckdb(reading: rawi.Reading) -> None:
    """Out and in, also on its own threads."""
    duckdb = pytest.importorskip("duckdb")
    statements = rawi.to_arrow([reading])
    query = "select speaker, count(*) from statements group by all order by 2 desc"
    assert duckdb.sql(query).fetchall()[0][0] == "ليلى الشكيراوي"
    articles = "select 'قال الوزير إن العمل انتهى.' as text from range(5)"
    # A connection runs one query at a time, and the outer one pulls the inner one's rows.
    rows = rawi.read_arrow(duckdb.connect().sql(articles))
    assert duckdb.sql("select count(*), sum(len(statements)) from rows").fetchall() == [(5, 5)]
