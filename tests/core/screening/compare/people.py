# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented people to compare, and short ways to ask about them."""

import numpy as np

from watchword.core import names
from watchword.core.screening import compare
from watchword.core.screening.compare import Judgement
from watchword.core.screening.dates import from_iso
from watchword.core.screening.encoding import Encoder
from watchword.core.screening.record import NameKind, Person, PersonName


def somebody(*texts: str, birth: str = "", **fields: object) -> Person:
    """A person with these names and perhaps a birth date."""
    kinds = (NameKind.PRIMARY, *(NameKind.ALIAS for _ in texts[1:]))
    written = tuple(PersonName(text, kind) for text, kind in zip(texts, kinds, strict=True))
    births = (from_iso(birth),) if birth else ()
    return Person("", written, births=births, **fields)  # type: ignore[arg-type]


def bits(left: str | Person, right: str | Person) -> float:
    """What the kernel says of two people, in a batch of one."""
    return judged([(left, right)])[0]


def judged(pairs: list[tuple[str | Person, str | Person]]) -> list[float]:
    """What the kernel says of many pairs at once."""
    encoder = Encoder(names.lexicon())
    left, right = (
        encoder.people([one if isinstance(one, Person) else somebody(one) for one in side])
        for side in zip(*pairs, strict=True)
    )
    rows = np.arange(len(pairs), dtype=np.int32)
    found: list[float] = compare.judge(left, rows, right, rows).tolist()
    return found


def explained(left: str | Person, right: str | Person) -> Judgement:
    """The same pair for a reader."""
    one, other = (side if isinstance(side, Person) else somebody(side) for side in (left, right))
    return compare.explain(one, other)


def reasons(left: str | Person, right: str | Person) -> dict[str, str]:
    """Feature -> the sentence about it; the last one where there are several."""
    return {finding.feature: str(finding.reason) for finding in explained(left, right).findings}
