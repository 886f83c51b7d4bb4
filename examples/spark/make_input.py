"""Make Parquet of articles from JSON lines, as the jobs beside this read it.

    python make_input.py samples/articles.jsonl -o articles/samples.parquet
    rawi articles crawl/*.warc.gz | python make_input.py - -o articles/crawl.parquet
    rawi articles page.html | python make_input.py - -o articles/pages.parquet

The fields of the JSON become columns of text, as they are; an object without one of them has null
there. ``rawi articles`` prints what is understood of any input, WARC among them, in this form.
"""

import argparse
import json
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet

COLUMNS = ("id", "url", "title", "date", "published", "source", "outlet", "text", "html")
"""The fields that are kept."""

ROWS = 2_000
"""Rows of a row group, which is the least that Spark gives to a task of its own."""


def articles(lines):
    """The objects of JSON lines as rows; stops at a line that is none, naming it."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except json.JSONDecodeError as error:
            raise SystemExit(f"line {number}: {error}") from error
        if not isinstance(found, dict):
            raise SystemExit(f"line {number}: no object but {type(found).__name__}")
        yield {name: text(found.get(name)) for name in COLUMNS}


def text(value):
    """What a field holds, as text."""
    return value if value is None or isinstance(value, str) else str(value)


def batches(rows):
    """Rows in record batches."""
    schema = pyarrow.schema([(name, pyarrow.string()) for name in COLUMNS])
    some = []
    for row in rows:
        some.append(row)
        if len(some) == ROWS:
            yield pyarrow.RecordBatch.from_pylist(some, schema=schema)
            some = []
    yield pyarrow.RecordBatch.from_pylist(some, schema=schema)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("input", nargs="+", help="files of JSON lines; - is standard input")
    parser.add_argument(
        "-o", "--output", required=True, type=Path, help="the Parquet file to write"
    )
    arguments = parser.parse_args()

    def lines():
        for name in arguments.input:
            if name == "-":
                yield from sys.stdin
            else:
                with open(name, encoding="utf-8") as file:
                    yield from file

    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    writer = None
    for batch in batches(articles(lines())):
        writer = writer or pyarrow.parquet.ParquetWriter(
            arguments.output, batch.schema, compression="zstd"
        )
        writer.write_batch(batch, row_group_size=ROWS)
        written += batch.num_rows
    writer.close()
    print(f"{arguments.output}: {written} articles", file=sys.stderr)


if __name__ == "__main__":
    main()
