"""Words as the teacher sees them: split at spaces and marks, and folded.

Folding takes away what outlets write differently (hamza seats, final ya, vowels, tatweel), since
NewsFANE comes without it and unseen outlets differ in it. Offsets always are those of the text.
"""
import re

LETTER = r"(?:[^\W\d_]|[\u0640\u200c\u064b-\u065f\u0670])"
WORD = re.compile(LETTER + r"+|\d+|\n|[^\s\w]|_")
DROPPED = dict.fromkeys([0x640, 0x200C, 0x670, *range(0x64B, 0x660)])
FOLDS = {**DROPPED, **{ord(a): b for a, b in zip("أإآٱىﻻکیگ", ("ا", "ا", "ا", "ا", "ي", "لا", "ك", "ي", "ك"))},
         **{ord(a): b for a, b in zip("٠١٢٣٤٥٦٧٨٩", "0123456789")}, **{ord(a): '"' for a in "“”«»„"}}


def fold(word):
    return word.translate(FOLDS) or word


def split(text):
    """(start, end) of each word; a line break is a word of its own."""
    return [m.span() for m in WORD.finditer(text)]


def folded(text):
    """The folded words of a text."""
    return [fold(w) for w in WORD.findall(text)]
