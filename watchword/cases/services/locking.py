# SPDX-License-Identifier: AGPL-3.0-or-later
"""Holds the row of a case for the length of a transaction, so that two people never change it at once."""

from watchword.cases.models import Case
from watchword.core.refusals import NotFound, sentence


def locked(case_uid: str) -> Case:
    """The case, locked until the transaction ends."""
    case = Case.objects.select_for_update().filter(pk=case_uid).first()
    if case is None:
        raise NotFound(sentence("There is no such case."))
    return case
