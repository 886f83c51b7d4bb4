"""``python -m rawi`` and articles from files."""

from __future__ import annotations

import gzip
import json
import logging
import pathlib
import subprocess
import sys

import pytest

import rawi
from conftest import TEXT


def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Runs the command."""
    command = [sys.executable, "-m", "rawi", *arguments]
    return subprocess.run(
        command, input=text, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture
def news(tmp_path: pathlib.Path) -> pathlib.Path:
    """A file of records, one of them bad."""
    records = [
        {"id": "a", "text": TEXT, "date": "2026-03-02", "source": "صحيفة النهر"},
        {"id": "b", "text": ""},
        {"id": "c", "text": "x\0y"},
        {"id": "d", "نص": TEXT},
    ]
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress("".join(json.dumps(r) + "\n" for r in records).encode()))
    return path


def test_files(news: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """JSON lines and a text, the bad records named."""
    text = tmp_path / "article.txt"
    text.write_text(TEXT, encoding="utf-8")
    out = run(str(news), str(text), "--published", "2 آذار 2026", "--threads", "2")
    readings = [json.loads(line) for line in out.stdout.splitlines()]
    assert [r["id"] for r in readings] == ["a", "d", str(text)]
    assert all(r["published"] == "2026-03-02" for r in readings)
    assert readings[0]["outlet"] == "صحيفة النهر" and out.returncode == 1
    assert ":2: byte " in out.stderr and "c: NUL character at character 1" in out.stderr


def test_standard_input() -> None:
    """A text, and the very line that the library gives."""
    out = run(text=TEXT)
    assert out.returncode == 0 and out.stderr == ""
    assert out.stdout == rawi.read(TEXT, id="stdin").to_json() + "\n"
    sure = run("-", "--min-confidence", "1", "--explain", text=TEXT)
    assert json.loads(sure.stdout)["statements"] == []


def test_usage() -> None:
    """Help with examples; wrong usage ends with 2."""
    assert "examples:\n  python -m rawi" in run("--help").stdout
    assert run("--version").stdout == f"{rawi.ENGINE}\n"
    wrong = [
        ["--published", "أمس"],
        ["--field", "text"],
        ["--field", "x=y"],
        ["--min-confidence", "2"],
        ["--threads", "0"],
        ["--nothing"],
    ]
    for arguments in wrong:
        out = run(*arguments, text=TEXT)
        assert out.returncode == 2 and "error:" in out.stderr, arguments
    missing = run("nowhere.jsonl")
    assert missing.returncode == 1 and "no such file" in missing.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
def test_nobody_reads(news: pathlib.Path) -> None:
    """A pipe that is closed ends it without a word."""
    command = f"{sys.executable} -m rawi {news} {news} {news} | head -c 1"
    out = subprocess.run(["sh", "-c", command], capture_output=True, check=True)
    assert out.stdout == b"{" and b"Traceback" not in out.stderr


def test_articles(news: pathlib.Path, caplog: pytest.LogCaptureFixture) -> None:
    """One after another, behind what is wrong too."""
    found = list(rawi.articles(news, on_error="return"))
    assert [type(x).__name__ for x in found] == ["Article", "ReadError", "Article", "Article"]
    first = found[0]
    assert isinstance(first, rawi.Article) and first.text == TEXT and first.outlet
    articles = rawi.articles(str(news), published="2026-03-02")
    assert iter(articles) is articles and next(articles).id == "a"
    with pytest.raises(rawi.ReadError, match=":2: byte .*`text` is empty"):
        next(articles)
    assert [article.id for article in articles] == ["c", "d"]
    with pytest.raises(ValueError, match="fields: "):
        rawi.articles(news, fields={"texts": "x"})
    with caplog.at_level(logging.WARNING, "rawi"):
        list(rawi.articles(news, published="2026-03-02", on_error="return"))
    path = news.with_name("english.txt")
    path.write_text("The minister said that the work was over.")
    with caplog.at_level(logging.WARNING, "rawi"):
        assert len(list(rawi.articles(path))) == 1
    assert "not Arabic" in caplog.text or "Arabic letters" in caplog.text
