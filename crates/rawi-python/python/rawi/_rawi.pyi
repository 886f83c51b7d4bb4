import datetime
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from typing import Any, Literal, final, overload, type_check_only

from typing_extensions import Self

from ._errors import ReadError
from .types import (
    Act,
    Certainty,
    ChannelKind,
    EntityType,
    EventType,
    Form,
    HasArrowArray,
    HasArrowStream,
    How,
    MentionKind,
    Status,
    TableName,
    TimeType,
)

__all__ = [
    "ArrowBatch",
    "ArrowStream",
    "ArrowTable",
    "Article",
    "Articles",
    "Channel",
    "Cue",
    "ENGINE",
    "Entity",
    "Event",
    "EventWhy",
    "Fingerprint",
    "Headline",
    "Mention",
    "Participant",
    "Piece",
    "Reader",
    "Reading",
    "SPARK_SCHEMA",
    "Speaker",
    "Statement",
    "TimeMention",
    "Why",
    "__version__",
    "articles",
    "fingerprint",
    "to_arrow",
    "verify",
]

ENGINE: str
SPARK_SCHEMA: str
__version__: str

@type_check_only
class _Part:
    """What all objects of a reading have."""

    def to_dict(self) -> dict[str, Any]:
        """The same as a dictionary, as JSON has it."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: Any, /) -> Self: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Article:
    """An article: its text, and what is known of it.

    >>> rawi.Article("قال الوزير إن العمل انتهى.", id="n-1", published="2026-03-02")
    Article(id='n-1', text='قال الوزير إن العمل انتهى.')
    """

    def __new__(
        cls,
        text: str,
        *,
        id: str | int | None = None,
        title: str | None = None,
        published: str | datetime.date | None = None,
        outlet: str | None = None,
    ) -> Self: ...
    @property
    def text(self) -> str:
        """The text, exactly as given."""
    @property
    def id(self) -> str | None:
        """Whatever names it."""
    @property
    def title(self) -> str | None:
        """Its headline."""
    @property
    def published(self) -> str | None:
        """Its day of publication, as given."""
    @property
    def outlet(self) -> str | None:
        """Who published it."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: Any, /) -> Self: ...
    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str | None]]: ...

@final
class Articles:
    """The articles of files, one after another. No more of them than one is in memory."""

    def __iter__(self) -> Self: ...
    def __next__(self) -> Article: ...

@final
class Piece(_Part):
    """A stretch of the text: `text[start:end]`."""

    @property
    def start(self) -> int:
        """The first character."""
    @property
    def end(self) -> int:
        """One past the last character."""
    @property
    def text(self) -> str:
        """The characters."""

@final
class Cue(_Part):
    """The words that report a statement."""

    @property
    def start(self) -> int:
        """The first character."""
    @property
    def end(self) -> int:
        """One past the last character."""
    @property
    def text(self) -> str:
        """The characters."""
    @property
    def lemma(self) -> str:
        """The verb or phrase that the lexicon has."""

@final
class Speaker(_Part):
    """Who said it."""

    @property
    def entity(self) -> str:
        """The id of the entity."""
    @property
    def name(self) -> str:
        """Its fullest name in the article."""
    @property
    def how(self) -> How:
        """How it was found: named, title, null-subject, pronoun or carried-over."""

@final
class Participant(_Part):
    """Somebody who takes part."""

    @property
    def entity(self) -> str:
        """The id of the entity."""
    @property
    def name(self) -> str:
        """Its fullest name in the article."""
    @property
    def code(self) -> str | None:
        """PLOVER's code of country and sector: `EGY GOV`."""

@final
class Channel(_Part):
    """Through what it was said."""

    @property
    def start(self) -> int:
        """The first character."""
    @property
    def end(self) -> int:
        """One past the last character."""
    @property
    def text(self) -> str:
        """The characters."""
    @property
    def kind(self) -> ChannelKind:
        """What kind of channel it is: post, statement, interview …"""
    @property
    def platform(self) -> str | None:
        """The platform of a post, by its own name."""

@final
class Why(_Part):
    """Why a statement reads as it does."""

    @property
    def row(self) -> str | None:
        """The table and line that has the cue."""
    @property
    def frame(self) -> str:
        """The frame that fired."""
    @property
    def boundary(self) -> str:
        """What ended the content."""
    @property
    def speaker(self) -> str:
        """How the speaker was chosen."""

@final
class Statement(_Part):
    """One reported statement.

    >>> reading = rawi.read("وأضاف الوزير سالم البدري أن المفاوضات ستستأنف غدا.")
    >>> statement = reading.statements[0]
    >>> statement
    Statement('s1', speaker='سالم البدري', text='أن المفاوضات ستستأنف غدا')
    >>> statement.cue.lemma, statement.act, statement.form
    ('أضاف', 'assert', 'clause')
    """

    @property
    def id(self) -> str:
        """`s1`, `s2` … in the order of the text; `hs1` … in a headline."""
    @property
    def form(self) -> Form:
        """How it stands in the text: quote, clause or nominal."""
    @property
    def act(self) -> Act:
        """What is done by saying it: assert, deny, demand …"""
    @property
    def start(self) -> int:
        """The first character of what was said."""
    @property
    def end(self) -> int:
        """One past the last character of what was said."""
    @property
    def text(self) -> str:
        """What was said; ` … ` stands between its pieces."""
    @property
    def content(self) -> tuple[Piece, ...]:
        """What was said, in one or more pieces."""
    @property
    def cue(self) -> Cue | None:
        """The reporting words."""
    @property
    def source(self) -> Piece | None:
        """The source as its sentence names it."""
    @property
    def speaker(self) -> Speaker | None:
        """Who said it."""
    @property
    def addressee(self) -> tuple[Participant, ...]:
        """To whom it was said."""
    @property
    def channel(self) -> Channel | None:
        """Through what it was said."""
    @property
    def said_on(self) -> datetime.date | None:
        """The day on which it was said."""
    @property
    def via(self) -> tuple[str, ...]:
        """The ids of those that handed it on, outermost first."""
    @property
    def within(self) -> str | None:
        """The id of the statement inside which it stands: `in` of the contract."""
    @property
    def confidence(self) -> float:
        """How sure the reading is, from 0 to 1."""
    @property
    def certainty(self) -> Certainty:
        """The same in a word: clear, likely or weak."""
    @property
    def why(self) -> Why | None:
        """Why it reads as it does; only of a reader that explains."""

@final
class Event(_Part):
    """One political event in the terms of PLOVER."""

    @property
    def id(self) -> str:
        """`v1`, `v2` … in the order of the text; `hv1` … in a headline."""
    @property
    def type(self) -> EventType:
        """PLOVER's type: AGREE, CONSULT, SUPPORT …"""
    @property
    def mode(self) -> str | None:
        """PLOVER's mode."""
    @property
    def context(self) -> tuple[str, ...]:
        """PLOVER's contexts."""
    @property
    def quad(self) -> Literal[1, 2, 3, 4]:
        """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    @property
    def trigger(self) -> Piece:
        """The word that names it, where the article first does."""
    @property
    def start(self) -> int:
        """The first character of the trigger."""
    @property
    def end(self) -> int:
        """One past the last character of the trigger."""
    @property
    def mentions(self) -> tuple[Piece, ...]:
        """Further words that tell the same event."""
    @property
    def actors(self) -> tuple[Participant, ...]:
        """Who did it; all sides of an event with two."""
    @property
    def recipients(self) -> tuple[Participant, ...]:
        """To whom."""
    @property
    def status(self) -> Status:
        """Whether it took place: happened, future, hypothetical, negated or historical."""
    @property
    def claimed_by(self) -> Participant | None:
        """Who claims it, if the article itself does not say so."""
    @property
    def statement(self) -> str | None:
        """The id of the statement that tells it."""
    @property
    def date(self) -> str | None:
        """When, as an ISO value: `2025-02-12`, `2025-W07`."""
    @property
    def place(self) -> Participant | None:
        """Where."""
    @property
    def score(self) -> float:
        """PLOVER's score, from -10 (conflict) to 10 (cooperation)."""
    @property
    def confidence(self) -> float:
        """How sure the reading is, from 0 to 1."""
    @property
    def certainty(self) -> Certainty:
        """The same in a word: clear, likely or weak."""
    @property
    def why(self) -> EventWhy | None:
        """Why it reads as it does; only of a reader that explains."""

@final
class EventWhy(_Part):
    """Why an event reads as it does."""

    @property
    def row(self) -> str:
        """The table and line that fired."""
    @property
    def trigger(self) -> str:
        """The trigger as the table writes it."""
    @property
    def frame(self) -> str:
        """Which places of the frame were filled: `A=subj R=obj`."""
    @property
    def status(self) -> str:
        """What decided the status."""

@final
class Entity(_Part):
    """Somebody or something that the article names, or that takes part."""

    @property
    def id(self) -> str:
        """`e1`, `e2` … by first mention; `he1` … in a headline."""
    @property
    def name(self) -> str:
        """The fullest name in the article, without titles."""
    @property
    def name_en(self) -> str | None:
        """The English name of who is well known."""
    @property
    def type(self) -> EntityType:
        """What it is: PER, ORG, MEDIA, GPE, LOC, FAC, GROUP or ANON."""
    @property
    def link(self) -> str | None:
        """The Wikidata id of who is well known."""
    @property
    def country(self) -> str | None:
        """The country, by three letters of ISO 3166."""
    @property
    def sector(self) -> str | None:
        """PLOVER's sectors, separated by blanks."""
    @property
    def titles(self) -> tuple[str, ...]:
        """The titles and descriptions that the article has for it."""
    @property
    def participant(self) -> bool:
        """Whether a statement or an event names it."""
    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Where the article mentions it."""
    @property
    def same_as(self) -> str | None:
        """In a headline: the id of the text's entity that it is."""

@final
class Mention(_Part):
    """One mention of an entity."""

    @property
    def start(self) -> int:
        """The first character."""
    @property
    def end(self) -> int:
        """One past the last character."""
    @property
    def text(self) -> str:
        """The characters."""
    @property
    def kind(self) -> MentionKind:
        """How it refers: name, title or pronoun."""

@final
class TimeMention(_Part):
    """One time expression."""

    @property
    def start(self) -> int:
        """The first character."""
    @property
    def end(self) -> int:
        """One past the last character."""
    @property
    def text(self) -> str:
        """The characters."""
    @property
    def type(self) -> TimeType:
        """What kind of time it names: DATE, TIME, DURATION or SET."""
    @property
    def value(self) -> str | None:
        """Its ISO value, if it names a definite time."""

@final
class Headline(_Part):
    """What a title says, read by itself: offsets count the characters of the title."""

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the title in UTF-8."""
    @property
    def statements(self) -> tuple[Statement, ...]:
        """Who said what."""
    @property
    def events(self) -> tuple[Event, ...]:
        """What happened between whom."""
    @property
    def entities(self) -> tuple[Entity, ...]:
        """Everybody whom the title names; `same_as` leads to the text's entity."""
    @property
    def times(self) -> tuple[TimeMention, ...]:
        """Time expressions."""

@final
class Reading(_Part):
    """Everything that was read in one article.

    >>> reading = rawi.read("وصل الوزير سالم البدري أمس.", published="2026-03-02")
    >>> reading.entities[0], reading.times[0].value
    (Entity('e1', 'سالم البدري'), '2026-03-01')
    >>> [reading.text[m.start : m.end] for m in reading.entity("e1").mentions]
    ['الوزير', 'سالم البدري']
    """

    @property
    def id(self) -> str:
        """The article's id; its place among those that were read together if it has none."""
    @property
    def schema(self) -> int:
        """The version of the contract."""
    @property
    def published(self) -> datetime.date | None:
        """The day of publication."""
    @property
    def published_from(self) -> Literal["text"] | None:
        """`text` if the day is that of the article's own date line."""
    @property
    def outlet(self) -> str | None:
        """Who published the article."""
    @property
    def text_sha256(self) -> str:
        """SHA-256 of the text in UTF-8: which text the offsets count in."""
    @property
    def engine(self) -> str:
        """The program that made the reading."""
    @property
    def statements(self) -> tuple[Statement, ...]:
        """Who said what, in the order of the text."""
    @property
    def events(self) -> tuple[Event, ...]:
        """What happened between whom, in the order of the text."""
    @property
    def entities(self) -> tuple[Entity, ...]:
        """Everybody whom the article names, by first mention."""
    @property
    def times(self) -> tuple[TimeMention, ...]:
        """Time expressions, in the order of the text."""
    @property
    def headline(self) -> Headline | None:
        """What the title says, if there is one."""
    @property
    def article(self) -> Article:
        """The article."""
    @property
    def text(self) -> str:
        """The article's text."""
    @property
    def title(self) -> str | None:
        """The article's title: the offsets of the headline count in it."""
    def statement(self, id: str) -> Statement:
        """The statement with an id, `s1` or `hs1`."""
    def event(self, id: str) -> Event:
        """The event with an id, `v1` or `hv1`."""
    def entity(self, id: str) -> Entity:
        """The entity with an id, `e1` or `he1`."""
    def to_json(self) -> str:
        """The line that `rawi read --format jsonl` prints, without its end."""
    @classmethod
    def from_json(cls, json: str, article: Article | str | dict[str, Any]) -> Self:
        """The reading that such a line holds, with the article that it is of: an `Article`, a
        dictionary or the text alone.

        >>> reading = rawi.read("قال الوزير إن العمل انتهى.")
        >>> rawi.Reading.from_json(reading.to_json(), reading.article) == reading
        True

        Raises:
            ValueError: if it is no reading of this version, or one of another text.
        """

@final
class Reader:
    """Reads articles. It cannot be changed, may be used by several threads at once, and goes
    through pickle as its settings.

    >>> reader = rawi.Reader(explain=True, min_confidence=0.6)
    >>> reading = reader.read("وأضاف الوزير سالم البدري أن المفاوضات ستستأنف غدا.")
    >>> reading.statements[0].why.frame
    'verb + that-clause'

    Args:
        explain: whether statements and events say why they read as they do.
        min_confidence: leaves out statements and events of less confidence.
    """

    def __new__(cls, *, explain: bool = False, min_confidence: float = 0.0) -> Self: ...
    @property
    def explain(self) -> bool:
        """Whether statements and events say why they read as they do."""
    @property
    def min_confidence(self) -> float:
        """Statements and events of less confidence are left out."""
    def read(
        self,
        text: Article | str | dict[str, Any],
        *,
        id: str | int | None = None,
        title: str | None = None,
        published: str | datetime.date | None = None,
        outlet: str | None = None,
    ) -> Reading:
        """Reads one article. What stands for a whole article, a dictionary or an `Article`, may
        be given for its text.

        >>> reading = rawi.read("وصل الوزير أمس.", published="2026-03-02")
        >>> reading.times[0].value
        '2026-03-01'

        Args:
            text: the text, as it is stored: offsets count its characters.
            id: whatever names the article; the reading carries it on.
            title: the headline, which is read by itself.
            published: the day of publication, from which times are counted.
            outlet: who published it.

        Raises:
            ReadError: if it cannot be read.
        """
    @overload
    def read_batch(
        self,
        articles: Iterable[Article | str | dict[str, Any]],
        *,
        threads: int | None = None,
        on_error: Literal["raise"] = "raise",
    ) -> list[Reading]:
        r"""Reads many articles and gives their readings in the same order. Other Python
        threads go on meanwhile.

        >>> readings = rawi.read_batch(["قال الوزير إن العمل انتهى.", "x\0"], on_error="return")
        >>> readings[0]
        Reading('0', statements=1, events=0, entities=1, times=0)
        >>> print(readings[1])
        record 1: NUL character at character 1: the input is binary or UTF-16, decode it to text first

        Args:
            articles: strings, dictionaries or `Article`s. The fields of a dictionary may have
                the names that those of a file may have: `body`, `date`, `نص` …
            threads: how many threads read; by default as many as there are processors.
            on_error: with "raise" the first article that cannot be read raises a
                `ReadError`; with "return" the `ReadError` stands in its place in the list.
        """
    @overload
    def read_batch(
        self,
        articles: Iterable[Article | str | dict[str, Any]],
        *,
        threads: int | None = None,
        on_error: Literal["return"],
    ) -> list[Reading | ReadError]: ...
    def read_arrow(
        self,
        data: HasArrowStream | HasArrowArray,
        *,
        fields: Mapping[str, str] | None = None,
        published: str | datetime.date | None = None,
        threads: int | None = None,
        name: str = "table",
    ) -> ArrowStream:
        """Reads the articles of a table in memory: whatever has `__arrow_c_stream__` or
        `__arrow_c_array__`, with columns by the names that files have, too. Gives the table
        `readings` as a stream: a row an article in the order of the input, read while the
        stream is taken, some hundred rows at a time. What cannot be read has a row with the
        reason in its column `error`.

        Args:
            fields: which columns hold what, where their names do not say it, as in
                `{"text": "story"}`.
            published: the day of publication of articles that name none.
            threads: how many threads read; by default as many as there are processors.
            name: what articles without an id are called by, with the number of their row.

        Raises:
            ValueError: if no column is a text.
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]: ...

@final
class Fingerprint:
    """What a text is compared by: two texts that share a passage of ten words most likely share
    one of their keys, and the sketch tells how much of them is common.
    """

    @property
    def keys(self) -> tuple[int, ...]:
        """At most ten whole numbers below 2**48, smallest first; none of fewer than ten words."""
    @property
    def words(self) -> int:
        """How many words the text has."""
    def resemblance(self, other: Fingerprint, /) -> float:
        """How many of all their passages of four words two texts have in common, from 0 to 1:
        an estimate, within 0.06.
        """
    def containment(self, other: Fingerprint, /) -> float:
        """How much of the shorter text stands in the longer one, from 0 to 1: an estimate."""
    def to_bytes(self) -> bytes:
        """Words and sketch in 68 bytes, as an archive keeps them. The keys are columns of their
        own, to be joined by.
        """
    @classmethod
    def from_bytes(cls, data: bytes, keys: Iterable[int] = ...) -> Self:
        """The fingerprint of such bytes, with the keys if somebody has kept them.

        Raises:
            ValueError: if they are none.
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: Any, /) -> Self: ...
    def __bytes__(self) -> bytes: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class ArrowTable:
    """Readings as one of the tables of docs/columns.md. Rows are made while somebody takes them;
    it can be taken again and again.
    """

    @property
    def table(self) -> TableName:
        """The name of the table."""
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __arrow_c_schema__(self) -> Any: ...

@final
class ArrowStream:
    """A stream of the table `readings` that is read while somebody takes it: by Arrow, or batch
    by batch as an iterator. It can be taken once.
    """

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __arrow_c_schema__(self) -> Any: ...
    def __iter__(self) -> Self: ...
    def __next__(self) -> ArrowBatch: ...

@final
class ArrowBatch:
    """Some rows of a table."""

    @property
    def num_rows(self) -> int:
        """How many rows there are."""
    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]: ...
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __arrow_c_schema__(self) -> Any: ...
    def __len__(self) -> int: ...

@overload
def articles(
    *files: str | PathLike[str],
    fields: Mapping[str, str] | None = None,
    published: str | datetime.date | None = None,
    on_error: Literal["raise"] = "raise",
) -> Articles:
    """Gives the articles of files and folders, in the forms that docs/input.md describes: plain
    text, JSON, CSV, pages and WARC, packed or not; `"-"` is standard input. (Parquet is for
    `read_arrow`.) What could not be used of them and cost no article is logged as a warning
    of the logger `rawi`.

    Args:
        files: their paths.
        fields: which fields hold what, where their names do not say it, as in
            `{"text": "story"}`.
        published: the day of publication of articles that name none.
        on_error: with "raise" a record that is no article raises a `ReadError`, and the
            iterator goes on behind it; with "return" the `ReadError` is given in its place.
    """

@overload
def articles(
    *files: str | PathLike[str],
    fields: Mapping[str, str] | None = None,
    published: str | datetime.date | None = None,
    on_error: Literal["return"],
) -> Iterator[Article | ReadError]: ...
def fingerprint(text: str, /) -> Fingerprint:
    """Gives what tells copies of a text. It is a function of the text alone and never changes,
    so that keys can be joined by over years.

    >>> text = " ".join(f"كلمة{n}" for n in range(100))
    >>> a, b = rawi.fingerprint(text), rawi.fingerprint("خبر: " + text)
    >>> a.resemblance(b) > 0.9, bool({*a.keys} & {*b.keys})
    (True, True)
    """

def to_arrow(
    readings: Reading | Iterable[Reading | ReadError], table: TableName = "statements"
) -> ArrowTable:
    """Gives readings as one of the tables of docs/columns.md: by Arrow, without a copy, to
    whatever reads tables of it.

    >>> readings = rawi.read_batch(["قال الوزير إن العمل انتهى."])
    >>> rawi.to_arrow(readings, "statements")
    ArrowTable('statements', articles=1)

    Args:
        readings: readings, or one. A `ReadError` among them is a row of the table `readings`
            with a reason in its column `error`, and nothing in the others.
        table: readings, articles, statements, events, entities, mentions or times.
    """

def verify(reading: Reading, /) -> None:
    """Checks every span, name, id and value of a reading against its article.

    Raises:
        ValueError: at the first that does not hold.
    """
