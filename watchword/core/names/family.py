# SPDX-License-Identifier: AGPL-3.0-or-later
"""Endings of skeletons: a surname without its gender, and what a patronymic was made of."""

import re

ENDINGS = (
    (re.compile(r"(?<=[sc]k)(?:ie|i|ai|ae|a)$"), ""),
    (re.compile(r"(?<=..)(?<=av|ev|in)a$"), ""),
    # The i stays: Береговой is Береговая, and not Берегов.
    (re.compile(r"(?<=...)(?:ae|ee|ai)$"), "i"),
)
patronymic = re.compile(r"(.{2,}?)(?:av(?:iq|na)|(?:in)?iqna|iq)$")


def surname_base(skeleton: str) -> str:
    """What the forms of one surname share: Ivanov and Ivanova, Belsky and Belskaya, Bely and Belaya."""
    for ending, instead in ENDINGS:
        base, found = ending.subn(instead, skeleton)
        if found:
            return base
    return skeleton


def fathers_roots(skeleton: str) -> tuple[str, ...]:
    """Skeletons that the father's name may have if this is a patronymic; nothing if it has no such ending."""
    match = patronymic.match(skeleton)
    if match is None:
        return ()
    root = match[1]
    return (root, root + "i", root + "a", root + "e")


def looks_patronymic(skeleton: str) -> bool:
    """Whether the ending is a patronymic's: -ovich, -evna, -ich; some surnames have it too."""
    return patronymic.match(skeleton) is not None
