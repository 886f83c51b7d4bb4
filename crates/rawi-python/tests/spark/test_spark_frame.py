"""`rawi.spark.read` in `DataFrame.mapInArrow`."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("pyarrow.parquet")
pytest.importorskip("pyspark", reason="Spark is not installed; tests/spark/run installs it")

from pyspark.sql import Window  # noqa: E402
from pyspark.sql import functions as F  # noqa: E402

import rawi  # noqa: E402
import rawi.spark  # noqa: E402

SAMPLES = Path(__file__).parents[4] / "samples" / "articles.jsonl"

TEXT = "قالت وزيرة الري العراقية سلمى الجبوري: «لن ينقطع الماء عن أي قرية هذا الصيف»."


@pytest.fixture(scope="module")
def samples():
    with SAMPLES.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def articles(spark, samples):
    return frame(spark, samples)


def frame(spark, rows):
    """Articles as a data frame, in two partitions."""
    columns = ("id", "title", "date", "source", "text")
    rows = [tuple(row.get(name) for name in columns) for row in rows]
    return spark.createDataFrame(rows, ", ".join(f"{name} string" for name in columns)).repartition(
        2
    )


def read(articles, read=rawi.spark.read):
    return articles.mapInArrow(read, rawi.spark.SCHEMA)


def collected(readings):
    """Rows as dictionaries by the article's id."""
    return {row["article"]: row.asDict(recursive=True) for row in readings.collect()}


def one_by_one(rows):
    """What reading each article by itself gives, in the same form."""
    read = [
        rawi.read(
            row["text"],
            id=row["id"],
            title=row["title"],
            published=row["date"],
            outlet=row["source"],
        )
        for row in rows
    ]
    return {
        row["article"]: row
        for row in pyarrow.table(rawi.to_arrow(read, table="readings")).to_pylist()
    }


def test_rows_are_those_of_reading_one_by_one(articles, samples):
    assert collected(read(articles)) == one_by_one(samples)


def test_spark_derives_the_schema_that_it_is_told(articles):
    from pyspark.sql.pandas.types import from_arrow_schema

    derived = from_arrow_schema(pyarrow.schema(rawi.to_arrow([], table="readings")))
    told = read(articles).schema
    assert told.simpleString() == derived.simpleString()


def test_no_record_stops_another(spark):
    long = "\n".join([TEXT] * 8_000)
    assert len(long.encode()) > 1 << 20
    rows = [
        {"id": "good", "text": TEXT, "date": "2026-03-02"},
        {"id": "null"},
        {"id": "empty", "text": ""},
        {"id": "blank", "text": " \n"},
        {"id": "nul", "text": f"{TEXT}\0"},
        {"id": "day", "text": TEXT, "date": "2026-13-45"},
        {"id": "long", "text": long},
    ]
    found = collected(read(frame(spark, rows)))
    failed = {name for name, row in found.items() if row["error"]}
    assert failed == {"null", "empty", "blank", "nul"}
    assert found["good"]["published"] == date(2026, 3, 2)
    assert found["day"]["published"] is None and "2026-13-45" in found["day"]["remarks"][0]
    assert len(found["long"]["statements"]) > 1_000


def test_what_is_no_unicode_is_told(spark):
    # Spark looks at no bytes of its strings; the first is a surrogate alone.
    broken = spark.sql(
        """
        SELECT * FROM VALUES
            ('surrogate', cast(unhex('D982EDA080') AS string), 'a title'),
            ('cut', cast(unhex('D982D8') AS string), 'a title'),
            ('title', 'قال', cast(unhex('FF') AS string)) AS t(id, text, title)
        """
    )
    found = collected(read(broken.union(spark.sql(f"SELECT 'good', '{TEXT}', 'a title'"))))
    assert {name for name, row in found.items() if row["error"]} == {"surrogate", "cut", "title"}


def test_a_partition_of_ten_thousand_rows(spark):
    articles = spark.range(0, 10_000, 1, 1).select(
        F.concat(F.lit("n-"), "id").alias("id"), F.lit(TEXT).alias("text")
    )
    totals = read(articles).agg(
        F.count("*"), F.countDistinct("article"), F.sum(F.size("statements")), F.count("error")
    )
    assert tuple(totals.first()) == (10_000, 10_000, 10_000, 0)


def test_long_offsets_are_read(spark, articles, samples):
    name = "spark.sql.execution.arrow.useLargeVarTypes"
    spark.conf.set(name, "true")
    try:
        assert collected(read(articles)) == one_by_one(samples)
    finally:
        spark.conf.unset(name)


def test_batches_of_one_row(spark, articles, samples):
    name = "spark.sql.execution.arrow.maxRecordsPerBatch"
    spark.conf.set(name, "1")
    try:
        assert collected(read(articles)) == one_by_one(samples)
    finally:
        spark.conf.unset(name)


def test_schemas_may_be_checked(spark, articles, samples):
    name = "spark.sql.execution.arrow.pyspark.validateSchema.enabled"
    spark.conf.set(name, "true")  # nothing but a name before version 4
    try:
        assert collected(read(articles)) == one_by_one(samples)
    finally:
        spark.conf.unset(name)


def test_days_and_times_of_spark(spark):
    days = spark.sql(
        f"""
        SELECT * FROM VALUES ('date', '{TEXT}', DATE '2026-03-02') AS t(id, text, date)
        """
    )
    times = spark.sql(
        f"SELECT 'time' AS id, '{TEXT}' AS text, TIMESTAMP '2026-03-02 10:00:00 UTC' AS date"
    )
    for articles in (days, times):
        (row,) = collected(read(articles)).values()
        assert row["published"] == date(2026, 3, 2)


def test_other_columns_by_name(spark):
    articles = spark.createDataFrame([("1", TEXT)], "key string, story_so_far string")
    reader = rawi.spark.reader(fields={"id": "key", "text": "story_so_far"}, published="2026-03-02")
    (row,) = collected(read(articles, reader)).values()
    assert (row["article"], row["published"]) == ("1", date(2026, 3, 2))
    assert row["statements"][0]["speaker"] == "سلمى الجبوري"


def test_a_frame_without_a_text_is_refused_by_its_columns(spark):
    articles = spark.createDataFrame([("1", TEXT)], "key string, story_so_far string")
    with pytest.raises(Exception, match="key.*story_so_far"):
        read(articles).collect()


def test_columns_that_are_no_part_of_an_article_come_back_by_a_join(spark, articles):
    sections = articles.select(F.col("id").alias("article"), F.upper("source").alias("section"))
    joined = (
        read(articles)
        .join(sections, "article")
        .select("article", "section", F.size("statements").alias("n"))
    )
    assert joined.count() == articles.count()


def test_after_a_window(articles):
    by_day = Window.partitionBy("source").orderBy(F.col("date").desc())
    newest = articles.withColumn("rank", F.row_number().over(by_day)).where("rank = 1")
    assert read(newest).count() == articles.select("source").distinct().count()


def test_statements_become_rows(articles, samples):
    statements = read(articles).selectExpr("article", "published", "inline(statements)")
    expected = one_by_one(samples)
    assert statements.count() == sum(len(row["statements"]) for row in expected.values())
    for row in statements.where("part = 'text'").collect():
        text = next(sample["text"] for sample in samples if sample["id"] == row["article"])
        for piece in row["pieces"]:
            assert text[piece["start"] : piece["end"]] == piece["text"]
    speakers = (
        read(articles).select(F.explode("statements").alias("s")).groupBy("s.speaker").count()
    )
    assert speakers.where("speaker IS NOT NULL").count() > 5


def test_parquet_holds_all_of_it(spark, articles, samples, tmp_path):
    path = str(tmp_path / "readings")
    read(articles).write.parquet(path)
    assert collected(spark.read.parquet(path)) == one_by_one(samples)
    # And for others than Spark.
    assert pyarrow.parquet.read_table(path).num_rows == len(samples)


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="needs Linux")
def test_a_worker_is_used_again_and_starts_no_thread(articles):
    def watched(batches):
        def threads():
            return len(os.listdir("/proc/self/task"))

        before = threads()
        read = sum(batch.num_rows for batch in rawi.spark.read(batches))
        row = {"pid": os.getpid(), "read": read, "more": threads() - before}
        yield pyarrow.RecordBatch.from_pylist([row])

    schema = "pid bigint, read bigint, more bigint"
    runs = [articles.mapInArrow(watched, schema).collect() for _ in range(3)]
    assert all(sum(row.read for row in rows) == 10 for rows in runs)
    assert {row.more for rows in runs for row in rows} == {0}
    assert len({row.pid for rows in runs for row in rows}) <= 2
