# SPDX-License-Identifier: AGPL-3.0-or-later
"""What something was opened for, in words, as those read it who watch over openings."""

from collections.abc import Mapping

from django.conf import settings

from watchword import profiles
from watchword.core.procedure.text import Text
from watchword.core.refusals import NotFound, Sentence, sentence

WORDS: Mapping[str, Sentence] = {
    "alike": sentence("Compared with other applications, read by nobody"),
    "batch-share": sentence("A share for a program, read by nobody"),
    "break-glass": sentence("Somebody was in danger"),
    "call": sentence("A call for help"),
    "call-sign": sentence("The call sign"),
    "case-work": sentence("Work on the case"),
    "compromise": sentence("Something has become known outside"),
    "decision-read": sentence("To read the decision"),
    "decision-second": sentence("To countersign"),
    "decision-vote": sentence("To vote"),
    "dossier": sentence("A dossier on paper"),
    "enquiry": sentence("An enquiry from outside"),
    "evidence": sentence("To read evidence"),
    "file": sentence("To look at a file"),
    "letter": sentence("To read a letter"),
    "matching": sentence("Second applications"),
    "note": sentence("To read a note"),
    "oversight": sentence("To watch over openings"),
    "protect-relatives": sentence("To warn or to protect those close to somebody"),
    "release": sentence("A request to custodians"),
    "resplit": sentence("Split anew by a program, read by nobody"),
    "screening": sentence("Screening"),
    "screening-run": sentence("Compared with lists by a program, read by nobody"),
    "share": sentence("To give a share"),
}
"""By the code that stands in the ledger."""


def in_words(code: str) -> Sentence | Text | str:
    """A purpose in words: one of ours, or a kind of evidence; the bare code of a kind that was dropped."""
    if code in WORDS:
        return WORDS[code]
    try:
        return profiles.load(settings.WATCHWORD_PROFILE).evidence_kind(code).title
    except NotFound:
        return code
