# SPDX-License-Identifier: AGPL-3.0-or-later
"""The number of a document inside the words that a list prints around it, and the kind of the document."""

import re

_KINDS = (
    ("passport", ("passport", "pasaporte", "passeport", "паспорт", "travel document")),
    ("tax", ("tax", "fiscal", "inn", "инн", "r.f.c", "rfc", "c.u.i.t", "cuit", "ssn", "vat", "іпн", "ипн")),
    (
        "national",
        (
            *(
                "national",
                "identification",
                "identity",
                "cedula",
                "id card",
                "d.n.i",
                "dni",
                "c.u.r.p",
                "personal",
            ),
            *("snils", "снилс", "numero de identidad", "tazkira", "idnumber", "id number", "matricula"),
        ),
    ),
)
# A number has three digits at least; letters, blanks between groups, and a few marks may stand inside it.
_NUMBER = re.compile(r"[^\W_](?:[^\W_]|[-/.№](?=[^\W_])| (?=\d))*")
_ISSUER = re.compile(r"\(([^()]{2,60})\)")
_DATE = re.compile(r"\b(?:issued|date of issue|expir\w*|valid)\b.*", re.IGNORECASE)


def document_kind(words: str) -> str:
    """passport, tax, national or other, by the words of the source."""
    lower = words.lower()
    return next((kind for kind, signs in _KINDS if any(sign in lower for sign in signs)), "other")


def document_number(text: str) -> tuple[str, str]:
    """The number, empty when none is found, and, where brackets hold one, the issuing country."""
    issuer = _ISSUER.search(text)
    plain = _DATE.sub("", _ISSUER.sub(" ", text))
    for found in _NUMBER.finditer(plain):
        if sum(letter.isdigit() for letter in found[0]) >= 3:
            return found[0], issuer[1] if issuer else ""
    return "", ""
