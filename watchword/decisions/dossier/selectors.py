# SPDX-License-Identifier: AGPL-3.0-or-later
"""The dossier of a case as one person may see it; nothing here opens anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases import selectors as cases
from watchword.cases.rules import Standing, why_not_open
from watchword.cases.selectors.joined import together
from watchword.core.procedure import Profile, Text
from watchword.core.refusals import Sentence, WrongState, sentence
from watchword.decisions.action import spoken
from watchword.decisions.dossier import rules
from watchword.decisions.dossier.rules import PENDING, PURPOSES
from watchword.decisions.models import Dossier
from watchword.vault import selectors as vault


@dataclass(frozen=True)
class File:
    """What is asked about the case."""

    uid: str
    code: str
    standing: Standing
    profile: Profile
    together: tuple[tuple[str, str], ...]
    """Uid and code of this case and of those that go on in it: one person's."""

    @property
    def ties(self) -> frozenset[str]:
        """Who is kept out of the case."""
        return self.standing.ties


@dataclass(frozen=True)
class PartRow:
    """One compartment: how many sealed records, and why this person cannot put it into a dossier, if so."""

    id: str
    title: Text
    records: int
    why_not: Sentence | None


@dataclass(frozen=True)
class DossierRow:
    """What waits: who asked, for what, how much, and what this person may do about it."""

    by: str
    at: datetime
    purpose: Sentence
    parts: tuple[Text, ...]
    records: int
    words: tuple[str, ...]
    signed_by: str
    action_hash: str
    why_not_sign: Sentence | None
    why_not_take: Sentence | None


@dataclass(frozen=True)
class DossierPage:
    """Everything on the page."""

    uid: str
    code: str
    parts: tuple[PartRow, ...]
    waiting: DossierRow | None
    why_not_ask: Sentence | None


def dossier_page(code: str, *, viewer: Actor, now: datetime) -> DossierPage:
    """The page; NotFound for whoever may not know of the case."""
    case = file_of(cases.find(code, viewer=viewer).uid, viewer=viewer)
    waiting = pending(case.uid)
    return DossierPage(
        uid=case.uid,
        code=case.code,
        parts=tuple(_parts(case, viewer)),
        waiting=None if waiting is None else _row(waiting, case, viewer, now),
        why_not_ask=rules.why_not_ask(viewer, case.ties, pending=waiting is not None),
    )


def file_of(case_uid: str, *, viewer: Actor) -> File:
    """The case; NotFound for whoever may not know of it."""
    case = cases.find_by_uid(case_uid, viewer=viewer)
    joined = tuple((one.uid, one.code) for one in together(case))
    return File(case.uid, case.code, case.standing(), cases.profile_of(case), joined)


def pending(case_uid: str) -> Dossier | None:
    """The dossier of this case that waits for somebody."""
    return Dossier.objects.filter(case=case_uid, state__in=[state.value for state in PENDING]).first()


def waiting_dossier(case_uid: str) -> Dossier:
    """The same; WrongState when there is none."""
    found = pending(case_uid)
    if found is None:
        raise WrongState(sentence("No dossier of this case waits."))
    return found


def records_in(case: File, compartments: Sequence[str]) -> list[str]:
    """The hashes of the sealed bodies that a dossier of these compartments is made of, held ballots not."""
    found: list[str] = []
    for uid, _ in case.together:
        mine = vault.records(uid).filter(compartment__in=list(compartments), held=False).exclude(header=b"")
        found += mine.values_list("body_sha256", flat=True)
    return sorted(found)


def _parts(case: File, viewer: Actor) -> list[PartRow]:
    return [
        PartRow(
            one.id,
            one.title,
            len(records_in(case, [one.id])),
            why_not_open(viewer, case.standing, one.readers),
        )
        for one in case.profile.compartments.values()
    ]


def _row(dossier: Dossier, case: File, viewer: Actor, now: datetime) -> DossierRow:
    staff = names(filter(None, (dossier.asked_by_id, dossier.signed_by_id)))
    facts, ties = dossier.facts(), case.ties
    return DossierRow(
        by=staff.get(dossier.asked_by_id, ""),
        at=dossier.at,
        purpose=PURPOSES[dossier.purpose],
        parts=tuple(case.profile.compartment(one).title for one in dossier.compartments),
        records=dossier.records,
        words=spoken(dossier.action_hash),
        signed_by=staff.get(dossier.signed_by_id or "", ""),
        action_hash=dossier.action_hash,
        why_not_sign=rules.why_not_sign(viewer, ties, facts),
        why_not_take=rules.why_not_take(viewer, ties, facts, now),
    )
