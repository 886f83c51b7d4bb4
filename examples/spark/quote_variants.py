"""Find out which quotations are one and the same over outlets, and who reported them first.

    spark-submit quote_variants.py readings/statements -o variants/

Two quotations are variants if they share ten words in a row, or, where they are shorter than
that, if they have the same words; so is whoever is a variant of a variant. Vowel signs, tatweel,
hamza seats, marks and spacing make no difference. The keys are those by which an archive finds
copies (``rawi.fingerprint``): of a quotation the ten smallest hashes of ten words in a row. Two
near copies nearly always have one in common, and a few sentences cut from a long speech mostly.

A row a quotation: ``cluster``, ``quote``, ``speaker``, ``outlet``, ``day``, ``first`` (whether
nobody reported the cluster on an earlier day; news knows days and no hours), ``article``, ``part``
and ``statement``.
"""

import argparse

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("statements", help="Parquet of statements, as read_news.py writes it")
    parser.add_argument("-o", "--output", required=True, help="folder for the result")
    parser.add_argument(
        "--format",
        choices=("parquet", "json", "csv"),
        default="parquet",
        help="form of the result (default: parquet)",
    )
    parser.add_argument(
        "--outlets",
        type=int,
        default=2,
        metavar="N",
        help="leave out clusters with fewer outlets (default: 2)",
    )
    parser.add_argument(
        "--words",
        type=int,
        default=5,
        metavar="N",
        help="leave out shorter quotations, which many people say (default: 5)",
    )
    parser.add_argument(
        "--most",
        type=int,
        default=1_000,
        metavar="N",
        help="leave out words that more quotations share, such as a prayer (default: 1000)",
    )
    arguments = parser.parse_args()

    spark = SparkSession.builder.appName("quote variants").getOrCreate()
    statements = spark.read.parquet(arguments.statements)
    quotes = statements.where("form = 'quote'").select(
        F.concat_ws("\n", "article", "part", "statement").alias("quotation"),
        F.col("content").alias("quote"),
        "speaker",
        "outlet",
        F.col("published").alias("day"),
        "article",
        "part",
        "statement",
    )
    # An article may stand in several batches.
    quotes = quotes.dropDuplicates(["quotation"])
    keyed = quotes.select("quotation", "quote").mapInArrow(
        Keys(arguments.words), "quotation string, key string"
    )
    clusters = components(shared(keyed, arguments.most))
    found = first_to_report(quotes.join(clusters, "quotation"), arguments.outlets)
    found = found.orderBy("cluster", F.col("day").asc_nulls_last(), "quotation").drop("quotation")
    found.coalesce(1).write.mode("overwrite").format(arguments.format).save(arguments.output)


class Keys:
    """Gives each quotation a row for each of its keys."""

    def __init__(self, words: int):
        self.words = words

    def __call__(self, batches):
        import pyarrow
        import rawi

        schema = pyarrow.schema([("quotation", pyarrow.string()), ("key", pyarrow.string())])
        for batch in batches:
            rows = []
            for row in batch.to_pylist():
                taken = rawi.fingerprint(row["quote"])
                if taken.words < self.words:
                    continue
                # Fewer than ten words have no key; all their words together are one.
                keys = [f"{key:012x}" for key in taken.keys] or [taken.to_bytes().hex()]
                rows.extend({"quotation": row["quotation"], "key": key} for key in keys)
            yield pyarrow.RecordBatch.from_pylist(rows, schema=schema)


def shared(keyed: DataFrame, most: int) -> DataFrame:
    """The keys that several quotations have, but not too many."""
    count = keyed.groupBy("key").count().where(F.col("count").between(2, most))
    return keyed.join(count.select("key"), "key")


def components(keyed: DataFrame) -> DataFrame:
    """Which quotations hang together by their keys: each one's cluster, named by the smallest in it.

    Everybody takes the smallest name among those with whom it shares a key, until nobody's
    changes: as many rounds as the longest way from variant to variant, which are few.
    """
    keyed = keyed.localCheckpoint()
    names = keyed.select("quotation", F.col("quotation").alias("cluster")).distinct()
    while True:
        names = names.localCheckpoint()
        of_keys = (
            keyed.join(names, "quotation").groupBy("key").agg(F.min("cluster").alias("cluster"))
        )
        of_quotes = (
            keyed.join(of_keys, "key").groupBy("quotation").agg(F.min("cluster").alias("smaller"))
        )
        step = names.join(of_quotes, "quotation").localCheckpoint()
        names = step.select("quotation", F.col("smaller").alias("cluster"))
        if step.where("smaller < cluster").isEmpty():
            return names


def first_to_report(quotes: DataFrame, outlets: int) -> DataFrame:
    """The quotations of clusters with at least so many outlets, and which of them came first."""
    told = quotes.groupBy("cluster").agg(
        F.countDistinct("outlet").alias("outlets"), F.min("day").alias("earliest")
    )
    quotes = quotes.join(told.where(F.col("outlets") >= outlets), "cluster")
    return quotes.select(
        F.sha2("cluster", 256).substr(1, 16).alias("cluster"),
        "quote",
        "speaker",
        "outlet",
        "day",
        F.coalesce(F.col("day") == F.col("earliest"), F.lit(False)).alias("first"),
        "article",
        "part",
        "statement",
        "quotation",
    )


if __name__ == "__main__":
    main()
