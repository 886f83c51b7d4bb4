"""Names of types for annotations: the closed lists of a reading, as docs/output.md has them,
and what tables of Arrow have.
"""

from typing import Any, Literal, Protocol, TypeAlias

Act: TypeAlias = Literal[
    "assert",
    "deny",
    "demand",
    "promise",
    "threaten",
    "accuse",
    "ask",
    "announce",
    "welcome",
    "condemn",
    "believe",
    "warn",
]
Form: TypeAlias = Literal["quote", "clause", "nominal"]
How: TypeAlias = Literal["named", "title", "null-subject", "pronoun", "carried-over"]
ChannelKind: TypeAlias = Literal[
    "post",
    "statement",
    "press-conference",
    "interview",
    "phone-call",
    "speech",
    "letter",
    "meeting",
    "broadcast",
    "report",
    "sources",
]
EventType: TypeAlias = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Status: TypeAlias = Literal["happened", "future", "hypothetical", "negated", "historical"]
EntityType: TypeAlias = Literal["PER", "ORG", "MEDIA", "GPE", "LOC", "FAC", "GROUP", "ANON"]
MentionKind: TypeAlias = Literal["name", "title", "pronoun"]
TimeType: TypeAlias = Literal["DATE", "TIME", "DURATION", "SET"]
Certainty: TypeAlias = Literal["clear", "likely", "weak"]
TableName: TypeAlias = Literal[
    "readings", "articles", "statements", "events", "entities", "mentions", "times"
]


#: What becomes of a statement that begins or ends within a token of spaCy.
Alignment: TypeAlias = Literal["strict", "contract", "expand"]


class HasArrowStream(Protocol):
    """Whatever gives a stream of Arrow: tables and frames of most libraries."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


class HasArrowArray(Protocol):
    """Whatever gives an array of Arrow: a record batch."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...
