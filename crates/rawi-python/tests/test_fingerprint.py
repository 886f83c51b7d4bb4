"""Fingerprints: what tells copies."""

from __future__ import annotations

import copy
import pickle

import pytest

import rawi

WORDS = [f"كلمة{n}" for n in range(400)]


def test_keys_never_change() -> None:
    """They are those of every archive."""
    text = "وصل الوفد إلى مدينة سهل الغار، وقال رئيسه إن المحادثات بدأت أمس"
    print = rawi.fingerprint(text)
    assert print.words == 12
    assert print.keys == (157982605364955, 236388737038886, 253672662887064)
    assert rawi.fingerprint("نص قصير").keys == ()


def test_how_much_is_common() -> None:
    """Of a cut copy and of another text."""
    whole, cut = rawi.fingerprint(" ".join(WORDS)), rawi.fingerprint(" ".join(WORDS[:160]))
    other = rawi.fingerprint(" ".join(f"لفظ{n}" for n in range(200)))
    assert whole.resemblance(whole) == 1.0
    assert 0.25 < whole.resemblance(cut) < 0.55 and cut.containment(whole) > 0.6
    assert whole.containment(other) < 0.2
    assert set(whole.keys) & set(cut.keys)


def test_bytes_and_pickles() -> None:
    """The stored form is that of archives; the keys are kept beside it."""
    print = rawi.fingerprint(" ".join(WORDS))
    stored = print.to_bytes()
    assert len(stored) == 68 and bytes(print) == stored
    again = rawi.Fingerprint.from_bytes(stored)
    assert again == print and hash(again) == hash(print) and again.keys == ()
    assert rawi.Fingerprint.from_bytes(stored, print.keys).keys == print.keys
    loaded = pickle.loads(pickle.dumps(print))
    assert loaded == print and loaded.keys == print.keys
    assert copy.deepcopy(print) is print and print != stored
    assert repr(print) == "Fingerprint(words=400, keys=10)"
    with pytest.raises(ValueError, match="68 bytes, not 3"):
        rawi.Fingerprint.from_bytes(b"abc")
    with pytest.raises(TypeError):
        rawi.fingerprint(b"abc")  # type: ignore[arg-type]
    with pytest.raises(rawi.ReadError):
        rawi.fingerprint("\ud800")
