"""A component for spaCy: ``nlp.add_pipe("rawi")``.

Offsets count characters in both, so that what was read lies over the tokens:

- ``doc._.rawi`` is the `rawi.Reading`;
- ``doc._.statements`` are its statements as spans, with the act as label;
- ``span._.statement`` is the `rawi.Statement` that such a span shows.

What is known of an article beside its text is set before: ``doc._.article = {"published": …}``.
A document keeps its reading as JSON, so that it can be stored and handed between processes.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc, Span

import rawi
from rawi.types import Alignment

#: Where a document keeps its reading, what else is known of its article, and how statements
#: are laid over tokens.
READING = "rawi_reading"
ARTICLE = "rawi_article"
ALIGNMENT = "rawi_alignment"

ErrorHandler = Callable[[str, Callable[[Doc], Doc], list[Doc], Exception], None]


def article(doc: Doc) -> dict[str, Any]:
    """What is known of a document beside its text: title, published, outlet and id."""
    return cast("dict[str, Any]", doc.user_data.get(ARTICLE) or {})


def set_article(doc: Doc, fields: dict[str, Any]) -> None:
    """Sets what is known of a document beside its text."""
    doc.user_data[ARTICLE] = {
        name: value if value is None else str(value) for name, value in fields.items()
    }


def _made(json: str, text: str, fields: tuple[tuple[str, Any], ...]) -> rawi.Reading:
    return rawi.Reading.from_json(json, {**dict(fields), "text": text})


_kept = functools.lru_cache(maxsize=64)(_made)


def reading(doc: Doc) -> rawi.Reading | None:
    """What was read in a document, if it was."""
    json = doc.user_data.get(READING)
    if json is None:
        return None
    return _kept(json, doc.text, tuple(article(doc).items()))


def statements(doc: Doc) -> list[Span]:
    """The statements of a document over its tokens."""
    read = reading(doc)
    mode = doc.user_data.get(ALIGNMENT, "expand")
    spans = [
        doc.char_span(s.start, s.end, label=s.act, span_id=s.id, alignment_mode=mode)
        for s in (read.statements if read else ())
    ]
    return [span for span in spans if span is not None]


def statement(span: Span) -> rawi.Statement | None:
    """The statement that a span shows."""
    read = reading(span.doc)
    try:
        return read.statement(span.id_) if read else None
    except KeyError:
        return None


def _extend() -> None:
    """Declares what documents and spans have, unless somebody has declared it."""
    getters: list[tuple[Any, str, dict[str, Any]]] = [
        (Doc, "rawi", {"getter": reading}),
        (Doc, "statements", {"getter": statements}),
        (Doc, "article", {"getter": article, "setter": set_article}),
        (Span, "statement", {"getter": statement}),
    ]
    for where, name, what in getters:
        if not where.has_extension(name):
            where.set_extension(name, **what)


def _raise(name: str, proc: Callable[[Doc], Doc], docs: list[Doc], error: Exception) -> None:
    raise error


class Component:
    """Reads documents."""

    def __init__(self, name: str, reader: rawi.Reader, threads: int, alignment: Alignment) -> None:
        _extend()
        self.name = name
        self.reader = reader
        self.threads = threads
        self.alignment = alignment
        self.error_handler: ErrorHandler = _raise

    def set_error_handler(self, error_handler: ErrorHandler) -> None:
        """Says what becomes of documents that cannot be read."""
        self.error_handler = error_handler

    def __call__(self, doc: Doc) -> Doc:
        """Reads a document."""
        return self._keep(doc, self.reader.read({**article(doc), "text": doc.text}))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Reads documents, many at once."""
        stream = iter(stream)
        while docs := list(itertools.islice(stream, batch_size)):
            articles = [{**article(doc), "text": doc.text} for doc in docs]
            read = self.reader.read_batch(articles, threads=self.threads, on_error="return")
            for doc, result in zip(docs, read, strict=True):
                if isinstance(result, rawi.Reading):
                    yield self._keep(doc, result)
                else:
                    self.error_handler(self.name, self, [doc], result)

    def _keep(self, doc: Doc, read: rawi.Reading) -> Doc:
        doc.user_data[READING] = read.to_json()
        doc.user_data[ALIGNMENT] = self.alignment
        return doc


@Language.factory(
    "rawi",
    assigns=["doc._.rawi", "doc._.statements", "span._.statement"],
    default_config={
        "explain": False,
        "min_confidence": 0.0,
        "threads": 1,
        "alignment": "expand",
    },
)
def create(
    nlp: Language,
    name: str,
    explain: bool,
    min_confidence: float,
    threads: int,
    alignment: Alignment,
) -> Component:
    """Makes the component.

    Args:
        nlp: the pipeline.
        name: what it is called there.
        explain: whether statements and events say why they read as they do.
        min_confidence: leaves out statements and events of less confidence.
        threads: how many threads read a batch of `nlp.pipe`.
        alignment: what becomes of a statement that begins or ends within a token: `expand`
            takes the whole token, `contract` leaves it out, `strict` leaves out the statement.
    """
    return Component(
        name, rawi.Reader(explain=explain, min_confidence=min_confidence), threads, alignment
    )
