"""What is raised for an article that cannot be read."""

from __future__ import annotations


class ReadError(ValueError):
    """An article cannot be read.

    Its place among those that were read together is ``record``, counted from 0; ``offset``
    is the character of the text at which the problem shows. Each is None where it is not
    known.
    """

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
        self.record = record
        self.id = id
        self.offset = offset

    def __str__(self) -> str:
        return str(self.args[0])
