# SPDX-License-Identifier: AGPL-3.0-or-later
"""The remarks of an OFAC entry, where most of what is known stands: ``DOB 10 Dec 1948; POB ...``."""

import re

from watchword.core.screening.loaders.documents import document_kind
from watchword.core.screening.loaders.draft import Draft
from watchword.core.screening.record import NameKind

# The label, then what it labels; a number of a document has its issuer in brackets.
_ALIAS = re.compile(r"[afn]\.k\.a\. '(.+?)'")
_LABELLED = re.compile(
    r"(DOB|POB|nationality|citizen|Gender|Email Address|Email|Phone Number|Telephone|Mobile Number)"
    r"(?!['’])\b:?\s*(.+)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"([A-Z][A-Za-z.' ]{1,40}?)[ :]+((?:No\.? )?[A-Z0-9][^ ]*\d[^;]*)")


def read_remarks(draft: Draft, remarks: str) -> None:
    """Take the parts that are labelled; the whole text stays with the person for the reader."""
    draft.remark(remarks)
    for part in remarks.rstrip(". ").split(";"):
        _part(draft, part.strip().rstrip(".").removeprefix("alt. ").removeprefix("Alt. "))


def _part(draft: Draft, part: str) -> None:
    alias = _ALIAS.match(part)
    labelled = _LABELLED.match(part)
    if alias:
        # Other names stand here, in quotes, when the publisher itself calls them weak.
        draft.name(alias[1], NameKind.WEAK)
    elif labelled:
        _labelled(draft, labelled[1].lower(), labelled[2])
    elif numbered := _NUMBERED.match(part):
        label, value = numbered[1], numbered[2]
        if document_kind(label) != "other" or "no." in value.lower()[:3] or "licen" in label.lower():
            draft.document(label, value.removeprefix("No. ").removeprefix("No "))


def _labelled(draft: Draft, label: str, value: str) -> None:
    if label == "dob":
        draft.birth(value)
    elif label == "pob":
        draft.place(value)
    elif label in ("nationality", "citizen"):
        draft.country(value)
    elif label == "gender":
        draft.gender(value)
    else:
        draft.contact(value)
