# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked about call signs and enquiries; each answer is already cut to who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from watchword import profiles
from watchword.accounts.rules import Actor, Permission
from watchword.accounts.selectors import names
from watchword.cases import selectors as cases
from watchword.core.refusals import NotFound, Sentence, WrongState, sentence
from watchword.protection import rules
from watchword.protection.models import CallSign, Enquiry, Notice
from watchword.protection.rules import ASKERS, COMPARTMENT, STATES, WAYS, State
from watchword.protection.sealed import Found
from watchword.vault import selectors as vault

MOST_LISTED = 100


@dataclass(frozen=True)
class SignRow:
    """That a case has, or had, a call sign; not which."""

    uid: str
    by: str
    at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class SignPage:
    """The call signs of one case, newest first, and why no other can be drawn, if so."""

    code: str
    signs: tuple[SignRow, ...]
    why_not_issue: Sentence | None


@dataclass(frozen=True)
class EnquiryRow:
    """One enquiry in codes, without a word of it."""

    uid: str
    number: str
    way: Sentence
    asker: Sentence
    spoken: bool
    at: datetime
    state: State
    state_words: Sentence
    taken_by: str
    asked_by: str
    looked_by: str
    looked_at: datetime | None
    why_not_ask: Sentence | None
    why_not_look: Sentence | None


@dataclass(frozen=True)
class FoundRow:
    """A case that may be that of whoever is asked for; without a code where the reader has a tie in it."""

    code: str
    kept: bool
    likely: bool


@dataclass(frozen=True)
class NoticeRow:
    """That somebody asked for the person of a case, as its keeper hears it: who and how, and no name."""

    code: str
    number: str
    way: Sentence
    asker: Sentence
    likely: bool
    at: datetime


def readers() -> frozenset[str]:
    """The seats to which enquiries are sealed; WrongState in an organisation without custodians."""
    if COMPARTMENT not in profiles.load(settings.WATCHWORD_PROFILE).compartments:
        raise WrongState(
            sentence("In the procedure of this organisation nobody holds call signs and enquiries.")
        )
    return vault.readers_of(COMPARTMENT)


def sign_page(code: str, *, viewer: Actor) -> SignPage:
    """What a custodian who knows the code of a case may know of its call signs."""
    case = cases.find_for_custodian(code, viewer=viewer)
    signs = list(CallSign.objects.filter(case=case).order_by("-at", "-uid"))
    staff = names({one.issued_by_id for one in signs})
    rows = tuple(SignRow(one.uid, staff[one.issued_by_id], one.at, one.ended_at) for one in signs)
    return SignPage(case.code, rows, rules.why_not_issue(viewer, case.standing()))


def sign_of(sign_uid: str, *, viewer: Actor) -> CallSign:
    """A call sign, for a custodian without a tie to whose it is; to all others there is none."""
    found = CallSign.objects.select_related("case").filter(pk=sign_uid).first()
    if found is None or not viewer.has(Permission.CALLSIGN_ISSUE):
        raise NotFound(sentence("There is no such call sign."))
    cases.find_for_custodian(found.case.code, viewer=viewer)
    return found


def enquiry_of(enquiry_uid: str, *, viewer: Actor) -> Enquiry:
    """An enquiry, for a custodian."""
    found = Enquiry.objects.filter(pk=enquiry_uid).first()
    if found is None or not viewer.has(Permission.ENQUIRY_LOOK):
        raise NotFound(sentence("There is no such enquiry."))
    return found


def own_enquiry(enquiry_uid: str, *, viewer: Actor) -> EnquiryRow:
    """The enquiry that this very person wrote down: its number, and how it was asked."""
    found = Enquiry.objects.filter(pk=enquiry_uid, taken_by=viewer.id).first()
    if found is None:
        raise NotFound(sentence("There is no such enquiry."))
    return enquiry_row(found, viewer=viewer)


def enquiries(*, viewer: Actor) -> list[EnquiryRow]:
    """The newest, for custodians; nobody else has a list."""
    if not viewer.has(Permission.ENQUIRY_LOOK):
        return []
    return [enquiry_row(one, viewer=viewer) for one in Enquiry.objects.order_by("-at", "uid")[:MOST_LISTED]]


def old_enquiries(now: datetime) -> Sequence[str]:
    """Those that were kept for their time."""
    due = Enquiry.objects.filter(at__lte=now - rules.KEPT, destroyed_at=None).order_by("at")
    return list(due.values_list("uid", flat=True))


def enquiry_row(one: Enquiry, *, viewer: Actor) -> EnquiryRow:
    """One enquiry as this person may see it."""
    facts = one.facts()
    staff = names({who for who in (one.taken_by_id, one.asked_by_id, one.looked_by_id) if who})
    return EnquiryRow(
        uid=one.uid,
        number=one.number,
        way=WAYS[one.way],
        asker=ASKERS[one.asker],
        spoken=one.way in rules.SPOKEN,
        at=one.at,
        state=facts.state,
        state_words=STATES[facts.state],
        taken_by=staff.get(one.taken_by_id, ""),
        asked_by=staff.get(one.asked_by_id or "", ""),
        looked_by=staff.get(one.looked_by_id or "", ""),
        looked_at=one.looked_at,
        why_not_ask=rules.why_not_ask_look(viewer, facts),
        why_not_look=rules.why_not_look(viewer, facts),
    )


def found_rows(found: Sequence[Found], *, viewer: Actor) -> tuple[FoundRow, ...]:
    """What was found, in codes."""
    known = cases.named(one.case for one in found)
    return tuple(
        FoundRow(_code(known[one.case].code, viewer), bool(known[one.case].keeper), one.likely)
        for one in found
        if one.case in known
    )


def _code(code: str, viewer: Actor) -> str:
    try:
        return cases.find_for_custodian(code, viewer=viewer).code
    except NotFound:
        return ""


def notices_of(code: str, *, viewer: Actor) -> tuple[NoticeRow, ...]:
    """Who asked for the person of this case, for whoever may know of it; newest first."""
    return _rows(Notice.objects.filter(case=cases.find(code, viewer=viewer)))


def notices(*, viewer: Actor, now: datetime) -> tuple[NoticeRow, ...]:
    """Those of the last days in all cases of which this person may know; for those who keep cases."""
    if not viewer.has(Permission.ENQUIRY_HEAR):
        return ()
    loud = Notice.objects.filter(at__gt=now - rules.LOUD)
    known = cases.visible_cases(viewer).values("pk")
    return _rows(loud.filter(case__in=known))


def _rows(found: QuerySet[Notice]) -> tuple[NoticeRow, ...]:
    rows = found.select_related("case", "enquiry").order_by("-at", "pk")
    return tuple(
        NoticeRow(
            code=one.case.code,
            number=one.enquiry.number,
            way=WAYS[one.enquiry.way],
            asker=ASKERS[one.enquiry.asker],
            likely=one.likely,
            at=one.at,
        )
        for one in rows
    )
