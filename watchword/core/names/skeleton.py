# SPDX-License-Identifier: AGPL-3.0-or-later
"""The skeleton of a word: what is left when script, spelling scheme and Slavic language are taken away."""

import re
from operator import itemgetter

from watchword.core.names import latin
from watchword.core.names.tables import table

LONGEST_WORD = 64
"""Letters that are read of one word: longer ones are no names, and the work done for a word stays bounded."""

CYRILLIC, GEORGIAN, ARMENIAN = (
    str.maketrans(table("scripts")[script]) for script in ("cyrillic", "georgian", "armenian")
)

doubled, once = re.compile(r"([^e])\1+").sub, itemgetter(1)
hardened = re.compile(r"(?<=[^aeu])iu").sub
belarusian_v = re.compile(r"(?<=[ae])u(?=[bcdfhjklmnpqrstvxz]|$|i[ae])").sub
fathers = re.compile(r"(?<=..)(?:e[ae]|[aei])(?=v(?:iq|na)$)").sub
surnames_in_ko = re.compile(r"(?:a|ee)nka$").sub
not_a_letter = re.compile(r"[^a-z]+").sub


def _sounds(word: str) -> str:
    """The word in the alphabet of sounds; its first letter names its script."""
    first = word[0]
    if first < "\u0370" or "\u1e00" <= first < "\u1f00":
        return latin.sounds(word)
    if first < "\u0530":
        # Ukrainian ьо is Russian ё; оу is у, because Latin ou is.
        return word.replace("ьо", "ё").replace("оу", "у").translate(CYRILLIC)
    return word.translate(ARMENIAN if first < "\u0590" else GEORGIAN)


def _softened(sounds: str) -> str:
    """A glide and its vowel are one soft е; a glide before у is heard at the beginning and after a vowel."""
    if "au" in sounds or "eu" in sounds:
        sounds = belarusian_v("v", sounds)
    while "ii" in sounds:
        sounds = sounds.replace("ii", "i")
    sounds = sounds.replace("ia", "e").replace("ie", "e")
    return hardened("u", sounds) if "iu" in sounds else sounds


def _clustered(sounds: str) -> str:
    """Groups of consonants that are written apart by some and as one by others."""
    sounds = (
        sounds.replace("dz", "d").replace("ts", "c").replace("tc", "c").replace("tq", "q").replace("dq", "q")
    )
    sounds = (
        sounds.replace("sq", "x").replace("zq", "x").replace("jq", "x").replace("xq", "x").replace("sx", "x")
    )
    # After a husher е and а are told apart by nobody's ear: Шевченко, Шаўчэнка.
    sounds = sounds.replace("qa", "qe").replace("xa", "xe").replace("ja", "je")
    return doubled(once, sounds)


def _ended(sounds: str) -> str:
    """Endings that languages differ in: -ей and -ій, -евич and -ович, -евна and -івна, -иця and -ица."""
    if sounds.endswith("i"):
        return sounds[:-2] + "i" if sounds.endswith("ei") else sounds
    if sounds.endswith(("viq", "vna")):
        return fathers("a", sounds)
    if sounds.endswith("nka"):
        return surnames_in_ko("enka", sounds)
    if sounds.endswith("ce"):
        return sounds[:-1] + "a"
    # A French -ine is -ин; an Arabic -llah loses its h in half of the spellings.
    return sounds[:-1] if sounds.endswith(("ine", "lah")) else sounds


def skeleton(word: str) -> str:
    """The skeleton of a word in normal form: ``a`` to ``z``, or ``""`` if nothing can be read.

    ``docs/spec/names.md`` has the alphabet and the order of the steps.
    """
    if not word:
        return ""
    sounds = _ended(_clustered(_softened(_sounds(word[:LONGEST_WORD]))))
    return sounds if sounds.isascii() and sounds.isalpha() else not_a_letter("", sounds)
