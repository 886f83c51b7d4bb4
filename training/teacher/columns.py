"""NewsFANE and the Wojood sample: sentences of (word, tag), with clitics back at their words."""
from pathlib import Path

FRONT = set("وفبلك")
BEHIND = {"ه", "ها", "هم", "هما", "هن", "نا"}
STRETCH = 49  # Every tenth stretch of NewsFANE is held out, as `rawi-train` does.


def read(path):
    sentence = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line:
            word, tag = line.split("\t")
            sentence.append((word, tag))
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def is_word(w):
    return len(w) > 1 and all("\u0621" <= c <= "\u064a" for c in w)


def join(a, b):
    if a == "ل" and b.startswith("ال"):
        return "لل" + b[2:]
    return (a[:-1] + "ت" if a.endswith("ة") else a) + b


def rejoin(sentence):
    """Joins lone letters in front and pronouns behind; simpler than the rejoin of `rawi-train`."""
    out, front = [], None
    for i, (word, tag) in enumerate(sentence):
        if front:
            out.append((join(front[0], word), tag if front[1] == "O" else front[1]))
            front = None
        elif word in FRONT and i + 1 < len(sentence) and is_word(sentence[i + 1][0]) and not tag.startswith("B"):
            front = (word, tag)
        elif word in BEHIND and out and is_word(out[-1][0]) and not tag.startswith("B"):
            out[-1] = (join(out[-1][0], word), out[-1][1])
        else:
            out.append((word, tag))
    return out


def newsfane(shared):
    """(set, sentence) of NewsFANE."""
    for i, s in enumerate(read(Path(shared) / "data/ner-newsfane/train.conll")):
        yield ("dev" if i // STRETCH % 10 == 9 else "train"), rejoin(s)


def wojood(shared, which):
    """(set, sentence) of the Wojood sample: the outermost (0) or innermost (-1) of nested tags."""
    for part in ("train", "val", "test"):
        for s in read(Path(shared) / f"data/ner-wojood-sample/nested.{part}.conll"):
            yield "train", [(w, t.split(" ")[which]) for w, t in s]


FANE_KINDS = {
    "PER": "Politician Athlete Artist Other_PER Religious_PER Scientist Businessperson Lawyer Engineer Police",
    "ORG": "Non-Governmental Commercial Sports Educational Religious_ORG Medical-Science Entertainment Government",
    "GROUP": "Group",
    "GPE": "Nation Population-Center State-or-Province County-or-District GPE-Cluster",
    "LOC": "Continent Water-Body Land-Region-Natural",
    "FAC": "Building-Grounds Airport Subarea-Facility Path",
    "MEDIA": "Media",
}
COARSE = {fine: kind for kind, fines in FANE_KINDS.items() for fine in fines.split()}
