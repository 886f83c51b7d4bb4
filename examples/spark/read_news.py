"""Read articles on a cluster: statements and events as Parquet, by month of publication.

    spark-submit read_news.py articles/crawl-01.parquet articles/crawl-02.parquet -o readings/

Each input, a Parquet file or a folder of them, is a batch, named by the last part of its path. What
is read of it stands under the output in

    readings/batch=NAME/month=2026-03/    a row an article, with all that is read in it
    statements/batch=NAME/month=2026-03/  who said what
    events/batch=NAME/month=2026-03/      what happened between whom

``month`` is ``unknown`` where an article has no day. A batch that is there, whole, is passed over,
so that a job that was stopped goes on when it is started again; --again reads it anew and puts the
result in the place of the old one. No other batch is touched.

Prints a line of JSON for each batch: how many articles, statements and events it has, how many
articles could not be read (their rows in ``readings`` say why in ``error``), and whether it was
read now.
"""

import argparse
import json

import rawi.spark
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

COLUMNS = ("id", "url", "title", "date", "published", "source", "outlet", "text", "html")
"""What is taken of an input, where it is there: whole rows travel to Python and back."""

TABLES = ("statements", "events")
"""What is written of the readings in tables of its own."""

HEAD = ("article", "outlet", "title", "published", "published_from", "month")
TAIL = ("text_sha256", "engine")
"""What the tables have in common, before and behind their own columns."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("input", nargs="+", help="Parquet of articles, each of them a batch")
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        help="folder for the results, of any file system that Spark has",
    )
    parser.add_argument(
        "--columns",
        nargs="+",
        metavar="NAME",
        help=f"columns that are taken (by default those of {', '.join(COLUMNS)} that are there)",
    )
    parser.add_argument(
        "--field",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="take a field of the article from this column, as in `rawi read`",
    )
    parser.add_argument(
        "--published", metavar="DAY", help="day of publication of articles that name none"
    )
    parser.add_argument(
        "--min-confidence",
        type=float,
        default=0.0,
        metavar="X",
        help="leave out what is less certain",
    )
    parser.add_argument(
        "--partitions",
        type=int,
        metavar="N",
        help="deal the articles of a batch out to so many tasks (by default as the files are cut)",
    )
    parser.add_argument("--again", action="store_true", help="read batches that are there anew")
    arguments = parser.parse_args()

    batches = {}
    for path in arguments.input:
        name = path.rstrip("/").rsplit("/", 1)[-1].removesuffix(".parquet")
        if name in batches:
            parser.error(f"{batches[name]} and {path} are both called {name}")
        batches[name] = path
    fields = {}
    for field in arguments.field:
        name, equals, column = field.partition("=")
        if not equals:
            parser.error(f"--field {field}: FIELD=COLUMN is expected")
        fields[name] = column

    spark = (
        SparkSession.builder.appName("read news")
        # Rows that are handed to Python at a time. Pages have a hundred kilobytes and more, and
        # before version 4 Spark knows no limit in bytes.
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 500)
        .getOrCreate()
    )
    read = rawi.spark.reader(
        fields=fields or None,
        published=arguments.published,
        min_confidence=arguments.min_confidence,
    )
    for name, path in batches.items():
        job = Batch(spark, arguments.output.rstrip("/"), name)
        fresh = arguments.again or not job.is_whole("readings")
        if fresh:
            # What follows from an older reading must not outlive it, should this run be stopped.
            for table in TABLES:
                job.remove(table)
            articles = spark.read.parquet(path)
            columns = arguments.columns or list(dict.fromkeys([*COLUMNS, *fields.values()]))
            articles = articles.select([c for c in articles.columns if c in columns])
            if arguments.partitions:
                articles = articles.repartition(arguments.partitions)
            job.write(
                "readings",
                articles.mapInArrow(read, rawi.spark.SCHEMA).withColumn("month", month()),
            )
        for table in TABLES:
            if not job.is_whole(table):
                job.write(table, rows(job.table("readings"), table))
        print(json.dumps(job.counts() | {"read": fresh}, ensure_ascii=False), flush=True)


def month():
    """The month of publication, as the folders are called."""
    return F.coalesce(F.date_format("published", "yyyy-MM"), F.lit("unknown"))


def rows(readings: DataFrame, table: str) -> DataFrame:
    """One of the tables within readings, a row an item."""
    return readings.selectExpr(*HEAD, f"inline({table})", *TAIL)


class Batch:
    """The results for one input."""

    def __init__(self, spark: SparkSession, output: str, name: str):
        self.spark = spark
        self.output = output
        self.name = name

    def path(self, table: str) -> str:
        return f"{self.output}/{table}/batch={self.name}"

    def is_whole(self, table: str) -> bool:
        """Whether a table of this batch was written to its end: Spark marks it so."""
        files, mark = self.hadoop(f"{self.path(table)}/_SUCCESS")
        return files.exists(mark)

    def remove(self, table: str) -> None:
        files, folder = self.hadoop(self.path(table))
        files.delete(folder, True)

    def hadoop(self, path: str):
        """A path, and the file system on which it lies."""
        path = self.spark._jvm.org.apache.hadoop.fs.Path(path)
        return path.getFileSystem(self.spark._jsc.hadoopConfiguration()), path

    def table(self, table: str) -> DataFrame:
        return self.spark.read.parquet(self.path(table))

    def write(self, table: str, rows: DataFrame) -> None:
        """Writes a table in the place of the old one, a month in as few files as its size allows."""
        gathered = self.spark.sql("SELECT /*+ REBALANCE(month) */ * FROM {rows}", rows=rows)
        gathered.write.mode("overwrite").partitionBy("month").parquet(self.path(table))

    def counts(self) -> dict:
        readings = self.table("readings").agg(
            F.count("*"), F.count("error"), F.sum(F.size("statements")), F.sum(F.size("events"))
        )
        articles, errors, statements, events = readings.first()
        return {
            "batch": self.name,
            "articles": articles,
            "errors": errors,
            "statements": statements or 0,
            "events": events or 0,
        }


if __name__ == "__main__":
    main()
