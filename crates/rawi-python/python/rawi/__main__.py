"""``python -m rawi``: articles in, readings out, a JSON line each."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence

import rawi

#: Articles that are read together: so many, and of about so many characters.
MOST = 256
LONGEST = 4 << 20

EXAMPLES = """\
examples:
  python -m rawi article.txt --published 2025-02-12
  cat news.jsonl | python -m rawi > readings.jsonl
  python -m rawi news.csv.gz --field text=story --threads 4

Files may be plain text, JSON, tables, pages or WARC, packed or not. A record that cannot be
read is named on standard error, and the others are read. The command `rawi read` knows more
forms of output, and goes on after an interruption.

exit codes:
  0    everything was read
  1    some records failed, or the output could not be written
  2    wrong usage
  130  interrupted
"""


def parser() -> argparse.ArgumentParser:
    """What may be said on the command line."""
    out = argparse.ArgumentParser(
        prog="python -m rawi",
        description="Read Arabic news and print who said what and what happened, a JSON line "
        "an article.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    out.add_argument("files", nargs="*", help="files and folders to read, - for standard input")
    out.add_argument(
        "--published", metavar="DATE", help="day of publication of articles that name none"
    )
    out.add_argument(
        "--field",
        action="append",
        default=[],
        metavar="text=NAME",
        help="take an article's id, text, title … from the field of this name",
    )
    out.add_argument("--threads", type=int, metavar="N", help="threads that read")
    out.add_argument(
        "--explain", action="store_true", help="say why each statement and event reads as it does"
    )
    out.add_argument(
        "--min-confidence",
        type=float,
        default=0.0,
        metavar="X",
        help="leave out statements and events of less confidence, from 0 to 1",
    )
    out.add_argument("--version", action="version", version=rawi.ENGINE)
    return out


def together(
    articles: Iterable[rawi.Article | rawi.ReadError],
) -> Iterator[list[rawi.Article | rawi.ReadError]]:
    """Articles that are read together."""
    some: list[rawi.Article | rawi.ReadError] = []
    characters = 0
    for article in articles:
        some.append(article)
        characters += len(article.text) if isinstance(article, rawi.Article) else 0
        if len(some) >= MOST or characters >= LONGEST:
            yield some
            some, characters = [], 0
    yield some


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; gives its exit code."""
    usage = parser()
    args = usage.parse_args(arguments)
    if not args.files and sys.stdin.isatty():
        usage.error("name the files to read, or - for standard input")
    fields = {}
    for mapping in args.field:
        role, equals, name = mapping.partition("=")
        if not equals:
            usage.error(f"--field: {mapping!r} is no mapping; write it like text=body")
        fields[role] = name
    logging.basicConfig(format="%(message)s")
    try:
        reader = rawi.Reader(explain=args.explain, min_confidence=args.min_confidence)
        articles = rawi.articles(
            *(args.files or ["-"]), fields=fields, published=args.published, on_error="return"
        )
        reader.read_batch([], threads=args.threads)
    except ValueError as e:
        usage.error(str(e))
    out = sys.stdout.buffer
    failed = False
    try:
        for some in together(articles):
            found = [x for x in some if isinstance(x, rawi.Article)]
            readings = iter(reader.read_batch(found, threads=args.threads, on_error="return"))
            for x in some:
                result = next(readings) if isinstance(x, rawi.Article) else x
                if isinstance(result, rawi.Reading):
                    out.write(result.to_json().encode() + b"\n")
                else:
                    name = f"{result.id}: " if result.id else ""
                    print(f"{name}{result.message}", file=sys.stderr)
                    failed = True
        out.flush()
    except OSError as e:
        print(f"the output could not be written: {e}", file=sys.stderr)
        return 1
    return int(failed)


if __name__ == "__main__":
    # Interrupted, or with nobody who reads its output, it ends like any command.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
