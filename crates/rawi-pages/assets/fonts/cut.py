#!/usr/bin/env python3
"""Cuts the faces of the pages out of the whole fonts: see README.md.

    npm pack @expo-google-fonts/noto-naskh-arabic@0.4.5 @expo-google-fonts/ibm-plex-sans-arabic@0.4.2
    (unpack both into FOLDER/noto-naskh-arabic and FOLDER/ibm-plex-sans-arabic)
    pip install fonttools==4.68.0 brotli==1.2.1
    cut.py FOLDER
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FACES = {
    "naskh-400": "noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf",
    "naskh-700": "noto-naskh-arabic/700Bold/NotoNaskhArabic_700Bold.ttf",
    "sans-400": "ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf",
    "sans-500": "ibm-plex-sans-arabic/500Medium/IBMPlexSansArabic_500Medium.ttf",
    "sans-600": "ibm-plex-sans-arabic/600SemiBold/IBMPlexSansArabic_600SemiBold.ttf",
}

# Latin with its letters of Western and Central Europe; the whole Arabic block; marks, joiners and
# directions of text; signs of money, quotation and arithmetic; arrows; a ring to carry single
# marks; ornate brackets, the word ligatures and the forms that old encodings spell out.
KEPT = (
    "U+0020-007E,U+00A0-017F,U+0600-06FF,U+200B-200F,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,"
    "U+202A-202E,U+2030,U+2039,U+203A,U+2044,U+2066-2069,U+20AC,U+2116,U+2122,U+2190-2193,U+2212,"
    "U+2213,U+25CC,U+FD3E,U+FD3F,U+FDF2,U+FDFA-FDFD,U+FE70-FEFF"
)

# "Plex" is a reserved name of the license: what is changed may not carry it. The trademark note
# goes with the name.
RENAMED = "IBM Plex Sans Arabic"
NEW_NAME = "Rawi Sans"
TRADEMARK = 7


def rename(font: TTFont) -> None:
    names = font["name"]
    names.removeNames(nameID=TRADEMARK)
    for record in names.names:
        text = record.toUnicode()
        changed = text.replace(RENAMED, NEW_NAME).replace("IBMPlexSansArabic", "RawiSans")
        if changed != text:
            record.string = changed


def cut(source: Path, target: Path) -> None:
    options = subset.Options(
        flavor="woff2",
        # What text is drawn with by itself (joining, ligatures, marks), and digits of one width.
        layout_features=[*subset.Options().layout_features, "tnum"],
        # Screens of today draw without hints, and these take a third of the bytes.
        hinting=False,
        drop_tables=[*subset.Options().drop_tables, "meta", "STAT"],
        name_IDs=["*"],
    )
    font = subset.load_font(str(source), options)
    if RENAMED in str(font["name"].getDebugName(1)):
        rename(font)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(KEPT))
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def main() -> None:
    folder = Path(sys.argv[1])
    here = Path(__file__).parent
    for name, source in FACES.items():
        target = here / f"{name}.woff2"
        cut(folder / source, target)
        print(f"{target.name}\t{target.stat().st_size}")


if __name__ == "__main__":
    main()
