# SPDX-License-Identifier: AGPL-3.0-or-later
"""A signed dossier leaves: opened, put on paper, recorded as taken, and only then handed over."""

from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.decisions.dossier import selectors, services, sheet
from watchword.decisions.dossier.contents import open_contents
from watchword.decisions.dossier.rules import PURPOSES


def take(*, case_uid: str, actor: Actor, now: datetime, language: str) -> bytes:
    """The PDF. If it was taken meanwhile, or something was added, the refusal comes and no byte leaves."""
    dossier = services.check_takes(selectors.file_of(case_uid, viewer=actor), actor, now)
    contents = open_contents(
        case_uid=case_uid, compartments=dossier.compartments, actor=actor, now=now, language=language
    )
    made = sheet.paper(
        contents, reader=actor.name, purpose=PURPOSES[dossier.purpose], now=now, language=language
    )
    services.take(case_uid=case_uid, actor=actor, now=now)
    return made
