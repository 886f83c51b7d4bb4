"""The code of docs/scale.md, which is run as it stands there."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")


def section(name):
    """What stands under a heading, whatever its depth."""
    after = re.split(rf"^##+ {re.escape(name)}\n", PAGE, flags=re.MULTILINE)[1]
    return re.split(r"^##+ ", after, flags=re.MULTILINE)[0]


def blocks(name):
    return re.findall(r"^```python\n(.*?)^```", section(name), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    ("name", "package", "output"),
    [
        ("On a cluster with Spark", "pyspark", "readings"),
        ("Polars", "polars", "statements.parquet"),
        ("Ray Data", "ray", "readings"),
        ("Daft", "daft", "statements"),
    ],
)
def test_what_is_written_runs(name, package, output, tmp_path):
    if not importlib.util.find_spec(package):
        pytest.skip(f"no {package}; tests/spark/run installs it")
    code = "\n".join(blocks(name))
    assert code
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    with open(ROOT / "samples" / "articles.jsonl", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    (tmp_path / "articles").mkdir()
    parquet.write_table(
        pyarrow.Table.from_pylist(articles), tmp_path / "articles" / "samples.parquet"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ
        | {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1", "RAY_DEDUP_LOGS": "0"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4_000:]
    found = parquet.read_table(tmp_path / output)
    assert found["article"].unique().to_pylist() and found.num_rows >= len(articles)
