"""rawi reads Arabic news: who said what, and what happened between whom.

>>> import rawi
>>> reading = rawi.read("أكدت وزارة الصحة الليبية في بيان أن المستشفيات جاهزة.")
>>> statement = reading.statements[0]
>>> statement.speaker.name
'وزارة الصحة الليبية'
>>> reading.text[statement.start : statement.end]
'أن المستشفيات جاهزة'
"""

from ._errors import ReadError
from ._rawi import (
    ENGINE,
    ArrowBatch,
    ArrowStream,
    ArrowTable,
    Article,
    Articles,
    Channel,
    Cue,
    Entity,
    Event,
    EventWhy,
    Fingerprint,
    Headline,
    Mention,
    Participant,
    Piece,
    Reader,
    Reading,
    Speaker,
    Statement,
    TimeMention,
    Why,
    __version__,
    articles,
    fingerprint,
    to_arrow,
    verify,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import spark
else:

    def __getattr__(name):
        # It takes longer to import than all the rest.
        if name == "spark":
            import importlib

            return importlib.import_module("rawi.spark")
        raise AttributeError(f"module 'rawi' has no attribute {name!r}")


_reader = Reader()

read = _reader.read
read_batch = _reader.read_batch
read_arrow = _reader.read_arrow

__all__ = [
    "ENGINE",
    "ArrowBatch",
    "ArrowStream",
    "ArrowTable",
    "Article",
    "Articles",
    "Channel",
    "Cue",
    "Entity",
    "Event",
    "EventWhy",
    "Fingerprint",
    "Headline",
    "Mention",
    "Participant",
    "Piece",
    "ReadError",
    "Reader",
    "Reading",
    "Speaker",
    "Statement",
    "TimeMention",
    "Why",
    "__version__",
    "articles",
    "fingerprint",
    "read",
    "read_arrow",
    "read_batch",
    "spark",
    "to_arrow",
    "verify",
]
