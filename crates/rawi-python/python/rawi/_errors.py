"""What is raised for an article that cannot be read."""

from __future__ import annotations


class ReadError(ValueError):
    """An article cannot be read.

    Attributes:
        message: what is wrong with it.
        record: its place among those that were given together, from 0.
        id: its id.
        offset: the character of the text at which it shows.

    What is not known is None.
    """

    message: str
    record: int | None
    id: str | None
    offset: int | None

    def __init__(
        self,
        message: str,
        record: int | None = None,
        id: str | None = None,
        offset: int | None = None,
    ) -> None:
        super().__init__(message, record, id, offset)
        self.message = message
        self.record = record
        self.id = id
        self.offset = offset

    def __str__(self) -> str:
        if self.record is None:
            return self.message
        name = "" if self.id is None else f" ({self.id})"
        return f"record {self.record}{name}: {self.message}"
