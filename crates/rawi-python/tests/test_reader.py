"""Reading: what goes in, many at once, threads, processes and interruptions."""

from __future__ import annotations

import concurrent.futures
import datetime
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

import rawi
from conftest import TEXT

SHORT = "أكدت وزارة الصحة الليبية في بيان أن المستشفيات جاهزة."


def many(count: int) -> list[str]:
    """Articles that are told apart by a number."""
    return [f"{TEXT} وقال المدير رقم {n} إن العمل انتهى." for n in range(count)]


def lines(readings: list[rawi.Reading]) -> list[str]:
    """What was read."""
    return [reading.to_json() for reading in readings]


def test_what_an_article_is(fields: dict[str, str]) -> None:
    """Text, fields, a dictionary or an `Article`: the reading is the same."""
    article = rawi.Article(**fields)
    expected = rawi.read(**fields)
    assert rawi.read(article) == rawi.read(dict(fields)) == expected
    assert rawi.read_batch([article, dict(fields)]) == [expected, expected]
    assert expected.article == article and expected.text == fields["text"]
    assert (article.id, article.title, article.outlet) == ("n-1", fields["title"], "صحيفة النهر")
    assert rawi.Article("x").id is None and rawi.Article("x").published is None


def test_names_of_fields() -> None:
    """Those of a file, in both languages; of several the first with something in it."""
    names = {"نص": SHORT, "العنوان": "خبر", "date": "2026-03-02", "source": "النهر", "x": 1}
    reading = rawi.read({**names, "url": "https://example.org/1", "body": " ", "content": None})
    assert reading.text == SHORT and reading.published == datetime.date(2026, 3, 2)
    assert (reading.title, reading.outlet) == ("خبر", "النهر")
    assert reading.id == "https://example.org/1"
    assert rawi.read({"body": SHORT, "text": TEXT, "id": 5, "url": "u"}).text == TEXT
    with pytest.raises(rawi.ReadError, match="has no `text`: blurb, date"):
        rawi.read({"blurb": SHORT, "date": "2026-03-02"})


def test_days() -> None:
    """As text in any form, as a day, as a moment."""
    moment = datetime.datetime(2026, 3, 2, 23, 30, tzinfo=datetime.timezone.utc)
    for day in ("2026-03-02", "2 آذار 2026", datetime.date(2026, 3, 2), moment):
        reading = rawi.read(SHORT, published=day)
        assert reading.published == datetime.date(2026, 3, 2)
    with pytest.raises(TypeError, match="`published` is a str or a datetime.date"):
        rawi.read(SHORT, published=20260302)  # type: ignore[arg-type]
    with pytest.raises(rawi.ReadError, match="not a date"):
        rawi.read(SHORT, published="قريبا")


def test_what_tables_have_for_nothing() -> None:
    """NaN and the like are no values."""
    pd = pytest.importorskip("pandas")
    nothing = float("nan")
    for missing in (None, nothing, pd.NA, pd.NaT):
        fields = {"text": SHORT, "title": missing, "published": missing, "id": missing}
        reading = rawi.read(fields)
        assert reading.title is None and reading.published is None and reading.id == "0"
        for blank in (missing, " "):
            with pytest.raises(rawi.ReadError, match="has no `text`"):
                rawi.read({"text": blank})
    frame = pd.DataFrame({"text": [SHORT], "published": [pd.Timestamp(2026, 3, 2)], "id": [7]})
    reading = rawi.read_batch(frame.to_dict("records"))[0]
    assert reading.id == "7" and reading.published == datetime.date(2026, 3, 2)


def test_what_no_article_is() -> None:
    """One article raises what is wrong with it."""
    wrong: list[Any] = [5, None, b"bytes", ["text"], {"text": 5}, {"text": SHORT, "title": 1}]
    for article in wrong:
        with pytest.raises(TypeError):
            rawi.read(article)
    for one in (SHORT, {"text": SHORT}, rawi.Article(SHORT)):
        with pytest.raises(TypeError, match="this is one article"):
            rawi.read_batch(one)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="`id` is a str or an int"):
        rawi.read({"text": SHORT, "id": True})
    with pytest.raises(TypeError, match="the text is a str, not Article"):
        rawi.read(rawi.Article(SHORT), id="x")
    with pytest.raises(TypeError, match="decode it first"):
        rawi.Article(b"bytes")  # type: ignore[arg-type]


def test_errors_say_where() -> None:
    """The character counts, also behind letters of several bytes and in a title."""
    with pytest.raises(rawi.ReadError, match="NUL character at character 6") as caught:
        rawi.read("مرحبا \0", id="n-2")
    error = caught.value
    assert isinstance(error, ValueError)
    assert (error.record, error.id, error.offset) == (None, "n-2", 6)
    with pytest.raises(rawi.ReadError, match="surrogate pair at character 2") as caught:
        rawi.read("اب\ud800", id="n-3")
    assert (caught.value.id, caught.value.offset) == ("n-3", 2)
    with pytest.raises(rawi.ReadError) as caught:
        rawi.read(SHORT, title="ا\0")
    assert caught.value.offset == 1
    with pytest.raises(rawi.ReadError, match="too long") as caught:
        rawi.read("ا" * (9 << 20))
    assert caught.value.offset is None


def test_errors_of_a_batch() -> None:
    """They stand in their places, or the first is raised."""
    items: list[Any] = [SHORT, {"id": 7, "text": "\0"}, None, {"id": "x"}, SHORT, "\ud800"]
    out = rawi.read_batch(items, on_error="return", threads=2)
    assert [isinstance(x, rawi.ReadError) for x in out] == [False, True, True, True, False, True]
    errors = [x for x in out if isinstance(x, rawi.ReadError)]
    assert [e.record for e in errors] == [1, 2, 3, 5]
    assert [e.id for e in errors] == ["7", None, "x", None]
    assert str(errors[0]).startswith("record 1 (7): NUL character at character 0")
    assert str(errors[1]) == (
        "record 2: an article is a str, a dict or a rawi.Article, not NoneType"
    )
    for threads in (1, 2, 4):
        with pytest.raises(rawi.ReadError) as caught:
            rawi.read_batch(items, threads=threads)
        assert (caught.value.record, caught.value.id) == (1, "7")
    again = pickle.loads(pickle.dumps(errors[0]))
    assert str(again) == str(errors[0]) and (again.record, again.offset) == (1, 0)


def test_the_first_error_is_raised_whatever_the_threads() -> None:
    """Not the one that was met first."""
    items = ["\0" if n in (37, 38, 90) else SHORT for n in range(120)]
    for threads in (1, 3, 8):
        with pytest.raises(rawi.ReadError) as caught:
            rawi.read_batch(items, threads=threads)
        assert caught.value.record == 37


def test_batches_do_not_depend_on_threads() -> None:
    """The same readings in the same order."""
    expected = [rawi.read(text, id=n) for n, text in enumerate(many(60))]
    for threads in (1, 2, 3, 16, None):
        assert rawi.read_batch(many(60), threads=threads) == expected
    assert rawi.read_batch(iter(many(60))) == expected and rawi.read_batch([]) == []


def test_settings() -> None:
    """They are checked, shown, compared and pickled."""
    reader = rawi.Reader(explain=True, min_confidence=0.5)
    assert repr(reader) == "Reader(explain=True, min_confidence=0.5)"
    again = pickle.loads(pickle.dumps(reader))
    assert again == reader and hash(again) == hash(reader) and reader != rawi.Reader()
    assert (again.explain, again.min_confidence) == (True, 0.5)
    reading = reader.read(TEXT)
    assert all(s.confidence >= 0.5 and s.why for s in reading.statements)
    assert not any(s.why for s in rawi.read(TEXT).statements)
    for wrong in (-0.1, 1.5, float("nan")):
        with pytest.raises(ValueError, match="min_confidence"):
            rawi.Reader(min_confidence=wrong)
    for threads in (0, 2000):
        with pytest.raises(ValueError, match="threads"):
            rawi.read_batch([], threads=threads)
    with pytest.raises(ValueError, match="on_error"):
        rawi.read_batch([], on_error="ignore")  # type: ignore[call-overload]


def test_python_goes_on_meanwhile() -> None:
    """Other threads of Python are not held up by a batch."""
    turns, done = 0, threading.Event()

    def turn() -> None:
        nonlocal turns
        while not done.is_set():
            turns += 1
            time.sleep(0.001)

    other = threading.Thread(target=turn)
    other.start()
    begun = time.monotonic()
    rawi.read_batch(many(400), threads=1)
    wall = time.monotonic() - begun
    done.set()
    other.join()
    # Held up it would have had a turn or two.
    assert turns > 20 or wall < 0.05, (turns, wall)


def tasks() -> int:
    """How many threads this process has."""
    return len(os.listdir("/proc/self/task"))


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="threads are not told here")
def test_no_thread_is_left() -> None:
    """Neither by the import nor by a batch."""
    before = tasks()
    rawi.read_batch(many(50), threads=8)
    assert tasks() == before
    code = "import os, rawi; print(len(os.listdir('/proc/self/task')))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "1\n"


def test_the_import_takes_nothing_along() -> None:
    """What is optional is imported when it is used."""
    code = (
        "import sys; before = set(sys.modules); import rawi; "
        "print(*sorted({m.split('.')[0] for m in set(sys.modules) - before}))"
    )
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert "rawi" in loaded
    assert not {"spacy", "pyarrow", "pyspark", "pandas", "polars", "numpy"} & set(loaded)


def test_names_of_the_package() -> None:
    """All of them are there, and no others."""
    assert all(hasattr(rawi, name) for name in rawi.__all__)
    assert rawi.spark.SCHEMA and not hasattr(rawi, "flink")


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="memory is not told here")
def test_memory_of_a_long_article_is_given_back() -> None:
    """What reading one took is not kept."""
    code = (
        "import rawi\n"
        "from conftest import TEXT\n"
        "def held(): return int(open('/proc/self/statm').read().split()[1]) * 4 >> 10\n"
        "rawi.read(TEXT)\n"
        "before = held()\n"
        "rawi.read(TEXT * 4000)\n"
        "print(held() - before)\n"
    )
    here = os.path.dirname(__file__)
    held = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=here)
    assert int(held) < 60, held


def test_threads_of_python_share_a_reader() -> None:
    """Also while others read batches with it."""
    reader, texts = rawi.Reader(), many(80)
    expected = lines(reader.read_batch(texts))
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        batches = [pool.submit(reader.read_batch, texts, threads=2) for _ in range(3)]
        single = pool.map(lambda item: reader.read(item[1], id=item[0]), enumerate(texts))
        assert lines(list(single)) == expected
        assert all(lines(batch.result()) == expected for batch in batches)


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_processes(method: str) -> None:
    """Of every kind, also forked while other threads read."""
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    expected = lines(rawi.read_batch(many(20)))
    stop = threading.Event()

    def busy() -> None:
        while not stop.is_set():
            rawi.read_batch(many(20), threads=2)

    thread = threading.Thread(target=busy)
    thread.start()
    try:
        for _ in range(3):
            with multiprocessing.get_context(method).Pool(2) as pool:
                reader = rawi.Reader()
                batches = pool.map(reader.read_batch, [many(20)] * 4)
                assert all(lines(batch) == expected for batch in batches)
                assert pool.apply(rawi.read_batch, (many(20),)) == batches[0]
    finally:
        stop.set()
        thread.join()


def test_interruption() -> None:
    """Ctrl-C ends a batch within a moment."""
    code = (
        "import rawi, sys\n"
        "from conftest import TEXT\n"
        "print('begun', flush=True)\n"
        "try:\n"
        "    rawi.read_batch([TEXT] * 200_000, threads=2)\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted')\n"
    )
    here = os.path.dirname(__file__)
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=here
    )
    assert child.stdout and child.stdout.readline() == "begun\n"
    time.sleep(1.0)
    child.send_signal(signal.SIGINT)
    begun = time.monotonic()
    out, _ = child.communicate(timeout=60)
    assert out == "interrupted\n" and time.monotonic() - begun < 10


def test_interruption_of_a_stream() -> None:
    """Also where another library takes the rows, which raises it as an error of its own."""
    pytest.importorskip("pyarrow")
    code = (
        "import rawi, sys, pyarrow as pa\n"
        "from conftest import TEXT\n"
        "table = pa.table({'text': [TEXT] * 100_000})\n"
        "print('begun', flush=True)\n"
        "try:\n"
        "    if sys.argv[1] == 'arrow':\n"
        "        pa.table(rawi.read_arrow(table, threads=2))\n"
        "    else:\n"
        "        list(rawi.read_arrow(table, threads=2))\n"
        "except BaseException as e:\n"
        "    print(repr(e))\n"
    )
    here = os.path.dirname(__file__)
    for how in ("arrow", "iterator"):
        child = subprocess.Popen(
            [sys.executable, "-c", code, how], stdout=subprocess.PIPE, text=True, cwd=here
        )
        assert child.stdout and child.stdout.readline() == "begun\n"
        time.sleep(1.0)
        child.send_signal(signal.SIGINT)
        out, _ = child.communicate(timeout=60)
        assert "KeyboardInterrupt" in out, (how, out)


def test_version() -> None:
    """That of the engine."""
    assert rawi.ENGINE.split()[1] == rawi.__version__
