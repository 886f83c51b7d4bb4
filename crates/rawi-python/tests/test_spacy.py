"""The component for spaCy."""

from __future__ import annotations

from typing import Any

import pytest

import rawi
from conftest import TEXT

spacy = pytest.importorskip("spacy")


@pytest.fixture
def nlp() -> Any:
    """A pipeline with nothing else in it."""
    out = spacy.blank("ar")
    out.add_pipe("rawi")
    return out


def test_what_was_read_lies_over_the_tokens(nlp: Any) -> None:
    """Spans with their statements."""
    doc = nlp(TEXT)
    assert isinstance(doc._.rawi, rawi.Reading)
    assert doc._.rawi.statements == rawi.read(TEXT).statements
    spans = doc._.statements
    assert [span._.statement for span in spans] == list(doc._.rawi.statements)
    assert [span.label_ for span in spans] == [s.act for s in doc._.rawi.statements]
    for span in spans:
        assert span._.statement.text in span.text
    assert spans[1]._.statement.speaker.name == "ليلى الشكيراوي"
    assert doc[0:3]._.statement is None


def test_what_is_known_beside_the_text(nlp: Any) -> None:
    """It is set before the document is read."""
    doc = nlp.make_doc(TEXT)
    assert doc._.rawi is None and doc._.statements == []
    doc._.article = {"published": "2026-03-02", "title": "الشكيراوي: لا زيادة", "id": 7}
    read = nlp(doc)._.rawi
    assert read.id == "7" and read.times[0].value == "2026-03-01" and read.headline
    rawi.verify(read)


def test_statements_within_tokens() -> None:
    """They are widened, narrowed or left out."""
    count = {}
    for alignment in ("expand", "contract", "strict"):
        nlp = spacy.blank("ar")
        nlp.add_pipe("rawi", config={"alignment": alignment, "min_confidence": 0.1})
        count[alignment] = [span.text for span in nlp(TEXT)._.statements]
    assert len(count["expand"]) == len(count["contract"]) == 4 and len(count["strict"]) == 3
    assert count["expand"][1].endswith("العام».") and count["contract"][1].endswith("هذا")


def test_documents_travel(nlp: Any) -> None:
    """Stored, and handed between processes."""
    doc = nlp(TEXT)
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.rawi == doc._.rawi
    assert [s.text for s in again._.statements] == [s.text for s in doc._.statements]
    texts = [f"{TEXT} وقال المدير رقم {n} إن العمل انتهى." for n in range(7)]
    expected = [nlp(text)._.rawi for text in texts]
    assert [d._.rawi.statements for d in nlp.pipe(texts, batch_size=3)] == [
        read.statements for read in expected
    ]
    found = list(nlp.pipe(texts, n_process=2, batch_size=2))
    assert [d._.rawi.statements for d in found] == [read.statements for read in expected]
    copy = spacy.blank("ar").from_bytes(nlp.to_bytes())
    assert copy.pipe_names == []
    assert spacy.blank("ar").from_config(nlp.config).pipe_names == ["rawi"]


def test_errors(nlp: Any) -> None:
    """As spaCy is told to treat them."""
    with pytest.raises(rawi.ReadError):
        nlp("نص\0")
    with pytest.raises(rawi.ReadError):
        list(nlp.pipe(["نص", "نص\0"]))
    failed = []
    nlp.set_error_handler(lambda name, proc, docs, error: failed.append((name, str(error))))
    assert len(list(nlp.pipe(["نص", "نص\0", "آخر"]))) == 2
    assert failed[0][0] == "rawi" and "NUL" in failed[0][1]
