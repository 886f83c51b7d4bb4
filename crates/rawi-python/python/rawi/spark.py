"""Readings in Apache Spark.

``read`` is a function for ``DataFrame.mapInArrow``, and ``SCHEMA`` the schema of what it
gives, as a DDL string: the table ``readings``, a row an article::

    articles = spark.read.parquet("articles").select("id", "date", "text")
    readings = articles.mapInArrow(rawi.spark.read, rawi.spark.SCHEMA)
    statements = readings.selectExpr("article", "published", "inline(statements)")

Columns are known by the same names as anywhere (``text``, ``body``, ``html``, ``date``,
``source`` …); ``reader`` takes other names and settings. Whole rows travel to Python and
what is no part of an article does not come back: select these columns, and join on
``article`` for the others.

Nothing here imports Spark, starts a thread or holds anything that a fork could break: the
engine is made in the worker process, at its first batch. What cannot be read stands in the
column ``error`` and stops nothing. The batches that come out are small, whatever the size of
those that go in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from ._rawi import SPARK_SCHEMA, Reader, to_arrow
from .types import HasArrowArray

__all__ = ["SCHEMA", "read", "reader"]

SCHEMA: str = SPARK_SCHEMA
"""The columns of what ``read`` gives, as Spark's DDL."""


def _read(
    reader: Reader,
    fields: Mapping[str, str] | None,
    published: str | date | None,
    batches: Iterable[HasArrowArray],
) -> Iterator[Any]:
    # Spark's workers have it anyway; who wants nothing but SCHEMA needs none.
    import pyarrow  # type: ignore[import-untyped]

    for batch in batches:
        # Spark gives a worker one core: more threads would take those of its neighbors.
        readings = reader.read_arrow(batch, fields=fields, published=published, threads=1)
        for some in readings:
            yield pyarrow.record_batch(some)


def read(batches: Iterable[HasArrowArray]) -> Iterator[Any]:
    """Reads the articles of record batches and gives record batches of pyarrow: a function for
    ``DataFrame.mapInArrow``.
    """
    return _read(Reader(), None, None, batches)


def reader(
    *,
    fields: Mapping[str, str] | None = None,
    published: str | date | None = None,
    min_confidence: float = 0.0,
) -> Callable[[Iterable[HasArrowArray]], Iterator[Any]]:
    """``read`` with settings.

    Args:
        fields: which columns hold what, where their names do not say it, as in
            ``{"text": "story"}``.
        published: the day of publication of articles that name none.
        min_confidence: leaves out statements and events of less confidence.

    Raises:
        ValueError: if any of these makes no sense, here and not first in a worker.
    """
    reader = Reader(min_confidence=min_confidence)
    fields = dict(fields or {})
    # A table that has a column "text", and nothing in it.
    nothing = to_arrow([], table="articles")
    reader.read_arrow(nothing, fields=dict.fromkeys(fields, "text"), published=published)
    # A function that travels to the workers as these settings.
    return partial(_read, reader, fields, published)
