"""The code of docs/python.md, which is run as it stands there."""

from __future__ import annotations

import importlib.util
import os
import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")

#: What a recipe takes that may not be installed.
TAKES = ("pandas", "polars", "duckdb", "spacy", "pyspark", "pyarrow")


def blocks(language: str, text: str) -> list[str]:
    """The code of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def run(code: str, where: pathlib.Path) -> str:
    """Runs code where there are the samples, and gives what it prints."""
    samples = where / "samples"
    if not samples.exists():
        samples.symlink_to(ROOT / "samples")
    env = {**os.environ, "PYTHONWARNINGS": "default", "PYTHONIOENCODING": "utf-8"}
    if "pyspark" in code:
        env["PYSPARK_PYTHON"] = sys.executable
    out = subprocess.run(
        [sys.executable, "-c", code],
        cwd=where,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert out.returncode == 0, out.stderr
    return out.stdout


def missing(code: str) -> list[str]:
    """What code takes that is not installed."""
    return [name for name in TAKES if name in code and not importlib.util.find_spec(name)]


def test_the_page_from_top_to_bottom(tmp_path: pathlib.Path) -> None:
    """One block after another, without the recipes."""
    if missing("pyarrow"):
        pytest.skip("no pyarrow")
    before = PAGE.split("## Recipes")[0]
    first, *rest = blocks("python", before)
    assert run(first, tmp_path) == blocks("text", before)[0] and len(rest) == 7
    run("\n".join([first, *rest]), tmp_path)


RECIPES = {
    part.split("\n")[0]: blocks("python", part)
    for part in PAGE.split("## Recipes")[1].split("## The command")[0].split("\n### ")[1:]
}


def test_recipes_are_there() -> None:
    """Those that people look for, with one block of code each."""
    assert list(RECIPES) == ["pandas", "Polars", "DuckDB", "spaCy", "Spark"]
    assert all(len(code) == 1 for code in RECIPES.values())


@pytest.mark.parametrize("name", RECIPES)
def test_recipes(name: str, tmp_path: pathlib.Path) -> None:
    """Each by itself."""
    (code,) = RECIPES[name]
    if absent := missing(code):
        pytest.skip(f"no {', '.join(absent)}")
    run(f"import rawi\n{code}", tmp_path)


def test_the_command(tmp_path: pathlib.Path) -> None:
    """As it is called there."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (command,) = blocks("sh", PAGE.split("## The command")[1])
    command = command.replace("python", sys.executable, 1)
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    lines = (tmp_path / "readings.jsonl").read_text(encoding="utf-8").splitlines()
    # README.md of the samples is no article.
    samples = [file for file in (ROOT / "samples").iterdir() if file.suffix != ".md"]
    articles = [file.read_text(encoding="utf-8").count("\n") if file.suffix == ".jsonl" else 1 for file in samples]
    assert len(lines) == sum(articles) > len(samples)
