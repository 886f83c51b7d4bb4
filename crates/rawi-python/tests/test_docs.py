"""What is written about the package: examples in docs, and stubs that say what the module says."""

from __future__ import annotations

import ast
import doctest
import inspect
import pathlib
from collections.abc import Iterator

import pytest

import rawi
from rawi import _rawi


def documented() -> Iterator[tuple[str, object]]:
    """Every public class, function, method and attribute of the module."""
    for name in _rawi.__all__:
        value = getattr(_rawi, name)
        if isinstance(value, str):
            continue
        yield name, value
        if isinstance(value, type):
            for inner in vars(value):
                if not inner.startswith("_"):
                    yield f"{name}.{inner}", getattr(value, inner)


def stubs() -> dict[str, str | None]:
    """What the stubs say of each; what all parts of a reading have stands there once."""
    text = pathlib.Path(rawi.__file__).with_name("_rawi.pyi").read_text(encoding="utf-8")
    out: dict[str, str | None] = {}

    def visit(body: list[ast.stmt], before: str) -> None:
        for node in body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                doc = ast.get_docstring(node)
                out[before + node.name] = out.get(before + node.name) or doc
                if isinstance(node, ast.ClassDef):
                    visit(node.body, f"{node.name}.")
                    if any(isinstance(b, ast.Name) and b.id == "_Part" for b in node.bases):
                        out.setdefault(f"{node.name}.to_dict", out["_Part.to_dict"])

    visit(ast.parse(text).body, "")
    return out


@pytest.mark.parametrize(("name", "value"), [*documented()], ids=lambda x: str(x)[:40])
def test_stubs_say_what_the_module_says(name: str, value: object) -> None:
    """Editors show the stubs' words, `help` the module's."""
    doc = inspect.getdoc(value)
    assert doc and stubs()[name] == doc


def examples() -> list[doctest.DocTest]:
    """The examples in the docs of the package and the module."""
    finder = doctest.DocTestFinder(recurse=False)
    places = [("rawi", rawi), *documented()]
    found = [test for name, value in places for test in finder.find(value, name, globs={})]
    return [test for test in found if test.examples]


@pytest.mark.parametrize("test", examples(), ids=lambda test: test.name)
def test_examples(test: doctest.DocTest) -> None:
    """They give what they say."""
    test.globs["rawi"] = rawi
    out: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=out.append)
    assert not out, "".join(out)


def test_there_are_examples() -> None:
    """For all that one begins with."""
    names = {test.name for test in examples()}
    begin = {"rawi", "Reader", "Reader.read", "Reader.read_batch", "Article", "to_arrow"}
    assert names >= begin | {"Reading", "Statement", "fingerprint", "Reading.from_json"}
