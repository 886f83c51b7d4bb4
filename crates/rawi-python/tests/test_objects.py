"""Readings as objects: attributes, dictionaries, comparison, copies and pickles."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
from typing import Any

import pytest

import rawi


def insides(reading: rawi.Reading) -> list[Any]:
    """Every object of a reading."""
    out: list[Any] = []
    parts: list[Any] = [reading, *([reading.headline] if reading.headline else [])]
    out += parts
    for part in parts:
        for s in part.statements:
            out += [s, *s.content, *s.addressee]
            out += [x for x in (s.cue, s.source, s.speaker, s.channel, s.why) if x]
        for e in part.events:
            out += [e, e.trigger, *e.mentions, *e.actors, *e.recipients]
            out += [x for x in (e.claimed_by, e.place, e.why) if x]
        for e in part.entities:
            out += [e, *e.mentions]
        out += part.times
    return out


#: Attributes that dictionaries lack, and what they have another name for.
CONVENIENCE = {"certainty", "quad", "article", "title"}
RENAMED = {"within": "in"}


def same(value: object, there: Any) -> object:
    """Whether an attribute is what a dictionary has for it."""
    if isinstance(value, tuple):
        return len(value) == len(there) and all(map(same, value, there))
    if isinstance(value, datetime.date):
        return value.isoformat() == there
    to_dict = getattr(value, "to_dict", lambda: value)
    return bool(to_dict() == there)


def test_all_classes_are_met(reading: rawi.Reading) -> None:
    """The tests below go over every class there is."""
    met = {type(x).__name__ for x in insides(reading)}
    classes = {n for n in rawi.__all__ if isinstance(getattr(rawi, n), type)}
    others = {"Article", "Articles", "Reader", "ReadError", "Fingerprint"}
    others |= {"ArrowTable", "ArrowStream", "ArrowBatch"}
    assert met == classes - others


def test_attributes_are_those_of_the_contract(reading: rawi.Reading) -> None:
    """What a dictionary has an attribute has, under the same name."""
    for x in insides(reading):
        there = x.to_dict()
        names = {n for n in dir(x) if not n.startswith("_") and not callable(getattr(x, n))}
        for name in there:
            assert {v: k for k, v in RENAMED.items()}.get(name, name) in names, (x, name)
        for name in names - CONVENIENCE:
            value = getattr(x, name)
            key = RENAMED.get(name, name)
            if key in there:
                assert same(value, there[key]), (x, name)
            else:
                # What the article does not say is left out of JSON, and None or empty here.
                spans = name in {"start", "end", "text"}
                assert spans or value is None or value == (), (x, name)


def test_spans(reading: rawi.Reading) -> None:
    """Offsets slice the text that they count in."""
    title = reading.title
    assert reading.headline and title
    for part, text in ((reading, reading.text), (reading.headline, title)):
        for s in part.statements:
            assert text[s.start : s.end].startswith(s.content[0].text)
            assert s.text == " … ".join(p.text for p in s.content)
            for x in (*s.content, s.cue, s.source, s.channel):
                assert x is None or text[x.start : x.end] == x.text
        for e in part.events:
            assert text[e.start : e.end] == e.trigger.text
        for entity in part.entities:
            for m in entity.mentions:
                assert text[m.start : m.end] == m.text
        for t in part.times:
            assert text[t.start : t.end] == t.text
    rawi.verify(reading)


def test_what_was_read(reading: rawi.Reading) -> None:
    """Some answers in full."""
    first, second, third, inner = reading.statements
    assert first.speaker and first.speaker.name == "ليلى الشكيراوي"
    assert first.speaker.how == "named" and (first.form, first.act) == ("clause", "assert")
    assert first.channel and first.channel.kind == "press-conference"
    assert first.said_on == datetime.date(2026, 3, 1)
    assert [a.name for a in first.addressee] == ["الصحفيين"]
    assert second.form == "quote" and second.speaker and second.speaker.how == "null-subject"
    assert [reading.entity(id).name for id in third.via] == ["الضفاف"]
    assert inner.within == third.id and reading.statement("s4") is inner
    assert first.certainty == "clear" and first.why and first.why.row
    visit = reading.event("v1")
    assert visit.type == "CONSULT" and visit.quad == 1 and visit.status == "happened"
    assert reading.entity(visit.actors[0].entity).type == "PER"
    assert reading.published == datetime.date(2026, 3, 2) and reading.published_from is None
    assert reading.times[0].value == "2026-03-01" and reading.times[0].type == "DATE"


def test_ids_that_are_not_there(reading: rawi.Reading) -> None:
    """Of another kind, of nothing, or no ids at all."""
    for wrong in ("s99", "e1", "s0", "hs99", "", "سين"):
        with pytest.raises(KeyError):
            reading.statement(wrong)
    assert reading.entity("he1").same_as == "e1"
    with pytest.raises(KeyError):
        rawi.read("قال الوزير إن العمل انتهى.").statement("hs1")


def test_lists_are_made_once(reading: rawi.Reading) -> None:
    """Objects keep their identity."""
    assert reading.statements is reading.statements
    assert reading.statements[0].content is reading.statements[0].content
    assert reading.headline is reading.headline and reading.article is reading.article
    assert reading.text is reading.text


def test_dictionaries_are_the_json(reading: rawi.Reading) -> None:
    """A reading as a dictionary is its line."""
    assert reading.to_dict() == json.loads(reading.to_json())


def test_nothing_can_be_changed(reading: rawi.Reading) -> None:
    """Objects are frozen."""
    for x in [*insides(reading), reading.article, rawi.Reader()]:
        for name in ("id", "text", "confidence", "anything"):
            with pytest.raises(AttributeError):
                setattr(x, name, 1)


def test_comparison(reading: rawi.Reading, fields: dict[str, str]) -> None:
    """What is equal has one hash; other types are never equal."""
    again = rawi.Reader(explain=True).read(**fields)
    other = rawi.read("قال مدير المركز سالم الطيب إن العمل انتهى أمس.")
    for a, b in zip(insides(reading), insides(again), strict=True):
        assert a == b and hash(a) == hash(b) and not a != b
        assert a != 1 and a is not None and a != a.to_dict()
    assert reading != other and reading.statements[0] != other.statements[0]
    assert len({*insides(reading), *insides(again)}) == len(set(insides(reading)))
    # The same reading of another outlet's article.
    assert reading != rawi.Reader(explain=True).read(**{**fields, "outlet": "النهر"})


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickles(reading: rawi.Reading, protocol: int) -> None:
    """Everything goes through pickle, alone and within a reading."""
    for x in [*insides(reading), reading.article]:
        again = pickle.loads(pickle.dumps(x, protocol))
        assert again == x and hash(again) == hash(x) and repr(again) == repr(x)
    again = pickle.loads(pickle.dumps(reading, protocol))
    assert insides(again) == insides(reading) and again.to_json() == reading.to_json()
    assert again.text == reading.text and again.article == reading.article
    rawi.verify(again)


def test_copies(reading: rawi.Reading) -> None:
    """What cannot change is its own copy."""
    for x in [*insides(reading), reading.article]:
        assert copy.copy(x) is x and copy.deepcopy(x) is x
    assert copy.deepcopy([reading])[0] is reading


def test_parts_outlive_their_reading(fields: dict[str, str]) -> None:
    """A part keeps what it shows."""
    speaker = rawi.read(**fields).statements[0].speaker
    assert speaker and speaker.name == "ليلى الشكيراوي"


def test_representations(reading: rawi.Reading) -> None:
    """Short, and of the class."""
    for x in [*insides(reading), reading.article, rawi.Reader()]:
        assert repr(x).startswith(type(x).__name__ + "(") and len(repr(x)) < 200
    assert repr(reading.statements[1]) == (
        "Statement('s2', speaker='ليلى الشكيراوي', text='لن نرفع أسعار التذاكر هذا العام')"
    )
    assert "\\n" in repr(rawi.Article("سطر\n'ثان'")) and "\\'" in repr(rawi.Article("a'b"))


def test_from_json(reading: rawi.Reading) -> None:
    """A line becomes a reading again, of its own text and version only."""
    line = reading.to_json()
    again = rawi.Reading.from_json(line, reading.article)
    assert again == reading and again.to_json() == line
    text = rawi.Reading.from_json(line, {"text": reading.text, "title": reading.title})
    assert text == reading
    alone = rawi.Reading.from_json(
        rawi.read("أكد الوزير أن العمل انتهى.").to_json(), "أكد الوزير أن العمل انتهى."
    )
    rawi.verify(alone)
    with pytest.raises(ValueError, match="another text"):
        rawi.Reading.from_json(line, "نص آخر")
    with pytest.raises(ValueError, match="`schema` is 99"):
        rawi.Reading.from_json(line.replace('"schema":1', '"schema":99'), reading.article)
    for broken in ("", "{}", "[]", line[:-1], line.replace('"s1"', '"x1"')):
        with pytest.raises(ValueError, match="not a reading"):
            rawi.Reading.from_json(broken, reading.article)


def test_verify(reading: rawi.Reading) -> None:
    """A reading that was changed is found out."""
    line = reading.to_json()
    changed = line.replace('"act":"assert"', '"act":"deny"', 1).replace("ليلى", "لبنى", 1)
    with pytest.raises(ValueError, match="ليلى|لبنى"):
        rawi.verify(rawi.Reading.from_json(changed, reading.article))
